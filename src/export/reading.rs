//! Which columns give which facts, and the few things that a column can say as far as the rules tell them apart.

use crate::diagnostic::nearest;
use crate::percent::Percent;
use crate::profile::{Given, Known};
use crate::ruleset::{Fact, FactId, Kind, Ruleset, Value};
use crate::space::{Axis, Extent, NO_END};

/// The columns of a table that give facts, by name; a fact that is not named is given by the column of its own name.
#[derive(Debug, Clone, Default)]
pub struct Mapping(Vec<(FactId, Vec<String>)>);

/// Why a mapping is none.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum UnknownMapping {
    /// No `=` in it.
    #[error(
        "`{0}` maps nothing: expected `FACT=COLUMN`, or `FACT=MIN,MAX` for a number given as two columns"
    )]
    Shape(String),
    /// It names no fact of the ruleset that a column can give.
    #[error("`{name}` is no fact that a column gives{hint}")]
    Fact {
        /// What was named.
        name: String,
        /// Another name that is near, as a part of the sentence.
        hint: String,
    },
    /// Two columns for a fact that is no integer.
    #[error("`{0}` is no integer, so that one column gives it: `--map {0}=COLUMN`")]
    TwoColumns(String),
    /// Columns of which one has no name, or more than two.
    #[error(
        "`{0}` names no columns: expected `FACT=COLUMN`, or `FACT=MIN,MAX` for the least and the most of a number"
    )]
    Columns(String),
    /// One fact twice.
    #[error("`{0}` is mapped twice")]
    Twice(String),
}

impl Mapping {
    /// Reads what is written as `FACT=COLUMN`, `FACT=MIN,MAX`, or `FACT=` where no column gives the fact.
    ///
    /// # Errors
    /// When one of them is no mapping, or names no fact.
    pub fn read(ruleset: &Ruleset, written: &[String]) -> Result<Mapping, UnknownMapping> {
        let mut mapping = Mapping::default();
        for text in written {
            let (name, columns) = text.split_once('=').ok_or_else(|| UnknownMapping::Shape(text.clone()))?;
            let known = ruleset.fact_named(name.trim()).filter(|fact| !ruleset.fact(*fact).derived);
            let fact = known.ok_or_else(|| {
                let names =
                    ruleset.facts().iter().filter(|fact| !fact.derived).map(|fact| fact.name.as_str());
                let near = nearest(name.trim(), names);
                let derived = ruleset.fact_named(name.trim()).is_some();
                let hint = match near {
                    _ if derived => "; it is derived from others".to_owned(),
                    Some(near) => format!("; did you mean `{near}`?"),
                    None => "; `whoowns rules show` lists the facts".to_owned(),
                };
                UnknownMapping::Fact { name: name.trim().to_owned(), hint }
            })?;
            if mapping.0.iter().any(|(mapped, _)| *mapped == fact) {
                return Err(UnknownMapping::Twice(name.trim().to_owned()));
            }
            let is_integer = ruleset.fact(fact).kind == Kind::Integer;
            let columns: Vec<String> = match columns.split_once(',') {
                _ if columns.is_empty() => Vec::new(),
                Some((min, max)) if is_integer && (min.is_empty() || max.is_empty() || max.contains(',')) => {
                    return Err(UnknownMapping::Columns(text.clone()));
                }
                Some((min, max)) if is_integer => vec![min.to_owned(), max.to_owned()],
                Some(_) => return Err(UnknownMapping::TwoColumns(name.trim().to_owned())),
                None => vec![columns.to_owned()],
            };
            mapping.0.push((fact, columns));
        }
        Ok(mapping)
    }

    fn columns(&self, ruleset: &Ruleset, fact: FactId) -> Vec<String> {
        let mapped = self.0.iter().find(|(mapped, _)| *mapped == fact);
        match mapped {
            Some((_, columns)) => columns.clone(),
            // A text decides nothing, but it can be given only where it applies.
            None if ruleset.fact(fact).kind == Kind::Text
                && ruleset.fact(fact).only_when.tests.is_empty() =>
            {
                Vec::new()
            }
            None => vec![ruleset.fact(fact).name.clone()],
        }
    }
}

/// What a column says of a fact, as far as rules tell it apart.
#[derive(Debug, Clone)]
pub struct Said {
    /// How the column says it.
    pub how: How,
    /// What it says, by an example where several things are alike; nothing where it says nothing.
    pub given: Option<Given>,
    /// Of an exact number: every atom that is its own or so near that the answer there makes it borderline.
    pub reach: Option<Extent>,
}

/// How a column says something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// Not at all.
    Unknown,
    /// By a value, or by being there (of a text).
    Value(u32),
    /// By a number from this one up to the next that is said otherwise.
    From(i128),
    /// By two numbers that lie in these two atoms.
    Between(u32, u32),
    /// By a least number that lies in this atom, without an end.
    AtLeast(u32),
}

/// A fact that a column gives, or two.
#[derive(Debug, Clone)]
pub struct Read {
    /// The fact.
    pub fact: FactId,
    /// The column, or those of the least and the most it can be.
    pub columns: Vec<String>,
    /// All that can be said.
    pub says: Vec<Said>,
}

/// The facts that columns give, in the order of the ruleset; but a text that can be given only where others say so comes
/// right after them, since until it is read what they say has to be remembered.
pub fn reading(ruleset: &Ruleset, mapping: &Mapping) -> Vec<Read> {
    let facts = (0..ruleset.facts().len()).map(FactId).filter(|fact| !ruleset.fact(*fact).derived);
    let read = |fact: FactId| {
        let columns = mapping.columns(ruleset, fact);
        let says = said(ruleset, fact, columns.len() > 1);
        (!columns.is_empty()).then_some(Read { fact, columns, says })
    };
    let after = |read: &Read| {
        let fact = ruleset.fact(read.fact);
        let required = fact.only_when.facts().map(|(required, _)| required.0).max();
        match required {
            Some(required) if fact.kind == Kind::Text => (required, read.fact.0 + 1),
            _ => (read.fact.0, 0),
        }
    };
    let mut reads: Vec<Read> = facts.filter_map(read).collect();
    reads.sort_by_key(after);
    reads
}

fn said(ruleset: &Ruleset, fact: FactId, band: bool) -> Vec<Said> {
    let declared = ruleset.fact(fact);
    let mut says = vec![Said { how: How::Unknown, given: None, reach: None }];
    let Some(at) = ruleset.compiled().axis(fact) else {
        let given = Given { written: "given".into(), known: Known::Text("given".to_owned()), repaired: None };
        says.push(Said { how: How::Value(0), given: Some(given), reach: None });
        return says;
    };
    let axis = &ruleset.compiled().space.axes[at];
    if !axis.is_ordered() {
        says.extend((0..axis.count()).map(|atom| Said {
            how: How::Value(atom),
            given: Some(Given::exact(declared, Value::Named(atom))),
            reach: Some(axis.only(atom)),
        }));
        return says;
    }
    for number in starts(axis, declared.near) {
        says.push(Said {
            how: How::From(number),
            given: Some(Given::exact(declared, Value::Number(number))),
            reach: Some(reach(axis, declared.near, number)),
        });
    }
    if band {
        says.extend(bands(declared, axis));
    }
    says
}

/// Where what can be said of an exact number changes: at each threshold, and where one comes near or no longer is.
fn starts(axis: &Axis, near: Option<Percent>) -> Vec<i128> {
    let mut starts: Vec<i128> = (0..axis.count()).map(|atom| axis.bounds(atom).0).collect();
    if let Some(near) = near {
        for atom in 0..axis.count() {
            let (first, last) = axis.bounds(atom);
            // The first number from which on the atom's first one is near, and the first for which its last no longer is.
            starts.push(first_where(axis.lowest(), first, |number| is_near(near, number, first)));
            if last < axis.highest() {
                starts.push(first_where(last, axis.highest(), |number| !is_near(near, number, last)));
            }
        }
    }
    starts.sort_unstable();
    starts.dedup();
    starts
}

/// The smallest number from `low` to `high` that passes, where all after one that passes do too; `high` if none does.
fn first_where(low: i128, high: i128, passes: impl Fn(i128) -> bool) -> i128 {
    let (mut low, mut high) = (low, high);
    while low < high {
        let middle = low + (high - low) / 2;
        if passes(middle) { high = middle } else { low = middle + 1 }
    }
    low
}

fn is_near(near: Percent, number: i128, other: i128) -> bool {
    near.is_within(number.abs_diff(other), number.unsigned_abs())
}

fn reach(axis: &Axis, near: Option<Percent>, number: i128) -> Extent {
    let own = axis.atom(number);
    let is_near = |atom: &u32| {
        let (first, last) = axis.bounds(*atom);
        let nearest = if *atom < own { last } else { first };
        *atom == own || near.is_some_and(|near| is_near(near, number, nearest))
    };
    let near: Vec<u32> = (0..axis.count()).filter(is_near).collect();
    let (first, last) = (near.first().copied().unwrap_or(own), near.last().copied().unwrap_or(own));
    axis.none().stretch(first, last)
}

fn bands(fact: &Fact, axis: &Axis) -> Vec<Said> {
    let given = |min: i128, max: Option<i128>| {
        Some(Given { written: fact.name.as_str().into(), known: Known::Band { min, max }, repaired: None })
    };
    let mut says = Vec::new();
    let last = axis.count() - 1;
    for first in 0..axis.count() {
        for end in first..axis.count() {
            let (from, to) = (axis.bounds(first).0, axis.bounds(end).1);
            // A band in an atom without an end has one all the same.
            let to = if to == NO_END { axis.bounds(end).0 + 1 } else { to };
            if from < to {
                says.push(Said { how: How::Between(first, end), given: given(from, Some(to)), reach: None });
            }
        }
        if axis.bounds(last).1 == NO_END {
            let from = axis.bounds(first).0;
            says.push(Said { how: How::AtLeast(first), given: given(from, None), reach: None });
        }
    }
    says
}
