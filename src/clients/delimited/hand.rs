//! One thread's work on blocks of delimited text.

use super::records::{Record, each_record};
use super::write::{is_formula, push_cell};
use crate::clients::answering::Answering;
use crate::clients::blocks::Block;
use crate::clients::error::ListError;
use crate::clients::facts::Row;
use crate::clients::order::Hand;
use crate::clients::rows::{Done, ListRow, Reject, RowWriter};
use crate::clients::text::Encoding;
use crate::clients::value::Value;
use std::borrow::Cow;
use std::ops::Range;

/// How the delimited text of a list is read and kept.
#[derive(Clone, Copy, Debug)]
pub(in crate::clients) struct Reading {
    pub(in crate::clients) separator: u8,
    /// How many cells each record has.
    pub(in crate::clients) width: usize,
    pub(in crate::clients) encoding: Encoding,
    /// Whether text that a spreadsheet would run is kept from it.
    pub(in crate::clients) guarded: bool,
}

/// Answers the rows of delimited text.
pub(in crate::clients) struct DelimitedHand<'p> {
    pub(in crate::clients) reading: Reading,
    pub(in crate::clients) answering: Answering<'p>,
    pub(in crate::clients) writer: RowWriter<'p>,
}

/// A record as a row.
struct DelimitedRow<'t> {
    record: Record<'t>,
    reading: Reading,
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
    fn written(&self, only: Option<usize>) -> (Cow<'_, [u8]>, &[u8]) {
        let whole = match only {
            Some(column) => self.record.written(column),
            None => self.record.bytes(),
        };
        let before = if self.reading.guarded { self.guarded(only, whole) } else { Cow::Borrowed(whole) };
        (before, self.record.line_end())
    }

    fn value(&self, column: usize) -> Value<'_> {
        let cell = self.record.cell(column);
        if cell.is_empty() {
            return Value::Empty;
        }
        let text = match self.reading.encoding.utf8(&cell) {
            Cow::Borrowed(_) => match cell {
                Cow::Borrowed(cell) => String::from_utf8_lossy(cell),
                Cow::Owned(cell) => Cow::Owned(String::from_utf8_lossy(&cell).into_owned()),
            },
            Cow::Owned(cell) => Cow::Owned(String::from_utf8_lossy(&cell).into_owned()),
        };
        Value::Text(text)
    }
}

impl<'t> DelimitedRow<'t> {
    /// The cells, with `'` before what a spreadsheet would run.
    fn guarded(&self, only: Option<usize>, whole: &'t [u8]) -> Cow<'t, [u8]> {
        let cells = only.map_or(0..self.record.width(), |column| column..column + 1);
        if !cells.clone().any(|cell| is_formula(&self.record.cell(cell))) {
            return Cow::Borrowed(whole);
        }
        let mut out = Vec::with_capacity(whole.len() + 8);
        for (at, column) in cells.enumerate() {
            if at > 0 {
                out.push(self.reading.separator);
            }
            let cell = self.record.cell(column);
            if is_formula(&cell) {
                push_cell(&mut out, &[b"'", &*cell].concat(), self.reading.separator);
            } else {
                out.extend_from_slice(self.record.written(column));
            }
        }
        Cow::Owned(out)
    }
}

impl Hand for DelimitedHand<'_> {
    type Work = Block;
    type Done = Done;

    fn work(&mut self, block: &Block, done: &mut Done) -> Result<(), ListError> {
        let text = block.text();
        let valid = self.reading.encoding.is_valid(text);
        // Where rejects were counted up to, and how many line breaks there were.
        let mut counted = (0, 0);
        for (stretch, broken) in block.stretches() {
            each_record(text, stretch, self.reading.separator, |record| {
                if let Some(reason) = self.fault(&record, valid) {
                    return reject(text, record.range(), reason, &mut counted, done);
                }
                let row = DelimitedRow { record, reading: self.reading };
                let answers = self.answering.answer(&row);
                self.writer.put(&row, answers, done);
            });
            if let Some((range, reason)) = broken {
                reject(text, range, reason.to_owned(), &mut counted, done);
            }
        }
        done.lines = memchr::memchr_iter(b'\n', text).count() as u64;
        done.bytes = text.len() as u64;
        Ok(())
    }
}

impl DelimitedHand<'_> {
    /// Why a record cannot be read, if it cannot.
    #[inline]
    fn fault(&self, record: &Record, valid: bool) -> Option<String> {
        let Reading { width, encoding, .. } = self.reading;
        if record.width() != width {
            let cells = if record.width() == 1 { "1 cell" } else { &format!("{} cells", record.width()) };
            return Some(format!("{cells} instead of {width}"));
        }
        (!valid && !encoding.is_valid(record.bytes()))
            .then(|| format!("bad encoding: not valid {}", encoding.name()))
    }
}

/// Sets a record aside, with the number of line breaks before it.
fn reject(text: &[u8], range: Range<usize>, reason: String, counted: &mut (usize, u64), done: &mut Done) {
    counted.1 += memchr::memchr_iter(b'\n', &text[counted.0..range.start]).count() as u64;
    counted.0 = range.start;
    let record = text[range].to_vec();
    done.records += 1;
    done.rejects.push(Reject { line: counted.1, reason, record });
}
