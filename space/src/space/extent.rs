//! The part of one axis that a region takes in.

use smallvec::SmallVec;

/// The atom of a fact that does not apply.
pub const ABSENT: u32 = u32::MAX;

const ABSENT_BIT: u64 = 1 << 63;

/// A set of atoms of one axis, "does not apply" among them.
///
/// An axis of up to [`Extent::FEW`] atoms takes any subset of them, in one word; a longer one takes stretches, and what
/// is no stretch is written as several regions. All extents of one axis are of one kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Extent {
    /// A bit for each atom, and the highest for "does not apply".
    Few(u64),
    /// The atoms from `first` to `last`, none where `first > last`.
    Many {
        /// The first atom.
        first: u32,
        /// The last atom.
        last: u32,
        /// Whether states where the fact does not apply belong to it.
        absent: bool,
    },
}

impl Extent {
    /// How many atoms an axis may have and still take any subset of them.
    pub const FEW: u32 = 63;

    /// No atom, of the kind of `self`.
    pub fn none(self) -> Extent {
        match self {
            Extent::Few(_) => Extent::Few(0),
            Extent::Many { .. } => Extent::Many { first: 1, last: 0, absent: false },
        }
    }

    /// The atoms from `first` to `last`, of the kind of `self`.
    pub fn stretch(self, first: u32, last: u32) -> Extent {
        match self {
            Extent::Few(_) => Extent::Few(bits_below(last + 1) & !bits_below(first)),
            Extent::Many { .. } => Extent::Many { first, last, absent: false },
        }
    }

    /// Whether it has no atom at all.
    pub fn is_empty(self) -> bool {
        match self {
            Extent::Few(bits) => bits == 0,
            Extent::Many { first, last, absent } => first > last && !absent,
        }
    }

    /// Whether it has "does not apply".
    pub fn has_absent(self) -> bool {
        match self {
            Extent::Few(bits) => bits & ABSENT_BIT != 0,
            Extent::Many { absent, .. } => absent,
        }
    }

    /// The same without "does not apply".
    pub fn without_absent(self) -> Extent {
        match self {
            Extent::Few(bits) => Extent::Few(bits & !ABSENT_BIT),
            Extent::Many { first, last, .. } => Extent::Many { first, last, absent: false },
        }
    }

    /// The same with "does not apply".
    pub fn with_absent(self) -> Extent {
        match self {
            Extent::Few(bits) => Extent::Few(bits | ABSENT_BIT),
            Extent::Many { first, last, .. } => Extent::Many { first, last, absent: true },
        }
    }

    /// "Does not apply" alone, of the kind of `self`.
    pub fn absent_only(self) -> Extent {
        self.none().with_absent()
    }

    /// Whether the atom belongs to it.
    pub fn holds(self, atom: u32) -> bool {
        match self {
            Extent::Few(bits) => bits & if atom == ABSENT { ABSENT_BIT } else { 1 << atom } != 0,
            Extent::Many { first, last, absent } => {
                if atom == ABSENT {
                    absent
                } else {
                    first <= atom && atom <= last
                }
            }
        }
    }

    /// The atoms that both have.
    pub fn meet(self, other: Extent) -> Extent {
        match (self, other) {
            (Extent::Few(a), Extent::Few(b)) => Extent::Few(a & b),
            (
                Extent::Many { first, last, absent },
                Extent::Many { first: other_first, last: other_last, absent: other_absent },
            ) => {
                let (first, last) = (first.max(other_first), last.min(other_last));
                let (first, last) = if first > last { (1, 0) } else { (first, last) };
                Extent::Many { first, last, absent: absent && other_absent }
            }
            _ => self.none(),
        }
    }

    /// Whether some atom is in both.
    pub fn touches(self, other: Extent) -> bool {
        match (self, other) {
            (Extent::Few(a), Extent::Few(b)) => a & b != 0,
            (
                Extent::Many { first, last, absent },
                Extent::Many { first: other_first, last: other_last, absent: other_absent },
            ) => first.max(other_first) <= last.min(other_last) || (absent && other_absent),
            _ => false,
        }
    }

    /// Whether every atom of it is one of `other`.
    pub fn within(self, other: Extent) -> bool {
        match (self, other) {
            (Extent::Few(a), Extent::Few(b)) => a & !b == 0,
            (
                Extent::Many { first, last, absent },
                Extent::Many { first: other_first, last: other_last, absent: other_absent },
            ) => (first > last || (other_first <= first && last <= other_last)) && (!absent || other_absent),
            _ => self.is_empty(),
        }
    }

    /// The first and the last atom, "does not apply" aside.
    pub fn ends(self) -> Option<(u32, u32)> {
        match self {
            Extent::Many { first, last, .. } => (first <= last).then_some((first, last)),
            Extent::Few(bits) => {
                let values = bits & !ABSENT_BIT;
                (values != 0).then(|| (values.trailing_zeros(), 63 - values.leading_zeros()))
            }
        }
    }

    /// The atoms of either, where one extent can say so.
    pub fn join(self, other: Extent) -> Option<Extent> {
        match (self, other) {
            (Extent::Few(a), Extent::Few(b)) => Some(Extent::Few(a | b)),
            (
                Extent::Many { first, last, absent },
                Extent::Many { first: other_first, last: other_last, absent: other_absent },
            ) => {
                let absent = absent || other_absent;
                if first > last {
                    return Some(Extent::Many { first: other_first, last: other_last, absent });
                }
                if other_first > other_last {
                    return Some(Extent::Many { first, last, absent });
                }
                let adjacent = first <= other_last.saturating_add(1) && other_first <= last.saturating_add(1);
                adjacent.then(|| Extent::Many {
                    first: first.min(other_first),
                    last: last.max(other_last),
                    absent,
                })
            }
            _ => None,
        }
    }

    /// The atoms of it that `other` does not have, as few extents as it takes.
    pub fn minus(self, other: Extent) -> SmallVec<[Extent; 2]> {
        match (self, other) {
            (Extent::Few(a), Extent::Few(b)) => {
                [Extent::Few(a & !b)].into_iter().filter(|rest| !rest.is_empty()).collect()
            }
            (
                Extent::Many { first, last, absent },
                Extent::Many { first: from, last: to, absent: removed },
            ) => {
                let absent = absent && !removed;
                let mut parts: SmallVec<[Extent; 2]> = SmallVec::new();
                let mut add = |first: u32, last: u32| {
                    // "Does not apply" goes with the first part, so that it is not lost and not there twice.
                    let absent = absent && parts.is_empty();
                    parts.push(Extent::Many { first, last, absent });
                };
                if first <= last && (from > to || from > last || to < first) {
                    add(first, last);
                } else if first <= last {
                    if first < from {
                        add(first, from - 1);
                    }
                    if to < last {
                        add(to + 1, last);
                    }
                }
                if absent && parts.is_empty() {
                    parts.push(self.absent_only());
                }
                parts
            }
            _ => SmallVec::new(),
        }
    }

    /// The stretches of atoms in it, in order, "does not apply" aside.
    pub fn stretches(self) -> SmallVec<[(u32, u32); 4]> {
        match self {
            Extent::Many { first, last, .. } if first <= last => SmallVec::from_slice(&[(first, last)]),
            Extent::Many { .. } => SmallVec::new(),
            Extent::Few(bits) => {
                let mut rest = bits & !ABSENT_BIT;
                let mut found = SmallVec::new();
                while rest != 0 {
                    let first = rest.trailing_zeros();
                    let length = (!(rest >> first)).trailing_zeros();
                    found.push((first, first + length - 1));
                    rest &= !bits_below(first + length);
                }
                found
            }
        }
    }

    /// The atoms in it, in order, "does not apply" aside.
    pub fn atoms(self) -> impl Iterator<Item = u32> {
        self.stretches().into_iter().flat_map(|(first, last)| first..=last)
    }
}

/// The bits below the `count`-th; `count` is at most 63.
fn bits_below(count: u32) -> u64 {
    (1 << count) - 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn few(atoms: &[u32]) -> Extent {
        Extent::Few(
            atoms.iter().fold(0, |bits, atom| bits | if *atom == ABSENT { ABSENT_BIT } else { 1 << atom }),
        )
    }

    fn many() -> impl Strategy<Value = Extent> {
        (0u32..8, 0u32..8, any::<bool>()).prop_map(|(first, last, absent)| {
            let (first, last) = if first > last { (1, 0) } else { (first, last) };
            Extent::Many { first, last, absent }
        })
    }

    fn any_pair() -> impl Strategy<Value = (Extent, Extent)> {
        let few =
            || prop_oneof![0u64..256, (0u64..256).prop_map(|bits| bits | ABSENT_BIT)].prop_map(Extent::Few);
        prop_oneof![(few(), few()), (many(), many())]
    }

    proptest! {
        #[test]
        fn set_operations_agree_with_membership((a, b) in any_pair()) {
            for atom in (0..8).chain([ABSENT]) {
                let (in_a, in_b) = (a.holds(atom), b.holds(atom));
                prop_assert_eq!(a.meet(b).holds(atom), in_a && in_b);
                if let Some(join) = a.join(b) {
                    prop_assert_eq!(join.holds(atom), in_a || in_b);
                }
                let left = a.minus(b).iter().filter(|part| part.holds(atom)).count();
                prop_assert_eq!(left, usize::from(in_a && !in_b));
            }
            prop_assert_eq!(a.is_empty(), (0..8).chain([ABSENT]).all(|atom| !a.holds(atom)));
            prop_assert_eq!(a.within(b), (0..8).chain([ABSENT]).all(|atom| !a.holds(atom) || b.holds(atom)));
        }
    }

    #[test]
    fn stretches_are_the_runs_of_atoms() {
        assert_eq!(few(&[0, 1, 4, 62, ABSENT]).stretches().as_slice(), [(0, 1), (4, 4), (62, 62)]);
        assert!(few(&[ABSENT]).stretches().is_empty());
    }
}
