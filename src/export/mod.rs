//! The same decision elsewhere: a ruleset as data that other programs read, as tables that decision
//! engines run, and as a statement that databases run.

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
