//! What the rows of a ruleset ask.

use crate::ruleset::{Condition, Ruleset, Subject, Table};

/// The conditions of all rows, table by table.
pub fn conditions(ruleset: &Ruleset) -> impl Iterator<Item = (Table, &Condition)> {
    let derive = ruleset.derive().iter().map(|row| (Table::Derive, &row.when));
    let owner = ruleset.owner().iter().map(|row| (Table::Owner, &row.when));
    let contact = ruleset.contact().iter().map(|row| (Table::Contact, &row.when));
    let typical = ruleset.typical().iter().map(|row| (Table::Typical, &row.when));
    let stakeholder = ruleset.stakeholder().iter().map(|row| (Table::Stakeholder, &row.when));
    let risk = ruleset.risk().iter().map(|row| (Table::Risk, &row.when));
    let action = ruleset.action().iter().map(|row| (Table::Action, &row.when));
    let question = ruleset.question().iter().map(|row| (Table::Question, &row.when));
    let milestone = ruleset.milestone().iter().map(|row| (Table::Milestone, &row.when));
    derive
        .chain(owner)
        .chain(contact)
        .chain(typical)
        .chain(stakeholder)
        .chain(risk)
        .chain(action)
        .chain(question)
        .chain(milestone)
}

/// The rows of all tables, table by table: each with its id and its condition.
pub fn rows(ruleset: &Ruleset) -> impl Iterator<Item = (Table, &str, &Condition)> {
    let ids = Table::ALL.into_iter().flat_map(|table| super::coverage::ids(ruleset, table));
    conditions(ruleset).zip(ids).map(|((table, when), id)| (table, id, when))
}

/// The axes of the base facts that some row tests.
pub fn counted(ruleset: &Ruleset) -> Vec<usize> {
    let tested = |axis: &usize| {
        let fact = Subject::Fact(ruleset.compiled().facts[*axis]);
        conditions(ruleset).any(|(_, when)| when.on(fact).is_some())
    };
    (0..ruleset.compiled().facts.len()).filter(tested).collect()
}

/// Whether facts that no row tests decide where derived facts apply, so that a state's outcome can hang on them.
pub fn untested_decide(ruleset: &Ruleset) -> bool {
    let counted = counted(ruleset);
    let derived = ruleset.facts().iter().filter(|fact| fact.derived);
    let axes =
        derived.flat_map(|fact| fact.only_when.facts()).filter_map(|(fact, _)| ruleset.compiled().axis(fact));
    axes.into_iter().any(|axis| !counted.contains(&axis))
}
