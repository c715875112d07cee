//! What a ruleset says about a profile: status, owner, contact, confidence and the reasons.
//!
//! All of it is exact: a fold over the states that agree with the profile, cut into pieces that share an outcome.
#![allow(
    clippy::indexing_slicing,
    reason = "axes and rows are named by their places in the ruleset that decides"
)]

mod assemble;
mod bands;
mod block;
mod collect;
mod conditions;
mod explain;
mod fired_rows;
mod flips;
mod one_state;
mod parts;
mod person;
mod pieces;
mod presume;
mod presumed;
mod questions;
mod short_decision;
mod typical;
mod used;
mod verdict;
mod weighed;

pub use conditions::Conjunction;
pub use explain::{Explained, ExplainedTest, explain};
pub use fired_rows::fired_rows;
pub use one_state::outcome_of_state;
pub use parts::{
    Appointed, BandPart, Candidate, Decision, FirstCall, Flip, Presumption, RowsUsed, Stakeholder, Warning,
};
pub use person::{Match, person};
pub use pieces::{Outcome, Piece, Standing};
pub use presume::{Part, Remaining};
pub use short_decision::{ShortDecision, decide_in_short};
pub use used::Reason;
pub use verdict::Verdict;
pub use weighed::{Weighed, WeighedPart, weighed};

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::profile::Profile;
use crate::ruleset::Ruleset;
use crate::space::OutOfBudget;

/// How sure a decision is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// Every state gives the same outcome.
    Decided,
    /// Presuming what is typical leaves one outcome.
    Presumed,
    /// More than one outcome is still possible.
    Open,
    /// No state has an owner.
    Unmatched,
}

impl Status {
    /// Every status.
    pub const ALL: [Status; 4] = [Status::Decided, Status::Presumed, Status::Open, Status::Unmatched];

    /// The word, as in JSON and in lists.
    pub fn as_str(self) -> &'static str {
        match self {
            Status::Decided => "decided",
            Status::Presumed => "presumed",
            Status::Open => "open",
            Status::Unmatched => "unmatched",
        }
    }
}

impl fmt::Display for Status {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

/// How far an answer can be relied on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Confidence {
    /// There is no answer.
    None,
    /// Two or more reasons for doubt.
    Low,
    /// One reason for doubt.
    Medium,
    /// Nothing speaks against it.
    High,
}

impl Confidence {
    /// The word, as in JSON and in lists.
    pub fn as_str(self) -> &'static str {
        match self {
            Confidence::None => "none",
            Confidence::Low => "low",
            Confidence::Medium => "medium",
            Confidence::High => "high",
        }
    }
}

impl fmt::Display for Confidence {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

/// The rules are too entangled to be evaluated exactly for this profile within the limits; nothing is guessed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the rules are too entangled to decide this profile exactly")]
pub struct TooEntangled(#[from] OutOfBudget);

/// Decides a profile.
///
/// # Errors
/// When the rules are too entangled to be evaluated exactly within the limits.
///
/// ```
/// # use whoowns_core as whoowns;
/// use whoowns::{Profile, Ruleset, decide};
///
/// let ruleset = Ruleset::embedded()?;
/// let profile = Profile::from_toml(&ruleset, "acme.toml", "headcount = 300\nhr_team = true\nld_team = false")?;
/// let decision = decide(&ruleset, &profile)?;
/// let owner = decision.owner.map(|role| ruleset.role(role).title.as_str());
/// assert_eq!(owner, Some("Functional department heads"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn decide(ruleset: &Ruleset, profile: &Profile) -> Result<Decision, TooEntangled> {
    assemble::assemble(ruleset, profile)
}
