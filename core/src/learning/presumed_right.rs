//! How often what is typical would have been presumed rightly, where the fact is given.

use std::collections::HashMap;

use serde::Serialize;
use serde_json::Value as Json;

use super::share::Share;
use crate::clients::Situation;
use crate::decision::{TooEntangled, Verdict};
use crate::profile::{Known, Profile};
use crate::ruleset::{FactId, Ruleset, Test};
use crate::space::NO_END;

/// What a typical row presumes of one fact, and how often that is so.
#[derive(Debug, Clone, Serialize)]
pub struct PresumedRight {
    /// The id of the typical row.
    pub rule: String,
    /// The fact.
    pub fact: String,
    /// What is presumed of it, in rule syntax.
    pub value: Json,
    /// What the row claims: how often that is so.
    pub support: Option<String>,
    /// The rows that give the fact, and of which it would have been presumed without that; how many of them it is so for.
    #[serde(flatten)]
    pub seen: Share,
}

/// What would have been presumed of a fact, by the row and the place in it.
type Would = Option<(usize, usize)>;
/// What a profile says of the facts that have a part in presuming.
type Key = (FactId, Vec<Option<(i128, i128)>>);

/// Holds every presumption against the rows in which its fact is given.
///
/// # Errors
/// When the rules are too entangled.
pub fn presumed_right(
    ruleset: &Ruleset,
    situations: &[Situation],
) -> Result<Vec<PresumedRight>, TooEntangled> {
    let mut facts: Vec<FactId> =
        ruleset.typical().iter().flat_map(|row| row.then.set.iter().map(|set| set.fact)).collect();
    facts.sort_unstable();
    facts.dedup();
    let relevant = relevant(ruleset);
    let mut known: HashMap<Key, Would> = HashMap::new();
    let mut seen: HashMap<(usize, usize), Share> = HashMap::new();
    for situation in situations {
        for fact in &facts {
            let Some(given) = situation.profile.given(*fact) else { continue };
            let mut without = situation.profile.clone();
            drop_fact(ruleset, &mut without, *fact);
            let key = (*fact, relevant.iter().map(|fact| numbers(&without, *fact)).collect());
            let would = match known.get(&key) {
                Some(would) => *would,
                None => *known.entry(key).or_insert(would(ruleset, &without, *fact)?),
            };
            let Some((row, place)) = would else { continue };
            let test = &ruleset.typical()[row].then.set[place].test;
            if let Some(right) = holds(test, &given.known) {
                seen.entry((row, place)).or_default().add(situation.rows, right);
            }
        }
    }
    let rows = ruleset.typical().iter().enumerate();
    let each = rows.flat_map(|(at, row)| {
        let seen = &seen;
        row.then.set.iter().enumerate().map(move |(place, set)| PresumedRight {
            rule: row.id.clone(),
            fact: ruleset.fact(set.fact).name.clone(),
            value: set.written.clone(),
            support: row.then.support.map(|support| support.to_string()),
            seen: seen.get(&(at, place)).copied().unwrap_or_default(),
        })
    });
    Ok(each.collect())
}

/// The facts that typical rows test or set, and those that these require.
fn relevant(ruleset: &Ruleset) -> Vec<FactId> {
    let mut found = vec![false; ruleset.facts().len()];
    for row in ruleset.typical() {
        row.when.facts().for_each(|(fact, _)| found[fact.0] = true);
        row.then.set.iter().for_each(|set| found[set.fact.0] = true);
    }
    // A derived fact is worked out from facts that its rows test, and a fact applies where others say so.
    loop {
        let before = found.clone();
        for row in ruleset.derive().iter().filter(|row| before[row.then.fact.0]) {
            row.when.facts().for_each(|(fact, _)| found[fact.0] = true);
        }
        for (at, fact) in ruleset.facts().iter().enumerate() {
            let depends = fact.only_when.facts().any(|(required, _)| before[required.0]);
            if before[at] || depends {
                found[at] = true;
                fact.only_when.facts().for_each(|(required, _)| found[required.0] = true);
            }
        }
        if found == before {
            return (0..found.len()).map(FactId).filter(|fact| found[fact.0]).collect();
        }
    }
}

/// Takes a fact from a profile, and those that apply only because of it.
fn drop_fact(ruleset: &Ruleset, profile: &mut Profile, fact: FactId) {
    let mut dropped = vec![false; ruleset.facts().len()];
    dropped[fact.0] = true;
    profile.set(fact, None);
    // A fact is declared after those it requires.
    for (at, declared) in ruleset.facts().iter().enumerate() {
        if declared.only_when.facts().any(|(required, _)| dropped[required.0]) {
            dropped[at] = true;
            profile.set(FactId(at), None);
        }
    }
}

/// What a profile says of a fact, as the first and the last number or value.
fn numbers(profile: &Profile, fact: FactId) -> Option<(i128, i128)> {
    use crate::ruleset::Value;
    match &profile.given(fact)?.known {
        Known::Exact(Value::Number(number)) => Some((*number, *number)),
        Known::Exact(Value::Named(value)) => Some((i128::from(*value), i128::from(*value))),
        Known::Band { min, max } => Some((*min, max.unwrap_or(NO_END))),
        Known::Text(_) => Some((0, 0)),
    }
}

/// The row that presumes something of a fact, if one and the same does so throughout.
fn would(ruleset: &Ruleset, profile: &Profile, fact: FactId) -> Result<Would, TooEntangled> {
    let verdict = Verdict::reach(ruleset, profile)?;
    let mut found: Option<Would> = None;
    for left in verdict.presumed.left(None) {
        let narrowing = left.narrowed.iter().find(|narrowing| narrowing.fact == fact);
        let own = narrowing.map(|narrowing| (narrowing.row, narrowing.place));
        if found.is_some_and(|known| known != own) {
            return Ok(None);
        }
        found = Some(own);
    }
    Ok(found.flatten())
}

/// Whether what is known passes a test; nothing where it may or may not.
pub(super) fn holds(test: &Test, known: &Known) -> Option<bool> {
    match (known, test) {
        (Known::Exact(value), _) => Some(test.passes(*value)),
        (Known::Band { min, max }, Test::Numbers(stretches)) => {
            let last = max.unwrap_or(NO_END);
            if stretches.iter().any(|stretch| stretch.first <= *min && last <= stretch.last) {
                return Some(true);
            }
            let touches = stretches.iter().any(|stretch| stretch.first <= last && *min <= stretch.last);
            (!touches).then_some(false)
        }
        (Known::Band { .. } | Known::Text(_), _) => None,
    }
}
