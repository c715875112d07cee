//! The rules tools held to what they claim: against brute force, against fixtures, against published schemas.
#![allow(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on has failed"
)]

mod brute;
mod brute_force;
mod codes;
mod fixtures;
#[allow(dead_code, reason = "shared with the example that writes rulesets to measure with")]
mod generate;
mod large;
mod mends;
mod mutations;
mod open_choice;
mod random;
mod schemas;
mod small;
mod wide;
