//! Where rows go, in the order of the list: a text, a workbook, a page, a comparison.

use crate::clients::error::ListError;
use crate::ruleset::{FactId, RoleId};

/// Takes what the threads have made of the rows of a block.
pub(crate) trait Sink<Rows>: Send {
    /// Takes rows, and leaves `rows` empty for the next.
    ///
    /// # Errors
    /// If they cannot be written.
    fn take(&mut self, rows: &mut Rows) -> Result<(), ListError>;
}

/// A row with its answer, as a page shows it.
#[derive(Clone, Debug)]
pub struct AnsweredRow {
    /// The organization's name, or what stands in the first column.
    pub name: String,
    /// The status, `invalid` among them.
    pub status: &'static str,
    /// The role that owns.
    pub owner: Option<RoleId>,
    /// The contact's role.
    pub contact: Option<RoleId>,
    /// How sure the answer is; empty where there is none.
    pub confidence: &'static str,
    /// The fact that is best asked for.
    pub ask: Option<FactId>,
    /// Whether every answer to that settles the matter.
    pub settles: bool,
    /// Whether something of the row's own is noted: a cell that was repaired, or that says otherwise than another.
    pub has_remarks: bool,
    /// The least and the most of the number along the ruleset's map, where the row says something of it; [`NO_END`](crate::space::NO_END) is no
    /// end.
    pub numbers: Option<(i128, i128)>,
    /// What was presumed, repaired or wrong.
    pub note: String,
}

/// Takes the answered rows of a list, in its order.
pub trait RowSink: Send {
    /// How many rows it takes; those after them are not given to it.
    fn most(&self) -> usize;
    /// Takes the next rows, and leaves `rows` empty.
    fn take(&mut self, rows: &mut Vec<AnsweredRow>);
}

/// What one ruleset says of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RowOutcome {
    /// The status, `invalid` among them.
    pub status: &'static str,
    /// The role that owns, in the ruleset that decided.
    pub owner: Option<RoleId>,
    /// The contact's role, in the ruleset that decided.
    pub contact: Option<RoleId>,
}

/// A row of which two rulesets say different things.
#[derive(Clone, Debug)]
pub struct Change {
    /// Its place among the rows answered, from 1.
    pub row: u64,
    /// The organization's name, where the list has a column for it.
    pub name: Option<String>,
    /// What the old ruleset says.
    pub from: RowOutcome,
    /// What the new one says.
    pub to: RowOutcome,
}
