//! A region cut into pieces, each with the one row that decides it.
//!
//! The pieces are found by splitting: rows that miss the region are dropped, rows behind one that covers it are hidden;
//! when the first row left covers the region the piece is done, else the region is split at the threshold or value set
//! that leaves the fewest rows on both sides. The method and the measure are those measured best on decision tables of
//! the shape in Calvanese et al., "Semantics and Analysis of DMN Decision Tables", Information Systems 78 (2018).

use super::extent::Extent;
use super::region::Region;
use super::settle::Space;
use super::{Boxed, OutOfBudget};

/// How many steps a computation may still take; a step is one region looked at.
#[derive(Debug, Clone, Copy)]
pub struct Budget {
    allowed: u64,
    left: u64,
}

impl Budget {
    /// A budget of `steps`.
    pub fn new(steps: u64) -> Self {
        Budget { allowed: steps, left: steps }
    }

    /// Takes `steps` from what is left.
    ///
    /// # Errors
    /// When there is not enough left.
    pub fn spend(&mut self, steps: u64) -> Result<(), OutOfBudget> {
        match self.left.checked_sub(steps) {
            Some(left) => {
                self.left = left;
                Ok(())
            }
            None => Err(OutOfBudget { steps: self.allowed }),
        }
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
/// row, `None` for a hole. `live` names, in order, the rows that count, as indices of [`Rows::boxed`].
///
/// # Errors
/// When the budget is spent; what was visited until then is right but not all.
pub fn cells(
    rows: Rows<'_>,
    live: &[u32],
    region: &Region,
    budget: &mut Budget,
    visit: &mut dyn FnMut(Region, Option<u32>),
) -> Result<(), OutOfBudget> {
    cut(rows, live, region, budget, visit)
}

/// As [`cells`], with every row counting.
///
/// # Errors
/// When the budget is spent.
pub fn all_cells(
    rows: Rows<'_>,
    region: &Region,
    budget: &mut Budget,
    visit: &mut dyn FnMut(Region, Option<u32>),
) -> Result<(), OutOfBudget> {
    let live: Vec<u32> = (0..rows.boxed.len() as u32).collect();
    cut(rows, &live, region, budget, visit)
}

fn cut(
    rows: Rows<'_>,
    live: &[u32],
    region: &Region,
    budget: &mut Budget,
    visit: &mut dyn FnMut(Region, Option<u32>),
) -> Result<(), OutOfBudget> {
    budget.spend(1)?;
    let mut remaining: Vec<u32> = Vec::with_capacity(live.len());
    let mut covered = false;
    for &at in live {
        let row = &rows.boxed[at as usize].region;
        if row.touches(region) {
            remaining.push(at);
            if region.within(row) {
                covered = true;
                break;
            }
        }
    }
    match (remaining.first(), remaining.len(), covered) {
        (None, ..) => visit(region.clone(), None),
        (Some(&first), 1, true) => visit(region.clone(), Some(rows.boxed[first as usize].row)),
        _ => {
            let (axis, inside) = best_split(rows, &remaining, region);
            let whole = region.on(axis);
            let outside = whole.minus(inside);
            for part in std::iter::once(inside).chain(outside) {
                let part = region.with(axis, part);
                if rows.space.is_conditional() {
                    for settled in rows.space.settle(part) {
                        cut(rows, &remaining, &settled, budget, visit)?;
                    }
                } else {
                    cut(rows, &remaining, &part, budget, visit)?;
                }
            }
        }
    }
    Ok(())
}

/// The axis and the part of it to split off: the one that leaves the smallest sum of squares of rows on both sides.
fn best_split(rows: Rows<'_>, live: &[u32], region: &Region) -> (usize, Extent) {
    let mut best = (u64::MAX, 0, region.on(0));
    for axis in 0..rows.space.axes.len() {
        let whole = region.on(axis);
        let extents: Vec<Extent> =
            live.iter().map(|at| rows.boxed[*at as usize].region.on(axis).meet(whole)).collect();
        if extents.iter().all(|extent| *extent == whole) {
            continue;
        }
        let mut offer = |cost: u64, part: Extent| {
            if cost < best.0 {
                best = (cost, axis, part);
            }
        };
        let values = whole.without_absent();
        if whole.has_absent() && !values.is_empty() {
            let valued = extents.iter().filter(|extent| !extent.without_absent().is_empty()).count() as u64;
            let absent = extents.iter().filter(|extent| extent.has_absent()).count() as u64;
            offer(valued * valued + absent * absent, values);
        }
        if rows.space.axes[axis].is_ordered() {
            offer_thresholds(whole, &extents, &mut offer);
        } else {
            offer_value_sets(whole, &extents, &mut offer);
        }
    }
    (best.1, best.2)
}

/// Offers the part below each threshold of a row.
fn offer_thresholds(whole: Extent, extents: &[Extent], offer: &mut dyn FnMut(u64, Extent)) {
    let stretches = whole.stretches();
    let (Some(&(first, _)), Some(&(_, last))) = (stretches.first(), stretches.last()) else { return };
    let mut begins = Vec::with_capacity(extents.len());
    let mut ends = Vec::with_capacity(extents.len());
    let mut faces = Vec::new();
    for extent in extents {
        let own = extent.stretches();
        if let (Some(&(begin, _)), Some(&(_, end))) = (own.first(), own.last()) {
            begins.push(begin);
            ends.push(end);
        }
        for (begin, end) in own {
            faces.extend([begin, end + 1].into_iter().filter(|face| *face > first && *face <= last));
        }
    }
    begins.sort_unstable();
    ends.sort_unstable();
    faces.sort_unstable();
    faces.dedup();
    for face in faces {
        let below = whole.without_absent().meet(whole.stretch(first, face - 1));
        if below.is_empty() || below == whole {
            continue;
        }
        let left = begins.partition_point(|begin| *begin < face) as u64;
        let right = (ends.len() - ends.partition_point(|end| *end < face)) as u64;
        offer(left * left + right * right, below);
    }
}

/// Offers the value set of each row.
fn offer_value_sets(whole: Extent, extents: &[Extent], offer: &mut dyn FnMut(u64, Extent)) {
    /// More sets than this are not compared; the first ones, of the first rows, always are.
    const COMPARED: usize = 64;
    let mut seen: Vec<Extent> = Vec::new();
    for extent in extents {
        let set = extent.without_absent();
        if set.is_empty() || set == whole || seen.contains(&set) {
            continue;
        }
        if seen.len() == COMPARED {
            break;
        }
        seen.push(set);
        let inside = extents.iter().filter(|other| other.touches(set)).count() as u64;
        let outside = extents.iter().filter(|other| !other.within(set)).count() as u64;
        offer(inside * inside + outside * outside, set);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::{ABSENT, Axis, Locator, Requirement};
    use super::*;

    /// Every combination of atoms that is a state, by trying all of them.
    fn states(space: &Space) -> Vec<Vec<u32>> {
        let mut states = vec![Vec::new()];
        for axis in &space.axes {
            let longer = states.into_iter().flat_map(|state: Vec<u32>| {
                let applies =
                    axis.requires.iter().all(|required| required.extent.holds(state[required.axis]));
                let atoms: Vec<u32> = if applies { (0..axis.count()).collect() } else { vec![ABSENT] };
                atoms.into_iter().map(move |atom| state.iter().copied().chain([atom]).collect())
            });
            states = longer.collect();
        }
        states
    }

    fn extent(axis: &Axis, seed: u64) -> Extent {
        let count = u64::from(axis.count());
        let (a, b) = ((seed % count) as u32, (seed / 7 % count) as u32);
        let stretch = axis.none().stretch(a.min(b), a.max(b));
        match seed % 5 {
            0 => axis.all(),
            1 if axis.is_conditional() => stretch.with_absent(),
            _ => stretch,
        }
    }

    /// Spaces with conditions on conditions, on short and on long axes, and rows at random.
    fn tables() -> impl Strategy<Value = (Space, Vec<Boxed>)> {
        let axes = prop::collection::vec((2u32..5, any::<bool>(), any::<u64>()), 1..5);
        (axes, prop::collection::vec(prop::collection::vec(any::<u64>(), 5), 0..8)).prop_map(
            |(axes, rows)| {
                let mut space = Space::default();
                for (count, long, seed) in axes {
                    let mut axis = match (long, seed % 2) {
                        (true, _) => Axis::ordered(0, 64 + u64::from(count), 0..=99),
                        (false, 0) => Axis::ordered(0, u64::from(count) - 1, 0..=9),
                        (false, _) => Axis::named(count),
                    };
                    for on in 0..space.axes.len() {
                        if (seed >> on) % 3 == 0 {
                            let required = extent(&space.axes[on], seed >> 8).without_absent();
                            axis.requires.push(Requirement { axis: on, extent: required });
                        }
                    }
                    if space.axes.iter().filter(|axis| axis.count() > 60).count() >= 2 && long {
                        axis = Axis::named(count);
                    }
                    space.axes.push(axis);
                }
                let rows = rows
                    .iter()
                    .enumerate()
                    .map(|(row, seeds)| Boxed {
                        region: Region::new(
                            space.axes.iter().zip(seeds).map(|(axis, seed)| extent(axis, *seed)),
                        ),
                        row: row as u32,
                    })
                    .collect();
                (space, rows)
            },
        )
    }

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
    fn a_budget_ends_the_work() {
        let space = Space { axes: vec![Axis::named(2)] };
        let boxed = [Boxed { region: Region::new([Extent::Few(1)]), row: 0 }];
        let rows = Rows { space: &space, boxed: &boxed };
        let ended = all_cells(rows, &space.all(), &mut Budget::new(1), &mut |_, _| {});
        assert_eq!(ended, Err(OutOfBudget { steps: 1 }));
    }
}
