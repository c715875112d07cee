//! Text in which a separator stands between the cells: csv, tsv and their kin.

mod cut;
mod header;
mod mask;
mod records;
mod write;

pub(super) use cut::Cutter;
pub(super) use header::{Header, read_header};
pub(super) use records::{Record, each_record};
pub(super) use write::{is_formula, push_cell};
