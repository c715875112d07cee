//! Why a text is no number of people or things, in words for the one who wrote it.

use thiserror::Error;

/// The most characters of a text that a message repeats.
const SHOWN: usize = 60;

/// Why a text was not read as a number or a band. Each holds the text, or the part of it that is wrong.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum Refusal {
    /// Below nothing.
    #[error("`{0}` is negative: expected a number of 0 or more")]
    Negative(String),
    /// Not a whole number.
    #[error("`{0}` is not a whole number")]
    Fraction(String),
    /// One point before three digits: thousands in one country, a fraction in another.
    #[error("`{0}` can be read as {thousands} or as {fraction}", thousands = thousands(.0), fraction = fraction(.0))]
    AmbiguousPoint(String),
    /// Digits grouped as in no country.
    #[error("the digits of `{0}` are grouped as in no number")]
    Grouping(String),
    /// A band whose upper end alone has a `K` or `M`, which may be meant for both.
    #[error(
        "the band `{0}` can be read in two ways: its first number may or may not count in the unit of its second"
    )]
    AmbiguousUnit(String),
    /// More text than anybody writes for a number. The beginning of it.
    #[error("`{0}` is longer than any headcount: expected a number or a band")]
    TooLong(String),
    /// More than fits.
    #[error("`{0}` is too large")]
    TooLarge(String),
    /// A band that ends before it begins.
    #[error("the band `{0}` ends before it begins")]
    Reversed(String),
    /// A date that no band can have been turned into.
    #[error("`{0}` looks like a date, and no band a spreadsheet could have made it from is in order")]
    Date(String),
    /// More than one number, not as the two ends of a band.
    #[error("`{0}` holds several numbers that are no band")]
    Several(String),
    /// An amount of money, or a percentage.
    #[error("`{0}` is an amount of money or a percentage: expected a number or a band")]
    Price(String),
    /// No digit in it.
    #[error("`{0}` is no number: expected a number or a band")]
    Label(String),
    /// One number, and words beside it that may change what it means.
    #[error("`{text}` was not understood at `{part}`")]
    NotUnderstood {
        /// The whole text.
        text: String,
        /// The first part that has no meaning there.
        part: String,
    },
    /// Not in the fact's range, or a band of which no part is.
    #[error("`{text}` is outside the range: expected {}", expected(*lowest, *highest))]
    Outside {
        /// The whole text.
        text: String,
        /// The lowest number of the range.
        lowest: i128,
        /// The highest number of the range, if it ends.
        highest: Option<i128>,
    },
}

impl Refusal {
    /// What to write instead, where the message alone does not say it.
    ///
    /// ```
    /// # use whoowns_core as whoowns;
    /// use whoowns::profile::headcount::Refusal;
    ///
    /// let help = Refusal::AmbiguousPoint("1.200".to_owned()).help();
    /// assert_eq!(help.as_deref(), Some("write `1200` for thousands"));
    /// ```
    #[must_use]
    pub fn help(&self) -> Option<String> {
        match self {
            Refusal::AmbiguousPoint(text) => Some(format!("write `{}` for thousands", thousands(text))),
            Refusal::Fraction(_) => Some("write a whole number, such as `300`".to_owned()),
            Refusal::AmbiguousUnit(_) => Some("write both ends alike, such as `5K-10K`".to_owned()),
            Refusal::Reversed(_) => Some("write the lower end first, such as `201-500`".to_owned()),
            Refusal::Date(_)
            | Refusal::Grouping(_)
            | Refusal::Several(_)
            | Refusal::Price(_)
            | Refusal::Label(_)
            | Refusal::TooLong(_)
            | Refusal::NotUnderstood { .. } => Some(
                "write a number such as `300`, a band such as `201-500` or `250+`, or `unknown`".to_owned(),
            ),
            Refusal::Negative(_) | Refusal::TooLarge(_) | Refusal::Outside { .. } => None,
        }
    }
}

/// The text as a message repeats it: cut where it is long.
pub(super) fn shown(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
        None => text.to_owned(),
    }
}

/// A number with a doubtful point, read as thousands: `1200` for `1.200`.
fn thousands(text: &str) -> String {
    text.chars().filter(|letter| letter.is_ascii_digit() || letter.is_alphabetic()).collect()
}

/// A number with a doubtful point, read as a fraction: `1.2` for `1.200`.
fn fraction(text: &str) -> String {
    let unit: String = text.chars().skip_while(|letter| !letter.is_alphabetic()).collect();
    let digits = text.strip_suffix(&unit).unwrap_or(text).trim_end();
    let Some((whole, decimals)) = digits.rsplit_once(['.', ',']) else { return text.to_owned() };
    let (whole, decimals) = (thousands(whole), decimals.trim_end_matches('0'));
    if decimals.is_empty() { whole + &unit } else { format!("{whole}.{decimals}{unit}") }
}

fn expected(lowest: i128, highest: Option<i128>) -> String {
    match highest {
        Some(highest) => format!("{lowest} to {highest}"),
        None => format!("{lowest} or more"),
    }
}
