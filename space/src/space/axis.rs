//! One fact as a line of atoms.

use smallvec::SmallVec;

use super::extent::{ABSENT, Extent};

/// What must hold on another axis for a fact to apply.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Requirement {
    /// The other axis, which stands before this one.
    pub axis: usize,
    /// The atoms with which this fact applies; on a long axis one extent for each stretch of them, none beside
    /// another.
    pub extents: SmallVec<[Extent; 1]>,
}

impl Requirement {
    /// Whether the fact applies with this atom, as far as this requirement goes.
    pub fn holds(&self, atom: u32) -> bool {
        self.extents.iter().any(|extent| extent.holds(atom))
    }

    /// Whether it holds with every atom of an extent.
    pub fn holds_throughout(&self, own: Extent) -> bool {
        self.extents.iter().any(|extent| own.within(*extent))
    }

    /// The parts of an extent with which it holds.
    pub fn holding(&self, own: Extent) -> impl Iterator<Item = Extent> {
        self.extents.iter().map(move |extent| own.meet(*extent)).filter(|part| !part.is_empty())
    }

    /// The parts of an extent with which it fails.
    pub fn failing(&self, own: Extent) -> Vec<Extent> {
        self.extents
            .iter()
            .fold(vec![own], |parts, extent| parts.iter().flat_map(|part| part.minus(*extent)).collect())
    }
}

/// Where there is no end: beyond every number that can be written.
///
/// The type is much wider, so that no difference of two numbers and no neighbour of one overflows.
pub const NO_END: i128 = u64::MAX as i128;

/// One fact as a line of atoms: the stretches between its thresholds, or its named values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Axis {
    /// The first integer of each atom; empty for named values.
    starts: Vec<i128>,
    /// The last integer of the last atom; [`NO_END`] stands for "without end".
    highest: i128,
    count: u32,
    /// What must hold for the fact to apply; empty where it always does.
    pub requires: Vec<Requirement>,
}

impl Axis {
    /// The integers from `lowest` to `highest` ([`NO_END`]: without end), cut before each of `cuts`.
    pub fn ordered(lowest: i128, highest: i128, cuts: impl IntoIterator<Item = i128>) -> Axis {
        let mut starts: Vec<i128> = cuts.into_iter().filter(|cut| *cut > lowest && *cut <= highest).collect();
        starts.push(lowest);
        starts.sort_unstable();
        starts.dedup();
        let count = starts.len() as u32;
        Axis { starts, highest, count, requires: Vec::new() }
    }

    /// `count` named values.
    pub fn named(count: u32) -> Axis {
        Axis { starts: Vec::new(), highest: 0, count, requires: Vec::new() }
    }

    /// How many atoms there are, "does not apply" aside.
    pub fn count(&self) -> u32 {
        self.count
    }

    /// Whether the atoms are stretches of integers.
    pub fn is_ordered(&self) -> bool {
        !self.starts.is_empty()
    }

    /// Whether there are states in which the fact may not apply.
    pub fn is_conditional(&self) -> bool {
        !self.requires.is_empty()
    }

    /// No atom.
    pub fn none(&self) -> Extent {
        if self.count <= Extent::FEW {
            Extent::Few(0)
        } else {
            Extent::Many { first: 1, last: 0, absent: false }
        }
    }

    /// Every value, without "does not apply".
    pub fn values(&self) -> Extent {
        if self.count == 0 { self.none() } else { self.none().stretch(0, self.count - 1) }
    }

    /// Every value, and "does not apply" where that can be.
    pub fn all(&self) -> Extent {
        if self.is_conditional() { self.values().with_absent() } else { self.values() }
    }

    /// One atom alone.
    pub fn only(&self, atom: u32) -> Extent {
        if atom == ABSENT { self.none().with_absent() } else { self.none().stretch(atom, atom) }
    }

    /// Stretches of atoms as extents: one where any subset can be said, else one for each stretch.
    pub fn extents(&self, stretches: impl IntoIterator<Item = (u32, u32)>) -> Vec<Extent> {
        let mut found: Vec<Extent> = Vec::new();
        for (first, last) in stretches {
            let next = self.none().stretch(first, last);
            match found.last_mut().and_then(|open| open.join(next).map(|joined| (open, joined))) {
                Some((open, joined)) => *open = joined,
                None => found.push(next),
            }
        }
        found
    }

    /// The atom that an integer lies in; the integer must lie in the range of the axis.
    pub fn atom(&self, number: i128) -> u32 {
        (self.starts.partition_point(|start| *start <= number) as u32).saturating_sub(1)
    }

    /// The atoms that the integers from `first` to `last` lie in, if any of them is in the range of the axis.
    pub fn atoms_between(&self, first: i128, last: i128) -> Option<(u32, u32)> {
        let first = first.max(self.lowest());
        let last = last.min(self.highest);
        (first <= last).then(|| (self.atom(first), self.atom(last)))
    }

    /// The smallest integer of the axis.
    pub fn lowest(&self) -> i128 {
        self.starts.first().copied().unwrap_or(0)
    }

    /// The largest integer of the axis, [`NO_END`] where there is none.
    pub fn highest(&self) -> i128 {
        self.highest
    }

    /// The first and last integer of an atom ([`NO_END`]: without end).
    pub fn bounds(&self, atom: u32) -> (i128, i128) {
        let next = self.starts.get(atom as usize + 1);
        (self.starts.get(atom as usize).copied().unwrap_or(0), next.map_or(self.highest, |start| start - 1))
    }

    /// How many values an extent takes in, "does not apply" counting as one; `None` where there is no end to them.
    pub fn measure(&self, extent: Extent) -> Option<u128> {
        let mut sum = u128::from(extent.has_absent());
        for (first, last) in extent.stretches() {
            if !self.is_ordered() {
                sum += u128::from(last - first) + 1;
                continue;
            }
            let (from, to) = (self.bounds(first).0, self.bounds(last).1);
            if to == NO_END {
                return None;
            }
            sum += (to - from).unsigned_abs() + 1;
        }
        Some(sum)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integers_fall_between_the_cuts() {
        let axis = Axis::ordered(1, NO_END, [500, 1_001, 0, 500]);
        assert_eq!(axis.count(), 3);
        assert_eq!([1, 499, 500, 1_000, 1_001, NO_END].map(|number| axis.atom(number)), [0, 0, 1, 1, 2, 2]);
        assert_eq!(axis.bounds(1), (500, 1_000));
        assert_eq!(axis.bounds(2), (1_001, NO_END));
        assert_eq!(axis.atoms_between(0, 500), Some((0, 1)));
        assert_eq!(axis.atoms_between(0, 0), None);
        assert_eq!(axis.measure(axis.only(1)), Some(501));
        assert_eq!(axis.measure(axis.all()), None);
    }

    #[test]
    fn numbers_below_zero_lie_before_the_others() {
        let axis = Axis::ordered(-50, 200, [-10, 0, 1]);
        assert_eq!([-50, -11, -10, -1, 0, 1, 200].map(|number| axis.atom(number)), [0, 0, 1, 1, 2, 3, 3]);
        assert_eq!(axis.bounds(1), (-10, -1));
        assert_eq!(axis.atoms_between(-NO_END, -50), Some((0, 0)));
        assert_eq!(axis.atoms_between(-NO_END, -51), None);
        assert_eq!(axis.measure(axis.all()), Some(251));
        let widest = Axis::ordered(2 - NO_END, NO_END - 2, []);
        assert_eq!(widest.measure(widest.all()), Some((1 << 65) - 5));
    }

    #[test]
    fn a_long_axis_needs_an_extent_for_each_stretch() {
        let short = Axis::named(10);
        let long = Axis::named(100);
        assert_eq!(short.extents([(0, 1), (4, 5)]).len(), 1);
        assert_eq!(long.extents([(0, 1), (2, 3), (5, 5)]).len(), 2);
    }
}
