//! The states that a profile stands for.

use super::{Known, Profile};
use crate::ruleset::{Compiled, Condition, FactId, Ruleset, Subject, Test, Value};
use crate::space::{Extent, NO_END, Region};

/// Facts that exclude each other: no state agrees with the profile.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Contradiction {
    /// The fact that cannot apply though it is given.
    pub fact: FactId,
    /// The given fact that keeps it from applying, where it is one alone.
    pub because_of: Option<FactId>,
}

impl Profile {
    /// Every state that agrees with the profile, as settled regions; none where facts exclude each other.
    pub fn states(&self, ruleset: &Ruleset) -> Vec<Region> {
        let compiled = ruleset.compiled();
        let mut regions = vec![compiled.space.all()];
        for (fact, given) in self.all_given() {
            match compiled.axis(fact) {
                Some(axis) => {
                    let extent = known_extent(compiled, axis, &given.known);
                    for region in &mut regions {
                        region.set(axis, region.on(axis).meet(extent));
                    }
                }
                // A text is no axis, but it too can be given only where it applies.
                None => regions = narrow(compiled, regions, &ruleset.fact(fact).only_when),
            }
        }
        regions.into_iter().flat_map(|region| compiled.space.settle(region)).collect()
    }

    /// Which facts exclude each other, if any do.
    pub fn contradiction(&self, ruleset: &Ruleset) -> Option<Contradiction> {
        if !self.states(ruleset).is_empty() {
            return None;
        }
        let inapplicable = self.inapplicable(ruleset);
        let direct = self.all_given().find_map(|(fact, _)| {
            let required = inapplicable[fact.0]?;
            Some(Contradiction { fact, because_of: Some(required) })
        });
        direct.or_else(|| {
            // Facts given that each could apply, and cannot together.
            let conditional = |fact: &FactId| !ruleset.fact(*fact).only_when.tests.is_empty();
            let fact = self.all_given().map(|(fact, _)| fact).filter(conditional).last()?;
            Some(Contradiction { fact, because_of: None })
        })
    }

    /// For each fact that cannot apply with what is given, given or not, the fact that keeps it from applying.
    pub fn inapplicable(&self, ruleset: &Ruleset) -> Vec<Option<FactId>> {
        let mut found: Vec<Option<FactId>> = vec![None; ruleset.facts().len()];
        for (at, fact) in ruleset.facts().iter().enumerate() {
            let mut tests = fact.only_when.facts();
            let failing =
                tests.find(|(required, test)| found[required.0].is_some() || self.excludes(*required, test));
            found[at] = failing.map(|(required, _)| required);
        }
        found
    }

    /// Whether what is given of a fact cannot pass a test.
    fn excludes(&self, fact: FactId, test: &Test) -> bool {
        match self.given(fact).map(|given| &given.known) {
            Some(Known::Exact(value)) => !test.passes(*value),
            Some(Known::Band { min, max }) => match test {
                Test::Numbers(stretches) => {
                    !stretches.iter().any(|s| s.first <= max.unwrap_or(NO_END) && s.last >= *min)
                }
                Test::Named(_) => true,
            },
            Some(Known::Text(_)) | None => false,
        }
    }
}

fn known_extent(compiled: &Compiled, axis: usize, known: &Known) -> Extent {
    let line = &compiled.space.axes[axis];
    match *known {
        Known::Exact(Value::Named(at)) => line.only(at),
        Known::Exact(Value::Number(number)) => line.only(line.atom(number)),
        Known::Band { min, max } => line
            .atoms_between(min, max.unwrap_or(NO_END))
            .map_or(line.none(), |(first, last)| line.none().stretch(first, last)),
        Known::Text(_) => line.none(),
    }
}

fn narrow(compiled: &Compiled, mut regions: Vec<Region>, when: &Condition) -> Vec<Region> {
    for test in &when.tests {
        let Subject::Fact(fact) = test.subject else { continue };
        let Some(axis) = compiled.axis(fact) else { continue };
        let extents = compiled.extents(axis, &test.test);
        let narrowed = |region: &Region| -> Vec<Region> {
            extents.iter().map(|extent| region.with(axis, region.on(axis).meet(*extent))).collect()
        };
        regions = regions.iter().flat_map(narrowed).collect();
    }
    regions
}
