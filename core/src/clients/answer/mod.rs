//! Working out answers: what the cells of a row say, what is decided for it, and the columns that say so.
//!
//! A new answer column is a name in [`columns`], and its text in [`shared_answer`] where rows that say the same share it,
//! in [`answerer`] where it is the row's own.

mod actual;
mod actual_counter;
mod answerer;
mod bands;
mod cache;
mod cell_code;
mod columns;
mod counts;
mod fact_reader;
mod people;
mod plan;
mod row_decision;
mod row_reader;
mod shared_answer;
mod shared_answers;
mod tail;

pub use actual::{Actual, ActualRows, Actuals, Situation};
pub(crate) use actual::{ActualReader, Others, RoleNames};
pub(crate) use actual_counter::{ActualCounter, actuals};
pub(crate) use answerer::{Answered, Answerer};
pub(crate) use columns::{AnswerColumn, AnswerColumns, CHANGED};
pub(crate) use counts::{Counts, shown};
pub(crate) use plan::Plan;
pub(crate) use row_decision::INVALID;
pub(crate) use row_reader::RowReader;
pub(crate) use shared_answer::Rendered;
pub(crate) use tail::TailWriter;
