//! Client lists: a table of organizations in, the same table with answers out.
//!
//! The floors follow a row's way. `open` finds out what a list is; `read` cuts it into records, one file or folder a
//! kind of list; `answer` works out what is said of each row; `write` puts rows out; `run` lets several threads do
//! all of it, and says what it came to. A floor uses only those named before it here: `read`, `open`, `answer`, `write`,
//! `run`.
#![allow(
    clippy::indexing_slicing,
    reason = "cells are named by their places in rows that have been counted, and a check would cost every row"
)]

mod again;
mod answer;
mod archive;
mod cell_text;
#[cfg_attr(not(feature = "cli"), allow(dead_code, reason = "only files are packed"))]
mod compression;
mod content;
mod earlier;
mod encoding;
mod error;
mod kind;
mod moment;
mod open;
mod options;
mod read;
mod run;
mod value;
mod workbook;
mod write;

pub use answer::{Actual, ActualRows, Actuals, Situation};
pub use earlier::{Changes, Earlier};
pub use encoding::Encoding;
pub use error::ListError;
pub use kind::Kind;
pub use open::{Detected, DetectedColumn, Fit, Input, Likely, Mapping, kind};
pub use options::{ActualColumns, ByHand, Options, WrittenRowsOf};
pub use read::Mended;
pub use run::{
    Cell, Compared, Count, Decided, FailedList, Gathered, GatheredRow, ListSummary, Listener, Outputs,
    Planned, Silent, Summary, compare, gather, look, run,
};
pub use write::{AnsweredRow, Change, Output, Reason, RejectsTo, RowOutcome, RowSink, Unfinished};
