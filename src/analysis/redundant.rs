//! `redundant`: rows that decide in some state, but whose removal changes no outcome.
//!
//! The outcome is the owner and the contact. For a derive row it is asked in that sense too, and rows that collect
//! (risks, actions and the like) count as well: a value that only they test still changes what is said.

use std::ops::ControlFlow;

use super::changes::differ_without;
use super::conditions::conditions;
use super::effort::Share;
use super::finding::Finding;
use super::outcome_at::outcome_at;
use super::survey::Survey;
use crate::diagnostic::Code;
use crate::ruleset::{FactId, Ruleset, Subject, Table};
use crate::space::cells::{Rows, search};

/// Rows that nothing would miss; and the ids of those for which it was not settled.
pub fn check(survey: &Survey<'_>) -> (Vec<Finding>, Vec<(Table, String)>) {
    let ruleset = survey.ruleset;
    let mut findings = Vec::new();
    let mut open = Vec::new();
    for (at, row) in ruleset.derive().iter().enumerate() {
        match is_derived_redundant(survey, at) {
            Some(true) => {
                let why = match value_stays(survey, at) {
                    true => "wherever it decides, the rows below it give the same value",
                    false => "no owner and no contact depends on the value it gives",
                };
                findings.push(finding(Table::Derive, &row.id, row.span, why));
            }
            Some(false) => {}
            None => open.push((Table::Derive, row.id.clone())),
        }
    }
    for (decisive, rows) in [(&survey.owner, ruleset.owner()), (&survey.contact, ruleset.contact())] {
        for (at, row) in rows.iter().enumerate() {
            if !decisive.decides[at] || decisive.needed[at] {
                continue;
            }
            let why = "wherever it decides, the rows below it come to the same";
            match survey.complete {
                true => findings.push(finding(decisive.table, &row.id, row.span, why)),
                false => open.push((decisive.table, row.id.clone())),
            }
        }
    }
    (findings, open)
}

fn finding(table: Table, id: &str, span: crate::source::Span, why: &str) -> Finding {
    Finding::new(Code::Redundant, span, format!("removing the `{table}` row `{id}` would change no outcome"))
        .of(table, Some(id))
        .help(format!("{why}; drop it, or check what it was meant to do"))
}

/// Whether a derive row decides somewhere and nobody would miss it; `None` where that was not settled.
fn is_derived_redundant(survey: &Survey<'_>, at: usize) -> Option<bool> {
    let ruleset = survey.ruleset;
    let row = &ruleset.derive()[at];
    let table = ruleset.compiled().derived_table(row.then.fact)?;
    let decides = table.decided.iter().any(|(decided, _)| *decided as usize == at);
    if !decides || !needs_proof(survey, at) {
        return Some(false);
    }
    if is_told(ruleset, row.then.fact) {
        return Some(value_stays(survey, at));
    }
    let differ = differ_without(ruleset, &[(Table::Derive, at)], &mut survey.budget(Share::Question));
    differ.ok().map(|differ| !differ)
}

/// Whether a row that collects tests a fact, directly or through facts derived from it.
pub fn is_told(ruleset: &Ruleset, fact: FactId) -> bool {
    let mut told = vec![fact];
    let mut at = 0;
    while at < told.len() {
        for row in ruleset.derive() {
            if row.when.on(Subject::Fact(told[at])).is_some() && !told.contains(&row.then.fact) {
                told.push(row.then.fact);
            }
        }
        at += 1;
    }
    let collects = |table: Table| !matches!(table, Table::Derive | Table::Owner | Table::Contact);
    conditions(ruleset)
        .filter(|(table, _)| collects(*table))
        .any(|(_, when)| told.iter().any(|fact| when.on(Subject::Fact(*fact)).is_some()))
}

/// Whether the fact keeps its value in every state when the row is removed.
fn value_stays(survey: &Survey<'_>, at: usize) -> bool {
    !first_change(survey, at, &mut |_| true)
}

/// Whether the outcome may stay when the row is removed, as far as some states can tell: where it already differs in
/// one of them, nothing is left to prove.
fn needs_proof(survey: &Survey<'_>, at: usize) -> bool {
    let ruleset = survey.ruleset;
    let differs = first_change(survey, at, &mut |state| {
        outcome_at(ruleset, state, None) != outcome_at(ruleset, state, Some(at))
    });
    !differs
}

/// Whether `says` is true of some state in which the fact has another value without the row.
fn first_change(survey: &Survey<'_>, at: usize, says: &mut dyn FnMut(&[u32]) -> bool) -> bool {
    let ruleset = survey.ruleset;
    let Some(table) = ruleset.compiled().derived_table(ruleset.derive()[at].then.fact) else { return false };
    let rows = Rows { space: survey.space(), boxed: &table.rows };
    let first = table.rows.partition_point(|boxed| boxed.row as usize <= at);
    let below: Vec<u32> = (first as u32..table.rows.len() as u32).collect();
    let said = ruleset.derive()[at].then.value;
    let vocabulary = survey.vocabulary();
    let own = table.decided.iter().filter(|(row, _)| *row as usize == at).flat_map(|(_, regions)| regions);
    let settled = own.flat_map(|region| survey.space().settle(region.clone()));
    for region in settled {
        let mut budget = survey.budget(Share::Question);
        let ended = search(rows, &below, &region, &mut budget, &mut |cell, next| {
            let same = next.is_some_and(|next| ruleset.derive()[next as usize].then.value == said);
            match !same && says(&vocabulary.point(cell)) {
                true => ControlFlow::Break(()),
                false => ControlFlow::Continue(()),
            }
        });
        if ended.map_or(true, |flow| flow.is_break()) {
            return true;
        }
    }
    false
}
