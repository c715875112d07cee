//! Sets of states as conditions, few and short.

use indexmap::IndexMap;

use crate::ruleset::{FactId, Kind, Ruleset, Stretch, Test};
use crate::space::{Extent, Frame, NO_END, Region};

/// Tests of facts that must all hold; without any, it holds in any case.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Conjunction {
    /// The tests, one a fact, in the order of the facts.
    pub tests: Vec<(FactId, Test)>,
}

/// The frame that conditions are read in, and how they are written there.
pub struct Wording<'a> {
    ruleset: &'a Ruleset,
    /// All the states that the conditions tell apart.
    frame: Frame<'a>,
    /// The first and last number of each axis, where a band is narrower than its atoms.
    bounds: Vec<Option<(i128, i128)>>,
}

impl<'a> Wording<'a> {
    /// The frame of these states; `bounds` gives, by axis, the numbers a band goes from and to.
    pub fn new(ruleset: &'a Ruleset, states: &[Region], bounds: Vec<Option<(i128, i128)>>) -> Wording<'a> {
        Wording { ruleset, frame: Frame::new(&ruleset.compiled().space, states), bounds }
    }

    /// The states told apart.
    pub fn frame(&self) -> &Frame<'a> {
        &self.frame
    }

    /// Conditions, any of which may hold. Those that differ on one long axis alone become one with several stretches.
    pub fn conjunctions(&self, conditions: &[Region]) -> Vec<Conjunction> {
        let facts = 0..self.ruleset.compiled().facts.len();
        let is_long = |region: &Region, axis: usize| {
            matches!(region.on(axis), Extent::Many { .. }) && self.frame.tests(region, axis)
        };
        let mut long = facts.filter(|axis| conditions.iter().any(|region| is_long(region, *axis)));
        let axis = long.next();
        let mut alike: IndexMap<Region, Vec<Extent>> = IndexMap::new();
        for region in conditions {
            match axis.filter(|axis| is_long(region, *axis)) {
                Some(axis) => {
                    let own = region.on(axis);
                    alike.entry(region.with(axis, own.none())).or_default().push(own);
                }
                None => drop(alike.entry(region.clone()).or_default()),
            }
        }
        let write = |(region, mut extents): (Region, Vec<Extent>)| {
            extents.sort_unstable_by_key(|extent| extent.ends());
            self.conjunction(&region, axis.filter(|_| !extents.is_empty()).map(|axis| (axis, extents)))
        };
        alike.into_iter().map(write).collect()
    }

    /// One condition; on one axis several extents stand for the region's own.
    fn conjunction(&self, region: &Region, several: Option<(usize, Vec<Extent>)>) -> Conjunction {
        let facts = self.ruleset.compiled().facts.iter().enumerate();
        let narrowed = facts.filter(|(axis, _)| self.frame.tests(region, *axis));
        let test = |(axis, fact): (usize, &FactId)| {
            let own = region.on(axis);
            let extents = match &several {
                Some((on, extents)) if *on == axis => extents.as_slice(),
                _ => std::slice::from_ref(&own),
            };
            (*fact, self.test(axis, *fact, extents))
        };
        Conjunction { tests: narrowed.map(test).collect() }
    }

    /// The test that these values pass and the others of the frame do not; of values outside the frame it says what makes
    /// it shorter.
    fn test(&self, axis: usize, fact: FactId, extents: &[Extent]) -> Test {
        let declared = self.ruleset.fact(fact);
        let line = &self.ruleset.compiled().space.axes[axis];
        let values = self.frame.whole(axis).without_absent();
        if !line.is_ordered() {
            let own_values: Vec<bool> =
                (0..line.count()).map(|atom| extents.iter().any(|own| own.holds(atom))).collect();
            let missing: Vec<u32> =
                values.atoms().filter(|atom| !extents.iter().any(|own| own.holds(*atom))).collect();
            let several = own_values.iter().filter(|own| **own).count() > 1;
            return Test::Named(match missing.as_slice() {
                [only] if several && declared.kind != Kind::Boolean => {
                    (0..line.count()).map(|atom| atom != *only).collect()
                }
                _ => own_values,
            });
        }
        let (low, high) = self.bounds[axis].unwrap_or((declared.lowest, declared.highest));
        let stretches = values.stretches();
        let low = stretches.first().map_or(low, |(first, _)| line.bounds(*first).0.max(low));
        let high = stretches.last().map_or(high, |(_, last)| line.bounds(*last).1.min(high));
        let stretch = |(first, last): &(u32, u32)| {
            let (first, last) = (line.bounds(*first).0.max(low), line.bounds(*last).1.min(high));
            match first == last {
                true => Stretch { first, last },
                // What the frame says anyway is left open.
                false => Stretch {
                    first: if first == low { declared.beginning() } else { first },
                    last: if last == high { NO_END } else { last },
                },
            }
        };
        let stretches = extents.iter().flat_map(|own| own.stretches());
        Test::Numbers(stretches.map(|own| stretch(&own)).collect())
    }
}
