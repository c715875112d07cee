//! A ruleset: the facts, roles and tables that one TOML file declares.
//!
//! It is read in three steps, each a type of its own: the [`document`] as written and with what it extends, the
//! [`Ruleset`] in which every name and test has been checked, and the [`Compiled`] form that decides.

mod compile;
mod condition;
pub mod document;
mod embedded;
mod facts;
mod moment;
mod numbers;
mod read;
mod read_claims;
mod read_facts;
mod read_roles;
mod read_rows;
mod read_words;
mod roles;
mod schema;
mod tables;
mod words;
mod written;

use std::path::Path;
use std::sync::Arc;

pub use compile::{Compiled, DerivedTable};
pub use condition::{Condition, FactTest, Subject, Test};
pub use embedded::{BUILT_IN, built_in};
pub use facts::{Counted, Fact, FactId, Kind, NeverFalls, Value};
pub use moment::{Anchor, BadMoment, Moment};
pub use numbers::{Stretch, write as write_stretch};
pub use roles::{People, Role, RoleId};
pub use schema::schema;
pub use tables::{
    Basis, Derivation, Involvement, Measure, Milestone, Party, Presumption, Raci, Row, Safeguard, Table,
    Typical,
};
pub use words::{Clause, Clauses, Words};
pub use written::{write_extent, write_extent_within, write_names};

use crate::diagnostic::Problems;
use crate::source::Sources;

/// A checked ruleset, ready to decide.
#[derive(Debug, Clone)]
pub struct Ruleset {
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
    /// The texts it was read from.
    pub sources: Sources,
    /// The form that decides.
    pub compiled: Arc<Compiled>,
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

/// Why a ruleset could not be loaded.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// The file itself could not be read.
    #[error("cannot read {path}: {source}")]
    Unreadable {
        /// The path as given.
        path: String,
        /// What the system said.
        source: std::io::Error,
    },
    /// It was read, and is wrong.
    #[error(transparent)]
    Wrong(#[from] Problems),
}

impl Ruleset {
    /// The ruleset embedded in the program.
    ///
    /// # Errors
    /// When the embedded text is wrong, which the tests rule out.
    pub fn embedded() -> Result<Ruleset, Problems> {
        let (name, text) = BUILT_IN[0];
        Self::from_toml(name, text)
    }

    /// Reads a ruleset from a text; `name` stands in messages, and what it extends is looked for beside it.
    ///
    /// # Errors
    /// Every mistake in it.
    pub fn from_toml(name: &str, text: &str) -> Result<Ruleset, Problems> {
        read::read(document::Document::load(name, text))
    }

    /// Reads a ruleset from a file.
    ///
    /// # Errors
    /// When the file cannot be read or is no UTF-8, or every mistake in it.
    pub fn from_file(path: &Path) -> Result<Ruleset, LoadError> {
        let name = path.display().to_string();
        let text = std::fs::read_to_string(path)
            .map_err(|source| LoadError::Unreadable { path: name.clone(), source })?;
        Ok(Self::from_toml(&name, &text)?)
    }

    /// The fact of this name.
    pub fn fact_named(&self, name: &str) -> Option<FactId> {
        self.facts.iter().position(|fact| fact.name == name).map(FactId)
    }

    /// The role of this id.
    pub fn role_named(&self, id: &str) -> Option<RoleId> {
        self.roles.iter().position(|role| role.id == id).map(RoleId)
    }

    /// A fact.
    pub fn fact(&self, id: FactId) -> &Fact {
        &self.facts[id.0]
    }

    /// A role.
    pub fn role(&self, id: RoleId) -> &Role {
        &self.roles[id.0]
    }
}
