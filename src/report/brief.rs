//! The page for the proposal. Its first sheet of paper holds all a reader in a hurry needs; the rest follows.

use super::document::{Block, Document, Section};
use super::schedule::Span;
use super::sections::{OTHERS, Sections};

/// How many of the things to do stand on the first page.
const NEXT: usize = 3;

/// What a brief says; with dates where the project's start and its going live are known.
pub fn document(sections: Sections<'_>, span: Option<Span>) -> Document {
    let ruleset = sections.ruleset;
    let answer = Section { heading: None, blocks: vec![Block::Answer(Box::new(sections.answer()))] };
    let more = [
        sections.why(),
        sections.presumed(),
        sections.next_steps(NEXT),
        sections.involved(),
        sections.warnings(),
        sections.facts(),
        sections.ask(),
        sections.others(OTHERS),
        sections.map(),
        sections.flips(),
        sections.risks(),
        sections.practices(span),
        sections.dates(span),
        sections.first_call(),
        sections.notes(),
        sections.rules(),
    ];
    Document {
        title: sections.decision.name.clone().unwrap_or_else(|| ruleset.title().to_owned()),
        subtitle: sections.decision.name.as_ref().map(|_| ruleset.title().to_owned()),
        sections: std::iter::once(answer).chain(more.into_iter().flatten()).collect(),
        ruleset: format!("{} {}", ruleset.name(), ruleset.version()),
        digest: ruleset.digest().to_owned(),
    }
}
