//! Writing: how rows are put out, where they go, and files that appear whole or not at all.

mod list_sink;
mod output;
mod rejects;
mod row_writer;
mod sink;
mod status_colours;
#[cfg(feature = "cli")]
mod synced_file;
mod text_format;
#[cfg(feature = "cli")]
mod workbook;
// What writes a new workbook needs files; one that comes in goes out by `clients::workbook`.
#[cfg(not(feature = "cli"))]
#[path = "no_workbook.rs"]
mod workbook;

pub(crate) use list_sink::ListSink;
pub use output::{Output, Unfinished};
pub(crate) use rejects::Rejects;
pub use rejects::{Reason, RejectsTo};
pub(crate) use row_writer::{RowWriter, Writing, WrittenRows};
pub(crate) use sink::Sink;
pub use sink::{AnsweredRow, Change, RowOutcome, RowSink};
pub(crate) use text_format::TextFormat;
