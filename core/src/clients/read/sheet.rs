//! Rows of a sheet.

use super::delimited::push_cell;
use super::row::{BlockEnd, ListRow, RecordReader, Reject, Row, RowVisitor, Supply, Written};
use crate::clients::error::ListError;
use crate::clients::value::Value;
use crate::clients::workbook::{Book, Cells, Rows, Source};
use std::borrow::Cow;

/// Rows that are handed on together, each with its number, from 1.
type Handed = Vec<(u64, Cells)>;

/// How many rows are handed on together.
const TOGETHER: usize = 1000;
/// No more of them than have so many cells, since one far off makes its row that long.
const CELLS_TOGETHER: usize = 250_000;

/// A list on a sheet of a workbook.
pub(crate) struct SheetList {
    book: Book,
    /// The sheet.
    pub(crate) sheet: String,
    /// The number of the row with the titles, from 1.
    pub(crate) header: u64,
}

impl SheetList {
    /// The list whose titles stand in a row of a sheet.
    pub(crate) fn new(book: Book, sheet: String, header: u64) -> Self {
        SheetList { book, sheet, header }
    }

    /// The bytes of its workbook.
    pub(crate) fn source(&self) -> &Source {
        self.book.source()
    }

    /// Its rows below the titles.
    ///
    /// # Errors
    /// If the sheet cannot be read.
    pub(crate) fn rows(&mut self) -> Result<SheetSupply<'_>, ListError> {
        Ok(SheetSupply { rows: self.book.rows(&self.sheet)?, header: self.header, given: 0 })
    }
}

/// Rows of a sheet, as they are handed on.
pub(crate) struct SheetSupply<'b> {
    rows: Rows<'b>,
    header: u64,
    given: u64,
}

impl Supply<Handed> for SheetSupply<'_> {
    fn next(&mut self, rows: &mut Handed) -> Result<Option<u64>, ListError> {
        rows.clear();
        let mut held = 0;
        while rows.len() < TOGETHER
            && held < CELLS_TOGETHER
            && let Some((number, cells)) = self.rows.next()?
        {
            if number > self.header {
                held += cells.len();
                rows.push((number, cells));
            }
        }
        if rows.is_empty() {
            return Ok(None);
        }
        self.given += 1;
        Ok(Some(self.given - 1))
    }
}

/// Reads the rows of a sheet.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SheetReader {
    /// How many cells there are in the header.
    pub(crate) width: usize,
    /// How many lines there are before the first row.
    pub(crate) header_lines: u64,
    /// Whether rows stay where they are. Cells beyond the header lose nothing then; elsewhere no column would be theirs.
    pub(crate) kept: bool,
}

struct SheetRow<'c> {
    number: u64,
    cells: &'c [Value<'static>],
}

impl Row for SheetRow<'_> {
    fn cell(&self, column: usize) -> Cow<'_, [u8]> {
        match self.cells.get(column) {
            Some(Value::Date(moment)) => Cow::Owned(moment.as_band().into_bytes()),
            Some(value) => match value.read_text() {
                Cow::Borrowed(text) => Cow::Borrowed(text.as_bytes()),
                Cow::Owned(text) => Cow::Owned(text.into_bytes()),
            },
            None => Cow::Borrowed(b""),
        }
    }
}

impl ListRow for SheetRow<'_> {
    fn written(&self, _: Option<usize>) -> Written<'_> {
        Written { before: Cow::Borrowed(b""), behind: b"", is_empty: true }
    }

    fn value(&self, column: usize) -> Value<'_> {
        self.cells.get(column).cloned().unwrap_or(Value::Empty)
    }

    fn number(&self) -> u64 {
        self.number
    }
}

impl RecordReader for SheetReader {
    type Block = Handed;

    fn read(&mut self, rows: &Handed, visitor: &mut impl RowVisitor) -> BlockEnd {
        for (number, cells) in rows {
            if self.kept || cells.len() <= self.width {
                visitor.row(&SheetRow { number: *number, cells });
                continue;
            }
            let mut record = Vec::new();
            for (at, cell) in cells.iter().enumerate() {
                if at > 0 {
                    record.push(b',');
                }
                push_cell(&mut record, cell.text().as_bytes(), b',');
            }
            let reason = format!("{} cells instead of {}", cells.len(), self.width);
            visitor.reject(Reject { line: number - 1 - self.header_lines, reason, record });
        }
        BlockEnd::default()
    }
}
