//! A ruleset: the facts, roles and tables that one TOML file declares.
//!
//! It is read in three steps, each a type of its own: the [`document`] as written and with what it extends, [`Checked`]
//! in which every name and test is known, and the [`Compiled`] form that decides. A [`Ruleset`] is the last two as one
//! value: it is made whole or not at all, and never changes.
#![allow(
    clippy::indexing_slicing,
    reason = "a name has become a place in the ruleset once and for all when it was read"
)]

mod checked;
mod compile;
mod compiled_typical;
mod condition;
pub mod document;
mod embedded;
mod facts;
mod moment;
mod nearly;
mod numbers;
mod read;
mod roles;
mod tables;
mod value;
mod words;
mod written;

#[cfg(test)]
mod tests;

use std::path::Path;
use std::sync::{Arc, OnceLock};

pub use checked::{Checked, Columns, Map, Overlap};
pub use compile::{Compiled, DerivedTable, TooMany};
pub use compiled_typical::{CompiledTest, CompiledTypical};
pub use condition::{Condition, FactTest, Subject, Test};
pub use embedded::{BUILT_IN, built_in};
pub use facts::{Counted, Fact, NeverFalls};
pub use moment::{Anchor, BadMoment, Moment};
pub use numbers::{Stretch, write as write_stretch};
pub use roles::{People, Role, RoleId};
pub use tables::{
    Basis, Derivation, Involvement, Measure, Milestone, Party, Presumption, Raci, Row, Safeguard, Table,
    Typical, fresh_ids,
};
pub use value::{FactId, Kind, Value};
pub use words::{Clause, Clauses, Words};
pub use written::{write_extent, write_names, write_test};

use crate::diagnostic::{Diagnostic, Problems};
use crate::source::Sources;

/// A ruleset, ready to decide: what it says, and the form that decides compiled from that, which never part.
#[derive(Debug, Clone)]
pub struct Ruleset {
    checked: Checked,
    compiled: Arc<Compiled>,
    /// Compiled once a profile asks for it: most rulesets that are made to prove something never are.
    typical: Arc<OnceLock<Vec<CompiledTypical>>>,
    sources: Sources,
    notes: Vec<Diagnostic>,
}

/// Why a ruleset could not be loaded.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// The file itself could not be read.
    #[error("cannot read {path}")]
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
        let read::Read { checked, sources, notes } = read::read(document::Document::load(name, text))?;
        match Compiled::new(&checked) {
            Ok(compiled) => Ok(Ruleset::new(checked, compiled, sources, notes)),
            Err(problem) => Err(Problems::new(sources, vec![problem])),
        }
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

    /// The same ruleset with something in it changed, compiled anew: without a row, or with another threshold.
    ///
    /// # Errors
    /// When what comes of it is too entangled to be compiled within the limits.
    pub fn changed(&self, change: impl FnOnce(&mut Checked)) -> Result<Ruleset, Diagnostic> {
        let mut checked = self.checked.clone();
        change(&mut checked);
        let compiled = Compiled::new(&checked)?;
        Ok(Ruleset::new(checked, compiled, self.sources.clone(), self.notes.clone()))
    }

    fn new(checked: Checked, compiled: Compiled, sources: Sources, notes: Vec<Diagnostic>) -> Ruleset {
        Ruleset { checked, compiled: Arc::new(compiled), typical: Arc::default(), sources, notes }
    }

    /// What it says, as one value.
    pub fn checked(&self) -> &Checked {
        &self.checked
    }

    /// The name, as in `extends`.
    pub fn name(&self) -> &str {
        &self.checked.name
    }

    /// The version, as in semantic versioning.
    pub fn version(&self) -> &semver::Version {
        &self.checked.version
    }

    /// One line saying what it decides.
    pub fn title(&self) -> &str {
        &self.checked.title
    }

    /// What the names of columns added to a client list begin with.
    pub fn prefix(&self) -> &str {
        &self.checked.prefix
    }

    /// Whether each state may fit one row of a table alone, as its author claims.
    pub fn overlap(&self) -> Overlap {
        self.checked.overlap
    }

    /// `blake3:` and the hash of the ruleset as used, what it extends included.
    pub fn digest(&self) -> &str {
        &self.checked.digest
    }

    /// The facts in the order declared; a [`FactId`] is a place in this list.
    pub fn facts(&self) -> &[Fact] {
        &self.checked.facts
    }

    /// The roles in the order declared; a [`RoleId`] is a place in this list.
    pub fn roles(&self) -> &[Role] {
        &self.checked.roles
    }

    /// How job titles are read.
    pub fn people(&self) -> &People {
        &self.checked.people
    }

    /// What the decision map draws.
    pub fn map(&self) -> Option<&Map> {
        self.checked.map.as_ref()
    }

    /// Column titles of client lists for what is no fact.
    pub fn columns(&self) -> &Columns {
        &self.checked.columns
    }

    /// Rows that compute facts from facts, in order.
    pub fn derive(&self) -> &[Row<Derivation>] {
        &self.checked.derive
    }

    /// Rows that name the owner; the first that holds decides.
    pub fn owner(&self) -> &[Row<RoleId>] {
        &self.checked.owner
    }

    /// Rows that name the contact; the first that holds decides.
    pub fn contact(&self) -> &[Row<RoleId>] {
        &self.checked.contact
    }

    /// What to presume, applied in order.
    pub fn typical(&self) -> &[Row<Typical>] {
        &self.checked.typical
    }

    /// Who has a say.
    pub fn stakeholder(&self) -> &[Row<Involvement>] {
        &self.checked.stakeholder
    }

    /// What could go wrong.
    pub fn risk(&self) -> &[Row<Safeguard>] {
        &self.checked.risk
    }

    /// What to do.
    pub fn action(&self) -> &[Row<Measure>] {
        &self.checked.action
    }

    /// What to ask beyond the facts.
    pub fn question(&self) -> &[Row<String>] {
        &self.checked.question
    }

    /// The dates of a project.
    pub fn milestone(&self) -> &[Row<Milestone>] {
        &self.checked.milestone
    }

    /// What its author should know of it, though it can be used: what fell away because a file narrows its base.
    pub fn notes(&self) -> &[Diagnostic] {
        &self.notes
    }

    /// The texts it was read from.
    pub fn sources(&self) -> &Sources {
        &self.sources
    }

    /// The form that decides.
    pub fn compiled(&self) -> &Compiled {
        &self.compiled
    }

    /// The typical rows in the form that decides, in the order written.
    pub fn compiled_typical(&self) -> &[CompiledTypical] {
        let Checked { typical, derive, .. } = &self.checked;
        let rows = || typical.iter().map(|row| CompiledTypical::new(&self.compiled, derive, row)).collect();
        self.typical.get_or_init(rows)
    }

    /// The fact of this name.
    pub fn fact_named(&self, name: &str) -> Option<FactId> {
        self.checked.facts.iter().position(|fact| fact.name == name).map(FactId)
    }

    /// The role of this id.
    pub fn role_named(&self, id: &str) -> Option<RoleId> {
        self.checked.roles.iter().position(|role| role.id == id).map(RoleId)
    }

    /// A fact.
    pub fn fact(&self, id: FactId) -> &Fact {
        &self.checked.facts[id.0]
    }

    /// A role.
    pub fn role(&self, id: RoleId) -> &Role {
        &self.checked.roles[id.0]
    }
}
