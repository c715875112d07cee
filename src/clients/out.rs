//! Where rows and rejects go, in order.

use super::answers::{Answer, Answers};
use super::error::ListError;
use super::form::Form;
use super::order::Drain;
use super::output::Output;
use super::rejects::Rejects;
use super::rows::{Done, RowWriter, Writing};
use super::run::Listener;
use super::sheet::SheetWriter;
use super::summary::{Counts, Summary};
use super::text::Encoding;
use std::io::Write;

/// Where rows go.
pub(super) enum Sink {
    /// Text, as it comes.
    Text(Output, Encoding),
    /// A spreadsheet, which is put together at the end.
    Sheet(Output, Box<SheetWriter>),
}

impl Sink {
    pub(super) fn new(
        output: Output,
        encoding: Encoding,
        writer: &RowWriter,
        answers: &Answers,
    ) -> Result<Self, ListError> {
        match writer.writing {
            Writing::Sheet => {
                let titles = writer.columns().map(|column| &writer.titles[column]);
                let status = answers.columns.iter().position(|answer| *answer == Answer::Status);
                Ok(Sink::Sheet(output, Box::new(SheetWriter::new(titles, &answers.titles, status)?)))
            }
            // JSON is UTF-8, whatever it was made from.
            Writing::As(Form::JsonLines) => Ok(Sink::Text(output, Encoding::UTF_8)),
            Writing::As(_) | Writing::Kept => Ok(Sink::Text(output, encoding)),
        }
    }
}

/// Takes what has been worked out, in the order of the input.
pub(super) struct Out<'l> {
    pub(super) sink: Sink,
    pub(super) rejects: Option<Rejects>,
    /// Line breaks of the input that are done.
    pub(super) lines: u64,
    /// Records of the input that are done.
    pub(super) read: u64,
    pub(super) listener: &'l mut dyn Listener,
}

impl Out<'_> {
    /// Writes what stands before the first row.
    pub(super) fn begin(&mut self, header: &[u8]) -> Result<(), ListError> {
        if let Sink::Text(output, encoding) = &mut self.sink {
            output.write_all(encoding.mark()).map_err(ListError::Write)?;
            output.write_all(&encoding.outward(header)).map_err(ListError::Write)?;
        }
        Ok(())
    }

    /// Checks that nothing was lost, and puts the files in their places.
    pub(super) fn finish(
        self,
        mut counts: Counts,
        summary: impl FnOnce(&Counts) -> Summary,
    ) -> Result<Summary, ListError> {
        counts.read = self.read;
        counts.rejected = self.rejects.as_ref().map_or(0, |rejects| rejects.count);
        if counts.read != counts.answered + counts.rejected {
            return Err(ListError::Lost { read: counts.read, written: counts.answered + counts.rejected });
        }
        let output = match self.sink {
            Sink::Text(output, _) => output,
            Sink::Sheet(mut output, writer) => {
                writer.finish(&mut output)?;
                output
            }
        };
        output.finish()?;
        self.rejects.map_or(Ok(()), Rejects::finish)?;
        Ok(summary(&counts))
    }
}

impl Drain<Done> for &mut Out<'_> {
    fn take(&mut self, done: &mut Done) -> Result<(), ListError> {
        if let Some(rejects) = &mut self.rejects {
            rejects.write(&done.rejects, self.lines)?;
        }
        match &mut self.sink {
            Sink::Text(output, encoding) => {
                output.write_all(&encoding.outward(&done.text)).map_err(ListError::Write)?;
            }
            Sink::Sheet(_, writer) => writer.write(&done.sheet)?,
        }
        self.lines += done.lines;
        self.read += done.records;
        self.listener.advanced(done.records, done.bytes);
        done.clear();
        Ok(())
    }
}
