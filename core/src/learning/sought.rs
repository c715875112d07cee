//! What is sought, and what was found.

use super::axes::{LearnAxis, Tested};
use super::candidate::Candidate;

/// What a search goes through, whatever rows count.
#[derive(Debug, Clone, Copy)]
pub struct Sought<'a> {
    /// The facts.
    pub axes: &'a [LearnAxis],
    /// How many roles there are.
    pub roles: usize,
    /// The conditions under which owner rows in use decide.
    pub owner_rows: &'a [Vec<(usize, Tested)>],
    /// The most facts of a condition.
    pub tests: usize,
    /// How many rows may be looked at.
    pub steps: u64,
    /// How many threads work.
    pub threads: usize,
}

/// What a search came to.
#[derive(Debug, Clone)]
pub struct Found {
    /// The best, if any turns more rows right than wrong and is what is asked for.
    pub best: Option<Candidate>,
    /// Whether all was searched; if not, the steps ran out.
    pub is_exhaustive: bool,
}
