//! A project laid out in time between its start and its going live, by the ruleset's milestones.

use std::fmt;
use std::str::FromStr;

use jiff::ToSpan;
use jiff::civil::{self, Weekday};

use crate::ruleset::{Anchor, Milestone, Moment};

/// A day of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date(civil::Date);

/// Why a text is no date.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no date; write it as in `2026-03-31`")]
pub struct BadDate(String);

impl FromStr for Date {
    type Err = BadDate;

    fn from_str(text: &str) -> Result<Date, BadDate> {
        let written = text.trim();
        let read = written.parse::<civil::Date>().map_err(|_| BadDate(text.to_owned()))?;
        // A date is read in one form alone: what is written otherwise may be meant otherwise.
        if read.to_string() == written { Ok(Date(read)) } else { Err(BadDate(text.to_owned())) }
    }
}

impl fmt::Display for Date {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

impl Date {
    /// The date so many days later; at the ends of the calendar it stays there.
    fn plus(self, days: i32) -> Date {
        Date(self.0.saturating_add(days.days()))
    }

    /// This day, or the Monday after where it falls on a weekend.
    fn workday(self) -> Date {
        match self.0.weekday() {
            Weekday::Saturday => self.plus(2),
            Weekday::Sunday => self.plus(1),
            _ => self,
        }
    }
}

/// From the start to going live.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    start: Date,
    live: Date,
}

/// Why there is no schedule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the project goes live on {live}, which is not after its start on {start}")]
pub struct Backwards {
    start: Date,
    live: Date,
}

impl Span {
    /// From `start` to `live`.
    ///
    /// # Errors
    /// When it does not go live after its start.
    pub fn new(start: Date, live: Date) -> Result<Span, Backwards> {
        if start < live { Ok(Span { start, live }) } else { Err(Backwards { start, live }) }
    }

    /// The day of a moment. A part of the time is a working day where one is left before the project goes live; what is
    /// counted in days from a date that was given is that very day.
    pub fn day(self, moment: Moment) -> Date {
        let anchor = match moment.anchor {
            Anchor::Start => self.start,
            Anchor::GoLive => self.live,
            Anchor::Part(part) => {
                let whole = (self.live.0 - self.start.0).get_days();
                let days = i32::try_from(part.of(u64::from(whole.unsigned_abs()))).unwrap_or(i32::MAX);
                self.start.plus(days).workday().min(self.live)
            }
        };
        anchor.plus(moment.days)
    }

    /// The day of a milestone, or the days it lasts.
    fn days_of(self, milestone: &Milestone) -> (Date, Option<Date>) {
        let from = self.day(milestone.at);
        let until = milestone.until.map(|until| self.day(until)).filter(|until| *until > from);
        (from, until)
    }

    /// The days of a project, in order, and what happens on them.
    pub fn days<'a>(self, milestones: impl Iterator<Item = &'a Milestone>) -> Vec<(String, String)> {
        let day = |milestone: &'a Milestone| (self.days_of(milestone), milestone.text.clone());
        let mut days: Vec<_> = milestones.map(day).collect();
        // The sort is stable: what is on one day stays in the ruleset's order.
        days.sort_by_key(|((from, _), _)| *from);
        let said = |((from, until), text): ((Date, Option<Date>), String)| match until {
            Some(until) => (format!("{from} to {until}"), text),
            None => (from.to_string(), text),
        };
        days.into_iter().map(said).collect()
    }

    /// When what belongs to a topic is due: by the first milestone of that topic.
    pub fn due<'a>(self, milestones: impl Iterator<Item = &'a Milestone>, topic: &str) -> Option<String> {
        let own = milestones.filter(|milestone| milestone.topic.as_deref() == Some(topic));
        let (from, until) = own.map(|milestone| self.days_of(milestone)).min_by_key(|(from, _)| *from)?;
        Some(match until {
            Some(until) => format!("{from} to {until}"),
            None => format!("by {from}"),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_in_one_form() {
        for text in ["1970-01-01", "2000-02-29", "2026-12-31", "9999-12-31"] {
            assert_eq!(text.parse::<Date>().unwrap().to_string(), text);
        }
        for text in [
            "2026-02-29",
            "2026-13-01",
            "26-01-01",
            "2026/01/01",
            "20260101",
            "2026-01-01T10:00",
            "tomorrow",
            "",
        ] {
            assert!(text.parse::<Date>().is_err(), "{text}");
        }
    }

    #[test]
    fn moments_are_days_within_the_project_however_short() {
        let start: Date = "2026-01-05".parse().unwrap();
        let day = |days: i32, moment: &str| {
            Span::new(start, start.plus(days)).unwrap().day(Moment::parse(moment).unwrap())
        };
        for days in 1..500 {
            for moment in ["start", "0%", "8%", "50%", "99%", "go-live"] {
                assert!((start..=start.plus(days)).contains(&day(days, moment)), "{days} {moment}");
            }
        }
        assert_eq!(day(100, "start + 5d").to_string(), "2026-01-10");
        assert_eq!(day(100, "5%").to_string(), "2026-01-12", "a Saturday becomes the Monday after");
        assert_eq!(day(100, "go-live + 2w").to_string(), "2026-04-29");
        assert_eq!(day(100, "go-live - 1d").to_string(), "2026-04-14");
        assert!(Span::new(start, start).is_err());
        let late: Date = "9999-12-30".parse().unwrap();
        assert_eq!(late.plus(100).to_string(), "9999-12-31");
    }
}
