//! What a run comes to.

use crate::clients::answer::{Actuals, Counts, shown};
use crate::clients::earlier::Changes;
use crate::clients::open::Detected;
use crate::clients::read::Mended;
use crate::clients::write::Reason;
use crate::ruleset::Ruleset;
use crate::sentences;
use serde::Serialize;
use std::collections::BTreeMap;
use std::time::Duration;

/// What a run comes to. As JSON, keys are only ever added within a `schema_version`.
#[derive(Clone, Debug, Default, Serialize)]
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
    /// What has changed since an earlier output, where one was given.
    pub changes: Option<Changes>,
    /// Who really had the roles, where the list was asked for it.
    #[serde(skip)]
    pub actuals: Option<Actuals>,
    /// Where several lists were answered, the summary of each.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub lists: Vec<ListSummary>,
    /// Those of several lists that could not be answered, and why.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub failed: Vec<FailedList>,
    /// How long it took, in seconds.
    pub seconds: f64,
}

/// The ruleset that decided.
#[derive(Clone, Debug, Default, Serialize)]
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

/// One of several lists.
#[derive(Clone, Debug, Serialize)]
pub struct ListSummary {
    /// Its file.
    pub list: String,
    /// What it came to.
    pub summary: Summary,
}

/// One of several lists, which could not be answered.
#[derive(Clone, Debug, Serialize)]
pub struct FailedList {
    /// Its file.
    pub list: String,
    /// Why not.
    pub error: String,
}

impl Summary {
    /// The summary of several lists together, or of the only one.
    ///
    /// What was found out about a list stands with the list where there are several.
    #[must_use]
    pub fn total(mut lists: Vec<(String, Summary)>) -> Summary {
        if lists.len() == 1 {
            return lists.remove(0).1;
        }
        let mut all = lists.iter().map(|(_, summary)| summary.clone());
        let Some(mut total) = all.next() else { return Summary::default() };
        total.detected = Detected::default();
        all.for_each(|summary| total.add(summary));
        total.owners.sort_by_key(|count| std::cmp::Reverse(count.rows));
        total.questions.sort_by_key(|planned| std::cmp::Reverse(planned.rows));
        total.reject_reasons.sort_by_key(|reason| std::cmp::Reverse(reason.records));
        total.lists = lists.into_iter().map(|(list, summary)| ListSummary { list, summary }).collect();
        total
    }

    fn add(&mut self, other: Summary) {
        self.rows += other.rows;
        self.answers += other.answers;
        self.rejects += other.rejects;
        self.seconds += other.seconds;
        self.mended.add(other.mended);
        for (status, rows) in other.statuses {
            *self.statuses.entry(status).or_default() += rows;
        }
        for (fact, values) in other.derived {
            let sums = self.derived.entry(fact).or_default();
            values.into_iter().for_each(|(value, rows)| *sums.entry(value).or_default() += rows);
        }
        for count in other.owners {
            match self.owners.iter_mut().find(|own| own.role == count.role) {
                Some(own) => own.rows += count.rows,
                None => self.owners.push(count),
            }
        }
        for planned in other.questions {
            match self.questions.iter_mut().find(|own| own.fact == planned.fact) {
                Some(own) => {
                    (own.rows, own.settles) = (own.rows + planned.rows, own.settles + planned.settles)
                }
                None => self.questions.push(planned),
            }
        }
        for reason in other.reject_reasons {
            match self.reject_reasons.iter_mut().find(|own| own.reason == reason.reason) {
                Some(own) => own.records += reason.records,
                None => self.reject_reasons.push(reason),
            }
        }
    }

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
                let question = sentences::question(fact);
                Planned { fact: fact.name.clone(), question, rows: *rows, settles: *settles }
            })
            .collect();
        questions.sort_by_key(|planned| std::cmp::Reverse(planned.rows));
        let version = ruleset.version().to_string();
        Summary {
            actuals: None,
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
            changes: None,
            lists: Vec::new(),
            failed: Vec::new(),
            seconds: took.as_secs_f64(),
        }
    }

    /// How many rows have a status.
    #[must_use]
    pub fn count(&self, status: &str) -> u64 {
        self.statuses.get(status).copied().unwrap_or(0)
    }
}
