//! One test of one fact, read from the rule grammar by hand and without the library's help.

use serde_json::Value;

use super::ruleset::{Fact, Kind};

/// A whole number as written in one elementary test, with both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Elementary {
    Within(Option<i64>, Option<i64>),
    AnyBut(i64),
}

/// What one key of a `when` asks of its fact. Booleans and choices are numbered: `false` is 0, `true` is 1, a
/// choice is its place in `values`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Test {
    Number(Vec<Elementary>),
    OneOf(Vec<i64>),
    NoneOf(Vec<i64>),
}

impl Elementary {
    fn holds(self, number: i64) -> bool {
        match self {
            Self::Within(low, high) => low.is_none_or(|l| l <= number) && high.is_none_or(|h| number <= h),
            Self::AnyBut(one) => number != one,
        }
    }

    /// The numbers at which a piece begins because of this test.
    pub fn cuts(self) -> Vec<i64> {
        match self {
            Self::Within(low, high) => low.into_iter().chain(high.map(|h| h + 1)).collect(),
            Self::AnyBut(one) => vec![one, one + 1],
        }
    }
}

impl Test {
    /// What has no value fails every test, negated ones too.
    pub fn holds(&self, value: Option<i64>) -> bool {
        let Some(value) = value else { return false };
        match self {
            Self::Number(any) => any.iter().any(|one| one.holds(value)),
            Self::OneOf(values) => values.contains(&value),
            Self::NoneOf(values) => !values.contains(&value),
        }
    }

    pub fn cuts(&self) -> Vec<i64> {
        match self {
            Self::Number(any) => any.iter().flat_map(|one| one.cuts()).collect(),
            Self::OneOf(_) | Self::NoneOf(_) => vec![],
        }
    }

    /// Reads a test of this fact.
    pub fn read(fact: &Fact, written: &Value) -> Self {
        match fact.kind {
            Kind::Integer | Kind::Set => Self::Number(read_numbers(written)),
            Kind::Boolean => Self::OneOf(vec![i64::from(written.as_bool().expect("true or false"))]),
            Kind::Choice => read_choice(&fact.values, written),
            Kind::Text => panic!("`{}` is text and cannot be tested", fact.name),
        }
    }
}

fn read_choice(values: &[String], written: &Value) -> Test {
    let words: Vec<&str> = match written {
        Value::Array(list) => list.iter().map(|one| one.as_str().expect("a word")).collect(),
        one => vec![one.as_str().expect("a word")],
    };
    let number_of = |word: &str| {
        let place = values.iter().position(|v| v == word);
        place.unwrap_or_else(|| panic!("`{word}` is none of {values:?}")) as i64
    };
    let negated: Vec<i64> = words.iter().filter_map(|w| w.strip_prefix('!')).map(number_of).collect();
    if negated.is_empty() {
        Test::OneOf(words.into_iter().map(number_of).collect())
    } else {
        assert_eq!(negated.len(), words.len(), "both forms in one list");
        Test::NoneOf(negated)
    }
}

fn read_numbers(written: &Value) -> Vec<Elementary> {
    match written {
        Value::Array(list) => list.iter().flat_map(read_numbers).collect(),
        Value::Number(n) => {
            let n = n.as_i64().expect("a whole number");
            vec![Elementary::Within(Some(n), Some(n))]
        }
        Value::String(text) => vec![read_elementary(text)],
        other => panic!("no integer test: {other}"),
    }
}

/// Reads `"< 500"`, `"500..=1000"`, `"500.."`, `"!= 7"` and the like.
pub fn read_elementary(text: &str) -> Elementary {
    let text: String = text.chars().filter(|c| !c.is_whitespace() && *c != ',' && *c != '_').collect();
    let number = |digits: &str| -> i64 {
        digits.parse().unwrap_or_else(|_| panic!("`{digits}` in `{text}` is no whole number"))
    };
    let end = |digits: &str| if digits.is_empty() { None } else { Some(number(digits)) };
    if let Some(rest) = text.strip_prefix("!=") {
        Elementary::AnyBut(number(rest))
    } else if let Some(rest) = text.strip_prefix("<=") {
        Elementary::Within(None, Some(number(rest)))
    } else if let Some(rest) = text.strip_prefix(">=") {
        Elementary::Within(Some(number(rest)), None)
    } else if let Some(rest) = text.strip_prefix('<') {
        Elementary::Within(None, Some(number(rest) - 1))
    } else if let Some(rest) = text.strip_prefix('>') {
        Elementary::Within(Some(number(rest) + 1), None)
    } else if let Some((low, high)) = text.split_once("..=") {
        Elementary::Within(end(low), end(high))
    } else if let Some((low, high)) = text.split_once("..") {
        Elementary::Within(end(low), end(high).map(|h| h - 1))
    } else {
        Elementary::Within(Some(number(&text)), Some(number(&text)))
    }
}
