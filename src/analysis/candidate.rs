//! A case that could be suggested.

use std::collections::BTreeSet;

use crate::ruleset::Table;

/// A row asked for: its table and its place there.
pub type Item = (Table, usize);

/// A state, as one atom an axis, with the facts of it that are given, and what it is thought to reach.
#[derive(Clone)]
pub struct Candidate {
    /// The state.
    pub point: Vec<u32>,
    /// For each axis, whether the profile gives its fact.
    pub kept: Vec<bool>,
    /// The rows that have a part in the decision.
    pub reaches: BTreeSet<Item>,
}
