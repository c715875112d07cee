//! Text in which a separator stands between the cells: csv, tsv and their kin.

mod cell;
mod cut;
mod dialect;
mod mask;
mod records;
mod row;
mod scan;

pub(crate) use cell::{is_formula, push_cell};
pub(crate) use cut::{Cutter, Odd};
pub(crate) use dialect::Dialect;
pub(crate) use records::{Record, visit_records};
pub(crate) use row::DelimitedReader;
