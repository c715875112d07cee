//! The smallest changes to what is known that change the answer.

use super::TooEntangled;
use super::parts::Flip;
use super::pieces::{Outcome, Pieces, STEPS};
use super::verdict::Verdict;
use crate::profile::{Given, Profile};
use crate::ruleset::{FactId, Ruleset, Value};
use crate::space::Axis;
use crate::space::cells::Budget;

/// For each exactly known fact the nearest other values with which the answer changes.
///
/// # Errors
/// When the rules are too entangled.
pub fn flips(ruleset: &Ruleset, profile: &Profile, current: Outcome) -> Result<Vec<Flip>, TooEntangled> {
    let mut found = Vec::new();
    for (fact, given) in profile.all_given() {
        let (Some(value), Some(axis)) = (given.value(), ruleset.compiled().axis(fact)) else { continue };
        let all = freed(ruleset, profile, fact)?;
        let changed = |value: Value| change(ruleset, profile, (current, &all), (fact, value));
        let line = &ruleset.compiled().space.axes[axis];
        match value {
            Value::Named(own) => {
                for other in (0..line.count()).filter(|other| *other != own) {
                    found.extend(changed(Value::Named(other))?);
                }
            }
            Value::Number(number) => {
                found.extend(nearest(line, number, changed)?);
            }
        }
    }
    Ok(found)
}

/// For each exactly known number of a fact with a `near`, the nearest other numbers with which the answer changes.
///
/// # Errors
/// When the rules are too entangled.
pub fn nearest_numbers(
    ruleset: &Ruleset,
    profile: &Profile,
    current: Outcome,
) -> Result<Vec<(FactId, i128)>, TooEntangled> {
    let mut found = Vec::new();
    for (fact, given) in profile.all_given().filter(|(fact, _)| ruleset.fact(*fact).near.is_some()) {
        let (Some(Value::Number(number)), Some(axis)) = (given.value(), ruleset.compiled().axis(fact)) else {
            continue;
        };
        let line = &ruleset.compiled().space.axes[axis];
        let all = freed(ruleset, profile, fact)?;
        let changed = |value| change(ruleset, profile, (current, &all), (fact, value));
        let changes = nearest(line, number, changed)?;
        found.extend(changes.iter().filter_map(|change| match change.value {
            Value::Number(number) => Some((fact, number)),
            Value::Named(_) => None,
        }));
    }
    Ok(found)
}

/// All states that come to be when a fact takes other values, cut once for all of them.
fn freed(ruleset: &Ruleset, profile: &Profile, fact: FactId) -> Result<Pieces, TooEntangled> {
    let mut changed = profile.clone();
    changed.set(fact, None);
    // A fact is declared after those it requires.
    let mut dependent = vec![false; ruleset.facts().len()];
    dependent[fact.0] = true;
    for (at, declared) in ruleset.facts().iter().enumerate() {
        if declared.only_when.facts().any(|(required, _)| dependent[required.0]) {
            dependent[at] = true;
            changed.set(FactId(at), None);
        }
    }
    Ok(Pieces::cut(ruleset, &changed.states(ruleset), &mut Budget::new(STEPS))?)
}

/// The change that another value of a fact makes, if it makes one; `all` are the states that can come to be.
fn change(
    ruleset: &Ruleset,
    profile: &Profile,
    (current, all): (Outcome, &Pieces),
    (fact, value): (FactId, Value),
) -> Result<Option<Flip>, TooEntangled> {
    let outcome = Verdict::outcome(ruleset, &with(ruleset, profile, fact, value), all)?;
    Ok((outcome != current).then_some(Flip { fact, value, outcome }))
}

/// The nearest numbers below and above that change the answer.
fn nearest(
    line: &Axis,
    number: i128,
    changed: impl Fn(Value) -> Result<Option<Flip>, TooEntangled>,
) -> Result<Vec<Flip>, TooEntangled> {
    let own = line.atom(number);
    // Within an atom no rule tells numbers apart: its end nearest to the number stands for it.
    let below = (0..own).rev().map(|atom| line.bounds(atom).1);
    let above = (own + 1..line.count()).map(|atom| line.bounds(atom).0);
    let first = |mut numbers: Box<dyn Iterator<Item = i128>>| {
        numbers.find_map(|number| changed(Value::Number(number)).transpose()).transpose()
    };
    let (below, above) = (first(Box::new(below))?, first(Box::new(above))?);
    Ok(below.into_iter().chain(above).collect())
}

/// The profile with another value of one fact, without the facts that then no longer apply.
fn with(ruleset: &Ruleset, profile: &Profile, fact: FactId, value: Value) -> Profile {
    let mut changed = profile.clone();
    changed.set(fact, Some(Given::exact(ruleset.fact(fact), value)));
    for (dropped, because_of) in changed.inapplicable(ruleset).iter().enumerate() {
        if because_of.is_some() {
            changed.set(FactId(dropped), None);
        }
    }
    changed
}
