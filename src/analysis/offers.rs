//! The rows that are offered for holes, chosen one after the other.
//!
//! Each is looked for in the ruleset as it would be with the rows that were offered before, so that all rows offered
//! leave no hole when they are pasted together. What is said of a hole is said of the ruleset as it is: a hole that only
//! opens with an offered row is no finding, its row goes with the row that opens it.

use std::borrow::Cow;
use std::ops::ControlFlow;

use super::choice::Choice;
use super::effort::Share;
use super::finding::toml_row;
use super::gaps::Gaps;
use super::no_value::{self, Missing};
use super::offer::Offer;
use super::survey::Survey;
use super::{redundant, uncovered, variant};
use crate::ruleset::fresh_ids;
use crate::ruleset::{Derivation, FactId, RoleId, Row, Ruleset, Table};
use crate::space::cells::{Rows, holes};
use crate::space::{Boxed, Region};

/// Rows offered for derived facts, all of them together; more are counted alone.
const MOST_VALUES: usize = 1_000;

/// Which derived facts are held to having a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Values {
    /// All.
    All,
    /// Those that rows test that presume or collect.
    Told,
}

/// Times a fact, and all of them together, are looked at anew after rows were offered.
const ROUNDS: usize = 4;

/// All that is offered together.
pub struct Offers<'s, 'a> {
    survey: &'s Survey<'a>,
    choice: Choice,
    /// How many rows there are.
    pub rows: usize,
    /// How many of them give values to derived facts.
    values: usize,
    /// Whether owners and contacts have been looked for.
    is_covered: bool,
    /// The ruleset with the rows.
    pub mended: Cow<'a, Ruleset>,
    /// What becomes findings.
    pub told: Vec<Offer>,
}

impl<'s, 'a> Offers<'s, 'a> {
    /// Looks for holes in turn and chooses a row for each.
    pub fn choosing(survey: &'s Survey<'a>, choice: Choice, values: Values) -> Offers<'s, 'a> {
        let mended = Cow::Borrowed(survey.ruleset);
        let mut offers =
            Offers { survey, choice, rows: 0, values: 0, is_covered: false, mended, told: Vec::new() };
        let derived = (0..survey.ruleset.facts().len()).map(FactId);
        let derived = derived.filter(|fact| survey.ruleset.fact(*fact).derived);
        let spared = |fact: &FactId| values == Values::Told && !redundant::is_told(survey.ruleset, *fact);
        let derived = derived.filter(|fact| !spared(fact)).collect();
        let derived = in_order(survey.ruleset, derived);
        for _ in 0..ROUNDS {
            let before = offers.rows;
            offers.give_all_values(&derived);
            // Nobody is looked for anew where no value was given since.
            if offers.is_covered && offers.rows == before {
                break;
            }
            let before = offers.rows;
            offers.cover(Table::Owner);
            offers.cover(Table::Contact);
            offers.is_covered = true;
            // Where somebody owns now, a value can matter that did not while nobody did.
            if offers.rows == before {
                break;
            }
        }
        offers.make_accountable();
        offers
    }

    /// Whether rows were offered.
    pub fn is_mended(&self) -> bool {
        matches!(self.mended, Cow::Owned(_))
    }

    /// Gives values to derived facts, each after those it tests.
    fn give_all_values(&mut self, derived: &[FactId]) {
        for _ in 0..ROUNDS {
            let before = self.rows;
            for fact in derived {
                // A value that no row gave excuses states without one; once a row is offered that gives it, they are
                // missed.
                (0..ROUNDS).any(|_| !self.give_values(*fact));
            }
            // A value can matter only since a fact derived from it has one.
            if self.rows == before {
                return;
            }
        }
    }

    /// Looks for states in which a derived fact has no value though it should, and offers the rows that give it one;
    /// whether there were any.
    fn give_values(&mut self, fact: FactId) -> bool {
        let survey = self.survey;
        let mut budget = survey.budget(Share::Question);
        let mended = self.mended.clone();
        let missing = Missing::new(&mended, fact, &mut budget);
        if missing.states.is_empty() {
            return false;
        }
        let space = survey.space();
        let rows = Rows { space, boxed: no_value::rows(&mended, fact) };
        let gaps = Gaps::new(rows, survey.facts.len(), &missing.states);
        let (mut found, more) = gaps.cover(&mut budget);
        let left = MOST_VALUES.saturating_sub(self.values);
        let more = more + found.len().saturating_sub(left);
        found.truncate(left);
        self.values += found.len();
        let original = Rows { space, boxed: no_value::rows(survey.ruleset, fact) };
        let original = Gaps::new(original, survey.facts.len(), &missing.states);
        let mut ids = fresh_ids("fill", mended.derive());
        let mut offered: Vec<Row<Derivation>> = Vec::new();
        for gap in found {
            let nearest = gap.nearest.as_ref().map(|(row, _)| &mended.derive()[*row as usize]);
            let values = missing.values(space, &gap, nearest.map(|row| row.then.value));
            let Some(value) = self.choice.of(&values, self.rows) else { continue };
            self.rows += 1;
            let id = ids.next().unwrap_or_default();
            let declared = survey.ruleset.fact(fact);
            let keys = [("fact", declared.name.as_str().into()), ("value", value.to_json(declared))];
            let rows = toml_row(Table::Derive, &id, &survey.vocabulary().condition(&gap.wide), &keys);
            let when = variant::condition(&mended, &gap.wide);
            offered.push(variant::row(id, when, Derivation { fact, value }));
            // What is said must be so without the rows that were offered.
            if self.is_mended() && original.touches(&gap.wide) {
                self.attach(&gap.own, &rows);
                continue;
            }
            let hole = gap.own.first().unwrap_or(&gap.wide).clone();
            let nearest = nearest.map(|row| (row.id.clone(), row.span));
            self.told.push(Offer {
                table: Table::Derive,
                fact: Some(fact),
                gap,
                hole,
                nearest,
                rows,
                more: 0,
            });
        }
        self.say_more(more);
        if offered.is_empty() {
            return false;
        }
        match variant::with_derivations(&mended, fact, offered, &mut budget) {
            Some(more) => {
                self.mended = Cow::Owned(more);
                true
            }
            None => false,
        }
    }

    /// Looks for states in which no row of a table holds, and offers the rows that would.
    fn cover(&mut self, table: Table) {
        let survey = self.survey;
        let mended = self.mended.clone();
        let fresh = self
            .is_mended()
            .then(|| Survey::within(&mended, survey.effort, survey.budget_of_variant(Share::Pass)));
        // Where there is no time to look again, the holes are those there were without the rows offered.
        let now = fresh.as_ref().filter(|fresh| fresh.complete || !survey.complete).unwrap_or(survey);
        let (written, known) = match table {
            Table::Owner => (survey.ruleset.owner(), mended.owner()),
            _ => (survey.ruleset.contact(), mended.contact()),
        };
        let mut budget = survey.budget(Share::Question);
        let gaps = gaps_of(now, table);
        let (found, more) = gaps.cover(&mut budget);
        if found.is_empty() {
            return;
        }
        let settled = gaps_of(survey, table);
        let mut ids = fresh_ids("fill", known);
        let mut offered: Vec<Row<RoleId>> = Vec::new();
        for gap in found {
            // Rows that were offered before stand behind the table's own.
            let nearest = gap.nearest.as_ref().and_then(|(row, _)| written.get(*row as usize));
            let roles = uncovered::roles(survey, written, nearest);
            let Some(role) = self.choice.of(&roles, self.rows) else { continue };
            self.rows += 1;
            let id = ids.next().unwrap_or_default();
            let keys = [("role", survey.ruleset.role(role).id.as_str().into())];
            let rows = toml_row(table, &id, &survey.vocabulary().condition(&gap.wide), &keys);
            offered.push(variant::row(id, variant::condition(&mended, &gap.wide), role));
            // What is said must be so without the rows that were offered.
            let hole = settled.hole_in(&gap.wide, &mut budget);
            match hole.filter(|_| !self.is_mended() || !settled.touches(&gap.wide)) {
                Some(hole) => {
                    let nearest = nearest.map(|row| (row.id.clone(), row.span));
                    self.told.push(Offer { table, fact: None, gap, hole, nearest, rows, more: 0 });
                }
                None => self.attach(&gap.own, &rows),
            }
        }
        self.say_more(more);
        if let Some(more) = variant::with_rows(&mended, table, offered, &mut budget) {
            self.mended = Cow::Owned(more);
        }
    }

    /// Adds a row for some holes to those of the offer whose row opens them.
    fn attach(&mut self, holes: &[Region], row: &str) {
        let holes: Vec<Region> = holes.iter().map(|hole| self.free(hole)).collect();
        let opens = |offer: &&mut Offer| {
            offer.table == Table::Owner && holes.iter().any(|hole| hole.touches(&offer.gap.wide))
        };
        let opening = self.told.iter_mut().find(opens).map(|offer| &mut offer.rows);
        let rows = match opening {
            Some(rows) => Some(rows),
            None => self.told.last_mut().map(|offer| &mut offer.rows),
        };
        if let Some(rows) = rows {
            rows.push('\n');
            rows.push_str(row);
        }
    }

    /// A region whatever owner and contact are.
    fn free(&self, region: &Region) -> Region {
        let axes = &self.survey.space().axes;
        let roles = self.survey.facts.len()..axes.len();
        roles.fold(region.clone(), |free, axis| free.with(axis, axes[axis].all()))
    }

    /// Offers rows that make somebody accountable in the states that offered rows give an owner.
    fn make_accountable(&mut self) {
        let survey = self.survey;
        // Where nobody is accountable already, the row offered for that says so of every state.
        if !self.is_mended() || survey.accountability.is_nobodys_task() {
            return;
        }
        let now = Survey::within(&self.mended, survey.effort, survey.budget_of_variant(Share::Pass));
        let space = survey.space();
        let known: Vec<Boxed> = survey
            .accountability
            .nobody
            .iter()
            .map(|region| Boxed { region: self.free(region), row: 0 })
            .collect();
        let live: Vec<u32> = (0..known.len() as u32).collect();
        let mut budget = survey.budget(Share::Question);
        let mut opened = Vec::new();
        for region in &now.accountability.nobody {
            for region in space.settle(self.free(region)) {
                let rows = Rows { space, boxed: &known };
                let _ = holes(rows, &live, &region, &mut budget, &mut |cell| {
                    opened.push(cell.clone());
                    ControlFlow::Continue(())
                });
            }
        }
        if opened.is_empty() {
            return;
        }
        let vocabulary = survey.vocabulary();
        let simple = vocabulary.simplify(&opened, &mut budget);
        let ids = fresh_ids("accountable-fill", survey.ruleset.stakeholder());
        for (wide, id) in simple.into_iter().zip(ids) {
            let keys = [("role", "owner".into()), ("raci", "A".into())];
            let row = toml_row(Table::Stakeholder, &id, &vocabulary.condition(&wide), &keys);
            self.attach(&[wide], &row);
        }
    }

    fn say_more(&mut self, more: usize) {
        if let Some(last) = self.told.last_mut() {
            last.more += more;
        }
    }
}

/// The holes of a table that names roles.
fn gaps_of<'s>(survey: &'s Survey<'_>, table: Table) -> Gaps<'s> {
    let (rows, holes) = match table {
        Table::Owner => (survey.owner_rows(), &survey.owner.holes),
        _ => (survey.contact_rows(), &survey.contact.holes),
    };
    Gaps::new(rows, survey.facts.len(), holes)
}

/// Derived facts, each after those it tests.
fn in_order(ruleset: &Ruleset, mut facts: Vec<FactId>) -> Vec<FactId> {
    facts.sort_by_key(|fact| ruleset.derive().iter().rposition(|row| row.then.fact == *fact));
    facts
}
