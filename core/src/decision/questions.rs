//! Which answers can still matter, the most telling first.

use super::pieces::Outcome;
use crate::profile::{Known, Profile};
use crate::ruleset::{FactId, RoleId, Ruleset};
use crate::space::cells::Budget;
use crate::space::{Classes, Extent, NO_END, OutOfBudget, Region};

/// What the answer to a question leaves, on average over its distinguishable answers, as fractions: the sum over the
/// answers, and how many answers there are.
#[derive(Debug, Clone, Copy)]
struct Worth {
    owners: u64,
    outcomes: u64,
    answers: u64,
}

/// A question worth asking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asked {
    /// The fact.
    pub fact: FactId,
    /// Whether each of its answers leaves one outcome.
    pub settles: bool,
}

/// The facts to ask for: first those that are to be asked first and of which nothing is known, then best first. They are
/// the ones not exactly known that apply in every state and whose answer can matter. `told` has the states of each of
/// `outcomes` as a class.
///
/// # Errors
/// When the rules are too entangled to see what matters within the budget.
pub fn questions(
    ruleset: &Ruleset,
    profile: &Profile,
    states: &[Region],
    (outcomes, told): (&[Outcome], &Classes<'_, '_>),
    budget: &mut Budget,
) -> Result<Vec<Asked>, OutOfBudget> {
    let compiled = ruleset.compiled();
    let mut found: Vec<(FactId, Worth)> = Vec::new();
    for (axis, fact) in compiled.facts.iter().enumerate() {
        let known = profile.given(*fact).is_some_and(|given| given.value().is_some());
        let applies = states.iter().all(|region| !region.on(axis).has_absent());
        if !known && applies && matters(ruleset, axis, told, budget)? {
            let answers = answers(ruleset, profile, axis, *fact);
            let everything = compiled.space.all();
            let questioned = Questioned { axis, answers: &answers, everything: &everything };
            found.push((*fact, questioned.worth(outcomes, told, budget)?));
        }
    }
    // The sort is stable: what is equally good stays in the ruleset's order.
    found.sort_by(|(_, a), (_, b)| {
        let by = |of: fn(&Worth) -> u64| {
            let product = |sum: u64, answers: u64| u128::from(sum) * u128::from(answers);
            product(of(a), b.answers).cmp(&product(of(b), a.answers))
        };
        by(|worth| worth.owners).then_with(|| by(|worth| worth.outcomes))
    });
    // Of what is to be asked first, nothing is known: not even a band.
    let first = |fact: FactId| ruleset.fact(fact).first && profile.given(fact).is_none();
    found.sort_by_key(|(fact, _)| !first(*fact));
    let asked = |(fact, worth): (FactId, Worth)| Asked { fact, settles: worth.outcomes == worth.answers };
    Ok(found.into_iter().map(asked).collect())
}

/// Whether two states that differ in nothing else, beside facts that then start or stop to apply, differ in outcome.
fn matters(
    ruleset: &Ruleset,
    axis: usize,
    told: &Classes<'_, '_>,
    budget: &mut Budget,
) -> Result<bool, OutOfBudget> {
    let dependents = dependents(ruleset, axis);
    let space = &ruleset.compiled().space;
    let facts = ruleset.compiled().facts.len();
    let one_apart = |a: &Region, b: &Region| {
        (0..facts).filter(|on| *on != axis).all(|on| {
            let (a, b) = (a.on(on), b.on(on));
            a.touches(b) || (dependents[on] && a.has_absent() != b.has_absent())
        })
    };
    for (region, class) in told.regions() {
        let mut around = region.with(axis, space.axes[axis].all());
        for on in (0..facts).filter(|on| dependents[*on]) {
            around.set(on, space.axes[on].all());
        }
        let mut near = told.near(&around, budget)?;
        if near.any(|(other, of)| of != class && one_apart(region, other)) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// For each axis, whether its fact can start or stop to apply with the one at `axis`.
fn dependents(ruleset: &Ruleset, axis: usize) -> Vec<bool> {
    let axes = &ruleset.compiled().space.axes;
    let mut dependents = vec![false; axes.len()];
    for on in 0..axes.len() {
        dependents[on] =
            axes[on].requires.iter().any(|required| required.axis == axis || dependents[required.axis]);
    }
    dependents
}

/// The answers that the rules tell apart: the pieces between thresholds, or the values.
fn answers(ruleset: &Ruleset, profile: &Profile, axis: usize, fact: FactId) -> Vec<Extent> {
    let line = &ruleset.compiled().space.axes[axis];
    if !line.is_ordered() {
        return (0..line.count()).map(|atom| line.only(atom)).collect();
    }
    let (low, high) = match profile.given(fact).map(|given| &given.known) {
        Some(Known::Band { min, max }) => (*min, max.unwrap_or(NO_END)),
        _ => (line.lowest(), line.highest()),
    };
    let cuts = ruleset.compiled().thresholds[axis].iter().copied().filter(|cut| *cut > low && *cut <= high);
    let mut starts: Vec<i128> = vec![low];
    starts.extend(cuts);
    let ends = starts[1..].iter().map(|start| start - 1).chain([high]);
    let stretches = starts.iter().zip(ends).filter_map(|(first, last)| line.atoms_between(*first, last));
    stretches.map(|(first, last)| line.none().stretch(first, last)).collect()
}

/// A fact with the answers that the rules tell apart.
struct Questioned<'a> {
    axis: usize,
    answers: &'a [Extent],
    everything: &'a Region,
}

impl Questioned<'_> {
    fn worth(
        &self,
        outcomes: &[Outcome],
        told: &Classes<'_, '_>,
        budget: &mut Budget,
    ) -> Result<Worth, OutOfBudget> {
        let mut worth = Worth { owners: 0, outcomes: 0, answers: 0 };
        for answer in self.answers {
            let near = told.near(&self.everything.with(self.axis, *answer), budget)?;
            let left = near.filter(|(region, _)| region.on(self.axis).touches(*answer));
            let mut classes: Vec<u32> = left.map(|(_, class)| *class).collect();
            classes.sort_unstable();
            classes.dedup();
            // Outcomes are sorted, those of one owner beside each other.
            let mut owners: Vec<Option<RoleId>> =
                classes.iter().filter_map(|class| outcomes.get(*class as usize)).map(|of| of.owner).collect();
            owners.dedup();
            if !classes.is_empty() {
                worth.owners += owners.len() as u64;
                worth.outcomes += classes.len() as u64;
                worth.answers += 1;
            }
        }
        Ok(worth)
    }
}
