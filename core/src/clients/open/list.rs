//! What is known of a list before its first row is read.

use super::detected::Detected;
use super::fitting::GivesFact;
use super::header::{Header, HeaderOptions, find_header, samples};
use super::input::Input;
use super::samples::Samples;
use super::sheet_header::sheet_header;
use super::text::{BLOCK, OpenedText};
use super::unpacked::{Unpacked, unpacked};
use crate::clients::encoding::{Encoding, peeked};
use crate::clients::error::ListError;
use crate::clients::kind::Kind;
use crate::clients::options::Options;
use crate::clients::read::blocks::{Blocks, LONGEST, Records};
use crate::clients::read::delimited::Cutter;
use crate::clients::read::json::{self, JsonReader, JsonShape};
use crate::clients::read::sheet::{SheetList, SheetReader};
use crate::clients::read::{ListRow, RecordReader, Reject, RowVisitor, Supply};
use crate::clients::workbook::{Book, Format, Source};
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

/// Where the rows of a list come from.
pub(crate) enum ListSource {
    /// Delimited text.
    Delimited(Header, Blocks),
    /// JSON objects, with the column of each path.
    Json(JsonShape, HashMap<String, usize>, Blocks),
    /// A sheet of a workbook.
    Sheet(Box<SheetList>),
}

impl List {
    /// The header of delimited text.
    pub(crate) fn header(&self) -> Option<&Header> {
        match &self.source {
            ListSource::Delimited(header, _) => Some(header),
            ListSource::Json(..) | ListSource::Sheet(_) => None,
        }
    }

    /// The list, if it is on a sheet.
    pub(crate) fn sheet(&self) -> Option<&SheetList> {
        match &self.source {
            ListSource::Sheet(list) => Some(list),
            ListSource::Delimited(..) | ListSource::Json(..) => None,
        }
    }

    /// How many lines there are before the first row.
    pub(crate) fn header_lines(&self) -> u64 {
        match &self.source {
            ListSource::Delimited(header, _) => header.lines,
            ListSource::Json(..) => 0,
            ListSource::Sheet(list) => list.header,
        }
    }

    /// Opens a list.
    ///
    /// # Errors
    /// Whatever keeps its header from being read.
    pub(crate) fn open(input: Input, options: &Options, gives_fact: &GivesFact) -> Result<List, ListError> {
        match unpacked(input, options.input_kind)? {
            Unpacked::Workbook(format, source) => List::in_workbook(format, source, options, gives_fact),
            Unpacked::Text(Kind::JsonLines, input) => List::json(JsonShape::Lines, input, options),
            Unpacked::Text(Kind::Json, input) => List::json(JsonShape::Array, input, options),
            Unpacked::Text(kind, input) => List::delimited(kind, input, options, gives_fact),
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
        let samples = samples.settled(options.decimal);
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

    /// The columns of JSON objects are known only when all of them have been read, so they are read twice.
    fn json(shape: JsonShape, input: Input, options: &Options) -> Result<List, ListError> {
        let file = input.again()?;
        let (encoding, text) = decoded(Box::new(file.again().map_err(ListError::Read)?), options)?;
        let titles = json::keys(shape.blocks(text, encoding)?, shape, encoding)?;
        let from_beginning = || {
            let mut text = file.again().map_err(ListError::Read)?;
            text.rewind().map_err(ListError::Read)?;
            shape.blocks(decoded(Box::new(text), options)?.1, encoding)
        };
        let columns = titles.iter().enumerate().map(|(at, title)| (title.clone(), at)).collect();
        let reader = JsonReader { shape, columns: &columns, titles: &titles, encoding };
        let samples = sampled(from_beginning()?, reader, titles.len())?.settled(options.decimal);
        let source = ListSource::Json(shape, columns, from_beginning()?);
        let kind = if shape == JsonShape::Lines { Kind::JsonLines } else { Kind::Json };
        let detected = Detected {
            kind: kind.name(),
            encoding: Some(encoding.name().to_owned()),
            mark: encoding.has_mark(),
            ..Detected::default()
        };
        Ok(List { kind, encoding, titles, source, samples, detected })
    }

    fn in_workbook(
        format: Format,
        source: Source,
        options: &Options,
        gives_fact: &GivesFact,
    ) -> Result<List, ListError> {
        let mut book = Book::open(source, format)?;
        let found = sheet_header(&mut book, options, gives_fact)?;
        let kind = Kind::of_workbook(format);
        let mut list = SheetList::new(book, found.sheet, found.row);
        let titles = found.titles;
        let reader = SheetReader { width: titles.len(), header_lines: list.header, kept: true };
        let samples = sampled(list.rows()?, reader, titles.len())?.settled(options.decimal);
        let detected = Detected {
            kind: kind.name(),
            sheet: Some(list.sheet.clone()),
            header_line: (found.row > 0).then_some(found.row),
            preamble: Some(found.preamble).filter(|preamble| !preamble.is_empty()),
            choices: found.said,
            ..Detected::default()
        };
        let source = ListSource::Sheet(Box::new(list));
        Ok(List { kind, encoding: Encoding::UTF_8, titles, source, samples, detected })
    }
}

/// The first cells of every column.
fn sampled<R: RecordReader>(
    mut supply: impl Supply<R::Block>,
    mut reader: R,
    width: usize,
) -> Result<Samples, ListError> {
    struct Sampler(Samples);
    impl RowVisitor for Sampler {
        fn row(&mut self, row: &impl ListRow) {
            if !self.0.is_full() {
                self.0.add(|cell| row.cell(cell), Encoding::UTF_8);
            }
        }
        fn reject(&mut self, _: Reject) {}
    }
    let mut sampler = Sampler(Samples::new(width));
    let mut block = R::Block::default();
    while !sampler.0.is_full() && supply.next(&mut block)?.is_some() {
        reader.read(&block, &mut sampler);
    }
    Ok(sampler.0)
}

/// The text of an input behind its mark, and its encoding.
fn decoded(
    input: Box<dyn Read + Send>,
    options: &Options,
) -> Result<(Encoding, Box<dyn Read + Send>), ListError> {
    let (beginning, rest) = peeked(input, BLOCK as usize).map_err(ListError::Read)?;
    let (encoding, mark) = Encoding::detect(&beginning, options.encoding);
    let text = Cursor::new(beginning[mark..].to_vec()).chain(rest);
    Ok((encoding, encoding.decoding(text)))
}

/// What stands between two cells, as people write it.
fn separator_name(separator: u8) -> String {
    if separator == b'\t' { "tab".to_owned() } else { char::from(separator).to_string() }
}
