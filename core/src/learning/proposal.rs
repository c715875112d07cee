//! What is learned: rows to propose, and why there are no more.

use serde_json::{Map, Value as Json};

use super::families::{Family, Tries};
use super::sign_test::Chance;
use crate::decision::TooEntangled;
use crate::diagnostic::Diagnostic;
use crate::ruleset::{FactId, RoleId, Row, Ruleset};

/// How to learn.
#[derive(Debug, Clone, Copy)]
pub struct Effort {
    /// The most rows to propose.
    pub rows: usize,
    /// The most facts that a row may test.
    pub tests: usize,
    /// What the corrected chance of a row must be below.
    pub chance: f64,
    /// How many rows of the list may be looked at in one search.
    pub steps: u64,
    /// How many threads work; what is found does not hang on it.
    pub threads: usize,
}

impl Default for Effort {
    fn default() -> Self {
        Effort { rows: 3, tests: 3, chance: 0.05, steps: 20_000_000_000, threads: 1 }
    }
}

/// Why no more rows are proposed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ended {
    /// As many were found as were asked for.
    Enough,
    /// No condition turns more rows right than wrong.
    NothingBetter,
    /// So few rows say who owned that chance alone could explain whatever was found.
    TooFew {
        /// How many would have to change.
        needed: u64,
    },
    /// All rows have the same owner, so that there is nothing to tell apart.
    OneOwner(RoleId),
    /// The best row left could be chance.
    Chance(Box<Proposal>),
    /// The best row left does not hold for rows that it was not learned from.
    NotShown(Box<Proposal>),
    /// The best row left makes an error that `rules check` finds.
    Error(Box<Proposal>, String),
}

/// A row that changes the answer to rows of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Example {
    /// The name of the organization; empty where the list has none.
    pub name: String,
    /// Who owned, by the rules without the row.
    pub before: Option<RoleId>,
    /// Who owns by the rules with it.
    pub after: Option<RoleId>,
    /// Who really owned, where that is a role.
    pub actual: Option<RoleId>,
}

/// Rows of the list that become right, or wrong.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changed {
    /// How many.
    pub rows: u64,
    /// How many of them have no owner before or after.
    pub open: u64,
    /// The first by name.
    pub examples: Vec<Example>,
}

/// An owner row to stand before the others.
#[derive(Debug, Clone)]
pub struct Proposal {
    /// The row.
    pub row: Row<RoleId>,
    /// Its condition, as TOML writes it.
    pub when: Map<String, Json>,
    /// Rows that become right less those that become wrong, as the search counted them.
    pub net: i64,
    /// Rows that become right.
    pub fixes: Changed,
    /// Rows that become wrong.
    pub breaks: Changed,
    /// The chance that this is chance, corrected for the conditions tried. Rows that have no owner before or after are no
    /// proof.
    pub chance: Chance,
    /// Which conditions it was corrected for.
    pub family: Family,
    /// Whether that is little enough.
    pub is_shown: bool,
    /// What it gains, net, in rows that it was not learned from; nothing where that was not asked.
    pub validated: Option<i64>,
    /// Whether no condition turns more rows right, net; if not, those that do may be chance, and it is the best of those
    /// that are not.
    pub is_best: bool,
    /// Whether all conditions were searched.
    pub is_exhaustive: bool,
    /// The ruleset with it.
    pub ruleset: Ruleset,
}

impl PartialEq for Proposal {
    fn eq(&self, other: &Self) -> bool {
        (&self.row.id, &self.when, self.row.then) == (&other.row.id, &other.when, other.row.then)
    }
}

impl Eq for Proposal {}

/// What was learned.
#[derive(Debug, Clone)]
pub struct Learned {
    /// The rows, in the order in which they were found: each is to stand before those found earlier.
    pub proposals: Vec<Proposal>,
    /// Why there are no more.
    pub ended: Ended,
    /// How many conditions and roles were tried for each.
    pub tries: Tries,
    /// The facts that conditions could test.
    pub facts: Vec<FactId>,
    /// Rows that say who owned and can be decided.
    pub rows: u64,
    /// How many of them are right by the rules in use.
    pub right: u64,
    /// Rows that say the same as others with another owner, beyond those of the commonest one: no rules get these right.
    pub contradictory: u64,
    /// Rows of which presuming weighs several bands that depend on each other: no change of them was counted.
    pub unmoved: u64,
}

/// Why nothing could be learned.
#[derive(Debug, thiserror::Error)]
pub enum NotLearned {
    /// The rules are too entangled.
    #[error(transparent)]
    Entangled(#[from] TooEntangled),
    /// A row more makes the rules too entangled.
    #[error("with one row more the rules are too entangled to decide")]
    TooMuch(Box<Diagnostic>),
}
