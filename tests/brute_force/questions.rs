//! Which facts are worth asking, best first, found by comparing states in pairs.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use super::profile::Profile;
use super::ruleset::{Kind, Ruleset};
use super::states::{self, Outcome, State};

/// An average kept as a sum and a count.
#[derive(Debug, Clone, Copy)]
struct Average {
    sum: usize,
    count: usize,
}

impl Average {
    fn cmp(self, other: Self) -> Ordering {
        (self.sum * other.count).cmp(&(other.sum * self.count))
    }
}

/// The facts to ask, best first.
pub fn ask(ruleset: &Ruleset, profile: &Profile, all: &[State]) -> Vec<usize> {
    let unknown = ruleset.base().filter(|&f| ruleset.facts[f].kind != Kind::Text && !profile.is_exact(f));
    let applies = |fact: usize| all.iter().all(|state| state.values[fact].is_some());
    let worth: Vec<usize> = unknown.filter(|&f| applies(f) && matters(ruleset, all, f)).collect();
    let mut ranked: Vec<_> = worth.into_iter().map(|f| (f, left_after(ruleset, profile, all, f))).collect();
    // The sort is stable: what is equal stays in the ruleset's order.
    ranked.sort_by(|(_, a), (_, b)| a.0.cmp(b.0).then(a.1.cmp(b.1)));
    let (first, rest): (Vec<_>, Vec<_>) =
        ranked.into_iter().partition(|(fact, _)| ruleset.facts[*fact].first && !profile.is_given(*fact));
    let ranked = [first, rest].concat();
    ranked.into_iter().map(|(fact, _)| fact).collect()
}

/// The facts whose `only_when` hangs on this one, directly or through another.
fn dependents(ruleset: &Ruleset, fact: usize) -> BTreeSet<usize> {
    let mut found = BTreeSet::from([fact]);
    for later in ruleset.base() {
        if ruleset.facts[later].only_when.iter().any(|(tested, _)| found.contains(tested)) {
            found.insert(later);
        }
    }
    found
}

/// Two states that differ in nothing else, beside facts that then start or stop to apply, have different outcomes.
fn matters(ruleset: &Ruleset, all: &[State], fact: usize) -> bool {
    let hanging = dependents(ruleset, fact);
    let fixed: Vec<usize> = ruleset.base().filter(|f| !hanging.contains(f)).collect();
    let mut alike: BTreeMap<Vec<Option<i64>>, Vec<&State>> = BTreeMap::new();
    for state in all {
        alike.entry(fixed.iter().map(|&f| state.values[f]).collect()).or_default().push(state);
    }
    let only_this_differs = |a: &State, b: &State| {
        a.values[fact] != b.values[fact]
            && hanging.iter().filter(|&&f| f != fact).all(|&f| {
                let (a, b) = (a.values[f], b.values[f]);
                a == b || a.is_some() != b.is_some()
            })
    };
    alike.values().any(|group| {
        let pairs = group.iter().enumerate().flat_map(|(i, a)| group[i + 1..].iter().map(move |b| (a, b)));
        pairs.into_iter().any(|(a, b)| a.outcome != b.outcome && only_this_differs(a, b))
    })
}

/// Owners and outcomes still possible after the answer, on average over the distinguishable answers.
fn left_after(ruleset: &Ruleset, profile: &Profile, all: &[State], fact: usize) -> (Average, Average) {
    let begins = match ruleset.facts[fact].kind {
        Kind::Integer | Kind::Set => states::pieces(ruleset, fact, states::span(ruleset, profile, fact)),
        Kind::Boolean | Kind::Choice | Kind::Text => (0..=ruleset.facts[fact].high.unwrap_or(0)).collect(),
    };
    let mut outcomes: BTreeMap<usize, BTreeSet<Outcome>> = BTreeMap::new();
    for state in all {
        let value = state.values[fact].expect("a fact that applies everywhere");
        let answer = begins.iter().filter(|&&begin| begin <= value).count();
        outcomes.entry(answer).or_default().insert(state.outcome);
    }
    let owners = |one: &BTreeSet<Outcome>| one.iter().map(|outcome| outcome.0).collect::<BTreeSet<_>>().len();
    let count = outcomes.len();
    (
        Average { sum: outcomes.values().map(owners).sum(), count },
        Average { sum: outcomes.values().map(BTreeSet::len).sum(), count },
    )
}
