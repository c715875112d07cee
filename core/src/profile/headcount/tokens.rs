//! A text cut into numbers, words and signs; notes in brackets fall away here.

use super::numbers::{self, DecimalStyle, Number};
use super::refusal::Refusal;
use crate::profile::vocabulary::{Meanings, Role, VOCABULARY, is_letter, word_length};

/// Signs, some of them as the HTML that exports leave behind. Of two that begin alike the longer stands first.
const SIGNS: [(&str, Sign); 30] = [
    (">=", Sign::AtLeast),
    ("<=", Sign::AtMost),
    ("=>", Sign::AtLeast),
    ("=<", Sign::AtMost),
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
    ("...", Sign::Dots),
    ("..", Sign::Dots),
    ("…", Sign::Dots),
    (".", Sign::Period),
    ("。", Sign::Period),
    (",", Sign::Comma),
    ("、", Sign::Comma),
    (":", Sign::Colon),
    ("~", Sign::Tilde),
    ("≈", Sign::Tilde),
    ("〜", Sign::Tilde),
    ("-", Sign::Dash),
    ("﹣", Sign::Dash),
    ("−", Sign::Dash),
    ("ー", Sign::Dash),
];

/// A sign that means something beside a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sign {
    Dash,
    Tilde,
    Dots,
    Plus,
    Period,
    Comma,
    Colon,
    Above,
    AtLeast,
    Below,
    AtMost,
    /// A sign of money.
    Money,
    /// A mark of a footnote.
    Footnote,
}

/// One piece of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token<'a> {
    Number(Number<'a>),
    /// A word that the vocabulary knows, as written.
    Word(&'a str, Meanings),
    Sign(Sign),
    /// Anything else, as written.
    Other(&'a str),
}

/// Cuts a text into its pieces.
///
/// # Errors
/// A number that can be read in no way.
pub(super) fn tokens(text: &str, style: DecimalStyle) -> Result<Vec<Token<'_>>, Refusal> {
    let notes = Notes::of(text);
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        if letter.is_ascii_digit() {
            let (number, after) = numbers::leading(rest, style)?;
            found.push(Token::Number(number));
            rest = after;
        } else if let Some(length) = notes.length(text.len() - rest.len()) {
            rest = &rest[length..];
        } else if letter.is_whitespace() {
            rest = &rest[letter.len_utf8()..];
        } else {
            let (token, length) = token(rest, letter);
            found.push(token);
            rest = &rest[length..];
            if let Token::Word(_, meanings) = token
                && meanings.has(Role::People)
            {
                rest = &rest[VOCABULARY.ending(rest).unwrap_or(0)..];
            }
        }
    }
    Ok(found)
}

/// The word, sign or other letter at the start of a text, and its length.
fn token(text: &str, letter: char) -> (Token<'_>, usize) {
    let sign = |sign, length| (Token::Sign(sign), length);
    if let Some(length) = VOCABULARY.money_sign(text) {
        return sign(Sign::Money, length);
    }
    if let Some((written, found)) = SIGNS.iter().find(|(written, _)| text.starts_with(written)) {
        return sign(*found, written.len());
    }
    if is_dash(letter) {
        return sign(Sign::Dash, letter.len_utf8());
    }
    if let Some(length) = VOCABULARY.footnote(text) {
        return sign(Sign::Footnote, length);
    }
    match VOCABULARY.longest(text) {
        Some((meanings, length)) => (Token::Word(&text[..length], meanings), length),
        None => {
            let length = if is_letter(letter) { word_length(text) } else { letter.len_utf8() };
            (Token::Other(&text[..length]), length)
        }
    }
}

/// The dashes of Unicode's general punctuation, from the hyphen to the horizontal bar.
fn is_dash(letter: char) -> bool {
    ('\u{2010}'..='\u{2015}').contains(&letter)
}

/// Where the outermost pairs of brackets stand: each where it opens, with its length.
struct Notes(Vec<(usize, usize)>);

impl Notes {
    /// Finds them in one pass. A bracket that is never closed opens nothing, and one never opened closes nothing.
    fn of(text: &str) -> Notes {
        let mut open = Vec::new();
        let mut notes: Vec<(usize, usize)> = Vec::new();
        for (at, letter) in text.bytes().enumerate() {
            match letter {
                b'(' | b'[' => open.push(at),
                b')' | b']' => {
                    if let Some(start) = open.pop() {
                        while notes.last().is_some_and(|(inner, _)| *inner > start) {
                            notes.pop();
                        }
                        notes.push((start, at + 1 - start));
                    }
                }
                _ => {}
            }
        }
        Notes(notes)
    }

    /// The length of the note that opens at a place.
    fn length(&self, at: usize) -> Option<usize> {
        let found = self.0.binary_search_by_key(&at, |(start, _)| *start).ok()?;
        self.0.get(found).map(|(_, length)| *length)
    }
}
