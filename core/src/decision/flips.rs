//! The smallest changes to what is known that change the answer.

use super::TooEntangled;
use super::parts::Flip;
use super::pieces::{Outcome, Pieces, STEPS};
use super::verdict::Verdict;
use crate::profile::{Given, Known, Profile};
use crate::ruleset::{FactId, Ruleset, Value};
use crate::space::cells::Budget;
use crate::space::{Axis, NO_END};

/// So many other values of a fact are tried one by one; for more, all states that can come to be are cut once.
const FEW: u32 = 2;

/// For each exactly known fact the nearest other values with which the answer changes.
///
/// # Errors
/// When the rules are too entangled.
pub fn flips(ruleset: &Ruleset, profile: &Profile, current: Outcome) -> Result<Vec<Flip>, TooEntangled> {
    let mut found = Vec::new();
    for (fact, given) in profile.all_given() {
        let (Some(value), Some(axis)) = (given.value(), ruleset.compiled().axis(fact)) else { continue };
        let all = freed(ruleset, profile, (fact, None))?;
        let changed = |value: Value| change(ruleset, profile, (current, Some(&all)), (fact, value));
        let line = &ruleset.compiled().space.axes[axis];
        match value {
            Value::Named(own) => {
                for other in (0..line.count()).filter(|other| *other != own) {
                    found.extend(changed(Value::Named(other))?);
                }
            }
            Value::Number(number) => {
                found.extend(nearest(line, number, (0, line.count() - 1), changed)?);
            }
        }
    }
    Ok(found)
}

/// For each exactly known number of a fact with a `near`, the nearest other numbers with which the answer changes, as far
/// as some number that rules do not tell apart from it can be near to them.
///
/// # Errors
/// When the rules are too entangled.
pub fn nearest_numbers(
    ruleset: &Ruleset,
    profile: &Profile,
    current: Outcome,
) -> Result<Vec<(FactId, i128)>, TooEntangled> {
    let mut found = Vec::new();
    for (fact, given) in profile.all_given() {
        let (Some(Value::Number(number)), Some(near)) = (given.value(), ruleset.fact(fact).near) else {
            continue;
        };
        let Some(axis) = ruleset.compiled().axis(fact) else { continue };
        let line = &ruleset.compiled().space.axes[axis];
        let (first, last) = line.bounds(line.atom(number));
        let (first, last) = (first - near.of_number(first), last + near.of_number(last));
        let Some(atoms) = line.atoms_between(first, last) else { continue };
        let (min, max) = (first.max(line.lowest()), last.min(line.highest()));
        let band = Known::Band { min, max: (max != NO_END).then_some(max) };
        let is_cut = atoms.1 - atoms.0 > FEW;
        let all = is_cut.then(|| freed(ruleset, profile, (fact, Some(band)))).transpose()?;
        let changed = |value| change(ruleset, profile, (current, all.as_ref()), (fact, value));
        let changes = nearest(line, number, atoms, changed)?;
        found.extend(changes.iter().filter_map(|change| match change.value {
            Value::Number(number) => Some((fact, number)),
            Value::Named(_) => None,
        }));
    }
    Ok(found)
}

/// All states that come to be when a fact takes other values, any or those of a band, cut once for all of them.
fn freed(
    ruleset: &Ruleset,
    profile: &Profile,
    (fact, band): (FactId, Option<Known>),
) -> Result<Pieces, TooEntangled> {
    let mut changed = profile.clone();
    changed.set(fact, band.map(|known| Given { written: serde_json::Value::Null, known, repaired: None }));
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

/// The change that another value of a fact makes, if it makes one; `all` are the states that can come to be, where they
/// were cut.
fn change(
    ruleset: &Ruleset,
    profile: &Profile,
    (current, all): (Outcome, Option<&Pieces>),
    (fact, value): (FactId, Value),
) -> Result<Option<Flip>, TooEntangled> {
    let changed = with(ruleset, profile, fact, value);
    let outcome = match all {
        Some(all) => Verdict::outcome(ruleset, &changed, all)?,
        None => Verdict::reach_in_short(ruleset, &changed)?.outcome,
    };
    Ok((outcome != current).then_some(Flip { fact, value, outcome }))
}

/// The nearest numbers below and above that change the answer, in the atoms from the first to the last given.
fn nearest(
    line: &Axis,
    number: i128,
    (first, last): (u32, u32),
    changed: impl Fn(Value) -> Result<Option<Flip>, TooEntangled>,
) -> Result<Vec<Flip>, TooEntangled> {
    let own = line.atom(number);
    // Within an atom no rule tells numbers apart: its end nearest to the number stands for it.
    let below = (first..own).rev().map(|atom| line.bounds(atom).1);
    let above = (own + 1..=last).map(|atom| line.bounds(atom).0);
    let found = |mut numbers: Box<dyn Iterator<Item = i128>>| {
        numbers.find_map(|number| changed(Value::Number(number)).transpose()).transpose()
    };
    let (below, above) = (found(Box::new(below))?, found(Box::new(above))?);
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
