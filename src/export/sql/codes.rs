//! What a column says, as a small number: 0 where it says nothing that can be.

use super::dialect::Dialect;
use super::texts::Texts;
use crate::export::reading::{How, Read};
use crate::ruleset::{Fact, Kind, Ruleset};
use crate::space::Axis;

/// The largest number that a column of a database holds.
const LARGEST: i128 = i64::MAX as i128;

/// The columns of a row, as expressions.
pub struct Columns<'a> {
    pub ruleset: &'a Ruleset,
    pub dialect: Dialect,
}

impl Columns<'_> {
    /// A column of the table.
    fn column(&self, name: &str) -> String {
        format!("w.{}", self.dialect.name(name))
    }

    /// The number of what a fact's columns say; `classes` gives it for each of [`Read::says`].
    pub fn code(&self, read: &Read, classes: &[u32]) -> String {
        let fact = self.ruleset.fact(read.fact);
        let class = |wanted: &dyn Fn(How) -> bool| {
            let at = read.says.iter().position(|said| wanted(said.how));
            at.and_then(|at| classes.get(at)).copied().unwrap_or(0)
        };
        let unknown = class(&|how| how == How::Unknown);
        let value = |at: u32| class(&move |how| how == How::Value(at));
        let (Some(first), axis) = (read.columns.first(), self.axis(read)) else { return unknown.to_string() };
        let column = self.column(first);
        match fact.kind {
            Kind::Text => {
                let texts = Texts { dialect: self.dialect, fact, column: &column };
                format!("CASE WHEN {} THEN {unknown} ELSE {} END", texts.is_unknown(), value(0))
            }
            Kind::Boolean => format!(
                "CASE WHEN {column} IS NULL THEN {unknown} WHEN {column} = {} THEN {} WHEN {column} = {} THEN {} ELSE 0 END",
                self.dialect.flag(false),
                value(0),
                self.dialect.flag(true),
                value(1)
            ),
            Kind::Choice => Texts { dialect: self.dialect, fact, column: &column }.choice(unknown, value),
            Kind::Integer | Kind::Set => {
                let Some(axis) = axis else { return unknown.to_string() };
                let numbers = Numbers { fact, axis, read, classes };
                match read.columns.get(1) {
                    None => numbers.exact(&column, unknown),
                    Some(second) => numbers.band(&column, &self.column(second), unknown),
                }
            }
        }
    }

    fn axis(&self, read: &Read) -> Option<&Axis> {
        let compiled = self.ruleset.compiled();
        compiled.axis(read.fact).map(|axis| &compiled.space.axes[axis])
    }

    /// The least and the most that a fact can be as read, cut to its range; empty where it is unknown.
    pub fn ends(&self, read: &Read) -> Option<[String; 2]> {
        let fact = self.ruleset.fact(read.fact);
        let columns: Vec<String> = read.columns.iter().map(|name| self.column(name)).collect();
        match columns.as_slice() {
            [only] => {
                let numbers: Vec<String> = unknown_numbers(fact).iter().map(i128::to_string).collect();
                let unknown = match numbers.is_empty() {
                    true => String::new(),
                    false => format!(" OR {only} IN ({})", numbers.join(", ")),
                };
                let above = match fact.highest < LARGEST {
                    true => format!(" OR {only} > {}", fact.highest),
                    false => String::new(),
                };
                let low = fact.lowest.min(LARGEST);
                let known = format!("CASE WHEN {only} < {low}{above}{unknown} THEN NULL ELSE {only} END");
                Some([known.clone(), known])
            }
            [min, max] => {
                let (low, high) = (fact.lowest.min(LARGEST), fact.highest);
                let ended = high < LARGEST;
                let above = if ended { format!(" OR {min} > {high}") } else { String::new() };
                // Nothing, and what cannot be.
                let negative = negative(fact, min);
                let none = format!(
                    "({min} IS NULL AND {max} IS NULL) OR {negative}{min} > {max} OR {max} < {low}{above}"
                );
                let least = format!(
                    "CASE WHEN {none} THEN NULL WHEN {min} IS NULL OR {min} < {low} THEN {low} ELSE {min} END"
                );
                let most = match ended {
                    true => format!(
                        "CASE WHEN {none} THEN NULL WHEN {max} IS NULL OR {max} > {high} THEN {high} ELSE {max} END"
                    ),
                    false => format!("CASE WHEN {none} THEN NULL ELSE {max} END"),
                };
                Some([least, most])
            }
            _ => None,
        }
    }
}

/// The numbers that a fact takes for "not known".
fn unknown_numbers(fact: &Fact) -> Vec<i128> {
    fact.unknown.iter().filter_map(|spelling| spelling.trim().parse().ok()).collect()
}

/// That a number is below zero, where no number of its fact is.
fn negative(fact: &Fact, column: &str) -> String {
    if fact.lowest < 0 { String::new() } else { format!("{column} < 0 OR ") }
}

struct Numbers<'a> {
    fact: &'a Fact,
    axis: &'a Axis,
    read: &'a Read,
    classes: &'a [u32],
}

impl Numbers<'_> {
    fn class(&self, wanted: How) -> u32 {
        let at = self.read.says.iter().position(|said| said.how == wanted);
        at.and_then(|at| self.classes.get(at)).copied().unwrap_or(0)
    }

    /// Whether a column holds one of the numbers that mean "not known".
    fn is_unknown(&self, column: &str) -> String {
        let numbers: Vec<String> = unknown_numbers(self.fact).iter().map(i128::to_string).collect();
        if numbers.is_empty() { String::new() } else { format!(" OR {column} IN ({})", numbers.join(", ")) }
    }

    fn exact(&self, column: &str, unknown: u32) -> String {
        let is_unknown = self.is_unknown(column);
        let mut code = format!("CASE WHEN {column} IS NULL{is_unknown} THEN {unknown}");
        code.push_str(&format!(" WHEN {column} < {} THEN 0", self.fact.lowest.min(LARGEST)));
        if self.fact.highest < LARGEST {
            code.push_str(&format!(" WHEN {column} > {} THEN 0", self.fact.highest));
        }
        code + &self.stretches(column) + " END"
    }

    /// The rest of a `CASE` by the stretch that an exact number lies in.
    fn stretches(&self, column: &str) -> String {
        let from = self.read.says.iter().zip(self.classes);
        let starts = from.filter_map(|(said, class)| match said.how {
            How::From(start) if start <= LARGEST => Some((start, *class)),
            _ => None,
        });
        ladder(column, &starts.collect::<Vec<_>>())
    }

    /// The class of the number that is the lowest or the highest of the range.
    fn class_of(&self, number: i128) -> u32 {
        let from = self.read.says.iter().zip(self.classes);
        let mut starts = from.filter(|(said, _)| matches!(said.how, How::From(start) if start <= number));
        starts.next_back().map_or(0, |(_, class)| *class)
    }

    fn band(&self, min: &str, max: &str, unknown: u32) -> String {
        let (low, high) = (self.fact.lowest.min(LARGEST), self.fact.highest);
        let is_unknown = self.is_unknown(min);
        let mut code = format!("CASE WHEN {min} IS NULL AND {max} IS NULL THEN {unknown}");
        if !is_unknown.is_empty() {
            let is_unknown = is_unknown.trim_start_matches(" OR ");
            code.push_str(&format!(" WHEN {min} = {max} AND {is_unknown} THEN {unknown}"));
        }
        let negative = negative(self.fact, min);
        code.push_str(&format!(" WHEN {negative}{min} > {max} OR {max} < {low} THEN 0"));
        if high < LARGEST {
            code.push_str(&format!(" WHEN {min} > {high} THEN 0"));
        }
        code.push_str(&format!(" WHEN {min} = {max} THEN CASE{} END", self.stretches(min)));
        code.push_str(&format!(" WHEN {max} = {low} THEN {}", self.class_of(low)));
        if high < LARGEST {
            code.push_str(&format!(" WHEN {min} = {high} THEN {}", self.class_of(high)));
        }
        let last = self.axis.count() - 1;
        let by_least = |most: &dyn Fn(u32) -> String| {
            let rungs = (0..=last).map(|atom| (self.axis.bounds(atom).0, most(atom)));
            ladder_of(min, &rungs.collect::<Vec<_>>(), true)
        };
        let endless = |first: u32| match high < LARGEST {
            true => self.class(How::Between(first, last)).to_string(),
            false => self.class(How::AtLeast(first)).to_string(),
        };
        code.push_str(&format!(" WHEN {max} IS NULL THEN CASE{} END", by_least(&endless)));
        let between = |first: u32| {
            let rungs =
                (first..=last).map(|end| (self.axis.bounds(end).0, self.class(How::Between(first, end))));
            format!("CASE{} END", ladder(max, &rungs.collect::<Vec<_>>()))
        };
        code + &by_least(&between) + " END"
    }
}

/// The branches of a `CASE` by where a number lies: from each of these on up to the next.
fn ladder(column: &str, rungs: &[(i128, u32)]) -> String {
    let rungs: Vec<(i128, String)> = rungs.iter().map(|(start, class)| (*start, class.to_string())).collect();
    ladder_of(column, &rungs, false)
}

/// The same, where what has no number counts as the lowest if `open` says so.
fn ladder_of(column: &str, rungs: &[(i128, String)], open: bool) -> String {
    let mut joined: Vec<&(i128, String)> = rungs.iter().filter(|(start, _)| *start <= LARGEST).collect();
    joined.dedup_by(|next, before| next.1 == before.1);
    let mut branches = String::new();
    for pair in joined.windows(2) {
        let nothing = if open { format!("{column} IS NULL OR ") } else { String::new() };
        branches.push_str(&format!(" WHEN {nothing}{column} < {} THEN {}", pair[1].0, pair[0].1));
    }
    let last = joined.last().map_or("0", |(_, class)| class);
    if branches.is_empty() { format!(" WHEN 1 = 1 THEN {last}") } else { format!("{branches} ELSE {last}") }
}
