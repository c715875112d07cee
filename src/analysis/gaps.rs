//! The states that no row of a list covers, as few and wide conditions: each is as wide as it gets before a row touches
//! it, and none could be left out.

use std::ops::ControlFlow;

use crate::space::cells::{Budget, EXTENTS_A_STEP, Rows, holes};
use crate::space::{Boxed, Classes, Frame, Index, Region, Space};

/// Conditions of one table worked out; more holes than this are counted alone.
const SHOWN: usize = 1_000;

/// The class of holes and that of states in which a row holds.
const HOLE: u32 = 0;
const ROW: u32 = 1;

/// The holes of one list of rows.
pub struct Gaps<'a> {
    space: &'a Space,
    /// How many axes are facts; owner and contact follow them.
    facts: usize,
    /// The states of the rows, settled: what a row tests of a fact that may not apply says what that requires too.
    settled: Vec<(Region, u32)>,
    settled_index: Index,
    /// The holes, each with every fact either applying throughout or not.
    parts: Vec<Region>,
    parts_index: Index,
}

/// A condition that takes in holes and touches no row.
#[derive(Debug, Clone)]
pub struct Gap {
    /// The condition.
    pub wide: Region,
    /// Some holes in it that no other condition takes in.
    pub own: Vec<Region>,
    /// The row that fails on the fewest facts, with the axes on which it does; `None` where that was not found out.
    pub nearest: Option<(u32, Vec<usize>)>,
}

impl<'a> Gaps<'a> {
    /// The holes `found` in `rows`.
    pub fn new(rows: Rows<'a>, facts: usize, found: &[Region]) -> Gaps<'a> {
        let space = rows.space;
        let settle = |boxed: &Boxed| {
            let row = boxed.row;
            space.settle(boxed.region.clone()).into_iter().map(move |region| (region, row))
        };
        let conditional: Vec<usize> =
            (0..space.axes.len()).filter(|axis| space.axes[*axis].is_conditional()).collect();
        let parts: Vec<Region> = found.iter().flat_map(|hole| space.determine(hole, &conditional)).collect();
        let settled: Vec<(Region, u32)> =
            if parts.is_empty() { Vec::new() } else { rows.boxed.iter().flat_map(settle).collect() };
        let settled_index = Index::new(settled.iter().map(|(region, _)| region));
        let parts_index = Index::new(&parts);
        Gaps { space, facts, settled, settled_index, parts, parts_index }
    }

    /// The conditions, and how many holes there are beyond those that were worked out.
    pub fn cover(&self, budget: &mut Budget) -> (Vec<Gap>, usize) {
        // The axes of owner and contact have one atom more, for nobody, which no test can say.
        let frame = (self.facts..self.space.axes.len()).fold(Frame::everything(self.space), |frame, axis| {
            frame.without_test_of(axis, self.space.axes[axis].count() - 1)
        });
        let own = self.parts.iter().map(|hole| (hole.clone(), HOLE));
        let rows = self.settled.iter().map(|(row, _)| (row.clone(), ROW));
        // What is neither a hole nor touched by a row does not matter: conditions may take it in.
        let mut wides = Classes::new(&frame, own.chain(rows).collect()).conditions(HOLE, budget);
        let more = wides.len().saturating_sub(SHOWN);
        wides.truncate(SHOWN);
        let index = Index::new(&wides);
        let mut needed = vec![true; wides.len()];
        // Holes of one condition can be taken in by several others together; then it is not needed.
        for at in 0..wides.len() {
            needed[at] = !self.alone(&wides, &index, &needed, at, budget).is_empty();
        }
        // Where another was found not to be needed after this one was looked at, this one now has more for itself.
        let kept = |at: usize, budget: &mut Budget| Gap {
            wide: wides[at].clone(),
            own: self.alone(&wides, &index, &needed, at, budget),
            nearest: self.nearest(&wides[at], budget),
        };
        ((0..wides.len()).filter(|at| needed[*at]).map(|at| kept(at, budget)).collect(), more)
    }

    /// Holes that one of the conditions that are needed takes in and no other does; not all of them, but some where
    /// there are any.
    fn alone(
        &self,
        wides: &[Region],
        index: &Index,
        needed: &[bool],
        at: usize,
        budget: &mut Budget,
    ) -> Vec<Region> {
        let near = index.near(&wides[at]).iter().map(|other| *other as usize);
        let mut others: Vec<usize> = near
            .filter(|other| *other != at && needed[*other] && wides[*other].touches(&wides[at]))
            .collect();
        others.sort_unstable();
        let boxed: Vec<Boxed> =
            others.into_iter().map(|other| Boxed { region: wides[other].clone(), row: 0 }).collect();
        let rows = Rows { space: self.space, boxed: &boxed };
        let live: Vec<u32> = (0..boxed.len() as u32).collect();
        let mut own = Vec::new();
        for part in self.holes_in(&wides[at], budget) {
            let ended = holes(rows, &live, &part, budget, &mut |cell| {
                own.push(cell.clone());
                if own.len() < FEW { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
            });
            if ended.is_err() {
                // Not told apart within the steps allowed: then it is kept.
                own.push(part);
            }
            if own.len() >= FEW {
                break;
            }
        }
        own
    }

    /// The holes in a region, in the order in which they were found.
    fn holes_in<'s>(
        &'s self,
        region: &Region,
        budget: &mut Budget,
    ) -> impl Iterator<Item = Region> + use<'s, 'a> {
        let mut near = self.parts_index.near(region).to_vec();
        near.sort_unstable();
        // Without steps left, the holes that are near are still gone through, once.
        let _ = budget.spend((near.len() * region.extents().len() / EXTENTS_A_STEP) as u64);
        let region = region.clone();
        near.into_iter().flat_map(move |at| self.space.meet(&self.parts[at as usize], &region))
    }

    /// A hole that a condition takes in, if there is one.
    pub fn hole_in(&self, wide: &Region, budget: &mut Budget) -> Option<Region> {
        self.holes_in(wide, budget).next()
    }

    /// Whether a row holds in some state of a region.
    pub fn touches(&self, region: &Region) -> bool {
        self.settled_index.near(region).iter().any(|at| self.settled[*at as usize].0.touches(region))
    }

    /// The row that fails on the fewest facts.
    fn nearest(&self, wide: &Region, budget: &mut Budget) -> Option<(u32, Vec<usize>)> {
        budget.spend((self.settled.len() * wide.extents().len() / EXTENTS_A_STEP) as u64).ok()?;
        let (region, row) = self.settled.iter().min_by_key(|(row, _)| failing(row, wide).count())?;
        Some((*row, failing(region, wide).collect()))
    }
}

/// Holes kept of one condition to tell what filling it does.
const FEW: usize = 40;

/// The axes on which a row fails in a region.
fn failing(row: &Region, wide: &Region) -> impl Iterator<Item = usize> {
    let pairs = row.extents().iter().zip(wide.extents()).enumerate();
    pairs.filter(|(_, (own, other))| !own.touches(**other)).map(|(axis, _)| axis)
}
