//! Which rows known cases reach, and which they do not.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::ruleset::{Ruleset, Table};

/// What cases reach of a ruleset.
#[derive(Debug, Clone, Serialize)]
pub struct Coverage {
    /// All rows.
    pub rows: usize,
    /// Those that some case reaches.
    pub reached: usize,
    /// The part that is reached, in percent, rounded down to one decimal so that 100 means all.
    pub percent: f64,
    /// The same table by table.
    pub tables: Vec<TableCoverage>,
}

/// What cases reach of one table.
#[derive(Debug, Clone, Serialize)]
pub struct TableCoverage {
    /// The table.
    pub table: String,
    /// Its rows.
    pub rows: usize,
    /// Those that some case reaches.
    pub reached: usize,
    /// The ids of those that none does.
    pub missed: Vec<String>,
}

impl Coverage {
    /// What these rows are of a ruleset.
    pub fn new(ruleset: &Ruleset, fired: &BTreeSet<(Table, usize)>) -> Coverage {
        let mut tables = Vec::new();
        for table in Table::ALL {
            let ids = ids(ruleset, table);
            let missed: Vec<String> = ids
                .iter()
                .enumerate()
                .filter(|(at, _)| !fired.contains(&(table, *at)))
                .map(|(_, id)| (*id).to_owned())
                .collect();
            if !ids.is_empty() {
                let (rows, reached) = (ids.len(), ids.len() - missed.len());
                tables.push(TableCoverage { table: table.as_str().to_owned(), rows, reached, missed });
            }
        }
        let rows: usize = tables.iter().map(|table| table.rows).sum();
        let reached: usize = tables.iter().map(|table| table.reached).sum();
        let tenths = (reached * 1_000).checked_div(rows).unwrap_or(1_000);
        Coverage { rows, reached, percent: tenths as f64 / 10.0, tables }
    }
}

/// The rows that no case reaches.
pub fn missed(ruleset: &Ruleset, fired: &BTreeSet<(Table, usize)>) -> Vec<(Table, usize)> {
    let all =
        Table::ALL.into_iter().flat_map(|table| (0..ids(ruleset, table).len()).map(move |at| (table, at)));
    all.filter(|row| !fired.contains(row)).collect()
}

/// The ids of a table's rows, in order.
pub fn ids(ruleset: &Ruleset, table: Table) -> Vec<&str> {
    match table {
        Table::Derive => ruleset.derive().iter().map(|row| row.id.as_str()).collect(),
        Table::Owner => ruleset.owner().iter().map(|row| row.id.as_str()).collect(),
        Table::Contact => ruleset.contact().iter().map(|row| row.id.as_str()).collect(),
        Table::Typical => ruleset.typical().iter().map(|row| row.id.as_str()).collect(),
        Table::Stakeholder => ruleset.stakeholder().iter().map(|row| row.id.as_str()).collect(),
        Table::Risk => ruleset.risk().iter().map(|row| row.id.as_str()).collect(),
        Table::Action => ruleset.action().iter().map(|row| row.id.as_str()).collect(),
        Table::Question => ruleset.question().iter().map(|row| row.id.as_str()).collect(),
        Table::Milestone => ruleset.milestone().iter().map(|row| row.id.as_str()).collect(),
    }
}
