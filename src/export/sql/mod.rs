//! The decision as one SELECT: the table's columns, and the answers beside them.
//!
//! Each column becomes a small number for what it says, as far as the rules tell it apart; together they are the row's
//! situation. The few situations that occur are read one fact after the other, a step each, as the
//! [diagram](super::diagram) has it; then each row finds its own again, and in it its answer.

mod answers;
mod codes;
mod dialect;
mod request;
mod shares;
mod steps;
mod texts;

use std::collections::HashMap;
use std::fmt::Write;

use num_bigint::BigInt;

pub use dialect::Dialect;
pub use request::{NotExported, Request};

use self::answers::{Column, columns};
use self::codes::Columns;
use self::dialect::Holds;
use self::request::LONGEST;
use self::shares::{Product, Side, Sum, sums};
use self::steps::{classes, steps};
use super::diagram::{Answer, Diagram, Leaf, diagram};
use super::reading::{Read, reading};
use crate::ruleset::{FactId, Kind, Ruleset, Value};

/// Writes the statement.
///
/// # Errors
/// When the rules are too entangled for one, or it asks for what there is not.
pub fn sql(ruleset: &Ruleset, request: &Request) -> Result<String, NotExported> {
    if ruleset.owner().is_empty() {
        return Err(NotExported::NoOwners(ruleset.name().to_owned()));
    }
    let columns = columns(ruleset, request)?;
    let reads = reading(ruleset, &request.mapping);
    if reads.is_empty() {
        return Err(NotExported::NothingRead);
    }
    for name in reads.iter().flat_map(|read| &read.columns) {
        if let Some(why) = request.dialect.unnameable(name) {
            return Err(NotExported::NoName { name: name.clone(), why });
        }
    }
    let given = || reads.iter().flat_map(|read| &read.columns);
    if let Some((taken, _)) =
        columns.iter().find(|(name, _)| given().any(|own| own.eq_ignore_ascii_case(name)))
    {
        return Err(NotExported::Taken(taken.clone()));
    }
    let table = request.dialect.table(&request.table);
    let table = table.ok_or_else(|| NotExported::NoTable(request.table.clone()))?;
    if let Some(why) = request.dialect.unnameable(&request.table) {
        return Err(NotExported::NoName { name: request.table.clone(), why });
    }
    let diagram =
        diagram(ruleset, &reads, &|answer| asked_for(&columns, answer)).map_err(NotExported::NoDiagram)?;
    let statement = Statement { ruleset, request, reads: &reads, diagram: &diagram }.write(&table, &columns);
    if statement.contains('\0') {
        return Err(NotExported::Nul);
    }
    if statement.len() > LONGEST { Err(NotExported::TooLong(statement.len())) } else { Ok(statement) }
}

/// What the columns say of an answer.
fn asked_for(columns: &[(String, Column)], answer: Answer) -> Answer {
    let is = |column: Column| columns.iter().any(|(_, asked)| *asked == column);
    Answer {
        status: if is(Column::Status) { answer.status } else { "" },
        owner: answer.owner.filter(|_| is(Column::Owner)),
        contact: answer.contact.filter(|_| is(Column::Contact)),
        confidence: if is(Column::Confidence) { answer.confidence } else { "" },
        rule: answer.rule.filter(|_| is(Column::Rule)),
        ask: answer.ask.filter(|_| is(Column::Ask)),
        derived: answer.derived.into_iter().filter(|(fact, _)| is(Column::Derived(*fact))).collect(),
    }
}

struct Statement<'a> {
    ruleset: &'a Ruleset,
    request: &'a Request,
    reads: &'a [Read],
    diagram: &'a Diagram,
}

impl Statement<'_> {
    fn write(&self, table: &str, columns: &[(String, Column)]) -> String {
        let dialect = self.request.dialect;
        let spelled = Columns { ruleset: self.ruleset, dialect };
        let classes: Vec<Vec<u32>> = self.diagram.steps.iter().map(|states| classes(states)).collect();
        let codes = self.reads.iter().zip(&classes).map(|(read, classes)| spelled.code(read, classes));
        let steps = steps(dialect, self.diagram, &codes.collect::<Vec<_>>(), &classes);
        let last = Last::new(&self.diagram.leaves);

        let mut text = format!("-- Ruleset {}, for {dialect}\n", self.ruleset.digest());
        text.push_str("WITH whoowns_said AS (\n  SELECT DISTINCT\n    ");
        let said = steps.situation.iter().map(|(name, said)| format!("{said} AS {name}"));
        text.push_str(&said.collect::<Vec<_>>().join(",\n    "));
        let _ = write!(text, "\n  FROM {table} AS w\n){}", steps.text);
        let answered = if last.products.is_empty() {
            (steps.last, "s.state".to_owned())
        } else {
            text.push_str(&last.tables(dialect, &steps.last));
            ("whoowns_weighed".to_owned(), self.weighing(&last, &spelled))
        };
        text.push_str(",\n");
        text.push_str(&self.answers(&last, columns));
        let _ = write!(text, "\nSELECT {}w.*", dialect.small("s, a"));
        for (place, (name, column)) in columns.iter().enumerate() {
            let says = match column {
                Column::Least(fact) => self.end(*fact, Side::Least, &spelled),
                Column::Most(fact) => self.end(*fact, Side::Most, &spelled),
                _ => format!("a.says_{}", place + 1),
            };
            let _ = write!(text, ",\n  {says} AS {}", dialect.name(name));
        }
        let keys: Vec<&str> = steps.situation.iter().map(|(name, _)| name.as_str()).collect();
        let found = dialect.found_by(&answered.0, &keys);
        let same = steps.situation.iter().map(|(name, said)| format!("s.{name} = {said}"));
        let _ = write!(
            text,
            "\nFROM {table} AS w\nLEFT JOIN {found} AS s\n  ON {}\nLEFT JOIN whoowns_answers AS a\n  ON a.answer = {}\n",
            same.collect::<Vec<_>>().join("\n  AND "),
            answered.1
        );
        text
    }

    /// The least or the most that a number can be, as read.
    fn end(&self, fact: FactId, side: Side, spelled: &Columns<'_>) -> String {
        let read = self.reads.iter().find(|read| read.fact == fact);
        let ends = read.and_then(|read| spelled.ends(read));
        let [least, most] = ends.unwrap_or_else(|| ["NULL".to_owned(), "NULL".to_owned()]);
        if side == Side::Least { least } else { most }
    }

    /// The number of the answer where the ends of bands decide which it is.
    fn weighing(&self, last: &Last<'_>, spelled: &Columns<'_>) -> String {
        let end = |(fact, side): &(FactId, Side)| {
            let end = self.end(*fact, *side, spelled);
            self.request.dialect.cast(&format!("COALESCE({end}, 0)"), Holds::Wide)
        };
        let times: Vec<String> = last
            .products
            .iter()
            .map(|product| product.iter().map(|of| format!(" * {}", end(of))).collect())
            .collect();
        let mut cases = String::from("CASE");
        for place in 1..=last.most {
            let weights = times.iter().enumerate();
            let weights = weights.map(|(at, times)| format!("s.weight_{place}_{}{times}", at + 1));
            let sum = weights.collect::<Vec<_>>().join("\n      + ");
            let _ = write!(cases, "\n    WHEN {sum} >= 0\n    THEN s.presumed_{place}");
        }
        cases + "\n    ELSE s.otherwise END"
    }

    /// The table of all that is said.
    fn answers(&self, last: &Last<'_>, columns: &[(String, Column)]) -> String {
        let dialect = self.request.dialect;
        let mut declared = vec![("answer".to_owned(), Holds::Number)];
        for (place, (_, column)) in columns.iter().enumerate() {
            let holds = match column {
                Column::Derived(fact) => match self.ruleset.fact(*fact).kind {
                    Kind::Integer | Kind::Set => Holds::Number,
                    Kind::Boolean => Holds::Flag,
                    Kind::Choice | Kind::Text => Holds::Text,
                },
                Column::Least(_) | Column::Most(_) => continue,
                _ => Holds::Text,
            };
            declared.push((format!("says_{}", place + 1), holds));
        }
        let asked =
            || columns.iter().filter(|(_, column)| !matches!(column, Column::Least(_) | Column::Most(_)));
        let row = |(at, answer): (usize, Option<&Answer>)| {
            let says = asked().map(|(_, column)| self.says(*column, answer));
            std::iter::once(at.to_string()).chain(says).collect()
        };
        let answers = std::iter::once(None).chain(last.answers.iter().map(|answer| Some(*answer)));
        let mut rows: Vec<Vec<String>> = answers.enumerate().map(row).collect();
        // A table of one column alone is no table everywhere.
        if declared.len() == 1 {
            declared.push(("nothing".to_owned(), Holds::Number));
            rows.iter_mut().for_each(|row| row.push("0".to_owned()));
        }
        dialect.values("whoowns_answers", &declared, &rows)
    }

    /// What one answer says in a column; none is a contradiction.
    fn says(&self, column: Column, answer: Option<&Answer>) -> String {
        let dialect = self.request.dialect;
        let text = |text: Option<&str>| text.map_or("NULL".to_owned(), |text| dialect.text(text));
        let Some(answer) = answer else {
            return text((column == Column::Status).then_some("invalid"));
        };
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
}

/// What is said at the end: answers by number from 1, and for each leaf how the ends of bands choose among them.
struct Last<'a> {
    leaves: &'a [Leaf],
    answers: Vec<&'a Answer>,
    numbers: HashMap<&'a Answer, usize>,
    /// For each leaf, which of `shares` it weighs by.
    weighs: Vec<usize>,
    /// All that is weighed; the first is nothing.
    shares: Vec<Vec<Sum>>,
    /// The products that occur; none where no leaf weighs.
    products: Vec<Product>,
    /// The most answers that can be presumed at one leaf.
    most: usize,
}

impl<'a> Last<'a> {
    fn new(leaves: &'a [Leaf]) -> Last<'a> {
        let mut last = Last {
            leaves,
            answers: Vec::new(),
            numbers: HashMap::new(),
            weighs: Vec::new(),
            shares: vec![Vec::new()],
            products: Vec::new(),
            most: 0,
        };
        let mut known = HashMap::from([(Vec::new(), 0)]);
        for leaf in leaves {
            let (presumed, otherwise) = said_at(leaf);
            for answer in presumed.iter().chain([otherwise]) {
                last.numbers.entry(answer).or_insert_with(|| {
                    last.answers.push(answer);
                    last.answers.len()
                });
            }
            let sums = sums(leaf);
            last.most = last.most.max(sums.len());
            let place = *known.entry(sums.clone()).or_insert(last.shares.len());
            if place == last.shares.len() {
                last.products.extend(sums.iter().flat_map(|sum| sum.keys().cloned()));
                last.shares.push(sums);
            }
            last.weighs.push(place);
        }
        last.products.sort();
        last.products.dedup();
        last
    }

    /// The tables by which a situation finds what it weighs by and what it then says.
    fn tables(&self, dialect: Dialect, from: &str) -> String {
        let places = || 1..=self.most;
        let mut leaf_columns = vec![("leaf".to_owned(), Holds::Number), ("share".to_owned(), Holds::Number)];
        leaf_columns.extend(places().map(|place| (format!("presumed_{place}"), Holds::Number)));
        leaf_columns.push(("otherwise".to_owned(), Holds::Number));
        let mut leaves = vec![vec!["0".to_owned(); leaf_columns.len()]];
        for (at, (leaf, share)) in self.leaves.iter().zip(&self.weighs).enumerate() {
            let (presumed, otherwise) = said_at(leaf);
            let number = |answer: Option<&Answer>| {
                answer.and_then(|answer| self.numbers.get(answer)).unwrap_or(&0).to_string()
            };
            let mut row = vec![(at + 1).to_string(), share.to_string()];
            row.extend(places().map(|place| number(presumed.get(place - 1))));
            row.push(number(Some(otherwise)));
            leaves.push(row);
        }
        let fits = |factor: &BigInt| i64::try_from(factor).is_ok();
        let all_fit = self.shares.iter().flatten().all(|sum| sum.values().all(fits));
        let holds = if all_fit { Holds::Number } else { Holds::Wide };
        let mut share_columns = vec![("share".to_owned(), Holds::Number)];
        for place in places() {
            let products = 1..=self.products.len();
            share_columns.extend(products.map(|product| (format!("weight_{place}_{product}"), holds)));
        }
        let shares = self.shares.iter().enumerate().map(|(at, sums)| {
            let mut row = vec![at.to_string()];
            for place in 0..self.most {
                row.extend(self.products.iter().map(|product| match sums.get(place) {
                    Some(sum) => sum.get(product).map_or("0".to_owned(), BigInt::to_string),
                    // Never enough.
                    None => if product.is_empty() { "-1" } else { "0" }.to_owned(),
                }));
            }
            row
        });
        let taken = |columns: &[(String, Holds)], of: &str, skip: usize| {
            columns.iter().skip(skip).map(|(name, _)| format!(", {of}.{name}")).collect::<String>()
        };
        format!(
            ",\n{},\n{},\nwhoowns_weighed AS {}(\n  SELECT f.*{}{}\n  FROM {from} AS f\n  \
             JOIN whoowns_leaves AS l ON l.leaf = f.state\n  JOIN whoowns_shares AS h ON h.share = l.share\n)",
            dialect.values("whoowns_leaves", &leaf_columns, &leaves),
            dialect.values("whoowns_shares", &share_columns, &shares.collect::<Vec<_>>()),
            dialect.once(),
            taken(&leaf_columns, "l", 2),
            taken(&share_columns, "h", 1),
        )
    }
}

/// What may be presumed at a leaf, and what is said where nothing is.
fn said_at(leaf: &Leaf) -> (&[Answer], &Answer) {
    match leaf {
        Leaf::Always(answer) => (&[], answer),
        Leaf::ByShare { presumed, open, .. } => (presumed, open),
    }
}
