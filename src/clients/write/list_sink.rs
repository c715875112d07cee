//! The list with its answers, as text or as a workbook.

use super::output::Output;
use super::row_writer::{RowWriter, Writing, WrittenRows};
use super::sink::Sink;
use super::workbook::WorkbookWriter;
use crate::clients::answer::{AnswerColumn, AnswerColumns};
use crate::clients::encoding::Encoding;
use crate::clients::error::ListError;
use std::io::Write;

/// Where the list goes.
pub(crate) enum ListSink {
    /// Text, as it comes.
    Text(Output, Encoding),
    /// A workbook, which is put together at the end.
    Workbook(Output, Box<WorkbookWriter>),
}

impl ListSink {
    /// The sink that takes what `writer` puts out.
    ///
    /// # Errors
    /// If there are more columns than a workbook holds.
    pub(crate) fn new(
        output: Output,
        encoding: Encoding,
        writer: &RowWriter,
        columns: &AnswerColumns,
    ) -> Result<Self, ListError> {
        match writer.writing {
            Writing::Workbook => {
                let titles = writer.columns().map(|column| &writer.titles[column]);
                let status = columns.place(AnswerColumn::Status);
                let workbook = WorkbookWriter::new(titles, &columns.titles, status)?;
                Ok(ListSink::Workbook(output, Box::new(workbook)))
            }
            Writing::As(_) | Writing::Kept => Ok(ListSink::Text(output, encoding)),
        }
    }

    /// Writes what stands before the first row.
    pub(crate) fn begin(&mut self, header: &[u8]) -> Result<(), ListError> {
        if let ListSink::Text(output, encoding) = self {
            output.write_all(encoding.mark()).map_err(ListError::Write)?;
            output.write_all(&encoding.outward(header)).map_err(ListError::Write)?;
        }
        Ok(())
    }

    /// Puts the finished list in its place.
    pub(crate) fn finish(self) -> Result<(), ListError> {
        match self {
            ListSink::Text(output, _) => output.finish(),
            ListSink::Workbook(mut output, writer) => {
                writer.finish(&mut output)?;
                output.finish()
            }
        }
    }
}

impl Sink<WrittenRows> for ListSink {
    fn take(&mut self, rows: &mut WrittenRows) -> Result<(), ListError> {
        match self {
            ListSink::Text(output, encoding) => {
                output.write_all(&encoding.outward(&rows.text)).map_err(ListError::Write)?;
            }
            ListSink::Workbook(_, writer) => writer.write(&rows.workbook)?,
        }
        rows.text.clear();
        rows.workbook.clear();
        Ok(())
    }
}
