//! What a ruleset says, checked: the facts, the roles and the rows of each table.

use super::facts::Fact;
use super::roles::{People, Role, RoleId};
use super::tables::{Derivation, Involvement, Measure, Milestone, Row, Safeguard, Typical};
use super::value::FactId;

/// What a ruleset says, every name known and every test possible.
#[derive(Debug, Clone)]
pub struct Checked {
    /// The name, as in `extends`.
    pub name: String,
    /// The version, as in semantic versioning.
    pub version: semver::Version,
    /// One line saying what it decides.
    pub title: String,
    /// What the names of columns added to a client list begin with.
    pub prefix: String,
    /// Whether each state may fit one row of a table alone, as its author claims.
    pub overlap: Overlap,
    /// `blake3:` and the hash of the ruleset as used, what it extends included.
    pub digest: String,
    /// The facts in the order declared; a [`FactId`] is a place in this list.
    pub facts: Vec<Fact>,
    /// The roles in the order declared; a [`RoleId`] is a place in this list.
    pub roles: Vec<Role>,
    /// How job titles are read.
    pub people: People,
    /// What the decision map draws.
    pub map: Option<Map>,
    /// Column titles of client lists for what is no fact.
    pub columns: Columns,
    /// Rows that compute facts from facts, in order.
    pub derive: Vec<Row<Derivation>>,
    /// Rows that name the owner; the first that holds decides.
    pub owner: Vec<Row<RoleId>>,
    /// Rows that name the contact; the first that holds decides.
    pub contact: Vec<Row<RoleId>>,
    /// What to presume, applied in order.
    pub typical: Vec<Row<Typical>>,
    /// Who has a say.
    pub stakeholder: Vec<Row<Involvement>>,
    /// What could go wrong.
    pub risk: Vec<Row<Safeguard>>,
    /// What to do.
    pub action: Vec<Row<Measure>>,
    /// What to ask beyond the facts.
    pub question: Vec<Row<String>>,
    /// The dates of a project.
    pub milestone: Vec<Row<Milestone>>,
}

/// Whether several rows of a table may hold in one state.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Overlap {
    /// The first of them decides.
    #[default]
    Allowed,
    /// The author means each case to fit one row.
    Forbidden,
}

/// What the decision map draws.
#[derive(Debug, Clone)]
pub struct Map {
    /// The integer along the axis.
    pub axis: FactId,
    /// The facts whose combinations are the lanes.
    pub lanes: Vec<FactId>,
}

/// Column titles of client lists for what is no fact.
#[derive(Debug, Clone, Default)]
pub struct Columns {
    /// Titles of the organization's name.
    pub name: Vec<String>,
    /// Titles of a person's name.
    pub contact_name: Vec<String>,
    /// Titles of a person's job title.
    pub contact_title: Vec<String>,
    /// Titles of a person's e-mail address.
    pub contact_email: Vec<String>,
    /// Words that change nothing in the title of a fact's column.
    pub filler: Vec<String>,
}
