//! Tests of whole numbers: `500`, `"< 500"`, `"500..=1000"`, `"!= 7"`, `">= -10"`.

use crate::space::NO_END;

/// The whole numbers from `first` to `last`; [`NO_END`] as `last` means "without end".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Stretch {
    /// The smallest.
    pub first: i128,
    /// The largest.
    pub last: i128,
}

impl Stretch {
    /// Whether the number is one of them.
    pub fn holds(self, number: i128) -> bool {
        self.first <= number && number <= self.last
    }
}

/// Why a test of a whole number cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NumberTestError {
    /// It is none of the forms.
    #[error("`{0}` is no test of a whole number")]
    Unknown(String),
    /// The number does not fit.
    #[error("`{0}` is larger than any number here can be")]
    TooLarge(String),
    /// The number, which is below zero, does not fit.
    #[error("`{0}` is smaller than any number here can be")]
    TooSmall(String),
    /// It is below zero, and its fact is not.
    #[error("`{0}` is below zero, and whole numbers here begin at 0")]
    Negative(String),
    /// No number passes, as with `"10..5"`.
    #[error("no number passes `{0}`")]
    Impossible(String),
    /// A range that goes below zero without end.
    #[error("`{0}` does not say where the range begins")]
    Endless(String),
}

/// What is expected where a test of a whole number is wrong.
pub const FORMS: &str = "a test is `500`, `\"< 500\"`, `\"<= 500\"`, `\"> 500\"`, `\">= 500\"`, `\"500..=1000\"`, `\"500..1001\"`, \
     `\"500..\"`, `\"..500\"`, `\"!= 500\"`, or a list of these";

/// The largest number a test may name: one below [`NO_END`] must have a successor.
const LARGEST: i128 = NO_END - 2;
/// The smallest number a test may name, and where a test without a lower end begins if its fact goes below zero.
pub const LOWEST: i128 = i64::MIN as i128;

/// The stretches of numbers that pass one test; `"!= 7"` has two. A test without a lower end begins at `begin`, below
/// which no number can be named: 0, or [`LOWEST`].
///
/// # Errors
/// When the text is no such test, or no number can pass it.
pub fn parse(text: &str, begin: i128) -> Result<Vec<Stretch>, NumberTestError> {
    let compact: String = text.chars().filter(|letter| !matches!(letter, ' ' | ',' | '_')).collect();
    let number = |digits: &str| number(digits, text, begin);
    let impossible = || NumberTestError::Impossible(text.to_owned());
    let from = |first| Stretch { first, last: NO_END };
    let to = |last| Stretch { first: begin, last };
    let before = |number: i128| Some(number - 1).filter(|last| *last >= begin);
    let one = |stretch| Ok(vec![stretch]);
    if let Some(rest) = compact.strip_prefix("<=") {
        return one(to(number(rest)?));
    }
    if let Some(rest) = compact.strip_prefix(">=") {
        return one(from(number(rest)?));
    }
    if let Some(rest) = compact.strip_prefix('<') {
        return one(to(before(number(rest)?).ok_or_else(impossible)?));
    }
    if let Some(rest) = compact.strip_prefix('>') {
        return one(from(number(rest)? + 1));
    }
    if let Some(rest) = compact.strip_prefix("!=") {
        let but = number(rest)?;
        let below = before(but).map(to);
        return Ok(below.into_iter().chain([from(but + 1)]).collect());
    }
    let Some((low, high)) = compact.split_once("..") else {
        let only = number(&compact)?;
        return one(Stretch { first: only, last: only });
    };
    let (high, inclusive) = match high.strip_prefix('=') {
        Some(high) => (high, true),
        None => (high, false),
    };
    if high.is_empty() && (inclusive || low.is_empty()) {
        return Err(NumberTestError::Unknown(text.to_owned()));
    }
    let first = if low.is_empty() { begin } else { number(low)? };
    if high.is_empty() {
        return one(from(first));
    }
    let high = number(high)?;
    let last = if inclusive { high } else { before(high).ok_or_else(impossible)? };
    if first > last { Err(impossible()) } else { one(Stretch { first, last }) }
}

/// The numbers of a range. One that begins below zero says where.
///
/// # Errors
/// As [`parse`], and when it goes below zero without end.
pub fn parse_range(text: &str) -> Result<Vec<Stretch>, NumberTestError> {
    match parse(text, 0) {
        Err(NumberTestError::Negative(_)) => match parse(text, LOWEST)?.as_slice() {
            [Stretch { first: LOWEST, .. }] => Err(NumberTestError::Endless(text.to_owned())),
            read => Ok(read.to_vec()),
        },
        read => read,
    }
}

fn number(written: &str, whole: &str, begin: i128) -> Result<i128, NumberTestError> {
    let (digits, is_negative) = match written.strip_prefix(MINUS) {
        Some(digits) => (digits, true),
        None => (written, false),
    };
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(NumberTestError::Unknown(whole.to_owned()));
    }
    if is_negative && begin >= 0 {
        return Err(NumberTestError::Negative(whole.to_owned()));
    }
    match digits.parse::<i128>() {
        Ok(size) if is_negative && -size >= LOWEST => Ok(-size),
        Ok(size) if !is_negative && size <= LARGEST => Ok(size),
        _ if is_negative => Err(NumberTestError::TooSmall(whole.to_owned())),
        _ => Err(NumberTestError::TooLarge(whole.to_owned())),
    }
}

/// The hyphen of keyboards, and the minus of mathematics.
pub const MINUS: [char; 2] = ['-', '\u{2212}'];

/// A stretch within `lowest..=highest` in the shortest form a rule can write: a bound that the range gives is left out.
pub fn write(stretch: Stretch, lowest: i128, highest: i128) -> String {
    let Stretch { first, last } = stretch;
    match (first <= lowest, last >= highest) {
        _ if first == last => first.to_string(),
        (true, true) => format!(">= {lowest}"),
        (true, false) => format!("< {}", last + 1),
        (false, true) => format!(">= {first}"),
        (false, false) => format!("{first}..={last}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_is_read() {
        let end = NO_END;
        for (text, expected) in [
            ("500", vec![(500, 500)]),
            ("< 500", vec![(0, 499)]),
            ("<=500", vec![(0, 500)]),
            ("> 1,000", vec![(1_001, end)]),
            (">= 1_000", vec![(1_000, end)]),
            ("500..=1 000", vec![(500, 1_000)]),
            ("500..1001", vec![(500, 1_000)]),
            ("500..", vec![(500, end)]),
            ("..500", vec![(0, 499)]),
            ("..=500", vec![(0, 500)]),
            ("!= 7", vec![(0, 6), (8, end)]),
            ("!= 0", vec![(1, end)]),
        ] {
            let read: Vec<_> =
                parse(text, 0).unwrap().iter().map(|stretch| (stretch.first, stretch.last)).collect();
            assert_eq!(read, expected, "{text}");
        }
    }

    #[test]
    fn everything_else_is_refused() {
        for text in ["", "..", "..=", "5..=", "about 5", "=> 5", "== 5", "5...7", "1.5", "< ", "0x10"] {
            assert!(matches!(parse(text, 0), Err(NumberTestError::Unknown(_))), "{text}");
        }
        for text in ["< 0", "10..5", "5..5", "..0"] {
            assert!(matches!(parse(text, 0), Err(NumberTestError::Impossible(_))), "{text}");
        }
        assert!(matches!(parse("-5", 0), Err(NumberTestError::Negative(_))));
        assert!(matches!(parse("99999999999999999999", 0), Err(NumberTestError::TooLarge(_))));
    }

    #[test]
    fn numbers_below_zero_are_read_where_the_fact_has_them() {
        for (text, expected) in [
            ("-5", vec![(-5, -5)]),
            ("\u{2212}5", vec![(-5, -5)]),
            ("< -5", vec![(LOWEST, -6)]),
            ("< 0", vec![(LOWEST, -1)]),
            (">= -1,000", vec![(-1_000, NO_END)]),
            ("-10..10", vec![(-10, 9)]),
            ("-10..=-5", vec![(-10, -5)]),
            ("..=-5", vec![(LOWEST, -5)]),
            ("!= -1", vec![(LOWEST, -2), (0, NO_END)]),
        ] {
            let read: Vec<_> =
                parse(text, LOWEST).unwrap().iter().map(|stretch| (stretch.first, stretch.last)).collect();
            assert_eq!(read, expected, "{text}");
        }
        for text in ["--5", "-", "5-", "- -5", "-5-10"] {
            assert!(matches!(parse(text, LOWEST), Err(NumberTestError::Unknown(_))), "{text}");
        }
        assert!(matches!(parse("-5..-10", LOWEST), Err(NumberTestError::Impossible(_))));
        assert!(matches!(parse("-99999999999999999999", LOWEST), Err(NumberTestError::TooSmall(_))));
        assert!(matches!(parse(&format!("< {LOWEST}"), LOWEST), Err(NumberTestError::Impossible(_))));
    }

    #[test]
    fn a_range_below_zero_says_where_it_begins() {
        let range = |text| parse_range(text).map(|read| (read[0].first, read[0].last));
        assert_eq!(range("-50..=200"), Ok((-50, 200)));
        assert_eq!(range(">= -100"), Ok((-100, NO_END)));
        assert_eq!(range("..=200"), Ok((0, 200)));
        for text in ["< -5", "..-5", "<= -1"] {
            assert_eq!(range(text), Err(NumberTestError::Endless(text.to_owned())));
        }
    }

    #[test]
    fn a_written_stretch_reads_back() {
        let (lowest, highest) = (1, NO_END);
        for (first, last, text) in
            [(1, 499, "< 500"), (500, 1_000, "500..=1000"), (2_000, highest, ">= 2000"), (7, 7, "7")]
        {
            assert_eq!(write(Stretch { first, last }, lowest, highest), text);
        }
    }
}
