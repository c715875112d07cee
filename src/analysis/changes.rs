//! The states in which two rulesets come to different outcomes.

use std::collections::BTreeMap;

use super::alignment::{Alignment, Incomparable};
use super::overlay::Overlay;
use super::variant;
use crate::ruleset::{Ruleset, Table};
use crate::space::cells::Budget;
use crate::space::{Boxed, OutOfBudget, Region};

/// Why two rulesets were not compared.
#[derive(Debug, thiserror::Error)]
pub enum NotCompared {
    /// They do not speak of the same things.
    #[error("the rulesets cannot be compared: {0}")]
    Incomparable(Incomparable),
    /// They are too entangled.
    #[error("the rulesets are too entangled to be compared exactly: {0}")]
    OutOfBudget(OutOfBudget),
}

impl From<Incomparable> for NotCompared {
    fn from(error: Incomparable) -> Self {
        NotCompared::Incomparable(error)
    }
}

impl From<OutOfBudget> for NotCompared {
    fn from(error: OutOfBudget) -> Self {
        NotCompared::OutOfBudget(error)
    }
}

/// From and to, as atoms of the axes of owner and contact: `[owner, contact]` each, `None` for nobody.
pub type Pair = [[Option<u32>; 2]; 2];

/// Receives states that change, with what changes in them.
type Visit<'v> = &'v mut dyn FnMut(Pair, Region) -> Result<(), OutOfBudget>;

/// Rows told from each other by their states that count as a step.
const ROWS_A_STEP: usize = 8;

/// Regions kept; more are too entangled to be said.
const KEPT: usize = 200_000;

/// The states that change, by pair of outcomes.
///
/// # Errors
/// When the rulesets cannot be compared or are too entangled.
pub fn changes(
    old: &Ruleset,
    new: &Ruleset,
    budget: &mut Budget,
) -> Result<BTreeMap<Pair, Vec<Region>>, NotCompared> {
    let alignment = aligned(old, new, budget)?;
    Ok(regions(&alignment, &alignment.space.all(), budget)?)
}

/// Whether the two come to different outcomes in some state.
///
/// # Errors
/// When the rulesets cannot be compared or are too entangled.
pub fn differ(old: &Ruleset, new: &Ruleset, budget: &mut Budget) -> Result<bool, NotCompared> {
    let alignment = aligned(old, new, budget)?;
    Ok(differ_within(&alignment, &alignment.space.all(), budget)?)
}

/// Whether a ruleset comes to a different outcome in some state without these rows. Where they name roles, the rest is
/// as it was and need not be compiled.
///
/// # Errors
/// When they are too entangled, or what is left cannot be compiled.
pub fn differ_without(
    ruleset: &Ruleset,
    rows: &[(Table, usize)],
    budget: &mut Budget,
) -> Result<bool, OutOfBudget> {
    if rows.iter().all(|(table, _)| *table != Table::Derive) {
        let alignment = Alignment::without(ruleset, rows);
        return differ_within(&alignment, &alignment.space.all(), budget);
    }
    let given_up = OutOfBudget { steps: budget.left() };
    let without = variant::without(ruleset, rows, budget).ok_or(given_up)?;
    differ(ruleset, &without, budget).map_err(|_| given_up)
}

fn aligned(old: &Ruleset, new: &Ruleset, budget: &mut Budget) -> Result<Alignment, NotCompared> {
    budget.spend((variant::effort_of(old) + variant::effort_of(new)) / 2)?;
    Ok(Alignment::new(old, new)?)
}

/// Whether the two sides of an alignment come to different outcomes in some state of a region; ends at the first.
///
/// # Errors
/// When they are too entangled.
pub fn differ_within(
    alignment: &Alignment,
    region: &Region,
    budget: &mut Budget,
) -> Result<bool, OutOfBudget> {
    let mut found = false;
    let ended = visit(alignment, region, budget, &mut |_, _| {
        found = true;
        // No work is left to do; the error only ends it.
        Err(OutOfBudget { steps: 0 })
    });
    match ended {
        _ if found => Ok(true),
        ended => ended.map(|()| false),
    }
}

/// The states of a region that change, by pair of outcomes.
///
/// # Errors
/// When they are too entangled.
pub fn regions(
    alignment: &Alignment,
    region: &Region,
    budget: &mut Budget,
) -> Result<BTreeMap<Pair, Vec<Region>>, OutOfBudget> {
    let mut found: BTreeMap<Pair, Vec<Region>> = BTreeMap::new();
    let mut kept = 0;
    visit(alignment, region, budget, &mut |pair, region| {
        kept += 1;
        if kept > KEPT {
            return Err(OutOfBudget { steps: KEPT as u64 });
        }
        found.entry(pair).or_default().push(region);
        Ok(())
    })?;
    Ok(found)
}

fn visit(
    alignment: &Alignment,
    region: &Region,
    budget: &mut Budget,
    found: Visit<'_>,
) -> Result<(), OutOfBudget> {
    let space = &alignment.space;
    let states = space.settle(region.clone());
    let (old, new) = (&alignment.old, &alignment.new);
    let rows = [&old.owner, &new.owner, &old.contact, &new.contact].map(Vec::len);
    budget.spend((rows.iter().sum::<usize>() / ROWS_A_STEP) as u64)?;
    let mut inner = budget.clone();
    // Where the owner changes, the contact is looked up for each owner.
    let mut overlay = Overlay::differing(space, &old.owner, &new.owner);
    for region in &states {
        overlay.run(region, budget, &mut |region, [from, to]| {
            let rows = [of_owner(alignment, &old.contact, from), of_owner(alignment, &new.contact, to)];
            Overlay::all(space, &rows[0], &rows[1]).run(region, &mut inner, &mut |region, contacts| {
                found([[from, contacts[0]], [to, contacts[1]]], free(alignment, region))
            })
        })?;
    }
    // Where the contact changes for one and the same owner, that owner must be the one in both.
    let nobody = alignment.roles.len() as u32;
    let mut overlay = Overlay::differing(space, &old.contact, &new.contact);
    for region in &states {
        overlay.run(region, budget, &mut |region, [from, to]| {
            let allowed = region.on(alignment.owner_axis());
            let freed = free(alignment, region);
            Overlay::all(space, &old.owner, &new.owner).run(&freed, &mut inner, &mut |region, owners| {
                match owners[0] == owners[1] && allowed.holds(owners[0].unwrap_or(nobody)) {
                    true => found([[owners[0], from], [owners[1], to]], region.clone()),
                    false => Ok(()),
                }
            })
        })?;
    }
    Ok(())
}

/// The contact rows that can hold with an owner, no longer asking who it is.
fn of_owner(alignment: &Alignment, rows: &[Boxed], owner: Option<u32>) -> Vec<Boxed> {
    let axis = alignment.owner_axis();
    let atom = owner.unwrap_or(alignment.roles.len() as u32);
    let whole = alignment.space.axes[axis].all();
    let holding = rows.iter().filter(|boxed| boxed.region.on(axis).holds(atom));
    holding.map(|boxed| Boxed { region: boxed.region.with(axis, whole), row: boxed.row }).collect()
}

/// A region whatever owner and contact are.
fn free(alignment: &Alignment, region: &Region) -> Region {
    let axis = alignment.owner_axis();
    let whole = alignment.space.axes[axis].all();
    region.with(axis, whole).with(axis + 1, whole)
}
