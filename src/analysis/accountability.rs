//! Which rows make a role accountable, and the states in which they do not make exactly one.
//!
//! The survey hands over the states cell by cell; the check `accountable` turns what was noted into findings.

use crate::ruleset::{Party, Raci, RoleId, Ruleset};
use crate::space::cells::Budget;
use crate::space::{OutOfBudget, Region, Space};

/// The rows that make a role accountable, and the states in which they do not make exactly one.
pub struct Accountability {
    rows: Vec<Answering>,
    /// States in which nobody answers.
    pub nobody: Vec<Region>,
    /// States in which several roles do, and the first two rows that name them; one entry a pair.
    pub several: Vec<(Region, usize, usize)>,
}

/// A row with the letter A.
struct Answering {
    /// Its place among the stakeholder rows.
    row: usize,
    role: Party,
    regions: Vec<Region>,
}

/// States kept in which nobody answers; more would not make a better message.
const KEPT: usize = 2_000;

impl Accountability {
    /// The rows of a ruleset that make a role accountable.
    pub fn new(ruleset: &Ruleset) -> Accountability {
        let accountable = |raci: Raci| raci.is_accountable();
        let rows = ruleset.stakeholder().iter().enumerate().filter(|(_, row)| accountable(row.then.raci));
        let rows = rows.map(|(at, row)| Answering {
            row: at,
            role: row.then.role,
            regions: ruleset.compiled().regions(ruleset.derive(), &row.when).unwrap_or_default(),
        });
        Accountability { rows: rows.collect(), nobody: Vec::new(), several: Vec::new() }
    }

    /// Whether no row makes anybody accountable.
    pub fn is_nobodys_task(&self) -> bool {
        self.rows.is_empty()
    }

    /// Whether one row alone makes the owner accountable, whatever the facts are.
    pub fn is_always_the_owner(&self, space: &Space) -> bool {
        let [only] = self.rows.as_slice() else { return false };
        only.role == Party::Owner && only.regions == [space.all()]
    }

    /// Looks at states that share an owner and a contact.
    ///
    /// # Errors
    /// When the budget is spent.
    pub fn look(
        &mut self,
        space: &Space,
        region: &Region,
        owner: RoleId,
        contact: Option<RoleId>,
        budget: &mut Budget,
    ) -> Result<(), OutOfBudget> {
        budget.spend(1)?;
        let mut first: Option<(RoleId, usize)> = None;
        let mut cut: Option<&Region> = None;
        for answering in &self.rows {
            let role = match answering.role {
                Party::Role(role) => role,
                Party::Owner => owner,
                Party::Contact => match contact {
                    Some(contact) => contact,
                    None => continue,
                },
                Party::Vendor => continue,
            };
            let touching = answering.regions.iter().filter(|other| other.touches(region));
            let (mut covered, mut touched) = (false, None);
            for other in touching {
                covered |= region.within(other);
                touched = Some(other);
            }
            match (covered, touched) {
                (true, _) => match first {
                    Some((known, row)) if known != role => {
                        // Wherever else a row may still hold, here two roles answer already.
                        let pair = (row, answering.row);
                        if !self.several.iter().any(|(_, a, b)| (*a, *b) == pair) {
                            self.several.push((region.clone(), pair.0, pair.1));
                        }
                        return Ok(());
                    }
                    Some(_) => {}
                    None => first = Some((role, answering.row)),
                },
                (false, Some(other)) => cut = cut.or(Some(other)),
                (false, None) => {}
            }
        }
        if let Some(other) = cut.cloned() {
            return self.halve(space, region, &other, owner, contact, budget);
        }
        if first.is_none() && self.nobody.len() < KEPT {
            self.nobody.push(region.clone());
        }
        Ok(())
    }

    /// Looks at the states of `other` and at the rest one by one.
    fn halve(
        &mut self,
        space: &Space,
        region: &Region,
        other: &Region,
        owner: RoleId,
        contact: Option<RoleId>,
        budget: &mut Budget,
    ) -> Result<(), OutOfBudget> {
        for axis in 0..space.axes.len() {
            let own = region.on(axis);
            let inside = own.meet(other.on(axis));
            if inside == own {
                continue;
            }
            for part in std::iter::once(inside).chain(own.minus(inside)) {
                for settled in space.settle(region.with(axis, part)) {
                    self.look(space, &settled, owner, contact, budget)?;
                }
            }
            return Ok(());
        }
        Ok(())
    }
}
