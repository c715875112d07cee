//! What a new owner row could change, row of the list by row: whom it could turn right, and whom it could turn wrong.
//!
//! A row of the list stands for states. Presuming leaves some of them, in parts of its bands, and its answer is the
//! outcome that enough of those parts agree on. A new row that stands before the others changes no presumption, only who
//! owns in the states in which it holds. So a row that is wrong turns right exactly where the new row names its actual
//! owner and holds in all states left of enough parts, those aside that have this owner already; and a row that is right
//! turns wrong exactly where a new row that names somebody else holds in some state of so many parts that too few are
//! left to agree, unless what it names is right too and enough parts agree on that.

use smallvec::SmallVec;

use super::axes::{ABSENT_NUMBER, ABSENT_VALUE, LearnAxis, Tested, range};
use crate::space::Extent;

/// The folds of a cross-validation.
pub const FOLDS: usize = 5;

/// What rows of the list would do; roles are places among those that a row could name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Effect {
    /// They have a wrong owner, and turn right with this role.
    Correct(u16),
    /// They have no owner, and turn right with this role.
    Answer(u16),
    /// They are right, and turn wrong with any role but this one, which they have.
    Break(u16),
    /// They are right, and are right with this role too where the new row decides enough of them.
    Keep(u16),
    /// They have an owner that is right, and have a wrong one with any role but this one, which they have.
    Spoil(u16),
    /// The same with this role alone.
    SpoilBy(u16),
    /// Not with this role.
    SpareBy(u16),
}

impl Effect {
    /// Whether a new row must take in the sets of states, and not only touch them.
    pub fn takes_in(self) -> bool {
        !matches!(self, Effect::Break(_))
    }

    /// The role with which rows turn right, if they are not.
    pub fn fixed_by(self) -> Option<u16> {
        match self {
            Effect::Correct(role) | Effect::Answer(role) => Some(role),
            _ => None,
        }
    }

    /// Whether it has no part in how many rows are right, but only in what shows that the rules were wrong.
    pub fn is_proof_alone(self) -> bool {
        matches!(self, Effect::Spoil(_) | Effect::SpoilBy(_) | Effect::SpareBy(_))
    }
}

/// Rows that say the same as far as conditions can tell, by their number in each fold.
pub type Rows = [u32; FOLDS];

/// Rows of which several parts decide.
#[derive(Debug)]
pub struct Parted {
    /// What they would do.
    pub effect: Effect,
    /// How many they are.
    pub rows: Rows,
    /// How much of the parts a new row must change.
    pub needed: u128,
    /// The parts.
    pub parts: Vec<Part>,
}

/// A part of a row's bands.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Part {
    /// What it weighs, the bands below aside.
    pub weight: u128,
    /// The bands that conditions can cut: place of the axis, first and last number.
    pub bands: SmallVec<[(usize, i128, i128); 1]>,
    /// The sets of states, each with what it says of every axis: one, which the new row must take in, or any number, one
    /// of which it must touch.
    pub boxes: Vec<Box<[u64]>>,
}

impl Part {
    /// How much of it a new row with these tests changes.
    pub fn changed(&self, takes_in: bool, tests: &[(usize, Tested)], axes: &[LearnAxis]) -> u128 {
        let mut weight = self.weight;
        for (axis, first, last) in &self.bands {
            let (mut low, mut high) = (*first, *last);
            if let Some((_, Tested::Range(from, to))) = tests.iter().find(|(tested, _)| tested == axis) {
                low = low.max(axes[*axis].bounds(*from).0);
                high = high.min(axes[*axis].bounds(*to).1);
                if low > high {
                    return 0;
                }
            }
            weight *= (high - low).unsigned_abs() + 1;
        }
        if self.holds(takes_in, tests) { weight } else { 0 }
    }

    /// Whether the tests hold in it, those of its own bands aside.
    pub fn holds(&self, takes_in: bool, tests: &[(usize, Tested)]) -> bool {
        self.boxes.iter().any(|own| {
            tests.iter().all(|(axis, tested)| {
                // A band that does not apply in some state is no band there.
                if self.is_band(*axis) {
                    return true;
                }
                tested.changes(own[*axis], takes_in)
            })
        })
    }

    /// Whether an axis is one of its bands.
    pub fn is_band(&self, axis: usize) -> bool {
        self.bands.iter().any(|(band, ..)| *band == axis)
    }
}

impl Parted {
    /// Whether a new row with these tests changes them.
    pub fn is_changed(&self, tests: &[(usize, Tested)], axes: &[LearnAxis]) -> bool {
        let mut sum = 0_u128;
        for part in &self.parts {
            sum = sum.saturating_add(part.changed(self.effect.takes_in(), tests, axes));
            if sum >= self.needed {
                return true;
            }
        }
        false
    }
}

/// What the states of an extent say of a fact with named values.
pub fn said_of_names(extent: Extent) -> u64 {
    let values = extent.atoms().filter(|atom| *atom < 62).fold(0_u64, |said, atom| said | 1 << atom);
    values | if extent.has_absent() { ABSENT_VALUE } else { 0 }
}

/// What numbers say of a whole number; nothing where they are none.
pub fn said_of_numbers(axis: &LearnAxis, numbers: Option<(i128, i128)>) -> u64 {
    numbers.map_or(ABSENT_NUMBER, |(first, last)| range(axis.stretch(first), axis.stretch(last)))
}
