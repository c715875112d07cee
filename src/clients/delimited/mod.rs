//! Text in which a separator stands between the cells: csv, tsv and their kin.

mod cut;
mod mask;
mod records;

pub(super) use cut::Cutter;
pub(super) use records::{Record, each_record};
