//! The decision as one SELECT: the table's columns, and the answers beside them.
//!
//! Each column becomes a small number for what it says, as far as the rules tell it apart. The few combinations that
//! occur are read one fact after the other, a step each, as the [diagram](super::diagram) has it; then each row finds
//! its own again.

mod codes;
mod dialect;

use std::collections::BTreeMap;
use std::fmt::Write;

pub use dialect::Dialect;

use self::codes::Columns;
use super::diagram::{Answer, Diagram, End, Leaf, NoDiagram, PartOfBands, diagram};
use super::reading::{Mapping, Read, reading};
use crate::diagnostic::nearest;
use crate::ruleset::{FactId, Kind, Ruleset, Value};

/// More bytes than this are not written: databases take no longer statements.
const LONGEST: usize = 1_000_000;

/// What is asked for.
#[derive(Debug, Clone)]
pub struct Request {
    /// The database.
    pub dialect: Dialect,
    /// The table's name.
    pub table: String,
    /// The columns that give facts.
    pub mapping: Mapping,
    /// The answers, by name; without any, the usual ones.
    pub columns: Option<Vec<String>>,
    /// What their names begin with; without it, what the ruleset says.
    pub prefix: Option<String>,
}

/// Why there is no statement.
#[derive(Debug, thiserror::Error)]
pub enum NotExported {
    /// The rules are too entangled.
    #[error("the rules are too entangled for one statement: {0}")]
    NoDiagram(#[from] NoDiagram),
    /// It would be too long.
    #[error(
        "the rules are too entangled for one statement: it would be {0} bytes long, and databases take at most {LONGEST}"
    )]
    TooLong(usize),
    /// No column gives a fact.
    #[error("no column gives a fact that decides: map one with `--map FACT=COLUMN`")]
    NothingRead,
    /// A column that is no answer.
    #[error("`{name}` is no answer{hint}")]
    UnknownColumn {
        /// What was asked for.
        name: String,
        /// A name that is near, or all there are, as a part of the sentence.
        hint: String,
    },
    /// An answer asked for twice.
    #[error("`{0}` is asked for twice")]
    Twice(String),
}

/// An answer as a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Column {
    Status,
    Owner,
    Contact,
    Confidence,
    Rule,
    Ask,
    Derived(FactId),
    Least(FactId),
    Most(FactId),
}

const USUAL: [(&str, Column); 6] = [
    ("status", Column::Status),
    ("owner", Column::Owner),
    ("contact", Column::Contact),
    ("confidence", Column::Confidence),
    ("rule", Column::Rule),
    ("ask", Column::Ask),
];

/// Writes the statement.
///
/// # Errors
/// When the rules are too entangled for one, or it asks for what there is not.
pub fn sql(ruleset: &Ruleset, request: &Request) -> Result<String, NotExported> {
    let columns = columns(ruleset, request)?;
    let reads = reading(ruleset, &request.mapping);
    if reads.is_empty() {
        return Err(NotExported::NothingRead);
    }
    let diagram = diagram(ruleset, &reads)?;
    let statement = Statement { ruleset, request, reads: &reads, diagram: &diagram }.write(&columns);
    if statement.len() > LONGEST { Err(NotExported::TooLong(statement.len())) } else { Ok(statement) }
}

fn columns(ruleset: &Ruleset, request: &Request) -> Result<Vec<(String, Column)>, NotExported> {
    let prefix = request.prefix.as_deref().unwrap_or(ruleset.prefix());
    let mut all: Vec<(String, Column)> =
        USUAL.iter().map(|(name, column)| ((*name).to_owned(), *column)).collect();
    for (at, fact) in ruleset.facts().iter().enumerate() {
        if fact.derived {
            all.push((fact.name.clone(), Column::Derived(FactId(at))));
        } else if fact.kind == Kind::Integer {
            all.push((format!("{}_min", fact.name), Column::Least(FactId(at))));
            all.push((format!("{}_max", fact.name), Column::Most(FactId(at))));
        }
    }
    let Some(asked) = &request.columns else {
        let usual = all.into_iter().take(USUAL.len());
        return Ok(usual.map(|(name, column)| (format!("{prefix}{name}"), column)).collect());
    };
    let mut chosen: Vec<(String, Column)> = Vec::new();
    for name in asked {
        let name = name.trim();
        let bare = name.strip_prefix(prefix).filter(|rest| !rest.is_empty()).unwrap_or(name);
        let Some((known, column)) = all.iter().find(|(known, _)| known == bare) else {
            let names = || all.iter().map(|(name, _)| name.as_str());
            let hint = match nearest(bare, names()) {
                Some(near) => format!("; did you mean `{near}`?"),
                None => format!("; there are `{}`", names().collect::<Vec<_>>().join("`, `")),
            };
            return Err(NotExported::UnknownColumn { name: name.to_owned(), hint });
        };
        let full = format!("{prefix}{known}");
        if chosen.iter().any(|(other, _)| *other == full) {
            return Err(NotExported::Twice(full));
        }
        chosen.push((full, *column));
    }
    Ok(chosen)
}

struct Statement<'a> {
    ruleset: &'a Ruleset,
    request: &'a Request,
    reads: &'a [Read],
    diagram: &'a Diagram,
}

impl Statement<'_> {
    fn write(&self, columns: &[(String, Column)]) -> String {
        let dialect = self.request.dialect;
        let table = dialect.table(&self.request.table);
        let spelled = Columns { ruleset: self.ruleset, dialect };
        let classes: Vec<Vec<u32>> = self.diagram.steps.iter().map(|states| classes(states)).collect();
        let codes: Vec<String> =
            self.reads.iter().zip(&classes).map(|(read, classes)| spelled.code(read, classes)).collect();
        let mut text = format!("-- Ruleset {}, for {dialect}\n", self.ruleset.digest());
        text.push_str("WITH whoowns_said AS (\n  SELECT DISTINCT\n");
        for (at, code) in codes.iter().enumerate() {
            let comma = if at + 1 < codes.len() { "," } else { "" };
            let _ = writeln!(text, "    {code} AS said_{}{comma}", at + 1);
        }
        let _ = write!(text, "  FROM {table} AS w\n)");
        for (at, (states, classes)) in self.diagram.steps.iter().zip(&classes).enumerate() {
            let step = at + 1;
            let from = if at == 0 { "whoowns_said".to_owned() } else { format!("whoowns_step_{at}") };
            let _ = write!(text, ",\nwhoowns_step_{step} AS {}(\n  SELECT f.*, ", dialect.once());
            match at {
                0 => text.push_str(&after(&states[self.diagram.start as usize], classes, step)),
                _ => {
                    let _ = write!(text, "CASE f.state_{at}");
                    for (state, next) in states.iter().enumerate().skip(1) {
                        let _ = write!(text, "\n    WHEN {state} THEN {}", after(next, classes, step));
                    }
                    // A step may have no state but the contradiction.
                    if states.len() == 1 {
                        text.push_str(" WHEN 0 THEN 0");
                    }
                    text.push_str("\n    ELSE 0 END");
                }
            }
            let _ = write!(text, " AS state_{step}\n  FROM {from} AS f\n)");
        }
        let last = self.reads.len();
        text.push_str("\nSELECT w.*");
        for (name, column) in columns {
            let _ = write!(text, ",\n  {} AS {}", self.answer(*column, last, &spelled), dialect.name(name));
        }
        let _ = write!(text, "\nFROM {table} AS w\nJOIN whoowns_step_{last} AS s\n  ON ");
        let same: Vec<String> =
            codes.iter().enumerate().map(|(at, code)| format!("s.said_{} = {code}", at + 1)).collect();
        text.push_str(&same.join("\n  AND "));
        text.push('\n');
        text
    }

    fn answer(&self, column: Column, last: usize, spelled: &Columns<'_>) -> String {
        let dialect = self.request.dialect;
        if let Column::Least(fact) | Column::Most(fact) = column {
            let read = self.reads.iter().find(|read| read.fact == fact);
            let ends = read.and_then(|read| spelled.ends(read));
            let [least, most] = ends.unwrap_or_else(|| ["NULL".to_owned(), "NULL".to_owned()]);
            return if matches!(column, Column::Least(_)) { least } else { most };
        }
        let value = |answer: &Answer| -> String {
            let text = |text: Option<&str>| text.map_or("NULL".to_owned(), |text| dialect.text(text));
            match column {
                Column::Status => text(Some(answer.status)),
                Column::Owner => text(answer.owner.as_deref()),
                Column::Contact => text(answer.contact.as_deref()),
                Column::Confidence => text(Some(answer.confidence)),
                Column::Rule => text(answer.rule.as_deref()),
                Column::Ask => text(answer.ask.as_deref()),
                Column::Derived(fact) => {
                    let known = answer.derived.iter().find(|(of, _)| *of == fact).map(|(_, value)| *value);
                    self.value(fact, known)
                }
                Column::Least(_) | Column::Most(_) => "NULL".to_owned(),
            }
        };
        let mut alike: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (at, leaf) in self.diagram.leaves.iter().enumerate() {
            let said = match leaf {
                Leaf::Always(answer) => value(answer),
                Leaf::ByShare { share, parts, presumed, open } => {
                    let otherwise = value(open);
                    let mut cases = String::new();
                    for (place, answer) in presumed.iter().enumerate() {
                        let value = value(answer);
                        if value != otherwise {
                            let holds = self.holds(place, parts, *share, spelled);
                            let _ = write!(cases, " WHEN {holds} THEN {value}");
                        }
                    }
                    if cases.is_empty() { otherwise } else { format!("CASE{cases} ELSE {otherwise} END") }
                }
            };
            alike.entry(said).or_default().push((at + 1).to_string());
        }
        let nothing = match column {
            Column::Status => dialect.text("invalid"),
            _ => "NULL".to_owned(),
        };
        alike.remove(&nothing);
        if alike.is_empty() {
            return nothing;
        }
        let mut cases = String::from("CASE");
        for (said, states) in alike {
            let _ = write!(cases, "\n    WHEN s.state_{last} IN ({}) THEN {said}", states.join(", "));
        }
        format!("{cases}\n    ELSE {nothing} END")
    }

    fn value(&self, fact: FactId, value: Option<Value>) -> String {
        let declared = self.ruleset.fact(fact);
        match value {
            None => "NULL".to_owned(),
            Some(Value::Number(number)) => number.to_string(),
            Some(Value::Named(at)) if declared.kind == Kind::Boolean => {
                self.request.dialect.flag(at == 1).to_owned()
            }
            Some(Value::Named(at)) => declared
                .values
                .get(at as usize)
                .map_or("NULL".to_owned(), |name| self.request.dialect.text(name)),
        }
    }

    /// Whether the parts that agree on one presumed answer hold the share of all.
    fn holds(&self, place: usize, parts: &[PartOfBands], share: (u32, u32), spelled: &Columns<'_>) -> String {
        let dialect = self.request.dialect;
        let size = |(fact, first, last): &(FactId, End, End)| {
            let ends = self.reads.iter().find(|read| read.fact == *fact).and_then(|read| spelled.ends(read));
            let end = |end: &End, at: usize| match (end, &ends) {
                (End::At(number), _) => number.to_string(),
                (End::OfBand, Some(ends)) => ends[at].clone(),
                (End::OfBand, None) => "NULL".to_owned(),
            };
            dialect.wide(&format!("({} - {} + 1)", end(last, 1), end(first, 0)))
        };
        let weight = |(_, numbers): &PartOfBands| {
            let sizes: Vec<String> = numbers.iter().map(size).collect();
            if sizes.is_empty() { "1".to_owned() } else { sizes.join(" * ") }
        };
        let agreeing: Vec<String> =
            parts.iter().filter(|(agrees, _)| *agrees == Some(place)).map(weight).collect();
        let all: Vec<String> = parts.iter().map(weight).collect();
        format!("({}) * {} >= ({}) * {}", agreeing.join(" + "), share.1, all.join(" + "), share.0)
    }
}

/// A number from 1 for each thing that can be said, the same for what leads on alike from every state.
fn classes(states: &[Vec<u32>]) -> Vec<u32> {
    let says = states.iter().map(Vec::len).max().unwrap_or(0);
    let mut known: Vec<Vec<u32>> = Vec::new();
    let class = |said: usize| {
        let leads: Vec<u32> = states.iter().filter_map(|next| next.get(said).copied()).collect();
        let at = known.iter().position(|other| *other == leads).unwrap_or_else(|| {
            known.push(leads);
            known.len() - 1
        });
        at as u32 + 1
    };
    (0..says).map(class).collect()
}

/// The state after one state, by the number of what is said.
fn after(next: &[u32], classes: &[u32], step: usize) -> String {
    let mut by_state: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for (state, class) in next.iter().zip(classes) {
        let classes = by_state.entry(*state).or_default();
        if !classes.contains(class) {
            classes.push(*class);
        }
    }
    // The commonest state is the rest; a column that says what cannot be contradicts itself in any state.
    let commonest =
        by_state.iter().max_by_key(|(state, classes)| (classes.len(), **state)).map(|(state, _)| *state);
    let commonest = commonest.unwrap_or(0);
    by_state.remove(&commonest);
    by_state.entry(0).or_default().push(0);
    if commonest == 0 {
        by_state.remove(&0);
    }
    let mut cases = String::new();
    for (state, mut classes) in by_state {
        classes.sort_unstable();
        let list: Vec<String> = classes.iter().map(u32::to_string).collect();
        let test = match list.as_slice() {
            [only] => format!("= {only}"),
            _ => format!("IN ({})", list.join(", ")),
        };
        let _ = write!(cases, " WHEN f.said_{step} {test} THEN {state}");
    }
    if cases.is_empty() { commonest.to_string() } else { format!("CASE{cases} ELSE {commonest} END") }
}
