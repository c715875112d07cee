//! A region cut into pieces, each with the one row that decides it.
//!
//! The pieces are found by splitting: rows that miss the region are dropped, rows behind one that covers it are hidden;
//! when the first row left covers the region the piece is done, else the region is split at the threshold or value set
//! that leaves the fewest rows on both sides. The method and the measure are those measured best on decision tables of
//! the shape in Calvanese et al., "Semantics and Analysis of DMN Decision Tables", Information Systems 78 (2018).

use std::cell::Cell;
use std::ops::ControlFlow;
use std::rc::Rc;

use smallvec::{SmallVec, smallvec};

use super::region::Region;
use super::settle::Space;
use super::split::Splitter;
use super::{Boxed, OutOfBudget};

/// How many steps a computation may still take; a step is one region looked at, or so many rows held against it.
///
/// Clones draw on the same steps, so that work within work is counted once and cannot begin anew.
#[derive(Debug, Clone)]
pub struct Budget {
    allowed: u64,
    /// What is left of this budget, and of each that it is a part of.
    left: SmallVec<[Rc<Cell<u64>>; 4]>,
}

/// Extents held against each other that count as a step more, so that neither long tables nor many facts make a step
/// last long.
pub const EXTENTS_A_STEP: usize = 512;

impl Budget {
    /// A budget of `steps`.
    pub fn new(steps: u64) -> Self {
        Budget { allowed: steps, left: smallvec![Rc::new(Cell::new(steps))] }
    }

    /// A budget of at most `steps` that are taken from this one, and from what this one is a part of.
    #[must_use]
    pub fn part(&self, steps: u64) -> Self {
        let allowed = steps.min(self.left());
        let own = Rc::new(Cell::new(allowed));
        Budget { allowed, left: std::iter::once(own).chain(self.left.iter().cloned()).collect() }
    }

    /// How many steps there are still.
    pub fn left(&self) -> u64 {
        self.left.iter().map(|left| left.get()).min().unwrap_or(0)
    }

    /// Takes `steps` from what is left.
    ///
    /// # Errors
    /// When there is not enough left; nothing is left then.
    pub fn spend(&mut self, steps: u64) -> Result<(), OutOfBudget> {
        let taken = steps.min(self.left());
        self.left.iter().for_each(|left| left.set(left.get() - taken));
        if taken == steps { Ok(()) } else { Err(OutOfBudget { steps: self.allowed }) }
    }
}

/// An ordered list of rows over a space: the first that holds decides.
#[derive(Clone, Copy)]
pub struct Rows<'a> {
    /// The axes of the rows.
    pub space: &'a Space,
    /// The rows in order.
    pub boxed: &'a [Boxed],
}

/// Cuts a settled `region` into pieces that share no state and together are the region; `visit` gets each with its
/// row, `None` for a hole.
///
/// # Errors
/// When the budget is spent; what was visited until then is right but not all.
pub fn all_cells(
    rows: Rows<'_>,
    region: &Region,
    budget: &mut Budget,
    visit: &mut dyn FnMut(Region, Option<u32>),
) -> Result<(), OutOfBudget> {
    let live: Vec<u32> = (0..rows.boxed.len() as u32).collect();
    let ended = search(rows, &live, region, budget, &mut |cell, row| {
        visit(cell.clone(), row);
        ControlFlow::Continue(())
    });
    ended.map(|_| ())
}

/// As [`all_cells`], until `visit` breaks off. `live` names, in order, the rows that count, as indices of
/// [`Rows::boxed`].
///
/// # Errors
/// When the budget is spent.
pub fn search(
    rows: Rows<'_>,
    live: &[u32],
    region: &Region,
    budget: &mut Budget,
    visit: &mut dyn FnMut(&Region, Option<u32>) -> ControlFlow<()>,
) -> Result<ControlFlow<()>, OutOfBudget> {
    Cutter::new(rows, live, false, budget, visit).run(region)
}

/// The parts of a settled region that no row covers, until `visit` breaks off; cheaper than all pieces, since the
/// order of the rows does not matter.
///
/// # Errors
/// When the budget is spent.
pub fn holes(
    rows: Rows<'_>,
    live: &[u32],
    region: &Region,
    budget: &mut Budget,
    visit: &mut dyn FnMut(&Region) -> ControlFlow<()>,
) -> Result<ControlFlow<()>, OutOfBudget> {
    Cutter::new(rows, live, true, budget, &mut |cell, _| visit(cell)).run(region)
}

struct Cutter<'a, 'v> {
    rows: Rows<'a>,
    conditional: bool,
    /// Whether only the pieces without a row are wanted.
    holes_only: bool,
    budget: &'v mut Budget,
    visit: &'v mut dyn FnMut(&Region, Option<u32>) -> ControlFlow<()>,
    /// The rows that count in the region looked at and in those it was cut from, one list after the other.
    live: Vec<u32>,
    splitter: Splitter,
}

impl<'a, 'v> Cutter<'a, 'v> {
    fn new(
        rows: Rows<'a>,
        live: &[u32],
        holes_only: bool,
        budget: &'v mut Budget,
        visit: &'v mut dyn FnMut(&Region, Option<u32>) -> ControlFlow<()>,
    ) -> Self {
        let conditional = rows.space.is_conditional();
        Cutter {
            rows,
            conditional,
            holes_only,
            budget,
            visit,
            live: live.to_vec(),
            splitter: Splitter::default(),
        }
    }

    fn run(mut self, region: &Region) -> Result<ControlFlow<()>, OutOfBudget> {
        let to = self.live.len();
        self.cut(&mut region.clone(), 0, to)
    }

    /// Looks at a region in which the rows at `from..to` of `live` count; leaves the region as it was.
    fn cut(&mut self, region: &mut Region, from: usize, to: usize) -> Result<ControlFlow<()>, OutOfBudget> {
        self.budget.spend(1 + ((to - from) * self.rows.space.axes.len() / EXTENTS_A_STEP) as u64)?;
        let covered = self.narrow(region, from, to);
        let remaining = self.live.len() - to;
        let ended = match (covered, remaining) {
            (_, 0) => (self.visit)(region, None),
            (true, _) if self.holes_only => ControlFlow::Continue(()),
            (true, 1) => {
                let row = self.rows.boxed[self.live[to] as usize].row;
                (self.visit)(region, Some(row))
            }
            _ => self.halve(region, to, to + remaining)?,
        };
        self.live.truncate(to);
        Ok(ended)
    }

    /// Puts behind `to` the rows that touch the region, up to the first that covers it; tells whether one does.
    fn narrow(&mut self, region: &Region, from: usize, to: usize) -> bool {
        for at in from..to {
            let index = self.live[at];
            let row = &self.rows.boxed[index as usize].region;
            if row.touches(region) {
                self.live.push(index);
                if region.within(row) {
                    return true;
                }
            }
        }
        false
    }

    fn halve(&mut self, region: &mut Region, from: usize, to: usize) -> Result<ControlFlow<()>, OutOfBudget> {
        let live = &self.live[from..to];
        let boxed = self.rows.boxed;
        let regions = live.iter().map(|at| &boxed[*at as usize].region);
        let (axis, inside) = self.splitter.best(self.rows.space, regions, region);
        self.budget.spend(self.splitter.steps())?;
        let whole = region.on(axis);
        for part in std::iter::once(inside).chain(whole.minus(inside)) {
            region.set(axis, part);
            if self.conditional {
                for mut settled in self.rows.space.settle(region.clone()) {
                    if self.cut(&mut settled, from, to)?.is_break() {
                        return Ok(ControlFlow::Break(()));
                    }
                }
            } else if self.cut(region, from, to)?.is_break() {
                return Ok(ControlFlow::Break(()));
            }
        }
        region.set(axis, whole);
        Ok(ControlFlow::Continue(()))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::random::{states, tables};
    use super::super::{Axis, Extent, Locator};
    use super::*;

    proptest! {
        #[test]
        fn each_state_is_in_one_cell_with_the_row_that_decides_it((space, boxed) in tables()) {
            let mut found = Vec::new();
            let rows = Rows { space: &space, boxed: &boxed };
            for region in space.states() {
                all_cells(rows, &region, &mut Budget::new(1_000_000), &mut |cell, row| found.push((cell, row))).unwrap();
            }
            let locator = Locator::new(&space, &boxed);
            for state in states(&space) {
                let expected = boxed.iter().find(|row| row.region.holds(&state)).map(|row| row.row);
                let cells: Vec<_> = found.iter().filter(|(cell, _)| cell.holds(&state)).collect();
                prop_assert_eq!(cells.len(), 1, "{:?}", state);
                prop_assert_eq!(cells[0].1, expected);
                prop_assert_eq!(locator.locate(&state), expected);
            }
        }

        #[test]
        fn volumes_add_up_to_all_states((space, boxed) in tables()) {
            let counted: Vec<usize> = (0..space.axes.len()).collect();
            let mut sum = 0;
            for region in space.states() {
                let rows = Rows { space: &space, boxed: &boxed };
                all_cells(rows, &region, &mut Budget::new(1_000_000), &mut |cell, _| {
                    sum += space.measure(&cell, &counted).unwrap();
                }).unwrap();
            }
            prop_assert_eq!(sum, states(&space).len() as u128);
        }
    }

    #[test]
    fn rows_that_lie_in_each_other_take_few_steps() {
        let count: u32 = 4_000;
        let space = Space { axes: vec![Axis::ordered(0, count.into(), 0..=count.into()), Axis::named(2)] };
        let row = |row: u32| Boxed { region: space.all().with(0, space.axes[0].none().stretch(0, row)), row };
        let boxed: Vec<Boxed> = (0..=count).map(row).collect();
        let rows = Rows { space: &space, boxed: &boxed };
        let mut cells = 0;
        // Splitting them off one by one would take half the square of their number.
        let mut budget = Budget::new(u64::from(count) * 20);
        all_cells(rows, &space.all(), &mut budget, &mut |_, _| cells += 1).unwrap();
        assert_eq!(cells, count + 1);
    }

    #[test]
    fn a_budget_ends_the_work() {
        let space = Space { axes: vec![Axis::named(2)] };
        let boxed = [Boxed { region: Region::new([Extent::Few(1)]), row: 0 }];
        let rows = Rows { space: &space, boxed: &boxed };
        let ended = all_cells(rows, &space.all(), &mut Budget::new(1), &mut |_, _| {});
        assert_eq!(ended, Err(OutOfBudget { steps: 1 }));
    }
}
