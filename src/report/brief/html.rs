//! The brief as one HTML file that needs nothing else.

use askama::Template;

use super::content::{Brief, Source};
use crate::decision::Status;
use crate::report::labels;
use crate::report::map::{decision_map, stakeholder_map};
use crate::ruleset::Ruleset;

#[derive(Template)]
#[template(path = "brief.html")]
struct Page<'a> {
    brief: &'a Brief,
    decision_map: Option<String>,
    stakeholder_map: Option<String>,
    holders: Vec<(String, String, String)>,
}

impl Page<'_> {
    fn status_class(&self) -> &'static str {
        match self.brief.status {
            Status::Decided => "decided",
            Status::Presumed => "presumed",
            Status::Open | Status::Unmatched => "open",
        }
    }

    fn source_class(&self, source: &Source) -> &'static str {
        match source {
            Source::Given => "given",
            Source::Presumed => "presumed",
            Source::Derived => "derived",
            Source::Unknown => "unknown",
        }
    }

    /// Whether an address is one that can be written to and nothing else.
    fn is_mail(&self, email: &str) -> bool {
        let harmless = |letter: char| letter.is_alphanumeric() || "@._-+'".contains(letter);
        email.matches('@').count() == 1 && email.chars().all(harmless)
    }
}

/// The brief as a page, with its pictures.
///
/// # Errors
/// When the template cannot be written, which needs memory only.
pub fn html(ruleset: &Ruleset, brief: &Brief) -> Result<String, askama::Error> {
    let decision_map =
        brief.picture.as_ref().map(|picture| decision_map(ruleset, picture, brief.name.as_deref()));
    let stakeholder_map =
        (!brief.holders.is_empty()).then(|| stakeholder_map("Who has a say", &brief.holders));
    let holders = brief
        .holders
        .iter()
        .map(|holder| {
            let part = format!("{} ({})", labels::raci(holder.raci), holder.raci.as_str());
            (holder.title.clone(), holder.people.join(", "), part)
        })
        .collect();
    Page { brief, decision_map, stakeholder_map, holders }.render()
}
