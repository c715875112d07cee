//! The decision against brute force: an evaluator written from the contract alone, that goes through every
//! state one by one, over random rulesets and profiles.

mod brute_force {
    pub mod oracle;
    pub mod presume;
    pub mod profile;
    pub mod questions;
    pub mod ruleset;
    pub mod states;
    pub mod test;
    mod compare;
    mod examples;
    mod generate;
    mod genes;
    mod random;
}
