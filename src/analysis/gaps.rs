//! The states that no row of a list covers, as few and wide conditions: each is as wide as it gets before a row touches
//! it, and none could be left out.

use std::ops::ControlFlow;

use crate::space::cells::{Budget, Rows, holes};
use crate::space::{Boxed, Classes, Frame, Region, Space};

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
    /// The holes, each with every fact either applying throughout or not.
    parts: Vec<Region>,
}

/// A condition that takes in holes and touches no row.
pub struct Gap {
    /// The condition.
    pub wide: Region,
    /// A hole in it that no other condition takes in.
    pub own: Vec<Region>,
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
        let settled =
            if parts.is_empty() { Vec::new() } else { rows.boxed.iter().flat_map(settle).collect() };
        Gaps { space, facts, settled, parts }
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
        let shown: Vec<&Region> =
            self.parts.iter().filter(|hole| wides.iter().any(|wide| hole.touches(wide))).collect();
        // Holes of one condition can be taken in by several others together; then it is not needed.
        let mut at = 0;
        let mut gaps: Vec<Gap> = Vec::new();
        while at < wides.len() {
            let own = self.alone(&wides, at, &shown, budget);
            if own.is_empty() {
                wides.remove(at);
            } else {
                at += 1;
            }
        }
        for at in 0..wides.len() {
            let own = self.alone(&wides, at, &shown, budget);
            gaps.push(Gap { wide: wides[at].clone(), own });
        }
        (gaps, more)
    }

    /// Holes that one condition takes in and no other does; not all of them, but some where there are any.
    fn alone(&self, wides: &[Region], at: usize, shown: &[&Region], budget: &mut Budget) -> Vec<Region> {
        let others =
            wides.iter().enumerate().filter(|(other, wide)| *other != at && wide.touches(&wides[at]));
        let boxed: Vec<Boxed> = others.map(|(_, wide)| Boxed { region: wide.clone(), row: 0 }).collect();
        let rows = Rows { space: self.space, boxed: &boxed };
        let live: Vec<u32> = (0..boxed.len() as u32).collect();
        let mut own = Vec::new();
        for hole in shown.iter().filter(|hole| hole.touches(&wides[at])) {
            for part in self.space.meet(hole, &wides[at]) {
                let ended = holes(rows, &live, &part, budget, &mut |cell| {
                    own.push(cell.clone());
                    if own.len() < FEW { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
                });
                if ended.is_err() {
                    // Not told apart within the steps allowed: then it is kept.
                    own.push(part);
                }
                if own.len() >= FEW {
                    return own;
                }
            }
        }
        own
    }

    /// A hole that a condition takes in, if there is one.
    pub fn hole_in(&self, wide: &Region) -> Option<Region> {
        self.parts.iter().find_map(|hole| self.space.meet(hole, wide).into_iter().next())
    }

    /// Whether a row holds in some state of a region.
    pub fn touches(&self, region: &Region) -> bool {
        self.settled.iter().any(|(row, _)| row.touches(region))
    }

    /// The row that fails on the fewest facts.
    pub fn nearest(&self, wide: &Region) -> Option<u32> {
        let apart = |row: &Region| failing(row, wide).len();
        self.settled.iter().min_by_key(|(row, _)| apart(row)).map(|(_, row)| *row)
    }

    /// The axes on which a row fails.
    pub fn failing(&self, row: u32, wide: &Region) -> Vec<usize> {
        let own = self.settled.iter().filter(|(_, other)| *other == row);
        own.map(|(region, _)| failing(region, wide)).min_by_key(Vec::len).unwrap_or_default()
    }
}

/// Holes kept of one condition to tell what filling it does.
const FEW: usize = 40;

fn failing(row: &Region, wide: &Region) -> Vec<usize> {
    (0..wide.extents().len()).filter(|at| !row.on(*at).touches(wide.on(*at))).collect()
}
