//! The outcome in one state, straight from the rows as written: a quick answer where one state already tells.

use crate::ruleset::{Condition, FactId, Ruleset, Subject, Value};
use crate::space::ABSENT;

/// Owner and contact in one state, straight from the rows as written; `without` leaves out one derive row.
pub fn outcome_at(ruleset: &Ruleset, state: &[u32], without: Option<usize>) -> [Option<usize>; 2] {
    let compiled = ruleset.compiled();
    let mut values: Vec<Option<Value>> = vec![None; ruleset.facts().len()];
    for (axis, fact) in compiled.facts.iter().enumerate() {
        let line = &compiled.space.axes[axis];
        values[fact.0] = match state[axis] {
            ABSENT => None,
            atom if line.is_ordered() => Some(Value::Number(line.bounds(atom).0)),
            atom => Some(Value::Named(atom)),
        };
    }
    for (at, row) in ruleset.derive().iter().enumerate() {
        let FactId(fact) = row.then.fact;
        let applies = holds(&values, [None, None], &ruleset.facts()[fact].only_when);
        if values[fact].is_none() && without != Some(at) && applies && holds(&values, [None, None], &row.when)
        {
            values[fact] = Some(row.then.value);
        }
    }
    let owner =
        ruleset.owner().iter().find(|row| holds(&values, [None, None], &row.when)).map(|row| row.then.0);
    let contact =
        ruleset.contact().iter().find(|row| holds(&values, [owner, None], &row.when)).map(|row| row.then.0);
    [owner, contact]
}

fn holds(values: &[Option<Value>], decided: [Option<usize>; 2], when: &Condition) -> bool {
    when.tests.iter().all(|test| {
        let role = |role: Option<usize>| role.map(|role| Value::Named(role as u32));
        let value = match test.subject {
            Subject::Fact(fact) => values[fact.0],
            Subject::Owner => role(decided[0]),
            Subject::Contact => role(decided[1]),
        };
        value.is_some_and(|value| test.test.passes(value))
    })
}
