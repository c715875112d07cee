//! Spreadsheets.

mod book;
mod parts;

pub(crate) use book::{Book, SheetReader};
