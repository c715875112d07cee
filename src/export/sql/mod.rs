//! The decision as one SELECT: the table's columns, and the answers beside them.
//!
//! Each column becomes a small number for what it says, as far as the rules tell it apart. The few combinations that
//! occur are read one fact after the other, a step each, as the [diagram](super::diagram) has it; then each row finds
//! its own again.

mod answers;
mod codes;
mod dialect;
mod request;

use std::collections::BTreeMap;
use std::fmt::Write;

pub use dialect::Dialect;
pub use request::{NotExported, Request};

use self::answers::{Column, columns};
use self::codes::Columns;
use self::request::LONGEST;
use super::diagram::{Answer, Diagram, End, Leaf, PartOfBands, diagram};
use super::reading::{Read, reading};
use crate::ruleset::{FactId, Kind, Ruleset, Value};

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
        let mut said: Vec<(String, String)> = Vec::new();
        for (at, (read, classes)) in self.reads.iter().zip(&classes).enumerate() {
            said.push((format!("said_{}", at + 1), spelled.code(read, classes)));
            if let (Some([least, most]), true) = (spelled.band(read), self.weighs(read.fact)) {
                said.push((format!("least_{}", at + 1), least));
                said.push((format!("most_{}", at + 1), most));
            }
        }
        let mut text = format!("-- Ruleset {}, for {dialect}\n", self.ruleset.digest());
        text.push_str("WITH whoowns_said AS (\n  SELECT DISTINCT\n");
        let all: Vec<String> = said.iter().map(|(name, said)| format!("    {said} AS {name}")).collect();
        let _ = writeln!(text, "{}", all.join(",\n"));
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
        let mut answers: Vec<&Answer> = Vec::new();
        let last = self.reads.len();
        let _ = write!(text, ",\nwhoowns_answers AS {}(\n  SELECT f.*, CASE f.state_{last}", dialect.once());
        for (at, leaf) in self.diagram.leaves.iter().enumerate() {
            let _ = write!(text, "\n    WHEN {} THEN {}", at + 1, self.leaf(leaf, &mut answers));
        }
        let _ = write!(text, "\n    ELSE 0 END AS answer\n  FROM whoowns_step_{last} AS f\n)\nSELECT w.*");
        for (name, column) in columns {
            let _ =
                write!(text, ",\n  {} AS {}", self.answer(*column, &answers, &spelled), dialect.name(name));
        }
        let _ = write!(text, "\nFROM {table} AS w\nJOIN whoowns_answers AS s\n  ON ");
        let same: Vec<String> = said.iter().map(|(name, said)| format!("s.{name} = {said}")).collect();
        text.push_str(&same.join("\n  AND "));
        text.push('\n');
        text
    }

    /// Whether the ends of a band decide how much of it agrees.
    fn weighs(&self, fact: FactId) -> bool {
        self.diagram.leaves.iter().any(|leaf| match leaf {
            Leaf::Always(_) => false,
            Leaf::ByShare { parts, .. } => {
                let mut numbers = parts.iter().flat_map(|(_, numbers)| numbers);
                numbers.any(|(of, first, last)| *of == fact && [first, last].contains(&&End::OfBand))
            }
        })
    }

    /// The number of what is said at the end; all that is said is collected in `answers`, the first as number 1.
    fn leaf<'l>(&self, leaf: &'l Leaf, answers: &mut Vec<&'l Answer>) -> String {
        let mut number = |answer: &'l Answer| {
            let at = answers.iter().position(|known| *known == answer).unwrap_or_else(|| {
                answers.push(answer);
                answers.len() - 1
            });
            at + 1
        };
        match leaf {
            Leaf::Always(answer) => number(answer).to_string(),
            Leaf::ByShare { share, parts, presumed, open } => {
                let mut cases = String::from("CASE");
                for (place, answer) in presumed.iter().enumerate() {
                    let holds = self.holds(place, parts, *share);
                    let _ = write!(cases, " WHEN {holds} THEN {}", number(answer));
                }
                format!("{cases} ELSE {} END", number(open))
            }
        }
    }

    fn answer(&self, column: Column, answers: &[&Answer], spelled: &Columns<'_>) -> String {
        let dialect = self.request.dialect;
        if let Column::Least(fact) | Column::Most(fact) = column {
            let read = self.reads.iter().find(|read| read.fact == fact);
            let ends = read.and_then(|read| spelled.ends(read));
            let [least, most] = ends.unwrap_or_else(|| ["NULL".to_owned(), "NULL".to_owned()]);
            return if matches!(column, Column::Least(_)) { least } else { most };
        }
        let text = |text: Option<&str>| text.map_or("NULL".to_owned(), |text| dialect.text(text));
        let value = |answer: &Answer| match column {
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
        };
        let mut alike: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (at, answer) in answers.iter().enumerate() {
            alike.entry(value(answer)).or_default().push((at + 1).to_string());
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
        for (said, numbers) in alike {
            let _ = write!(cases, "\n    WHEN s.answer IN ({}) THEN {said}", numbers.join(", "));
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
    fn holds(&self, place: usize, parts: &[PartOfBands], share: (u32, u32)) -> String {
        let dialect = self.request.dialect;
        let size = |(fact, first, last): &(FactId, End, End)| {
            let at = self.reads.iter().position(|read| read.fact == *fact).unwrap_or(0) + 1;
            let end = |end: &End, of_band: &str| match end {
                End::At(number) => number.to_string(),
                End::OfBand => format!("f.{of_band}_{at}"),
            };
            match (first, last) {
                (End::At(first), End::At(last)) => (last - first + 1).to_string(),
                _ => dialect.wide(&format!("{} - {} + 1", end(last, "most"), end(first, "least"))),
            }
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
