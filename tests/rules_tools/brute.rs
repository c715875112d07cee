//! A ruleset by brute force: every state, each table row by row.

use whoowns::Ruleset;
use whoowns::ruleset::{Condition, FactId, Kind, Party, RoleId, Row, Subject, Value};

/// One value a fact, by [`FactId`]; none where it does not apply, is derived to nothing, or is a text.
pub type State = Vec<Option<Value>>;

/// Every state: each base fact that applies takes each of its values. Ranges must be short.
pub fn states(ruleset: &Ruleset) -> Vec<State> {
    let mut states: Vec<State> = vec![vec![None; ruleset.facts().len()]];
    for (at, fact) in ruleset.facts().iter().enumerate().filter(|(_, fact)| fact.is_base()) {
        let values: Vec<Value> = match fact.kind {
            Kind::Integer | Kind::Set => (fact.lowest..=fact.highest).map(Value::Number).collect(),
            _ => (0..fact.values.len() as u32).map(Value::Named).collect(),
        };
        let mut longer = Vec::new();
        for state in states {
            if !holds(&state, None, None, &fact.only_when) {
                longer.push(state);
                continue;
            }
            for value in &values {
                let mut state = state.clone();
                state[at] = Some(*value);
                longer.push(state);
            }
        }
        states = longer;
    }
    states
}

/// Whether a condition holds in a state.
pub fn holds(state: &State, owner: Option<RoleId>, contact: Option<RoleId>, when: &Condition) -> bool {
    when.tests.iter().all(|test| {
        let role = |role: Option<RoleId>| role.map(|role| Value::Named(role.0 as u32));
        let value = match test.subject {
            Subject::Fact(fact) => state[fact.0],
            Subject::Owner => role(owner),
            Subject::Contact => role(contact),
        };
        value.is_some_and(|value| test.test.passes(value))
    })
}

/// What decides in a state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decided {
    pub derive: Vec<usize>,
    pub owner: Option<usize>,
    pub contact: Option<usize>,
    pub roles: (Option<RoleId>, Option<RoleId>),
}

/// A state with the values of its derived facts.
pub fn derived(ruleset: &Ruleset, state: &State) -> State {
    derive(ruleset, state).0
}

/// Whether a fact has no value in a state though it applies there.
pub fn misses(ruleset: &Ruleset, state: &State, fact: FactId) -> bool {
    let full = derived(ruleset, state);
    full[fact.0].is_none() && holds(&full, None, None, &ruleset.fact(fact).only_when)
}

/// Whether a row that presumes or collects tests a fact, or a fact derived from it.
pub fn is_told(ruleset: &Ruleset, fact: FactId) -> bool {
    let tests = |when: &Condition| when.on(Subject::Fact(fact)).is_some();
    let told = ruleset.typical().iter().any(|row| tests(&row.when))
        || ruleset.stakeholder().iter().any(|row| tests(&row.when));
    told || ruleset.derive().iter().any(|row| tests(&row.when) && is_told(ruleset, row.then.fact))
}

/// A state with its derived facts, and the rows that gave them.
fn derive(ruleset: &Ruleset, state: &State) -> (State, Vec<usize>) {
    let mut state = state.clone();
    let mut derive = Vec::new();
    for (at, row) in ruleset.derive().iter().enumerate() {
        let FactId(fact) = row.then.fact;
        if state[fact].is_none()
            && holds(&state, None, None, &ruleset.facts()[fact].only_when)
            && holds(&state, None, None, &row.when)
        {
            state[fact] = Some(row.then.value);
            derive.push(at);
        }
    }
    (state, derive)
}

/// Decides a state, row by row.
pub fn decide(ruleset: &Ruleset, state: &State) -> Decided {
    let (state, derive) = derive(ruleset, state);
    let first =
        |rows: &[Row<RoleId>], owner| rows.iter().position(|row| holds(&state, owner, None, &row.when));
    let owner = first(ruleset.owner(), None);
    let owner_role = owner.map(|row| ruleset.owner()[row].then);
    let contact = first(ruleset.contact(), owner_role);
    let contact_role = contact.map(|row| ruleset.contact()[row].then);
    Decided { derive, owner, contact, roles: (owner_role, contact_role) }
}

/// How many distinct roles are accountable in a state with an owner.
pub fn accountable(ruleset: &Ruleset, state: &State) -> usize {
    let decided = decide(ruleset, state);
    let (owner, contact) = decided.roles;
    let full = derived(ruleset, state);
    let mut roles: Vec<RoleId> = ruleset
        .stakeholder()
        .iter()
        .filter(|row| row.then.raci.is_accountable() && holds(&full, owner, contact, &row.when))
        .filter_map(|row| match row.then.role {
            Party::Role(role) => Some(role),
            Party::Owner => owner,
            Party::Contact => contact,
            Party::Vendor => None,
        })
        .collect();
    roles.sort();
    roles.dedup();
    roles.len()
}

/// The base facts that some row tests.
pub fn tested(ruleset: &Ruleset) -> Vec<FactId> {
    let mut conditions: Vec<&Condition> = Vec::new();
    conditions.extend(ruleset.derive().iter().map(|row| &row.when));
    conditions.extend(ruleset.owner().iter().map(|row| &row.when));
    conditions.extend(ruleset.contact().iter().map(|row| &row.when));
    conditions.extend(ruleset.typical().iter().map(|row| &row.when));
    conditions.extend(ruleset.stakeholder().iter().map(|row| &row.when));
    conditions.extend(ruleset.risk().iter().map(|row| &row.when));
    let facts = (0..ruleset.facts().len()).map(FactId).filter(|fact| ruleset.fact(*fact).is_base());
    facts.filter(|fact| conditions.iter().any(|when| when.on(Subject::Fact(*fact)).is_some())).collect()
}

/// How many distinct assignments of some facts there are among states.
pub fn assignments<'a>(states: impl Iterator<Item = &'a State>, facts: &[FactId]) -> usize {
    let mut found: Vec<Vec<Option<Value>>> =
        states.map(|state| facts.iter().map(|fact| state[fact.0]).collect()).collect();
    found.sort();
    found.dedup();
    found.len()
}
