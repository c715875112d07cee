//! `overlap`: two rows that hold in one state, where the author claims that each state fits one row alone.

use std::ops::ControlFlow;

use super::effort::Share;
use super::finding::Finding;
use super::survey::{Survey, all};
use super::uncovered::full;
use crate::diagnostic::Code;
use crate::ruleset::{Overlap, Table};
use crate::source::Span;
use crate::space::cells::{Budget, Rows, search};
use crate::space::{Boxed, OutOfBudget, Region};

/// Pairs said of one table; the rest is counted.
const SHOWN: usize = 1_000;

/// A table with the id and the place of each row, and the states of the rows.
type NamedRows<'a> = (Table, &'a [(&'a str, Span)], Rows<'a>);

/// Pairs of rows of the tables of which the first row that holds decides; and the tables that were not settled.
pub fn check(survey: &Survey<'_>) -> (Vec<Finding>, Vec<Table>) {
    let ruleset = survey.ruleset;
    let (mut findings, mut open) = (Vec::new(), Vec::new());
    if ruleset.overlap() == Overlap::Allowed {
        return (findings, open);
    }
    let derive: Vec<(&str, Span)> = ruleset.derive().iter().map(|row| (row.id.as_str(), row.span)).collect();
    let owner: Vec<(&str, Span)> = ruleset.owner().iter().map(|row| (row.id.as_str(), row.span)).collect();
    let contact: Vec<(&str, Span)> =
        ruleset.contact().iter().map(|row| (row.id.as_str(), row.span)).collect();
    let mut tables: Vec<NamedRows<'_>> = Vec::new();
    for table in &ruleset.compiled().derived {
        tables.push((Table::Derive, &derive, Rows { space: survey.space(), boxed: &table.rows }));
    }
    tables.push((Table::Owner, &owner, survey.owner_rows()));
    tables.push((Table::Contact, &contact, survey.contact_rows()));
    for (table, names, rows) in tables {
        let mut budget = survey.budget(Share::Question);
        if pairs(survey, table, names, rows, &mut budget, &mut findings).is_err() {
            open.push(table);
        }
    }
    (findings, open)
}

fn pairs(
    survey: &Survey<'_>,
    table: Table,
    names: &[(&str, Span)],
    rows: Rows<'_>,
    budget: &mut Budget,
    findings: &mut Vec<Finding>,
) -> Result<(), OutOfBudget> {
    let mut last = None;
    let mut shown = 0;
    for (at, second) in rows.boxed.iter().enumerate() {
        budget.spend(1 + (at / 64) as u64)?;
        for first in &rows.boxed[..at] {
            let pair = (first.row, second.row);
            if first.row == second.row || last == Some(pair) || shown == SHOWN {
                continue;
            }
            let Some(state) = common(survey, table, first, second, budget)? else { continue };
            last = Some(pair);
            let (above, below) = (names[first.row as usize].0, names[second.row as usize]);
            let message = format!("the `{table}` rows `{above}` and `{}` hold in one state", below.0);
            if findings.iter().any(|known: &Finding| known.message == message) {
                continue;
            }
            shown += 1;
            let point = survey.vocabulary().point(&state);
            findings.push(
                Finding::new(Code::Overlap, below.1, message)
                    .of(table, Some(below.0))
                    .witness(full(survey, &point))
                    .help("`overlap = \"forbidden\"` claims that each state fits one row; make one of them narrower"),
            );
        }
    }
    Ok(())
}

/// A state in which both rows hold; of contact rows, one in which the owner is so.
fn common(
    survey: &Survey<'_>,
    table: Table,
    first: &Boxed,
    second: &Boxed,
    budget: &mut Budget,
) -> Result<Option<Region>, OutOfBudget> {
    let Some(both) = first.region.meet(&second.region) else { return Ok(None) };
    let compiled = &survey.ruleset.compiled();
    let axis = compiled.owner_axis();
    let (owners, live) = (survey.owner_rows(), all(survey.owner_rows()));
    for region in survey.space().settle(both) {
        if table != Table::Contact || region.on(axis) == survey.space().axes[axis].all() {
            return Ok(Some(region));
        }
        let wanted = region.on(axis);
        let mut found = None;
        let free = region.with(axis, survey.space().axes[axis].all());
        let _ = search(owners, &live, &free, budget, &mut |cell, row| {
            let owner = row.map(|row| survey.ruleset.owner()[row as usize].then);
            match wanted.holds(compiled.role_atom(owner)) {
                true => {
                    found = Some(cell.clone());
                    ControlFlow::Break(())
                }
                false => ControlFlow::Continue(()),
            }
        })?;
        if found.is_some() {
            return Ok(found);
        }
    }
    Ok(None)
}
