//! Every state a profile stands for, one by one, and what the tables say in each.

use std::collections::BTreeSet;

use super::profile::{Given, Profile};
use super::ruleset::{Condition, Gives, Kind, Row, Ruleset};

/// Owner and contact, as places among the roles.
pub type Outcome = (Option<i64>, Option<i64>);

/// One assignment, with what follows from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct State {
    /// The value of every fact: base ones, derived ones, `owner` and `contact`. What does not apply has none.
    pub values: Vec<Option<i64>>,
    /// The derive, owner and contact rows that decide, by their place in their table.
    pub derive: Vec<usize>,
    pub owner: Option<usize>,
    pub contact: Option<usize>,
    pub outcome: Outcome,
}

/// The numbers a fact can have within what is known of it. Where there is no upper end, the last number stands
/// for itself and all above: no test tells them apart.
#[derive(Debug, Clone, Copy)]
pub struct Span {
    pub low: i64,
    pub last: i64,
    pub bounded: bool,
}

pub fn holds(condition: &Condition, values: &[Option<i64>]) -> bool {
    condition.iter().all(|(fact, test)| test.holds(values[*fact]))
}

pub fn span(ruleset: &Ruleset, profile: &Profile, fact: usize) -> Span {
    let (low, high) = match profile.given.get(&fact) {
        Some(Given::Exact(one)) => (*one, Some(*one)),
        Some(Given::Band(low, high)) => (*low, *high),
        Some(Given::Text) | None => (ruleset.facts[fact].low, ruleset.facts[fact].high),
    };
    let last = high.unwrap_or_else(|| beyond_all(ruleset, fact).max(low));
    Span { low, last, bounded: high.is_some() }
}

/// A number above every threshold of this fact, wherever it is written.
pub fn beyond_all(ruleset: &Ruleset, fact: usize) -> i64 {
    let cuts = ruleset.all_tests(fact).flat_map(|test| test.cuts());
    cuts.fold(ruleset.facts[fact].low, i64::max) + 1
}

/// Where the pieces of a fact begin, in order, when what is known of it is cut at the thresholds.
pub fn pieces(ruleset: &Ruleset, fact: usize, span: Span) -> Vec<i64> {
    let mut begins: BTreeSet<i64> = ruleset.cutting_tests(fact).flat_map(|test| test.cuts()).collect();
    begins.retain(|&cut| span.low < cut && cut <= span.last);
    begins.insert(span.low);
    begins.into_iter().collect()
}

/// Every state that agrees with the profile; none at all is a contradiction.
pub fn all(ruleset: &Ruleset, profile: &Profile) -> Vec<State> {
    let order: Vec<usize> = ruleset.base().collect();
    let mut found = vec![];
    let mut values = vec![None; ruleset.facts.len()];
    assign(ruleset, profile, &order, &mut values, &mut found);
    found
}

fn assign(
    ruleset: &Ruleset,
    profile: &Profile,
    order: &[usize],
    values: &mut Vec<Option<i64>>,
    found: &mut Vec<State>,
) {
    let Some((&fact, rest)) = order.split_first() else {
        found.push(evaluate(ruleset, values));
        return;
    };
    values[fact] = None;
    let given = profile.given.get(&fact);
    if !holds(&ruleset.facts[fact].only_when, values) {
        // Whatever is given of a fact says that it applies.
        if given.is_none() {
            assign(ruleset, profile, rest, values, found);
        }
        return;
    }
    if ruleset.facts[fact].kind == Kind::Text {
        return assign(ruleset, profile, rest, values, found);
    }
    let span = span(ruleset, profile, fact);
    for value in span.low..=span.last {
        values[fact] = Some(value);
        assign(ruleset, profile, rest, values, found);
    }
    values[fact] = None;
}

fn evaluate(ruleset: &Ruleset, base: &[Option<i64>]) -> State {
    let mut values = base.to_vec();
    let mut derive = vec![];
    for (place, row) in ruleset.derive.iter().enumerate() {
        let Gives::Value(fact, value) = row.gives else { continue };
        if values[fact].is_none() && holds(&row.when, &values) {
            values[fact] = Some(value);
            derive.push(place);
        }
    }
    let owner = first(&ruleset.owners, &mut values);
    let contact = first(&ruleset.contacts, &mut values);
    let outcome = (values[ruleset.owner], values[ruleset.contact]);
    State { values, derive, owner, contact, outcome }
}

fn first(rows: &[Row], values: &mut [Option<i64>]) -> Option<usize> {
    let place = rows.iter().position(|row| holds(&row.when, values))?;
    if let Gives::Value(fact, role) = rows[place].gives {
        values[fact] = Some(role);
    }
    Some(place)
}
