//! `no-value`: states in which a derived fact applies and no row gives it a value.
//!
//! It is said where having no value can matter: where some value would change what comes of the state. A value that no
//! row gives and no test tells from having none excuses it: who writes only when something is so, and tests only
//! that, means "else it is not".

use super::conditions::conditions;
use super::effort::Share;
use super::finding::{Finding, in_words};
use super::gaps::Gap;
use super::offer::Offer;
use super::survey::Survey;
use super::{changes, uncovered, variant};
use crate::diagnostic::Code;
use crate::ruleset::{Derivation, FactId, Ruleset, Subject, Table, Value};
use crate::space::cells::Budget;
use crate::space::{Boxed, Region, Space};

/// Regions whose values are tried out; where there are more, every one is said.
const TRIED: usize = 200;
/// Pairs of regions held against each other; beyond that every one is said.
const PAIRS: usize = 200_000;

/// Where a derived fact has no value though it should.
pub struct Missing {
    /// The states.
    pub states: Vec<Region>,
    /// What giving a value changes: each value with the states that come out otherwise, `None` for all of them.
    effects: Vec<(Value, Option<Vec<Region>>)>,
    /// The values that some test passes and no row gives.
    never_given: Vec<Value>,
}

impl Missing {
    /// The states in which a fact misses a value, none where nothing misses it.
    pub fn new(ruleset: &Ruleset, fact: FactId, budget: &mut Budget) -> Missing {
        let space = &ruleset.compiled().space;
        let nothing = Missing { states: Vec::new(), effects: Vec::new(), never_given: Vec::new() };
        if !conditions(ruleset).any(|(_, when)| when.on(Subject::Fact(fact)).is_some()) {
            return nothing;
        }
        let hole = without_value(ruleset, fact);
        if hole.is_empty() {
            return nothing;
        }
        let effects: Vec<(Value, Option<Vec<Region>>)> = telling_values(ruleset, fact)
            .into_iter()
            .map(|value| (value, effect(ruleset, fact, value, &hole, budget)))
            .collect();
        let is_given = |value: Value| {
            ruleset.derive().iter().any(|row| row.then.fact == fact && row.then.value == value)
        };
        let mut states = hole;
        let mut excused = false;
        for (_, changed) in effects.iter().filter(|(value, _)| !is_given(*value)) {
            excused = true;
            if let Some(changed) = changed {
                states = common(space, states, changed);
            }
        }
        if !excused && effects.iter().all(|(_, changed)| changed.is_some()) {
            let changed: Vec<Region> =
                effects.iter().filter_map(|(_, changed)| changed.as_ref()).flatten().cloned().collect();
            states = common(space, states, &changed);
        }
        let is_tested = |value: Value| {
            let tests = conditions(ruleset).filter_map(|(_, when)| when.on(Subject::Fact(fact)));
            tests.into_iter().any(|test| test.passes(value))
        };
        let values = effects.iter().map(|(value, _)| *value);
        let never_given = values.filter(|value| !is_given(*value) && is_tested(*value)).collect();
        Missing { states, effects, never_given }
    }

    /// The values with which filling a gap changes what comes of some state that nothing else fills: those that are
    /// tested and that no row gives first, then that of the nearest row. All of them where none does.
    pub fn values(&self, space: &Space, gap: &Gap, nearest: Option<Value>) -> Vec<Value> {
        let matters = |changed: &Option<Vec<Region>>| {
            let Some(changed) = changed else { return true };
            gap.own.iter().any(|own| changed.iter().any(|region| space.meets(own, region)))
        };
        let mut values: Vec<Value> =
            self.effects.iter().filter(|(_, changed)| matters(changed)).map(|(value, _)| *value).collect();
        if values.is_empty() {
            values = self.effects.iter().map(|(value, _)| *value).collect();
        }
        values.sort_by_key(|value| (!self.never_given.contains(value), Some(*value) != nearest));
        values
    }
}

/// States in which a derived fact has no value though it should, with the rows to paste.
pub fn finding(survey: &Survey<'_>, fact: FactId, offer: &Offer) -> Finding {
    let (ruleset, vocabulary, wide) = (survey.ruleset, survey.vocabulary(), &offer.gap.wide);
    let declared = ruleset.fact(fact);
    let when = vocabulary.condition(wide);
    let message = match when.is_empty() {
        true => format!("`{}` has no value, whatever the facts are", declared.name),
        false => format!("`{}` has no value where {}", declared.name, in_words(&when)),
    };
    let point = vocabulary.point(&offer.hole);
    let without = ruleset.compiled().derived_table(fact);
    let without: Vec<Boxed> = without
        .into_iter()
        .flat_map(|table| &table.without)
        .map(|region| Boxed { region: region.clone(), row: 0 })
        .collect();
    let mut budget = survey.budget(Share::Row);
    let witness = vocabulary.smallest_profile(&point, |region| match without.is_empty() {
        true => Ok(true),
        false => Ok(region.within(wide) && vocabulary.within(region, &without, &mut budget)?),
    });
    let place = offer.nearest.as_ref().map_or(declared.span, |(_, span)| *span);
    let finding = Finding::new(Code::NoValue, place, message)
        .of(Table::Derive, None)
        .witness(witness.unwrap_or_else(|_| uncovered::full(survey, &point)))
        .fix(offer.rows.clone());
    let finding = uncovered::with_help(survey, offer, finding);
    match variant::first_to_test(ruleset, fact).and_then(|at| ruleset.derive().get(at)) {
        Some(later) => finding.help(format!(
            "put it above the row `{}`, which tests `{}`: a fact is given before it is tested",
            later.id, declared.name
        )),
        None => finding,
    }
}

/// The states in which a fact applies and has no value.
fn without_value(ruleset: &Ruleset, fact: FactId) -> Vec<Region> {
    let compiled = ruleset.compiled();
    let space = &compiled.space;
    let without = match compiled.derived_table(fact) {
        Some(table) => table.without.clone(),
        None => space.states(),
    };
    let Ok(applies) = compiled.regions(ruleset.derive(), &ruleset.fact(fact).only_when) else {
        return Vec::new();
    };
    let conditional: Vec<usize> =
        (0..space.axes.len()).filter(|axis| space.axes[*axis].is_conditional()).collect();
    let met = without.iter().flat_map(|region| applies.iter().filter_map(|other| region.meet(other)));
    let settled = met.flat_map(|region| space.settle(region));
    settled.flat_map(|region| space.determine(&region, &conditional)).collect()
}

/// The states of a hole in which a value would change what comes of it; `None` for all, also where that was not
/// found out.
fn effect(
    ruleset: &Ruleset,
    fact: FactId,
    value: Value,
    hole: &[Region],
    budget: &mut Budget,
) -> Option<Vec<Region>> {
    let tests = conditions(ruleset).filter_map(|(_, when)| when.on(Subject::Fact(fact)));
    if !tests.into_iter().any(|test| test.passes(value)) {
        // No test tells such a value from none.
        return Some(Vec::new());
    }
    if hole.len() > TRIED || is_told(ruleset, fact, value) {
        return None;
    }
    let row = |region: &Region| {
        let then = Derivation { fact, value };
        variant::row(String::new(), variant::condition(ruleset, region), then)
    };
    let given = variant::with_derivations(ruleset, fact, hole.iter().map(row).collect(), budget)?;
    let changed = changes::changes(ruleset, &given, budget).ok()?;
    Some(changed.into_values().flatten().collect())
}

/// Whether rows that presume or collect tell this value from none, directly or through facts derived from it.
fn is_told(ruleset: &Ruleset, fact: FactId, value: Value) -> bool {
    let counts = |table: Table| !matches!(table, Table::Derive | Table::Owner | Table::Contact);
    let collected = |fact: FactId| {
        conditions(ruleset)
            .filter(|(table, _)| counts(*table))
            .filter_map(move |(_, when)| when.on(Subject::Fact(fact)))
    };
    if collected(fact).any(|test| test.passes(value)) {
        return true;
    }
    let mut reached = vec![fact];
    let mut at = 0;
    while at < reached.len() {
        for row in ruleset.derive() {
            if row.when.on(Subject::Fact(reached[at])).is_some() && !reached.contains(&row.then.fact) {
                reached.push(row.then.fact);
            }
        }
        at += 1;
    }
    reached[1..].iter().any(|fact| collected(*fact).next().is_some())
}

/// The values of a derived fact that its rows give, and of the others one for each way they pass the tests of it.
fn telling_values(ruleset: &Ruleset, fact: FactId) -> Vec<Value> {
    use std::collections::HashSet;

    use crate::ruleset::Test;

    let declared = ruleset.fact(fact);
    let tests: Vec<&Test> =
        conditions(ruleset).filter_map(|(_, when)| when.on(Subject::Fact(fact))).collect();
    let rows = ruleset.derive().iter().filter(|row| row.then.fact == fact);
    let given: HashSet<Value> = rows.clone().map(|row| row.then.value).collect();
    let mut values: Vec<Value> = rows.map(|row| row.then.value).collect();
    if declared.kind.is_number() {
        let mut numbers = vec![declared.lowest];
        for test in &tests {
            if let Test::Numbers(stretches) = test {
                numbers.extend(stretches.iter().flat_map(|one| [one.first, one.last + 1]));
            }
        }
        numbers.retain(|number| (declared.lowest..=declared.highest).contains(number));
        values.extend(numbers.into_iter().map(Value::Number));
    } else {
        values.extend((0..declared.values.len() as u32).map(Value::Named));
    }
    let passes = |value: &Value| tests.iter().map(|test| test.passes(*value)).collect::<Vec<bool>>();
    let mut seen: HashSet<(bool, Vec<bool>)> = HashSet::new();
    values.retain(|value| seen.insert((given.contains(value), passes(value))));
    values
}

/// The states of settled regions that others have as well; all of them where there are too many to tell.
fn common(space: &Space, regions: Vec<Region>, others: &[Region]) -> Vec<Region> {
    if regions.len().saturating_mul(others.len()) > PAIRS {
        return regions;
    }
    regions.iter().flat_map(|region| others.iter().flat_map(|other| space.meet(region, other))).collect()
}

/// The rows of a derived fact, none where it has none.
pub fn rows(ruleset: &Ruleset, fact: FactId) -> &[Boxed] {
    ruleset.compiled().derived_table(fact).map_or(&[], |table| &table.rows)
}
