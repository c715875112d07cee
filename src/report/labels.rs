//! Status, confidence and RACI letters as people read them.

use crate::decision::{Confidence, Status};
use crate::ruleset::{Basis, Raci};

/// What a status means, for someone who has not read the manual.
pub fn status(status: Status) -> &'static str {
    match status {
        Status::Decided => "decided: whatever is not known makes no difference",
        Status::Presumed => "presumed: decided by what is typical",
        Status::Open => "open: more than one answer is still possible",
        Status::Unmatched => "unmatched: no rule says who owns it; `whoowns rules check` shows the hole",
    }
}

/// A confidence in words.
pub fn confidence(confidence: Confidence) -> &'static str {
    match confidence {
        Confidence::High => "high confidence",
        Confidence::Medium => "medium confidence",
        Confidence::Low => "low confidence",
        Confidence::None => "no answer yet",
    }
}

/// The letters of RACI in words.
pub fn raci(raci: Raci) -> &'static str {
    match raci {
        Raci::AccountableResponsible => "accountable and responsible",
        Raci::Accountable => "accountable",
        Raci::Responsible => "responsible",
        Raci::Consulted => "consulted",
        Raci::Informed => "informed",
    }
}

/// Where a rule comes from.
pub fn basis(basis: Basis, cite: Option<&str>) -> String {
    match (basis, cite) {
        (Basis::Stated, Some(cite)) => format!("stated by the source: {cite}"),
        (Basis::Stated, None) => "stated by the source".to_owned(),
        (Basis::Learned, Some(cite)) => format!("learned from {cite}"),
        (Basis::Learned, None) => "learned from data".to_owned(),
        (Basis::Inferred, _) => "our judgement".to_owned(),
    }
}
