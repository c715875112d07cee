//! Spreadsheets.

mod parts;
mod read;
mod write;

pub(super) use read::{Book, SheetHand};
pub(super) use write::SheetWriter;
