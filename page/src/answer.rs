//! What every call takes and gives.

use serde::Deserialize;
use serde_json::Value as Json;
use whoowns::diagnostic::{Problems, Style, render};

/// A text with the name that stands for it in messages.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(crate) struct Named {
    pub(crate) name: String,
    pub(crate) text: String,
}

/// Why there is no answer, in words.
pub(crate) struct Refusal(pub(crate) String);

impl From<Problems> for Refusal {
    fn from(problems: Problems) -> Self {
        Refusal(render(&problems, Style::Plain))
    }
}

/// Answers with JSON, and bytes behind it where there are any.
pub(crate) type Answer = Result<(Json, Vec<u8>), Refusal>;

/// Errors that say all there is to say.
pub(crate) fn said(error: impl std::error::Error) -> Refusal {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        let cause_text = cause.to_string();
        if !text.contains(&cause_text) {
            text.push_str(&format!(": {cause_text}"));
        }
        source = cause.source();
    }
    Refusal(text)
}
