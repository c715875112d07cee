//! Calendar dates, as far as a schedule needs them.

use std::fmt;
use std::str::FromStr;

/// A day of the Gregorian calendar, as days from 1970-01-01.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date(i64);

/// Why a text is no date.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no date; write it as in `2026-03-31`")]
pub struct BadDate(String);

impl Date {
    /// The date so many days later, or earlier where `days` is negative.
    #[must_use]
    pub fn plus(self, days: i64) -> Date {
        Date(self.0 + days)
    }

    /// How many days it is from `earlier` to this date.
    pub fn since(self, earlier: Date) -> i64 {
        self.0 - earlier.0
    }

    /// This day, or the Monday after where it falls on a weekend.
    #[must_use]
    pub fn workday(self) -> Date {
        match self.weekday() {
            5 => self.plus(2),
            6 => self.plus(1),
            _ => self,
        }
    }

    /// The day of the week, Monday being 0.
    pub fn weekday(self) -> i64 {
        // 1970-01-01 was a Thursday.
        (self.0 + 3).rem_euclid(7)
    }

    /// Year, month and day. The method is that of Hinnant, "chrono-Compatible Low-Level Date Algorithms".
    fn civil(self) -> (i64, i64, i64) {
        let days = self.0 + 719_468;
        let era = days.div_euclid(146_097);
        let of_era = days.rem_euclid(146_097);
        let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year + year / 4 - year / 100);
        let shifted = (5 * of_year + 2) / 153;
        let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
        (year + era * 400 + i64::from(month <= 2), month, of_year - (153 * shifted + 2) / 5 + 1)
    }

    fn from_civil(year: i64, month: i64, day: i64) -> Date {
        let year = if month <= 2 { year - 1 } else { year };
        let of_era = year.rem_euclid(400);
        let of_year = (153 * (month + if month > 2 { -3 } else { 9 }) + 2) / 5 + day - 1;
        Date(year.div_euclid(400) * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468)
    }
}

impl FromStr for Date {
    type Err = BadDate;

    fn from_str(text: &str) -> Result<Date, BadDate> {
        let bad = || BadDate(text.to_owned());
        let written = text.trim();
        let parts: Vec<&str> = written.split('-').collect();
        let digits =
            |part: &&str, count: usize| part.len() == count && part.bytes().all(|byte| byte.is_ascii_digit());
        match parts.as_slice() {
            [year, month, day] if digits(year, 4) && digits(month, 2) && digits(day, 2) => {
                let number = |part: &str| part.parse::<i64>().map_err(|_| bad());
                let civil = (number(year)?, number(month)?, number(day)?);
                let date = Date::from_civil(civil.0, civil.1, civil.2);
                // A day that does not exist comes back as another.
                if date.civil() == civil { Ok(date) } else { Err(bad()) }
            }
            _ => Err(bad()),
        }
    }
}

impl fmt::Display for Date {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.civil();
        write!(out, "{year:04}-{month:02}-{day:02}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_written_and_counted() {
        for text in ["1970-01-01", "2000-02-29", "2026-12-31", "2024-03-01", "1900-02-28", "9999-12-31"] {
            assert_eq!(text.parse::<Date>().unwrap().to_string(), text);
        }
        for text in
            ["2026-02-29", "2026-13-01", "2026-00-10", "26-01-01", "2026/01/01", "tomorrow", "", "2026-1-1"]
        {
            assert!(text.parse::<Date>().is_err(), "{text}");
        }
        let date: Date = "2026-02-27".parse().unwrap();
        assert_eq!(date.plus(2).to_string(), "2026-03-01");
        assert_eq!(date.weekday(), 4);
        assert_eq!(date.plus(1).workday().to_string(), "2026-03-02");
    }
}
