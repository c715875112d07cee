//! `no-question`: facts without the question to ask for them. Texts and derived facts are spared.

use super::finding::Finding;
use super::survey::Survey;
use crate::diagnostic::Code;

/// Facts that a profile gives and rules test, without `ask`.
pub fn check(survey: &Survey<'_>) -> Vec<Finding> {
    let asked = survey.ruleset.facts().iter().filter(|fact| fact.is_base());
    asked
        .filter(|fact| fact.ask.as_ref().is_none_or(|ask| ask.trim().is_empty()))
        .map(|fact| {
            Finding::new(Code::NoQuestion, fact.span, format!("the fact `{}` has no question", fact.name))
                .help("add `ask = \"…?\"`, as it can be asked on a call")
        })
        .collect()
}
