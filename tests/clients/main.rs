//! Client lists: through the library, and as a process.
#![allow(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "a test that cannot go on has failed, and one that is skipped says so"
)]

mod alone;
mod answered;
mod bad_input;
mod compared;
mod decimals;
mod exported;
mod lists;
mod odd_workbooks;
mod packed;
mod process;
mod sheets;
mod titles;
mod workbooks;
