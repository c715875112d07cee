//! Opening a list: its kind, encoding, separator and header, and which column gives which fact.

mod columns;
mod header;
mod input;
mod list;

pub use columns::Mapping;
pub(crate) use columns::{column_called, find as find_columns};
pub(crate) use header::Header;
pub use input::Input;
pub(crate) use list::{List, ListSource};
