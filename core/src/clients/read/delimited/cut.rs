//! Where a block of delimited text may be cut: at the end of its last whole record, and around records whose
//! quoting is broken.
//!
//! Whether a line break ends a record depends on every quote before it. So the text is walked once, in order, by
//! whoever reads it; what comes out can then be read by several threads that know nothing of each other.
//!
//! A quote inside a cell that does not begin with one is a letter; a record with one is read byte by byte (`scan`). A
//! record whose quoting is broken ends with the line on which the broken cell begins, and reading goes on with
//! the next line. So one forgotten quote costs one line, not the rest of the file.

use super::dialect::Dialect;
use super::mask::{WIDTH, equal, odd_so_far, word};
use super::scan::{Ended, Fault};
use std::ops::Range;

/// A stretch that is not simply well quoted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Odd {
    /// Records to be read byte by byte: a quote in them is a letter, or a mark may be part of one.
    Loose,
    /// One record that cannot be read.
    Broken(Fault),
}

/// The whole records at the beginning of a text.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Cut {
    /// How long they are together. Zero: not one record is known to be whole.
    pub(crate) length: usize,
    /// What is not simply well quoted, with its line ends, in order.
    pub(crate) odd: Vec<(Range<usize>, Odd)>,
}

/// Cuts a text into whole records.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cutter {
    /// What is a mark.
    pub(crate) dialect: Dialect,
    /// A record longer than this has an unclosed quote, so that one of them cannot fill the memory.
    pub(crate) longest: usize,
}

impl Cutter {
    /// Cuts `text`, which begins with a record. `last`: nothing comes after it.
    pub(crate) fn cut(&self, text: &[u8], last: bool) -> Cut {
        let mut odd: Vec<(Range<usize>, Odd)> = Vec::new();
        let mut from = 0;
        loop {
            let open = match self.next_odd(text, from, last) {
                Ok(length) => return Cut { length, odd },
                Err(open) => open,
            };
            let (end, kind) = match self.dialect.scan(text, open, |_| {}) {
                Ended::At(end) => (end, Odd::Loose),
                Ended::WithText if last => (text.len(), Odd::Loose),
                Ended::Broken(cell, fault)
                    if last || fault != Fault::Unclosed || self.is_long(text, open) =>
                {
                    let end = memchr::memchr(self.dialect.line_break, &text[cell..]);
                    match end.map(|length| cell + length + 1) {
                        Some(end) => (end, Odd::Broken(fault)),
                        None if last => (text.len(), Odd::Broken(fault)),
                        None => return Cut { length: open, odd },
                    }
                }
                Ended::WithText | Ended::Broken(..) => return Cut { length: open, odd },
            };
            match odd.last_mut() {
                Some((range, Odd::Loose)) if kind == Odd::Loose && range.end == open => range.end = end,
                _ => odd.push((open..end, kind)),
            }
            from = end;
        }
    }

    /// Where the next record begins that is not simply well quoted, or else how much of the text is whole records.
    fn next_odd(&self, text: &[u8], from: usize, last: bool) -> Result<usize, usize> {
        if self.dialect.is_slow() {
            return if from < text.len() { Err(from) } else { Ok(text.len()) };
        }
        match self.walk(text, from) {
            Walked::Sound if last => Ok(text.len()),
            Walked::Sound => Ok(self.last_record(text, from, text.len(), false)),
            Walked::Fault(at) => Err(self.last_record(text, from, at, false)),
            Walked::Inside => {
                let start = self.last_record(text, from, text.len(), true);
                if last || self.is_long(text, start) { Err(start) } else { Ok(start) }
            }
        }
    }

    /// Whether what follows `start` is longer than any record.
    fn is_long(&self, text: &[u8], start: usize) -> bool {
        text.len() - start > self.longest
    }

    /// Walks over well quoted records, from the start of one.
    fn walk(&self, text: &[u8], from: usize) -> Walked {
        let Dialect { separator, line_break, .. } = self.dialect;
        let mut at = from;
        let mut inside = false;
        while at < text.len() {
            let bytes = word(text, at);
            let quotes = equal(&bytes, b'"');
            if quotes != 0 {
                let quoted = odd_so_far(quotes) ^ if inside { u64::MAX } else { 0 };
                let (opening, closing) = (quotes & quoted, quotes & !quoted);
                let breaks = equal(&bytes, line_break);
                let apart = equal(&bytes, separator) | breaks;
                let may_open = (apart | closing) << 1 | u64::from(at == from || self.parts(text, at - 1));
                let next_breaks = u64::from(text.get(at + WIDTH).is_none_or(|&byte| byte == b'\n'));
                let returns = if line_break == b'\n' { equal(&bytes, b'\r') } else { 0 };
                let returns = returns & (breaks >> 1 | next_breaks << (WIDTH - 1));
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
        text[at] == self.dialect.separator || text[at] == self.dialect.line_break || text[at] == b'"'
    }

    /// The highest bit, if what follows the word at `at` may follow a closing quote; and every bit from the last
    /// byte of the text on.
    fn ends(&self, text: &[u8], at: usize) -> u64 {
        let rest = &text[at..];
        if rest.len() <= WIDTH {
            return u64::MAX << (rest.len() - 1);
        }
        let next = &rest[WIDTH..];
        let ends = [self.dialect.separator, self.dialect.line_break, b'"'].contains(&next[0])
            || self.dialect.line_break == b'\n'
                && next[0] == b'\r'
                && next.get(1).is_none_or(|&byte| byte == b'\n');
        u64::from(ends) << (WIDTH - 1)
    }

    /// Where the record begins that `at` belongs to: behind the last line break outside of quotes.
    fn last_record(&self, text: &[u8], from: usize, at: usize, mut inside: bool) -> usize {
        let mut end = at;
        while let Some(mark) = memchr::memrchr2(self.dialect.line_break, b'"', &text[from..end]) {
            if text[from + mark] == b'"' {
                inside = !inside;
            } else if !inside {
                return from + mark + 1;
            }
            end = from + mark;
        }
        from
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clients::encoding::Encoding;
    use proptest::prelude::*;

    fn cutter() -> Cutter {
        Cutter { dialect: Dialect::new(b',', b'\n', false, Encoding::UTF_8), longest: 1000 }
    }

    /// The broken records alone.
    fn broken(cut: &Cut) -> Vec<(Range<usize>, Fault)> {
        let broken = cut.odd.iter().filter_map(|(range, odd)| match odd {
            Odd::Broken(fault) => Some((range.clone(), *fault)),
            Odd::Loose => None,
        });
        broken.collect()
    }

    /// Whether carriage returns are followed by a line break or nothing.
    fn ends_line(text: &[u8]) -> bool {
        matches!(text.iter().find(|byte| **byte != b'\r'), None | Some(b'\n'))
    }

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
                            (Some(b'"'), Some(b'\r')) if ends_line(&text[at + 1..]) => {
                                at += 1;
                                while text.get(at) == Some(&b'\r') {
                                    at += 1;
                                }
                                break None;
                            }
                            (Some(b'"'), _) => break Some(Fault::Trailing),
                            _ => at += 1,
                        }
                    }
                } else {
                    while !matches!(text.get(at), None | Some(b',' | b'\n')) {
                        at += 1;
                    }
                    None
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
            let cut = cutter().cut(&text, true);
            prop_assert_eq!(cut.length, text.len());
            prop_assert_eq!(broken(&cut), slow(&text), "{:?}", String::from_utf8_lossy(&text));
        }

        #[test]
        fn what_is_cut_off_is_read_again_with_the_same_result(text in "[a,\n\"]{0,60}", at in 0usize..60) {
            let text = text.as_bytes();
            let first = cutter().cut(&text[..at.min(text.len())], false);
            let rest = cutter().cut(&text[first.length..], true);
            let mut both = broken(&first);
            both.extend(broken(&rest).into_iter().map(|(range, fault)| {
                (range.start + first.length..range.end + first.length, fault)
            }));
            prop_assert_eq!(both, slow(text), "{:?} at {}", String::from_utf8_lossy(text), first.length);
        }
    }

    #[test]
    fn an_unclosed_quote_ends_at_last_when_a_record_is_too_long() {
        let text = [b"1,\"a\n".as_slice(), &b"2,b\n".repeat(300)].concat();
        let cut = cutter().cut(&text, false);
        assert_eq!(broken(&cut), [(0..5, Fault::Unclosed)]);
        assert_eq!(cut.length, text.len());
    }
}
