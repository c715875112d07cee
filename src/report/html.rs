//! A document as one HTML file that needs nothing else.

use askama::Template;

use super::document::{Answer, Block, Document, Source};
use super::map::decision_map;
use crate::decision::Status;
use crate::ruleset::Ruleset;

#[derive(Template)]
#[template(path = "brief.html")]
struct Page<'a> {
    ruleset: &'a Ruleset,
    document: &'a Document,
    name: Option<&'a str>,
    /// Whether it is a file of its own, or what stands in the middle of one.
    whole: bool,
}

impl Page<'_> {
    fn status_class(&self, answer: &Answer) -> &'static str {
        match answer.status {
            Status::Decided => "decided",
            Status::Presumed => "presumed",
            Status::Open | Status::Unmatched => "open",
        }
    }

    /// What a status means, without the word itself, which stands before it.
    fn means<'a>(&self, answer: &'a Answer) -> &'a str {
        answer.status_means.split_once(": ").map_or(answer.status_means, |(_, rest)| rest)
    }

    fn source_class(&self, source: &Source) -> &'static str {
        match source {
            Source::Given => "given",
            Source::Presumed => "presumed",
            Source::Derived => "derived",
            Source::Unknown => "unknown",
        }
    }

    fn map(&self, picture: &super::map::Picture) -> String {
        decision_map(self.ruleset, picture, self.name)
    }

    /// Whether an address is one that can be written to and nothing else.
    fn is_mail(&self, email: &str) -> bool {
        let harmless = |letter: char| letter.is_alphanumeric() || "@._-+'".contains(letter);
        email.matches('@').count() == 1 && email.chars().all(harmless)
    }
}

fn written(ruleset: &Ruleset, document: &Document, whole: bool) -> Result<String, askama::Error> {
    let name = document.subtitle.as_ref().map(|_| document.title.as_str());
    Page { ruleset, document, name, whole }.render()
}

/// The document as a page, with its pictures.
///
/// # Errors
/// When the template cannot be written, which needs memory only.
pub fn document(ruleset: &Ruleset, document: &Document) -> Result<String, askama::Error> {
    written(ruleset, document, true)
}

/// The sections of the document, for the middle of a page.
///
/// # Errors
/// As [`document`].
pub fn sections(ruleset: &Ruleset, document: &Document) -> Result<String, askama::Error> {
    written(ruleset, document, false)
}
