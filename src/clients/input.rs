//! Where a list comes from, and what is known of it before its first row is read.

use super::blocks::{Blocks, LONGEST, Records};
use super::delimited::{Cutter, Header, read_header};
use super::error::ListError;
use super::kind::Kind;
use super::run::Options;
use super::text::{Encoding, peeked};
use std::fs::File;
use std::io::{Cursor, Read};
use std::path::PathBuf;

/// Where a list comes from.
pub enum Input {
    /// A file.
    File(PathBuf),
    /// Something that can be read once, such as standard input.
    Stream(Box<dyn Read + Send>),
}

impl Input {
    /// The kind that the name of the file says.
    fn named_kind(&self) -> Option<Kind> {
        match self {
            Input::File(path) => Kind::of(path),
            Input::Stream(_) => None,
        }
    }

    fn open(self) -> Result<Box<dyn Read + Send>, ListError> {
        match self {
            Input::File(path) => match File::open(&path) {
                Ok(file) => Ok(Box::new(file)),
                Err(source) => Err(ListError::File { doing: "read", path, source }),
            },
            Input::Stream(stream) => Ok(stream),
        }
    }
}

/// A list whose header has been read.
pub(super) struct List {
    pub(super) kind: Kind,
    pub(super) encoding: Encoding,
    pub(super) titles: Vec<String>,
    pub(super) source: ListSource,
}

/// Where the rows of a list come from.
pub(super) enum ListSource {
    /// Delimited text.
    Delimited(Header, Blocks),
}

impl List {
    pub(super) fn open(input: Input, options: &Options) -> Result<List, ListError> {
        let named = options.input_kind.or(input.named_kind());
        let (beginning, rest) = peeked(input.open()?, 4).map_err(ListError::Read)?;
        let kind = named.unwrap_or_else(|| kind_of(&beginning));
        let (encoding, mark) = Encoding::detect(&beginning, options.encoding);
        let text = Cursor::new(beginning[mark..].to_vec()).chain(rest);
        let mut text = encoding.decoding(text);
        let (header, behind) = read_header(&mut text, encoding, options.delimiter.or(kind.separator()))?;
        let cutter = Cutter { separator: header.separator, longest: LONGEST };
        let mut blocks = Blocks::new(text, Records::Delimited(cutter));
        blocks.put_back(&behind);
        Ok(List { kind, encoding, titles: header.titles.clone(), source: ListSource::Delimited(header, blocks) })
    }
}

/// The kind of a list without a telling name, by its first bytes.
fn kind_of(beginning: &[u8]) -> Kind {
    match beginning {
        [b'P', b'K', 3, 4, ..] => Kind::Xlsx,
        [b'{', ..] => Kind::JsonLines,
        _ => Kind::Csv,
    }
}
