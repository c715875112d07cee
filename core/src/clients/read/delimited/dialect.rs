//! How the marks of a delimited text are told from its letters.

use crate::clients::encoding::{Encoding, Letters};

/// How to read the marks of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Dialect {
    /// Between two cells.
    pub(crate) separator: u8,
    /// Ends a record: a line feed, or a carriage return where there is no line feed.
    pub(crate) line_break: u8,
    /// Whether a backslash in a quoted cell escapes what follows it.
    pub(crate) escape: bool,
    /// Where letters end, if a mark can also be the second byte of one.
    letters: Letters,
}

impl Dialect {
    /// The dialect with a separator, in an encoding.
    pub(crate) fn new(separator: u8, line_break: u8, escape: bool, encoding: Encoding) -> Dialect {
        /// No second byte of a letter is below this in any encoding.
        const FIRST_SECOND: u8 = 0x30;
        let can_be_letters = escape || separator >= FIRST_SECOND;
        let letters = if can_be_letters { encoding.letters() } else { Letters::ARE_BYTES };
        Dialect { separator, line_break, escape, letters }
    }

    /// Whether marks can only be told from letters by going through the text from its beginning.
    pub(crate) fn is_slow(&self) -> bool {
        self.escape || !self.letters.are_bytes()
    }

    /// Whether every byte below 0x80 is a letter of its own.
    pub(crate) fn letters_are_bytes(&self) -> bool {
        self.letters.are_bytes()
    }

    /// How many bytes the letter takes that begins at the beginning of `text`.
    pub(crate) fn letter(&self, text: &[u8]) -> usize {
        self.letters.length(text)
    }
}
