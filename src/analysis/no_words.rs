//! `no-words`: base facts that matter and have no words of their own, so that people read made-up ones.

use super::conditions::conditions;
use super::finding::Finding;
use super::survey::Survey;
use crate::diagnostic::Code;
use crate::ruleset::{FactId, Kind, Subject};

/// Base facts that rows test, for which the ruleset has no clause.
pub fn check(survey: &Survey<'_>) -> Vec<Finding> {
    let ruleset = survey.ruleset;
    let facts =
        ruleset.facts().iter().enumerate().filter(|(_, fact)| fact.is_base() && !fact.words.are_given());
    let tested = facts.filter(|(at, _)| {
        let subject = Subject::Fact(FactId(*at));
        conditions(ruleset).any(|(_, when)| when.on(subject).is_some())
    });
    tested
        .map(|(_, fact)| {
            let help = match fact.kind {
                Kind::Boolean => "add `yes = \"…\"` and `no = \"…\"`, the clauses that say it",
                _ => "add `say = \"… {} …\"`, the clause that says it, with `{}` for the value",
            };
            Finding::new(Code::NoWords, fact.span, format!("the fact `{}` has no words", fact.name))
                .help(help)
        })
        .collect()
}
