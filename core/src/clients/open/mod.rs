//! Opening a list: its kind, encoding, separator and header, and which column gives which fact.
//!
//! What is found out is a value, [`Detected`]: another thing to find out is a field of it, found in [`list`] and its
//! neighbours and said in [`detected`]. Nothing is looked at beyond the first block of a text.

mod called;
mod columns;
mod detected;
mod fitting;
mod header;
mod input;
mod likely;
mod list;
mod marks;
mod samples;
mod sheet_header;
mod text;
mod titles;
mod unpacked;

pub(crate) use called::column_called;
pub(crate) use columns::ColumnFinder;
pub use columns::Mapping;
pub use detected::{Detected, DetectedColumn};
pub(crate) use header::Header;
pub use input::Input;
pub use likely::Likely;
pub(crate) use likely::{likely, without_fact};
pub(crate) use list::{List, ListSource};
pub use samples::Fit;
pub use unpacked::kind;
