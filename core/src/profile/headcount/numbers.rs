//! One number as people write it: digits in groups, decimals, and a unit such as `K`.

use super::refusal::{Refusal, shown};
use crate::profile::vocabulary::VOCABULARY;
use crate::space::NO_END;

/// Which sign stands before the decimals, where it is known of a whole list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum DecimalStyle {
    /// Not known: `1.200` may be 1,200 or 1.2.
    #[default]
    Unknown,
    /// A comma stands before decimals, so that `1.200` is 1,200.
    Comma,
    /// A point stands before decimals, so that `1.200` is 1.2.
    Point,
}

/// A number in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Number<'a> {
    /// The number as it stands in the text, unit included.
    pub(super) written: &'a str,
    /// What it counts, unit included; the next whole number where it is not whole, thousands where it may be either.
    pub(super) value: i128,
    /// The whole part before its unit, where it has one: 5 in `5.5K`.
    pub(super) before_unit: Option<i128>,
    pub(super) decimals: Decimals,
}

/// What stands after a number's point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Decimals {
    /// Nothing that makes it other than whole.
    None,
    /// A part of one, in one or two decimals.
    Part,
    /// Three digits: thousands, or a fraction, which is this number where it is whole.
    Doubtful { fraction: Option<i128> },
}

impl Number<'_> {
    /// The same below zero.
    pub(super) fn negative(self) -> Self {
        let decimals = match self.decimals {
            Decimals::Doubtful { fraction } => Decimals::Doubtful { fraction: fraction.map(|part| -part) },
            other => other,
        };
        Number { value: -self.value, before_unit: self.before_unit.map(|whole| -whole), decimals, ..self }
    }
}

/// The value of a text of ASCII digits alone, if it fits.
pub(super) fn plain(text: &str) -> Option<i128> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if digits { text.parse().ok().filter(|number| *number <= NO_END) } else { None }
}

/// Reads the number at the start of `text`, which begins with a digit: the number and the text after it.
pub(super) fn leading(text: &str, style: DecimalStyle) -> Result<(Number<'_>, &str), Refusal> {
    let (digits, after_digits) = Digits::leading(text);
    let written_digits = &text[..text.len() - after_digits.len()];
    let shape = digits.shape(style).ok_or_else(|| Refusal::Grouping(shown(written_digits)))?;
    let (unit, rest) = match exponent(after_digits) {
        Some((unit, rest)) => (Unit { size: unit, shared: false }, rest),
        None => unit(after_digits),
    };
    let written = text[..text.len() - rest.len()].trim_end();
    let too_large = || Refusal::TooLarge(shown(written));
    let fits = |number: i128| (number <= NO_END).then_some(number);
    let number = |digits: &str| digits.parse().ok().and_then(fits).ok_or_else(too_large);
    let times = |count: i128| count.checked_mul(unit.size).and_then(fits).ok_or_else(too_large);
    let whole = number(&shape.whole)?;
    let before_unit = unit.shared.then_some(whole);
    let value = times(whole)?;
    let (value, decimals) = match Fraction::of(shape.decimals, unit.size) {
        _ if shape.doubtful => {
            let thousands = times(number(&format!("{}{}", shape.whole, shape.decimals))?)?;
            let fraction = match Fraction::of(shape.decimals, unit.size) {
                Fraction::Whole(part) => fits(value + part),
                Fraction::Part | Fraction::TooFine => None,
            };
            (thousands, Decimals::Doubtful { fraction })
        }
        Fraction::Whole(part) => (fits(value + part).ok_or_else(too_large)?, Decimals::None),
        Fraction::Part => (fits(value + 1).ok_or_else(too_large)?, Decimals::Part),
        Fraction::TooFine => return Err(Refusal::Fraction(shown(written))),
    };
    Ok((Number { written, value, before_unit, decimals }, rest))
}

/// Digits in groups, and what stands between the groups.
pub(super) struct Digits<'a> {
    groups: Vec<&'a str>,
    separators: Vec<char>,
}

/// What the points between digits say of how points are used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PointUse {
    /// Nothing.
    Nothing,
    /// They stand between thousands.
    Thousands,
    /// They may stand between thousands or before decimals.
    Doubtful,
    /// They stand before decimals.
    Decimals,
}

/// Digits, once it is clear what their separators mean.
struct Shape<'a> {
    whole: String,
    decimals: &'a str,
    /// Whether the decimals may be a group of thousands.
    doubtful: bool,
}

impl<'a> Digits<'a> {
    /// The groups at the start of a text, and the text after them.
    ///
    /// A space also stands between two numbers, so it joins only what can be thousands.
    pub(super) fn leading(text: &'a str) -> (Digits<'a>, &'a str) {
        let (first, mut rest) = split_digits(text);
        let mut digits = Digits { groups: vec![first], separators: Vec::new() };
        while let Some(separator) = rest.chars().next().filter(|letter| is_separator(*letter)) {
            let (group, after) = split_digits(&rest[separator.len_utf8()..]);
            let apart = separator.is_whitespace() && !digits.goes_on(separator, group);
            if group.is_empty() || apart {
                break;
            }
            digits.groups.push(group);
            digits.separators.push(separator);
            rest = after;
        }
        (digits, rest)
    }

    fn goes_on(&self, separator: char, group: &str) -> bool {
        let first = self.groups.first().map_or("", |first| first);
        let alike = self.separators.iter().all(|earlier| *earlier == separator);
        alike && group.len() == 3 && first.len() <= 3 && !first.starts_with('0')
    }

    /// What its points say of how points are used.
    pub(super) fn points(&self) -> PointUse {
        let Some((last, earlier)) = self.separators.split_last() else { return PointUse::Nothing };
        let (before, grouped) = (&self.groups[..self.groups.len() - 1], is_grouping(&self.groups, '.'));
        match (last, earlier.first()) {
            ('.', None) if grouped => PointUse::Doubtful,
            ('.', None) => PointUse::Decimals,
            ('.', Some('.')) if grouped => PointUse::Thousands,
            ('.', Some(first)) if *first != '.' && is_grouping(before, *first) => PointUse::Decimals,
            (',', Some('.')) if is_grouping(before, '.') || before.len() == 1 => PointUse::Thousands,
            _ => PointUse::Nothing,
        }
    }

    /// What the separators mean, if they mean anything.
    fn shape(&self, style: DecimalStyle) -> Option<Shape<'a>> {
        let whole = |groups: &[&str]| Shape { whole: groups.concat(), decimals: "", doubtful: false };
        let Some((last, earlier)) = self.separators.split_last() else { return Some(whole(&self.groups)) };
        let (decimals, before) = self.groups.split_last()?;
        let fraction = |doubtful| Shape { whole: before.concat(), decimals, doubtful };
        let is_point = matches!(last, '.' | ',');
        match earlier.first() {
            // One separator of all: thousands, or a point.
            None => {
                let thousands = is_grouping(&self.groups, *last);
                match (last, style) {
                    ('.', DecimalStyle::Point) => Some(fraction(false)),
                    ('.', DecimalStyle::Unknown) => Some(fraction(thousands)),
                    (',', DecimalStyle::Comma) if !thousands && decimals.len() <= 2 => Some(fraction(false)),
                    _ if thousands => Some(whole(&self.groups)),
                    ('.', DecimalStyle::Comma) => Some(fraction(false)),
                    _ => None,
                }
            }
            Some(first) if earlier.iter().any(|separator| separator != first) => None,
            Some(first) if first == last => is_grouping(&self.groups, *last).then(|| whole(&self.groups)),
            // Another sign after groups can only be a point; three digits after it may be one group more.
            Some(first) => {
                let grouped = is_point && is_grouping(before, *first);
                grouped.then(|| fraction(decimals.len() == 3))
            }
        }
    }
}

/// Whether the groups are thousands, or (with commas) the Indian lakh and crore.
fn is_grouping(groups: &[&str], separator: char) -> bool {
    let [first, middle @ .., last] = groups else { return false };
    let of = |size: usize| middle.iter().all(|group| group.len() == size);
    let fits = last.len() == 3 && !first.starts_with('0');
    fits && ((first.len() <= 3 && of(3)) || (separator == ',' && first.len() <= 2 && of(2)))
}

/// What decimals are of a unit.
enum Fraction {
    /// Whole ones: 200 for the `2` of `1.2K`.
    Whole(i128),
    /// A part of one.
    Part,
    /// A part of one, in more decimals than anybody counts in.
    TooFine,
}

impl Fraction {
    fn of(decimals: &str, unit: i128) -> Fraction {
        let decimals = decimals.trim_end_matches('0');
        if decimals.is_empty() {
            return Fraction::Whole(0);
        }
        let whole = || -> Option<i128> {
            let scale = 10_i128.checked_pow(u32::try_from(decimals.len()).ok()?)?;
            let part = decimals.parse::<i128>().ok()?.checked_mul(unit)?;
            (part % scale == 0).then_some(part / scale)
        };
        match whole() {
            Some(part) => Fraction::Whole(part),
            None if unit == 1 && decimals.len() <= 2 => Fraction::Part,
            None => Fraction::TooFine,
        }
    }
}

/// What a number counts.
struct Unit {
    size: i128,
    /// Whether the other end of a band may share it.
    shared: bool,
}

/// The power of ten at the start of a text, as calculators write it, and the text after it: `e3`, `E+03`.
fn exponent(text: &str) -> Option<(i128, &str)> {
    let power = text.strip_prefix(['e', 'E'])?;
    let power = power.strip_prefix('+').unwrap_or(power);
    let (digits, rest) = split_digits(power);
    if rest.starts_with(|letter: char| letter.is_alphanumeric()) {
        return None;
    }
    Some((10_i128.checked_pow(digits.parse().ok()?)?, rest))
}

/// The unit at the start of a text, attached or after spaces, and the text after it.
fn unit(text: &str) -> (Unit, &str) {
    let next = text.trim_start();
    let found = VOCABULARY.longest(next).and_then(|(meanings, length)| Some((meanings.unit?, length)));
    match found {
        Some((size, length)) if !next[length..].starts_with(|letter: char| letter.is_ascii_digit()) => {
            let rest = &next[length..];
            // An abbreviated unit ends with a period: `2 Mio. Mitarbeiter`.
            let rest = if length > 1 { rest.strip_prefix('.').unwrap_or(rest) } else { rest };
            (Unit { size, shared: true }, rest)
        }
        _ => (Unit { size: 1, shared: false }, text),
    }
}

/// How many the unit at the start of a text stands for; 1 without one.
pub(super) fn unit_size(text: &str) -> i128 {
    exponent(text).map_or_else(|| unit(text).0.size, |(size, _)| size)
}

fn split_digits(text: &str) -> (&str, &str) {
    let end = text.bytes().position(|byte| !byte.is_ascii_digit()).unwrap_or(text.len());
    text.split_at(end)
}

/// Spaces (plain, no-break, narrow no-break, thin, figure), apostrophes, comma, point, underscore.
fn is_separator(letter: char) -> bool {
    matches!(
        letter,
        ',' | '.' | '\'' | '\u{2019}' | '_' | ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' | '\u{2007}'
    )
}
