//! What a run comes to.

use crate::ruleset::{FactId, RoleId, Ruleset, Value};
use serde::Serialize;
use std::collections::BTreeMap;
use std::time::Duration;

/// Counts of rows, as a run collects them.
#[derive(Clone, Debug, Default)]
pub(super) struct Counts {
    /// Records in the input, broken ones included.
    pub(super) read: u64,
    /// Rows with an answer, invalid ones included.
    pub(super) answered: u64,
    pub(super) rejected: u64,
    pub(super) statuses: BTreeMap<&'static str, u64>,
    pub(super) owners: BTreeMap<RoleId, u64>,
    pub(super) derived: BTreeMap<(FactId, Value), u64>,
    /// For each fact, how many rows have it as their best question, and how many of those its answer settles.
    pub(super) plan: BTreeMap<FactId, (u64, u64)>,
}

impl Counts {
    /// Adds what another thread counted.
    pub(super) fn add(&mut self, other: &Counts) {
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

/// What a run comes to. As JSON, keys are only ever added within a `schema_version`.
#[derive(Clone, Debug, Serialize)]
pub struct Summary {
    /// The version of this shape.
    pub schema_version: u32,
    /// What decided.
    pub ruleset: Decided,
    /// Records in the input: answers and rejects.
    pub rows: u64,
    /// Rows with an answer, invalid ones included.
    pub answers: u64,
    /// Broken records.
    pub rejects: u64,
    /// Rows by status, those that occur.
    pub statuses: BTreeMap<&'static str, u64>,
    /// Rows by the role that owns.
    pub owners: Vec<Count>,
    /// Rows by the value of each derived fact.
    pub derived: BTreeMap<String, BTreeMap<String, u64>>,
    /// What to ask first, the most telling question first.
    pub questions: Vec<Planned>,
    /// How long it took, in seconds.
    pub seconds: f64,
}

/// The ruleset that decided.
#[derive(Clone, Debug, Serialize)]
pub struct Decided {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// The digest of it as used.
    pub digest: String,
}

/// A role and how many rows it owns.
#[derive(Clone, Debug, Serialize)]
pub struct Count {
    /// The id of the role.
    pub role: String,
    /// Its title.
    pub title: String,
    /// How many rows.
    pub rows: u64,
}

/// A question and how far it goes.
#[derive(Clone, Debug, Serialize)]
pub struct Planned {
    /// The fact.
    pub fact: String,
    /// The question that asks for it.
    pub question: String,
    /// How many rows not yet decided have it as their best question.
    pub rows: u64,
    /// How many of those its answer is sure to settle.
    pub settles: u64,
}

impl Summary {
    pub(super) fn new(ruleset: &Ruleset, counts: &Counts, took: Duration) -> Self {
        let mut owners: Vec<Count> = counts
            .owners
            .iter()
            .map(|(role, rows)| {
                let role = ruleset.role(*role);
                Count { role: role.id.clone(), title: role.title.clone(), rows: *rows }
            })
            .collect();
        owners.sort_by_key(|count| std::cmp::Reverse(count.rows));
        let mut derived: BTreeMap<String, BTreeMap<String, u64>> = BTreeMap::new();
        for ((fact, value), rows) in &counts.derived {
            let fact = ruleset.fact(*fact);
            derived.entry(fact.name.clone()).or_default().insert(shown(value.to_json(fact)), *rows);
        }
        let mut questions: Vec<Planned> = counts
            .plan
            .iter()
            .map(|(fact, (rows, settles))| {
                let fact = ruleset.fact(*fact);
                let question = fact.ask.clone().unwrap_or_default();
                Planned { fact: fact.name.clone(), question, rows: *rows, settles: *settles }
            })
            .collect();
        questions.sort_by_key(|planned| std::cmp::Reverse(planned.rows));
        let version = ruleset.version.to_string();
        Summary {
            schema_version: 1,
            ruleset: Decided { name: ruleset.name.clone(), version, digest: ruleset.digest.clone() },
            rows: counts.read,
            answers: counts.answered,
            rejects: counts.rejected,
            statuses: counts.statuses.clone(),
            owners,
            derived,
            questions,
            seconds: took.as_secs_f64(),
        }
    }

    /// How many rows have a status.
    #[must_use]
    pub fn count(&self, status: &str) -> u64 {
        self.statuses.get(status).copied().unwrap_or(0)
    }
}

/// A JSON value as people read it: a text without its quotes.
pub(super) fn shown(value: serde_json::Value) -> String {
    match value {
        serde_json::Value::String(text) => text,
        other => other.to_string(),
    }
}
