//! One pass over all states, from which the checks draw: which row decides where, which row is needed, where nothing
//! holds.

use std::ops::ControlFlow;

use super::accountability::Accountability;
use super::conditions::{counted, untested_decide};
use super::count::{Count, Tally};
use super::effort::{Effort, Share};
use super::vocabulary::{self, Vocabulary};
use crate::ruleset::{Fact, RoleId, Row, Ruleset, Table};
use crate::space::cells::{Budget, Rows, holes, search};
use crate::space::{Boxed, OutOfBudget, Region, Space};

/// Holes kept with their place; all of them are counted.
const HOLES_KEPT: usize = 20_000;

/// What is known of the rows of one table that decides.
pub struct Decisive {
    /// Which table.
    pub table: Table,
    /// For each row, whether it decides in some state.
    pub decides: Vec<bool>,
    /// For each row, whether removing it changes an outcome.
    pub needed: Vec<bool>,
    /// States in which no row holds; for contacts, states that have an owner.
    pub holes: Vec<Region>,
    /// How many assignments of the facts that are tested no row covers; `None` where that was not settled.
    pub uncovered: Option<Count>,
}

impl Decisive {
    fn new(table: Table, rows: usize) -> Decisive {
        Decisive {
            table,
            decides: vec![false; rows],
            needed: vec![false; rows],
            holes: Vec::new(),
            uncovered: None,
        }
    }
}

/// All that the checks need to know.
pub struct Survey<'a> {
    /// The ruleset.
    pub ruleset: &'a Ruleset,
    /// The facts of the axes.
    pub facts: Vec<&'a Fact>,
    /// The ids of the roles.
    pub roles: Vec<&'a str>,
    /// The owner table.
    pub owner: Decisive,
    /// The contact table.
    pub contact: Decisive,
    /// For each contact row, whether removing it changes the contact of a state that has an owner.
    pub contact_shows: Vec<bool>,
    /// Who answers.
    pub accountability: Accountability,
    /// How many assignments of the facts that are tested there are.
    pub states: Option<Count>,
    /// Whether all states were looked at.
    pub complete: bool,
    /// How much work is allowed.
    pub effort: Effort,
    /// What is left of it.
    budget: Budget,
    /// What is left for looking at the ruleset as it would be with rows more or fewer, however often that is done.
    variants: Budget,
}

impl<'a> Survey<'a> {
    /// Looks at every state, or at as many as the effort allows.
    pub fn new(ruleset: &'a Ruleset, effort: Effort) -> Survey<'a> {
        let variants = Budget::new(effort.steps / Share::Holes.divisor());
        Self::with(ruleset, effort, Budget::new(effort.steps), variants)
    }

    /// As [`Survey::new`] for a variant of the ruleset of another survey, out of a budget that others draw on as well.
    pub fn within(ruleset: &'a Ruleset, effort: Effort, budget: Budget) -> Survey<'a> {
        Self::with(ruleset, effort, budget.clone(), budget)
    }

    fn with(ruleset: &'a Ruleset, effort: Effort, budget: Budget, variants: Budget) -> Survey<'a> {
        let (facts, roles) = vocabulary::names(ruleset);
        let mut survey = Survey {
            ruleset,
            facts,
            roles,
            owner: Decisive::new(Table::Owner, ruleset.owner().len()),
            contact: Decisive::new(Table::Contact, ruleset.contact().len()),
            contact_shows: vec![false; ruleset.contact().len()],
            accountability: Accountability::new(ruleset),
            states: None,
            complete: false,
            effort,
            budget,
            variants,
        };
        let counted = counted(ruleset);
        survey.count_states(&counted);
        survey.complete = survey.look(&counted).is_ok();
        if !survey.complete {
            // Whether nothing holds does not depend on the order of the rows, and is often settled much sooner.
            survey.owner.holes.clear();
            survey.contact.holes.clear();
            survey.look_for_contact_holes().unwrap_or_default();
            survey.look_for_owner_holes(&counted).unwrap_or_default();
        }
        survey
    }

    /// A part of the budget: at most this share of all the steps that were allowed at the start.
    pub fn budget(&self, share: Share) -> Budget {
        self.budget.part(self.effort.steps / share.divisor())
    }

    /// A part of the budget for surveys of variants of the ruleset, which all of them share.
    pub fn budget_of_variant(&self, share: Share) -> Budget {
        self.variants.part(self.effort.steps / share.divisor())
    }

    /// The axes, with the names of what they stand for.
    pub fn vocabulary(&self) -> Vocabulary<'_> {
        Vocabulary { space: self.space(), facts: &self.facts, roles: &self.roles }
    }

    /// Where the rows lie: an axis for each base fact, and one each for the owner and the contact.
    pub fn space(&self) -> &'a Space {
        &self.ruleset.compiled().space
    }

    /// The rows of the owner table.
    pub fn owner_rows(&self) -> Rows<'a> {
        Rows { space: self.space(), boxed: &self.ruleset.compiled().owner }
    }

    /// The rows of the contact table.
    pub fn contact_rows(&self) -> Rows<'a> {
        Rows { space: self.space(), boxed: &self.ruleset.compiled().contact }
    }

    fn tally<'c>(&self, counted: &'c [usize]) -> Tally<'c>
    where
        'a: 'c,
    {
        Tally::new(self.space(), counted, untested_decide(self.ruleset))
    }

    fn count_states(&mut self, counted: &[usize]) {
        let space = self.space();
        let mut tally = self.tally(counted);
        space.states().iter().for_each(|region| tally.add(region));
        self.states = tally.finish(&mut self.budget(Share::Question)).ok();
    }

    fn look(&mut self, counted: &[usize]) -> Result<(), OutOfBudget> {
        let space = self.space();
        let mut budget = self.budget(Share::Pass);
        let mut inner = budget.clone();
        let mut tallies = [self.tally(counted), self.tally(counted)];
        let live = all(self.owner_rows());
        let rows = self.owner_rows();
        let mut ended = Ok(());
        for region in space.states() {
            let _ = search(rows, &live, &region, &mut budget, &mut |cell, row| match self.look_at(
                cell,
                row,
                &mut inner,
                &mut tallies,
            ) {
                Ok(()) => ControlFlow::Continue(()),
                Err(error) => {
                    ended = Err(error);
                    ControlFlow::Break(())
                }
            })?;
        }
        ended?;
        let [owner, contact] = tallies;
        self.owner.uncovered = Some(owner.finish(&mut budget)?);
        self.contact.uncovered = Some(contact.finish(&mut budget)?);
        Ok(())
    }

    /// Looks at states in which one owner row decides, or none.
    fn look_at(
        &mut self,
        cell: &Region,
        row: Option<u32>,
        budget: &mut Budget,
        tallies: &mut [Tally<'_>; 2],
    ) -> Result<(), OutOfBudget> {
        let owner = row.map(|row| self.ruleset.owner()[row as usize].then);
        match row {
            None => {
                tallies[0].add(cell);
                keep(&mut self.owner.holes, cell);
            }
            Some(row) => {
                self.owner.decides[row as usize] = true;
                if !self.owner.needed[row as usize] {
                    self.owner.needed[row as usize] =
                        changes(self.owner_rows(), self.ruleset.owner(), row, cell, budget)?;
                }
            }
        }
        let (rows, mut owned) = (self.contact_rows(), cell.clone());
        self.put_owner(&mut owned, owner);
        let live = all(rows);
        let mut ended = Ok(());
        let _ = search(
            rows,
            &live,
            &owned,
            &mut budget.clone(),
            &mut |cell, row| match self.look_at_contact(cell, owner, row, budget, &mut tallies[1]) {
                Ok(()) => ControlFlow::Continue(()),
                Err(error) => {
                    ended = Err(error);
                    ControlFlow::Break(())
                }
            },
        )?;
        ended
    }

    fn look_at_contact(
        &mut self,
        cell: &Region,
        owner: Option<RoleId>,
        row: Option<u32>,
        budget: &mut Budget,
        tally: &mut Tally<'_>,
    ) -> Result<(), OutOfBudget> {
        budget.spend(1)?;
        let contact = row.map(|row| self.ruleset.contact()[row as usize].then);
        match row {
            None if owner.is_some() => {
                tally.add(cell);
                keep(&mut self.contact.holes, cell);
            }
            None => {}
            Some(row) => {
                self.contact.decides[row as usize] = true;
                let (needed, shows) = (self.contact.needed[row as usize], self.contact_shows[row as usize]);
                if !needed || owner.is_some() && !shows {
                    let changes = changes(self.contact_rows(), self.ruleset.contact(), row, cell, budget)?;
                    self.contact.needed[row as usize] |= changes;
                    self.contact_shows[row as usize] |= changes && owner.is_some();
                }
            }
        }
        if let Some(owner) = owner {
            let mut cell = cell.clone();
            self.put_contact(&mut cell, contact);
            self.accountability.look(self.space(), &cell, owner, contact, budget)?;
        }
        Ok(())
    }

    fn look_for_owner_holes(&mut self, counted: &[usize]) -> Result<(), OutOfBudget> {
        let space = self.space();
        let mut budget = self.budget(Share::Holes);
        let mut tally = self.tally(counted);
        let rows = self.owner_rows();
        let live = all(rows);
        for region in space.states() {
            let found = &mut self.owner.holes;
            let _ = holes(rows, &live, &region, &mut budget, &mut |cell| {
                tally.add(cell);
                keep(found, cell);
                ControlFlow::Continue(())
            })?;
        }
        self.owner.uncovered = Some(tally.finish(&mut budget)?);
        Ok(())
    }

    /// Whether contact rows hold whoever the owner is, which settles it without knowing who that is where.
    fn look_for_contact_holes(&mut self) -> Result<(), OutOfBudget> {
        let compiled = &self.ruleset.compiled();
        let axis = compiled.owner_axis();
        let nobody = compiled.space.axes[axis].only(compiled.role_atom(None));
        let rows = self.contact_rows();
        let live = all(rows);
        let mut budget = self.budget(Share::Question);
        for region in self.space().states() {
            for owners in region.on(axis).minus(nobody) {
                let owned = region.with(axis, owners);
                if holes(rows, &live, &owned, &mut budget, &mut |_| ControlFlow::Break(()))?.is_break() {
                    return Ok(());
                }
            }
        }
        self.contact.uncovered = Some(Count::zero());
        Ok(())
    }

    /// Narrows a region to an owner.
    pub fn put_owner(&self, region: &mut Region, owner: Option<RoleId>) {
        let compiled = self.ruleset.compiled();
        let axis = compiled.owner_axis();
        region.set(axis, compiled.space.axes[axis].only(compiled.role_atom(owner)));
    }

    /// Narrows a region to a contact.
    pub fn put_contact(&self, region: &mut Region, contact: Option<RoleId>) {
        let compiled = &self.ruleset.compiled();
        let axis = compiled.contact_axis();
        region.set(axis, compiled.space.axes[axis].only(compiled.role_atom(contact)));
    }
}

/// Every row, in order.
pub fn all(rows: Rows<'_>) -> Vec<u32> {
    (0..rows.boxed.len() as u32).collect()
}

fn keep(holes: &mut Vec<Region>, hole: &Region) {
    if holes.len() < HOLES_KEPT {
        holes.push(hole.clone());
    }
}

/// Whether in some state of `cell`, in which `row` decides, the rows below it say something else.
fn changes(
    rows: Rows<'_>,
    table: &[Row<RoleId>],
    row: u32,
    cell: &Region,
    budget: &mut Budget,
) -> Result<bool, OutOfBudget> {
    let first = rows.boxed.partition_point(|other: &Boxed| other.row <= row);
    let below: Vec<u32> = (first as u32..rows.boxed.len() as u32).collect();
    let said = table[row as usize].then;
    let ended = search(rows, &below, cell, budget, &mut |_, next| match next
        .is_some_and(|next| table[next as usize].then == said)
    {
        true => ControlFlow::Continue(()),
        false => ControlFlow::Break(()),
    })?;
    Ok(ended.is_break())
}
