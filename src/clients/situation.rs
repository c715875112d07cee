//! One answer for all rows that say the same.

use super::answers::{Answer, Answers};
use super::facts::Cell;
use super::form::Form;
use super::summary::Counts;
use crate::percent::Percent;
use crate::ruleset::{FactId, RoleId, Ruleset, Value};

/// The status of a row that cannot be decided.
pub(super) const INVALID: &str = "invalid";

/// What is decided for rows that say the same.
#[derive(Clone, Debug, Default)]
pub(super) struct Brief {
    pub(super) status: &'static str,
    pub(super) owner: Option<RoleId>,
    pub(super) contact: Option<RoleId>,
    /// The ids of the owner rules used.
    pub(super) rules: Vec<String>,
    pub(super) derived: Vec<(FactId, Value)>,
    /// The best question, and whether every answer to it settles the matter.
    pub(super) ask: Option<(FactId, bool)>,
    /// What was presumed, or what is wrong.
    pub(super) note: String,
    /// The confidence, and what it is where an exact number is borderline.
    pub(super) confidence: [&'static str; 2],
    /// Numbers with which the answer changes, each with the place of its fact in the row and how near is borderline.
    pub(super) changes: Vec<(usize, u64, Percent)>,
}

/// A brief with its texts ready to be written.
#[derive(Clone, Debug)]
pub(super) struct Situation {
    pub(super) brief: Brief,
    /// The answers, and the answers where an exact number is borderline.
    rendered: [Rendered; 2],
}

/// Answers as texts, one an answer column, and as they are appended to a record.
#[derive(Clone, Debug, Default)]
pub(super) struct Rendered {
    pub(super) texts: Vec<String>,
    pub(super) tail: Vec<u8>,
}

impl Situation {
    pub(super) fn new(ruleset: &Ruleset, answers: &Answers, form: Option<&Form>, brief: Brief) -> Self {
        let rendered = [0, 1].map(|near: usize| {
            let texts: Vec<String> =
                answers.columns.iter().map(|answer| text(ruleset, &brief, *answer, near)).collect();
            let mut tail = Vec::new();
            if let Some(form) = form {
                form.push_answers(answers.titles.iter().zip(&texts), &mut tail);
            }
            Rendered { texts, tail }
        });
        Situation { brief, rendered }
    }

    /// The answers for a row with these cells.
    #[inline]
    pub(super) fn answers(&self, cells: &[Cell]) -> &Rendered {
        let near = |(place, number, near): &(usize, u64, Percent)| {
            cells[*place].exactly().is_some_and(|own| near.is_within(own.abs_diff(*number), own))
        };
        &self.rendered[usize::from(self.brief.changes.iter().any(near))]
    }

    /// Adds `rows` rows like this one.
    pub(super) fn count(&self, rows: u64, counts: &mut Counts) {
        let brief = &self.brief;
        counts.answered += rows;
        *counts.statuses.entry(brief.status).or_default() += rows;
        if let Some(owner) = brief.owner {
            *counts.owners.entry(owner).or_default() += rows;
        }
        for value in &brief.derived {
            *counts.derived.entry(*value).or_default() += rows;
        }
        if let Some((fact, settles)) = brief.ask {
            let plan = counts.plan.entry(fact).or_default();
            plan.0 += rows;
            plan.1 += if settles { rows } else { 0 };
        }
    }
}

fn text(ruleset: &Ruleset, brief: &Brief, answer: Answer, near: usize) -> String {
    let role = |role: Option<RoleId>, of: fn(&crate::ruleset::Role) -> &String| {
        role.map(|role| of(ruleset.role(role)).clone()).unwrap_or_default()
    };
    match answer {
        Answer::Status => brief.status.to_owned(),
        Answer::Owner => role(brief.owner, |role| &role.id),
        Answer::Contact => role(brief.contact, |role| &role.id),
        Answer::OwnerTitle => role(brief.owner, |role| &role.title),
        Answer::ContactTitle => role(brief.contact, |role| &role.title),
        Answer::Confidence => brief.confidence[near].to_owned(),
        Answer::Rule => brief.rules.join("|"),
        Answer::Ask => brief.ask.map(|(fact, _)| ruleset.fact(fact).name.clone()).unwrap_or_default(),
        Answer::Note => brief.note.clone(),
        // The person stands in the row.
        Answer::ContactName => String::new(),
        Answer::Derived(fact) => {
            let value = brief.derived.iter().find(|(derived, _)| *derived == fact);
            value.map(|(_, value)| super::summary::shown(value.to_json(ruleset.fact(fact)))).unwrap_or_default()
        }
    }
}
