//! Which outcomes there are in some states.

use std::ops::ControlFlow;

use super::survey::{Survey, all};
use crate::ruleset::RoleId;
use crate::space::cells::{Budget, search};
use crate::space::{OutOfBudget, Region};

impl Survey<'_> {
    /// Whether a condition on facts, owner and contact holds in some state.
    ///
    /// # Errors
    /// When the budget is spent.
    pub fn happens(&self, regions: &[Region], budget: &mut Budget) -> Result<bool, OutOfBudget> {
        let compiled = &self.ruleset.compiled();
        let (owner_axis, contact_axis) = (compiled.owner_axis(), compiled.contact_axis());
        for region in regions {
            let on_owner = region.on(owner_axis) != compiled.space.axes[owner_axis].all();
            let on_contact = region.on(contact_axis) != compiled.space.axes[contact_axis].all();
            for settled in compiled.space.settle(region.clone()) {
                if !on_owner && !on_contact {
                    return Ok(true);
                }
                let mut found = false;
                self.outcomes(&settled, budget, &mut |owner, contact| {
                    found |= settled.on(owner_axis).holds(compiled.role_atom(owner))
                        && settled.on(contact_axis).holds(compiled.role_atom(contact));
                    if found { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
                })?;
                if found {
                    return Ok(true);
                }
            }
        }
        Ok(false)
    }

    /// Every outcome in the states of a settled region, whatever it says of owner and contact; some more than once.
    ///
    /// # Errors
    /// When the budget is spent.
    pub fn outcomes(
        &self,
        region: &Region,
        budget: &mut Budget,
        visit: &mut dyn FnMut(Option<RoleId>, Option<RoleId>) -> ControlFlow<()>,
    ) -> Result<(), OutOfBudget> {
        let (rows, contacts) = (self.owner_rows(), self.contact_rows());
        let (live, contacts_live) = (all(rows), all(contacts));
        let mut inner = budget.clone();
        let mut ended = Ok(ControlFlow::Continue(()));
        let _ = search(rows, &live, region, budget, &mut |cell, row| {
            let owner = row.map(|row| self.ruleset.owner()[row as usize].then);
            let mut owned = cell.clone();
            self.put_owner(&mut owned, owner);
            ended = search(contacts, &contacts_live, &owned, &mut inner, &mut |_, row| {
                visit(owner, row.map(|row| self.ruleset.contact()[row as usize].then))
            });
            match ended {
                Ok(flow) => flow,
                Err(_) => ControlFlow::Break(()),
            }
        })?;
        ended.map(|_| ())
    }
}
