//! What the decision map shows, before it is drawn.

use crate::decision::{Outcome, Status, TooEntangled, Verdict};
use crate::profile::{Given, Known, Profile};
use crate::ruleset::{FactId, RoleId, Ruleset, Stretch, Test, Value};
use crate::space::{ABSENT, NO_END};
use crate::words;

/// More fields than this are no picture.
const FIELDS: usize = 4_000;

/// The map of a ruleset, with a profile on it.
#[derive(Debug, Clone)]
pub struct Picture {
    /// The name of the axis.
    pub axis: String,
    /// The stretches of the axis between the numbers where some lane changes.
    pub stretches: Vec<Stretched>,
    /// The lanes, from top to bottom.
    pub lanes: Vec<Lane>,
    /// Where the profile stands on the axis: its number, or the ends of its band.
    pub stands: Option<(i128, Option<i128>)>,
    /// Numbers on the axis at which the profile's answer changes.
    pub flips: Vec<i128>,
    /// Every owner on the map, in the ruleset's order.
    pub owners: Vec<RoleId>,
}

/// A stretch of the axis, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretched {
    /// The first number.
    pub first: i128,
    /// The last number, if there is an end.
    pub last: Option<i128>,
}

/// One way the facts of the lanes can be.
#[derive(Debug, Clone)]
pub struct Lane {
    /// In words, one clause a fact.
    pub label: String,
    /// Whether the profile can be in it.
    pub possible: bool,
    /// Whether a change of one known fact leads from the profile's lane into this one, and changes the answer.
    pub flipped_to: bool,
    /// From left to right, one or more stretches each.
    pub fields: Vec<Field>,
}

/// Neighbouring stretches with one answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// The first stretch.
    pub first: usize,
    /// The last stretch.
    pub last: usize,
    /// How sure the answer is.
    pub status: Status,
    /// The role that owns; nobody when open or unmatched.
    pub owner: Option<RoleId>,
}

/// Why there is no map.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MapError {
    /// The ruleset declares none.
    #[error("the ruleset has no `[map]`, so there is nothing to draw")]
    NoMap,
    /// There would be too many fields.
    #[error(
        "the map of this ruleset would have {0} fields, too many for a picture; name fewer `lanes` in `[map]`"
    )]
    TooLarge(usize),
    /// The rules cannot be evaluated exactly.
    #[error(transparent)]
    TooEntangled(#[from] TooEntangled),
}

/// Draws up the map of a ruleset for a profile; what the profile says beside axis and lanes holds everywhere on it.
///
/// # Errors
/// When the ruleset has no map, or one too large.
pub fn picture(ruleset: &Ruleset, profile: &Profile) -> Result<Picture, MapError> {
    let map = ruleset.map().ok_or(MapError::NoMap)?;
    let compiled = ruleset.compiled();
    let axis = compiled.axis(map.axis).ok_or(MapError::NoMap)?;
    let line = &compiled.space.axes[axis];
    let combinations = combinations(ruleset, &map.lanes);
    let count = combinations.len().saturating_mul(line.count() as usize);
    if count > FIELDS {
        return Err(MapError::TooLarge(count));
    }
    let mut background = profile.clone();
    for fact in map.lanes.iter().chain([&map.axis]) {
        background.set(*fact, None);
    }
    let mut rows: Vec<Vec<(Status, Outcome)>> = Vec::new();
    for combination in &combinations {
        let mut row = Vec::new();
        for atom in 0..line.count() {
            let mut there = background.clone();
            there.set(map.axis, Some(exact(ruleset, map.axis, Value::Number(line.bounds(atom).0))));
            for (fact, value) in combination {
                if let Some(value) = value {
                    there.set(*fact, Some(exact(ruleset, *fact, *value)));
                }
            }
            row.push(match there.states(ruleset).is_empty() {
                true => (Status::Unmatched, Outcome::default()),
                false => {
                    let verdict = Verdict::reach(ruleset, &there)?;
                    (verdict.status, verdict.outcome)
                }
            });
        }
        rows.push(row);
    }
    let stretches = stretches(&rows, |atom| line.bounds(atom as u32));
    let flips = flips(ruleset, profile)?;
    let lanes = combinations.iter().zip(&rows).map(|(combination, row)| Lane {
        label: label(ruleset, combination),
        possible: possible(ruleset, profile, combination),
        flipped_to: flips.iter().any(|(fact, value)| {
            map.lanes.contains(fact)
                && combination.iter().all(|(own, at)| match own == fact {
                    true => at.is_some_and(|at| same(ruleset, *own, at, *value)),
                    false => at.is_none() || agrees(ruleset, profile, *own, *at),
                })
        }),
        fields: fields(row, &stretches, |number| line.atom(number) as usize),
    });
    let lanes: Vec<Lane> = lanes.collect();
    let mut owners: Vec<RoleId> = rows.iter().flatten().filter_map(|(_, outcome)| outcome.owner).collect();
    owners.sort_unstable();
    owners.dedup();
    let on_axis = flips.iter().filter(|(fact, _)| *fact == map.axis);
    Ok(Picture {
        axis: ruleset.fact(map.axis).title().to_owned(),
        stretches,
        lanes,
        stands: stands(profile, map.axis),
        flips: on_axis.filter_map(|(_, value)| number(*value)).collect(),
        owners,
    })
}

impl Stretched {
    /// The stretch in words: `1–10`, `2,000+`, `7`.
    pub fn label(&self) -> String {
        match self.last {
            None => format!("{}+", words::thousands(self.first)),
            Some(last) if last == self.first => words::thousands(last),
            Some(last) => format!("{}–{}", words::thousands(self.first), words::thousands(last)),
        }
    }

    /// Whether a number lies in it.
    pub fn holds(&self, number: i128) -> bool {
        self.first <= number && self.last.is_none_or(|last| number <= last)
    }
}

fn exact(ruleset: &Ruleset, fact: FactId, value: Value) -> Given {
    Given::exact(ruleset.fact(fact), value)
}

fn number(value: Value) -> Option<i128> {
    match value {
        Value::Number(number) => Some(number),
        Value::Named(_) => None,
    }
}

/// One way the facts can be together; `None` where one does not apply.
type Combination = Vec<(FactId, Option<Value>)>;

/// Every way the facts can be together.
fn combinations(ruleset: &Ruleset, lanes: &[FactId]) -> Vec<Combination> {
    let compiled = ruleset.compiled();
    let mut found: Vec<(Profile, Combination)> = vec![(Profile::unknown(ruleset), Vec::new())];
    for fact in lanes {
        let Some(axis) = compiled.axis(*fact) else { continue };
        let line = &compiled.space.axes[axis];
        let mut longer = Vec::new();
        for (profile, combination) in found {
            let mut push = |value: Option<Value>| {
                let mut profile = profile.clone();
                profile.set(*fact, value.map(|value| exact(ruleset, *fact, value)));
                let fits = profile
                    .states(ruleset)
                    .iter()
                    .any(|region| value.is_some() || region.on(axis).holds(ABSENT));
                if fits {
                    let mut combination = combination.clone();
                    combination.push((*fact, value));
                    longer.push((profile, combination));
                }
            };
            for atom in 0..line.count() {
                push(Some(match ruleset.fact(*fact).kind.is_number() {
                    true => Value::Number(line.bounds(atom).0),
                    false => Value::Named(atom),
                }));
            }
            if line.is_conditional() {
                push(None);
            }
        }
        found = longer;
    }
    found.into_iter().map(|(_, combination)| combination).collect()
}

fn label(ruleset: &Ruleset, combination: &[(FactId, Option<Value>)]) -> String {
    let clause = |(fact, value): &(FactId, Option<Value>)| {
        let declared = ruleset.fact(*fact);
        let test = match (*value)? {
            Value::Number(_) => {
                let (first, last) = bounds(ruleset, *fact, (*value)?);
                Test::Numbers(vec![Stretch { first, last }])
            }
            named => declared.test_of(named),
        };
        Some(words::clause_of(declared, &test))
    };
    let clauses = words::joined(combination.iter().filter_map(clause));
    if clauses.is_empty() { "in any case".to_owned() } else { words::capital(&clauses) }
}

/// Whether a profile can be in a lane.
fn possible(ruleset: &Ruleset, profile: &Profile, combination: &[(FactId, Option<Value>)]) -> bool {
    combination.iter().all(|(fact, value)| match value {
        Some(_) => agrees(ruleset, profile, *fact, *value),
        None => profile.given(*fact).is_none(),
    })
}

fn agrees(ruleset: &Ruleset, profile: &Profile, fact: FactId, value: Option<Value>) -> bool {
    match (profile.given(fact).map(|given| &given.known), value) {
        (Some(Known::Exact(own)), Some(value)) => same(ruleset, fact, *own, value),
        (Some(Known::Band { min, max }), Some(value)) => {
            let (first, last) = bounds(ruleset, fact, value);
            *min <= last && max.is_none_or(|max| first <= max)
        }
        _ => true,
    }
}

/// Whether no rule tells two values of a fact apart.
fn same(ruleset: &Ruleset, fact: FactId, a: Value, b: Value) -> bool {
    match (a, b) {
        (Value::Number(a), Value::Number(_)) => {
            let (first, last) = bounds(ruleset, fact, b);
            (first..=last).contains(&a)
        }
        _ => a == b,
    }
}

/// The numbers that no rule tells apart from this one.
fn bounds(ruleset: &Ruleset, fact: FactId, value: Value) -> (i128, i128) {
    match (ruleset.compiled().axis(fact), value) {
        (Some(axis), Value::Number(number)) => {
            let line = &ruleset.compiled().space.axes[axis];
            line.bounds(line.atom(number))
        }
        _ => (0, 0),
    }
}

fn stands(profile: &Profile, axis: FactId) -> Option<(i128, Option<i128>)> {
    match profile.given(axis).map(|given| &given.known) {
        Some(Known::Exact(Value::Number(number))) => Some((*number, Some(*number))),
        Some(Known::Band { min, max }) => Some((*min, *max)),
        _ => None,
    }
}

fn flips(ruleset: &Ruleset, profile: &Profile) -> Result<Vec<(FactId, Value)>, TooEntangled> {
    let decision = crate::decision::decide(ruleset, profile)?;
    Ok(decision.flips.iter().map(|flip| (flip.fact, flip.value)).collect())
}

/// The axis cut where the answer of some lane changes.
fn stretches(rows: &[Vec<(Status, Outcome)>], bounds: impl Fn(usize) -> (i128, i128)) -> Vec<Stretched> {
    let atoms = rows.first().map_or(0, Vec::len);
    let mut found: Vec<Stretched> = Vec::new();
    for atom in 0..atoms {
        let (first, last) = bounds(atom);
        let last = (last != NO_END).then_some(last);
        let same = |row: &Vec<(Status, Outcome)>| {
            atom > 0 && row[atom].0 == row[atom - 1].0 && row[atom].1.owner == row[atom - 1].1.owner
        };
        match found.last_mut() {
            Some(open) if rows.iter().all(same) => open.last = last,
            _ => found.push(Stretched { first, last }),
        }
    }
    found
}

fn fields(row: &[(Status, Outcome)], stretches: &[Stretched], atom: impl Fn(i128) -> usize) -> Vec<Field> {
    let mut found: Vec<Field> = Vec::new();
    for (at, stretch) in stretches.iter().enumerate() {
        let (status, outcome) = row[atom(stretch.first)];
        match found.last_mut() {
            Some(open) if open.status == status && open.owner == outcome.owner => open.last = at,
            _ => found.push(Field { first: at, last: at, status, owner: outcome.owner }),
        }
    }
    found
}
