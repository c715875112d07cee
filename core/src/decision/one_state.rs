//! The outcome where every fact is known, in tens of nanoseconds.

use smallvec::SmallVec;

use super::pieces::Outcome;
use crate::ruleset::{Ruleset, Value};
use crate::space::ABSENT;

/// The outcome of one state: the value of each base fact in the order of [`Compiled::facts`](crate::ruleset::Compiled),
/// `None` where it does not apply. A number outside its range counts as the nearest in it.
pub fn outcome_of_state(ruleset: &Ruleset, values: &[Option<Value>]) -> Outcome {
    let compiled = ruleset.compiled();
    let mut state: SmallVec<[u32; 16]> = values
        .iter()
        .zip(&compiled.space.axes)
        .map(|(value, axis)| match value {
            None => ABSENT,
            Some(Value::Named(at)) => *at,
            Some(Value::Number(number)) => axis.atom(*number),
        })
        .collect();
    state.resize(compiled.facts.len(), ABSENT);
    let nobody = compiled.role_atom(None);
    state.extend([nobody, nobody]);
    let owner = compiled.owner_locator.locate(&state).map(|row| ruleset.owner()[row as usize].then);
    state[compiled.owner_axis()] = compiled.role_atom(owner);
    let contact = compiled.contact_locator.locate(&state).map(|row| ruleset.contact()[row as usize].then);
    Outcome { owner, contact }
}
