//! What a list says of all rows that are alike but for how much of a band lies on which side of a threshold.

use num_bigint::BigUint;

use super::pieces::Outcome;
use super::short_decision::{ShortDecision, of_verdict};
use super::{Status, TooEntangled, Verdict};
use crate::percent::Percent;
use crate::profile::Profile;
use crate::ruleset::{FactId, Ruleset, Stretch};

/// What a list says of rows that are alike but for where, within their stretches, their bands begin and end.
#[derive(Debug, Clone)]
pub enum Weighed {
    /// The same of all of them.
    Always(ShortDecision),
    /// What is presumed where enough of the bands' numbers agree, something else where they do not.
    ByShare {
        /// How many must agree.
        share: Percent,
        /// The parts of the bands; together they are all of their combinations.
        parts: Vec<WeighedPart>,
        /// What is said where the parts that agree on the same hold the share; at most one of them does.
        presumed: Vec<ShortDecision>,
        /// What is said where none does.
        open: ShortDecision,
    },
    /// Some combinations of their numbers hold no state, so that how much a part weighs cannot be said by its ends.
    Coupled,
}

/// A part of the bands.
#[derive(Debug, Clone)]
pub struct WeighedPart {
    /// Which of the presumed answers it agrees on, if on any.
    pub agrees: Option<usize>,
    /// Its numbers of each band that ends.
    pub numbers: Vec<(FactId, Stretch)>,
}

/// Decides a profile in short, whatever the share of its bands turns out to be.
///
/// # Errors
/// When the rules are too entangled to be evaluated exactly within the limits.
pub fn weighed(ruleset: &Ruleset, profile: &Profile) -> Result<Weighed, TooEntangled> {
    let mut verdict = Verdict::reach(ruleset, profile)?;
    let share = verdict.presumed.share_asked;
    let (Status::Presumed | Status::Open, Some(share)) = (verdict.status, share) else {
        return Ok(Weighed::Always(of_verdict(ruleset, profile, &verdict)?));
    };
    let mut outcomes: Vec<Outcome> = Vec::new();
    let mut parts: Vec<WeighedPart> = Vec::new();
    for part in verdict.presumed.parts() {
        let agreed = match part.outcomes.as_slice() {
            [only] if only.owner.is_some() => Some(*only),
            _ => None,
        };
        let agrees = agreed.map(|outcome| {
            outcomes.iter().position(|known| *known == outcome).unwrap_or_else(|| {
                outcomes.push(outcome);
                outcomes.len() - 1
            })
        });
        let numbers: Vec<(FactId, Stretch)> = part.numbers();
        let size = |(_, stretch): &(FactId, Stretch)| {
            BigUint::from((stretch.last - stretch.first).unsigned_abs()) + 1u32
        };
        if numbers.iter().map(size).product::<BigUint>() != part.weight {
            return Ok(Weighed::Coupled);
        }
        parts.push(WeighedPart { agrees, numbers });
    }
    let all_agree = parts.iter().all(|part| part.agrees == Some(0));
    if outcomes.is_empty() || all_agree {
        return Ok(Weighed::Always(of_verdict(ruleset, profile, &verdict)?));
    }
    let mut presumed = Vec::with_capacity(outcomes.len());
    for outcome in outcomes {
        (verdict.status, verdict.outcome) = (Status::Presumed, outcome);
        presumed.push(of_verdict(ruleset, profile, &verdict)?);
    }
    (verdict.status, verdict.outcome) = (Status::Open, Outcome::default());
    let open = of_verdict(ruleset, profile, &verdict)?;
    Ok(Weighed::ByShare { share, parts, presumed, open })
}
