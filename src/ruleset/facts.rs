//! Facts: the named properties that rules test.

use std::fmt;

use super::condition::Condition;
use crate::percent::Percent;
use crate::source::Span;

/// The place of a fact in [`Ruleset::facts`](super::Ruleset::facts).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FactId(pub usize);

/// What values a fact takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A whole number.
    Integer,
    /// Yes or no.
    Boolean,
    /// One of the declared values.
    Choice,
    /// Members, tested by their number.
    Set,
    /// Free text, carried and never tested.
    Text,
}

impl Kind {
    /// Every kind with the word a ruleset uses.
    pub const ALL: [(Kind, &'static str); 5] = [
        (Kind::Integer, "integer"),
        (Kind::Boolean, "boolean"),
        (Kind::Choice, "choice"),
        (Kind::Set, "set"),
        (Kind::Text, "text"),
    ];

    /// Whether tests on it are tests of a whole number.
    pub fn is_number(self) -> bool {
        matches!(self, Kind::Integer | Kind::Set)
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = Kind::ALL.iter().find(|(kind, _)| kind == self).map_or("", |(_, word)| word);
        formatter.write_str(word)
    }
}

/// A declared fact.
#[derive(Debug, Clone)]
pub struct Fact {
    /// The name, as rules and profiles write it.
    pub name: String,
    /// What values it takes.
    pub kind: Kind,
    /// The values of a choice, in order; of a boolean, `false` and `true`.
    pub values: Vec<String>,
    /// The smallest whole number it can be.
    pub lowest: u64,
    /// The largest whole number it can be, `u64::MAX` where there is no end.
    pub highest: u64,
    /// Where it does not hold, the fact does not apply.
    pub only_when: Condition,
    /// Whether `[[derive]]` rows give it, never a profile.
    pub derived: bool,
    /// Whether the members of a set are places.
    pub of_places: bool,
    /// The question to ask.
    pub ask: Option<String>,
    /// Titles of its columns in client lists.
    pub columns: Vec<String>,
    /// How near to a threshold a number is borderline.
    pub near: Option<Percent>,
    /// How much of a band must agree for an outcome to be presumed.
    pub share: Option<Percent>,
    /// Spellings that mean "not known".
    pub unknown: Vec<String>,
    /// Where it is declared.
    pub span: Span,
}

impl Fact {
    /// Whether it is one of the dimensions of a state: given by profiles, and tested.
    pub fn is_base(&self) -> bool {
        !self.derived && self.kind != Kind::Text
    }

    /// The place of a value of a choice or a boolean.
    pub fn value_named(&self, name: &str) -> Option<u32> {
        self.values.iter().position(|value| value == name).map(|at| at as u32)
    }
}

/// One value of a fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Value {
    /// A whole number, of an integer or of the members of a set.
    Number(u64),
    /// The place of a value in [`Fact::values`].
    Named(u32),
}

impl Value {
    /// The value as JSON writes it.
    pub fn to_json(self, fact: &Fact) -> serde_json::Value {
        match (self, fact.kind) {
            (Value::Number(number), _) => number.into(),
            (Value::Named(at), Kind::Boolean) => (at == 1).into(),
            (Value::Named(at), _) => fact.values.get(at as usize).cloned().unwrap_or_default().into(),
        }
    }
}
