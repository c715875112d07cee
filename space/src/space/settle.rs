//! Which combinations of atoms are states: a fact has a value exactly where what it requires holds.

use std::collections::BTreeSet;

use smallvec::SmallVec;

use super::axis::{Axis, Requirement};
use super::extent::Extent;
use super::region::Region;

/// All axes together.
///
/// A region is *settled* when it holds a state, and, for each conditional fact, one of these is true: it applies
/// throughout and its requirements hold throughout; it does not apply and they fail throughout; or both still happen,
/// and then every choice of the facts before it goes on with some value or with "does not apply".
#[derive(Debug, Clone, Default)]
pub struct Space {
    /// The axes; a requirement names an axis before its own.
    pub axes: Vec<Axis>,
}

/// What a region says about the requirements of one conditional fact.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Applies {
    Always,
    Never,
    Sometimes,
}

impl Space {
    /// Every combination of atoms, settled or not.
    pub fn all(&self) -> Region {
        Region::new(self.axes.iter().map(Axis::all))
    }

    /// Every state, as settled regions.
    pub fn states(&self) -> Vec<Region> {
        self.settle(self.all())
    }

    /// The states of `region`, as settled regions that share no state; none where it holds none.
    pub fn settle(&self, region: Region) -> Vec<Region> {
        let mut settled = Vec::with_capacity(1);
        self.settle_into(region, &mut settled);
        settled
    }

    /// The states that `region` has in common with the settled `other`.
    pub fn meet(&self, region: &Region, other: &Region) -> Vec<Region> {
        region.meet(other).map_or_else(Vec::new, |both| self.settle(both))
    }

    /// Whether the two have a state in common.
    pub fn meets(&self, region: &Region, other: &Region) -> bool {
        region.touches(other) && (!self.is_conditional() || !self.meet(region, other).is_empty())
    }

    /// Whether some fact may not apply.
    pub fn is_conditional(&self) -> bool {
        self.axes.iter().any(Axis::is_conditional)
    }

    fn settle_into(&self, mut region: Region, settled: &mut Vec<Region>) {
        if region.extents().iter().any(|extent| extent.is_empty()) {
            return;
        }
        let mut at = 0;
        while at < self.axes.len() {
            if !self.axes[at].is_conditional() {
                at += 1;
                continue;
            }
            let extent = region.on(at);
            let valued = !extent.without_absent().is_empty();
            match (valued, extent.has_absent()) {
                (true, false) => {
                    if let Some((axis, parts)) = self.several(&region, at) {
                        return parts
                            .into_iter()
                            .for_each(|part| self.settle_into(region.with(axis, part), settled));
                    }
                    match self.require(&mut region, at) {
                        Some(first_changed) => at = first_changed,
                        None => return,
                    }
                }
                (true, true) => {
                    match self.applies(&region, at) {
                        Applies::Always => region.set(at, extent.without_absent()),
                        Applies::Never => region.set(at, extent.absent_only()),
                        Applies::Sometimes => {}
                    }
                    at += 1;
                }
                (false, _) => match self.applies(&region, at) {
                    Applies::Always => return,
                    Applies::Never => at += 1,
                    Applies::Sometimes => return self.split(&region, at, settled),
                },
            }
        }
        settled.push(region);
    }

    /// The first requirement that holds in several stretches of a region, which one region cannot say.
    fn several(&self, region: &Region, at: usize) -> Option<(usize, SmallVec<[Extent; 1]>)> {
        // What is required in one stretch holds in one.
        let long = self.axes[at].requires.iter().filter(|required| required.extents.len() > 1);
        let parts =
            |required: &Requirement| (required.axis, required.holding(region.on(required.axis)).collect());
        long.map(parts).find(|(_, parts): &(usize, SmallVec<[Extent; 1]>)| parts.len() > 1)
    }

    /// Narrows a region to the states in which the fact at `at` applies. Returns where to go on from: the first
    /// conditional axis that became narrower, or the next one; `None` where no state is left.
    fn require(&self, region: &mut Region, at: usize) -> Option<usize> {
        let mut next = at + 1;
        for requirement in &self.axes[at].requires {
            let before = region.on(requirement.axis);
            let after = requirement.holding(before).next()?;
            if after != before {
                region.set(requirement.axis, after);
                next = next.min(requirement.axis);
            }
        }
        Some(next)
    }

    fn applies(&self, region: &Region, at: usize) -> Applies {
        let requires = &self.axes[at].requires;
        if requires.iter().all(|required| required.holds_throughout(region.on(required.axis))) {
            return Applies::Always;
        }
        if requires.iter().any(|required| required.holding(region.on(required.axis)).next().is_none()) {
            return Applies::Never;
        }
        // Requirements that are conditional themselves can exclude each other.
        if requires.iter().any(|required| self.axes[required.axis].is_conditional())
            && !self.can_apply(region, at)
        {
            return Applies::Never;
        }
        Applies::Sometimes
    }

    /// Whether the fact at `at` applies in some state of a region that is settled as far as the axes before it go.
    ///
    /// Only the facts that it requires, directly or through others, have a say in that: in a settled region every choice
    /// of them goes on with some value of the others.
    fn can_apply(&self, region: &Region, at: usize) -> bool {
        self.can_hold(region.clone(), BTreeSet::from([at]))
    }

    /// Whether the facts that are `pending` can apply all at once; those that come last are asked first, so that what
    /// several of them require is asked once.
    fn can_hold(&self, mut region: Region, mut pending: BTreeSet<usize>) -> bool {
        while let Some(at) = pending.pop_last() {
            for required in &self.axes[at].requires {
                let stretches: SmallVec<[Extent; 1]> = required.holding(region.on(required.axis)).collect();
                match stretches.as_slice() {
                    [] => return false,
                    [only] => region.set(required.axis, *only),
                    stretches => {
                        pending.insert(at);
                        let narrowed = stretches.iter().map(|part| region.with(required.axis, *part));
                        return narrowed.into_iter().any(|region| self.can_hold(region, pending.clone()));
                    }
                }
                if self.axes[required.axis].is_conditional() {
                    pending.insert(required.axis);
                }
            }
        }
        true
    }

    /// Splits a region in which the fact at `at` does not apply by the first of its requirements that fails.
    fn split(&self, region: &Region, at: usize, settled: &mut Vec<Region>) {
        let mut holding = vec![region.clone()];
        for required in &self.axes[at].requires {
            for region in &holding {
                for failing in required.failing(region.on(required.axis)) {
                    self.settle_into(region.with(required.axis, failing), settled);
                }
            }
            holding = holding.iter().flat_map(|region| held(region, required)).collect();
        }
    }

    /// The states of a settled region in which each of `axes` either applies throughout or does not.
    pub fn determine(&self, region: &Region, axes: &[usize]) -> Vec<Region> {
        let undetermined = axes.iter().find(|axis| {
            let extent = region.on(**axis);
            extent.has_absent() && !extent.without_absent().is_empty()
        });
        let Some(&axis) = undetermined else { return vec![region.clone()] };
        let extent: Extent = region.on(axis);
        let parts = [extent.without_absent(), extent.absent_only()];
        parts
            .into_iter()
            .flat_map(|part| self.settle(region.with(axis, part)))
            .flat_map(|part| self.determine(&part, axes))
            .collect()
    }

    /// How many states a settled region holds, over the axes of `counted` alone; `None` where there is no end to them.
    pub fn measure(&self, region: &Region, counted: &[usize]) -> Option<u128> {
        self.determine(region, counted).iter().try_fold(0u128, |sum, part| {
            let states = counted.iter().try_fold(1u128, |product, axis| {
                Some(product.saturating_mul(self.axes[*axis].measure(part.on(*axis))?))
            })?;
            Some(sum.saturating_add(states))
        })
    }
}

/// The parts of a region in which a requirement holds.
fn held(region: &Region, required: &Requirement) -> Vec<Region> {
    let parts = required.holding(region.on(required.axis));
    parts.into_iter().map(|part| region.with(required.axis, part)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As many facts as nobody has, each of which applies only where the one it hangs on has its second value.
    fn space(hangs_on: impl Fn(usize) -> usize) -> Space {
        let mut space = Space { axes: vec![Axis::named(2)] };
        for at in 1..200 {
            let mut axis = Axis::named(2);
            let on = hangs_on(at);
            let extents = [space.axes[on].only(1)].into_iter().collect();
            axis.requires.push(Requirement { axis: on, extents });
            space.axes.push(axis);
        }
        space
    }

    #[test]
    fn many_facts_that_hang_on_each_other_are_settled_at_once() {
        let chain = space(|at| at - 1);
        let all: Vec<usize> = (0..200).collect();
        let count = |space: &Space| -> u128 {
            space.states().iter().map(|region| space.measure(region, &all).unwrap()).sum()
        };
        assert_eq!(count(&chain), 201);
        let siblings = space(|at| usize::from(at > 1));
        assert_eq!(siblings.states().len(), 1);
        let last = siblings.all().with(199, siblings.axes[199].only(0));
        assert!(siblings.settle(last).iter().all(|region| region.on(0) == siblings.axes[0].only(1)));
    }
}
