//! All that was found in one ruleset.

use super::count::Count;
use super::finding::Finding;
use crate::ruleset::Table;
use crate::source::Sources;

/// What the checks found.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// The findings, by place.
    pub findings: Vec<Finding>,
    /// The tables in which every state should be covered.
    pub tables: Vec<TableCount>,
    /// The texts the findings stand in.
    pub sources: Sources,
}

/// How much of a table is covered.
#[derive(Debug, Clone)]
pub struct TableCount {
    /// The table.
    pub table: Table,
    /// Its rows.
    pub rows: usize,
    /// How many assignments of the facts that some row tests there are; `None` where that was not settled.
    pub states: Option<Count>,
    /// How many of them no row covers; for contacts, of those with an owner.
    pub uncovered: Option<Count>,
}
