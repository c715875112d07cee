//! What is asked of the export to SQL, and why it may refuse.

use super::dialect::Dialect;
use crate::export::diagram::NoDiagram;
use crate::export::reading::Mapping;

/// More bytes than this are not written: databases take no longer statements.
pub(super) const LONGEST: usize = 1_000_000;

/// What makes a statement shorter.
const LEAVE_OUT: &str =
    "leave out facts that no column gives (`--map FACT=`), give a number by one column instead of two";

/// What is asked for.
#[derive(Debug, Clone)]
pub struct Request {
    /// The database.
    pub dialect: Dialect,
    /// The table's name.
    pub table: String,
    /// The columns that give facts.
    pub mapping: Mapping,
    /// The answers, by name; without any, the usual ones.
    pub columns: Option<Vec<String>>,
    /// What their names begin with; without it, what the ruleset says.
    pub prefix: Option<String>,
}

/// Why there is no statement.
#[derive(Debug, thiserror::Error)]
pub enum NotExported {
    /// The rules are too entangled.
    #[error(
        "the rules are too entangled for one statement: {0}; {LEAVE_OUT}, or send the rows through `whoowns batch`"
    )]
    NoDiagram(NoDiagram),
    /// It would be too long.
    #[error(
        "the rules are too entangled for one statement: it would be {0} bytes long, and databases take at most {LONGEST}; {LEAVE_OUT}, or send the rows through `whoowns batch`"
    )]
    TooLong(usize),
    /// The ruleset has no owner row.
    #[error("`{0}` has no `[[owner]]` row, so that every answer would be `unmatched`: add one")]
    NoOwners(String),
    /// No column gives a fact.
    #[error("no column gives a fact that decides: map one with `--map FACT=COLUMN`")]
    NothingRead,
    /// The table's name is none.
    #[error(
        "`{0}` names no table: expected a name, or several with points between them; one with a point in it stands in double quotes"
    )]
    NoTable(String),
    /// A name that no statement can hold.
    #[error("the name `{name}` {why}")]
    NoName {
        /// The name.
        name: String,
        /// Why.
        why: &'static str,
    },
    /// A text of the ruleset has a NUL in it.
    #[error("an id or a value of the ruleset holds a NUL (`\\u0000`), which no database takes: take it out")]
    Nul,
    /// A column that is no answer.
    #[error("`{name}` is no answer{hint}")]
    UnknownColumn {
        /// What was asked for.
        name: String,
        /// A name that is near, or all there are, as a part of the sentence.
        hint: String,
    },
    /// An answer that is called as a column that gives a fact.
    #[error("`{0}` gives a fact and would be an answer as well: call the answers otherwise with `--prefix`")]
    Taken(String),
    /// An answer asked for twice.
    #[error("`{0}` is asked for twice")]
    Twice(String),
}
