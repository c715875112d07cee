//! What is known of a list before its first row is read.

use super::detected::Detected;
use super::header::{Header, HeaderOptions, find_header, samples};
use super::input::Input;
use super::samples::Samples;
use super::text::OpenedText;
use crate::clients::encoding::{Encoding, peeked};
use crate::clients::error::ListError;
use crate::clients::kind::Kind;
use crate::clients::options::Options;
use crate::clients::read::blocks::{Blocks, LONGEST, Records};
use crate::clients::read::delimited::Cutter;
use crate::clients::read::json_lines;
use crate::clients::read::sheet::Book;
use std::collections::HashMap;
use std::io::{Cursor, Read, Seek};

/// A list whose header has been read.
pub(crate) struct List {
    pub(crate) kind: Kind,
    pub(crate) encoding: Encoding,
    pub(crate) titles: Vec<String>,
    pub(crate) source: ListSource,
    /// The first cells of every column.
    pub(crate) samples: Samples,
    /// What was found out, without the columns that give facts.
    pub(crate) detected: Detected,
}

/// Whether a header with these titles gives a fact that decides.
pub(crate) type GivesFact<'f> = dyn Fn(&[String]) -> bool + 'f;

/// Where the rows of a list come from.
pub(crate) enum ListSource {
    /// Delimited text.
    Delimited(Header, Blocks),
    /// JSON lines, with the column of each key.
    JsonLines(HashMap<String, usize>, Blocks),
    /// A spreadsheet.
    Sheet(Box<Book>),
}

impl List {
    /// The header of delimited text.
    pub(crate) fn header(&self) -> Option<&Header> {
        match &self.source {
            ListSource::Delimited(header, _) => Some(header),
            ListSource::JsonLines(..) | ListSource::Sheet(_) => None,
        }
    }

    /// How many lines there are before the first row.
    pub(crate) fn header_lines(&self) -> u64 {
        match &self.source {
            ListSource::Delimited(header, _) => header.lines,
            ListSource::JsonLines(..) => 0,
            ListSource::Sheet(book) => book.header_lines(),
        }
    }

    /// Opens a list.
    ///
    /// # Errors
    /// Whatever keeps its header from being read.
    pub(crate) fn open(input: Input, options: &Options, gives_fact: &GivesFact) -> Result<List, ListError> {
        let named = options.input_kind.or(input.named_kind());
        let (kind, input) = match named {
            Some(kind) => (kind, input),
            None => {
                let (beginning, rest) = peeked(input.open()?, 4).map_err(ListError::Read)?;
                let kind = kind_of(&beginning);
                (kind, Input::Stream(Box::new(Cursor::new(beginning).chain(rest))))
            }
        };
        match kind {
            Kind::Xlsx => List::sheet(input, options),
            Kind::JsonLines => List::lines(input, options),
            Kind::Csv | Kind::Tsv | Kind::Semicolon | Kind::Pipe => {
                List::delimited(kind, input, options, gives_fact)
            }
        }
    }

    fn delimited(
        kind: Kind,
        input: Input,
        options: &Options,
        gives_fact: &GivesFact,
    ) -> Result<List, ListError> {
        let mut text = OpenedText::new(input.open()?, options.encoding)?;
        let encoding = text.encoding;
        let header_options = HeaderOptions {
            separator: options.delimiter.or(kind.separator()),
            line: options.header_line,
            is_absent: options.no_header,
            escape: options.escape_backslash,
        };
        let header = loop {
            match find_header(&text.block, text.is_whole, encoding, header_options, gives_fact)? {
                Some(header) => break header,
                None if text.block.len() > LONGEST => return Err(ListError::TooLong { longest: LONGEST }),
                None => text.read_more()?,
            }
        };
        let samples = samples(&text.block[header.end..], text.is_whole, &header, encoding);
        let cutter = Cutter { dialect: header.dialect, longest: LONGEST };
        let mut blocks = Blocks::new(text.rest, Records::Delimited(cutter));
        blocks.put_back(&text.block[header.end..]);
        let preamble = Some(&header.preamble).filter(|preamble| !preamble.is_empty());
        let detected = Detected {
            kind: kind.name(),
            encoding: Some(encoding.name().to_owned()),
            mark: encoding.has_mark(),
            separator: Some(separator_name(header.dialect.separator)),
            header_line: (header.line > 0).then_some(header.line),
            preamble: preamble.map(|text| String::from_utf8_lossy(&encoding.utf8(text)).into_owned()),
            ..Detected::default()
        };
        let titles = header.titles.clone();
        let source = ListSource::Delimited(header, blocks);
        Ok(List { kind, encoding, titles, source, samples, detected })
    }

    /// The columns of JSON lines are known only when all of them have been read, so they are read twice.
    fn lines(input: Input, options: &Options) -> Result<List, ListError> {
        let mut file = input.again()?;
        let (encoding, text) = decoded(Box::new(file.again().map_err(ListError::Read)?), options)?;
        let titles = json_lines::keys(text, encoding)?;
        file.rewind().map_err(ListError::Read)?;
        let (_, text) = decoded(Box::new(file), options)?;
        let columns = titles.iter().enumerate().map(|(at, title)| (title.clone(), at)).collect();
        let source = ListSource::JsonLines(columns, Blocks::new(text, Records::Lines));
        let detected = Detected { kind: Kind::JsonLines.name(), ..Detected::default() };
        let samples = Samples::new(0);
        Ok(List { kind: Kind::JsonLines, encoding, titles, source, samples, detected })
    }

    fn sheet(input: Input, options: &Options) -> Result<List, ListError> {
        let (book, titles) = Book::open(input.again()?, options.sheet.as_deref())?;
        Ok(List {
            kind: Kind::Xlsx,
            encoding: Encoding::UTF_8,
            titles,
            source: ListSource::Sheet(Box::new(book)),
            samples: Samples::new(0),
            detected: Detected { kind: Kind::Xlsx.name(), ..Detected::default() },
        })
    }
}

/// The text of an input behind its mark, and its encoding.
fn decoded(
    input: Box<dyn Read + Send>,
    options: &Options,
) -> Result<(Encoding, Box<dyn Read + Send>), ListError> {
    let (beginning, rest) = peeked(input, 3).map_err(ListError::Read)?;
    let (encoding, mark) = Encoding::detect(&beginning, options.encoding);
    let text = Cursor::new(beginning[mark..].to_vec()).chain(rest);
    Ok((encoding, encoding.decoding(text)))
}

/// The kind of a list without a telling name, by its first bytes.
fn kind_of(beginning: &[u8]) -> Kind {
    match beginning {
        [b'P', b'K', 3, 4, ..] => Kind::Xlsx,
        [b'{', ..] => Kind::JsonLines,
        _ => Kind::Csv,
    }
}

/// What stands between two cells, as people write it.
fn separator_name(separator: u8) -> String {
    if separator == b'\t' { "tab".to_owned() } else { char::from(separator).to_string() }
}
