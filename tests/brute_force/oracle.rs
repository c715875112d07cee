//! The whole decision, by going through all states.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::presume::{Presumed, presume};
use super::profile::{Given, Profile};
use super::questions;
use super::ruleset::{Gives, Kind, Row, Ruleset};
use super::states::{self, Outcome, State, holds};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    Decided,
    Presumed,
    Open,
    Unmatched,
}

/// One flip: fact, value, and the roles it would have.
pub type Flip = (String, Value, Option<String>, Option<String>);

pub struct Candidate {
    pub outcome: Outcome,
    pub still_possible: bool,
}

/// What the contract says of a profile.
pub struct Answer {
    pub status: Status,
    pub outcome: Outcome,
    pub confidence: &'static str,
    pub derived: BTreeMap<String, Value>,
    pub derive_rules: Vec<String>,
    pub owner_rules: Vec<String>,
    pub contact_rules: Vec<String>,
    pub borderline: BTreeSet<String>,
    pub candidates: Vec<Candidate>,
    pub ask: Vec<String>,
    pub flips: Vec<Flip>,
    /// Id, role and letters.
    pub stakeholders: Vec<(String, String, String)>,
    pub risks: Vec<String>,
    pub actions: Vec<String>,
    pub questions: Vec<String>,
    pub presumed: Presumed,
    /// The facts given exactly.
    pub exact: BTreeSet<usize>,
    pub all: Vec<State>,
}

/// Status and outcome alone.
struct Verdict {
    status: Status,
    outcome: Outcome,
    presumed: Presumed,
    all: Vec<State>,
}

/// Decides, or says that the profile contradicts itself.
pub fn decide(ruleset: &Ruleset, profile: &Profile) -> Result<Answer, String> {
    let all = states::all(ruleset, profile);
    if all.is_empty() {
        return Err("no state agrees with the profile".to_owned());
    }
    let Verdict { status, outcome, presumed, all } = verdict(ruleset, profile, all);
    let answered = matches!(status, Status::Decided | Status::Presumed);
    let deciding = if status == Status::Presumed { &presumed.left } else { &all };
    let collecting = if answered { &presumed.left } else { &all };
    let flips = if answered { flips(ruleset, profile, outcome) } else { vec![] };
    let borderline = borderline(ruleset, profile, &flips);
    let used: &[State] = if answered { deciding } else { &[] };
    let derive_used: BTreeSet<usize> = used.iter().flat_map(|state| state.derive.clone()).collect();
    let owner_used: BTreeSet<usize> = used.iter().filter_map(|state| state.owner).collect();
    let contact_used: BTreeSet<usize> = used.iter().filter_map(|state| state.contact).collect();
    let inferred = derive_used.iter().any(|&row| ruleset.derive[row].inferred)
        || owner_used.iter().any(|&row| ruleset.owners[row].inferred);
    let is_presumed = status == Status::Presumed;
    let below_half = |row: &&Row| row.support.is_some_and(|part| part.over * 2 < part.under);
    let doubtful: Vec<&str> = ruleset.typical.iter().filter(below_half).map(|row| row.id.as_str()).collect();
    let unsupported =
        is_presumed && presumed.narrowed.iter().any(|(_, rule)| doubtful.contains(&rule.as_str()));
    let points = 3
        - i32::from(is_presumed)
        - i32::from(unsupported)
        - i32::from(inferred)
        - i32::from(!borderline.is_empty());
    let candidates = if status == Status::Decided { vec![] } else { candidates(&presumed, &all) };
    let ask = if status == Status::Decided { vec![] } else { questions::ask(ruleset, profile, &all) };
    Ok(Answer {
        status,
        outcome,
        confidence: match points {
            _ if !answered => "none",
            3 => "high",
            2 => "medium",
            _ => "low",
        },
        derived: derived(ruleset, deciding),
        derive_rules: ids(&ruleset.derive, &derive_used),
        owner_rules: ids(&ruleset.owners, &owner_used),
        contact_rules: ids(&ruleset.contacts, &contact_used),
        borderline,
        candidates,
        ask: ask.into_iter().map(|fact| ruleset.facts[fact].name.clone()).collect(),
        flips: flips.into_iter().map(|flip| flip.written(ruleset)).collect(),
        stakeholders: stakeholders(ruleset, outcome, collecting),
        risks: collected(&ruleset.risks, collecting),
        actions: collected(&ruleset.actions, collecting),
        questions: collected(&ruleset.questions, collecting),
        presumed,
        exact: ruleset.base().filter(|&fact| profile.is_exact(fact)).collect(),
        all,
    })
}

fn verdict(ruleset: &Ruleset, profile: &Profile, all: Vec<State>) -> Verdict {
    let presumed = presume(ruleset, profile, &all);
    let outcomes: BTreeSet<Outcome> = all.iter().map(|state| state.outcome).collect();
    let (status, outcome) = if outcomes.iter().all(|outcome| outcome.0.is_none()) {
        (Status::Unmatched, (None, None))
    } else if outcomes.len() == 1 {
        (Status::Decided, all[0].outcome)
    } else {
        match presumed.outcome {
            Some(outcome) => (Status::Presumed, outcome),
            None => (Status::Open, (None, None)),
        }
    };
    Verdict { status, outcome, presumed, all }
}

fn candidates(presumed: &Presumed, all: &[State]) -> Vec<Candidate> {
    let outcomes: BTreeSet<Outcome> = all.iter().map(|state| state.outcome).collect();
    let candidate = |outcome| Candidate { outcome, still_possible: presumed.possible.contains(&outcome) };
    outcomes.into_iter().map(candidate).collect()
}

struct FlipFound {
    fact: usize,
    from: i64,
    to: i64,
    outcome: Outcome,
}

impl FlipFound {
    fn written(&self, ruleset: &Ruleset) -> Flip {
        let role =
            |role: Option<i64>| role.map(|place| ruleset.facts[ruleset.owner].values[place as usize].clone());
        let name = ruleset.facts[self.fact].name.clone();
        (name, ruleset.json(self.fact, self.to), role(self.outcome.0), role(self.outcome.1))
    }
}

fn flips(ruleset: &Ruleset, profile: &Profile, outcome: Outcome) -> Vec<FlipFound> {
    let mut found = vec![];
    for (&fact, given) in &profile.given {
        let Given::Exact(from) = *given else { continue };
        let one = &ruleset.facts[fact];
        let last = one.high.unwrap_or_else(|| states::beyond_all(ruleset, fact).max(from));
        let down: Vec<i64> = (one.low..from).rev().collect();
        let up: Vec<i64> = (from + 1..=last).collect();
        let flip = |&to: &i64| {
            let new = decided_anew(ruleset, profile, fact, to);
            (new != outcome).then_some(FlipFound { fact, from, to, outcome: new })
        };
        if matches!(one.kind, Kind::Integer | Kind::Set) {
            found.extend(down.iter().find_map(flip));
            found.extend(up.iter().find_map(flip));
        } else {
            found.extend(down.iter().rev().chain(&up).filter_map(flip));
        }
    }
    found
}

/// The outcome with another value, without the given facts that then cannot apply.
fn decided_anew(ruleset: &Ruleset, profile: &Profile, fact: usize, value: i64) -> Outcome {
    let mut new = profile.clone();
    new.given.insert(fact, Given::Exact(value));
    new.given.retain(|&given, _| !excluded(ruleset, given, fact, value));
    let all = states::all(ruleset, &new);
    verdict(ruleset, &new, all).outcome
}

/// Whether this fact, or one that it needs to apply, is ruled out by that value of another.
fn excluded(ruleset: &Ruleset, this: usize, by: usize, value: i64) -> bool {
    let needs = &ruleset.facts[this].only_when;
    needs.iter().any(
        |(fact, test)| {
            if *fact == by { !test.holds(Some(value)) } else { excluded(ruleset, *fact, by, value) }
        },
    )
}

/// The exact numbers with a flip no further away than `near` of that number.
fn borderline(ruleset: &Ruleset, profile: &Profile, flips: &[FlipFound]) -> BTreeSet<String> {
    let close = flips.iter().filter(|flip| {
        let fact = &ruleset.facts[flip.fact];
        let near = fact.near.filter(|_| fact.kind == Kind::Integer && profile.is_exact(flip.fact));
        near.is_some_and(|near| {
            (flip.to - flip.from).unsigned_abs() * near.under <= near.over * flip.from.unsigned_abs()
        })
    });
    close.map(|flip| ruleset.facts[flip.fact].name.clone()).collect()
}

fn derived(ruleset: &Ruleset, left: &[State]) -> BTreeMap<String, Value> {
    let agreed = |fact: usize| {
        let value = left[0].values[fact]?;
        let same = left.iter().all(|state| state.values[fact] == Some(value));
        same.then(|| (ruleset.facts[fact].name.clone(), ruleset.json(fact, value)))
    };
    (0..ruleset.owner).filter(|&fact| ruleset.facts[fact].derived).filter_map(agreed).collect()
}

fn ids(rows: &[Row], used: &BTreeSet<usize>) -> Vec<String> {
    used.iter().map(|&row| rows[row].id.clone()).collect()
}

fn collected(rows: &[Row], left: &[State]) -> Vec<String> {
    rows.iter().filter(|row| everywhere(row, left)).map(|row| row.id.clone()).collect()
}

fn everywhere(row: &Row, left: &[State]) -> bool {
    left.iter().all(|state| holds(&row.when, &state.values))
}

fn stakeholders(ruleset: &Ruleset, outcome: Outcome, left: &[State]) -> Vec<(String, String, String)> {
    let mut found: Vec<(String, String, BTreeSet<String>)> = vec![];
    let named = |place: Option<i64>| place.map(|p| ruleset.facts[ruleset.owner].values[p as usize].clone());
    for row in ruleset.stakeholders.iter().filter(|row| everywhere(row, left)) {
        let Gives::Letter(role, letter) = &row.gives else { continue };
        let role = match role.as_str() {
            "owner" => named(outcome.0),
            "contact" => named(outcome.1),
            other => Some(other.to_owned()),
        };
        let Some(role) = role else { continue };
        match found.iter_mut().find(|(_, known, _)| *known == role) {
            Some((_, _, letters)) => {
                letters.insert(letter.clone());
            }
            None => found.push((row.id.clone(), role, BTreeSet::from([letter.clone()]))),
        }
    }
    found.into_iter().map(|(id, role, letters)| (id, role, strongest(&letters))).collect()
}

fn strongest(letters: &BTreeSet<String>) -> String {
    let order = ["A", "R", "C", "I"];
    let best = order.into_iter().find(|letter| letters.contains(*letter)).expect("a letter");
    if best == "A" && letters.contains("R") { "AR".to_owned() } else { best.to_owned() }
}
