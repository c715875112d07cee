//! Ranges of the pieces of several bands: where they lie, what they weigh, and where to cut them.

use std::ops::Range;

use num_bigint::BigUint;

use super::bands::Band;
use crate::ruleset::{FactId, Ruleset, Stretch};
use crate::space::cells::Budget;
use crate::space::{Extent, OutOfBudget, Region, Space};

/// A range of pieces on each band.
pub type Block = Vec<Range<usize>>;

/// The bands of a profile.
pub struct Bands<'a> {
    space: &'a Space,
    bands: &'a [Band],
}

impl<'a> Bands<'a> {
    /// The bands on the axes of a space.
    pub fn new(space: &'a Space, bands: &'a [Band]) -> Bands<'a> {
        Bands { space, bands }
    }

    /// All of them; a block has a range for each.
    pub fn all(&self) -> &'a [Band] {
        self.bands
    }

    /// The numbers that a block takes of the bands asked for.
    pub fn numbers(
        &self,
        block: &Block,
        ruleset: &Ruleset,
        asked: impl Fn(&Band) -> bool,
    ) -> Vec<(FactId, Stretch)> {
        let bands = self.bands.iter().zip(block).filter(|(band, _)| asked(band));
        let numbers = bands.map(|(band, range)| {
            let (first, last) = band.numbers(range);
            (ruleset.compiled().facts[band.axis], Stretch { first, last })
        });
        numbers.collect()
    }

    /// The atoms of a band in a range of numbers; none where they are outside the axis.
    fn extent(&self, band: &Band, (first, last): (i128, i128)) -> Extent {
        let axis = &self.space.axes[band.axis];
        let atoms = axis.atoms_between(first, last);
        atoms.map_or(axis.none(), |(first, last)| axis.none().stretch(first, last))
    }

    /// The states of settled regions that lie in a block; where a fact does not apply, every piece of it has the state.
    pub fn within(&self, block: &Block, regions: &[Region]) -> Vec<Region> {
        let mut regions = regions.to_vec();
        for (band, range) in self.bands.iter().zip(block) {
            regions = self.cut_to(regions, band, band.numbers(range));
        }
        regions
    }

    fn cut_to(&self, regions: Vec<Region>, band: &Band, numbers: (i128, i128)) -> Vec<Region> {
        let part = self.extent(band, numbers).with_absent();
        if regions.iter().all(|region| region.on(band.axis).within(part)) {
            return regions;
        }
        let cut = |region: Region| {
            let extent = region.on(band.axis).meet(part);
            self.space.settle(region.with(band.axis, extent))
        };
        regions.into_iter().flat_map(cut).collect()
    }

    /// Whether a settled region has a state in every combination of a block, as far as the bands asked for go.
    pub fn spans(&self, block: &Block, region: &Region, asked: impl Fn(&Band) -> bool) -> bool {
        let several = self.bands.iter().zip(block).filter(|(band, range)| range.len() > 1 && asked(band));
        several.into_iter().all(|(band, range)| {
            let own = region.on(band.axis).without_absent();
            own.is_empty() || self.extent(band, band.numbers(range)).within(own)
        })
    }

    /// How many combinations of the numbers of a block hold a state; bands without an end do not count.
    ///
    /// # Errors
    /// When the budget is spent.
    pub fn weight(
        &self,
        block: &Block,
        states: &[Region],
        budget: &mut Budget,
    ) -> Result<BigUint, OutOfBudget> {
        let regions = self.within(block, states);
        self.held(0, block, regions, budget)
    }

    /// The same from the band at `at` on. No test tells the numbers of an atom apart, so it is enough to look at each
    /// atom where some combinations hold no state.
    fn held(
        &self,
        at: usize,
        block: &Block,
        regions: Vec<Region>,
        budget: &mut Budget,
    ) -> Result<BigUint, OutOfBudget> {
        budget.spend(1)?;
        let rest = || self.bands.iter().zip(block).skip(at).filter(|(band, _)| band.bounded);
        let spans = |region: &Region| {
            rest().all(|(band, range)| {
                let own = region.on(band.axis).without_absent();
                own.is_empty() || self.extent(band, band.numbers(range)).within(own)
            })
        };
        if regions.is_empty() {
            return Ok(BigUint::ZERO);
        }
        if regions.iter().any(spans) {
            return Ok(rest().map(|(band, range)| BigUint::from(band.size(range))).product());
        }
        let (Some(band), Some(range)) = (self.bands.get(at), block.get(at)) else {
            return Ok(BigUint::from(1u32));
        };
        let numbers = band.numbers(range);
        let axis = &self.space.axes[band.axis];
        let Some((first, last)) = axis.atoms_between(numbers.0, numbers.1).filter(|_| band.bounded) else {
            return self.held(at + 1, block, regions, budget);
        };
        let mut sum = BigUint::ZERO;
        for atom in first..=last {
            let (from, to) = axis.bounds(atom);
            let (from, to) = (from.max(numbers.0), to.min(numbers.1));
            let within = self.cut_to(regions.clone(), band, (from, to));
            let size = BigUint::from((to - from).unsigned_abs()) + 1u32;
            sum += size * self.held(at + 1, block, within, budget)?;
        }
        Ok(sum)
    }

    /// Where to cut a block along a band asked for: where the fewest of the regions lie on both sides, or, where none
    /// of them begins or ends within it, in the middle of the longest. `None` where each such band has one piece.
    pub fn cut<'r>(
        &self,
        block: &Block,
        regions: impl Iterator<Item = &'r Region> + Clone,
        asked: impl Fn(&Band) -> bool,
    ) -> Option<(usize, usize)> {
        let divisible = || {
            let bands = self.bands.iter().zip(block).enumerate();
            bands.filter(|(_, (band, range))| range.len() > 1 && asked(band))
        };
        let mut best: Option<(u128, (usize, usize))> = None;
        for (at, (band, range)) in divisible() {
            let mut begins: Vec<usize> = Vec::new();
            let mut ends: Vec<usize> = Vec::new();
            let mut places: Vec<usize> = Vec::new();
            let axis = &self.space.axes[band.axis];
            for region in regions.clone() {
                let stretches = region.on(band.axis).without_absent().stretches();
                for (first, last) in &stretches {
                    places.push(band.place(axis.bounds(*first).0));
                    places.push(band.place(axis.bounds(*last).1).saturating_add(1));
                }
                if let (Some((first, _)), Some((_, last))) = (stretches.first(), stretches.last()) {
                    begins.push(band.place(axis.bounds(*first).0));
                    ends.push(band.place(axis.bounds(*last).1));
                }
            }
            for list in [&mut begins, &mut ends, &mut places] {
                list.sort_unstable();
            }
            places.dedup();
            for place in places.into_iter().filter(|place| range.start < *place && *place < range.end) {
                let below = begins.partition_point(|begin| *begin < place) as u128;
                let above = (ends.len() - ends.partition_point(|end| *end < place)) as u128;
                let cost = below * below + above * above;
                if best.is_none_or(|(least, _)| cost < least) {
                    best = Some((cost, (at, place)));
                }
            }
        }
        best.map(|(_, cut)| cut).or_else(|| {
            let longest = divisible().max_by_key(|(at, (_, range))| (range.len(), usize::MAX - at));
            longest.map(|(at, (_, range))| (at, range.start + range.len() / 2))
        })
    }
}
