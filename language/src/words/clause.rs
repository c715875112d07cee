//! One test of a fact, a role or a value as a clause.

use super::join::listed;
use super::number::numbers;
use crate::ruleset::{Clauses, Fact, Ruleset, Subject, Test, Value};

/// A value alone, as in a table: "300", "yes", a label.
pub fn value(fact: &Fact, value: Value) -> String {
    match value {
        Value::Number(number) => super::thousands(number),
        Value::Named(at) => fact.label(at).to_owned(),
    }
}

/// What passes a test, alone, as in a table: "fewer than 500", "no", "together".
pub fn value_of(fact: &Fact, test: &Test) -> String {
    match test {
        Test::Numbers(stretches) => numbers(fact, stretches),
        Test::Named(accepted) => {
            let labels: Vec<&str> = (0..fact.values.len()).map(|at| fact.label(at as u32)).collect();
            names(&labels, accepted)
        }
    }
}

/// A test as a clause: "it has fewer than 500 employees", "there is no L&D team", "the owner is Head of HR".
pub fn clause(ruleset: &Ruleset, subject: Subject, test: &Test) -> String {
    let role = |name: &str| match test {
        Test::Named(accepted) => {
            let titles: Vec<&str> = ruleset.roles().iter().map(|role| role.title.as_str()).collect();
            clause_of_role(name, &titles, accepted)
        }
        Test::Numbers(_) => String::new(),
    };
    match subject {
        Subject::Fact(fact) => clause_of(ruleset.fact(fact), test),
        Subject::Owner => role("owner"),
        Subject::Contact => role("contact"),
    }
}

/// A test of who is the owner or the contact, by the titles of the roles: "the owner is Head of HR".
pub fn clause_of_role(name: &str, titles: &[&str], accepted: &[bool]) -> String {
    format!("the {name} is {}", names(titles, accepted))
}

/// A fact by its title, with the name that profiles and options give it by where that is another: "L&D team (`ld_team`)".
pub fn named(fact: &Fact) -> String {
    let title = fact.title();
    match title == fact.name {
        true => title.to_owned(),
        false => format!("{title} (`{}`)", fact.name),
    }
}

/// A test of a fact as a clause; nothing for one that every value passes.
pub fn clause_of(fact: &Fact, test: &Test) -> String {
    match (test, fact.words.clauses()) {
        (Test::Numbers(stretches), Clauses::Say(clause)) => {
            let said = numbers(fact, stretches);
            clause.say(&said, said == "1")
        }
        (Test::Named(accepted), Clauses::YesNo { yes, no }) => match accepted.as_slice() {
            [false, true] => yes.clone(),
            [true, false] => no.clone(),
            _ => String::new(),
        },
        (Test::Named(accepted), Clauses::Say(clause)) => {
            let labels: Vec<&str> = (0..fact.values.len()).map(|at| fact.label(at as u32)).collect();
            clause.say(&names(&labels, accepted), false)
        }
        (Test::Numbers(_), Clauses::YesNo { .. }) => String::new(),
    }
}

/// A value of a fact as a clause: "it has 300 employees".
pub fn clause_of_value(fact: &Fact, value: Value) -> String {
    clause_of(fact, &fact.test_of(value))
}

/// The text of a fact as a clause.
pub fn clause_of_text(fact: &Fact, text: &str) -> String {
    match fact.words.clauses() {
        Clauses::Say(clause) => clause.say(text, false),
        Clauses::YesNo { .. } => format!("{}: {text}", fact.title()),
    }
}

/// Numbers with what they count, as far as the fact's clause says: "up to 1,999 employees".
pub fn number_with_unit(fact: &Fact, number: &str) -> String {
    match fact.words.clauses() {
        Clauses::Say(clause) => {
            clause.counted(number, number == "1").unwrap_or_else(|| format!("{} {number}", fact.title()))
        }
        Clauses::YesNo { .. } => format!("{} {number}", fact.title()),
    }
}

/// The names that pass, or those that do not where they are fewer.
fn names(names: &[&str], accepted: &[bool]) -> String {
    let of = |passing: bool| {
        let own = names.iter().zip(accepted).filter(|(_, accepts)| **accepts == passing);
        own.map(|(name, _)| (*name).to_owned()).collect::<Vec<_>>()
    };
    let (passing, failing) = (of(true), of(false));
    match failing.len() < passing.len() && !failing.is_empty() {
        true => format!("anything but {}", listed(&failing, "or")),
        false => listed(&passing, "or"),
    }
}
