//! Status, confidence, conditions and values in words.

use serde_json::{Map, Value as Json};

use crate::decision::{Confidence, Status};

/// What a status means, for someone who has not read the manual.
pub fn status(status: Status) -> &'static str {
    match status {
        Status::Decided => "decided: whatever is not known makes no difference",
        Status::Presumed => "presumed: decided by what is typical; the questions below make sure",
        Status::Open => "open: more than one answer is still possible; the questions below settle it",
        Status::Unmatched => "unmatched: no rule says who owns it; `whoowns rules check` shows the hole",
    }
}

/// A confidence in words.
pub fn confidence(confidence: Confidence) -> &'static str {
    match confidence {
        Confidence::High => "high confidence",
        Confidence::Medium => "medium confidence",
        Confidence::Low => "low confidence",
        Confidence::None => "no answer yet",
    }
}

/// The letter of RACI in words.
pub fn raci(letters: &str) -> &'static str {
    match letters {
        "AR" => "accountable and responsible",
        "A" => "accountable",
        "R" => "responsible",
        "C" => "consulted",
        _ => "informed",
    }
}

/// A condition in words: `ld_team is yes and headcount is below 500`.
pub fn condition(condition: &Map<String, Json>) -> String {
    if condition.is_empty() {
        return "in any case".to_owned();
    }
    let tests = condition.iter().map(|(fact, test)| self::test(fact, test));
    tests.collect::<Vec<_>>().join(" and ")
}

/// Conditions, any of which may hold.
pub fn conditions(conditions: &[Map<String, Json>]) -> String {
    conditions.iter().map(condition).collect::<Vec<_>>().join("; or if ")
}

/// One test in words: `headcount is at least 2,000`.
pub fn test(fact: &str, test: &Json) -> String {
    match test {
        Json::Array(items) => {
            let texts: Vec<&str> = items.iter().filter_map(Json::as_str).collect();
            let excluded: Option<Vec<&str>> = texts.iter().map(|text| text.strip_prefix('!')).collect();
            match excluded {
                Some(names) if !names.is_empty() && names.len() == items.len() => {
                    format!("{fact} is neither {}", names.join(" nor "))
                }
                _ => format!("{fact} is {}", items.iter().map(value).collect::<Vec<_>>().join(" or ")),
            }
        }
        Json::String(text) => match text.strip_prefix("!=").or_else(|| text.strip_prefix('!')) {
            Some(name) => format!("{fact} is not {}", name.trim()),
            None => format!("{fact} is {}", value(test)),
        },
        other => format!("{fact} is {}", value(other)),
    }
}

/// A value or a test of a number in words: `yes`, `below 500`, `500 to 1,000`.
pub fn value(value: &Json) -> String {
    match value {
        Json::Bool(flag) => if *flag { "yes" } else { "no" }.to_owned(),
        Json::Number(number) => number.as_u64().map_or_else(|| number.to_string(), thousands),
        Json::String(text) => number_test(text).unwrap_or_else(|| text.clone()),
        Json::Array(items) => items.iter().map(self::value).collect::<Vec<_>>().join(", "),
        Json::Null | Json::Object(_) => value.to_string(),
    }
}

fn number_test(text: &str) -> Option<String> {
    let number = |text: &str| text.trim().parse().ok().map(thousands);
    for (sign, words) in [("<=", "at most"), (">=", "at least"), ("<", "below"), (">", "above")] {
        if let Some(rest) = text.strip_prefix(sign) {
            return number(rest).map(|number| format!("{words} {number}"));
        }
    }
    let (first, last) = text.split_once("..=")?;
    Some(format!("{} to {}", number(first)?, number(last)?))
}

/// A number with commas between thousands.
pub fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn tests_read_as_sentences() {
        for (written, words) in [
            (json!(true), "f is yes"),
            (json!(500), "f is 500"),
            (json!("< 500"), "f is below 500"),
            (json!(">= 2000"), "f is at least 2,000"),
            (json!("500..=1000"), "f is 500 to 1,000"),
            (json!("!joint"), "f is not joint"),
            (json!("!= 7"), "f is not 7"),
            (json!(["a", "b"]), "f is a or b"),
            (json!(["!a", "!b"]), "f is neither a nor b"),
            (json!([1, "7..=10"]), "f is 1 or 7 to 10"),
        ] {
            assert_eq!(test("f", &written), words);
        }
    }
}
