//! Spaces and tables at random, for the tests of this room.

use proptest::prelude::*;

use super::{ABSENT, Axis, Boxed, Extent, Region, Requirement, Space};

/// Every combination of atoms that is a state, by trying all of them.
pub fn states(space: &Space) -> Vec<Vec<u32>> {
    let mut states = vec![Vec::new()];
    for axis in &space.axes {
        let longer = states.into_iter().flat_map(|state: Vec<u32>| {
            let applies = axis.requires.iter().all(|required| required.holds(state[required.axis]));
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
pub fn tables() -> impl Strategy<Value = (Space, Vec<Boxed>)> {
    let axes = prop::collection::vec((2u32..5, any::<bool>(), any::<u64>()), 1..5);
    (axes, prop::collection::vec(prop::collection::vec(any::<u64>(), 5), 0..8)).prop_map(|(axes, rows)| {
        let mut space = Space::default();
        for (count, long, seed) in axes {
            let mut axis = match (long, seed % 2) {
                (true, _) => Axis::ordered(-40, 24 + i128::from(count), -40..=99),
                (false, 0) => Axis::ordered(-1, i128::from(count) - 2, -1..=9),
                (false, _) => Axis::named(count),
            };
            for on in 0..space.axes.len() {
                if (seed >> on) % 3 == 0 {
                    let required = extent(&space.axes[on], seed >> 8).without_absent();
                    axis.requires.push(Requirement { axis: on, extents: [required].into_iter().collect() });
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
                region: Region::new(space.axes.iter().zip(seeds).map(|(axis, seed)| extent(axis, *seed))),
                row: row as u32,
            })
            .collect();
        (space, rows)
    })
}

/// The same with a region in which some of the axes are narrower, as a profile is.
pub fn regions() -> impl Strategy<Value = (Space, Vec<Boxed>, Region)> {
    (tables(), prop::collection::vec(any::<u64>(), 5)).prop_map(|((space, boxed), seeds)| {
        let narrowed = space.axes.iter().zip(&seeds).map(|(axis, seed)| match seed % 3 {
            0 => extent(axis, seed / 3),
            _ => axis.all(),
        });
        let region = Region::new(narrowed);
        (space, boxed, region)
    })
}
