//! What a search asks of a candidate beyond turning more rows right than wrong.

use super::families::Proof;

/// What a search asks of a candidate.
#[derive(Debug, Clone, PartialEq)]
pub enum Asked {
    /// That it turns more rows right than wrong.
    Better,
    /// That chance, corrected for so many tries, does not explain it either.
    Shown(Proof),
}
