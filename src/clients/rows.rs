//! A row is a row: what every kind of file must be able to say of one, and how rows are put out.

use super::facts::Row;
use super::form::Form;
use super::situation::Rendered;
use super::value::Value;
use std::borrow::Cow;

/// A row of any kind of list.
pub(super) trait ListRow: Row {
    /// The record as it stands in its file, cut where answers belong: what is before and behind them. `only`: with this
    /// column alone.
    fn written(&self, only: Option<usize>) -> (Cow<'_, [u8]>, &[u8]);

    /// What a cell holds.
    fn value(&self, column: usize) -> Value<'_>;
}

/// A record that cannot be read.
#[derive(Debug)]
pub(super) struct Reject {
    /// How many line breaks stand before it in its block.
    pub(super) line: u64,
    /// Why, in words without separators or quotes.
    pub(super) reason: String,
    /// Its bytes, without the line end.
    pub(super) record: Vec<u8>,
}

/// A row of a spreadsheet to be written: the cells that are kept, and the answers.
#[derive(Debug)]
pub(super) struct SheetRow {
    pub(super) cells: Vec<Value<'static>>,
    pub(super) answers: Vec<String>,
}

/// What has become of a block.
#[derive(Debug, Default)]
pub(super) struct Done {
    /// Rows as text.
    pub(super) text: Vec<u8>,
    /// Rows for a spreadsheet.
    pub(super) sheet: Vec<SheetRow>,
    pub(super) rejects: Vec<Reject>,
    /// Rows and rejects together.
    pub(super) records: u64,
    /// Line breaks in the block.
    pub(super) lines: u64,
    /// Its length.
    pub(super) bytes: u64,
}

impl Done {
    pub(super) fn clear(&mut self) {
        self.text.clear();
        self.sheet.clear();
        self.rejects.clear();
        (self.records, self.lines, self.bytes) = (0, 0, 0);
    }
}

/// How rows are put out.
#[derive(Clone, Debug)]
pub(super) enum Writing {
    /// Each record as it was, with its answers.
    Kept,
    /// As text of another kind.
    As(Form),
    /// As rows of a spreadsheet.
    Sheet,
}

/// Puts rows out.
#[derive(Clone, Debug)]
pub(super) struct RowWriter<'p> {
    pub(super) writing: &'p Writing,
    /// The titles of the list.
    pub(super) titles: &'p [String],
    pub(super) answers: &'p [String],
    /// The one column that is kept, where not all are.
    pub(super) only: Option<usize>,
}

impl RowWriter<'_> {
    /// The columns that are kept.
    pub(super) fn columns(&self) -> std::ops::Range<usize> {
        self.only.map_or(0..self.titles.len(), |column| column..column + 1)
    }

    #[inline]
    pub(super) fn put(&self, row: &impl ListRow, answers: &Rendered, done: &mut Done) {
        done.records += 1;
        match self.writing {
            Writing::Kept => {
                let (before, behind) = row.written(self.only);
                done.text.extend_from_slice(&before);
                done.text.extend_from_slice(&answers.tail);
                done.text.extend_from_slice(behind);
            }
            Writing::As(form) => {
                let cells = self.columns().map(|column| (&self.titles[column], row.value(column)));
                form.push_row(cells, self.answers.iter().zip(&answers.texts), &mut done.text);
            }
            Writing::Sheet => done.sheet.push(SheetRow {
                cells: self.columns().map(|column| row.value(column).owned()).collect(),
                answers: answers.texts.clone(),
            }),
        }
    }
}
