//! One answer for all rows that say the same.

use super::answers::{Answer, Answers};
use super::facts::Cell;
use super::form::Form;
use super::summary::{Counts, shown};
use crate::decision::{self, Presumption};
use crate::percent::Percent;
use crate::profile::{Contradiction, Known, Profile};
use crate::ruleset::{FactId, RoleId, Ruleset, Value};

/// The status of a row that cannot be decided.
pub(super) const INVALID: &str = "invalid";

/// What is decided for rows that say the same, or what is wrong with all of them.
#[derive(Clone, Debug, Default)]
pub(super) struct Told {
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

/// What is told, with its texts ready to be written.
#[derive(Clone, Debug)]
pub(super) struct Situation {
    pub(super) told: Told,
    /// The answers, and the answers where an exact number is borderline.
    rendered: [Rendered; 2],
}

/// Answers as texts, one an answer column, and as they are appended to a record.
#[derive(Clone, Debug, Default)]
pub(super) struct Rendered {
    pub(super) texts: Vec<String>,
    pub(super) tail: Vec<u8>,
}

impl Told {
    /// Decides a profile; `place` says where in a row a fact stands.
    pub(super) fn of(ruleset: &Ruleset, profile: &Profile, place: impl Fn(FactId) -> Option<usize>) -> Told {
        if let Some(contradiction) = profile.contradiction(ruleset) {
            return Told::wrong(contradicting(ruleset, profile, contradiction));
        }
        let abridged = match decision::abridged(ruleset, profile) {
            Ok(abridged) => abridged,
            Err(entangled) => return Told::wrong(entangled.to_string()),
        };
        let near = |fact: FactId| ruleset.fact(fact).near;
        let changes = abridged.changes.iter();
        Told {
            status: abridged.status.as_str(),
            owner: abridged.outcome.owner,
            contact: abridged.outcome.contact,
            note: presumed(&abridged.presumed),
            confidence: abridged.confidence.map(decision::Confidence::as_str),
            changes: changes
                .filter_map(|(fact, number)| Some((place(*fact)?, *number, near(*fact)?)))
                .collect(),
            rules: abridged.rules,
            derived: abridged.derived,
            ask: abridged.ask,
        }
    }

    fn wrong(note: String) -> Told {
        Told { status: INVALID, note, ..Told::default() }
    }
}

fn presumed(presumed: &[Presumption]) -> String {
    let each = presumed
        .iter()
        .map(|presumption| format!("{} = {}", presumption.fact, shown(presumption.value.clone())));
    let each: Vec<String> = each.collect();
    if each.is_empty() { String::new() } else { format!("presumed {}", each.join(", ")) }
}

fn contradicting(ruleset: &Ruleset, profile: &Profile, found: Contradiction) -> String {
    let name = &ruleset.fact(found.fact).name;
    let value = |fact: FactId| match &profile.given(fact)?.known {
        Known::Exact(value) => Some(shown(value.to_json(ruleset.fact(fact)))),
        Known::Band { .. } | Known::Text(_) => None,
    };
    match found.because_of {
        Some(other) => {
            let value = value(other).map(|value| format!(" = {value}")).unwrap_or_default();
            format!("`{name}` is given, but does not apply with `{}{value}`", ruleset.fact(other).name)
        }
        None => format!("`{name}` is given, but cannot apply with the other facts given"),
    }
}

impl Situation {
    pub(super) fn new(ruleset: &Ruleset, answers: &Answers, form: Option<&Form>, told: Told) -> Self {
        let rendered = [0, 1].map(|near: usize| {
            let texts: Vec<String> =
                answers.columns.iter().map(|answer| text(ruleset, &told, *answer, near)).collect();
            let mut tail = Vec::new();
            if let Some(form) = form {
                form.push_answers(answers.titles.iter().zip(&texts), &mut tail);
            }
            Rendered { texts, tail }
        });
        Situation { told, rendered }
    }

    /// The answers for a row with these cells.
    #[inline]
    pub(super) fn answers(&self, cells: &[Cell]) -> &Rendered {
        let near = |(place, number, near): &(usize, u64, Percent)| {
            cells[*place].exactly().is_some_and(|own| near.is_within(own.abs_diff(*number), own))
        };
        &self.rendered[usize::from(self.told.changes.iter().any(near))]
    }

    /// Adds `rows` rows like this one.
    pub(super) fn count(&self, rows: u64, counts: &mut Counts) {
        let told = &self.told;
        counts.answered += rows;
        *counts.statuses.entry(told.status).or_default() += rows;
        if let Some(owner) = told.owner {
            *counts.owners.entry(owner).or_default() += rows;
        }
        for value in &told.derived {
            *counts.derived.entry(*value).or_default() += rows;
        }
        if let Some((fact, settles)) = told.ask {
            let plan = counts.plan.entry(fact).or_default();
            plan.0 += rows;
            plan.1 += if settles { rows } else { 0 };
        }
    }
}

fn text(ruleset: &Ruleset, told: &Told, answer: Answer, near: usize) -> String {
    let role = |role: Option<RoleId>, of: fn(&crate::ruleset::Role) -> &String| {
        role.map(|role| of(ruleset.role(role)).clone()).unwrap_or_default()
    };
    match answer {
        Answer::Status => told.status.to_owned(),
        Answer::Owner => role(told.owner, |role| &role.id),
        Answer::Contact => role(told.contact, |role| &role.id),
        Answer::OwnerTitle => role(told.owner, |role| &role.title),
        Answer::ContactTitle => role(told.contact, |role| &role.title),
        Answer::Confidence => told.confidence[near].to_owned(),
        Answer::Rule => told.rules.join("|"),
        Answer::Ask => told.ask.map(|(fact, _)| ruleset.fact(fact).name.clone()).unwrap_or_default(),
        Answer::Note => told.note.clone(),
        // The person stands in the row.
        Answer::ContactName => String::new(),
        Answer::Derived(fact) => {
            let value = told.derived.iter().find(|(derived, _)| *derived == fact);
            value.map(|(_, value)| shown(value.to_json(ruleset.fact(fact)))).unwrap_or_default()
        }
    }
}
