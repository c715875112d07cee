//! What is known only as a band, cut at the thresholds of the rules.

use std::ops::Range;

use crate::profile::{Known, Profile};
use crate::ruleset::{FactId, Kind, Ruleset};
use crate::space::NO_END;

/// A fact known as a band, or a whole number not known at all, cut at the thresholds.
pub struct Band {
    /// Its axis.
    pub axis: usize,
    /// First and last number of each piece, [`NO_END`] where there is no end.
    pub pieces: Vec<(i128, i128)>,
    /// Whether it has an upper end.
    pub bounded: bool,
}

impl Band {
    /// The first and last number of a range of pieces.
    pub fn numbers(&self, range: &Range<usize>) -> (i128, i128) {
        (self.pieces[range.start].0, self.pieces[range.end - 1].1)
    }

    /// How many whole numbers a range of pieces has; of a band that ends.
    pub fn size(&self, range: &Range<usize>) -> u128 {
        let (first, last) = self.numbers(range);
        (last - first).unsigned_abs() + 1
    }

    /// The piece that a number lies in, or the nearest one.
    pub fn place(&self, number: i128) -> usize {
        self.pieces.partition_point(|(_, last)| *last < number).min(self.pieces.len().saturating_sub(1))
    }
}

/// Every band of a profile.
pub fn bands(ruleset: &Ruleset, profile: &Profile) -> Vec<Band> {
    let compiled = ruleset.compiled();
    let band = |(axis, fact): (usize, &FactId)| {
        let declared = ruleset.fact(*fact);
        let (first, last) = match profile.given(*fact).map(|given| &given.known) {
            Some(Known::Band { min, max }) => (*min, max.unwrap_or(declared.highest)),
            None if declared.kind == Kind::Integer => (declared.lowest, declared.highest),
            _ => return None,
        };
        let cuts: Vec<i128> =
            compiled.thresholds[axis].iter().copied().filter(|cut| *cut > first && *cut <= last).collect();
        let starts = std::iter::once(first).chain(cuts.iter().copied());
        let ends = cuts.iter().map(|cut| cut - 1).chain([last]);
        Some(Band { axis, pieces: starts.zip(ends).collect(), bounded: last != NO_END })
    };
    compiled.facts.iter().enumerate().filter_map(band).collect()
}
