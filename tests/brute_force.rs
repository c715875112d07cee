//! The decision against brute force: an evaluator written from the contract alone, that goes through every
//! state one by one, over random rulesets and profiles.
#![allow(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on has failed"
)]

mod brute_force {
    mod compare;
    mod default_rules;
    mod examples;
    mod generate;
    mod genes;
    pub mod oracle;
    pub mod presume;
    mod presumptions;
    pub mod profile;
    pub mod questions;
    mod random;
    pub mod ruleset;
    pub mod states;
    pub mod test;
}
