//! Reading records: what every kind of list must be able to say of a row, and the kinds, one file or folder each.

pub(crate) mod blocks;
pub(crate) mod delimited;
pub(crate) mod json;
pub(crate) mod json_array;
mod row;
pub(crate) mod sheet;

pub use row::Mended;
pub(crate) use row::{ListRow, RecordReader, Reject, Row, RowVisitor, Supply, Written};
