//! A row that is offered for a hole.

use super::gaps::Gap;
use crate::ruleset::{FactId, Table};
use crate::source::Span;
use crate::space::Region;

/// A hole, with the row that is offered for it and those that must come with it.
pub struct Offer {
    /// The table of the row.
    pub table: Table,
    /// The derived fact that misses a value.
    pub fact: Option<FactId>,
    /// What the row takes in.
    pub gap: Gap,
    /// A hole of the ruleset as it is.
    pub hole: Region,
    /// The nearest row that the author wrote: its id and its place.
    pub nearest: Option<(String, Span)>,
    /// The rows in TOML.
    pub rows: String,
    /// How many holes more there are in the table that are not shown.
    pub more: usize,
}
