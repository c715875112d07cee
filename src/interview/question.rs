//! A question and the answers it offers.

use crate::ruleset::{Fact, FactId, Kind};
use crate::sentences;

/// A question of an interview.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// The fact it asks for.
    pub fact: FactId,
    /// The question as the ruleset words it.
    pub text: String,
    /// What there is to choose from; empty where any number is taken.
    pub choices: Vec<Choice>,
    /// How an answer can be written, where it is not chosen.
    pub form: &'static str,
}

/// An answer to choose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// What is shown.
    pub label: String,
    /// What it means, as a profile writes it.
    pub value: String,
}

impl Question {
    /// The question for a fact.
    pub fn new(fact: FactId, declared: &Fact) -> Question {
        let named = |label: &str, value: &str| Choice { label: label.to_owned(), value: value.to_owned() };
        Question {
            fact,
            text: sentences::question(declared),
            choices: match declared.kind {
                Kind::Boolean => vec![named("yes", "true"), named("no", "false")],
                Kind::Choice => {
                    let values = declared.values.iter().enumerate();
                    values.map(|(at, value)| named(declared.label(at as u32), value)).collect()
                }
                Kind::Integer | Kind::Set | Kind::Text => Vec::new(),
            },
            form: match declared.kind {
                Kind::Integer => "a number such as 300, a band such as 201-500, or about 300",
                Kind::Set => "names with commas between them, or how many there are",
                Kind::Boolean | Kind::Choice | Kind::Text => "",
            },
        }
    }
}
