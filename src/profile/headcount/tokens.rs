//! A text cut into numbers, words and signs; notes in brackets fall away here.

use super::numbers::{self, Number};
use super::refusal::Refusal;

/// Words that mean something beside a number. Case does not count.
const WORDS: [&str; 39] = [
    "about",
    "above",
    "and",
    "approx",
    "approximately",
    "around",
    "at",
    "below",
    "between",
    "c",
    "ca",
    "circa",
    "fewer",
    "from",
    "greater",
    "higher",
    "least",
    "less",
    "lower",
    "more",
    "most",
    "no",
    "not",
    "or",
    "over",
    "plus",
    "roughly",
    "than",
    "to",
    "under",
    "up",
    "employee",
    "employees",
    "people",
    "person",
    "staff",
    "fte",
    "ftes",
    "member",
];

/// The rest of the words: those that only stand before or after others.
const MORE_WORDS: [&str; 2] = ["members", "team"];

/// Signs, some of them as the HTML that exports leave behind.
const SIGNS: [(&str, Sign); 22] = [
    (">=", Sign::AtLeast),
    ("<=", Sign::AtMost),
    ("≥", Sign::AtLeast),
    ("≤", Sign::AtMost),
    ("&gt;=", Sign::AtLeast),
    ("&lt;=", Sign::AtMost),
    ("&gt;", Sign::Above),
    ("&lt;", Sign::Below),
    ("&ndash;", Sign::Dash),
    ("&mdash;", Sign::Dash),
    (">", Sign::Above),
    ("<", Sign::Below),
    ("+", Sign::Plus),
    (".", Sign::Period),
    ("~", Sign::Tilde),
    ("～", Sign::Tilde),
    ("≈", Sign::Tilde),
    ("〜", Sign::Tilde),
    ("-", Sign::Dash),
    ("﹣", Sign::Dash),
    ("－", Sign::Dash),
    ("−", Sign::Dash),
];

/// A sign that means something beside a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sign {
    Dash,
    Tilde,
    Plus,
    Period,
    Above,
    AtLeast,
    Below,
    AtMost,
}

/// One piece of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token<'a> {
    Number(Number),
    /// A word of [`WORDS`], in lower case.
    Word(&'static str),
    Sign(Sign),
    /// Anything else, as written.
    Other(&'a str),
}

/// Cuts a text into its pieces.
///
/// # Errors
/// A number that can be read in no way or in several.
pub(super) fn tokens(text: &str) -> Result<Vec<Token<'_>>, Refusal> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        if letter.is_ascii_digit() {
            let (number, after) = numbers::leading(rest)?;
            found.push(Token::Number(number));
            rest = after;
        } else if let Some(after) = after_note(rest) {
            rest = after;
        } else if letter.is_whitespace() {
            rest = &rest[letter.len_utf8()..];
        } else if letter.is_alphabetic() {
            let end = rest.find(|letter: char| !letter.is_alphabetic()).unwrap_or(rest.len());
            found.push(word(&rest[..end]));
            rest = &rest[end..];
        } else if let Some((written, sign)) = SIGNS.iter().find(|(written, _)| rest.starts_with(written)) {
            found.push(Token::Sign(*sign));
            rest = &rest[written.len()..];
        } else {
            let (written, after) = rest.split_at(letter.len_utf8());
            found.push(if is_dash(letter) { Token::Sign(Sign::Dash) } else { Token::Other(written) });
            rest = after;
        }
    }
    Ok(found)
}

fn word(written: &str) -> Token<'_> {
    WORDS
        .iter()
        .chain(&MORE_WORDS)
        .find(|known| known.eq_ignore_ascii_case(written))
        .map_or(Token::Other(written), |known| Token::Word(known))
}

/// The dashes of Unicode's general punctuation, from the hyphen to the horizontal bar.
fn is_dash(letter: char) -> bool {
    ('\u{2010}'..='\u{2015}').contains(&letter)
}

/// The text after a note in brackets, brackets within brackets included, where one begins here and ends.
fn after_note(text: &str) -> Option<&str> {
    let mut depth = 0_usize;
    for (at, letter) in text.char_indices() {
        match letter {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.checked_sub(1)?,
            _ => {}
        }
        if depth == 0 {
            return if at > 0 { Some(&text[at + letter.len_utf8()..]) } else { None };
        }
    }
    None
}
