//! Text in which a separator stands between the cells: csv, tsv and their kin.

mod cut;
mod hand;
mod header;
mod mask;
mod records;
mod write;

pub(super) use cut::Cutter;
pub(super) use hand::{DelimitedHand, Reading};
pub(super) use header::{Header, read_header};
pub(super) use write::{is_formula, push_cell};
