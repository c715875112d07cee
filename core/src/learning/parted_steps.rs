//! For rows of which parts of bands decide: from which last stretch on, and up to which first one, a test of a number
//! changes them.

use super::axes::{ABSENT_NUMBER, LearnAxis, Tested, ends};
use super::items::Parted;
use super::sweep::Step;

/// How a part counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Counts {
    /// Number by number.
    Numbers,
    /// Whole, where the test takes in all of it.
    Throughout,
    /// Whole, where the test touches it.
    Somewhere,
}

/// A part that passes: its weight, how it counts, and the stretches in which its sets of states lie.
type Passing = (u128, Counts, Vec<(u32, u32)>);

/// The parts that pass all other tests, as far as one number goes: each with its weight and the stretches in which its
/// sets of states lie.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key {
    needed: u128,
    parts: Vec<Passing>,
}

impl Key {
    /// The key of rows for a test of one axis beside those chosen.
    pub fn of(parted: &Parted, axis: usize, chosen: &[(usize, Tested)], axes: &[LearnAxis]) -> Key {
        let mut parts = Vec::new();
        for part in &parted.parts {
            if let Some((_, low, high)) = part.bands.iter().find(|(band, ..)| *band == axis) {
                let whole = part.changed(parted.effect.takes_in(), chosen, axes);
                if whole > 0 {
                    let stretches = vec![(axes[axis].stretch(*low), axes[axis].stretch(*high))];
                    parts.push((whole / ((high - low).unsigned_abs() + 1), Counts::Numbers, stretches));
                }
                continue;
            }
            let passing = part.boxes.iter().filter(|own| {
                chosen.iter().all(|(axis, tested)| {
                    let said = own[*axis];
                    part.is_band(*axis) || tested.changes(said, parted.effect.takes_in())
                })
            });
            let said = passing.map(|own| own[axis]).filter(|said| *said != ABSENT_NUMBER);
            let mut stretches: Vec<(u32, u32)> = said.map(ends).collect();
            let weight = part.changed(parted.effect.takes_in(), chosen, axes);
            if weight == 0 || stretches.is_empty() {
                continue;
            }
            stretches.sort_unstable();
            stretches.dedup();
            let counts = if parted.effect.takes_in() { Counts::Throughout } else { Counts::Somewhere };
            parts.push((weight, counts, stretches));
        }
        parts.sort_unstable();
        Key { needed: parted.needed, parts }
    }

    /// How much the stretches from `first` to `last` change.
    fn changed(&self, axis: &LearnAxis, first: u32, last: u32) -> u128 {
        let part = |(weight, counts, stretches): &Passing| match counts {
            Counts::Numbers => {
                let (low, high) = stretches[0];
                let (low, high) = (low.max(first), high.min(last));
                if low > high {
                    0
                } else {
                    weight * ((axis.bounds(high).1 - axis.bounds(low).0).unsigned_abs() + 1)
                }
            }
            Counts::Throughout if stretches.iter().any(|(low, high)| *low >= first && *high <= last) => {
                *weight
            }
            Counts::Somewhere if stretches.iter().any(|(low, high)| *low <= last && *high >= first) => {
                *weight
            }
            Counts::Throughout | Counts::Somewhere => 0,
        };
        self.parts.iter().map(part).sum()
    }

    /// For each last stretch, the limit up to which first stretches change enough; it only grows.
    pub fn steps(&self, axis: &LearnAxis) -> Vec<Step> {
        let ends = || self.parts.iter().flat_map(|(.., stretches)| stretches);
        let (Some(lowest), Some(highest)) =
            (ends().map(|(low, _)| *low).min(), ends().map(|(_, high)| *high).max())
        else {
            return Vec::new();
        };
        let mut steps = Vec::new();
        let mut limit: Option<u32> = None;
        for last in lowest..=highest {
            let before = limit;
            let mut next = limit.map_or(lowest, |limit| limit + 1);
            while next <= last && self.changed(axis, next, last) >= self.needed {
                limit = Some(next);
                next += 1;
            }
            if limit != before {
                steps.extend(limit.map(|limit| Step { last, limit, net: 1 }));
                steps.extend(before.map(|limit| Step { last, limit, net: -1 }));
            }
        }
        steps
    }
}
