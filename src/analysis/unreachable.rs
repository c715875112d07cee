//! `unreachable`: rows that decide in no state.

use std::ops::ControlFlow;

use super::conditions::conditions;
use super::effort::Share;
use super::finding::Finding;
use super::survey::{Decisive, Survey};
use crate::diagnostic::Code;
use crate::ruleset::{RoleId, Row, Table};
use crate::source::Span;
use crate::space::cells::{Budget, Rows, search};

/// What became of the question whether a row decides in some state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reached {
    /// It does.
    Yes,
    /// It does not.
    No,
    /// It was not settled within the steps allowed.
    NotProved,
}

/// Rows of all tables that decide, or are collected, in no state; and the ids of those for which it was not settled.
pub fn check(survey: &Survey<'_>) -> (Vec<Finding>, Vec<(Table, String)>) {
    let ruleset = survey.ruleset;
    let mut findings = derived(survey);
    let mut open = Vec::new();
    for (decisive, rows, boxed) in [
        (&survey.owner, ruleset.owner(), survey.owner_rows()),
        (&survey.contact, ruleset.contact(), survey.contact_rows()),
    ] {
        for (at, row) in rows.iter().enumerate() {
            match reached(survey, decisive, boxed, at) {
                Reached::Yes => {}
                Reached::No => findings.push(ordered(survey, decisive.table, rows, boxed, at)),
                Reached::NotProved => open.push((decisive.table, row.id.clone())),
            }
        }
    }
    collected(survey, &mut findings, &mut open);
    (findings, open)
}

fn reached(survey: &Survey<'_>, decisive: &Decisive, rows: Rows<'_>, at: usize) -> Reached {
    if decisive.decides[at] {
        return Reached::Yes;
    }
    if survey.complete {
        return Reached::No;
    }
    ask(decisive.table, rows, at, &mut survey.budget(Share::Row))
}

/// Asks of one row alone whether the rows above leave it anything.
fn ask(table: Table, rows: Rows<'_>, at: usize, budget: &mut Budget) -> Reached {
    let first = rows.boxed.partition_point(|boxed| (boxed.row as usize) < at) as u32;
    let above: Vec<u32> = (0..first).collect();
    for own in rows.boxed.iter().filter(|boxed| boxed.row as usize == at) {
        for region in rows.space.settle(own.region.clone()) {
            match super::uncovered::is_uncovered(rows, &above, &region, budget) {
                Ok(false) => {}
                // Whether a contact row decides depends on the owner as well.
                Ok(true) if table == Table::Owner => return Reached::Yes,
                Ok(true) | Err(_) => return Reached::NotProved,
            }
        }
    }
    Reached::No
}

fn ordered(survey: &Survey<'_>, table: Table, rows: &[Row<RoleId>], boxed: Rows<'_>, at: usize) -> Finding {
    let row = &rows[at];
    let above = hiding(survey, boxed, at);
    let names =
        above.map(|above| above.iter().map(|row| rows[*row as usize].id.as_str()).collect::<Vec<_>>());
    found(table, &row.id, row.span, names.as_deref())
}

/// The rows above that catch what a row would, if that can be told in a few steps.
fn hiding(survey: &Survey<'_>, rows: Rows<'_>, at: usize) -> Option<Vec<u32>> {
    let mut budget = survey.budget(Share::Row);
    let first = rows.boxed.partition_point(|boxed| (boxed.row as usize) < at) as u32;
    let above: Vec<u32> = (0..first).collect();
    let mut found: Vec<u32> = Vec::new();
    for own in rows.boxed.iter().filter(|boxed| boxed.row as usize == at) {
        for region in rows.space.settle(own.region.clone()) {
            let ended = search(rows, &above, &region, &mut budget, &mut |_, row| {
                found.extend(row);
                ControlFlow::Continue(())
            });
            if ended.is_err() {
                return None;
            }
        }
    }
    found.sort_unstable();
    found.dedup();
    Some(found)
}

fn found(table: Table, id: &str, span: Span, above: Option<&[&str]>) -> Finding {
    const NAMED: usize = 4;
    let message = format!("the `{table}` row `{id}` never decides");
    let finding = Finding::new(Code::Unreachable, span, message).of(table, Some(id));
    let Some(above) = above else { return finding.help("the rows above it together hold wherever it would") };
    match above {
        [] => finding.help("its condition holds in no state"),
        [only] => finding.help(format!("`{only}` above it holds wherever it would; move it up, or drop it")),
        _ if above.len() <= NAMED => finding.help(format!(
            "the rows `{}` above it together hold wherever it would; move it up, or drop it",
            above.join("`, `")
        )),
        _ => finding.help(format!(
            "the rows `{}` and {} more above it together hold wherever it would",
            above[..NAMED].join("`, `"),
            above.len() - NAMED
        )),
    }
}

fn derived(survey: &Survey<'_>) -> Vec<Finding> {
    let ruleset = survey.ruleset;
    let mut findings = Vec::new();
    for (at, row) in ruleset.derive().iter().enumerate() {
        let Some(table) = ruleset.compiled().derived_table(row.then.fact) else { continue };
        if table.decided.iter().any(|(decided, _)| *decided as usize == at) {
            continue;
        }
        let rows = Rows { space: survey.space(), boxed: &table.rows };
        let above = hiding(survey, rows, at);
        let name = |row: &u32| ruleset.derive()[*row as usize].id.as_str();
        let names = above.map(|above| above.iter().map(name).collect::<Vec<_>>());
        findings.push(found(Table::Derive, &row.id, row.span, names.as_deref()));
    }
    findings
}

/// Rows of the tables that collect, whose condition holds in no state.
fn collected(survey: &Survey<'_>, findings: &mut Vec<Finding>, open: &mut Vec<(Table, String)>) {
    let ruleset = survey.ruleset;
    let stakeholder = ruleset.stakeholder().iter().map(|row| (&row.id, row.span));
    let risk = ruleset.risk().iter().map(|row| (&row.id, row.span));
    let action = ruleset.action().iter().map(|row| (&row.id, row.span));
    let question = ruleset.question().iter().map(|row| (&row.id, row.span));
    let milestone = ruleset.milestone().iter().map(|row| (&row.id, row.span));
    let named = stakeholder.chain(risk).chain(action).chain(question).chain(milestone);
    let collecting = |table: &Table| table.collects();
    let tables = conditions(ruleset).filter(|(table, _)| collecting(table));
    for ((table, when), (id, span)) in tables.zip(named) {
        let mut budget = survey.budget(Share::Question);
        let regions = ruleset.compiled().regions(ruleset.derive(), when);
        match regions.map(|regions| survey.happens(&regions, &mut budget)) {
            Ok(Ok(true)) => {}
            Ok(Ok(false)) => findings.push(
                Finding::new(Code::Unreachable, span, format!("the `{table}` row `{id}` holds in no state"))
                    .of(table, Some(id))
                    .help("what it tests never comes together; check its condition, or drop it"),
            ),
            _ => open.push((table, id.clone())),
        }
    }
}
