//! `always-passes`: tests that every value passes, wherever they are asked.

use super::conditions::rows;
use super::finding::Finding;
use super::survey::Survey;
use crate::diagnostic::Code;
use crate::ruleset::{Condition, FactId, FactTest, Ruleset, Subject, Test, Value};
use crate::space::Region;

/// Tests of facts that could be left out of their rows.
pub fn check(survey: &Survey<'_>) -> Vec<Finding> {
    let ruleset = survey.ruleset;
    let mut findings = Vec::new();
    for (table, id, when) in rows(ruleset) {
        for test in &when.tests {
            let Subject::Fact(fact) = test.subject else { continue };
            if !is_full(ruleset, fact, &test.test) || !always_has_value(ruleset, fact, when, test) {
                continue;
            }
            let name = &ruleset.fact(fact).name;
            findings.push(
                Finding::new(
                    Code::AlwaysPasses,
                    test.span,
                    format!("every value of `{name}` passes this test"),
                )
                .of(table, Some(id))
                .help("leave it out, or write what was meant"),
            );
        }
    }
    findings
}

/// Whether every value that the fact can have passes.
fn is_full(ruleset: &Ruleset, fact: FactId, test: &Test) -> bool {
    let declared = ruleset.fact(fact);
    match test {
        Test::Named(accepted) => accepted.iter().all(|yes| *yes),
        Test::Numbers(stretches) if declared.derived => {
            let given = ruleset.derive().iter().filter(|row| row.then.fact == fact);
            given.map(|row| row.then.value).all(|value| match value {
                Value::Number(number) => stretches.iter().any(|stretch| stretch.holds(number)),
                Value::Named(_) => false,
            })
        }
        Test::Numbers(stretches) => {
            let mut sorted = stretches.clone();
            sorted.sort_unstable();
            let mut next = declared.lowest;
            for stretch in sorted {
                if stretch.first > next {
                    return false;
                }
                next = next.max(stretch.last + 1);
            }
            next > declared.highest
        }
    }
}

/// Whether the fact has a value wherever the other tests of the row pass: else the test asks whether it has one.
fn always_has_value(ruleset: &Ruleset, fact: FactId, when: &Condition, test: &FactTest) -> bool {
    let compiled = ruleset.compiled();
    let others: Vec<FactTest> =
        when.tests.iter().filter(|other| other.subject != test.subject).cloned().collect();
    let Ok(regions) = compiled.regions(ruleset.derive(), &Condition { tests: others }) else { return false };
    let settled: Vec<Region> = regions.into_iter().flat_map(|region| compiled.space.settle(region)).collect();
    match compiled.axis(fact) {
        Some(axis) => !settled.is_empty() && settled.iter().all(|region| !region.on(axis).has_absent()),
        None => {
            let without = compiled.derived_table(fact).map_or(&[][..], |table| &table.without);
            let has_rows = compiled.derived_table(fact).is_some();
            has_rows
                && !settled.is_empty()
                && !settled
                    .iter()
                    .any(|region| without.iter().any(|other| compiled.space.meets(region, other)))
        }
    }
}
