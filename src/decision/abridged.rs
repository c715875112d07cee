//! A decision without its long reasons, for rows of a list.

use super::assemble::Drawn;
use super::flips::nearest_numbers;
use super::questions::questions;
use super::{Confidence, Outcome, Presumption, Status, TooEntangled, Verdict};
use crate::profile::Profile;
use crate::ruleset::{FactId, Ruleset, Value};

/// What a list says of one row: the decision without candidates, collected rows and sentences.
#[derive(Debug, Clone)]
pub struct Abridged {
    /// How sure it is.
    pub status: Status,
    /// Owner and contact; nobody when open or unmatched.
    pub outcome: Outcome,
    /// The confidence if no number is borderline, and if one is.
    pub confidence: [Confidence; 2],
    /// The ids of the owner rules used.
    pub rules: Vec<String>,
    /// The derived facts on which all remaining states agree.
    pub derived: Vec<(FactId, Value)>,
    /// What was presumed; empty when decided.
    pub presumed: Vec<Presumption>,
    /// The best question, and whether each of its answers leaves one outcome.
    pub ask: Option<(FactId, bool)>,
    /// For each exactly known number of a fact with a `near`, the nearest other numbers with which the answer changes.
    pub changes: Vec<(FactId, u64)>,
}

/// Decides a profile that contradicts nothing, in short.
///
/// # Errors
/// When the rules are too entangled to be evaluated exactly within the limits.
pub fn abridged(ruleset: &Ruleset, profile: &Profile) -> Result<Abridged, TooEntangled> {
    let verdict = Verdict::reach(ruleset, profile)?;
    let drawn = Drawn { ruleset, profile, verdict: &verdict };
    let used = drawn.used();
    let changes = match verdict.is_answered() {
        true => nearest_numbers(ruleset, profile, verdict.outcome)?,
        false => Vec::new(),
    };
    let asked = match verdict.status {
        Status::Decided => Vec::new(),
        _ => questions(ruleset, profile, &drawn.frame(), &verdict.states, &verdict.pieces),
    };
    Ok(Abridged {
        status: verdict.status,
        outcome: verdict.outcome,
        confidence: [drawn.confidence(&used, false), drawn.confidence(&used, true)],
        rules: used.ids(ruleset).owner,
        derived: drawn.agreed(&verdict.remaining()),
        presumed: if verdict.status == Status::Presumed { drawn.presumed() } else { Vec::new() },
        ask: asked.first().map(|asked| (asked.fact, asked.settles)),
        changes,
    })
}
