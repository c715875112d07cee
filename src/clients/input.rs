//! Where a list comes from, and what is known of it before its first row is read.

use super::again::Again;
use super::blocks::{Blocks, LONGEST, Records};
use super::delimited::{Cutter, Header, read_header};
use super::error::ListError;
use super::kind::Kind;
use super::lines;
use super::run::Options;
use super::sheet::Book;
use super::text::{Encoding, peeked};
use std::collections::HashMap;
use std::io::{Cursor, Read, Seek};
#[cfg(feature = "cli")]
use {std::fs::File, std::io, std::path::PathBuf};

/// Where a list comes from.
pub enum Input {
    /// A file.
    #[cfg(feature = "cli")]
    File(PathBuf),
    /// Something that can be read once, such as standard input.
    Stream(Box<dyn Read + Send>),
}

impl Input {
    /// The kind that the name of the file says.
    fn named_kind(&self) -> Option<Kind> {
        match self {
            #[cfg(feature = "cli")]
            Input::File(path) => Kind::of(path),
            Input::Stream(_) => None,
        }
    }

    fn open(self) -> Result<Box<dyn Read + Send>, ListError> {
        match self {
            #[cfg(feature = "cli")]
            Input::File(path) => Ok(Box::new(open(path)?)),
            Input::Stream(stream) => Ok(stream),
        }
    }

    /// The same as something that can be read more than once, a copy where it is no file.
    fn again(self) -> Result<Again, ListError> {
        #[cfg(feature = "cli")]
        if let Input::File(path) = &self {
            let file = open(path.clone())?;
            if file.metadata().is_ok_and(|about| about.is_file()) {
                return Ok(Again::file(file));
            }
        }
        Again::copy(&mut self.open()?).map_err(ListError::Read)
    }
}

#[cfg(feature = "cli")]
fn open(path: PathBuf) -> Result<File, ListError> {
    let failed = |source| ListError::File { doing: "read", path: path.clone(), source };
    let file = File::open(&path).map_err(failed)?;
    if file.metadata().is_ok_and(|about| about.is_dir()) {
        return Err(failed(io::ErrorKind::IsADirectory.into()));
    }
    Ok(file)
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
    /// JSON lines, with the column of each key.
    Lines(HashMap<String, usize>, Blocks),
    /// A spreadsheet.
    Sheet(Box<Book>),
}

impl List {
    pub(super) fn open(input: Input, options: &Options) -> Result<List, ListError> {
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
            Kind::Csv | Kind::Tsv | Kind::Semicolon => List::delimited(kind, input, options),
        }
    }

    fn delimited(kind: Kind, input: Input, options: &Options) -> Result<List, ListError> {
        let (encoding, mut text) = decoded(input.open()?, options)?;
        let (header, behind) = read_header(&mut text, encoding, options.delimiter.or(kind.separator()))?;
        let cutter = Cutter { separator: header.separator, longest: LONGEST };
        let mut blocks = Blocks::new(text, Records::Delimited(cutter));
        blocks.put_back(&behind);
        Ok(List {
            kind,
            encoding,
            titles: header.titles.clone(),
            source: ListSource::Delimited(header, blocks),
        })
    }

    /// The columns of JSON lines are known only when all of them have been read, so they are read twice.
    fn lines(input: Input, options: &Options) -> Result<List, ListError> {
        let mut file = input.again()?;
        let (encoding, text) = decoded(Box::new(file.again().map_err(ListError::Read)?), options)?;
        let titles = lines::keys(text, encoding)?;
        file.rewind().map_err(ListError::Read)?;
        let (_, text) = decoded(Box::new(file), options)?;
        let columns = titles.iter().enumerate().map(|(at, title)| (title.clone(), at)).collect();
        let source = ListSource::Lines(columns, Blocks::new(text, Records::Lines));
        Ok(List { kind: Kind::JsonLines, encoding, titles, source })
    }

    fn sheet(input: Input, options: &Options) -> Result<List, ListError> {
        let (book, titles) = Book::open(input.again()?, options.sheet.as_deref())?;
        Ok(List {
            kind: Kind::Xlsx,
            encoding: Encoding::UTF_8,
            titles,
            source: ListSource::Sheet(Box::new(book)),
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
