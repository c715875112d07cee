//! Takes every record of an opened list through the threads, and what they make of it to a sink.

use super::listener::Listener;
use super::parallel::{self, Drain};
use super::tasks::{Done, RecordWorker, RowTask};
use crate::clients::encoding::Encoding;
use crate::clients::error::ListError;
use crate::clients::open::ListSource;
use crate::clients::read::Mended;
use crate::clients::read::delimited::DelimitedReader;
use crate::clients::read::json::JsonReader;
use crate::clients::read::sheet::SheetReader;
use crate::clients::write::{Rejects, Sink};

/// What is the same for all kinds of lists.
pub(crate) struct Through<'l> {
    /// The titles of the list.
    pub(crate) titles: &'l [String],
    pub(crate) encoding: Encoding,
    /// Whether text that a spreadsheet would run is kept from it.
    pub(crate) guarded: bool,
    /// Whether records that stop short are filled up.
    pub(crate) pad: bool,
    /// Whether rows stay where they are, in a workbook that is kept.
    pub(crate) kept: bool,
}

impl Through<'_> {
    /// Takes all records of `source` through `tasks`, one thread each, to `drain`, and gives the tasks back.
    ///
    /// # Errors
    /// Whatever keeps the rest of the list from being read or written.
    pub(crate) fn run<T: RowTask, S: Sink<T::Rows>>(
        &self,
        source: ListSource,
        tasks: Vec<T>,
        drain: &mut Collected<S>,
    ) -> Result<Vec<T>, ListError> {
        let (width, encoding) = (self.titles.len(), self.encoding);
        match source {
            ListSource::Delimited(header, blocks) => {
                let reader = DelimitedReader {
                    dialect: header.dialect,
                    width,
                    encoding,
                    guarded: self.guarded,
                    pad: self.pad,
                };
                done(parallel::run(workers(reader, tasks), blocks, drain))
            }
            ListSource::Json(shape, columns, blocks) => {
                let reader = JsonReader { shape, columns: &columns, titles: self.titles, encoding };
                done(parallel::run(workers(reader, tasks), blocks, drain))
            }
            ListSource::Sheet(mut list) => {
                let reader = SheetReader { width, header_lines: list.header, kept: self.kept };
                done(parallel::run(workers(reader, tasks), list.rows()?, drain))
            }
        }
    }
}

fn workers<R: Copy, T>(reader: R, tasks: Vec<T>) -> Vec<RecordWorker<R, T>> {
    tasks.into_iter().map(|task| RecordWorker { reader, task }).collect()
}

fn done<R, T>(workers: Result<Vec<RecordWorker<R, T>>, ListError>) -> Result<Vec<T>, ListError> {
    Ok(workers?.into_iter().map(|worker| worker.task).collect())
}

/// Takes what has been worked out, in the order of the list.
pub(crate) struct Collected<'l, S> {
    pub(crate) sink: S,
    pub(crate) rejects: Rejects,
    /// Line breaks of the input that are done.
    pub(crate) lines: u64,
    /// Records of the input that are done.
    pub(crate) read: u64,
    /// Records that were mended.
    pub(crate) mended: Mended,
    pub(crate) listener: &'l mut dyn Listener,
}

impl<Rows: Send, S: Sink<Rows>> Drain<Done<Rows>> for &mut Collected<'_, S> {
    fn take(&mut self, done: &mut Done<Rows>) -> Result<(), ListError> {
        self.rejects.write(&done.rejects, self.lines)?;
        self.sink.take(&mut done.rows)?;
        self.lines += done.lines;
        self.read += done.records;
        self.mended.add(done.mended);
        self.listener.advanced(done.records, done.bytes);
        done.rejects.clear();
        Ok(())
    }
}
