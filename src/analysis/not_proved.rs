//! `not-proved`: what could not be settled within the steps allowed.

use super::finding::Finding;
use super::survey::Survey;
use crate::diagnostic::Code;
use crate::ruleset::Table;
use crate::source::{SourceId, Span};

/// Rows named in a message; more are counted.
const NAMED: usize = 6;

/// What was not settled: rows that may decide nowhere, or be missed by nobody, and
/// claims of the author.
pub fn check(
    survey: &Survey<'_>,
    unreachable: &[(Table, String)],
    redundant: &[(Table, String)],
    overlap: &[Table],
    never_falls: &[String],
) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut add = |table: Option<Table>, message: String| {
        let finding = Finding::new(Code::NotProved, place(survey, table), message);
        findings.push(match table {
            Some(table) => finding.of(table, None),
            None => finding,
        });
    };
    if !survey.complete {
        for decisive in [&survey.owner, &survey.contact] {
            if decisive.uncovered.is_none() {
                let found = match decisive.holes.is_empty() {
                    true => "",
                    false => ", beyond the holes shown",
                };
                add(
                    Some(decisive.table),
                    format!(
                        "not proved within {} steps: that every state is covered by `{}`{found}",
                        survey.effort.steps / 2,
                        decisive.table
                    ),
                );
            }
        }
        if !survey.accountability.is_always_the_owner(survey.space()) {
            add(
                Some(Table::Stakeholder),
                format!(
                    "not proved within {} steps: that exactly one role is accountable in every state",
                    survey.effort.steps / 2
                ),
            );
        }
    }
    for (rows, what) in [(unreachable, "decide in some state"), (redundant, "are needed")] {
        for table in Table::ALL {
            let ids: Vec<&str> =
                rows.iter().filter(|(of, _)| *of == table).map(|(_, id)| id.as_str()).collect();
            if !ids.is_empty() {
                add(Some(table), format!("not proved: that these rows of `{table}` {what}: {}", named(&ids)));
            }
        }
    }
    findings.extend(claims(survey, overlap, never_falls));
    if let Some(first) = findings.first_mut() {
        // Said once: it is the same for all of them.
        first.help.push(
            "the rows overlap too much to try every state; make their conditions narrower, or split the table"
                .to_owned(),
        );
    }
    findings
}

/// Claims of the author that were not settled.
fn claims(survey: &Survey<'_>, overlap: &[Table], never_falls: &[String]) -> Vec<Finding> {
    let overlap = overlap.iter().map(|table| {
        let message = format!("not proved: that no two rows of `{table}` hold in one state");
        Finding::new(Code::NotProved, place(survey, Some(*table)), message).of(*table, None)
    });
    let never_falls = never_falls.iter().map(|fact| {
        let message = format!("not proved: that `{fact}` never falls");
        Finding::new(Code::NotProved, place(survey, Some(Table::Derive)), message)
    });
    overlap.chain(never_falls).collect()
}

fn named(ids: &[&str]) -> String {
    let shown = ids[..ids.len().min(NAMED)].join("`, `");
    match ids.len().checked_sub(NAMED) {
        Some(more) if more > 0 => format!("`{shown}` and {more} more"),
        _ => format!("`{shown}`"),
    }
}

fn place(survey: &Survey<'_>, table: Option<Table>) -> Span {
    let ruleset = survey.ruleset;
    let first = match table {
        Some(Table::Derive) => ruleset.derive().first().map(|row| row.span),
        Some(Table::Contact) => ruleset.contact().first().map(|row| row.span),
        Some(Table::Stakeholder) => ruleset.stakeholder().first().map(|row| row.span),
        _ => None,
    };
    first.or(ruleset.owner().first().map(|row| row.span)).unwrap_or(Span::new(SourceId::FIRST, 0..0))
}
