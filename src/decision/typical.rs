//! The typical rows, made ready to be held against many sets of states.

use crate::profile::Profile;
use crate::ruleset::{FactId, Kind, Ruleset, Subject, Test};
use crate::space::{Extent, Index, Region, Space};

/// The typical rows of a ruleset, as far as they can presume something of a profile.
pub struct Typical<'a> {
    rows: Vec<TypicalRow<'a>>,
    space: &'a Space,
}

struct TypicalRow<'a> {
    /// Its place in [`Ruleset::typical`].
    row: usize,
    tests: Vec<Tested>,
    presumptions: Vec<Narrow<'a>>,
}

/// One test of a typical row.
enum Tested {
    /// Of a base fact: its axis, and what passes.
    Base(usize, Vec<Extent>),
    /// Of a derived fact: where it passes and where it does not.
    Derived { parts: Vec<(Region, bool)>, index: Index },
}

/// A fact that a row presumes something of.
pub struct Narrow<'a> {
    /// The fact.
    pub fact: FactId,
    /// The place of the fact in the row's `set`.
    pub place: usize,
    axis: usize,
    extents: Vec<Extent>,
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
        let compiled = ruleset.compiled();
        let space = &compiled.space;
        let mut rows = Vec::new();
        for (row, typical) in ruleset.typical().iter().enumerate() {
            let narrow = |(place, presumption): (usize, &crate::ruleset::Presumption)| {
                let fact = presumption.fact;
                // A whole number not known is a band, and a band is never narrowed.
                let presumable = profile.given(fact).is_none() && ruleset.fact(fact).kind != Kind::Integer;
                let axis = compiled.axis(fact).filter(|_| presumable)?;
                Some(Narrow { fact, place, axis, extents: compiled.extents(axis, &presumption.test), space })
            };
            let presumptions: Vec<Narrow<'a>> =
                typical.then.set.iter().enumerate().filter_map(narrow).collect();
            if presumptions.is_empty() {
                continue;
            }
            let tests = typical.when.tests.iter().filter_map(|test| match test.subject {
                Subject::Fact(fact) => Some(Tested::new(ruleset, fact, &test.test)),
                Subject::Owner | Subject::Contact => None,
            });
            rows.push(TypicalRow { row, tests: tests.collect(), presumptions });
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
        let mut failing: Vec<Region> = Vec::new();
        for test in &self.rows[at].tests {
            let (passes, fails) = test.split(self.space, regions);
            if !passes || fails.iter().any(&spans) {
                return Applies::Never;
            }
            failing.extend(fails);
        }
        if failing.is_empty() { Applies::Always } else { Applies::Unlike(failing) }
    }
}

impl Tested {
    fn new(ruleset: &Ruleset, fact: FactId, test: &Test) -> Tested {
        let compiled = ruleset.compiled();
        if let Some(axis) = compiled.axis(fact) {
            return Tested::Base(axis, compiled.extents(axis, test));
        }
        let mut parts: Vec<(Region, bool)> = Vec::new();
        if let Some(table) = compiled.derived_table(fact) {
            for (row, regions) in &table.decided {
                let passes = test.passes(ruleset.derive()[*row as usize].then.value);
                parts.extend(regions.iter().map(|region| (region.clone(), passes)));
            }
            parts.extend(table.without.iter().map(|region| (region.clone(), false)));
        }
        let index = Index::new(parts.iter().map(|(region, _)| region));
        Tested::Derived { parts, index }
    }

    /// Whether the test passes in some state, and the states in which it fails.
    fn split(&self, space: &Space, regions: &[Region]) -> (bool, Vec<Region>) {
        match self {
            Tested::Base(axis, extents) => {
                let passes = regions
                    .iter()
                    .any(|region| extents.iter().any(|extent| extent.touches(region.on(*axis))));
                let failing = regions.iter().flat_map(|region| {
                    let rest = extents.iter().fold(vec![region.on(*axis)], |rest, extent| {
                        rest.into_iter().flat_map(|part| part.minus(*extent)).collect()
                    });
                    rest.into_iter().flat_map(|part| space.settle(region.with(*axis, part)))
                });
                (passes, failing.collect())
            }
            Tested::Derived { parts, index } => {
                let (mut passes, mut failing) = (false, Vec::new());
                for region in regions {
                    for (part, passing) in index.near(region).iter().map(|at| &parts[*at as usize]) {
                        match passing {
                            true => passes = passes || space.meets(region, part),
                            false => failing.extend(space.meet(region, part)),
                        }
                    }
                }
                (passes, failing)
            }
        }
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
