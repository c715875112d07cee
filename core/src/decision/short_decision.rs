//! A decision without its long reasons, for rows of a list.

use super::assemble::Reasons;
use super::flips::nearest_numbers;
use super::pieces::STEPS;
use super::presumed::presumptions;
use super::questions::questions;
use super::{Confidence, Outcome, Presumption, Status, TooEntangled, Verdict};
use crate::profile::Profile;
use crate::ruleset::{FactId, Ruleset, Value};
use crate::space::Classes;
use crate::space::cells::Budget;

/// What a list says of one row: the decision without candidates, collected rows and sentences.
#[derive(Debug, Clone)]
pub struct ShortDecision {
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
    /// For each exactly known number of a fact with a `near`, the nearest other numbers with which the answer changes,
    /// where it or a number that rules do not tell apart from it can be near to them.
    pub changes: Vec<(FactId, i128)>,
}

/// Decides a profile that contradicts nothing, in short.
///
/// # Errors
/// When the rules are too entangled to be evaluated exactly within the limits.
pub fn decide_in_short(ruleset: &Ruleset, profile: &Profile) -> Result<ShortDecision, TooEntangled> {
    of_verdict(ruleset, profile, &Verdict::reach_in_short(ruleset, profile)?)
}

/// What a list says of a verdict.
pub(super) fn of_verdict(
    ruleset: &Ruleset,
    profile: &Profile,
    verdict: &Verdict,
) -> Result<ShortDecision, TooEntangled> {
    let reasons = Reasons { ruleset, profile, verdict };
    let used = reasons.used();
    let changes = match verdict.is_answered() {
        true => nearest_numbers(ruleset, profile, verdict.outcome)?,
        false => Vec::new(),
    };
    let mut asked = Vec::new();
    if verdict.status != Status::Decided {
        let (wording, (outcomes, regions)) = (reasons.wording(), verdict.told_apart(ruleset));
        let told = Classes::new(wording.frame(), regions);
        asked = questions(ruleset, profile, &verdict.states, (&outcomes, &told), &mut Budget::new(STEPS))?;
    }
    Ok(ShortDecision {
        status: verdict.status,
        outcome: verdict.outcome,
        confidence: [reasons.confidence(&used, false), reasons.confidence(&used, true)],
        rules: used.owner_ids(ruleset),
        derived: reasons.agreed(&verdict.remaining()),
        presumed: match verdict.status {
            Status::Presumed => presumptions(ruleset, verdict),
            _ => Vec::new(),
        },
        ask: asked.first().map(|asked| (asked.fact, asked.settles)),
        changes,
    })
}
