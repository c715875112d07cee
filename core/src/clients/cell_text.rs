//! What the text of a cell says of a fact.

use crate::profile::headcount::DecimalStyle;
use crate::profile::{Given, Unread, read_text_as};
use crate::ruleset::Fact;

/// What the text of a cell says of a fact.
pub(crate) enum CellText {
    /// What it gives of the fact; nothing where it says "unknown".
    Given(Option<Given>),
    /// What a spreadsheet shows where a formula has failed: nothing is known.
    ErrorValue(String),
}

/// Reads the text of a cell, in a column whose decimal style is known.
///
/// # Errors
/// When it cannot be read without guessing, or lies outside what the fact can be.
pub(crate) fn read_cell(fact: &Fact, text: &str, style: DecimalStyle) -> Result<CellText, Unread> {
    match error_value(text) {
        Some(value) => Ok(CellText::ErrorValue(value.to_owned())),
        None => read_text_as(fact, text, style).map(CellText::Given),
    }
}

/// The error value that a cell holds: `#REF!`, `#DIV/0!`, `#NOMBRE?`, `#N/A`, `Err:502`.
pub(crate) fn error_value(text: &str) -> Option<&str> {
    /// Those without a sign at their end, in the languages of spreadsheets.
    const BARE: [&str; 6] = ["#N/A", "#NV", "#N/D", "#N/B", "#GETTING_DATA", "#EXTERNAL"];
    /// None is longer.
    const LONGEST: usize = 24;
    let text = text.trim();
    if text.len() > LONGEST {
        return None;
    }
    if let Some(number) = text.strip_prefix("Err:") {
        return (!number.is_empty() && number.bytes().all(|digit| digit.is_ascii_digit())).then_some(text);
    }
    let inner = text.strip_prefix('#')?;
    let is_bare = || BARE.iter().any(|value| value.eq_ignore_ascii_case(text));
    let is_named = |inner: &str| {
        inner.starts_with(|letter: char| letter.is_alphabetic() || matches!(letter, '\u{a1}' | '\u{bf}'))
            && inner
                .chars()
                .all(|letter| letter.is_alphanumeric() || matches!(letter, '/' | '_' | '\u{a1}' | '\u{bf}'))
    };
    (inner.strip_suffix(['!', '?']).is_some_and(is_named) || is_bare()).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn error_values_are_those_of_spreadsheets() {
        for text in [
            "#REF!",
            " #DIV/0! ",
            "#NAME?",
            "#n/a",
            "#NV",
            "#\u{a1}VALOR!",
            "#\u{bf}NOMBRE?",
            "#GETTING_DATA",
            "Err:502",
        ] {
            assert_eq!(error_value(text), Some(text.trim()));
        }
        for text in [
            "",
            "#",
            "#3",
            "#1!",
            "# of staff?",
            "300",
            "Err:",
            "Err:many",
            "!",
            "#what is this of all things?",
        ] {
            assert_eq!(error_value(text), None, "{text}");
        }
    }
}
