//! The header of delimited text: which of the first records it is, and what tells the separator.

use super::fitting::{GivesFact, fitting_titles};
use super::marks::{line_break, named_separator, outside_quotes};
use super::samples::Samples;
use crate::clients::encoding::Encoding;
use crate::clients::error::ListError;
use crate::clients::read::blocks::LONGEST;
use crate::clients::read::delimited::{Cutter, Dialect, Record, visit_records};
use std::ops::Range;

/// Separators to choose from, the likeliest first.
const SEPARATORS: [u8; 4] = [b',', b';', b'\t', b'|'];
/// A header stands among so many records.
const FIRST: usize = 25;
/// So many bytes are looked at first, in which most lists have them.
const FIRST_LENGTH: usize = 1 << 12;

/// What the user settled of a header.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct HeaderOptions {
    /// Between two cells.
    pub(crate) separator: Option<u8>,
    /// The number of its line, from 1.
    pub(crate) line: Option<u64>,
    /// There is none: columns are called by their places.
    pub(crate) is_absent: bool,
    /// Whether a backslash in a quoted cell escapes what follows it.
    pub(crate) escape: bool,
}

/// The header of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Header {
    /// What is a mark in the list.
    pub(crate) dialect: Dialect,
    /// The titles as they read.
    pub(crate) titles: Vec<String>,
    /// What stands before it.
    pub(crate) preamble: Vec<u8>,
    /// The record as written, without its line end.
    pub(crate) written: Vec<u8>,
    /// Its line end, empty where the file ends with it.
    pub(crate) line_end: Vec<u8>,
    /// The number of its line, from 1; 0 where there is none.
    pub(crate) line: u64,
    /// How many line breaks there are up to its end.
    pub(crate) lines: u64,
    /// Where the first row begins in the text it was found in.
    pub(crate) end: usize,
}

/// The lower, the likelier.
type Rank = (bool, bool, usize, std::cmp::Reverse<usize>);

/// A record that may be the header.
struct Candidate {
    range: Range<usize>,
    titles: Vec<String>,
    written: Range<usize>,
    is_valid: bool,
    /// Whether no record stands before it, not even a broken one.
    is_first: bool,
}

/// Finds the header in the beginning of a text, which is whole where nothing follows. `None` if more of the text is needed.
///
/// # Errors
/// If there is none, or it cannot be read.
pub(crate) fn find_header(
    text: &[u8],
    is_whole: bool,
    encoding: Encoding,
    options: HeaderOptions,
    gives_fact: &GivesFact,
) -> Result<Option<Header>, ListError> {
    let line_break = line_break(text);
    let (named, start) = named_separator(text, line_break);
    let separators = match options.separator.or(named) {
        Some(separator) => vec![separator],
        None => SEPARATORS.to_vec(),
    };
    let mut best: Option<(Rank, Candidate, Dialect)> = None;
    let mut fault = None;
    for separator in separators {
        let dialect = Dialect::new(separator, line_break, options.escape, encoding);
        let (candidates, broken) = candidates(text, start, is_whole, (dialect, encoding), options.line);
        fault = fault.or(broken);
        // A single cell stands behind several that give a fact, so that need not be found out.
        let is_single = candidates.iter().all(|candidate| candidate.titles.len() == 1);
        if is_single && matches!(best, Some(((false, false, ..), ..))) {
            continue;
        }
        let found = match options.line {
            Some(_) => candidates.into_iter().next(),
            None if options.is_absent => candidates.into_iter().next(),
            None => fitting(candidates, gives_fact),
        };
        let Some(found) = found else { continue };
        let is_settled = options.line.is_some() || options.is_absent;
        let gives = !is_settled && gives_fact(&found.titles);
        // Where no titles give a fact the first record counts; one that is broken is not passed over for a row.
        if !is_settled && !gives && !found.is_first {
            continue;
        }
        let place = if gives { found.range.start } else { 0 };
        let marks = outside_quotes(&encoding.utf8(&text[found.range.clone()]), separator);
        // A header that gives a fact before others, one of several cells before a single one, then the first, then the
        // one that is cut into the most cells.
        let rank = (!gives, gives && found.titles.len() == 1, place, std::cmp::Reverse(marks));
        if best.as_ref().is_none_or(|(other, ..)| rank < *other) {
            best = Some((rank, found, dialect));
        }
    }
    match best {
        Some((_, found, _)) if found.range.end == text.len() && !is_whole => Ok(None),
        Some((_, found, dialect)) if options.is_absent => Ok(Some(absent(text, start, &found, dialect))),
        Some((_, found, dialect)) => header(text, found, dialect, encoding).map(Some),
        None if !is_whole && text.len() <= LONGEST => Ok(None),
        None => Err(ListError::NoHeader(match (options.line, fault) {
            (Some(line), _) => format!("no record begins in line {line} of its first part"),
            (None, Some(fault)) => fault.to_owned(),
            (None, None) => "it is empty".to_owned(),
        })),
    }
}

fn header(text: &[u8], found: Candidate, dialect: Dialect, encoding: Encoding) -> Result<Header, ListError> {
    let Candidate { range, titles, written, is_valid, .. } = found;
    let line = line_of(text, range.start, dialect.line_break);
    if !is_valid {
        return Err(ListError::NoHeader(format!(
            "line {line} is no valid {}; try `--encoding`",
            encoding.name()
        )));
    }
    Ok(Header {
        dialect,
        titles,
        preamble: text[..range.start].to_vec(),
        line_end: text[written.end..range.end].to_vec(),
        written: text[written].to_vec(),
        line,
        lines: memchr::memchr_iter(dialect.line_break, &text[..range.end]).count() as u64,
        end: range.end,
    })
}

/// What stands for the header where there is none: columns are called by their places, and the rows begin at `start`, with
/// the first record, broken or not.
fn absent(text: &[u8], start: usize, found: &Candidate, dialect: Dialect) -> Header {
    Header {
        dialect,
        titles: (1..=found.titles.len()).map(|place| place.to_string()).collect(),
        preamble: text[..start].to_vec(),
        written: Vec::new(),
        line_end: Vec::new(),
        line: 0,
        lines: line_of(text, start, dialect.line_break) - 1,
        end: start,
    }
}

/// The number of the line in which a place lies, from 1.
fn line_of(text: &[u8], at: usize, line_break: u8) -> u64 {
    1 + memchr::memchr_iter(line_break, &text[..at]).count() as u64
}

/// The first records, or the one that begins in a certain line, and why one of them cannot be read.
fn candidates(
    text: &[u8],
    start: usize,
    is_whole: bool,
    (dialect, encoding): (Dialect, Encoding),
    line: Option<u64>,
) -> (Vec<Candidate>, Option<&'static str>) {
    let offset = start;
    let line_start = line.map(|line| match line {
        1 => Some(0),
        line => {
            let breaks = memchr::memchr_iter(dialect.line_break, text);
            usize::try_from(line - 2).ok().and_then(|at| breaks.map(|end| end + 1).nth(at))
        }
    });
    let is_wanted = |at: usize, seen: usize| line_start.map_or(seen <= FIRST, |wanted| wanted == Some(at));
    let text = &text[start..];
    let mut candidates = Vec::new();
    let (mut seen, mut fault) = (0, None);
    let title = |record: &Record, cell: usize| {
        String::from_utf8_lossy(&encoding.utf8(&record.cell(cell))).into_owned()
    };
    // The first records stand at the beginning of a long text; a certain line may stand anywhere.
    let part = if line.is_some() { text } else { first_records(text, dialect) };
    let cut = Cutter { dialect, longest: LONGEST }.cut(part, is_whole && part.len() == text.len());
    visit_records(&part[..cut.length], &cut.odd, dialect, |record| {
        seen += 1;
        match record {
            Ok(record) if is_wanted(offset + record.range().start, seen) => {
                let range = record.range();
                let written = offset + range.start..offset + range.end - record.line_end().len();
                candidates.push(Candidate {
                    range: offset + range.start..offset + range.end,
                    titles: (0..record.width()).map(|cell| title(&record, cell)).collect(),
                    written,
                    is_valid: encoding.is_valid(record.bytes()),
                    is_first: seen == 1,
                });
            }
            Ok(_) => {}
            Err((_, reason)) => fault = fault.or(Some(reason)),
        }
    });
    (candidates, fault)
}

/// As much of a text as holds its first records, however long they are.
fn first_records(text: &[u8], dialect: Dialect) -> &[u8] {
    let mut length = FIRST_LENGTH;
    while length < text.len() {
        let part = &text[..length];
        let cut = Cutter { dialect, longest: LONGEST }.cut(part, false);
        let mut seen = 0;
        visit_records(&part[..cut.length], &cut.odd, dialect, |_| seen += 1);
        if seen >= FIRST {
            return part;
        }
        length = length.saturating_mul(2);
    }
    text
}

/// The first record whose titles give a fact that decides, or else the first.
fn fitting(candidates: Vec<Candidate>, gives_fact: &GivesFact) -> Option<Candidate> {
    let titles: Vec<&[String]> = candidates.iter().map(|candidate| &candidate.titles[..]).collect();
    let chosen = fitting_titles(&titles, gives_fact).unwrap_or(0);
    candidates.into_iter().nth(chosen)
}

/// The first cells of every column, from what follows the header.
pub(crate) fn samples(text: &[u8], is_whole: bool, header: &Header, encoding: Encoding) -> Samples {
    let cut = Cutter { dialect: header.dialect, longest: LONGEST }.cut(text, is_whole);
    let width = header.titles.len();
    let mut samples = Samples::new(width);
    visit_records(&text[..cut.length], &cut.odd, header.dialect, |record| {
        if let Ok(record) = record
            && record.width() >= width
        {
            samples.add(|cell| record.cell(cell), encoding);
        }
    });
    samples
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(text: &[u8], options: HeaderOptions) -> Result<Header, String> {
        let gives = |titles: &[String]| titles.iter().any(|title| title == "Employees");
        match find_header(text, true, Encoding::UTF_8, options, &gives) {
            Ok(Some(header)) => Ok(header),
            Ok(None) => Err("more is needed".to_owned()),
            Err(error) => Err(error.to_string()),
        }
    }

    #[test]
    fn separators_are_found() {
        for (text, separator, titles) in [
            ("a,b\n1,2\n", b',', vec!["a", "b"]),
            ("a;b,c;d\n", b';', vec!["a", "b,c", "d"]),
            ("\n\r\n\"a;\nx\"\tb\r\n", b'\t', vec!["a;\nx", "b"]),
            ("a|b", b'|', vec!["a", "b"]),
            ("one\n", b',', vec!["one"]),
            ("\"\"\"a\"\"\",\n", b',', vec!["\"a\"", ""]),
            ("sep=;\na;b,c\n", b';', vec!["a", "b,c"]),
            ("sep=\t\na\tb,c\n", b'\t', vec!["a", "b,c"]),
            ("a,b\r1,2\r", b',', vec!["a", "b"]),
            ("Report, as of May\nCompany;Employees\nx;5\n", b';', vec!["Company", "Employees"]),
            ("Employees\nCompany;Employees\nx;5\n", b';', vec!["Company", "Employees"]),
        ] {
            let header = find(text.as_bytes(), HeaderOptions::default()).unwrap();
            assert_eq!(
                (header.dialect.separator, header.titles),
                (separator, titles.iter().map(ToString::to_string).collect()),
                "{text:?}"
            );
        }
    }

    #[test]
    fn what_stands_before_it_is_kept() {
        let text = b"Clients 2024\n\n# of May\r\na,Employees\r\n1,2\n";
        let header = find(text, HeaderOptions::default()).unwrap();
        assert_eq!(header.preamble, b"Clients 2024\n\n# of May\r\n");
        assert_eq!((header.written, header.line_end), (b"a,Employees".to_vec(), b"\r\n".to_vec()));
        assert_eq!((header.line, header.lines, &text[header.end..]), (4, 4, &b"1,2\n"[..]));
    }

    #[test]
    fn it_is_settled_by_hand() {
        let text = b"x,Employees\na,b\n1,2\n";
        let at = |line| find(text, HeaderOptions { line: Some(line), ..HeaderOptions::default() });
        assert_eq!(at(2).unwrap().titles, ["a", "b"]);
        assert!(at(9).unwrap_err().contains("line 9"));
        let absent = find(text, HeaderOptions { is_absent: true, ..HeaderOptions::default() }).unwrap();
        assert_eq!((absent.titles, absent.end), (vec!["1".to_owned(), "2".to_owned()], 0));
    }

    #[test]
    fn no_header_is_said() {
        for (text, reason) in [
            (&b""[..], "it is empty"),
            (b"\n\r\n", "it is empty"),
            (b"a,\xff\n", "no valid UTF-8"),
            (b"\"b\n1,2", "never closed"),
        ] {
            let error = find(text, HeaderOptions::default()).unwrap_err();
            assert!(error.contains(reason), "{error}");
        }
    }
}
