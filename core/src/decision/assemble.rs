//! From a verdict to a decision: every reason.

use std::collections::HashMap;

use super::collect::{rows, stakeholders};
use super::conditions::Wording;
use super::flips::flips;
use super::parts::*;
use super::person::person;
use super::pieces::{Outcome, Piece, STEPS, derived_rows};
use super::presumed::presumptions;
use super::questions::questions;
use super::{Confidence, Status, TooEntangled, Verdict};
use crate::percent::Percent;
use crate::profile::{Known, Profile};
use crate::ruleset::{FactId, RoleId, Ruleset, Value};
use crate::space::cells::Budget;
use crate::space::{Classes, NO_END};

/// Steps allowed for putting all candidates in few words; what is not done within them is longer, and as exact.
const WORDING: u64 = 2_000_000;

/// Decides a profile and draws up the reasons.
pub fn assemble(ruleset: &Ruleset, profile: &Profile) -> Result<Decision, TooEntangled> {
    let verdict = Verdict::reach(ruleset, profile)?;
    let changes = match verdict.is_answered() {
        true => flips(ruleset, profile, verdict.outcome)?,
        false => Vec::new(),
    };
    let reasons = Reasons { ruleset, profile, verdict: &verdict };
    let used = reasons.used();
    let borderline = reasons.borderline(&changes);
    let collected = verdict.collected_in();
    let (mut asked, mut candidates) = (Vec::new(), Vec::new());
    if verdict.status != Status::Decided {
        let (wording, (outcomes, regions)) = (reasons.wording(), verdict.told_apart(ruleset));
        let told = Classes::new(wording.frame(), regions);
        asked = questions(ruleset, profile, &verdict.states, (&outcomes, &told), &mut Budget::new(STEPS))?;
        candidates = reasons.candidates(&wording, &outcomes, &told);
    }
    let person = verdict.outcome.contact.and_then(|role| reasons.appointed(role));
    let stakeholders = stakeholders(ruleset, &collected, verdict.outcome, |role| reasons.appointed(role));
    let chairs: Vec<RoleId> =
        stakeholders.iter().filter(|holder| holder.is_empty_chair()).map(|holder| holder.role).collect();
    let no_name = verdict.outcome.contact.filter(|role| person.is_none() && !chairs.contains(role));
    let first_call = rows(ruleset, &collected, ruleset.question()).into_iter().map(FirstCall::Row);
    Ok(Decision {
        name: profile.name.clone(),
        status: verdict.status,
        owner: verdict.outcome.owner,
        contact: verdict.outcome.contact,
        confidence: reasons.confidence(&used, !borderline.is_empty()),
        derived: reasons.agreed(&verdict.remaining()),
        rules: used,
        facts: profile.all_given().map(|(fact, given)| (fact, given.clone())).collect(),
        borderline,
        presumed: presumptions(ruleset, &verdict),
        candidates,
        ask: asked.into_iter().map(|asked| asked.fact).collect(),
        flips: changes,
        stakeholders,
        risks: rows(ruleset, &collected, ruleset.risk()),
        actions: rows(ruleset, &collected, ruleset.action()),
        milestones: rows(ruleset, &collected, ruleset.milestone()),
        questions: first_call
            .chain(no_name.map(FirstCall::ContactName))
            .chain(chairs.into_iter().map(FirstCall::EmptyChair))
            .collect(),
        warnings: reasons.warnings(person.as_ref()),
        person,
    })
}

/// A verdict, and what it was reached from.
pub struct Reasons<'a> {
    /// The rules.
    pub ruleset: &'a Ruleset,
    /// What is known.
    pub profile: &'a Profile,
    /// What is decided.
    pub verdict: &'a Verdict,
}

impl Reasons<'_> {
    /// The rows that decide.
    pub fn used(&self) -> RowsUsed {
        let deciding = self.verdict.deciding();
        let mut used = RowsUsed::default();
        for piece in &deciding {
            used.owner.extend(piece.owner_row);
            used.contact.extend(piece.contact_row);
        }
        if !deciding.is_empty() {
            for table in &self.ruleset.compiled().derived {
                let regions = deciding.iter().map(|piece| &piece.region);
                used.derive.extend(derived_rows(self.ruleset, regions, table.fact).0);
            }
        }
        used
    }

    /// The derived facts that have the same value in all states.
    pub fn agreed(&self, pieces: &[&Piece]) -> Vec<(FactId, Value)> {
        let mut agreed = Vec::new();
        for table in &self.ruleset.compiled().derived {
            let (rows, without) =
                derived_rows(self.ruleset, pieces.iter().map(|piece| &piece.region), table.fact);
            let mut values = rows.iter().map(|row| self.ruleset.derive()[*row as usize].then.value);
            if let Some(first) = values.next()
                && !without
                && values.all(|value| value == first)
            {
                agreed.push((table.fact, first));
            }
        }
        agreed
    }

    /// The person for a role.
    fn appointed(&self, role: RoleId) -> Option<Appointed> {
        let found = person(self.ruleset, self.profile, role)?;
        Some(Appointed { person: found.person.clone(), role: found.role })
    }

    fn warnings(&self, person: Option<&Appointed>) -> Vec<Warning> {
        let repaired = self.profile.all_given().filter_map(|(_, given)| given.repaired.clone());
        let mut warnings: Vec<Warning> = repaired.map(Warning::Repaired).collect();
        if let (Some(role), Some(by)) = (self.verdict.outcome.contact, person)
            && by.role != role
        {
            warnings.push(Warning::StandsIn { role, by: by.clone() });
        }
        warnings
    }

    /// How far the answer can be relied on.
    pub fn confidence(&self, used: &RowsUsed, borderline: bool) -> Confidence {
        if !self.verdict.is_answered() {
            return Confidence::None;
        }
        let presumed = self.verdict.status == Status::Presumed;
        let doubts =
            [presumed, presumed && self.is_unsupported(), used.is_inferred(self.ruleset), borderline];
        match doubts.into_iter().filter(|doubt| *doubt).count() {
            0 => Confidence::High,
            1 => Confidence::Medium,
            _ => Confidence::Low,
        }
    }

    /// Whether something that is presumed is known to be so less often than not.
    fn is_unsupported(&self) -> bool {
        let narrowed = self.verdict.left().into_iter().flat_map(|left| &left.narrowed);
        let mut supports =
            narrowed.filter_map(|narrowing| self.ruleset.typical()[narrowing.row].then.support);
        supports.any(|support| support < Percent::HALF)
    }

    /// The exact numbers with a flip no further away than `near` of the number.
    fn borderline(&self, changes: &[Flip]) -> Vec<FactId> {
        let mut found: Vec<FactId> = Vec::new();
        for change in changes {
            let near = self.ruleset.fact(change.fact).near;
            let own = self.profile.given(change.fact).and_then(|given| given.value());
            if let (Some(near), Some(Value::Number(own)), Value::Number(other)) = (near, own, change.value)
                && near.is_within(own.abs_diff(other), own.unsigned_abs())
                && !found.contains(&change.fact)
            {
                found.push(change.fact);
            }
        }
        found
    }

    /// How conditions are written.
    pub fn wording(&self) -> Wording<'_> {
        let bound = |fact: &FactId| match self.profile.given(*fact).map(|given| &given.known) {
            Some(Known::Band { min, max }) => Some((*min, max.unwrap_or(NO_END))),
            _ => None,
        };
        let bounds = self.ruleset.compiled().facts.iter().map(bound).collect();
        Wording::new(self.ruleset, &self.verdict.states, bounds)
    }

    fn candidates(
        &self,
        wording: &Wording<'_>,
        outcomes: &[Outcome],
        told: &Classes<'_, '_>,
    ) -> Vec<Candidate> {
        let presumed = &self.verdict.presumed;
        let mut found: Vec<Candidate> = Vec::new();
        for (class, outcome) in outcomes.iter().enumerate() {
            let conditions = told.conditions(class as u32, &mut Budget::new(WORDING / outcomes.len() as u64));
            found.push(Candidate {
                outcome: *outcome,
                when: wording.conjunctions(&conditions),
                share: presumed.share(*outcome).filter(|_| presumed.allows(*outcome)),
            });
        }
        let ranked = self.verdict.ranked().into_iter();
        let places: HashMap<Outcome, usize> = ranked.enumerate().map(|(at, outcome)| (outcome, at)).collect();
        found.sort_by_key(|candidate| places.get(&candidate.outcome));
        found
    }
}
