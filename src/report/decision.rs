//! A decision as a document, for the terminal and for a wiki or a mail.

use super::document::{Block, Document, Section};
use super::sections::Sections;

/// Everything that is said about a decision, what matters most first.
pub fn document(sections: Sections<'_>) -> Document {
    let ruleset = sections.ruleset;
    let answer = Section { heading: None, blocks: vec![Block::Answer(Box::new(sections.answer()))] };
    let more = [
        sections.why(),
        sections.presumed(),
        sections.ask(),
        sections.others(usize::MAX),
        sections.flips(),
        sections.involved(),
        sections.risks(),
        sections.practices(None),
        sections.first_call(),
        sections.warnings(),
    ];
    Document {
        title: sections.decision.name.clone().unwrap_or_else(|| ruleset.title().to_owned()),
        subtitle: sections.decision.name.as_ref().map(|_| ruleset.title().to_owned()),
        sections: std::iter::once(answer).chain(more.into_iter().flatten()).collect(),
        ruleset: format!("{} {}", ruleset.name(), ruleset.version()),
        digest: ruleset.digest().to_owned(),
    }
}
