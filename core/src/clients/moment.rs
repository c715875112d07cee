//! Dates and times of workbooks.

use std::fmt;

/// A date, or a moment of it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Moment {
    year: i32,
    month: u32,
    day: u32,
    /// Milliseconds since midnight.
    within_day: u32,
    shown: Shown,
}

/// What a workbook shows of a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shown {
    /// The day and what is around it.
    Day,
    /// The month and the year alone.
    Month,
    /// The workbook does not say.
    Unknown,
}

const DAY: u32 = 86_400_000;

impl Shown {
    /// What a date in this format of a workbook shows: `d-mmm`, `mmm-yy`, `[$-409]dd/mm/yyyy;@`.
    pub(crate) fn by_format(format: &str) -> Self {
        let mut letters = format.chars();
        let mut month = false;
        while let Some(letter) = letters.next() {
            match letter {
                // Texts, colours and places are no part of the date.
                '"' => drop(letters.by_ref().find(|letter| *letter == '"')),
                '[' => drop(letters.by_ref().find(|letter| *letter == ']')),
                '\\' | '_' | '*' => drop(letters.next()),
                ';' => break,
                'd' | 'D' => return Shown::Day,
                'm' | 'M' => month = true,
                _ => {}
            }
        }
        if month { Shown::Month } else { Shown::Unknown }
    }
}

impl Moment {
    /// A moment, if there is such a day.
    pub(crate) fn new((year, month, day): (i32, u32, u32), within_day: u32, shown: Shown) -> Option<Self> {
        let there_is = (1..=12).contains(&month) && (1..=31).contains(&day) && within_day < DAY;
        there_is.then_some(Moment { year, month, day, within_day, shown })
    }

    /// A moment as ISO 8601 writes it.
    pub(crate) fn by_iso(text: &str) -> Option<Self> {
        let (date, time) = match text.split_once(['T', ' ']) {
            Some((date, time)) => (date, time.trim_end_matches('Z')),
            None => (text, ""),
        };
        let mut parts = date.splitn(3, '-').map(|part| part.parse::<u32>().ok());
        let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
        let mut within_day = 0.0;
        for (part, seconds) in time.split(':').filter(|part| !part.is_empty()).zip([3600.0, 60.0, 1.0]) {
            within_day += part.parse::<f64>().ok().filter(|part| (0.0..60.0).contains(part))? * seconds;
        }
        // A day has so few milliseconds that nothing of them is cut.
        let within_day = (within_day * 1000.0).round() as u32;
        Moment::new((i32::try_from(year).ok()?, month, day), within_day, Shown::Unknown)
    }

    /// The days since the beginning of 1900, as workbooks count them.
    #[cfg(feature = "cli")]
    pub(crate) fn serial(&self) -> f64 {
        /// The day before the first, as workbooks count them after February 1900.
        const BEGINNING: i64 = -25_569;
        // Days since 1970 in the calendar of today (Howard Hinnant's algorithm).
        let year = i64::from(self.year) - i64::from(self.month <= 2);
        let era = year.div_euclid(400);
        let of_era = year - era * 400;
        let month = (i64::from(self.month) + 9) % 12;
        let of_year = (153 * month + 2) / 5 + i64::from(self.day) - 1;
        let days = era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468;
        // 1900 had no 29 February, but workbooks have one.
        let days = days - BEGINNING - i64::from(days - BEGINNING <= 60);
        // No date has more days than a number holds exactly.
        days as f64 + f64::from(self.within_day) / f64::from(DAY)
    }

    /// Whether it is a whole day.
    pub(crate) fn is_day(&self) -> bool {
        self.within_day == 0
    }

    /// The date as a spreadsheet shows what it made of a band: `Nov-50` of 11-50, `10-Jan` of 1-10. Where it can have
    /// come from two different bands, the date itself.
    pub(crate) fn as_band(&self) -> String {
        const MONTHS: [&str; 12] =
            ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
        let month = MONTHS[self.month.saturating_sub(1).min(11) as usize];
        let (by_day, by_year) =
            (format!("{}-{month}", self.day), format!("{month}-{:02}", self.year.rem_euclid(100)));
        if !self.is_day() {
            return self.to_string();
        }
        // Of month and year a spreadsheet makes the first of the month.
        if self.day != 1 {
            return by_day;
        }
        // Of day and month it makes a date of the year in which that is written, which is none of the last century.
        let of_this_century = self.year >= 2000;
        match self.shown {
            Shown::Month => by_year,
            _ if !of_this_century => by_year,
            Shown::Day => by_day,
            Shown::Unknown => {
                let (day, year) =
                    (self.month > 1, i64::from(self.year.rem_euclid(100)) > i64::from(self.month));
                match (day, year) {
                    (true, true) => self.to_string(),
                    (false, true) => by_year,
                    _ => by_day,
                }
            }
        }
    }
}

/// As ISO 8601 writes it, with the time where there is one.
impl fmt::Display for Moment {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        write!(out, "{:04}-{:02}-{:02}", self.year, self.month, self.day)?;
        if self.is_day() {
            return Ok(());
        }
        let seconds = self.within_day / 1000;
        write!(out, " {:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moment(text: &str, shown: Shown) -> Moment {
        Moment { shown, ..Moment::by_iso(text).unwrap() }
    }

    #[test]
    fn a_date_that_was_a_band_is_shown_as_the_workbook_shows_it() {
        use Shown::{Day, Month, Unknown};
        for (date, shown, band) in [
            ("2025-10-01", Day, "1-Oct"),
            ("2025-10-01", Month, "Oct-25"),
            // 1-10 or 10-25: nobody can tell.
            ("2025-10-01", Unknown, "2025-10-01"),
            ("2005-10-01", Unknown, "1-Oct"),
            ("2025-01-01", Unknown, "Jan-25"),
            ("2026-01-10", Month, "10-Jan"),
            ("2026-01-10", Unknown, "10-Jan"),
            ("1950-11-01", Month, "Nov-50"),
            ("1950-11-01", Day, "Nov-50"),
            ("1950-11-01", Unknown, "Nov-50"),
            ("2025-10-01 12:00:00", Day, "2025-10-01 12:00:00"),
        ] {
            assert_eq!(moment(date, shown).as_band(), band, "{date} {shown:?}");
        }
    }

    #[test]
    fn formats_say_what_is_shown() {
        for (format, shown) in [
            ("d-mmm", Shown::Day),
            ("mmm-yy", Shown::Month),
            ("[$-409]mmmm\\ yyyy;@", Shown::Month),
            ("yyyy\\-mm\\-dd", Shown::Day),
            ("\"den\" mm/yyyy", Shown::Month),
            ("[Red]mm;dd", Shown::Month),
            ("h:ss", Shown::Unknown),
        ] {
            assert_eq!(Shown::by_format(format), shown, "{format}");
        }
    }

    #[test]
    fn days_are_counted_as_workbooks_count_them() {
        for (date, serial) in [
            ("1900-01-01", 1.0),
            ("1900-02-28", 59.0),
            ("1900-03-01", 61.0),
            ("2020-02-29", 43_890.0),
            ("2025-10-01T12:00:00Z", 45_931.5),
            ("9999-12-31", 2_958_465.0),
        ] {
            assert!((moment(date, Shown::Unknown).serial() - serial).abs() < 1e-9, "{date}");
        }
        assert_eq!(moment("2025-10-01T06:30:05.400", Shown::Day).to_string(), "2025-10-01 06:30:05");
        for text in ["", "2025", "2025-13-01", "2025-10-01T99:00:00", "PT5H", "a-b-c"] {
            assert_eq!(Moment::by_iso(text), None, "{text}");
        }
    }
}
