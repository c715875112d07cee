//! Fewer regions for the same states.

use std::collections::HashMap;

use super::region::Region;

/// The same states in fewer regions: two that differ on one axis alone become one, until none do.
///
/// The regions must not share states; the result has the order of the first region of each group.
pub fn merge(mut regions: Vec<Region>) -> Vec<Region> {
    let axes = regions.first().map_or(0, |region| region.extents().len());
    loop {
        let before = regions.len();
        for axis in 0..axes {
            regions = merge_along(regions, axis);
        }
        if regions.len() == before {
            return regions;
        }
    }
}

fn merge_along(mut regions: Vec<Region>, axis: usize) -> Vec<Region> {
    // Neighbours must meet in order for stretches to join.
    regions.sort_by_key(|region| region.on(axis));
    let mut merged: Vec<Region> = Vec::with_capacity(regions.len());
    let mut open: HashMap<Region, usize> = HashMap::with_capacity(regions.len());
    for region in regions {
        let extent = region.on(axis);
        let rest = region.with(axis, extent.none());
        if let Some(&at) = open.get(&rest)
            && let Some(joined) = merged[at].on(axis).join(extent)
        {
            merged[at].set(axis, joined);
            continue;
        }
        open.insert(rest, merged.len());
        merged.push(region);
    }
    merged
}

#[cfg(test)]
mod tests {
    use super::super::Extent;
    use super::*;

    #[test]
    fn neighbours_become_one() {
        let many = |first, last| Extent::Many { first, last, absent: false };
        let regions = vec![
            Region::new([many(4, 7), Extent::Few(1)]),
            Region::new([many(0, 3), Extent::Few(1)]),
            Region::new([many(0, 7), Extent::Few(2)]),
            Region::new([many(9, 9), Extent::Few(3)]),
        ];
        let merged = merge(regions);
        assert_eq!(merged.len(), 2, "{merged:?}");
        assert!(merged.contains(&Region::new([many(0, 7), Extent::Few(3)])));
    }
}
