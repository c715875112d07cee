//! No new workbook where there are no files: rows wait in one until they are written.

use super::row_writer::WorkbookRow;
use crate::clients::error::ListError;
use std::io::Write;

/// There is none.
pub(crate) enum WorkbookWriter {}

impl WorkbookWriter {
    /// Says so.
    pub(crate) fn new<'t>(
        _kept: impl Iterator<Item = &'t String>,
        _answers: &'t [String],
        _status: Option<usize>,
    ) -> Result<Self, ListError> {
        Err(ListError::Usage("a new workbook needs the program on a computer; take csv instead".into()))
    }

    pub(crate) fn write(&mut self, _rows: &[WorkbookRow]) -> Result<(), ListError> {
        match *self {}
    }

    pub(crate) fn finish<W: Write>(self, _out: W) -> Result<W, ListError> {
        match self {}
    }
}
