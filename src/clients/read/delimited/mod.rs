//! Text in which a separator stands between the cells: csv, tsv and their kin.

mod cell;
mod cut;
mod mask;
mod records;
mod row;

pub(crate) use cell::{is_formula, push_cell};
pub(crate) use cut::Cutter;
pub(crate) use records::each_record;
pub(crate) use row::DelimitedReader;
