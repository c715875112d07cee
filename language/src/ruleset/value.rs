//! What facts are called by inside the program, and what values they take.

use std::fmt;

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

    /// The word with its article, for a sentence.
    pub fn with_article(self) -> String {
        let article = if self == Kind::Integer { "an" } else { "a" };
        format!("{article} {self}")
    }

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

/// One value of a fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Value {
    /// A whole number, of an integer or of the members of a set.
    Number(i128),
    /// The place of a value in [`Fact::values`](super::Fact::values).
    Named(u32),
}
