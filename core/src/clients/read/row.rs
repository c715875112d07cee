//! What every kind of list must be able to say of a row, and how its records are gone through.

use crate::clients::error::ListError;
use crate::clients::value::Value;
use std::borrow::Cow;

/// Something with cells.
pub(crate) trait Row {
    /// The text of a cell, in the bytes of its file.
    fn cell(&self, column: usize) -> Cow<'_, [u8]>;

    /// Neighbouring columns as one stretch of bytes, where they are one: the same bytes are the same cells.
    fn side_by_side(&self, _: (usize, usize)) -> Option<&[u8]> {
        None
    }
}

/// A row of any kind of list.
pub(crate) trait ListRow: Row {
    /// The record as it stands in its file. `only`: with this column alone.
    fn written(&self, only: Option<usize>) -> Written<'_>;

    /// What a cell holds.
    fn value(&self, column: usize) -> Value<'_>;

    /// The number of its row on a sheet, from 1; elsewhere nothing is known by such a number.
    fn number(&self) -> u64 {
        0
    }
}

/// A record as it stands in its file, cut where answers belong.
#[derive(Debug)]
pub(crate) struct Written<'r> {
    /// What stands before the answers.
    pub(crate) before: Cow<'r, [u8]>,
    /// What stands behind them.
    pub(crate) behind: &'r [u8],
    /// Whether there is not one cell before the answers, so that nothing separates them from it.
    pub(crate) is_empty: bool,
}

/// A record that cannot be read.
#[derive(Debug)]
pub(crate) struct Reject {
    /// How many line breaks stand before it in its block.
    pub(crate) line: u64,
    /// Why, in words without separators or quotes.
    pub(crate) reason: String,
    /// Its bytes, without the line end.
    pub(crate) record: Vec<u8>,
}

/// Is shown the records of a block, in their order.
pub(crate) trait RowVisitor {
    /// A record that can be read.
    fn row(&mut self, row: &impl ListRow);
    /// One that cannot.
    fn reject(&mut self, reject: Reject);
}

/// What there is to say of a block when all of it has been read.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct BlockEnd {
    /// Line breaks in it.
    pub(crate) lines: u64,
    /// Its length.
    pub(crate) bytes: u64,
    /// What was mended in it.
    pub(crate) mended: Mended,
}

/// How many records were read although they did not fit the header.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Mended {
    /// Records with empty cells beyond the header, which were cut.
    pub cut: u64,
    /// Records that stopped short and were filled up.
    pub padded: u64,
}

impl Mended {
    /// Adds what was mended elsewhere.
    pub(crate) fn add(&mut self, other: Mended) {
        self.cut += other.cut;
        self.padded += other.padded;
    }
}

/// Reads the records of one kind of list. Each thread has its own reader.
pub(crate) trait RecordReader: Send {
    /// Whole records, as they are handed to a thread; kept for the next ones when they are done.
    type Block: Default + Send;

    /// Shows the records of a block to `visitor`.
    fn read(&mut self, block: &Self::Block, visitor: &mut impl RowVisitor) -> BlockEnd;
}

/// Where numbered blocks come from; asked by one thread at a time.
pub(crate) trait Supply<Block>: Send {
    /// Fills `block`, and says its number: 0, 1, 2 and so on. `None` at the end.
    ///
    /// # Errors
    /// Whatever keeps the rest of the list from being read.
    fn next(&mut self, block: &mut Block) -> Result<Option<u64>, ListError>;
}
