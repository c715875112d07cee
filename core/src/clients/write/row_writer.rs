//! How a row and its answers are put out, on the thread that has read it.

use super::text_format::TextFormat;
use crate::clients::answer::{AnswerColumns, Rendered};
use crate::clients::read::{ListRow, Written};
use crate::clients::value::Value;

/// A row of a workbook to be written: the cells that are kept, and the answers.
#[derive(Debug)]
pub(crate) struct WorkbookRow {
    #[cfg_attr(not(feature = "cli"), expect(dead_code, reason = "only a new workbook takes them"))]
    pub(crate) cells: Vec<Value<'static>>,
    pub(crate) answers: Vec<Value<'static>>,
    /// Its number on the sheet that it comes from, from 1, where it comes from one.
    pub(crate) number: u64,
}

/// What rows have become.
#[derive(Debug, Default)]
pub(crate) struct WrittenRows {
    /// As text.
    pub(crate) text: Vec<u8>,
    /// For a workbook.
    pub(crate) workbook: Vec<WorkbookRow>,
}

/// How rows are put out.
#[derive(Clone, Debug)]
pub(crate) enum Writing {
    /// Each record as it was, with its answers.
    Kept,
    /// As text of another kind.
    As(TextFormat),
    /// Each element of an array as it was, behind a comma, with its answers.
    KeptElements,
    /// As rows of a workbook.
    Workbook,
    /// Answers alone, for a workbook that has the rows.
    Beside,
}

/// Puts rows out.
#[derive(Clone, Debug)]
pub(crate) struct RowWriter<'p> {
    pub(crate) writing: &'p Writing,
    /// The titles of the list.
    pub(crate) titles: &'p [String],
    pub(crate) answers: &'p AnswerColumns,
    /// The one column that is kept, where not all are.
    pub(crate) only: Option<usize>,
}

impl RowWriter<'_> {
    /// The columns that are kept.
    pub(crate) fn columns(&self) -> std::ops::Range<usize> {
        self.only.map_or(0..self.titles.len(), |column| column..column + 1)
    }

    /// The answers as cells of a workbook.
    fn owned(&self, answers: &Rendered) -> Vec<Value<'static>> {
        self.answers.cells(&answers.texts).map(|(_, answer)| answer.owned()).collect()
    }

    /// Puts a row out, with its answers.
    #[inline]
    pub(crate) fn put(&self, row: &impl ListRow, answers: &Rendered, rows: &mut WrittenRows) {
        match self.writing {
            Writing::Kept | Writing::KeptElements => {
                if matches!(self.writing, Writing::KeptElements) {
                    rows.text.push(b',');
                }
                let Written { before, behind, is_empty } = row.written(self.only);
                let separated = usize::from(is_empty && !answers.tail.is_empty());
                rows.text.extend_from_slice(&before);
                rows.text.extend_from_slice(&answers.tail[separated..]);
                rows.text.extend_from_slice(behind);
            }
            Writing::As(format) => {
                let cells = self.columns().map(|column| (&self.titles[column], row.value(column)));
                format.push_row(cells, self.answers.cells(&answers.texts), &mut rows.text);
            }
            Writing::Workbook => rows.workbook.push(WorkbookRow {
                cells: self.columns().map(|column| row.value(column).owned()).collect(),
                answers: self.owned(answers),
                number: row.number(),
            }),
            Writing::Beside => rows.workbook.push(WorkbookRow {
                cells: Vec::new(),
                answers: self.owned(answers),
                number: row.number(),
            }),
        }
    }
}
