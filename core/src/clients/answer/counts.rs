//! Counts of rows, as each thread collects them.

use crate::ruleset::{FactId, RoleId, Value};
use std::collections::BTreeMap;

/// Counts of rows, as a run collects them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Counts {
    /// Records in the input, broken ones included.
    pub(crate) read: u64,
    /// Rows with an answer, invalid ones included.
    pub(crate) answered: u64,
    pub(crate) rejected: u64,
    pub(crate) statuses: BTreeMap<&'static str, u64>,
    pub(crate) owners: BTreeMap<RoleId, u64>,
    pub(crate) derived: BTreeMap<(FactId, Value), u64>,
    /// For each fact, how many rows have it as their best question, and how many of those its answer settles.
    pub(crate) plan: BTreeMap<FactId, (u64, u64)>,
}

impl Counts {
    /// Adds what another thread counted.
    pub(crate) fn add(&mut self, other: &Counts) {
        self.read += other.read;
        self.answered += other.answered;
        self.rejected += other.rejected;
        for (status, count) in &other.statuses {
            *self.statuses.entry(status).or_default() += count;
        }
        for (owner, count) in &other.owners {
            *self.owners.entry(*owner).or_default() += count;
        }
        for (value, count) in &other.derived {
            *self.derived.entry(*value).or_default() += count;
        }
        for (fact, (asked, settled)) in &other.plan {
            let sum = self.plan.entry(*fact).or_default();
            sum.0 += asked;
            sum.1 += settled;
        }
    }
}

/// A JSON value as people read it: a text without its quotes.
pub(crate) fn shown(value: serde_json::Value) -> String {
    match value {
        serde_json::Value::String(text) => text,
        other => other.to_string(),
    }
}
