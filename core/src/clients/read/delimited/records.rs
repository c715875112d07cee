//! The records of a text that the cutter found to be well quoted, and their cells.

use super::cut::Odd;
use super::dialect::Dialect;
use super::mask::{WIDTH, equal, odd_so_far, word};
use super::scan::Ended;
use std::borrow::Cow;
use std::ops::Range;

/// One record, as it stands in its text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Record<'t> {
    text: &'t [u8],
    start: usize,
    /// Where each cell ends; the last one ends before the line end.
    ends: &'t [usize],
    next: usize,
    /// Whether a backslash in a quoted cell escapes what follows it.
    escape: bool,
}

impl<'t> Record<'t> {
    /// How many cells it has.
    pub(crate) fn width(&self) -> usize {
        self.ends.len()
    }

    /// Where it stands in its text, with its line end.
    pub(crate) fn range(&self) -> Range<usize> {
        self.start..self.next
    }

    /// Its bytes without the line end.
    pub(crate) fn bytes(&self) -> &'t [u8] {
        &self.text[self.start..self.content_end()]
    }

    /// Its bytes up to the end of its first `cells` cells.
    pub(crate) fn beginning(&self, cells: usize) -> &'t [u8] {
        let end = self.ends.get(cells - 1).copied().unwrap_or_else(|| self.content_end());
        &self.text[self.start..end]
    }

    /// Its line end: `\n`, `\r\n` (of some programs `\r\r\n`), or nothing at the end of a file.
    pub(crate) fn line_end(&self) -> &'t [u8] {
        &self.text[self.content_end()..self.next]
    }

    fn content_end(&self) -> usize {
        self.ends.last().copied().unwrap_or(self.start)
    }

    /// A cell as written, with its quotes. A cell the record does not have is empty.
    #[inline]
    pub(crate) fn written(&self, cell: usize) -> &'t [u8] {
        let Some(&end) = self.ends.get(cell) else { return &[] };
        let start = if cell == 0 { self.start } else { self.ends[cell - 1] + 1 };
        &self.text[start..end]
    }

    /// Neighbouring cells as written.
    #[inline]
    pub(crate) fn written_between(&self, (first, last): (usize, usize)) -> Option<&'t [u8]> {
        let start = if first == 0 { self.start } else { self.ends.get(first - 1)? + 1 };
        Some(&self.text[start..*self.ends.get(last)?])
    }

    /// What a cell says: without the quotes around it, and with doubled quotes halved.
    #[inline]
    pub(crate) fn cell(&self, cell: usize) -> Cow<'t, [u8]> {
        let written = self.written(cell);
        if self.escape { unescaped(written) } else { unquoted(written) }
    }
}

/// What a cell as written says.
#[inline]
fn unquoted(written: &[u8]) -> Cow<'_, [u8]> {
    let Some(inner) = written.strip_prefix(b"\"") else { return Cow::Borrowed(written) };
    let inner = inner.strip_suffix(b"\"").unwrap_or(inner);
    if memchr::memchr(b'"', inner).is_none() {
        return Cow::Borrowed(inner);
    }
    let mut halved = Vec::with_capacity(inner.len());
    let mut rest = inner;
    while let Some(at) = memchr::memchr(b'"', rest) {
        halved.extend_from_slice(&rest[..=at]);
        rest = rest[at + 1..].strip_prefix(b"\"").unwrap_or(&rest[at + 1..]);
    }
    halved.extend_from_slice(rest);
    Cow::Owned(halved)
}

/// What a cell as written says, where a backslash escapes.
fn unescaped(written: &[u8]) -> Cow<'_, [u8]> {
    let unquoted = match written.strip_prefix(b"\"") {
        None => return Cow::Borrowed(written),
        Some(inner) => inner.strip_suffix(b"\"").unwrap_or(inner),
    };
    if memchr::memchr2(b'"', b'\\', unquoted).is_none() {
        return Cow::Borrowed(unquoted);
    }
    let mut plain = Vec::with_capacity(unquoted.len());
    let mut rest = unquoted;
    while let [byte, tail @ ..] = rest {
        rest = match (byte, tail) {
            (b'\\', [escaped, tail @ ..]) => {
                plain.push(*escaped);
                tail
            }
            (b'"', [b'"', tail @ ..]) => {
                plain.push(b'"');
                tail
            }
            _ => {
                plain.push(*byte);
                tail
            }
        };
    }
    Cow::Owned(plain)
}

/// Calls `visit` with each record of `text[range]`, which begins and ends with a record and is read byte by byte. Blank
/// lines are none.
fn each_loose_record(text: &[u8], range: Range<usize>, dialect: Dialect, mut visit: impl FnMut(Record)) {
    let text = &text[..range.end];
    let mut ends: Vec<usize> = Vec::new();
    let mut start = range.start;
    while start < text.len() {
        ends.clear();
        let next = match dialect.scan(text, start, |end| ends.push(end)) {
            Ended::At(next) => next,
            // The range holds no broken record.
            Ended::WithText | Ended::Broken(..) => text.len(),
        };
        if ends.len() > 1 || ends.first().is_some_and(|end| *end > start) {
            visit(Record { text, start, ends: &ends, next, escape: dialect.escape });
        }
        start = next;
    }
}

/// Calls `visit` with each record of `text[range]`, which begins and ends with a record and is well quoted. Blank lines
/// are none. Gives the number of line breaks.
fn each_record(text: &[u8], range: Range<usize>, dialect: Dialect, mut visit: impl FnMut(Record)) -> u64 {
    let Dialect { separator, line_break, .. } = dialect;
    let has_returns = line_break == b'\n';
    let limit = range.end;
    let text = &text[..limit];
    let mut ends: Vec<usize> = Vec::new();
    let mut start = range.start;
    let mut at = range.start;
    let mut inside = 0;
    let mut lines = 0;
    while at < limit {
        let bytes = word(text, at);
        let breaks = equal(&bytes, line_break);
        let mut marks = equal(&bytes, separator) | breaks;
        let quotes = equal(&bytes, b'"');
        if quotes | inside != 0 {
            let quoted = odd_so_far(quotes) ^ inside;
            marks &= !quoted;
            lines += u64::from((breaks & quoted).count_ones());
            inside = if quoted >> (WIDTH - 1) == 1 { u64::MAX } else { 0 };
        }
        while marks != 0 {
            let bit = marks.trailing_zeros();
            marks &= marks - 1;
            let mark = at + bit as usize;
            if breaks >> bit & 1 == 0 {
                ends.push(mark);
                continue;
            }
            lines += 1;
            let mut end = mark;
            while has_returns && end > start && text[end - 1] == b'\r' {
                end -= 1;
            }
            if end > start {
                ends.push(end);
                visit(Record { text, start, ends: &ends, next: mark + 1, escape: false });
                ends.clear();
            }
            start = mark + 1;
        }
        at += WIDTH;
    }
    let first = ends.last().map_or(start, |end| end + 1);
    let mut end = limit;
    while has_returns && end > first && text[end - 1] == b'\r' {
        end -= 1;
    }
    if end > start {
        ends.push(end);
        visit(Record { text, start, ends: &ends, next: limit, escape: false });
    }
    lines
}

/// Calls `visit` with each record of a text of whole records, in order, or with the reason why one cannot be read; `odd`
/// is what the cutter found. Gives the number of line breaks.
pub(crate) fn visit_records(
    text: &[u8],
    odd: &[(Range<usize>, Odd)],
    dialect: Dialect,
    mut visit: impl FnMut(Result<Record, (Range<usize>, &'static str)>),
) -> u64 {
    let mut start = 0;
    let mut lines = 0;
    for (range, odd) in odd {
        lines += each_record(text, start..range.start, dialect, |record| visit(Ok(record)));
        lines += memchr::memchr_iter(dialect.line_break, &text[range.clone()]).count() as u64;
        match odd {
            Odd::Loose => each_loose_record(text, range.clone(), dialect, |record| visit(Ok(record))),
            Odd::Broken(fault) => visit(Err((range.clone(), fault.reason()))),
        }
        start = range.end;
    }
    lines + each_record(text, start..text.len(), dialect, |record| visit(Ok(record)))
}

#[cfg(test)]
mod tests {
    use super::super::cut::Cutter;
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str) -> Vec<Vec<String>> {
        let mut rows = Vec::new();
        let dialect = Dialect::new(b',', b'\n', false, crate::clients::encoding::Encoding::UTF_8);
        let lines = each_record(text.as_bytes(), 0..text.len(), dialect, |record| {
            let cells = 0..record.width();
            rows.push(cells.map(|cell| String::from_utf8(record.cell(cell).into_owned()).unwrap()).collect());
            let whole = [record.bytes(), record.line_end()].concat();
            assert_eq!(whole, text.as_bytes()[record.range()]);
        });
        assert_eq!(lines, text.matches('\n').count() as u64);
        rows
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]
        #[test]
        fn line_breaks_are_counted_whatever_the_quotes(text in "[a,\n\"\r]{0,40}", filler in 0usize..130, tail in "[a,\n\"]{0,40}") {
            let text = [text.as_bytes(), &b"x".repeat(filler), tail.as_bytes()].concat();
            let dialect = Dialect::new(b',', b'\n', false, crate::clients::encoding::Encoding::UTF_8);
            let cut = Cutter { dialect, longest: 1000 }.cut(&text, true);
            let lines = visit_records(&text, &cut.odd, dialect, |_| {});
            prop_assert_eq!(lines, memchr::memchr_iter(b'\n', &text).count() as u64);
        }
    }

    #[test]
    fn cells_are_what_the_csv_crate_reads() {
        let long = format!("{},b\n\"{}\",\"\"\"\"\n", "x".repeat(200), "y,\n\"\"".repeat(40));
        let texts = [
            "",
            "\n",
            "a",
            "a\n",
            "a,b\r\n",
            "a,b\r\nc,d",
            ",\n,\n",
            "\n\na,b\n\n",
            "\r\na\r\n",
            "\"a\",\"b,\nc\"\n",
            "\"\"\"a\"\"\",\"\"\n\"\"\n",
            "a,b\r",
            "a,\u{e9}\0\n",
            &long,
        ];
        for text in texts {
            let mut reader =
                csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
            let expected: Vec<Vec<String>> =
                reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect();
            assert_eq!(read(text), expected, "{text:?}");
        }
    }
}
