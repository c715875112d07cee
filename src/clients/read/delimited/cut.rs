//! Where a block of delimited text may be cut: at the end of its last whole record, and around records whose
//! quoting is broken.
//!
//! Whether a line break ends a record depends on every quote before it. So the text is walked once, in order, by
//! whoever reads it; what comes out can then be read by several threads that know nothing of each other.
//!
//! A record whose quoting is broken ends with the line on which the broken cell begins, and reading goes on with
//! the next line. So one forgotten quote costs one line, not the rest of the file.

use super::mask::{WIDTH, equal, odd_so_far, word};
use std::ops::Range;

/// What is wrong with the quoting of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// A quote in a cell that does not begin with one.
    Stray,
    /// More text after the quote that closes a cell.
    Trailing,
    /// A quote that nothing closes.
    Unclosed,
}

impl Fault {
    /// The reason as it stands in the rejects.
    pub(crate) fn reason(self) -> &'static str {
        match self {
            Fault::Stray => "bad quoting: a quote inside a cell that is not quoted",
            Fault::Trailing => "bad quoting: text after a closing quote",
            Fault::Unclosed => "bad quoting: a quote is opened and never closed",
        }
    }
}

/// The whole records at the beginning of a text.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Cut {
    /// How long they are together. Zero: not one record is known to be whole.
    pub(crate) length: usize,
    /// Those with broken quoting, with their line ends, in order.
    pub(crate) broken: Vec<(Range<usize>, Fault)>,
}

/// How to read the marks of a text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cutter {
    /// Between two cells.
    pub(crate) separator: u8,
    /// A record longer than this has an unclosed quote, so that one of them cannot fill the memory.
    pub(crate) longest: usize,
}

impl Cutter {
    /// Cuts `text`, which begins with a record. `last`: nothing comes after it.
    pub(crate) fn cut(&self, text: &[u8], last: bool) -> Cut {
        let mut broken: Vec<(Range<usize>, Fault)> = Vec::new();
        let mut from = 0;
        loop {
            let walked = self.walk(text, from);
            let open = match walked {
                Walked::Sound if last => return Cut { length: text.len(), broken },
                Walked::Sound => return Cut { length: last_record(text, from, text.len(), false), broken },
                Walked::Fault(at) => last_record(text, from, at, false),
                Walked::Inside => {
                    let start = last_record(text, from, text.len(), true);
                    if !last && text.len() - start <= self.longest {
                        return Cut { length: start, broken };
                    }
                    start
                }
            };
            let (line, fault) = self.first_fault(text, open);
            if !last && !text[line.clone()].ends_with(b"\n") {
                return Cut { length: line.start, broken };
            }
            from = line.end;
            broken.push((line, fault));
        }
    }

    /// Walks over well quoted records, from the start of one.
    fn walk(&self, text: &[u8], from: usize) -> Walked {
        let mut at = from;
        let mut inside = false;
        while at < text.len() {
            let bytes = word(text, at);
            let quotes = equal(&bytes, b'"');
            if quotes != 0 {
                let quoted = odd_so_far(quotes) ^ if inside { u64::MAX } else { 0 };
                let (opening, closing) = (quotes & quoted, quotes & !quoted);
                let breaks = equal(&bytes, b'\n');
                let apart = equal(&bytes, self.separator) | breaks;
                let may_open = (apart | closing) << 1 | u64::from(at == from || self.parts(text, at - 1));
                let next_breaks = u64::from(text.get(at + WIDTH).is_none_or(|&byte| byte == b'\n'));
                let returns = equal(&bytes, b'\r') & (breaks >> 1 | next_breaks << (WIDTH - 1));
                let may_close = (apart | quotes | returns) >> 1 | self.ends(text, at);
                let wrong = opening & !may_open | closing & !may_close;
                if wrong != 0 {
                    // Outside of quotes on both sides: before a stray quote, and behind a closing one.
                    let bit = wrong.trailing_zeros() as usize;
                    return Walked::Fault(at + bit + usize::from(closing >> bit & 1 == 1));
                }
                inside = quoted >> (WIDTH - 1) == 1;
            }
            at += WIDTH;
        }
        if inside { Walked::Inside } else { Walked::Sound }
    }

    /// Whether the byte at `at`, just before a quote, ends a cell or is a quote.
    fn parts(&self, text: &[u8], at: usize) -> bool {
        text[at] == self.separator || text[at] == b'\n' || text[at] == b'"'
    }

    /// The highest bit, if what follows the word at `at` may follow a closing quote; and every bit from the last
    /// byte of the text on.
    fn ends(&self, text: &[u8], at: usize) -> u64 {
        let rest = &text[at..];
        if rest.len() <= WIDTH {
            return u64::MAX << (rest.len() - 1);
        }
        let next = &rest[WIDTH..];
        let ends = [self.separator, b'\n', b'"'].contains(&next[0])
            || next[0] == b'\r' && next.get(1).is_none_or(|&byte| byte == b'\n');
        u64::from(ends) << (WIDTH - 1)
    }

    /// The line that is lost to the first fault of the record that begins at `start`, and the fault.
    fn first_fault(&self, text: &[u8], start: usize) -> (Range<usize>, Fault) {
        let mut cell = start;
        let fault = loop {
            if text.get(cell) == Some(&b'"') {
                let Some(after) = closed(text, cell) else { break Fault::Unclosed };
                match text.get(after) {
                    Some(&byte) if byte == self.separator => cell = after + 1,
                    _ => break Fault::Trailing,
                }
            } else {
                match memchr::memchr3(self.separator, b'"', b'\n', &text[cell..]) {
                    Some(length) if text[cell + length] == self.separator => cell += length + 1,
                    _ => break Fault::Stray,
                }
            }
        };
        let end = memchr::memchr(b'\n', &text[cell..]).map_or(text.len(), |length| cell + length + 1);
        (start..end, fault)
    }
}

enum Walked {
    /// To the end of the text, which is outside of quotes.
    Sound,
    /// To the end of the text, which is inside of quotes.
    Inside,
    /// To a fault just before or behind this place, where it is outside of quotes.
    Fault(usize),
}

/// Behind the quote that closes the cell which opens at `open`.
fn closed(text: &[u8], open: usize) -> Option<usize> {
    let mut at = open + 1;
    loop {
        at += memchr::memchr(b'"', &text[at..])? + 1;
        if text.get(at) != Some(&b'"') {
            return Some(at);
        }
        at += 1;
    }
}

/// Where the record begins that `at` belongs to: behind the last line break outside of quotes.
fn last_record(text: &[u8], from: usize, at: usize, mut inside: bool) -> usize {
    let mut end = at;
    while let Some(mark) = memchr::memrchr2(b'\n', b'"', &text[from..end]) {
        if text[from + mark] == b'"' {
            inside = !inside;
        } else if !inside {
            return from + mark + 1;
        }
        end = from + mark;
    }
    from
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const CUTTER: Cutter = Cutter { separator: b',', longest: 1000 };

    /// The same, one byte after the other.
    fn slow(text: &[u8]) -> Vec<(Range<usize>, Fault)> {
        let mut broken = Vec::new();
        let mut start = 0;
        'records: while start < text.len() {
            let mut at = start;
            loop {
                let cell = at;
                let fault = if text.get(at) == Some(&b'"') {
                    at += 1;
                    loop {
                        match (text.get(at), text.get(at + 1)) {
                            (None, _) => break Some(Fault::Unclosed),
                            (Some(b'"'), Some(b'"')) => at += 2,
                            (Some(b'"'), None | Some(b',' | b'\n')) => {
                                at += 1;
                                break None;
                            }
                            (Some(b'"'), Some(b'\r')) if matches!(text.get(at + 2), None | Some(b'\n')) => {
                                at += 2;
                                break None;
                            }
                            (Some(b'"'), _) => break Some(Fault::Trailing),
                            _ => at += 1,
                        }
                    }
                } else {
                    while !matches!(text.get(at), None | Some(b',' | b'\n' | b'"')) {
                        at += 1;
                    }
                    (text.get(at) == Some(&b'"')).then_some(Fault::Stray)
                };
                if let Some(fault) = fault {
                    let end = text[cell..].iter().position(|&byte| byte == b'\n');
                    let end = end.map_or(text.len(), |length| cell + length + 1);
                    broken.push((start..end, fault));
                    start = end;
                    continue 'records;
                }
                at += 1;
                if text.get(at - 1) != Some(&b',') {
                    start = at;
                    continue 'records;
                }
            }
        }
        broken
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4000))]
        #[test]
        fn faults_are_those_of_a_slow_walk(text in "[a,\n\"\r]{0,40}", filler in 0usize..130, tail in "[a,\n\"]{0,40}") {
            let text = [text.as_bytes(), &b"x".repeat(filler), tail.as_bytes()].concat();
            let cut = CUTTER.cut(&text, true);
            prop_assert_eq!(cut.length, text.len());
            prop_assert_eq!(cut.broken, slow(&text), "{:?}", String::from_utf8_lossy(&text));
        }

        #[test]
        fn what_is_cut_off_is_read_again_with_the_same_result(text in "[a,\n\"]{0,60}", at in 0usize..60) {
            let text = text.as_bytes();
            let first = CUTTER.cut(&text[..at.min(text.len())], false);
            let rest = CUTTER.cut(&text[first.length..], true);
            let mut both = first.broken;
            both.extend(rest.broken.into_iter().map(|(range, fault)| {
                (range.start + first.length..range.end + first.length, fault)
            }));
            prop_assert_eq!(both, slow(text), "{:?} at {}", String::from_utf8_lossy(text), first.length);
        }
    }

    #[test]
    fn an_unclosed_quote_ends_at_last_when_a_record_is_too_long() {
        let text = [b"1,\"a\n".as_slice(), &b"2,b\n".repeat(300)].concat();
        let cut = CUTTER.cut(&text, false);
        assert_eq!(cut.broken, [(0..5, Fault::Unclosed)]);
        assert_eq!(cut.length, text.len());
    }
}
