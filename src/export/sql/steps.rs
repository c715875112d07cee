//! One fact after the other, as a statement has it: what the columns of a row say is one number, its situation, or a few
//! where one would not hold it; a step takes the number of its fact out of it and says which state comes next.

use std::collections::HashMap;
use std::fmt::Write;

use super::dialect::Dialect;
use crate::export::diagram::Diagram;

/// What fits into the smallest integers that databases calculate with unasked.
const LARGEST: u64 = i32::MAX as u64;

/// The table in which the reading of a situation ends: its situations, and the last state.
pub struct Steps {
    /// The common table expressions, each with a comma before it.
    pub text: String,
    /// The columns that say which situation it is, each with the expression over a row that gives it.
    pub situation: Vec<(String, String)>,
    /// The name of the last of the tables.
    pub last: String,
}

/// Writes the steps; `codes` are the numbers of what a row's columns say, `classes` how the diagram's are numbered.
pub fn steps(dialect: Dialect, diagram: &Diagram, codes: &[String], classes: &[Vec<u32>]) -> Steps {
    let places = places(classes);
    let mut situation: Vec<(String, String)> = Vec::new();
    for (code, place) in codes.iter().zip(&places) {
        if situation.len() <= place.key {
            situation.push((format!("situation_{}", place.key + 1), String::new()));
        }
        let Some((_, sum)) = situation.last_mut() else { continue };
        let times = if place.weight == 1 { String::new() } else { format!("{} * ", place.weight) };
        let plus = if sum.is_empty() { "" } else { "\n    + " };
        let _ = write!(sum, "{plus}{times}{code}");
    }
    let names = |of: &str| {
        let names: Vec<String> = situation.iter().map(|(name, _)| format!("{of}.{name}")).collect();
        names.join(", ")
    };
    let mut text = String::new();
    let mut last = "whoowns_said".to_owned();
    for (at, (states, classes)) in diagram.steps.iter().zip(classes).enumerate() {
        let said = places[at].taken_out(dialect);
        let next = format!("whoowns_step_{}", at + 1);
        let start = &states[diagram.start as usize];
        let (state, after) = match (at, dialect.reads_lists()) {
            (0, true) => (String::new(), list(dialect, std::slice::from_ref(start), classes)),
            (0, false) => (String::new(), unless_wrong(&after(start, classes))),
            (_, true) => (", g.state".to_owned(), list(dialect, states, classes)),
            (_, false) => (", g.state".to_owned(), unless_wrong(&step(states, classes))),
        };
        let _ = write!(
            text,
            ",\n{next} AS {}(\n  SELECT {}, {after} AS state\n  \
             FROM (SELECT {}{state}, {said} AS said FROM {last} AS g) AS f\n)",
            dialect.once(),
            names("f"),
            names("g"),
        );
        last = next;
    }
    Steps { text, situation, last }
}

/// What leads on from what is said; nothing that can be leads to the contradiction.
fn unless_wrong(after: &str) -> String {
    format!("CASE WHEN f.said = 0 THEN 0 ELSE {after} END")
}

/// The next state as an element of a list, which has for each state, one after the other, what follows each number.
fn list(dialect: Dialect, states: &[Vec<u32>], classes: &[u32]) -> String {
    let width = classes.iter().copied().max().unwrap_or(0) as usize + 1;
    let mut cells = vec![0; states.len() * width];
    for (state, next) in states.iter().enumerate() {
        for (next, class) in next.iter().zip(classes) {
            cells[state * width + *class as usize] = *next;
        }
    }
    let cells: Vec<String> = cells.iter().map(u32::to_string).collect();
    let place = if states.len() == 1 { "f.said".to_owned() } else { format!("f.state * {width} + f.said") };
    dialect.element(&cells.join(","), &place)
}

fn step(states: &[Vec<u32>], classes: &[u32]) -> String {
    let mut cases = String::from("CASE f.state");
    for (state, next) in states.iter().enumerate().skip(1) {
        let _ = write!(cases, "\n  WHEN {state} THEN {}", after(next, classes));
    }
    // The first state is the contradiction, which stays one.
    if states.len() == 1 { "0".to_owned() } else { cases + "\n  ELSE 0 END" }
}

/// Where the number of a fact is in the situation.
struct Place {
    key: usize,
    weight: u64,
    /// How many numbers there are.
    radix: u64,
    /// Whether it is the highest of its key.
    highest: bool,
}

impl Place {
    fn taken_out(&self, dialect: Dialect) -> String {
        let key = format!("g.situation_{}", self.key + 1);
        let from = |weight: u64| if weight == 1 { key.clone() } else { dialect.quotient(&key, weight) };
        if self.highest {
            return from(self.weight);
        }
        format!("{} - {} * ({})", from(self.weight), self.radix, from(self.weight * self.radix))
    }
}

fn places(classes: &[Vec<u32>]) -> Vec<Place> {
    let mut places: Vec<Place> = Vec::with_capacity(classes.len());
    let (mut key, mut weight) = (0, 1);
    for classes in classes {
        // Beside the classes, 0 is what cannot be.
        let radix = u64::from(classes.iter().copied().max().unwrap_or(0)) + 1;
        if weight * radix > LARGEST {
            (key, weight) = (key + 1, 1);
        }
        if let Some(before) = places.last_mut() {
            before.highest = before.key != key;
        }
        places.push(Place { key, weight, radix, highest: true });
        weight *= radix;
    }
    places
}

/// A number from 1 for each thing that can be said, the same for what leads on alike from every state.
pub fn classes(states: &[Vec<u32>]) -> Vec<u32> {
    let says = states.iter().map(Vec::len).max().unwrap_or(0);
    let mut known: HashMap<Vec<u32>, u32> = HashMap::new();
    let class = |said: usize| {
        let leads: Vec<u32> = states.iter().filter_map(|next| next.get(said).copied()).collect();
        let next = known.len() as u32 + 1;
        *known.entry(leads).or_insert(next)
    };
    (0..says).map(class).collect()
}

/// The state after one state, by the number of what is said; that it is not 0 is known.
fn after(next: &[u32], classes: &[u32]) -> String {
    let mut by_state: std::collections::BTreeMap<u32, Vec<u32>> = std::collections::BTreeMap::new();
    for (state, class) in next.iter().zip(classes) {
        let classes = by_state.entry(*state).or_default();
        if !classes.contains(class) {
            classes.push(*class);
        }
    }
    // The commonest state is the rest.
    let commonest = by_state.iter().max_by_key(|(state, classes)| (classes.len(), **state));
    let commonest = commonest.map_or(0, |(state, _)| *state);
    by_state.remove(&commonest);
    if by_state.is_empty() {
        return commonest.to_string();
    }
    let mut cases = String::new();
    if by_state.values().all(|classes| classes.len() == 1) {
        for (state, classes) in by_state {
            let _ = write!(cases, " WHEN {} THEN {state}", classes[0]);
        }
        return format!("CASE f.said{cases} ELSE {commonest} END");
    }
    for (state, mut classes) in by_state {
        classes.sort_unstable();
        let list: Vec<String> = classes.iter().map(u32::to_string).collect();
        let _ = match list.as_slice() {
            [only] => write!(cases, " WHEN f.said = {only} THEN {state}"),
            _ => write!(cases, " WHEN f.said IN ({}) THEN {state}", list.join(",")),
        };
    }
    format!("CASE{cases} ELSE {commonest} END")
}
