//! What conditions are read in: the states that they are to tell apart.

use super::cells::{Budget, Rows, all_cells};
use super::extent::Extent;
use super::region::Region;
use super::settle::Space;
use super::{Boxed, OutOfBudget};

/// The states that conditions are to tell apart: what each axis can be in any of them.
#[derive(Debug, Clone)]
pub struct Frame<'a> {
    space: &'a Space,
    /// What each axis can be; a condition is silent on an axis on which it takes in all of that.
    whole: Vec<Extent>,
    /// What of it a test can name.
    named: Vec<Extent>,
}

impl<'a> Frame<'a> {
    /// The frame of all states.
    pub fn everything(space: &'a Space) -> Frame<'a> {
        Self::with(space, space.axes.iter().map(|axis| axis.all()).collect())
    }

    /// The frame of the states of some regions.
    pub fn new(space: &'a Space, states: &[Region]) -> Frame<'a> {
        let union = |axis: usize| states.iter().map(|region| region.on(axis)).reduce(span);
        let whole =
            space.axes.iter().enumerate().map(|(at, axis)| union(at).unwrap_or(axis.none())).collect();
        Self::with(space, whole)
    }

    fn with(space: &'a Space, whole: Vec<Extent>) -> Frame<'a> {
        let named = whole.iter().map(|extent| extent.without_absent()).collect();
        Frame { space, whole, named }
    }

    /// The same, where no test passes for one atom of an axis, as on an axis of roles that has one for nobody.
    #[must_use]
    pub fn without_test_of(mut self, axis: usize, atom: u32) -> Frame<'a> {
        let rest = self.named[axis].minus(self.space.axes[axis].only(atom));
        self.named[axis] = rest.first().copied().unwrap_or(self.space.axes[axis].none());
        self
    }

    /// What an axis can be in any of the states.
    pub fn whole(&self, axis: usize) -> Extent {
        self.whole[axis]
    }

    /// What of it a test can name.
    pub(super) fn named(&self, axis: usize) -> Extent {
        self.named[axis]
    }

    /// How many axes there are.
    pub(super) fn axes(&self) -> usize {
        self.whole.len()
    }

    /// The axes.
    pub(super) fn space(&self) -> &'a Space {
        self.space
    }

    /// Whether a condition that is this region tests an axis.
    pub fn tests(&self, region: &Region, axis: usize) -> bool {
        region.on(axis) != self.whole[axis]
    }

    /// All that of the frame's states `states` holds beside those of `regions`, as settled regions.
    ///
    /// # Errors
    /// When the budget is spent.
    pub fn rest(
        &self,
        states: &[Region],
        regions: &[Region],
        budget: &mut Budget,
    ) -> Result<Vec<Region>, OutOfBudget> {
        let boxed: Vec<Boxed> =
            regions.iter().map(|region| Boxed { region: region.clone(), row: 0 }).collect();
        let rows = Rows { space: self.space, boxed: &boxed };
        let mut rest = Vec::new();
        for region in states {
            all_cells(rows, region, budget, &mut |cell, row| {
                if row.is_none() {
                    rest.push(cell);
                }
            })?;
        }
        Ok(rest)
    }

    /// The conditional axes that some of the regions tell apart, and those they require in turn.
    pub(super) fn conditional(&self, regions: &[(Region, u32)]) -> Vec<usize> {
        let axes = &self.space.axes;
        let mut needed: Vec<bool> =
            (0..axes.len()).map(|axis| regions.iter().any(|(region, _)| self.tests(region, axis))).collect();
        for axis in (0..axes.len()).rev().filter(|axis| axes[*axis].is_conditional()) {
            if needed[axis] {
                axes[axis].requires.iter().for_each(|required| needed[required.axis] = true);
            }
        }
        (0..axes.len()).filter(|axis| needed[*axis] && axes[*axis].is_conditional()).collect()
    }

    /// A region that is silent on facts that do not apply in it, or apply with any value: what they require, which a
    /// settled region says, says it already.
    pub(super) fn silent(&self, region: &Region) -> Region {
        let mut free = region.clone();
        for (axis, whole) in self.whole.iter().enumerate() {
            let values = region.on(axis).without_absent();
            let indifferent = self.space.axes[axis].is_conditional()
                && (values.is_empty() || whole.without_absent().within(values));
            if indifferent || whole.within(region.on(axis)) {
                free.set(axis, *whole);
            }
        }
        free
    }

    /// Whether all states of a region are in a wide one, which says nothing of facts that do not apply.
    pub(super) fn silent_within(&self, region: &Region, wide: &Region) -> bool {
        let within =
            |(axis, extent): (usize, &Extent)| !self.tests(wide, axis) || extent.within(wide.on(axis));
        region.extents().iter().enumerate().all(within)
    }
}

/// The extent that takes in both; on a long axis, all between them too.
fn span(a: Extent, b: Extent) -> Extent {
    a.join(b).unwrap_or_else(|| {
        let (Some((first, last)), Some((other_first, other_last))) = (a.ends(), b.ends()) else { return a };
        let joined = a.stretch(first.min(other_first), last.max(other_last));
        if a.has_absent() || b.has_absent() { joined.with_absent() } else { joined }
    })
}
