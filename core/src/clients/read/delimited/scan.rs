//! One record, byte by byte: what the quick walk over quotes cannot read, or may not trust.

use super::dialect::Dialect;

/// What is wrong with the quoting of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// More text after the quote that closes a cell.
    Trailing,
    /// The same, behind a backslash: whoever wrote it meant to escape the quote.
    Escaped,
    /// A quote that nothing closes.
    Unclosed,
}

impl Fault {
    /// The reason as it stands in the rejects.
    pub(crate) fn reason(self) -> &'static str {
        match self {
            Fault::Trailing => "bad quoting: text after a closing quote",
            Fault::Escaped => "bad quoting: a backslash before a quote (read it with --escape backslash)",
            Fault::Unclosed => "bad quoting: a quote is opened and never closed",
        }
    }
}

/// How a record ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ended {
    /// With a line break; the next record begins there.
    At(usize),
    /// With the text.
    WithText,
    /// With a fault in the cell that begins there.
    Broken(usize, Fault),
}

/// How many carriage returns a text begins with, if a line break follows them, or nothing. Programs that write line ends
/// twice over leave two before it.
fn returns(text: &[u8]) -> Option<usize> {
    let returns = text.iter().take_while(|byte| **byte == b'\r').count();
    matches!(text.get(returns), None | Some(b'\n')).then_some(returns).filter(|returns| *returns > 0)
}

impl Dialect {
    /// Goes through the record that begins at `start`, and shows where each of its cells ends.
    pub(crate) fn scan(&self, text: &[u8], start: usize, mut cell_ends: impl FnMut(usize)) -> Ended {
        let mut cell = start;
        loop {
            let end = if text.get(cell) == Some(&b'"') {
                let Some(after) = self.closed(text, cell) else {
                    return Ended::Broken(cell, Fault::Unclosed);
                };
                match &text[after..] {
                    [] => {}
                    [byte, ..] if *byte == self.separator || *byte == self.line_break => {}
                    rest if self.line_break == b'\n' && returns(rest).is_some() => {}
                    _ if !self.escape && after >= cell + 3 && text[after - 2] == b'\\' => {
                        return Ended::Broken(cell, Fault::Escaped);
                    }
                    _ => return Ended::Broken(cell, Fault::Trailing),
                }
                after
            } else {
                self.cell_end(text, cell)
            };
            match text.get(end) {
                Some(&byte) if byte == self.separator => {
                    cell_ends(end);
                    cell = end + 1;
                }
                Some(&byte) if byte == self.line_break => {
                    cell_ends(self.without_returns(text, cell, end));
                    return Ended::At(end + 1);
                }
                // Carriage returns behind a closing quote.
                Some(_) => {
                    cell_ends(end);
                    let line_break = end + returns(&text[end..]).unwrap_or(0);
                    return if line_break < text.len() { Ended::At(line_break + 1) } else { Ended::WithText };
                }
                None => {
                    cell_ends(self.without_returns(text, cell, end));
                    return Ended::WithText;
                }
            }
        }
    }

    /// Where a cell ends whose line ends at `end`: the carriage returns before that belong to the line end.
    fn without_returns(&self, text: &[u8], cell: usize, end: usize) -> usize {
        match self.line_break {
            b'\n' => {
                cell + text[cell..end].iter().rposition(|byte| *byte != b'\r').map_or(0, |last| last + 1)
            }
            _ => end,
        }
    }

    /// The separator or line break that ends the unquoted cell at `cell`, or the end of the text.
    fn cell_end(&self, text: &[u8], cell: usize) -> usize {
        if !self.is_slow() {
            let mark = memchr::memchr2(self.separator, self.line_break, &text[cell..]);
            return mark.map_or(text.len(), |length| cell + length);
        }
        let mut at = cell;
        while let Some(&byte) = text.get(at) {
            if byte == self.separator || byte == self.line_break {
                return at;
            }
            at += self.letter(&text[at..]);
        }
        text.len()
    }

    /// Behind the quote that closes the cell which opens at `open`.
    fn closed(&self, text: &[u8], open: usize) -> Option<usize> {
        let mut at = open + 1;
        loop {
            at += if self.escape {
                memchr::memchr2(b'"', b'\\', text.get(at..)?)?
            } else {
                memchr::memchr(b'"', text.get(at..)?)?
            };
            if text[at] == b'\\' {
                at += if self.is_second_byte(text, open, at) { 1 } else { 2 };
            } else if text.get(at + 1) == Some(&b'"') {
                at += 2;
            } else {
                return Some(at + 1);
            }
        }
    }

    /// Whether the byte at `at` is the second of a letter, in a cell that opens at `open`.
    fn is_second_byte(&self, text: &[u8], open: usize, at: usize) -> bool {
        if self.letters_are_bytes() {
            return false;
        }
        // A letter begins at latest behind the last byte that no letter can begin with.
        let before = &text[open + 1..at];
        let mut letter =
            before.iter().rposition(|byte| *byte < 0x80).map_or(open + 1, |last| open + 1 + last);
        while letter < at {
            letter += self.letter(&text[letter..]);
        }
        letter > at
    }
}
