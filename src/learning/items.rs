//! What a new owner row could change, row of the list by row: whom it could turn right, and whom it could turn wrong.
//!
//! A row of the list stands for states. Presuming leaves some of them, in parts of its bands, and its answer is the
//! outcome that enough of those parts agree on. A new row that stands before the others changes no presumption, only who
//! owns in the states in which it holds. So a row that is wrong turns right exactly where the new row names its actual
//! owner and holds in all states left of enough parts, those aside that have this owner already; and a row that is right
//! turns wrong exactly where a new row that names somebody else holds in some state of so many parts that too few are
//! left to agree.

use smallvec::SmallVec;

use super::axes::{ABSENT_NUMBER, ABSENT_VALUE, LearnAxis, Tested, range};
use crate::space::Extent;

/// The folds of a cross-validation.
pub const FOLDS: usize = 5;

/// What rows of the list would do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// They turn right with this role.
    Gain(u16),
    /// They turn wrong with any role but those of this actual owner.
    Loss(u32),
}

/// Rows that say the same as far as conditions can tell, by their number in each fold.
pub type Rows = [u32; FOLDS];

/// Everything that a new row could change.
#[derive(Debug, Default)]
pub struct Items {
    /// Rows of which one set of states decides: for each axis what they say.
    pub columns: Vec<Vec<u64>>,
    /// What they would do.
    pub effects: Vec<Effect>,
    /// How many they are.
    pub rows: Vec<Rows>,
    /// Rows of which parts of bands, or several sets of states, decide.
    pub parted: Vec<Parted>,
    /// Rows that could not be weighed exactly, and are taken to change in no way.
    pub unmoved: u64,
}

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
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Part {
    /// What it weighs, the bands below aside.
    pub weight: u128,
    /// The bands that conditions can cut: place of the axis, first and last number.
    pub bands: SmallVec<[(usize, i128, i128); 1]>,
    /// The sets of states, each with what it says of every axis: a gain has one, in which the new row must hold; a loss
    /// any number, in one of which it must hold somewhere.
    pub boxes: Vec<Box<[u64]>>,
}

impl Part {
    /// How much of it a new row with these tests changes.
    pub fn changed(&self, is_gain: bool, tests: &[(usize, Tested)], axes: &[LearnAxis]) -> u128 {
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
        if self.holds(is_gain, tests) { weight } else { 0 }
    }

    /// Whether the tests hold in it, those of its own bands aside.
    pub fn holds(&self, is_gain: bool, tests: &[(usize, Tested)]) -> bool {
        self.boxes.iter().any(|own| {
            tests.iter().all(|(axis, tested)| {
                // A band that does not apply in some state is no band there.
                if self.is_band(*axis) {
                    return true;
                }
                if is_gain { tested.holds_throughout(own[*axis]) } else { tested.holds_somewhere(own[*axis]) }
            })
        })
    }

    /// Whether an axis is one of its bands.
    pub fn is_band(&self, axis: usize) -> bool {
        self.bands.iter().any(|(band, ..)| *band == axis)
    }
}

impl Parted {
    /// Whether these rows gain.
    pub fn is_gain(&self) -> bool {
        matches!(self.effect, Effect::Gain(_))
    }

    /// Whether a new row with these tests changes them.
    pub fn is_changed(&self, tests: &[(usize, Tested)], axes: &[LearnAxis]) -> bool {
        let mut sum = 0_u128;
        for part in &self.parts {
            sum = sum.saturating_add(part.changed(self.is_gain(), tests, axes));
            if sum >= self.needed {
                return true;
            }
        }
        false
    }
}

impl Items {
    /// Nothing yet, over so many axes.
    pub fn new(axes: usize) -> Items {
        Items { columns: vec![Vec::new(); axes], ..Items::default() }
    }

    /// Adds rows, which lie in folds one after the other.
    pub fn add(&mut self, effect: Effect, rows: Rows, needed: u128, mut parts: Vec<Part>) {
        if let ([only], true) = (&parts[..], parts.len() == 1)
            && let ([own], true) = (&only.boxes[..], only.bands.is_empty() && needed <= only.weight)
        {
            for (column, said) in self.columns.iter_mut().zip(own.iter()) {
                column.push(*said);
            }
            self.effects.push(effect);
            self.rows.push(rows);
            return;
        }
        for part in &mut parts {
            part.boxes.sort_unstable();
            part.boxes.dedup();
        }
        self.parted.push(Parted { effect, rows, needed, parts });
    }

    /// Whether a new row with these tests changes the rows at a place.
    pub fn is_changed(&self, at: usize, tests: &[(usize, Tested)]) -> bool {
        let is_gain = matches!(self.effects[at], Effect::Gain(_));
        tests.iter().all(|(axis, tested)| {
            let said = self.columns[*axis][at];
            if is_gain { tested.holds_throughout(said) } else { tested.holds_somewhere(said) }
        })
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
