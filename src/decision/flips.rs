//! The smallest changes to what is known that change the answer.

use super::pieces::Outcome;
use super::verdict::Verdict;
use super::TooEntangled;
use crate::profile::{Given, Profile};
use crate::ruleset::{FactId, Ruleset, Value};

/// A change to one known fact, and what the answer would then be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Change {
    /// The fact.
    pub fact: FactId,
    /// Its other value.
    pub value: Value,
    /// Who would own and be the contact; nobody where it becomes open or unmatched.
    pub outcome: Outcome,
}

/// For each exactly known fact the nearest other values with which the answer changes.
///
/// # Errors
/// When the rules are too entangled.
pub fn flips(ruleset: &Ruleset, profile: &Profile, current: Outcome) -> Result<Vec<Change>, TooEntangled> {
    let mut found = Vec::new();
    for (fact, given) in profile.all_given() {
        let (Some(value), Some(axis)) = (given.value(), ruleset.compiled.axis(fact)) else { continue };
        let changed = |value: Value| -> Result<Option<Change>, TooEntangled> {
            let outcome = Verdict::reach(ruleset, &with(ruleset, profile, fact, value))?.outcome;
            Ok((outcome != current).then_some(Change { fact, value, outcome }))
        };
        let line = &ruleset.compiled.space.axes[axis];
        match value {
            Value::Named(own) => {
                for other in (0..line.count()).filter(|other| *other != own) {
                    found.extend(changed(Value::Named(other))?);
                }
            }
            Value::Number(number) => {
                let own = line.atom(number);
                // Within an atom no rule tells numbers apart: its end nearest to the number stands for it.
                for atom in (0..own).rev() {
                    if let Some(change) = changed(Value::Number(line.bounds(atom).1))? {
                        found.push(change);
                        break;
                    }
                }
                for atom in own + 1..line.count() {
                    if let Some(change) = changed(Value::Number(line.bounds(atom).0))? {
                        found.push(change);
                        break;
                    }
                }
            }
        }
    }
    Ok(found)
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
