//! Workbooks: read, and kept as they are with answers put into them.

mod book;
mod compound;
mod extent;
mod keep;
mod new_styles;
mod ods;
mod older;
mod package;
mod parts;
mod place;
mod rewrite;
mod rows;
mod sheet_copy;
#[cfg(test)]
mod sheet_copy_tests;
mod short_cells;
mod source;
mod styles;
mod survey;
mod table;
mod target;
mod text_cell;
mod widths;

pub(crate) use book::{Book, Format, Sheet};
pub(in crate::clients) use keep::{Additions, Keeper};
pub(in crate::clients) use package::Package;
pub(crate) use rows::{Cells, Rows};
pub(in crate::clients) use source::Source;
#[cfg(feature = "cli")]
pub(in crate::clients) use target::Target;
