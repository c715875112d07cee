//! Names, values and tests as FEEL writes them, the expression language of DMN.

use std::fmt::Write;

use crate::ruleset::{Fact, Kind, Role, Stretch, Test, Value};
use crate::space::NO_END;

/// Words that mean something else in FEEL.
const RESERVED: [&str; 27] = [
    "and",
    "between",
    "context",
    "date",
    "duration",
    "else",
    "every",
    "external",
    "false",
    "for",
    "function",
    "if",
    "in",
    "instance",
    "item",
    "list",
    "not",
    "null",
    "of",
    "or",
    "range",
    "return",
    "satisfies",
    "some",
    "then",
    "time",
    "true",
];

/// A name that FEEL reads as one name, and XML as an id: of any other letter it has `_`.
pub fn name(written: &str) -> String {
    let plain = |letter: char| if letter.is_ascii_alphanumeric() { letter } else { '_' };
    let mut name: String = written.chars().map(plain).collect();
    if name.starts_with(|first: char| first.is_ascii_digit()) || name.is_empty() {
        name.insert(0, '_');
    }
    if RESERVED.contains(&name.as_str()) {
        name.push('_');
    }
    name
}

/// A text in its quotes.
pub fn text(text: &str) -> String {
    let mut quoted = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' | '\\' => {
                quoted.push('\\');
                quoted.push(letter);
            }
            letter if letter.is_control() => {
                let _ = write!(quoted, "\\u{:04x}", letter as u32);
            }
            letter => quoted.push(letter),
        }
    }
    quoted + "\""
}

/// The type of a fact's values.
pub fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Integer | Kind::Set => "number",
        Kind::Boolean => "boolean",
        Kind::Choice | Kind::Text => "string",
    }
}

/// A value of a fact.
pub fn value(fact: &Fact, value: Value) -> String {
    match value {
        Value::Number(number) => number.to_string(),
        Value::Named(at) => {
            let name = fact.values.get(at as usize).map_or("", String::as_str);
            if fact.kind == Kind::Boolean { name.to_owned() } else { text(name) }
        }
    }
}

/// A test of a fact. It names what passes and never what fails, since what has no value passes nothing here, but would
/// pass a `not` in FEEL.
pub fn test(fact: &Fact, test: &Test) -> String {
    match test {
        Test::Numbers(stretches) => {
            stretches.iter().map(|stretch| numbers(*stretch, fact.beginning())).collect::<Vec<_>>().join(", ")
        }
        Test::Named(accepted) => {
            passing(accepted).map(|at| value(fact, Value::Named(at))).collect::<Vec<_>>().join(", ")
        }
    }
}

/// A test of who owns.
pub fn roles(roles: &[Role], test: &Test) -> String {
    let Test::Named(accepted) = test else { return "-".to_owned() };
    passing(accepted)
        .filter_map(|at| roles.get(at as usize))
        .map(|role| text(&role.id))
        .collect::<Vec<_>>()
        .join(", ")
}

fn passing(accepted: &[bool]) -> impl Iterator<Item = u32> {
    (0_u32..).zip(accepted).filter(|(_, passes)| **passes).map(|(at, _)| at)
}

fn numbers(stretch: Stretch, beginning: i128) -> String {
    let Stretch { first, last } = stretch;
    match (first, last) {
        (_, NO_END) => format!(">= {first}"),
        _ if first <= beginning => format!("<= {last}"),
        _ if first == last => first.to_string(),
        _ => format!("[{first}..{last}]"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_names_and_texts_end_where_they_should() {
        assert_eq!(name("ld_team"), "ld_team");
        assert_eq!(name("ld-team"), "ld_team");
        assert_eq!(name("2nd"), "_2nd");
        assert_eq!(name("range"), "range_");
        assert_eq!(text("a\"b\\c\n"), "\"a\\\"b\\\\c\\u000a\"");
    }

    #[test]
    fn a_test_names_the_numbers_that_pass() {
        let stretch = |first, last| numbers(Stretch { first, last }, 0);
        assert_eq!(stretch(0, 499), "<= 499");
        assert_eq!(stretch(500, 1000), "[500..1000]");
        assert_eq!(stretch(500, NO_END), ">= 500");
        assert_eq!(stretch(7, 7), "7");
        let signed = |first, last| numbers(Stretch { first, last }, -1_000);
        assert_eq!(signed(-1_000, -1), "<= -1");
        assert_eq!(signed(0, 10), "[0..10]");
        assert_eq!(signed(-5, -5), "-5");
    }
}
