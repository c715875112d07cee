//! The status of a profile and its outcome, without the reasons.

use super::pieces::{Outcome, Piece, STEPS, outcomes, pieces};
use super::presume::{Left, Presumed, presume};
use super::{Status, TooEntangled};
use crate::profile::Profile;
use crate::ruleset::Ruleset;
use crate::space::Region;
use crate::space::cells::Budget;

/// What is decided about a profile, with all that the reasons are drawn from.
pub struct Verdict {
    /// How sure it is.
    pub status: Status,
    /// Owner and contact; nobody when open or unmatched.
    pub outcome: Outcome,
    /// Every state that agrees with the profile.
    pub states: Vec<Region>,
    /// The same, cut by outcome.
    pub pieces: Vec<Piece>,
    /// What presuming leaves.
    pub presumed: Presumed,
}

impl Verdict {
    /// Decides a profile that contradicts nothing.
    ///
    /// # Errors
    /// When the rules are too entangled for this profile.
    pub fn reach(ruleset: &Ruleset, profile: &Profile) -> Result<Verdict, TooEntangled> {
        let states = profile.states(ruleset);
        let budget = &mut Budget::new(STEPS);
        let pieces = pieces(ruleset, &states, budget)?;
        let presumed = presume(ruleset, profile, &states, budget)?;
        let possible = outcomes(&pieces);
        let (status, outcome) = match (possible.as_slice(), presumed.outcome) {
            (possible, _) if possible.iter().all(|outcome| outcome.owner.is_none()) => {
                (Status::Unmatched, Outcome::default())
            }
            ([only], _) => (Status::Decided, *only),
            (_, Some(outcome)) => (Status::Presumed, outcome),
            _ => (Status::Open, Outcome::default()),
        };
        Ok(Verdict { status, outcome, states, pieces, presumed })
    }

    /// The outcome alone: nothing is presumed where nothing has to be.
    ///
    /// # Errors
    /// When the rules are too entangled for this profile.
    pub fn outcome(ruleset: &Ruleset, profile: &Profile) -> Result<Outcome, TooEntangled> {
        let states = profile.states(ruleset);
        let budget = &mut Budget::new(STEPS);
        let possible = outcomes(&pieces(ruleset, &states, budget)?);
        if possible.iter().all(|outcome| outcome.owner.is_none()) {
            return Ok(Outcome::default());
        }
        match possible.as_slice() {
            [only] => Ok(*only),
            _ => Ok(presume(ruleset, profile, &states, budget)?.outcome.unwrap_or_default()),
        }
    }

    /// Whether there is an answer.
    pub fn is_answered(&self) -> bool {
        matches!(self.status, Status::Decided | Status::Presumed)
    }

    /// What is left after presuming; nothing when open or unmatched.
    pub fn left(&self) -> Vec<&Left> {
        match self.status {
            Status::Decided => self.presumed.left(None).collect(),
            Status::Presumed => self.presumed.left(Some(self.outcome)).collect(),
            Status::Open | Status::Unmatched => Vec::new(),
        }
    }

    /// The states that rows are collected in: those left after presuming, or all when there is no answer.
    pub fn collected_in(&self) -> Vec<&Piece> {
        match self.is_answered() {
            true => self.left().into_iter().flat_map(|left| &left.pieces).collect(),
            false => self.pieces.iter().collect(),
        }
    }

    /// The states that remain: those left when presumed, all of them otherwise.
    pub fn remaining(&self) -> Vec<&Piece> {
        match self.status {
            Status::Presumed => self.collected_in(),
            Status::Decided | Status::Open | Status::Unmatched => self.pieces.iter().collect(),
        }
    }

    /// The states whose rows decide: those that remain, none when there is no answer.
    pub fn deciding(&self) -> Vec<&Piece> {
        if self.is_answered() { self.remaining() } else { Vec::new() }
    }
}
