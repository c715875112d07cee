//! How one fact reads its numbers: its range, and what it takes for "not known".

use super::numbers::{self, DecimalStyle};
use super::refusal::{self, Refusal};
use crate::percent::Percent;
use crate::profile::vocabulary::{Role, whole};
use crate::ruleset::Counted;

/// What a text says about how many there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Count {
    /// Nothing: the text is a spelling of "not known".
    Unknown,
    /// This many.
    Exact(i128),
    /// From `min` to `max`, both included, always more than one number; without `max` there is no upper end.
    Band {
        /// The least it can be.
        min: i128,
        /// The most it can be.
        max: Option<i128>,
    },
}

/// How one fact reads its numbers.
#[derive(Clone, Copy, Debug)]
pub struct Wording<'a> {
    /// How far "about" reaches.
    pub near: Percent,
    /// The lowest number of the fact's range, where open lower ends begin.
    pub lowest: i128,
    /// The highest number of the fact's range, if it ends.
    pub highest: Option<i128>,
    /// The fact's own spellings of "not known", such as `0`, beside the usual ones.
    pub unknown: &'a [String],
    /// What is counted, which says what may stand beside the number without changing it: `300 employees`, `$5,000`.
    pub of: Option<Counted>,
    /// Whether there may be a part of one, which counts as one: a job, but no member of a set.
    pub parts: bool,
    /// What a point before three digits means in the list that the text is from.
    pub style: DecimalStyle,
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
    pub(in crate::profile) fn plain(count: Count) -> Reading {
        Reading { count, about: false, repaired: None }
    }
}

impl Default for Wording<'_> {
    /// Any number of anything; "about" reaches as far as the contract says where a fact is silent.
    fn default() -> Self {
        Wording {
            near: Percent::TEN,
            lowest: 0,
            highest: None,
            unknown: &[],
            of: None,
            parts: true,
            style: DecimalStyle::Unknown,
        }
    }
}

impl Wording<'_> {
    /// What a text says as a whole, without a number to be read in it.
    pub(super) fn whole(&self, text: &str) -> Option<Count> {
        let meanings = whole(text);
        let unknown = meanings.has(Role::Unknown) || meanings.has(Role::Withheld);
        if unknown || self.knows_not(text) || self.knows_not_decimal(text) {
            return Some(Count::Unknown);
        }
        let one = self.of == Some(Counted::People) && meanings.has(Role::One);
        one.then(|| self.exact(1, text).ok()).flatten()
    }

    /// Whether there are numbers below zero, so that a sign before a number says on which side of it it lies.
    pub(super) fn goes_below_zero(&self) -> bool {
        self.lowest < 0
    }

    /// A part of one, counted as one. Members of a set have no parts, and neither has what can be less than nothing.
    pub(super) fn rounded_up(&self, number: i128, text: &str) -> Result<Reading, Refusal> {
        if !self.parts || self.goes_below_zero() {
            return Err(Refusal::Fraction(refusal::shown(text)));
        }
        let count = self.exact(number, text)?;
        let repaired = format!("`{text}` read as {number}: a part of one counts as one");
        Ok(Reading { count, about: false, repaired: Some(repaired) })
    }

    pub(super) fn knows_not(&self, text: &str) -> bool {
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

    pub(super) fn exact(&self, number: i128, text: &str) -> Result<Count, Refusal> {
        if number < self.lowest || self.highest.is_some_and(|highest| number > highest) {
            return Err(self.outside(text));
        }
        Ok(Count::Exact(number))
    }

    /// The part of a band that lies in the range.
    pub(super) fn band(&self, first: i128, last: Option<i128>, text: &str) -> Result<Count, Refusal> {
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
