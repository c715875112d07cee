//! Tests of whole numbers: `500`, `"< 500"`, `"500..=1000"`, `"!= 7"`.

/// The whole numbers from `first` to `last`; `u64::MAX` as `last` means "without end".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Stretch {
    /// The smallest.
    pub first: u64,
    /// The largest.
    pub last: u64,
}

impl Stretch {
    /// Whether the number is one of them.
    pub fn holds(self, number: u64) -> bool {
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
    /// It is below zero.
    #[error("`{0}` is below zero, and whole numbers here begin at 0")]
    Negative(String),
    /// No number passes, as with `"10..5"`.
    #[error("no number passes `{0}`")]
    Impossible(String),
}

/// What is expected where a test of a whole number is wrong.
pub const FORMS: &str = "a test is `500`, `\"< 500\"`, `\"<= 500\"`, `\"> 500\"`, `\">= 500\"`, `\"500..=1000\"`, `\"500..1001\"`, \
     `\"500..\"`, `\"..500\"`, `\"!= 500\"`, or a list of these";

/// The stretches of numbers that pass one test; `"!= 7"` has two.
///
/// # Errors
/// When the text is no such test, or no number can pass it.
pub fn parse(text: &str) -> Result<Vec<Stretch>, NumberTestError> {
    let compact: String = text.chars().filter(|letter| !matches!(letter, ' ' | ',' | '_')).collect();
    let number = |digits: &str| number(digits, text);
    let impossible = || NumberTestError::Impossible(text.to_owned());
    let from = |first| Stretch { first, last: u64::MAX };
    let to = |last| Stretch { first: 0, last };
    let one = |stretch| Ok(vec![stretch]);
    if let Some(rest) = compact.strip_prefix("<=") {
        return one(to(number(rest)?));
    }
    if let Some(rest) = compact.strip_prefix(">=") {
        return one(from(number(rest)?));
    }
    if let Some(rest) = compact.strip_prefix('<') {
        return one(to(number(rest)?.checked_sub(1).ok_or_else(impossible)?));
    }
    if let Some(rest) = compact.strip_prefix('>') {
        return one(from(number(rest)? + 1));
    }
    if let Some(rest) = compact.strip_prefix("!=") {
        let but = number(rest)?;
        let below = but.checked_sub(1).map(to);
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
    let first = if low.is_empty() { 0 } else { number(low)? };
    if high.is_empty() {
        return one(from(first));
    }
    let high = number(high)?;
    let last = if inclusive { high } else { high.checked_sub(1).ok_or_else(impossible)? };
    if first > last { Err(impossible()) } else { one(Stretch { first, last }) }
}

/// The largest number a test may name: `u64::MAX` stands for "without end", and one below it must have a successor.
const LARGEST: u64 = u64::MAX - 2;

fn number(digits: &str, whole: &str) -> Result<u64, NumberTestError> {
    if let Some(positive) = digits.strip_prefix('-')
        && positive.bytes().all(|byte| byte.is_ascii_digit())
    {
        return Err(NumberTestError::Negative(whole.to_owned()));
    }
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(NumberTestError::Unknown(whole.to_owned()));
    }
    digits
        .parse()
        .ok()
        .filter(|number| *number <= LARGEST)
        .ok_or_else(|| NumberTestError::TooLarge(whole.to_owned()))
}

/// A stretch within `lowest..=highest` in the shortest form a rule can write: a bound that the range gives is left out.
pub fn write(stretch: Stretch, lowest: u64, highest: u64) -> String {
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
        let end = u64::MAX;
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
                parse(text).unwrap().iter().map(|stretch| (stretch.first, stretch.last)).collect();
            assert_eq!(read, expected, "{text}");
        }
    }

    #[test]
    fn everything_else_is_refused() {
        for text in ["", "..", "..=", "5..=", "about 5", "=> 5", "== 5", "5...7", "1.5", "< ", "0x10"] {
            assert!(matches!(parse(text), Err(NumberTestError::Unknown(_))), "{text}");
        }
        for text in ["< 0", "10..5", "5..5", "..0"] {
            assert!(matches!(parse(text), Err(NumberTestError::Impossible(_))), "{text}");
        }
        assert!(matches!(parse("-5"), Err(NumberTestError::Negative(_))));
        assert!(matches!(parse("99999999999999999999"), Err(NumberTestError::TooLarge(_))));
    }

    #[test]
    fn a_written_stretch_reads_back() {
        let (lowest, highest) = (1, u64::MAX);
        for (first, last, text) in
            [(1, 499, "< 500"), (500, 1_000, "500..=1000"), (2_000, highest, ">= 2000"), (7, 7, "7")]
        {
            assert_eq!(write(Stretch { first, last }, lowest, highest), text);
        }
    }
}
