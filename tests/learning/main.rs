//! Rules held against what really happened: scores counted by hand, learned rows found by trying all, planted truths found
//! again.
#![allow(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "a test that cannot go on has failed, and what was measured is said"
)]

mod best;
mod by_hand;
mod example;
mod planted;
mod random;
