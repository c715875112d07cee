//! The rows of delimited text.

use super::cell::{is_formula, push_cell};
use super::dialect::Dialect;
use super::records::{Record, visit_records};
use crate::clients::encoding::Encoding;
use crate::clients::read::blocks::Block;
use crate::clients::read::row::{BlockEnd, ListRow, Mended, RecordReader, Reject, Row, RowVisitor, Written};
use crate::clients::value::Value;
use std::borrow::Cow;
use std::ops::Range;

/// Reads the rows of delimited text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct DelimitedReader {
    pub(crate) dialect: Dialect,
    /// How many cells each record has.
    pub(crate) width: usize,
    pub(crate) encoding: Encoding,
    /// Whether text that a spreadsheet would run is kept from it.
    pub(crate) guarded: bool,
    /// Whether records that stop short are filled up.
    pub(crate) pad: bool,
}

/// A record as a row.
struct DelimitedRow<'t> {
    record: Record<'t>,
    reader: DelimitedReader,
}

impl Row for DelimitedRow<'_> {
    #[inline]
    fn cell(&self, column: usize) -> Cow<'_, [u8]> {
        self.record.cell(column)
    }

    #[inline]
    fn side_by_side(&self, columns: (usize, usize)) -> Option<&[u8]> {
        self.record.written_between(columns)
    }
}

impl ListRow for DelimitedRow<'_> {
    #[inline]
    fn written(&self, only: Option<usize>) -> Written<'_> {
        let whole = match only {
            Some(column) => self.record.written(column),
            None => self.record.beginning(self.reader.width),
        };
        let mut before = if self.reader.guarded { self.guarded(only, whole) } else { Cow::Borrowed(whole) };
        if only.is_none() && self.record.width() < self.reader.width {
            let missing = self.reader.width - self.record.width();
            before.to_mut().extend(std::iter::repeat_n(self.reader.dialect.separator, missing));
        }
        Written { before, behind: self.record.line_end(), is_empty: false }
    }

    fn value(&self, column: usize) -> Value<'_> {
        let cell = self.record.cell(column);
        if cell.is_empty() {
            return Value::Empty;
        }
        let text = match self.reader.encoding.utf8(&cell) {
            Cow::Borrowed(_) => match cell {
                Cow::Borrowed(cell) => String::from_utf8_lossy(cell),
                Cow::Owned(cell) => Cow::Owned(String::from_utf8_lossy(&cell).into_owned()),
            },
            Cow::Owned(cell) => Cow::Owned(String::from_utf8_lossy(&cell).into_owned()),
        };
        Value::Untyped(text)
    }
}

impl<'t> DelimitedRow<'t> {
    /// The cells, with `'` before what a spreadsheet would run.
    fn guarded(&self, only: Option<usize>, whole: &'t [u8]) -> Cow<'t, [u8]> {
        let cells = only.map_or(0..self.record.width().min(self.reader.width), |column| column..column + 1);
        if !cells.clone().any(|cell| is_formula(&self.record.cell(cell))) {
            return Cow::Borrowed(whole);
        }
        let mut out = Vec::with_capacity(whole.len() + 8);
        for (at, column) in cells.enumerate() {
            if at > 0 {
                out.push(self.reader.dialect.separator);
            }
            let cell = self.record.cell(column);
            if is_formula(&cell) {
                push_cell(&mut out, &[b"'", &*cell].concat(), self.reader.dialect.separator);
            } else {
                out.extend_from_slice(self.record.written(column));
            }
        }
        Cow::Owned(out)
    }
}

impl RecordReader for DelimitedReader {
    type Block = Block;

    fn read(&mut self, block: &Block, visitor: &mut impl RowVisitor) -> BlockEnd {
        let text = block.text();
        let valid = self.encoding.is_valid(text);
        let line_break = self.dialect.line_break;
        let mut rejecter = Rejecter { text, line_break, counted: (0, 0) };
        let mut mended = Mended::default();
        let lines = visit_records(text, &block.odd, self.dialect, |record| match record {
            Ok(record) => match self.fault(&record, valid, &mut mended) {
                Some(reason) => visitor.reject(rejecter.reject(record.range(), reason)),
                None => visitor.row(&DelimitedRow { record, reader: *self }),
            },
            Err((range, reason)) => visitor.reject(rejecter.reject(range, reason.to_owned())),
        });
        BlockEnd { lines, bytes: text.len() as u64, mended }
    }
}

impl DelimitedReader {
    /// Why a record cannot be read, if it cannot.
    #[inline]
    fn fault(&self, record: &Record, valid: bool, mended: &mut Mended) -> Option<String> {
        let DelimitedReader { width, encoding, .. } = *self;
        if !valid && !encoding.is_valid(record.bytes()) {
            return Some(format!("bad encoding: not valid {}", encoding.name()));
        }
        if record.width() == width {
            return None;
        }
        if record.width() > width && (width..record.width()).all(|cell| record.cell(cell).is_empty()) {
            mended.cut += 1;
            return None;
        }
        if record.width() < width && self.pad {
            mended.padded += 1;
            return None;
        }
        let cells = if record.width() == 1 { "1 cell" } else { &format!("{} cells", record.width()) };
        Some(format!("{cells} instead of {width}"))
    }
}

/// Sets records of a block aside.
struct Rejecter<'t> {
    text: &'t [u8],
    line_break: u8,
    /// Up to where line breaks were counted, and how many there were.
    counted: (usize, u64),
}

impl Rejecter<'_> {
    /// A record, with the number of line breaks before it.
    fn reject(&mut self, range: Range<usize>, reason: String) -> Reject {
        self.counted.1 +=
            memchr::memchr_iter(self.line_break, &self.text[self.counted.0..range.start]).count() as u64;
        self.counted.0 = range.start;
        Reject { line: self.counted.1, reason, record: self.text[range].to_vec() }
    }
}
