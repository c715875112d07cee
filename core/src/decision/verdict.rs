//! The status of a profile and its outcome, without the reasons.

use super::pieces::{Outcome, Piece, Pieces, STEPS, outcomes};
use super::presume::{Presumed, Remaining, presume};
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
    pub pieces: Pieces,
    /// What presuming leaves.
    pub presumed: Presumed,
}

impl Verdict {
    /// Decides a profile that contradicts nothing.
    ///
    /// # Errors
    /// When the rules are too entangled for this profile.
    pub fn reach(ruleset: &Ruleset, profile: &Profile) -> Result<Verdict, TooEntangled> {
        Verdict::of(ruleset, profile, true)
    }

    /// The same, but that nothing is presumed where it would change neither status nor outcome: what rows would be
    /// collected is not asked of it.
    ///
    /// # Errors
    /// When the rules are too entangled for this profile.
    pub fn reach_in_short(ruleset: &Ruleset, profile: &Profile) -> Result<Verdict, TooEntangled> {
        Verdict::of(ruleset, profile, false)
    }

    fn of(ruleset: &Ruleset, profile: &Profile, always_presume: bool) -> Result<Verdict, TooEntangled> {
        let states = profile.states(ruleset);
        let budget = &mut Budget::new(STEPS);
        let pieces = Pieces::cut(ruleset, &states, budget)?;
        let possible = outcomes(pieces.all());
        let presumed = match always_presume || possible.len() > 1 {
            true => presume(ruleset, profile, (&states, &pieces), budget)?,
            false => Presumed::default(),
        };
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

    /// The outcome alone, of a profile all of whose states were cut into pieces; nothing is presumed where nothing has
    /// to be.
    ///
    /// # Errors
    /// When the rules are too entangled for this profile.
    pub fn outcome(ruleset: &Ruleset, profile: &Profile, all: &Pieces) -> Result<Outcome, TooEntangled> {
        let states = profile.states(ruleset);
        let budget = &mut Budget::new(STEPS);
        let possible = outcomes(&all.within(ruleset, &states, budget)?);
        if possible.iter().all(|outcome| outcome.owner.is_none()) {
            return Ok(Outcome::default());
        }
        match possible.as_slice() {
            [only] => Ok(*only),
            _ => Ok(presume(ruleset, profile, (&states, all), budget)?.outcome.unwrap_or_default()),
        }
    }

    /// The possible outcomes, sorted, and all states, each region with the place of its outcome.
    pub fn told_apart(&self, ruleset: &Ruleset) -> (Vec<Outcome>, Vec<(Region, u32)>) {
        let compiled = ruleset.compiled();
        let outcomes = outcomes(self.pieces.all());
        let whole = |axis: usize| compiled.space.axes[axis].all();
        let told = self.pieces.all().iter().map(|piece| {
            let mut region = piece.region.clone();
            for axis in [compiled.owner_axis(), compiled.contact_axis()] {
                region.set(axis, whole(axis));
            }
            let class = outcomes.partition_point(|outcome| *outcome < piece.outcome);
            (region, class as u32)
        });
        let told = told.collect();
        (outcomes, told)
    }

    /// The possible outcomes as candidates are listed: first those that presuming leaves, by their share, among equals
    /// the one decided on.
    pub fn ranked(&self) -> Vec<Outcome> {
        let rank = |outcome: &Outcome| {
            let share = self.presumed.share(*outcome).filter(|_| self.presumed.allows(*outcome));
            (!self.presumed.allows(*outcome), -share.unwrap_or(0.0), *outcome != self.outcome)
        };
        let mut ranked = outcomes(self.pieces.all());
        // Within equals the order of the roles stays.
        ranked.sort_by(|a, b| {
            let (a, b) = (rank(a), rank(b));
            a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)).then(a.2.cmp(&b.2))
        });
        ranked
    }

    /// Whether there is an answer.
    pub fn is_answered(&self) -> bool {
        matches!(self.status, Status::Decided | Status::Presumed)
    }

    /// What is left after presuming; nothing when open or unmatched.
    pub fn left(&self) -> Vec<&Remaining> {
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
            false => self.pieces.all().iter().collect(),
        }
    }

    /// The states that remain: those left when presumed, all of them otherwise.
    pub fn remaining(&self) -> Vec<&Piece> {
        match self.status {
            Status::Presumed => self.collected_in(),
            Status::Decided | Status::Open | Status::Unmatched => self.pieces.all().iter().collect(),
        }
    }

    /// The states whose rows decide: those that remain, none when there is no answer.
    pub fn deciding(&self) -> Vec<&Piece> {
        if self.is_answered() { self.remaining() } else { Vec::new() }
    }
}
