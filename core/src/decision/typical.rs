//! The typical rows that can presume something of a profile, held against sets of states.

use crate::profile::Profile;
use crate::ruleset::{CompiledTest, FactId, Kind, Presumption, Ruleset};
use crate::space::{Extent, Region, Space};

/// The typical rows of a ruleset, as far as they can presume something of a profile.
pub struct Typical<'a> {
    rows: Vec<TypicalRow<'a>>,
    space: &'a Space,
}

struct TypicalRow<'a> {
    /// Its place in [`Ruleset::typical`].
    row: usize,
    tests: &'a [CompiledTest],
    presumptions: Vec<Narrow<'a>>,
}

/// A fact that a row presumes something of.
pub struct Narrow<'a> {
    /// The fact.
    pub fact: FactId,
    /// The place of the fact in the row's `set`.
    pub place: usize,
    axis: usize,
    extents: &'a [Extent],
    space: &'a Space,
}

/// Whether a row applies in the combinations of a block.
pub enum Applies {
    /// In every one of them.
    Always,
    /// In none.
    Never,
    /// Perhaps in some: these states, in which it does not, may lie in a part of them only.
    Unlike(Vec<Region>),
}

impl<'a> Typical<'a> {
    /// The rows that presume something of a fact that the profile says nothing of.
    pub fn new(ruleset: &'a Ruleset, profile: &Profile) -> Typical<'a> {
        let space = &ruleset.compiled().space;
        let mut rows = Vec::new();
        let typical = ruleset.typical().iter().zip(ruleset.compiled_typical());
        for (row, (typical, compiled)) in typical.enumerate() {
            let narrow = |((place, presumption), presumed): ((usize, &'a Presumption), &'a Option<_>)| {
                let fact = presumption.fact;
                // A whole number not known is a band, and a band is never narrowed.
                let presumable = profile.given(fact).is_none() && ruleset.fact(fact).kind != Kind::Integer;
                let (axis, extents): &(usize, Vec<Extent>) = presumed.as_ref().filter(|_| presumable)?;
                Some(Narrow { fact, place, axis: *axis, extents, space })
            };
            let set = typical.then.set.iter().enumerate();
            let presumptions: Vec<Narrow<'a>> = set.zip(&compiled.presumed).filter_map(narrow).collect();
            if !presumptions.is_empty() {
                rows.push(TypicalRow { row, tests: &compiled.tests, presumptions });
            }
        }
        Typical { rows, space }
    }

    /// How many rows there are.
    pub fn count(&self) -> usize {
        self.rows.len()
    }

    /// Where the row at a place stands in [`Ruleset::typical`].
    pub fn row(&self, at: usize) -> usize {
        self.rows[at].row
    }

    /// What the row at a place presumes, in the order written.
    pub fn presumptions(&self, at: usize) -> &[Narrow<'a>] {
        &self.rows[at].presumptions
    }

    /// Whether the row at a place applies in the combinations of a block, whose states these are: where its tests hold
    /// in every state of a combination. `spans` tells of a region whether it has a state in every combination.
    pub fn applies(&self, at: usize, regions: &[Region], spans: impl Fn(&Region) -> bool) -> Applies {
        let tests = self.rows[at].tests;
        // Whether a test passes anywhere is seen sooner than where it fails.
        if !tests.iter().all(|test| passes(test, self.space, regions)) {
            return Applies::Never;
        }
        let mut failing: Vec<Region> = Vec::new();
        for region in tests.iter().flat_map(|test| fails(test, self.space, regions)) {
            if spans(&region) {
                return Applies::Never;
            }
            failing.push(region);
        }
        if failing.is_empty() { Applies::Always } else { Applies::Unlike(failing) }
    }
}

/// Whether a test passes in some state.
fn passes(test: &CompiledTest, space: &Space, regions: &[Region]) -> bool {
    match test {
        CompiledTest::Base(axis, extents) => {
            regions.iter().any(|region| extents.iter().any(|extent| extent.touches(region.on(*axis))))
        }
        CompiledTest::Derived { parts, index } => regions.iter().any(|region| {
            let near = index.near(region).iter().map(|at| &parts[*at as usize]);
            near.filter(|(_, passing)| *passing).any(|(part, _)| space.meets(region, part))
        }),
    }
}

/// The states in which a test fails, found one after the other since the first may say enough.
fn fails<'t>(
    test: &'t CompiledTest,
    space: &'t Space,
    regions: &'t [Region],
) -> Box<dyn Iterator<Item = Region> + 't> {
    match test {
        CompiledTest::Base(axis, extents) => {
            let within = |region: &&Region| extents.iter().any(|extent| region.on(*axis).within(*extent));
            Box::new(regions.iter().filter(move |region| !within(region)).flat_map(move |region| {
                let own = region.on(*axis);
                if !extents.iter().any(|extent| extent.touches(own)) {
                    return vec![region.clone()];
                }
                let rest = extents.iter().fold(vec![own], |rest, extent| {
                    rest.into_iter().flat_map(|part| part.minus(*extent)).collect()
                });
                rest.into_iter().flat_map(|part| space.settle(region.with(*axis, part))).collect()
            }))
        }
        CompiledTest::Derived { parts, index } => Box::new(regions.iter().flat_map(move |region| {
            let near = index.near(region).iter().map(|at| &parts[*at as usize]);
            near.filter(|(_, passing)| !passing).flat_map(move |(part, _)| space.meet(region, part))
        })),
    }
}

impl Narrow<'_> {
    /// The states with what is presumed; `None` where that changes nothing or would leave none. States where the fact
    /// does not apply stay.
    pub fn narrow(&self, regions: &[Region]) -> Option<Vec<Region>> {
        let within = |region: &Region| {
            let own = region.on(self.axis).without_absent();
            self.extents.iter().any(|extent| own.within(*extent))
        };
        if regions.iter().all(within) {
            return None;
        }
        let narrowed = regions.iter().flat_map(|region| {
            let own = region.on(self.axis);
            let mut parts: Vec<Extent> = self.extents.iter().map(|extent| own.meet(*extent)).collect();
            if let (true, Some(first)) = (own.has_absent(), parts.first_mut()) {
                *first = first.with_absent();
            }
            parts
                .into_iter()
                .flat_map(|part| self.space.settle(region.with(self.axis, part)))
                .collect::<Vec<_>>()
        });
        let narrowed: Vec<Region> = narrowed.collect();
        (!narrowed.is_empty()).then_some(narrowed)
    }
}
