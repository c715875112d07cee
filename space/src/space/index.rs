//! Regions found by where they lie, without looking at all of them.

use super::extent::Extent;
use super::region::Region;

/// Regions sorted along each axis; they are named by their place in the list they came in.
#[derive(Debug, Clone, Default)]
pub struct Index {
    lines: Vec<Line>,
    /// Every place, for what no axis narrows.
    places: Vec<u32>,
}

/// So few regions are not sorted.
const FEW: usize = 16;

/// The regions along one axis that tells some of them apart.
#[derive(Debug, Clone)]
struct Line {
    axis: usize,
    /// The regions in the order in which they begin.
    order: Vec<u32>,
    /// Where each of them begins.
    begins: Vec<u32>,
    /// The furthest that any of them up to here goes.
    reach: Vec<u32>,
}

impl Index {
    /// Sorts the regions, none of which is empty.
    pub fn new<'r>(regions: impl IntoIterator<Item = &'r Region>) -> Index {
        let regions: Vec<&Region> = regions.into_iter().collect();
        // Few regions are looked at sooner than they are sorted.
        let axes = if regions.len() <= FEW { 0 } else { regions[0].extents().len() };
        let lines = (0..axes).filter_map(|axis| Line::new(&regions, axis)).collect();
        Index { lines, places: (0..regions.len() as u32).collect() }
    }

    /// All the regions that touch `region`, and some that do not: those that may on the axis that leaves the fewest.
    pub fn near(&self, region: &Region) -> &[u32] {
        let narrowed = self.lines.iter().map(|line| line.near(region.on(line.axis)));
        narrowed.min_by_key(|near| near.len()).unwrap_or(&self.places)
    }
}

impl Line {
    /// `None` where all regions reach over the same part of the axis.
    fn new(regions: &[&Region], axis: usize) -> Option<Line> {
        let hull = |at: u32| hull(regions[at as usize].on(axis));
        let first = hull(0);
        if (1..regions.len() as u32).all(|at| hull(at) == first) {
            return None;
        }
        let mut order: Vec<u32> = (0..regions.len() as u32).collect();
        order.sort_by_key(|at| hull(*at));
        let begins = order.iter().map(|at| hull(*at).0).collect();
        let furthest = |reach: &mut u32, at: &u32| {
            *reach = hull(*at).1.max(*reach);
            Some(*reach)
        };
        let reach = order.iter().scan(0, furthest).collect();
        Some(Line { axis, order, begins, reach })
    }

    fn near(&self, extent: Extent) -> &[u32] {
        let (first, last) = hull(extent);
        let end = self.begins.partition_point(|begin| *begin <= last);
        let start = self.reach[..end].partition_point(|reach| *reach < first);
        &self.order[start..end]
    }
}

/// From where to where an extent goes, "does not apply" standing before the first atom.
fn hull(extent: Extent) -> (u32, u32) {
    let (first, last) = extent.ends().map_or((u32::MAX, 0), |(first, last)| (first + 1, last + 1));
    if extent.has_absent() { (0, last) } else { (first, last) }
}

#[cfg(test)]
mod tests {
    use super::super::random::tables;
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn whatever_touches_is_near((_, boxed) in tables()) {
            let regions: Vec<Region> = boxed.into_iter().map(|row| row.region).collect();
            let index = Index::new(&regions);
            for region in &regions {
                let near = index.near(region);
                for (at, other) in regions.iter().enumerate() {
                    prop_assert!(!other.touches(region) || near.contains(&(at as u32)));
                }
            }
        }
    }
}
