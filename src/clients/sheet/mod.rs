//! Spreadsheets.

mod parts;
mod read;
mod write;

pub(super) use read::{Book, SheetHand, SheetSupply};
pub(super) use write::SheetWriter;
