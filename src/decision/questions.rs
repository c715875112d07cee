//! Which answers can still matter, the most telling first.

use super::conditions::Frame;
use super::pieces::{Outcome, Piece};
use crate::profile::{Known, Profile};
use crate::ruleset::{FactId, RoleId, Ruleset};
use crate::space::{Extent, Region};

/// What the answer to a question leaves, on average over its distinguishable answers, as fractions: the sum over the
/// answers, and how many answers there are.
#[derive(Debug, Clone, Copy)]
struct Worth {
    owners: usize,
    outcomes: usize,
    answers: usize,
}

/// A question worth asking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asked {
    /// The fact.
    pub fact: FactId,
    /// Whether each of its answers leaves one outcome.
    pub settles: bool,
}

/// The facts to ask for, best first: those not exactly known that apply in every state and whose answer can matter.
pub fn questions(
    ruleset: &Ruleset,
    profile: &Profile,
    frame: &Frame<'_>,
    states: &[Region],
    pieces: &[Piece],
) -> Vec<Asked> {
    let regions: Vec<(&Region, Outcome)> =
        pieces.iter().map(|piece| (&piece.region, piece.outcome)).collect();
    let determined = frame.determined(&regions);
    let compiled = ruleset.compiled();
    let mut found: Vec<(FactId, Worth)> = Vec::new();
    for (axis, fact) in compiled.facts.iter().enumerate() {
        let known = profile.given(*fact).is_some_and(|given| given.value().is_some());
        let applies = states.iter().all(|region| !region.on(axis).has_absent());
        if !known && applies && matters(ruleset, axis, &determined) {
            let answers = answers(ruleset, profile, axis, *fact);
            found.push((*fact, worth(axis, &answers, &determined)));
        }
    }
    // The sort is stable: what is equally good stays in the ruleset's order.
    found.sort_by(|(_, a), (_, b)| {
        let by = |of: fn(&Worth) -> usize| (of(a) * b.answers).cmp(&(of(b) * a.answers));
        by(|worth| worth.owners).then_with(|| by(|worth| worth.outcomes))
    });
    let asked = |(fact, worth): (FactId, Worth)| Asked { fact, settles: worth.outcomes == worth.answers };
    found.into_iter().map(asked).collect()
}

/// Whether two states that differ in nothing else, beside facts that then start or stop to apply, differ in outcome.
fn matters(ruleset: &Ruleset, axis: usize, pieces: &[(Region, Outcome)]) -> bool {
    let dependents = dependents(ruleset, axis);
    let facts = ruleset.compiled().facts.len();
    let one_apart = |a: &Region, b: &Region| {
        (0..facts).filter(|on| *on != axis).all(|on| {
            let (a, b) = (a.on(on), b.on(on));
            a.touches(b) || (dependents[on] && a.has_absent() != b.has_absent())
        })
    };
    pieces.iter().enumerate().any(|(at, (region, outcome))| {
        pieces[..at].iter().any(|(other, other_outcome)| outcome != other_outcome && one_apart(region, other))
    })
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
        Some(Known::Band { min, max }) => (*min, max.unwrap_or(u64::MAX)),
        _ => (line.lowest(), line.highest()),
    };
    let cuts = ruleset.compiled().thresholds[axis].iter().copied().filter(|cut| *cut > low && *cut <= high);
    let mut starts: Vec<u64> = vec![low];
    starts.extend(cuts);
    let ends = starts[1..].iter().map(|start| start - 1).chain([high]);
    let stretches = starts.iter().zip(ends).filter_map(|(first, last)| line.atoms_between(*first, last));
    stretches.map(|(first, last)| line.none().stretch(first, last)).collect()
}

fn worth(axis: usize, answers: &[Extent], pieces: &[(Region, Outcome)]) -> Worth {
    let mut worth = Worth { owners: 0, outcomes: 0, answers: 0 };
    for answer in answers {
        let left = pieces.iter().filter(|(region, _)| region.on(axis).touches(*answer));
        let mut outcomes: Vec<Outcome> = left.map(|(_, outcome)| *outcome).collect();
        outcomes.sort_unstable();
        outcomes.dedup();
        let mut owners: Vec<Option<RoleId>> = outcomes.iter().map(|outcome| outcome.owner).collect();
        owners.dedup();
        if !outcomes.is_empty() {
            worth.owners += owners.len();
            worth.outcomes += outcomes.len();
            worth.answers += 1;
        }
    }
    worth
}
