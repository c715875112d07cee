//! A set of states: one extent an axis.

use smallvec::SmallVec;

use super::extent::Extent;

/// A set of states, one [`Extent`] an axis, in the order of the axes.
#[derive(Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Region(SmallVec<[Extent; Region::HELD]>);

impl Clone for Region {
    /// All bytes at once; what is derived would copy one extent after the other, and regions are copied all the time.
    fn clone(&self) -> Region {
        Region(SmallVec::from_slice(&self.0))
    }
}

impl Region {
    /// How many extents a region has room for, however few it has: what it takes of memory at least.
    pub const HELD: usize = 12;

    /// The region with these extents.
    pub fn new(extents: impl IntoIterator<Item = Extent>) -> Region {
        Region(extents.into_iter().collect())
    }

    /// The extent on one axis.
    pub fn on(&self, axis: usize) -> Extent {
        self.0[axis]
    }

    /// The extents in the order of the axes.
    pub fn extents(&self) -> &[Extent] {
        &self.0
    }

    /// The same with another extent on one axis.
    #[must_use]
    pub fn with(&self, axis: usize, extent: Extent) -> Region {
        let mut changed = self.clone();
        changed.0[axis] = extent;
        changed
    }

    /// Puts another extent on one axis.
    pub fn set(&mut self, axis: usize, extent: Extent) {
        self.0[axis] = extent;
    }

    /// What both have, axis by axis; `None` where an axis has nothing left.
    pub fn meet(&self, other: &Region) -> Option<Region> {
        let mut extents = SmallVec::with_capacity(self.0.len());
        for (a, b) in self.0.iter().zip(&other.0) {
            let both = a.meet(*b);
            if both.is_empty() {
                return None;
            }
            extents.push(both);
        }
        Some(Region(extents))
    }

    /// Whether every axis has something in both.
    pub fn touches(&self, other: &Region) -> bool {
        self.0.iter().zip(&other.0).all(|(a, b)| a.touches(*b))
    }

    /// Whether every axis of it lies within the same axis of `other`.
    pub fn within(&self, other: &Region) -> bool {
        self.0.iter().zip(&other.0).all(|(a, b)| a.within(*b))
    }

    /// Whether a state, one atom an axis, belongs to it.
    pub fn holds(&self, state: &[u32]) -> bool {
        self.0.iter().zip(state).all(|(extent, atom)| extent.holds(*atom))
    }
}
