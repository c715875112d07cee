//! What a thread does with each row: answer it for a list and for a page, or compare what two rulesets say.

use crate::clients::answer::{ActualCounter, Answered, Answerer, Counts};
use crate::clients::earlier::ChangeKind;
use crate::clients::encoding::Encoding;
use crate::clients::options::WrittenRowsOf;
use crate::clients::read::{ListRow, Mended, RecordReader, Reject, RowVisitor};
use crate::clients::write::{AnsweredRow, Change, RowOutcome, RowWriter, WrittenRows};
use std::sync::atomic::{AtomicBool, Ordering};

use super::parallel::Worker;
use crate::clients::error::ListError;
use crate::ruleset::FactId;

/// What is done with each row, on the thread that has read it.
pub(crate) trait RowTask: Send {
    /// What the rows of a block become.
    type Rows: Default + Send;
    /// Does it.
    fn row(&mut self, row: &impl ListRow, rows: &mut Self::Rows);
}

/// What has become of a block.
#[derive(Debug, Default)]
pub(crate) struct Done<Rows> {
    pub(crate) rows: Rows,
    pub(crate) rejects: Vec<Reject>,
    /// Rows and rejects together.
    pub(crate) records: u64,
    /// Line breaks in the block.
    pub(crate) lines: u64,
    /// Its length.
    pub(crate) bytes: u64,
    /// What was mended in it.
    pub(crate) mended: Mended,
}

/// Reads the records of blocks, and does the task with each.
pub(crate) struct RecordWorker<R, T> {
    pub(crate) reader: R,
    pub(crate) task: T,
}

impl<R: RecordReader, T: RowTask> Worker for RecordWorker<R, T> {
    type Work = R::Block;
    type Done = Done<T::Rows>;

    fn work(&mut self, block: &R::Block, done: &mut Done<T::Rows>) -> Result<(), ListError> {
        done.records = 0;
        let end = self.reader.read(block, &mut Visitor { task: &mut self.task, done });
        (done.lines, done.bytes, done.mended) = (end.lines, end.bytes, end.mended);
        Ok(())
    }
}

struct Visitor<'w, T: RowTask> {
    task: &'w mut T,
    done: &'w mut Done<T::Rows>,
}

impl<T: RowTask> RowVisitor for Visitor<'_, T> {
    #[inline]
    fn row(&mut self, row: &impl ListRow) {
        self.done.records += 1;
        self.task.row(row, &mut self.done.rows);
    }

    fn reject(&mut self, reject: Reject) {
        self.done.records += 1;
        self.done.rejects.push(reject);
    }
}

/// Answers each row.
pub(crate) struct AnswerTask<'p> {
    pub(crate) answerer: Answerer<'p>,
    pub(crate) writer: RowWriter<'p>,
    pub(crate) page: Option<PageRows<'p>>,
    /// Which rows are put out.
    pub(crate) written: WrittenRowsOf,
}

impl WrittenRowsOf {
    /// Whether a row is put out.
    #[inline]
    fn takes(self, is_missed: bool) -> bool {
        match self {
            WrittenRowsOf::All => true,
            WrittenRowsOf::Missed => is_missed,
            WrittenRowsOf::None => false,
        }
    }
}

/// Rows for a page.
#[derive(Clone, Copy)]
pub(crate) struct PageRows<'p> {
    /// The column with the organizations' names.
    pub(crate) name: usize,
    pub(crate) encoding: Encoding,
    /// The fact along the ruleset's map.
    pub(crate) axis: Option<FactId>,
    /// Set when the page takes no more rows.
    pub(crate) is_full: &'p AtomicBool,
}

/// The rows of a block with their answers.
#[derive(Debug, Default)]
pub(crate) struct AnsweredRows {
    pub(crate) list: WrittenRows,
    pub(crate) page: Vec<AnsweredRow>,
    /// The keys of the rows in an earlier output, and what has changed since.
    pub(crate) changes: Vec<(String, ChangeKind)>,
}

impl RowTask for AnswerTask<'_> {
    type Rows = AnsweredRows;

    #[inline]
    fn row(&mut self, row: &impl ListRow, rows: &mut AnsweredRows) {
        let answered = self.answerer.answer(row);
        if self.written.takes(answered.is_missed) {
            self.writer.put(row, answered.rendered, &mut rows.list);
        }
        if let Some(change) = answered.change {
            rows.changes.push(change.clone());
        }
        if let Some(page) = &self.page
            && !page.is_full.load(Ordering::Relaxed)
        {
            let mut shown = page.row(row, answered);
            shown.numbers = page.axis.and_then(|fact| self.answerer.bounds_of(fact));
            rows.page.push(shown);
        }
    }
}

impl PageRows<'_> {
    fn row(&self, row: &impl ListRow, answered: Answered) -> AnsweredRow {
        let Answered { decision, is_borderline, note, .. } = answered;
        AnsweredRow {
            name: text(row, self.name, self.encoding),
            status: decision.status,
            owner: decision.owner,
            contact: decision.contact,
            confidence: decision.confidence[usize::from(is_borderline)],
            ask: decision.ask.map(|(fact, _)| fact),
            settles: decision.ask.is_some_and(|(_, settles)| settles),
            has_remarks: note != decision.note,
            numbers: None,
            note: note.to_owned(),
        }
    }
}

/// Compares what two rulesets say of each row.
pub(crate) struct CompareTask<'p> {
    /// Answers by the old ruleset and by the new one.
    pub(crate) answerers: [Answerer<'p>; 2],
    /// For each ruleset and role, the place of the role's id among the ids of both.
    pub(crate) roles: &'p [Vec<usize>; 2],
    /// The column with the organizations' names.
    pub(crate) name: Option<usize>,
    pub(crate) encoding: Encoding,
}

/// The rows of a block that change.
#[derive(Debug, Default)]
pub(crate) struct ChangedRows {
    /// Rows compared.
    pub(crate) rows: u64,
    /// Those that change, with their places in the block.
    pub(crate) changes: Vec<Change>,
}

impl RowTask for CompareTask<'_> {
    type Rows = ChangedRows;

    fn row(&mut self, row: &impl ListRow, rows: &mut ChangedRows) {
        rows.rows += 1;
        let [from, to] = self.answerers.each_mut().map(|answerer| {
            let decision = answerer.answer(row).decision;
            RowOutcome { status: decision.status, owner: decision.owner, contact: decision.contact }
        });
        let [old, new] = self.roles;
        let ids = |outcome: &RowOutcome, roles: &[usize]| {
            [outcome.owner, outcome.contact].map(|role| role.map(|role| roles[role.0]))
        };
        if from.status != to.status || ids(&from, old) != ids(&to, new) {
            let name =
                self.name.map(|column| text(row, column, self.encoding)).filter(|name| !name.is_empty());
            rows.changes.push(Change { row: rows.rows, name, from, to });
        }
    }
}

/// The counts of all threads together.
pub(crate) fn counted<'p>(
    answerers: impl IntoIterator<Item = Answerer<'p>>,
) -> (Counts, Vec<ActualCounter<'p>>) {
    let (mut counts, mut actuals) = (Counts::default(), Vec::new());
    for answerer in answerers {
        let (own, actual) = answerer.counts();
        counts.add(&own);
        actuals.extend(actual);
    }
    (counts, actuals)
}

fn text(row: &impl ListRow, column: usize, encoding: Encoding) -> String {
    String::from_utf8_lossy(&encoding.utf8(&row.cell(column))).into_owned()
}
