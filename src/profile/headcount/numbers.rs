//! One number as people write it: digits in groups, decimals, and a unit such as `K`.

use super::refusal::{Refusal, shown};

/// Units after a number, and what they count. Case does not count.
const UNITS: [(&str, u64); 8] = [
    ("k", 1_000),
    ("m", 1_000_000),
    ("thousand", 1_000),
    ("lakh", 100_000),
    ("lakhs", 100_000),
    ("million", 1_000_000),
    ("crore", 10_000_000),
    ("crores", 10_000_000),
];

/// A number in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Number {
    /// What it counts, unit included.
    pub(super) value: u64,
    /// The whole part before its unit, where it has one: 5 in `5.5K`.
    pub(super) before_unit: Option<u64>,
}

/// The value of a text of ASCII digits alone, if it fits.
pub(super) fn plain(text: &str) -> Option<u64> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if digits { text.parse().ok() } else { None }
}

/// Reads the number at the start of `text`, which begins with a digit: the number and the text after it.
pub(super) fn leading(text: &str) -> Result<(Number, &str), Refusal> {
    let (digits, after_digits) = grouped(text)?;
    let (whole, decimals, rest) = pointed(digits, text, after_digits)?;
    let written = text[..text.len() - rest.len()].trim_end();
    let too_large = || Refusal::TooLarge(shown(written));
    let whole: u64 = whole.parse().map_err(|_| too_large())?;
    let (unit, after_unit) = unit(rest);
    let written = text[..text.len() - after_unit.len()].trim_end();
    // After one point, three digits may be a group of thousands.
    if decimals.len() == 3 && whole > 0 {
        return Err(Refusal::AmbiguousPoint(shown(written)));
    }
    let of = unit.unwrap_or(1);
    let value = whole.checked_mul(of).ok_or_else(too_large)?;
    let part = fraction_of(decimals, of).ok_or_else(|| Refusal::Fraction(shown(written)))?;
    let value = value.checked_add(part).ok_or_else(too_large)?;
    Ok((Number { value, before_unit: unit.map(|_| whole) }, after_unit))
}

/// The decimals' part of a unit, if it is a whole number.
fn fraction_of(decimals: &str, unit: u64) -> Option<u64> {
    let decimals = decimals.trim_end_matches('0');
    if decimals.is_empty() {
        return Some(0);
    }
    let scale = 10_u64.checked_pow(u32::try_from(decimals.len()).ok()?)?;
    let part = decimals.parse::<u64>().ok()?.checked_mul(unit)?;
    part.is_multiple_of(scale).then_some(part / scale)
}

/// Digits with their separators taken out, and the text after them.
fn grouped(text: &str) -> Result<(String, &str), Refusal> {
    let (first, mut rest) = split_digits(text);
    let mut groups = vec![first];
    let separator = rest.chars().next().filter(|letter| is_separator(*letter));
    while let Some(next) = separator.and_then(|separator| rest.strip_prefix(separator)) {
        let (group, after) = split_digits(next);
        if group.is_empty() {
            break;
        }
        groups.push(group);
        rest = after;
    }
    if groups.len() == 1 || is_grouping(&groups, separator) {
        return Ok((groups.concat(), rest));
    }
    // A space also stands between two numbers, which then is for the patterns to judge.
    if separator.is_some_and(char::is_whitespace) {
        return Ok((first.to_owned(), &text[first.len()..]));
    }
    Err(Refusal::Grouping(shown(&text[..text.len() - rest.len()])))
}

/// Whether the groups are thousands, or (with commas) the Indian lakh and crore.
fn is_grouping(groups: &[&str], separator: Option<char>) -> bool {
    let [first, middle @ .., last] = groups else { return false };
    let of = |size: usize| middle.iter().all(|group| group.len() == size);
    let fits = last.len() == 3 && !first.starts_with('0');
    fits && ((first.len() <= 3 && of(3)) || (separator == Some(',') && first.len() <= 2 && of(2)))
}

/// The digits before and after the point, and the text after them. Several points are groups of thousands.
fn pointed<'a>(digits: String, text: &str, mut rest: &'a str) -> Result<(String, &'a str, &'a str), Refusal> {
    let whole_length = text.len() - rest.len();
    let mut groups = Vec::new();
    while let Some(next) = rest.strip_prefix('.') {
        let (group, after) = split_digits(next);
        if group.is_empty() {
            break;
        }
        groups.push(group);
        rest = after;
    }
    match groups.as_slice() {
        [] => Ok((digits, "", rest)),
        [decimals] => Ok((digits, decimals, rest)),
        several => {
            let mut all = vec![digits.as_str()];
            all.extend_from_slice(several);
            // Points cannot group what other separators group already.
            if digits.len() == whole_length && is_grouping(&all, Some('.')) {
                return Ok((all.concat(), "", rest));
            }
            Err(Refusal::Grouping(shown(&text[..text.len() - rest.len()])))
        }
    }
}

/// The unit at the start of a text, attached or after spaces, and the text after it.
fn unit(text: &str) -> (Option<u64>, &str) {
    let next = text.trim_start();
    let end = next.find(|letter: char| !letter.is_alphanumeric()).unwrap_or(next.len());
    let (word, after) = next.split_at(end);
    match UNITS.iter().find(|(name, _)| name.eq_ignore_ascii_case(word)) {
        Some((_, size)) => (Some(*size), after),
        None => (None, text),
    }
}

fn split_digits(text: &str) -> (&str, &str) {
    let end = text.bytes().position(|byte| !byte.is_ascii_digit()).unwrap_or(text.len());
    text.split_at(end)
}

/// Spaces (plain, no-break, narrow no-break, thin, figure), apostrophes, comma, underscore.
fn is_separator(letter: char) -> bool {
    matches!(letter, ',' | '\'' | '\u{2019}' | '_' | ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' | '\u{2007}')
}
