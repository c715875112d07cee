//! What a verdict rests on, part by part of the bands, so that a part can be weighed with another outcome.

use num_bigint::BigUint;
use smallvec::SmallVec;

use crate::decision::{Outcome, Verdict};
use crate::ruleset::Ruleset;
use crate::space::Region;

/// Combinations of the stretches of several bands that are told apart in one row.
const MOST_PARTS: usize = 4_096;

/// A part of the bands of a situation: its weight, its numbers by axis of the ruleset, and the states left in it.
pub struct Piece {
    /// How many combinations of the bands' numbers it has.
    pub weight: u128,
    /// The axis, the first and the last number of each band that ends.
    pub numbers: SmallVec<[(usize, i128, i128); 1]>,
    /// What presuming leaves of it.
    pub left: Vec<(Region, Outcome)>,
}

/// The parts of the bands of a verdict, cut so that no rule tells their numbers apart; nothing where they
/// cannot be weighed one by one.
pub fn pieces(ruleset: &Ruleset, verdict: &Verdict) -> Option<Vec<Piece>> {
    let compiled = ruleset.compiled();
    let mut pieces = Vec::new();
    for part in verdict.presumed.parts() {
        let mut cut: Vec<SmallVec<[(usize, i128, i128); 1]>> = vec![SmallVec::new()];
        let mut size = BigUint::from(1u32);
        for (fact, stretch) in part.numbers() {
            let axis = compiled.axis(fact)?;
            let line = &compiled.space.axes[axis];
            size *= BigUint::from((stretch.last - stretch.first).unsigned_abs()) + 1u32;
            let (first, last) = line.atoms_between(stretch.first, stretch.last)?;
            if cut.len() * (last - first + 1) as usize > MOST_PARTS {
                return None;
            }
            let longer = cut.iter().flat_map(|known| {
                (first..=last).map(move |atom| {
                    let (low, high) = line.bounds(atom);
                    let mut longer = known.clone();
                    longer.push((axis, low.max(stretch.first), high.min(stretch.last)));
                    longer
                })
            });
            cut = longer.collect();
        }
        // Some combinations of its numbers hold no state, so that they cannot be weighed by their lengths.
        if size != part.weight {
            return None;
        }
        for numbers in cut {
            let within = |region: &Region| {
                numbers.iter().try_fold(region.clone(), |region, (axis, low, _)| {
                    let line = &compiled.space.axes[*axis];
                    let own = region.on(*axis);
                    let mut only = line.only(line.atom(*low));
                    if own.has_absent() {
                        only = only.with_absent();
                    }
                    let met = own.meet(only);
                    (!met.is_empty()).then(|| region.with(*axis, met))
                })
            };
            let left = part.left().iter().flat_map(|left| &left.pieces);
            let left: Vec<(Region, Outcome)> =
                left.filter_map(|piece| Some((within(&piece.region)?, piece.outcome))).collect();
            let mut lengths = numbers.iter().map(|(_, low, high)| (high - low).unsigned_abs() + 1);
            let weight = lengths.try_fold(1_u128, u128::checked_mul)?;
            pieces.push(Piece { weight, numbers, left });
        }
    }
    Some(pieces)
}
