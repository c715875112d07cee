//! What was meant by a value that is nearly right: `"500-1000"`, `"≥ 500"`, `"<500 employees"`, `"yes"`.

use super::numbers::{self, LOWEST, MINUS, Stretch};
use crate::space::NO_END;

/// The test of a whole number that was meant, as a rule writes it.
pub fn number_test(written: &str) -> Option<String> {
    let folded = written
        .to_lowercase()
        .replace(['≥', '≧', '⩾'], ">=")
        .replace(['≤', '≦', '⩽'], "<=")
        .replace('≠', "!=")
        .replace(MINUS, "-");
    let text = folded.trim();
    let parts: Vec<&str> = match text.strip_prefix("between ") {
        Some(rest) => return band(rest.split_once(" and ")?),
        None => [" and ", " but ", "&"]
            .iter()
            .find_map(|word| text.split_once(word))
            .map_or_else(|| vec![text], |(first, second)| vec![first, second]),
    };
    let [only] = parts.as_slice() else {
        let (first, second) = (comparison(parts.first()?)?, comparison(parts.get(1)?)?);
        let both = Stretch { first: first.first.max(second.first), last: first.last.min(second.last) };
        let is_band = both.first > LOWEST && both.last < NO_END && both.first <= both.last;
        return is_band.then(|| format!("{}..={}", both.first, both.last));
    };
    const BETWEEN: [&str; 7] = [" to ", "..=", "...", "..", "\u{2013}", "\u{2014}", "-"];
    // What joins two numbers stands after a digit; a sign before all digits is a minus.
    let after = only.find(|letter: char| letter.is_ascii_digit()).unwrap_or(0);
    let between = |sign: &&str| only[after..].find(*sign).map(|at| (after + at, after + at + sign.len()));
    let split = BETWEEN.iter().find_map(between).map(|(end, start)| (&only[..end], &only[start..]));
    match split.filter(|(low, _)| !low.trim().is_empty()) {
        Some(ends) => band(ends),
        None => one_sided(only),
    }
}

/// Two ends of which both belong to it.
fn band((low, high): (&str, &str)) -> Option<String> {
    let (low, high) = (number(low)?, number(high)?);
    (low <= high).then(|| format!("{low}..={high}"))
}

/// A comparison with one number, in its shortest form.
fn one_sided(text: &str) -> Option<String> {
    let (sign, rest) = sign(text)?;
    let number = number(rest)?;
    Some(if sign == "=" { number.to_string() } else { format!("{sign} {number}") })
}

/// The numbers that pass a comparison.
fn comparison(text: &str) -> Option<Stretch> {
    match numbers::parse(&one_sided(text)?, LOWEST).ok()?.as_slice() {
        [stretch] => Some(*stretch),
        _ => None,
    }
}

/// The sign of a comparison however it is written, and what follows it.
fn sign(text: &str) -> Option<(&'static str, &str)> {
    const SIGNS: [(&str, &str); 28] = [
        ("greater than or equal to", ">="),
        ("less than or equal to", "<="),
        ("greater or equal", ">="),
        ("less or equal", "<="),
        ("greater than", ">"),
        ("more than", ">"),
        ("fewer than", "<"),
        ("less than", "<"),
        ("larger than", ">"),
        ("smaller than", "<"),
        ("at least", ">="),
        ("at most", "<="),
        ("up to", "<="),
        ("not", "!="),
        ("from", ">="),
        ("over", ">"),
        ("above", ">"),
        ("under", "<"),
        ("below", "<"),
        (">=", ">="),
        ("=>", ">="),
        ("<=", "<="),
        ("=<", "<="),
        ("<>", "!="),
        ("!=", "!="),
        ("==", "="),
        (">", ">"),
        ("<", "<"),
    ];
    let text = text.trim();
    if let Some((sign, rest)) =
        SIGNS.iter().find_map(|(spelling, sign)| Some((*sign, text.strip_prefix(spelling)?)))
    {
        return Some((sign, rest));
    }
    for (ending, sign) in
        [("or more", ">="), ("and more", ">="), ("or less", "<="), ("or fewer", "<="), ("+", ">=")]
    {
        if let Some(rest) = text.strip_suffix(ending) {
            return Some((sign, rest));
        }
    }
    Some(("=", text.strip_prefix('=').unwrap_or(text)))
}

/// A whole number with separators between thousands, and perhaps a word after it for what is counted.
fn number(text: &str) -> Option<i128> {
    let text = text.trim();
    let (text, sign) = text.strip_prefix('-').map_or((text, 1), |text| (text, -1));
    let digits = text.find(|letter: char| letter.is_alphabetic()).map_or(text, |word| &text[..word]).trim();
    let unit = text[digits.len()..].trim();
    // "5k" or "3 of 4" is no number with a unit.
    if unit.chars().any(|letter| !letter.is_alphabetic() && letter != ' ') || (1..3).contains(&unit.len()) {
        return None;
    }
    let digits = digits.strip_suffix(".0").unwrap_or(digits);
    let compact: String = digits.chars().filter(|letter| !matches!(letter, ' ' | ',' | '_' | '\'')).collect();
    let is_number = !compact.is_empty() && compact.bytes().all(|byte| byte.is_ascii_digit());
    let number = is_number.then(|| compact.parse::<i128>().ok()).flatten()?;
    (number < NO_END - 2).then_some(sign * number)
}

/// The yes or no that was meant.
pub fn flag(written: &str) -> Option<bool> {
    match written.trim().to_lowercase().as_str() {
        "true" | "yes" | "y" | "1" => Some(true),
        "false" | "no" | "n" | "0" => Some(false),
        _ => None,
    }
}

/// The names that were meant, each by its id, by what it is called, or by either in other letters: one, or several
/// joined by "or" or commas. `names` are pairs of an id and what it is called.
pub fn named<'a>(written: &str, names: &[(&'a str, &'a str)]) -> Option<Vec<&'a str>> {
    if let Some(only) = one_named(written, names) {
        return Some(vec![only]);
    }
    let separated = written.replace(" or ", ",").replace(['|', ';', '/'], ",");
    let parts: Vec<&str> = separated.split(',').map(str::trim).filter(|part| !part.is_empty()).collect();
    let meant: Option<Vec<&str>> = parts.iter().map(|part| one_named(part, names)).collect();
    meant.filter(|meant| meant.len() > 1)
}

/// The one name that was meant, if there is only one that it can be.
fn one_named<'a>(written: &str, names: &[(&'a str, &'a str)]) -> Option<&'a str> {
    let fold = |text: &str| text.trim().to_lowercase().replace(['_', '-', ' '], "");
    let written = fold(written);
    let by_id: Vec<&str> = names.iter().filter(|(id, _)| fold(id) == written).map(|(id, _)| *id).collect();
    let by_title = || names.iter().filter(|(_, title)| fold(title) == written).map(|(id, _)| *id).collect();
    let found: Vec<&str> = if by_id.is_empty() { by_title() } else { by_id };
    match found.as_slice() {
        [only] => Some(only),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_nearly_a_test_of_a_number_is_understood() {
        for (written, meant) in [
            ("500-1000", "500..=1000"),
            ("500 – 1,000", "500..=1000"),
            ("500 to 1000 employees", "500..=1000"),
            ("between 51 and 200", "51..=200"),
            (">500 and <1000", "501..=999"),
            (">= 500 and <= 1000", "500..=1000"),
            ("≥ 500", ">= 500"),
            ("≤500", "<= 500"),
            ("≠ 7", "!= 7"),
            ("<500 employees", "< 500"),
            ("=> 500", ">= 500"),
            ("== 500", "500"),
            ("500+", ">= 500"),
            ("500 or more", ">= 500"),
            ("more than 200", "> 200"),
            ("under 10 people", "< 10"),
            ("500.0", "500"),
            ("500...1000", "500..=1000"),
            ("1'200", "1200"),
            ("up to 10", "<= 10"),
            ("−5", "-5"),
            ("≥ -5", ">= -5"),
            ("-10 to 10", "-10..=10"),
            ("-10 - -5", "-10..=-5"),
            ("between -5 and 5", "-5..=5"),
            (">= -5 and < 5", "-5..=4"),
        ] {
            assert_eq!(number_test(written).as_deref(), Some(meant), "{written}");
            assert!(numbers::parse(meant, LOWEST).is_ok(), "{meant}");
        }
        for written in [
            "",
            "many",
            "5k",
            "1-5-9",
            "1000-500",
            "<500 and >1000",
            "about 300",
            "--5",
            "3 of 4",
            "1.5",
            "-",
        ] {
            assert_eq!(number_test(written), None, "{written}");
        }
    }

    #[test]
    fn names_are_known_by_what_they_are_called() {
        let names = [
            ("small", "small"),
            ("mid", "mid-sized"),
            ("hr-head", "Head of HR"),
            ("a", "Same"),
            ("b", "Same"),
        ];
        for (written, meant) in [
            ("Small", vec!["small"]),
            ("Mid-Sized", vec!["mid"]),
            ("head of HR", vec!["hr-head"]),
            ("small or mid", vec!["small", "mid"]),
            ("small, mid-sized", vec!["small", "mid"]),
        ] {
            assert_eq!(named(written, &names), Some(meant), "{written}");
        }
        for written in ["Same", "huge", "small or huge", ""] {
            assert_eq!(named(written, &names), None, "{written}");
        }
    }
}
