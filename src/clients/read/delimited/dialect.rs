//! How the marks of a delimited text are told from its letters.

use crate::clients::encoding::Encoding;

/// How to read the marks of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Dialect {
    /// Between two cells.
    pub(crate) separator: u8,
    /// Ends a record: a line feed, or a carriage return where there is no line feed.
    pub(crate) line_break: u8,
    /// Whether a backslash in a quoted cell escapes what follows it.
    pub(crate) escape: bool,
    /// The encoding, where a byte that is a mark can also be the second byte of a letter.
    letters: Option<&'static encoding_rs::Encoding>,
}

impl Dialect {
    /// The dialect with a separator, in an encoding.
    pub(crate) fn new(separator: u8, line_break: u8, escape: bool, encoding: Encoding) -> Dialect {
        /// No second byte of a letter is below this in any encoding.
        const FIRST_SECOND: u8 = 0x30;
        let letters = encoding.double_bytes().filter(|_| escape || separator >= FIRST_SECOND);
        Dialect { separator, line_break, escape, letters }
    }

    /// Whether marks can only be told from letters by going through the text from its beginning.
    pub(crate) fn is_slow(&self) -> bool {
        self.escape || self.letters.is_some()
    }

    /// Whether every byte below 0x80 is a letter of its own.
    pub(crate) fn letters_are_bytes(&self) -> bool {
        self.letters.is_none()
    }

    /// How many bytes the letter takes that begins at the beginning of `text`.
    pub(crate) fn letter(&self, text: &[u8]) -> usize {
        let Some(encoding) = self.letters else { return 1 };
        let (&[first, second], rest) = match text.first_chunk::<2>() {
            Some(pair) => (pair, &text[2..]),
            None => return 1,
        };
        let is_pair = match encoding.name() {
            "Shift_JIS" => {
                matches!(first, 0x81..=0x9f | 0xe0..=0xfc) && matches!(second, 0x40..=0x7e | 0x80..=0xfc)
            }
            "EUC-KR" => matches!(first, 0x81..=0xfe) && matches!(second, 0x41..=0xfe),
            _ => matches!(first, 0x81..=0xfe) && matches!(second, 0x40..=0x7e | 0x80..=0xfe),
        };
        // Letters of four bytes have a digit in the second place.
        let is_four = matches!(first, 0x81..=0xfe)
            && second.is_ascii_digit()
            && matches!(rest, [0x81..=0xfe, b'0'..=b'9', ..])
            && matches!(encoding.name(), "GBK" | "gb18030");
        match (is_pair, is_four) {
            (_, true) => 4,
            (true, false) => 2,
            (false, false) => 1,
        }
    }
}
