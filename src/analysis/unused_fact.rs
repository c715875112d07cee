//! `unused-fact`: facts that no row tests. Texts are spared: they are carried and printed, never tested.

use super::conditions::conditions;
use super::finding::Finding;
use super::survey::Survey;
use crate::diagnostic::Code;
use crate::ruleset::{FactId, Kind, Subject};

/// Facts that neither a row tests nor another fact needs to know whether it applies.
pub fn check(survey: &Survey<'_>) -> Vec<Finding> {
    let ruleset = survey.ruleset;
    let unused = ruleset.facts().iter().enumerate().filter(|(at, fact)| {
        let subject = Subject::Fact(FactId(*at));
        let tested = conditions(ruleset).any(|(_, when)| when.on(subject).is_some());
        let required = ruleset.facts().iter().any(|other| other.only_when.on(subject).is_some());
        fact.kind != Kind::Text && !tested && !required
    });
    unused
        .map(|(_, fact)| {
            Finding::new(Code::UnusedFact, fact.span, format!("no row tests the fact `{}`", fact.name))
                .help("test it in a row, or drop it: its question would be asked for nothing")
        })
        .collect()
}
