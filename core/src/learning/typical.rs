//! What is typical, as rows show it that give the facts: for each stretch of the number along the map, and each fact that
//! is presumed.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value as Json;

use super::presumed_right::{PresumedRight, presumed_right};
use super::share::Share;
use crate::clients::Situation;
use crate::decision::{TooEntangled, Verdict};
use crate::profile::{Given, Known, Profile};
use crate::ruleset::{FactId, Kind, Ruleset, Stretch, Value, write_stretch};
use crate::space::NO_END;

/// What rows show of presumptions.
#[derive(Debug, Clone, Serialize)]
pub struct TypicalSeen {
    /// Every presumption, and how often it holds.
    pub rows: Vec<PresumedRight>,
    /// Every presumed fact, stretch by stretch.
    pub stretches: Vec<StretchSeen>,
}

/// What rows of a stretch show of a fact.
#[derive(Debug, Clone, Serialize)]
pub struct StretchSeen {
    /// The fact along which it is looked at; none where the ruleset has no map.
    pub along: Option<String>,
    /// The stretch of it, in rule syntax.
    pub stretch: Option<Json>,
    /// The same in numbers.
    #[serde(skip)]
    pub numbers: Option<Stretch>,
    /// The fact.
    pub fact: String,
    /// What is presumed of it there where nothing else is known, and how often that is so.
    pub presumed: Option<ValueSeen>,
    /// Its commonest value, and how often that is so.
    pub commonest: ValueSeen,
    /// Whether presuming that would be right more often, beyond what chance explains.
    pub is_better: bool,
}

/// A value and how often it is so.
#[derive(Debug, Clone, Serialize)]
pub struct ValueSeen {
    /// The value.
    pub value: Json,
    /// The same as a value.
    #[serde(skip)]
    pub own: Value,
    /// The rows that give the fact, and those that have this value.
    #[serde(flatten)]
    pub seen: Share,
}

/// Holds what is presumed against rows that give the facts.
///
/// # Errors
/// When the rules are too entangled.
pub fn typical_seen(ruleset: &Ruleset, situations: &[Situation]) -> Result<TypicalSeen, TooEntangled> {
    let rows = presumed_right(ruleset, situations)?;
    let mut facts: Vec<FactId> =
        ruleset.typical().iter().flat_map(|row| row.then.set.iter().map(|set| set.fact)).collect();
    facts.sort_unstable();
    facts.dedup();
    let along = ruleset.map().map(|map| map.axis);
    let stretches = stretches(ruleset, along);
    let mut counts: BTreeMap<(usize, FactId), BTreeMap<Value, u64>> = BTreeMap::new();
    for situation in situations {
        let Some(at) = lies_in(along, &stretches, &situation.profile) else { continue };
        for fact in &facts {
            let Some(Known::Exact(value)) = situation.profile.given(*fact).map(|given| &given.known) else {
                continue;
            };
            *counts.entry((at, *fact)).or_default().entry(*value).or_default() += situation.rows;
        }
    }
    let mut found = Vec::new();
    for ((at, fact), values) in counts {
        let all: u64 = values.values().sum();
        let seen = |value: Value| ValueSeen {
            value: value.to_json(ruleset.fact(fact)),
            own: value,
            seen: Share { rows: all, right: values.get(&value).copied().unwrap_or(0) },
        };
        let most = values.iter().max_by_key(|(value, rows)| (**rows, std::cmp::Reverse(**value)));
        let Some((most, _)) = most else { continue };
        let numbers = stretches[at];
        let presumed = presumed(ruleset, along, numbers, fact)?.map(seen);
        let commonest = seen(*most);
        let is_better = presumed.as_ref().is_none_or(|presumed| {
            presumed.own != commonest.own && clearly_more(commonest.seen.right, presumed.seen.right)
        }) && commonest.seen.interval().is_some_and(|(low, _)| low > 0.5);
        found.push(StretchSeen {
            along: along.map(|along| ruleset.fact(along).name.clone()),
            stretch: numbers.zip(along).map(|(numbers, along)| {
                let fact = ruleset.fact(along);
                write_stretch(numbers, fact.lowest, fact.highest).into()
            }),
            numbers,
            fact: ruleset.fact(fact).name.clone(),
            presumed,
            commonest,
            is_better,
        });
    }
    Ok(TypicalSeen { rows, stretches: found })
}

/// Whether chance alone does not explain that one value is commoner than another.
fn clearly_more(one: u64, other: u64) -> bool {
    one > other && super::sign_test::Chance::of_sign_test(one, other).is_below(0.05)
}

/// The stretches of the number along the map between its thresholds; one without numbers where there is no map.
fn stretches(ruleset: &Ruleset, along: Option<FactId>) -> Vec<Option<Stretch>> {
    let Some((along, axis)) = along.and_then(|along| Some((along, ruleset.compiled().axis(along)?))) else {
        return vec![None];
    };
    let fact = ruleset.fact(along);
    let cuts = ruleset.compiled().thresholds[axis].iter().copied();
    let mut starts: Vec<i128> = cuts.filter(|cut| *cut > fact.lowest && *cut <= fact.highest).collect();
    starts.insert(0, fact.lowest);
    let ends = starts[1..].iter().map(|start| start - 1).chain([fact.highest]);
    starts.iter().zip(ends).map(|(first, last)| Some(Stretch { first: *first, last })).collect()
}

/// The stretch that a profile lies in, if it lies in one alone.
fn lies_in(along: Option<FactId>, stretches: &[Option<Stretch>], profile: &Profile) -> Option<usize> {
    let Some(along) = along else { return Some(0) };
    let (min, max) = match profile.given(along).map(|given| &given.known)? {
        Known::Exact(Value::Number(number)) => (*number, *number),
        Known::Band { min, max } => (*min, max.unwrap_or(NO_END)),
        Known::Exact(Value::Named(_)) | Known::Text(_) => return None,
    };
    stretches.iter().position(|own| own.is_some_and(|own| own.first <= min && max <= own.last))
}

/// What is presumed of a fact where nothing is known but the stretch.
fn presumed(
    ruleset: &Ruleset,
    along: Option<FactId>,
    numbers: Option<Stretch>,
    fact: FactId,
) -> Result<Option<Value>, TooEntangled> {
    let mut profile = Profile::unknown(ruleset);
    if let (Some(along), Some(numbers)) = (along, numbers) {
        let known = Known::Exact(Value::Number(numbers.first));
        profile.set(along, Some(Given { written: Json::Null, known, repaired: None }));
    }
    let verdict = Verdict::reach(ruleset, &profile)?;
    let declared = ruleset.fact(fact);
    for left in verdict.presumed.left(None) {
        let Some(narrowing) = left.narrowed.iter().find(|narrowing| narrowing.fact == fact) else { continue };
        let test = &ruleset.typical()[narrowing.row].then.set[narrowing.place].test;
        let values: Vec<Value> = match declared.kind {
            Kind::Boolean | Kind::Choice => (0..declared.values.len() as u32).map(Value::Named).collect(),
            _ => match test {
                crate::ruleset::Test::Numbers(stretches) => {
                    stretches.iter().map(|own| Value::Number(own.first.max(declared.lowest))).collect()
                }
                crate::ruleset::Test::Named(_) => Vec::new(),
            },
        };
        return Ok(values.into_iter().find(|value| test.passes(*value)));
    }
    Ok(None)
}
