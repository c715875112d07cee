//! What one organization gave, read from JSON: only the spellings that the generator writes.

use std::collections::BTreeMap;

use serde_json::Value;

use super::ruleset::{Kind, Ruleset};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Given {
    Exact(i64),
    /// A number known to lie between two ends, both included.
    Band(i64, Option<i64>),
    Text,
}

/// The facts given, by their place in the ruleset; what is absent is unknown.
#[derive(Debug, Clone)]
pub struct Profile {
    pub given: BTreeMap<usize, Given>,
}

impl Profile {
    /// Reads a profile; an error where a number lies outside its range.
    pub fn read(ruleset: &Ruleset, text: &str) -> Result<Self, String> {
        let written: Value = serde_json::from_str(text).expect("JSON");
        let mut given = BTreeMap::new();
        for (name, value) in written.as_object().expect("an object") {
            if let Some(known) = read_given(ruleset, ruleset.place(name), value)? {
                given.insert(ruleset.place(name), known);
            }
        }
        Ok(Self { given })
    }

    /// Whether anything is known of a fact, if only a band.
    pub fn is_given(&self, fact: usize) -> bool {
        self.given.contains_key(&fact)
    }

    pub fn is_exact(&self, fact: usize) -> bool {
        matches!(self.given.get(&fact), Some(Given::Exact(_)))
    }
}

fn read_given(ruleset: &Ruleset, place: usize, value: &Value) -> Result<Option<Given>, String> {
    let fact = &ruleset.facts[place];
    if value.is_null() || matches!(value.as_str(), Some("" | "unknown")) {
        return Ok(None);
    }
    let (low, high) = match (fact.kind, value) {
        (Kind::Text, _) => return Ok(Some(Given::Text)),
        (Kind::Boolean, _) => {
            return Ok(Some(Given::Exact(i64::from(value.as_bool().expect("true or false")))));
        }
        (Kind::Choice, _) => {
            let place = fact.values.iter().position(|v| Some(v.as_str()) == value.as_str());
            return Ok(Some(Given::Exact(place.expect("one of the values") as i64)));
        }
        (_, Value::Array(members)) if members.is_empty() => return Ok(None),
        (_, Value::Array(members)) => (members.len() as i64, Some(members.len() as i64)),
        (_, Value::String(text)) => read_band(text),
        (_, Value::Number(number)) => (number.as_i64().expect("whole"), number.as_i64()),
        (_, other) => panic!("`{}` cannot be {other}", fact.name),
    };
    let cut_low = low.max(fact.low);
    let cut_high = match (high, fact.high) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    };
    match cut_high {
        Some(high) if high < cut_low => Err(format!("`{}` lies outside its range", fact.name)),
        Some(high) if high == cut_low => Ok(Some(Given::Exact(high))),
        _ => Ok(Some(Given::Band(cut_low, cut_high))),
    }
}

/// Reads `7`, `3-9`, `-3--1`, `3+` and `up to 9`.
fn read_band(text: &str) -> (i64, Option<i64>) {
    let number = |digits: &str| -> i64 { digits.parse().unwrap_or_else(|_| panic!("no number in `{text}`")) };
    if let Some(high) = text.strip_prefix("up to ") {
        (i64::MIN, Some(number(high)))
    } else if let Some(low) = text.strip_suffix('+') {
        (number(low), None)
    } else if let Some(dash) = text.rfind(|letter: char| letter.is_ascii_digit()).and_then(|end| {
        let dash = |at: &usize| text.as_bytes()[*at] == b'-' && text.as_bytes()[at - 1].is_ascii_digit();
        (1..end).find(dash)
    }) {
        (number(&text[..dash]), Some(number(&text[dash + 1..])))
    } else {
        (number(text), Some(number(text)))
    }
}
