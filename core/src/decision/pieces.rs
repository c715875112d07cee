//! The states of a profile cut into pieces, each with its one outcome.

use crate::ruleset::{FactId, RoleId, Ruleset, Test};
use crate::space::cells::{Budget, Rows, all_cells};
use crate::space::{Index, OutOfBudget, Region};

/// Steps allowed for one decision; far more than any ruleset written by hand needs.
pub const STEPS: u64 = 5_000_000;
/// Pieces held against a region that count as a step.
const PIECES_A_STEP: usize = 64;

/// Who owns and who is the contact, in one state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Outcome {
    /// The role that owns, if any.
    pub owner: Option<RoleId>,
    /// The role that is the contact, if any.
    pub contact: Option<RoleId>,
}

/// States in which the same rows decide.
#[derive(Debug, Clone)]
pub struct Piece {
    /// The states; on the axes of owner and contact, the roles decided.
    pub region: Region,
    /// The owner row, as a place in [`Ruleset::owner`].
    pub owner_row: Option<u32>,
    /// The contact row, as a place in [`Ruleset::contact`].
    pub contact_row: Option<u32>,
    /// What they say.
    pub outcome: Outcome,
}

/// Pieces that share no state, found again by where they lie.
#[derive(Debug, Clone)]
pub struct Pieces {
    list: Vec<Piece>,
    index: Index,
}

impl Pieces {
    /// Cuts settled regions into pieces.
    ///
    /// # Errors
    /// When the rules are too entangled to be cut within the budget.
    pub fn cut(ruleset: &Ruleset, regions: &[Region], budget: &mut Budget) -> Result<Pieces, OutOfBudget> {
        let list = cut(ruleset, regions, budget)?;
        let index = Index::new(list.iter().map(|piece| &piece.region));
        Ok(Pieces { list, index })
    }

    /// All of them.
    pub fn all(&self) -> &[Piece] {
        &self.list
    }

    /// Settled regions, all of whose states were cut, as pieces.
    ///
    /// # Errors
    /// When the budget is spent.
    pub fn within(
        &self,
        ruleset: &Ruleset,
        regions: &[Region],
        budget: &mut Budget,
    ) -> Result<Vec<Piece>, OutOfBudget> {
        let space = &ruleset.compiled().space;
        let mut within = Vec::new();
        for region in regions {
            let near = self.index.near(region);
            budget.spend(1 + (near.len() / PIECES_A_STEP) as u64)?;
            for piece in near.iter().map(|at| &self.list[*at as usize]) {
                let Some(both) = piece.region.meet(region) else { continue };
                let parts = if space.is_conditional() { space.settle(both) } else { vec![both] };
                within.extend(parts.into_iter().map(|region| Piece { region, ..piece.clone() }));
            }
        }
        Ok(within)
    }
}

fn cut(ruleset: &Ruleset, regions: &[Region], budget: &mut Budget) -> Result<Vec<Piece>, OutOfBudget> {
    let compiled = ruleset.compiled();
    let (owner_axis, contact_axis) = (compiled.owner_axis(), compiled.contact_axis());
    let rows = |boxed| Rows { space: &compiled.space, boxed };
    let only = |axis: usize, role| compiled.space.axes[axis].only(compiled.role_atom(role));
    let mut owned = Vec::new();
    for region in regions {
        all_cells(rows(&compiled.owner), region, budget, &mut |cell, row| owned.push((cell, row)))?;
    }
    let mut pieces = Vec::with_capacity(owned.len());
    for (cell, owner_row) in owned {
        let owner = owner_row.map(|row| ruleset.owner()[row as usize].then);
        let cell = cell.with(owner_axis, only(owner_axis, owner));
        all_cells(rows(&compiled.contact), &cell, budget, &mut |mut region, contact_row| {
            let contact = contact_row.map(|row| ruleset.contact()[row as usize].then);
            region.set(contact_axis, only(contact_axis, contact));
            pieces.push(Piece { region, owner_row, contact_row, outcome: Outcome { owner, contact } });
        })?;
    }
    Ok(pieces)
}

/// The distinct outcomes of pieces, sorted.
pub fn outcomes<'a>(pieces: impl IntoIterator<Item = &'a Piece>) -> Vec<Outcome> {
    let mut outcomes: Vec<Outcome> = pieces.into_iter().map(|piece| piece.outcome).collect();
    outcomes.sort_unstable();
    outcomes.dedup();
    outcomes
}

/// How a test or a condition stands in a set of states.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It holds in every state.
    Holds,
    /// It fails in every state.
    Fails,
    /// It holds in some and fails in others.
    Open,
}

impl Standing {
    /// How a condition stands whose tests stand so.
    pub fn of_all(tests: impl Iterator<Item = Standing>) -> Standing {
        let mut whole = Standing::Holds;
        for test in tests {
            match test {
                Standing::Holds => {}
                Standing::Fails => return Standing::Fails,
                Standing::Open => whole = Standing::Open,
            }
        }
        whole
    }
}

/// How the test of a base fact, the owner or the contact stands.
pub fn axis_standing<'a>(
    ruleset: &Ruleset,
    regions: impl IntoIterator<Item = &'a Region>,
    axis: usize,
    test: &Test,
) -> Standing {
    let extents = ruleset.compiled().extents(axis, test);
    let (mut holds, mut fails) = (true, true);
    for region in regions {
        let own = region.on(axis);
        holds &= extents.iter().any(|extent| own.within(*extent));
        fails &= !extents.iter().any(|extent| own.touches(*extent));
        if !holds && !fails {
            break;
        }
    }
    standing(holds, fails)
}

/// How the test of a derived fact stands.
pub fn derived_standing<'a>(
    ruleset: &Ruleset,
    regions: impl IntoIterator<Item = &'a Region>,
    fact: FactId,
    test: &Test,
) -> Standing {
    let (rows, without) = derived_rows(ruleset, regions, fact);
    let passes = |row: &u32| test.passes(ruleset.derive()[*row as usize].then.value);
    standing(!without && rows.iter().all(passes), !rows.iter().any(passes))
}

fn standing(holds: bool, fails: bool) -> Standing {
    match (holds, fails) {
        (true, _) => Standing::Holds,
        (_, true) => Standing::Fails,
        _ => Standing::Open,
    }
}

/// The derive rows that give a fact its value in some of the states, and whether it has none in others.
pub fn derived_rows<'a>(
    ruleset: &Ruleset,
    regions: impl IntoIterator<Item = &'a Region>,
    fact: FactId,
) -> (Vec<u32>, bool) {
    let space = &ruleset.compiled().space;
    let Some(table) = ruleset.compiled().derived_table(fact) else { return (Vec::new(), true) };
    let regions: Vec<&Region> = regions.into_iter().collect();
    let index = Index::new(regions.iter().copied());
    let meets = |own: &[Region]| {
        own.iter().any(|other| index.near(other).iter().any(|at| space.meets(regions[*at as usize], other)))
    };
    let rows = table.decided.iter().filter(|(_, own)| meets(own)).map(|(row, _)| *row).collect();
    (rows, meets(&table.without))
}
