//! The same decision elsewhere: a ruleset as data that other programs read, as tables that decision
//! engines run, and as a statement that databases run.
#![allow(
    clippy::indexing_slicing,
    reason = "facts, rows and states of the diagram are named by their places in it"
)]

mod diagram;
mod dmn;
mod json;
mod reading;
mod residual;
mod sql;

pub use dmn::dmn;
pub use json::json;
pub use reading::{Mapping, UnknownMapping};
pub use sql::{Dialect, NotExported, Request, sql};
