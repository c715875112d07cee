//! Facts: the named properties that rules test.

use super::condition::{Condition, Test};
use super::numbers::{self, Stretch};
use super::value::{FactId, Kind, Value};
use super::words::Words;
use crate::percent::Percent;
use crate::source::{Span, json_number};
use crate::space::NO_END;

/// A declared fact.
#[derive(Debug, Clone)]
pub struct Fact {
    /// The name, as rules and profiles write it.
    pub name: String,
    /// What values it takes.
    pub kind: Kind,
    /// The values of a choice, in order; of a boolean, `false` and `true`.
    pub values: Vec<String>,
    /// The smallest whole number it can be; there always is one.
    pub lowest: i128,
    /// The largest whole number it can be, [`NO_END`] where there is no end.
    pub highest: i128,
    /// Where it does not hold, the fact does not apply.
    pub only_when: Condition,
    /// Whether `[[derive]]` rows give it, never a profile.
    pub derived: bool,
    /// The value that stands for any further one, where the choice is open.
    pub other: Option<u32>,
    /// What a number counts, or the members of a set are.
    pub of: Option<Counted>,
    /// What people read of it.
    pub words: Words,
    /// What else lists and profiles write for the values of a choice, each with its value's place.
    pub spellings: Vec<(String, u32)>,
    /// Whether it is asked before other facts, as long as it can matter and nothing is known of it.
    pub first: bool,
    /// The question to ask.
    pub ask: Option<String>,
    /// Titles of its columns in client lists, whole.
    pub columns: Vec<String>,
    /// Words that mean it in a column's title.
    pub column_words: Vec<String>,
    /// How near to a threshold a number is borderline.
    pub near: Option<Percent>,
    /// How much of a band must agree for an outcome to be presumed.
    pub share: Option<Percent>,
    /// Spellings that mean "not known".
    pub unknown: Vec<String>,
    /// Of a derived fact: what is claimed to keep it from going back.
    pub never_falls: Option<NeverFalls>,
    /// Where it is declared.
    pub span: Span,
}

/// What a number counts, or what the members of a set are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Counted {
    /// Countries and regions, of which different spellings may mean the same one.
    Places,
    /// People: "employees" and the like fall away when the number is read.
    People,
    /// Money: signs, codes and names of currencies fall away when the number is read.
    Money,
}

impl Counted {
    /// Every one with the word a ruleset uses.
    pub const ALL: [(Counted, &'static str); 3] =
        [(Counted::Places, "places"), (Counted::People, "people"), (Counted::Money, "money")];

    /// Whether facts of this kind can count it.
    pub fn goes_with(self, kind: Kind) -> bool {
        match self {
            Counted::Places => kind == Kind::Set,
            Counted::People | Counted::Money => kind == Kind::Integer,
        }
    }
}

/// The claim that a derived fact never goes back as a number grows, all else being equal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NeverFalls {
    /// The number.
    pub fact: FactId,
    /// The values from the lowest to the highest, as places in [`Fact::values`]; of a whole number none, since numbers
    /// have an order of their own.
    pub by: Vec<u32>,
    /// Where the claim stands.
    pub span: Span,
}

impl Fact {
    /// Where a test without a lower end begins: 0, or below every number where the range goes below zero.
    pub fn beginning(&self) -> i128 {
        if self.lowest < 0 { numbers::LOWEST } else { 0 }
    }

    /// The range as a rule writes it.
    pub fn range(&self) -> String {
        let all = Stretch { first: self.lowest, last: self.highest };
        numbers::write(all, self.beginning(), NO_END)
    }

    /// The test that one value passes, and no other.
    pub fn test_of(&self, value: Value) -> Test {
        match value {
            Value::Number(number) => Test::Numbers(vec![Stretch { first: number, last: number }]),
            Value::Named(own) => Test::Named((0..self.values.len() as u32).map(|at| at == own).collect()),
        }
    }

    /// The test that any of several places in `values` passes, and nothing else.
    pub fn test_of_any(&self, places: &[u32]) -> Test {
        Test::Named((0..self.values.len() as u32).map(|at| places.contains(&at)).collect())
    }

    /// What it is called.
    pub fn title(&self) -> &str {
        self.words.title()
    }

    /// What one of its values is called, by its place in `values`.
    pub fn label(&self, value: u32) -> &str {
        self.words.label(value)
    }

    /// Whether it is one of the dimensions of a state: given by profiles, and tested.
    pub fn is_base(&self) -> bool {
        !self.derived && self.kind != Kind::Text
    }

    /// The place of a value of a choice or a boolean.
    pub fn value_named(&self, name: &str) -> Option<u32> {
        self.values.iter().position(|value| value == name).map(|at| at as u32)
    }
}

impl Value {
    /// The value as JSON writes it.
    pub fn to_json(self, fact: &Fact) -> serde_json::Value {
        match (self, fact.kind) {
            (Value::Number(number), _) => json_number(number),
            (Value::Named(at), Kind::Boolean) => (at == 1).into(),
            (Value::Named(at), _) => fact.values.get(at as usize).cloned().unwrap_or_default().into(),
        }
    }
}
