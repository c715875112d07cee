//! A share of a whole, such as `10%`, kept and compared exactly.

use std::fmt;
use std::str::FromStr;

use num_bigint::BigUint;
use thiserror::Error;

/// How many parts make up the whole: a millionth of a percent is the finest share that can be written.
const WHOLE: u32 = 100_000_000;

/// Decimals that fit after the point of a percentage.
const DECIMALS: usize = 6;

/// A share from 0 % to 100 %, exact to six decimals.
///
/// No floating point is involved, so that "within 10 %" means the same on every machine.
///
/// ```
/// # use whoowns_space as whoowns;
/// use whoowns::percent::Percent;
///
/// let near = Percent::parse("10%").unwrap();
/// assert!(near.is_within(50, 500));
/// assert!(!near.is_within(51, 500));
/// assert_eq!(near.around(305), (275, 335));
/// assert_eq!(near.to_string(), "10%");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Percent {
    /// Parts of [`WHOLE`].
    parts: u32,
}

/// Why a text is no percentage.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum BadPercent {
    /// No `%` at the end, or something that is no number before it.
    #[error("`{0}` is no percentage: expected a number and `%`, such as `10%`")]
    Shape(String),
    /// Below nothing or above the whole.
    #[error("`{0}` is outside the range: expected `0%` to `100%`")]
    Range(String),
    /// Finer than what is kept.
    #[error("`{0}` is too fine: at most {DECIMALS} decimals are kept")]
    TooFine(String),
}

impl Percent {
    /// Nothing of it.
    pub const ZERO: Percent = Percent { parts: 0 };

    /// All of it.
    pub const WHOLE: Percent = Percent { parts: WHOLE };

    /// One of two.
    pub const HALF: Percent = Percent { parts: WHOLE / 2 };

    /// Ten percent: what "about" means where nothing else is said.
    pub const TEN: Percent = Percent { parts: WHOLE / 10 };

    /// Reads a percentage as people write it: `10%`, `7.5 %`.
    ///
    /// # Errors
    /// A text without `%`, with anything but digits and one point before it, below 0 % (a minus sign), above 100 %, or
    /// with more than six decimals.
    ///
    /// ```
    /// # use whoowns_space as whoowns;
    /// use whoowns::percent::Percent;
    ///
    /// assert_eq!(Percent::parse(" 7.50 % ").unwrap().to_string(), "7.5%");
    /// assert!(Percent::parse("0.1").is_err());
    /// assert!(Percent::parse("101%").is_err());
    /// ```
    pub fn parse(text: &str) -> Result<Percent, BadPercent> {
        let written = text.trim();
        let shape = || BadPercent::Shape(written.to_owned());
        let number = written.strip_suffix('%').ok_or_else(shape)?.trim_end();
        let (negative, number) = match number.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, number),
        };
        let (whole, decimals) = number.split_once('.').unwrap_or((number, "0"));
        let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        if !digits(whole) || !digits(decimals) {
            return Err(shape());
        }
        if negative {
            return Err(BadPercent::Range(written.to_owned()));
        }
        let decimals = decimals.trim_end_matches('0');
        if decimals.len() > DECIMALS {
            return Err(BadPercent::TooFine(written.to_owned()));
        }
        format!("{whole}{decimals:0<DECIMALS$}")
            .parse()
            .ok()
            .filter(|parts| *parts <= WHOLE)
            .map(|parts| Percent { parts })
            .ok_or_else(|| BadPercent::Range(written.to_owned()))
    }

    /// The share as the smallest two numbers whose quotient it is.
    #[must_use]
    pub fn fraction(self) -> (u32, u32) {
        let (mut divisor, mut rest) = (WHOLE, self.parts);
        while rest != 0 {
            (divisor, rest) = (rest, divisor % rest);
        }
        (self.parts / divisor, WHOLE / divisor)
    }

    /// Whether the share is more than half, which leaves room for one winner only.
    #[must_use]
    pub fn is_majority(self) -> bool {
        self.parts > WHOLE / 2
    }

    /// Whether `distance` is at most this share of `of`; nothing is rounded.
    #[must_use]
    pub fn is_within(self, distance: u128, of: u128) -> bool {
        distance * u128::from(WHOLE) <= u128::from(self.parts) * of
    }

    /// The whole numbers no further from `number` than this share of it, as the first and the last of them.
    ///
    /// The upper one stops at the largest number there is.
    #[must_use]
    pub fn around(self, number: u64) -> (u64, u64) {
        let whole = u128::from(WHOLE);
        let reach = u128::from(number) * u128::from(self.parts) / whole;
        // The reach is rounded down, so both ends are whole numbers inside the share. It never exceeds the number.
        let reach = u64::try_from(reach).unwrap_or(number);
        (number - reach, number.saturating_add(reach))
    }

    /// This share of a whole number, rounded down.
    ///
    /// ```
    /// # use whoowns_space as whoowns;
    /// use whoowns::percent::Percent;
    ///
    /// assert_eq!(Percent::parse("25%").unwrap().of(103), 25);
    /// ```
    #[must_use]
    pub fn of(self, whole: u64) -> u64 {
        // A share of a whole is never more than the whole, so it fits.
        u64::try_from(u128::from(whole) * u128::from(self.parts) / u128::from(WHOLE)).unwrap_or(whole)
    }

    /// The largest distance that is [within](Percent::is_within) this share of a number, which may lie below zero.
    #[must_use]
    pub fn of_number(self, number: i128) -> i128 {
        i128::from(self.of(u64::try_from(number.unsigned_abs()).unwrap_or(u64::MAX)))
    }

    /// Whether `part` is at least this share of `whole`; nothing is rounded.
    ///
    /// No share of nothing is ever reached.
    ///
    /// ```
    /// # use whoowns_space as whoowns;
    /// use whoowns::percent::Percent;
    ///
    /// let share = Percent::parse("90%").unwrap();
    /// assert!(share.reached(299, 300));
    /// assert!(share.reached(9, 10));
    /// assert!(!share.reached(u128::from(u64::MAX) / 10 * 9, u64::MAX.into()));
    /// ```
    #[must_use]
    pub fn reached(self, part: u128, whole: u128) -> bool {
        whole > 0 && part * u128::from(WHOLE) >= whole * u128::from(self.parts)
    }

    /// As [`Percent::reached`], for counts of any size.
    #[must_use]
    pub fn reached_by(self, part: &BigUint, whole: &BigUint) -> bool {
        *whole > BigUint::ZERO && part * WHOLE >= whole * self.parts
    }
}

impl FromStr for Percent {
    type Err = BadPercent;

    fn from_str(text: &str) -> Result<Percent, BadPercent> {
        Percent::parse(text)
    }
}

impl fmt::Display for Percent {
    /// The shortest way to write it: `10%`, `7.5%`.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let one_percent = WHOLE / 100;
        write!(out, "{}", self.parts / one_percent)?;
        let rest = self.parts % one_percent;
        if rest > 0 {
            let decimals = format!("{rest:0>DECIMALS$}");
            write!(out, ".{}", decimals.trim_end_matches('0'))?;
        }
        out.write_str("%")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn percent(text: &str) -> Percent {
        Percent::parse(text).unwrap()
    }

    #[test]
    fn spellings() {
        for (written, shown) in [
            ("10%", "10%"),
            ("7.5%", "7.5%"),
            ("0%", "0%"),
            ("100%", "100%"),
            ("100.000000%", "100%"),
            ("0.000001%", "0.000001%"),
            ("007.50 %", "7.5%"),
            ("12.0000000000%", "12%"),
        ] {
            assert_eq!(percent(written).to_string(), shown, "{written}");
        }
        for written in
            ["", "%", "10", "0.1", ".5%", "5.%", "1,5%", "ten%", "1 0%", "+5%", "10%%", "1.2.3%", "--5%"]
        {
            assert!(matches!(Percent::parse(written), Err(BadPercent::Shape(_))), "{written}");
        }
        for written in ["-1%", "100.000001%", "101%", "99999999999999999999%"] {
            assert!(matches!(Percent::parse(written), Err(BadPercent::Range(_))), "{written}");
        }
        assert_eq!(Percent::parse("0.0000001%"), Err(BadPercent::TooFine("0.0000001%".into())));
    }

    #[test]
    fn around_keeps_whole_numbers_inside() {
        assert_eq!(Percent::TEN.around(300), (270, 330));
        assert_eq!(Percent::TEN.around(305), (275, 335));
        assert_eq!(Percent::TEN.around(5), (5, 5));
        assert_eq!(percent("100%").around(7), (0, 14));
        assert_eq!(percent("100%").around(u64::MAX), (0, u64::MAX));
        assert_eq!(percent("0%").around(9), (9, 9));
    }

    #[test]
    fn half_is_no_majority() {
        assert!(!percent("50%").is_majority());
        assert!(percent("50.000001%").is_majority());
    }

    #[test]
    fn a_share_of_nothing_is_never_reached() {
        assert!(!percent("0%").reached(0, 0));
        assert!(percent("0%").reached(0, 1));
        assert!(percent("100%").reached(u64::MAX.into(), u64::MAX.into()));
        assert!(!percent("100%").reached((u64::MAX - 1).into(), u64::MAX.into()));
        assert!(!percent("0%").reached_by(&BigUint::ZERO, &BigUint::ZERO));
    }

    proptest! {
        #[test]
        fn written_and_read_again(parts in 0..=WHOLE) {
            let share = Percent { parts };
            prop_assert_eq!(Percent::parse(&share.to_string()), Ok(share));
        }

        #[test]
        fn around_is_exactly_what_is_within(parts in 0..=WHOLE, number in 0_u64..3_000, other in 0_u64..6_100) {
            let share = Percent { parts };
            let (first, last) = share.around(number);
            let distance = number.abs_diff(other).into();
            prop_assert_eq!(share.is_within(distance, number.into()), (first..=last).contains(&other));
        }

        #[test]
        fn counts_of_any_size_reach_as_small_ones_do(
            parts in 0..=WHOLE,
            part in any::<u64>(),
            whole in any::<u64>(),
            zeros in 0_u64..300,
        ) {
            let share = Percent { parts };
            let large = |number: u64| BigUint::from(number) << zeros;
            prop_assert_eq!(share.reached(part.into(), whole.into()), share.reached_by(&large(part), &large(whole)));
        }
    }
}
