//! What people read of facts, values and conditions, in the ruleset's own words.
//!
//! A ruleset lends titles, labels and clauses; where it does not, they are made of its ids. Everything that is said to
//! people about a fact is made here, so that it is said in the same way everywhere.
#![allow(clippy::indexing_slicing, reason = "places of words in a clause that was cut into these words")]

mod clause;
mod join;
mod number;

pub use clause::{
    clause, clause_of, clause_of_role, clause_of_text, clause_of_value, named, number_with_unit, value,
    value_of,
};
pub use join::{any_of, grouped, joined, sentence};
pub use number::{numbers, rows, thousands};

use crate::ruleset::{Condition, FactId, Ruleset, Subject, Test};

/// Tests of facts that must all hold, as one clause: "there is an HR team but no L&D team, and it works in 1
/// country";
/// nothing for no tests.
pub fn all_of(ruleset: &Ruleset, tests: &[(FactId, Test)]) -> String {
    joined(tests.iter().map(|(fact, test)| clause(ruleset, Subject::Fact(*fact), test)))
}

/// A condition of a rule as one clause; "always" for one without tests.
pub fn condition(ruleset: &Ruleset, condition: &Condition) -> String {
    match condition.tests.is_empty() {
        true => "always".to_owned(),
        false => joined(condition.tests.iter().map(|test| clause(ruleset, test.subject, &test.test))),
    }
}

/// A text that begins with a capital.
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
