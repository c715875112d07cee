//! One answer for all rows that say the same.

use super::cell_code::CellCode;
use super::columns::{AnswerColumn, AnswerColumns};
use super::counts::{Counts, shown};
use super::row_decision::RowDecision;
use super::tail::TailWriter;
use crate::percent::Percent;
use crate::ruleset::{RoleId, Ruleset};
use crate::sentences;

/// What is decided, with its texts ready to be written.
#[derive(Clone, Debug)]
pub(crate) struct SharedAnswer {
    pub(crate) decision: RowDecision,
    /// The answers.
    usual: Rendered,
    /// The answers where an exact number is borderline, if they are others.
    borderline: Option<Rendered>,
}

/// Answers as texts, one an answer column, and as they are appended to a record.
#[derive(Clone, Debug, Default)]
pub(crate) struct Rendered {
    pub(crate) texts: Vec<String>,
    pub(crate) tail: Vec<u8>,
}

impl Rendered {
    /// Texts, and what they make behind a record.
    pub(crate) fn new(texts: Vec<String>, tail: Option<&TailWriter>) -> Rendered {
        let mut bytes = Vec::new();
        if let Some(tail) = tail {
            tail(&texts, &mut bytes);
        }
        Rendered { texts, tail: bytes }
    }
}

impl SharedAnswer {
    pub(crate) fn new(
        ruleset: &Ruleset,
        answers: &AnswerColumns,
        tail: Option<&TailWriter>,
        decision: RowDecision,
    ) -> Self {
        let rendered = |near: usize| {
            let texts =
                answers.columns.iter().map(|answer| text(ruleset, &decision, *answer, near)).collect();
            Rendered::new(texts, tail)
        };
        // Nothing but the confidence hangs on whether a number is borderline.
        let usual = rendered(0);
        let [confidence, borderline] = decision.confidence;
        let borderline = (confidence != borderline).then(|| rendered(1));
        SharedAnswer { usual, borderline, decision }
    }

    /// The answers for a row, whose number is borderline or not.
    #[inline]
    pub(crate) fn rendered(&self, is_borderline: bool) -> &Rendered {
        self.borderline.as_ref().filter(|_| is_borderline).unwrap_or(&self.usual)
    }

    /// Whether an exact number of the row is so near to one with another answer that the confidence is lower.
    #[inline]
    pub(crate) fn is_borderline(&self, cells: &[CellCode]) -> bool {
        let near = |(place, number, near): &(usize, i128, Percent)| {
            cells[*place]
                .exactly()
                .is_some_and(|own| near.is_within(own.abs_diff(*number), own.unsigned_abs()))
        };
        self.decision.changes.iter().any(near)
    }

    /// Adds `rows` rows like this one.
    pub(crate) fn count(&self, rows: u64, counts: &mut Counts) {
        let decision = &self.decision;
        counts.answered += rows;
        *counts.statuses.entry(decision.status).or_default() += rows;
        if let Some(owner) = decision.owner {
            *counts.owners.entry(owner).or_default() += rows;
        }
        for value in &decision.derived {
            *counts.derived.entry(*value).or_default() += rows;
        }
        if let Some((fact, settles)) = decision.ask {
            let plan = counts.plan.entry(fact).or_default();
            plan.0 += rows;
            plan.1 += if settles { rows } else { 0 };
        }
    }
}

fn text(ruleset: &Ruleset, decision: &RowDecision, answer: AnswerColumn, near: usize) -> String {
    let role = |role: Option<RoleId>, of: fn(&crate::ruleset::Role) -> &String| {
        role.map(|role| of(ruleset.role(role)).clone()).unwrap_or_default()
    };
    match answer {
        AnswerColumn::Status => decision.status.to_owned(),
        AnswerColumn::Owner => role(decision.owner, |role| &role.id),
        AnswerColumn::Contact => role(decision.contact, |role| &role.id),
        AnswerColumn::OwnerTitle => role(decision.owner, |role| &role.title),
        AnswerColumn::ContactTitle => role(decision.contact, |role| &role.title),
        AnswerColumn::Confidence => decision.confidence[near].to_owned(),
        AnswerColumn::Rule => decision.rules.join("|"),
        AnswerColumn::Ask => {
            decision.ask.map(|(fact, _)| ruleset.fact(fact).name.clone()).unwrap_or_default()
        }
        AnswerColumn::Note => decision.note.clone(),
        AnswerColumn::AskText => {
            decision.ask.map(|(fact, _)| sentences::question(ruleset.fact(fact))).unwrap_or_default()
        }
        AnswerColumn::Support => decision.support.map(|support| support.to_string()).unwrap_or_default(),
        // These stand in the row.
        AnswerColumn::ContactName
        | AnswerColumn::Least(_)
        | AnswerColumn::Most(_)
        | AnswerColumn::Changed => String::new(),
        AnswerColumn::Derived(fact) => {
            let value = decision.derived.iter().find(|(derived, _)| *derived == fact);
            value.map(|(_, value)| shown(value.to_json(ruleset.fact(fact)))).unwrap_or_default()
        }
    }
}
