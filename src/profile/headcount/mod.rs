//! Headcounts as people write them: `300`, `1,200`, `~300`, `201-500`, `10,001+`, `c_00251_00500`, `n/a`.
//!
//! What can be read in one way only is read; everything else is refused with the reason, never guessed:
//!
//! - `1.200` may be 1,200 or 1.2, so it is refused; `1.200.000` can only be 1,200,000, and `300.0` only 300.
//! - `5-10K` may begin at 5 or at 5,000, so it is refused; in `500-1K` the 500 can only be 500.
//! - `+1000` may mean 1,000 or at least 1,000: both lie in "1,000 or more", which is how it is read.
//! - "About" before a band or an open end leaves it as it is written: its writer has rounded already.

mod dates;
mod numbers;
mod patterns;
mod refusal;
#[cfg(test)]
mod tests;
mod tokens;

pub use refusal::Refusal;

use patterns::Meaning;

use crate::percent::Percent;

/// Spellings of "not known" that every fact shares. Case does not count.
const USUAL_UNKNOWN: [&str; 14] = [
    "n/a",
    "na",
    "-",
    "–",
    "—",
    "null",
    "none",
    "nan",
    "#n/a",
    "?",
    "tbd",
    "unknown",
    "not provided",
    "not available",
];

/// What a text says about how many there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Count {
    /// Nothing: the text is a spelling of "not known".
    Unknown,
    /// This many.
    Exact(u64),
    /// From `min` to `max`, both included, always more than one number; without `max` there is no upper end.
    Band {
        /// The least it can be.
        min: u64,
        /// The most it can be.
        max: Option<u64>,
    },
}

/// How one fact reads its numbers.
#[derive(Clone, Copy, Debug)]
pub struct Wording<'a> {
    /// How far "about" reaches.
    pub near: Percent,
    /// The lowest number of the fact's range, where open lower ends begin.
    pub lowest: u64,
    /// The highest number of the fact's range, if it ends.
    pub highest: Option<u64>,
    /// The fact's own spellings of "not known", such as `0`, beside the usual ones.
    pub unknown: &'a [String],
}

/// Whether a text is one of the usual spellings of "not known": empty, `n/a`, `-`, `TBD`, `unknown` and the like.
#[must_use]
pub fn is_usual_unknown(text: &str) -> bool {
    let text = text.trim();
    text.is_empty() || USUAL_UNKNOWN.iter().any(|spelling| same_word(spelling, text))
}

/// What was read, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// The number or band, cut to the range.
    pub count: Count,
    /// Whether it was given as "about" so many.
    pub about: bool,
    /// A sentence that says what was repaired, where a spreadsheet had damaged the text.
    pub repaired: Option<String>,
}

impl Reading {
    fn plain(count: Count) -> Reading {
        Reading { count, about: false, repaired: None }
    }
}

/// Reads a number or a band as people write it.
///
/// # Errors
/// A [`Refusal`] that says what is wrong with the text, where it can be read in no way or in several.
///
/// ```
/// use whoowns::percent::Percent;
/// use whoowns::profile::headcount::{Count, Wording, read};
///
/// let wording = Wording { near: Percent::TEN, lowest: 1, highest: None, unknown: &["0".to_owned()] };
/// let count = |text| read(text, &wording).map(|reading| reading.count);
/// assert_eq!(count("1,200 employees"), Ok(Count::Exact(1200)));
/// assert_eq!(count("approx. 300"), Ok(Count::Band { min: 270, max: Some(330) }));
/// assert_eq!(count("10,001+"), Ok(Count::Band { min: 10_001, max: None }));
/// assert_eq!(count("less than 250"), Ok(Count::Band { min: 1, max: Some(249) }));
/// assert_eq!(count("0"), Ok(Count::Unknown));
/// assert_eq!(count("500-200").unwrap_err().to_string(), "the band `500-200` ends before it begins");
/// ```
pub fn read(text: &str, wording: &Wording<'_>) -> Result<Reading, Refusal> {
    let text = text.trim_matches(|letter: char| letter.is_whitespace() || letter == '\u{feff}');
    if text.is_empty() || wording.unknown.iter().any(|spelling| same_word(spelling.trim(), text)) {
        return Ok(Reading::plain(Count::Unknown));
    }
    // Most cells of a list are plain digits.
    if let Some(number) = numbers::plain(text) {
        return wording.exact(number, text).map(Reading::plain);
    }
    if USUAL_UNKNOWN.iter().any(|spelling| same_word(spelling, text)) || wording.knows_not_decimal(text) {
        return Ok(Reading::plain(Count::Unknown));
    }
    if let Some((first, last)) = dates::repaired_band(text)? {
        let count = wording.band(first, Some(last), text)?;
        let repaired =
            format!("`{text}` read as {first}-{last}: a spreadsheet had turned the band into a date");
        return Ok(Reading { count, about: false, repaired: Some(repaired) });
    }
    let patterns::Phrase { meaning, about } = patterns::understand(text)?;
    let count = match meaning {
        Meaning::Exact(number) if about => {
            let (first, last) = wording.near.around(number);
            wording.band(first, Some(last), text)?
        }
        Meaning::Exact(number) => wording.exact(number, text)?,
        Meaning::Between(first, last) => wording.band(first, Some(last), text)?,
        Meaning::From(first) => wording.band(first, None, text)?,
        Meaning::UpTo(last) => wording.band(0, Some(last), text)?,
    };
    Ok(Reading { count, about, repaired: None })
}

/// Reads a number that was given as a number, not as text.
///
/// A spelling of "not known" such as `0` matches the bare number too.
///
/// # Errors
/// A negative number, or one outside the fact's range.
///
/// ```
/// use whoowns::percent::Percent;
/// use whoowns::profile::headcount::{Count, Wording, read_integer};
///
/// let wording = Wording { near: Percent::TEN, lowest: 1, highest: None, unknown: &["0".to_owned()] };
/// assert_eq!(read_integer(300, &wording).unwrap().count, Count::Exact(300));
/// assert_eq!(read_integer(0, &wording).unwrap().count, Count::Unknown);
/// assert!(read_integer(-5, &wording).is_err());
/// ```
pub fn read_integer(value: i128, wording: &Wording<'_>) -> Result<Reading, Refusal> {
    let text = value.to_string();
    if wording.knows_not(&text) {
        return Ok(Reading::plain(Count::Unknown));
    }
    match u64::try_from(value) {
        Ok(number) => wording.exact(number, &text).map(Reading::plain),
        Err(_) if value < 0 => Err(Refusal::Negative(text)),
        Err(_) => Err(Refusal::TooLarge(text)),
    }
}

/// Reads a number that was given with a decimal point: `300.0` is 300, `nan` is unknown.
///
/// # Errors
/// A fraction, infinity, and what [`read_integer`] refuses.
///
/// ```
/// use whoowns::percent::Percent;
/// use whoowns::profile::headcount::{Count, Wording, read_decimal};
///
/// let wording = Wording { near: Percent::TEN, lowest: 1, highest: None, unknown: &[] };
/// assert_eq!(read_decimal(300.0, &wording).unwrap().count, Count::Exact(300));
/// assert!(read_decimal(2.5, &wording).is_err());
/// ```
pub fn read_decimal(value: f64, wording: &Wording<'_>) -> Result<Reading, Refusal> {
    /// Two to the power of 64: the first number too large.
    const END: f64 = 18_446_744_073_709_551_616.0;
    // Zero has two signs in a float, and people have one.
    let value = if value == 0.0 { 0.0 } else { value };
    let text = value.to_string();
    if value.is_nan() || wording.knows_not(&text) {
        return Ok(Reading::plain(Count::Unknown));
    }
    if value < 0.0 {
        Err(Refusal::Negative(text))
    } else if value >= END {
        Err(Refusal::TooLarge(text))
    } else if value.fract() != 0.0 {
        Err(Refusal::Fraction(text))
    } else {
        // A whole float is written without a point.
        let number = text.parse().map_err(|_| Refusal::TooLarge(text.clone()))?;
        wording.exact(number, &text).map(Reading::plain)
    }
}

impl Wording<'_> {
    fn knows_not(&self, text: &str) -> bool {
        self.unknown.iter().any(|spelling| same_word(spelling.trim(), text))
    }

    /// Whether it is a spelling of "not known" that a spreadsheet gave decimals: `0.0` for `0`.
    fn knows_not_decimal(&self, text: &str) -> bool {
        text.split_once('.').is_some_and(|(whole, decimals)| {
            !decimals.is_empty()
                && decimals.bytes().all(|digit| digit == b'0')
                && numbers::plain(whole).is_some()
                && self.knows_not(whole)
        })
    }

    fn exact(&self, number: u64, text: &str) -> Result<Count, Refusal> {
        if number < self.lowest || self.highest.is_some_and(|highest| number > highest) {
            return Err(self.outside(text));
        }
        Ok(Count::Exact(number))
    }

    /// The part of a band that lies in the range.
    fn band(&self, first: u64, last: Option<u64>, text: &str) -> Result<Count, Refusal> {
        let min = first.max(self.lowest);
        let max = match (last, self.highest) {
            (Some(last), Some(highest)) => Some(last.min(highest)),
            (end, None) | (None, end) => end,
        };
        match max {
            Some(max) if max < min => Err(self.outside(text)),
            Some(max) if max == min => Ok(Count::Exact(min)),
            _ => Ok(Count::Band { min, max }),
        }
    }

    fn outside(&self, text: &str) -> Refusal {
        Refusal::Outside { text: refusal::shown(text), lowest: self.lowest, highest: self.highest }
    }
}

fn same_word(one: &str, other: &str) -> bool {
    one.eq_ignore_ascii_case(other) || (!one.is_ascii() && one.to_lowercase() == other.to_lowercase())
}
