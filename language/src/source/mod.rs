//! Texts, their names, and places in them.
//!
//! Everything a user writes is read from a [`Source`] and every value read keeps its [`Span`], so that a message
//! can always say `FILE:LINE:COLUMN`.
#![allow(
    clippy::indexing_slicing,
    reason = "places in a text are kept with the text that they were found in"
)]

mod json;
mod toml;
mod toml_text;
mod tree;

use std::fmt;
use std::ops::Range;

pub use json::{json_number, read_json};
pub use toml::read_toml;
pub use toml_text::{toml_key, toml_table, toml_text, toml_value};
pub use tree::{Content, Entry, Node, SyntaxError};

/// A text and the name it goes by in messages: a path, `<stdin>`, `--set`, or a built-in name.
#[derive(Debug, Clone)]
pub struct Source {
    name: String,
    text: String,
    line_starts: Vec<usize>,
    /// How many letters begin before each [`STEP`] of bytes, so that a column in a line of any length is found at once.
    letters_before: Vec<usize>,
}

/// Bytes between two entries of [`Source::letters_before`].
const STEP: usize = 4_096;

/// The most letters that an excerpt shows before and after what it points at.
const AROUND: usize = 200;

/// The line a span begins on, as far as it is shown, and where in it the span lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Excerpt<'a> {
    /// The line, or the part of a long one around the span.
    pub text: &'a str,
    /// The bytes of `text` that the span takes in; of a span over several lines those on the first.
    pub span: Range<usize>,
}

impl Source {
    /// A source called `name` that reads `text`.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        let text = text.into();
        let mut line_starts = vec![0];
        line_starts.extend(text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1));
        let mut letters_before = vec![0];
        for step in text.as_bytes().chunks(STEP) {
            letters_before.push(letters_before[letters_before.len() - 1] + letters_beginning(step));
        }
        Source { name: name.into(), text, line_starts, letters_before }
    }

    /// The name shown in messages.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The line and column of a byte offset; one inside a letter is that letter's, one past the end is the end.
    pub fn place(&self, offset: usize) -> Place {
        let offset = self.text.floor_char_boundary(offset);
        let line = self.line_starts.partition_point(|start| *start <= offset);
        let start = self.line_starts[line - 1];
        Place { line, column: self.letters_before(offset) - self.letters_before(start) + 1 }
    }

    /// The line of a span, to be shown with the span in it. Whatever bytes a parser points at, the excerpt begins and
    /// ends between letters.
    pub fn excerpt(&self, span: Range<usize>) -> Excerpt<'_> {
        let start = self.text.floor_char_boundary(span.start);
        let line = self.line_starts.partition_point(|begin| *begin <= start);
        let line_start = self.line_starts[line - 1];
        let line_end = self.line_starts.get(line).map_or(self.text.len(), |next| next - 1);
        let end = self.text.ceil_char_boundary(span.end.clamp(start, line_end)).min(line_end);
        let from = self.text.floor_char_boundary(start.saturating_sub(AROUND)).max(line_start);
        let to = self.text.ceil_char_boundary(end.min(start + AROUND) + AROUND).min(line_end);
        Excerpt { text: &self.text[from..to], span: start - from..end.min(to) - from }
    }

    /// Where the header `[name]` begins a line, if it does.
    pub fn header(&self, name: &str) -> Option<Range<usize>> {
        let header = format!("[{name}]");
        let begins_a_line = |at: &usize| *at == 0 || self.text[..*at].ends_with('\n');
        let at = self.text.match_indices(&header).map(|(at, _)| at).find(begins_a_line)?;
        Some(at..at + header.len())
    }

    /// How many letters begin before an offset.
    fn letters_before(&self, offset: usize) -> usize {
        let step = offset / STEP;
        let rest = &self.text.as_bytes()[step * STEP..offset];
        self.letters_before[step] + letters_beginning(rest)
    }
}

/// How many letters begin in these bytes: those that do not go on with a letter begun before.
fn letters_beginning(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0b1100_0000 != 0b1000_0000).count()
}

/// A line and a column, both counted from 1; columns count characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The line, from 1.
    pub line: usize,
    /// The character in the line, from 1.
    pub column: usize,
}

impl fmt::Display for Place {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}:{}", self.line, self.column)
    }
}

/// Which of the [`Sources`] a span lies in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceId(u32);

impl SourceId {
    /// The first source added.
    pub const FIRST: SourceId = SourceId(0);
}

/// A stretch of bytes in one source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The source it lies in.
    pub source: SourceId,
    /// The first byte.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
}

impl Span {
    /// The span of `range` in `source`.
    pub fn new(source: SourceId, range: Range<usize>) -> Self {
        Span { source, start: range.start, end: range.end }
    }

    /// The bytes as a range.
    pub fn range(self) -> Range<usize> {
        self.start..self.end
    }
}

/// All the sources that were read for one purpose: a ruleset with what it extends, or a profile with its `--set`.
#[derive(Debug, Clone, Default)]
pub struct Sources(Vec<Source>);

impl Sources {
    /// No source yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a source and returns the id its spans carry.
    pub fn add(&mut self, source: Source) -> SourceId {
        self.0.push(source);
        SourceId(self.0.len() as u32 - 1)
    }

    /// The source with this id.
    pub fn get(&self, id: SourceId) -> &Source {
        &self.0[id.0 as usize]
    }

    /// Every source, in the order they were added.
    pub fn iter(&self) -> impl Iterator<Item = &Source> {
        self.0.iter()
    }

    /// The text under a span.
    pub fn snippet(&self, span: Span) -> &str {
        self.get(span.source).text().get(span.range()).unwrap_or_default()
    }

    /// Where a span begins.
    pub fn place(&self, span: Span) -> Place {
        self.get(span.source).place(span.start)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_count_lines_and_characters_from_one() {
        let source = Source::new("a.toml", "größe = 1\nb = 2\n");
        assert_eq!(source.place(0), Place { line: 1, column: 1 });
        assert_eq!(source.place("größe ".len()), Place { line: 1, column: 7 });
        assert_eq!(source.place("größe = 1\n".len()), Place { line: 2, column: 1 });
        assert_eq!(source.place(9_999), Place { line: 3, column: 1 });
    }

    #[test]
    fn whatever_bytes_a_span_has_its_place_and_its_excerpt_are_found() {
        let texts =
            ["", "\n", "é", "a = é\r\nöß😀\n", "😀😀\n\n😀", &"é😀\n".repeat(3_000), &"ößx".repeat(5_000)];
        for text in texts {
            let source = Source::new("t", text);
            let ends =
                [0, 1, 2, 3, 7, 11, 4_095, 4_096, 4_097, 12_289, text.len(), text.len() + 9, usize::MAX];
            for start in ends {
                let place = source.place(start);
                let letters = &text[..text.floor_char_boundary(start)];
                let line = letters.matches('\n').count() + 1;
                let column = letters.chars().rev().take_while(|letter| *letter != '\n').count() + 1;
                assert_eq!(place, Place { line, column });
                for end in ends {
                    let excerpt = source.excerpt(start..end);
                    assert!(excerpt.text.get(excerpt.span.clone()).is_some(), "{start}..{end}");
                    assert!(!excerpt.text.contains('\n') && excerpt.text.len() <= 3 * AROUND + 12);
                }
            }
        }
    }
}
