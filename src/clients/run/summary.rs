//! What a run comes to.

use crate::clients::answer::{Counts, shown};
use crate::clients::open::Detected;
use crate::clients::read::Mended;
use crate::clients::write::Reason;
use crate::ruleset::Ruleset;
use serde::Serialize;
use std::collections::BTreeMap;
use std::time::Duration;

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
    /// What was found out about the list.
    pub detected: Detected,
    /// Records that were mended.
    pub mended: Mended,
    /// Why records were rejected, the commonest reason first.
    pub reject_reasons: Vec<Reason>,
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
    pub(crate) fn new(ruleset: &Ruleset, counts: &Counts, took: Duration) -> Self {
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
        let version = ruleset.version().to_string();
        Summary {
            schema_version: 1,
            ruleset: Decided {
                name: ruleset.name().to_owned(),
                version,
                digest: ruleset.digest().to_owned(),
            },
            rows: counts.read,
            answers: counts.answered,
            rejects: counts.rejected,
            statuses: counts.statuses.clone(),
            owners,
            derived,
            questions,
            detected: Detected::default(),
            mended: Mended::default(),
            reject_reasons: Vec::new(),
            seconds: took.as_secs_f64(),
        }
    }

    /// How many rows have a status.
    #[must_use]
    pub fn count(&self, status: &str) -> u64 {
        self.statuses.get(status).copied().unwrap_or(0)
    }
}
