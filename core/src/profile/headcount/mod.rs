//! Headcounts as people write them: `300`, `1,200`, `~300`, `201-500`, `10,001+`, `c_00251_00500`, `n/a`.
//!
//! What can be read in one way only is read; everything else is refused with the reason, never guessed:
//!
//! - `1.200` may be 1,200 or 1.2, so it is refused unless the list it stands in settles it; `1.200.000` can only be
//!   1,200,000, `1.001-5.000` only a band of thousands, and `300.0` only 300.
//! - `300.5` is 301, since a part of a job is a person; that is said as a repair.
//! - `5-10K` may begin at 5 or at 5,000, so it is refused; in `500-1K` the 500 can only be 500.
//! - Where the fact goes below zero, a sign before a number is its sign: `-5`, `-10 to 10`, `< -5`; elsewhere
//!   `-5` is refused.
//! - `+1000` may mean 1,000 or at least 1,000: both lie in "1,000 or more", which is how it is read.
//! - "About" before a band or an open end leaves it as it is written: its writer has rounded already.
//!
//! The words around numbers are data: `vocabulary.toml`. Reading takes time in proportion to the text's length.

#[cfg(test)]
mod below_zero_tests;
mod dates;
#[cfg(test)]
mod language_tests;
mod numbers;
mod patterns;
mod points;
mod refusal;
#[cfg(test)]
mod tests;
mod tokens;
mod wording;

use std::borrow::Cow;

pub use numbers::DecimalStyle;
pub use points::Points;
pub use refusal::Refusal;
pub use wording::{Count, Reading, Wording};

use patterns::Meaning;

use super::vocabulary::{Role, VOCABULARY, unknown, whole};
use crate::space::NO_END;

/// The most characters that are read: a cell longer than a line is a text about an organization, and no headcount.
pub const LONGEST: usize = 200;

/// Whether a text is one of the usual spellings of "not known": empty, `n/a`, `-`, `TBD`, `unknown` and the like.
#[must_use]
pub fn is_usual_unknown(text: &str) -> bool {
    let text = text.trim();
    text.is_empty() || (!is_long(text) && whole(text).has(Role::Unknown))
}

/// The usual spellings of "not known", in small letters and in order, but for the empty text.
pub fn usual_unknowns() -> impl Iterator<Item = &'static str> {
    unknown()
}

/// Reads a number or a band as people write it.
///
/// # Errors
/// A [`Refusal`] that says what is wrong with the text, where it can be read in no way or in several.
///
/// ```
/// # use whoowns_core as whoowns;
/// use whoowns::profile::headcount::{Count, Wording, read};
/// use whoowns::ruleset::Counted;
///
/// let unknown = ["0".to_owned()];
/// let wording = Wording { lowest: 1, unknown: &unknown, of: Some(Counted::People), ..Wording::default() };
/// let count = |text| read(text, &wording).map(|reading| reading.count);
/// assert_eq!(count("1,200 employees"), Ok(Count::Exact(1200)));
/// assert_eq!(count("approx. 300"), Ok(Count::Band { min: 270, max: Some(330) }));
/// assert_eq!(count("de 11 à 50 salariés"), Ok(Count::Band { min: 11, max: Some(50) }));
/// assert_eq!(count("10,001+"), Ok(Count::Band { min: 10_001, max: None }));
/// assert_eq!(count("less than 250"), Ok(Count::Band { min: 1, max: Some(249) }));
/// assert_eq!(count("0"), Ok(Count::Unknown));
/// assert_eq!(count("500-200").unwrap_err().to_string(), "the band `500-200` ends before it begins");
/// ```
pub fn read(text: &str, wording: &Wording<'_>) -> Result<Reading, Refusal> {
    let text = text.trim_matches(is_blank);
    if text.is_empty() || wording.knows_not(text) {
        return Ok(Reading::plain(Count::Unknown));
    }
    // Most cells of a list are plain digits.
    if let Some(number) = numbers::plain(text) {
        return wording.exact(number, text).map(Reading::plain);
    }
    if is_long(text) {
        return Err(Refusal::TooLong(refusal::shown(text)));
    }
    let written = text;
    let text = &*plain(text);
    if let Some(count) = wording.whole(text) {
        return Ok(Reading::plain(count));
    }
    if let Some((first, last)) = dates::repaired_band(text)? {
        let count = wording.band(first, Some(last), text)?;
        let repaired =
            format!("`{written}` read as {first}-{last}: a spreadsheet had turned the band into a date");
        return Ok(Reading { count, about: false, repaired: Some(repaired) });
    }
    let patterns::Phrase { meaning, about } =
        patterns::understand(text, wording.of, wording.style, wording.goes_below_zero())?;
    let count = match meaning {
        Meaning::Exact(number) if about => {
            let size = u64::try_from(number.unsigned_abs()).unwrap_or(u64::MAX);
            let (nearer, further) = wording.near.around(size);
            let (nearer, further) = (i128::from(nearer), i128::from(further));
            let (first, last) = if number < 0 { (-further, -nearer) } else { (nearer, further) };
            wording.band(first, Some(last), text)?
        }
        Meaning::Exact(number) => wording.exact(number, text)?,
        Meaning::RoundedUp(number) => return wording.rounded_up(number, written),
        Meaning::Between(first, last) => wording.band(first, Some(last), text)?,
        Meaning::From(first) => wording.band(first, None, text)?,
        Meaning::UpTo(last) => wording.band(wording.lowest, Some(last), text)?,
    };
    Ok(Reading { count, about, repaired: None })
}

/// What a text says as a whole that holds no digit, of any script, and so no number: that it is not known, or one.
pub fn read_without_digits(text: &str, wording: &Wording<'_>) -> Option<Count> {
    let text = text.trim_matches(is_blank);
    if text.is_empty() || wording.knows_not(text) {
        return Some(Count::Unknown);
    }
    if is_long(text) { None } else { wording.whole(&plain(text)) }
}

fn is_blank(letter: char) -> bool {
    letter.is_whitespace() || letter == '\u{feff}'
}

/// Whether a text is longer than any headcount; looks no further than that.
fn is_long(text: &str) -> bool {
    text.len() > LONGEST && text.chars().nth(LONGEST).is_some()
}

/// A text with plain digits and signs, without the apostrophe by which spreadsheets mark a text.
fn plain(text: &str) -> Cow<'_, str> {
    let text = text.strip_prefix('\'').map_or(text, str::trim_start);
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(|letter| VOCABULARY.plain(letter)).collect())
}

/// Reads a number that was given as a number, not as text.
///
/// A spelling of "not known" such as `0` matches the bare number too.
///
/// # Errors
/// A negative number, or one outside the fact's range.
///
/// ```
/// # use whoowns_core as whoowns;
/// use whoowns::profile::headcount::{Count, Wording, read_integer};
///
/// let unknown = ["0".to_owned()];
/// let wording = Wording { lowest: 1, unknown: &unknown, ..Wording::default() };
/// assert_eq!(read_integer(300, &wording).unwrap().count, Count::Exact(300));
/// assert_eq!(read_integer(0, &wording).unwrap().count, Count::Unknown);
/// assert!(read_integer(-5, &wording).is_err());
/// ```
pub fn read_integer(value: i128, wording: &Wording<'_>) -> Result<Reading, Refusal> {
    let text = value.to_string();
    if wording.knows_not(&text) {
        return Ok(Reading::plain(Count::Unknown));
    }
    if value < 0 && !wording.goes_below_zero() {
        return Err(Refusal::Negative(text));
    }
    match (-NO_END..=NO_END).contains(&value) {
        true => wording.exact(value, &text).map(Reading::plain),
        false => Err(Refusal::TooLarge(text)),
    }
}

/// Reads a number that was given with a decimal point: `300.0` is 300, `300.5` is 301, `nan` is unknown.
///
/// # Errors
/// More than two decimals, infinity, and what [`read_integer`] refuses.
///
/// ```
/// # use whoowns_core as whoowns;
/// use whoowns::profile::headcount::{Count, Wording, read_decimal};
///
/// let wording = Wording { lowest: 1, ..Wording::default() };
/// assert_eq!(read_decimal(300.0, &wording).unwrap().count, Count::Exact(300));
/// assert_eq!(read_decimal(300.5, &wording).unwrap().count, Count::Exact(301));
/// assert!(read_decimal(300.125, &wording).is_err());
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
    if value < 0.0 && !wording.goes_below_zero() {
        Err(Refusal::Negative(text))
    } else if value.abs() >= END {
        Err(Refusal::TooLarge(text))
    } else if value.fract() != 0.0 {
        match text.split_once('.') {
            Some((whole, decimals)) if decimals.len() <= 2 => {
                let whole: i128 = whole.parse().map_err(|_| Refusal::TooLarge(text.clone()))?;
                wording.rounded_up(whole + 1, &text)
            }
            _ => Err(Refusal::Fraction(text)),
        }
    } else {
        // A whole float is written without a point.
        let number = text.parse().map_err(|_| Refusal::TooLarge(text.clone()))?;
        wording.exact(number, &text).map(Reading::plain)
    }
}
