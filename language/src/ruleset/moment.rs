//! When in a project something happens: `"start"`, `"25%"`, `"go-live + 2w"`.

use std::fmt;

use crate::percent::Percent;

/// A day in a project, counted from one that is not known yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// What it is counted from.
    pub anchor: Anchor,
    /// So many days later; earlier where it is below zero.
    pub days: i32,
}

/// What a [`Moment`] is counted from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    /// The day the project starts.
    Start,
    /// The day after this part of the time between start and going live.
    Part(Percent),
    /// The day it goes live.
    GoLive,
}

/// Why a text is no moment.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadMoment {
    /// It is none of the forms.
    #[error("`{0}` is no moment of a project")]
    Shape(String),
    /// Its part is more than the whole.
    #[error("`{0}` is after the project has gone live")]
    After(String),
    /// It is before the project begins.
    #[error("`{0}` is before the project starts")]
    Before(String),
    /// It is further away than any project lasts.
    #[error("`{0}` is further away than {LONGEST} days")]
    TooFar(String),
}

/// What is expected where a moment is wrong.
pub const MOMENTS: &str = "a moment is `\"start\"`, `\"go-live\"`, a part of the time between them such as `\"25%\"`, or one of these and some \
     days or weeks: `\"start + 7d\"`, `\"go-live - 2w\"`";

/// The most days between a moment and what it is counted from.
const LONGEST: i32 = 3_660;

impl Moment {
    /// Reads a moment as a ruleset writes it.
    ///
    /// # Errors
    /// When it is none of the forms, or not within a project.
    pub fn parse(text: &str) -> Result<Moment, BadMoment> {
        let written = text.trim();
        let shape = || BadMoment::Shape(written.to_owned());
        let (anchor, rest) = if let Some(rest) = written.strip_prefix("start") {
            (Anchor::Start, rest)
        } else if let Some(rest) = written.strip_prefix("go-live") {
            (Anchor::GoLive, rest)
        } else {
            let (part, rest) = written.split_once('%').ok_or_else(shape)?;
            let percent = Percent::parse(&format!("{part}%")).map_err(|error| match error {
                crate::percent::BadPercent::Range(_) if part.trim_start().starts_with('-') => {
                    BadMoment::Before(written.to_owned())
                }
                crate::percent::BadPercent::Range(_) => BadMoment::After(written.to_owned()),
                _ => shape(),
            })?;
            (Anchor::Part(percent), rest)
        };
        let days = days(rest.trim(), written)?;
        let at_start = match anchor {
            Anchor::Start => true,
            Anchor::Part(percent) => percent == Percent::ZERO,
            Anchor::GoLive => false,
        };
        if at_start && days < 0 {
            return Err(BadMoment::Before(written.to_owned()));
        }
        Ok(Moment { anchor, days })
    }

    /// Whether it is before `other` in every project, however long.
    pub fn is_surely_before(self, other: Moment) -> bool {
        let ((own, days), (others, other_days)) = (self.order(), other.order());
        if own == others { days < other_days } else { own < others && days <= other_days }
    }

    /// By which moments are put in an order before the days of a project are known: the part of its time, then the days
    /// from there.
    pub fn order(self) -> (Percent, i32) {
        let part = match self.anchor {
            Anchor::Start => Percent::ZERO,
            Anchor::Part(percent) => percent,
            Anchor::GoLive => Percent::WHOLE,
        };
        (part, self.days)
    }
}

/// The days of `"+ 7d"` or `"- 2w"`; none where there is nothing.
fn days(rest: &str, written: &str) -> Result<i32, BadMoment> {
    let shape = || BadMoment::Shape(written.to_owned());
    if rest.is_empty() {
        return Ok(0);
    }
    let (sign, rest) = match (rest.strip_prefix('+'), rest.strip_prefix(['-', '\u{2212}'])) {
        (Some(rest), _) => (1, rest),
        (_, Some(rest)) => (-1, rest),
        _ => return Err(shape()),
    };
    let (number, each) = match (rest.strip_suffix('d'), rest.strip_suffix('w')) {
        (Some(number), _) => (number, 1),
        (_, Some(number)) => (number, 7),
        _ => return Err(shape()),
    };
    let number = number.trim();
    if number.is_empty() || !number.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(shape());
    }
    let too_far = || BadMoment::TooFar(written.to_owned());
    let days = number.parse::<i32>().ok().and_then(|number| number.checked_mul(each)).ok_or_else(too_far)?;
    if days > LONGEST { Err(too_far()) } else { Ok(sign * days) }
}

impl fmt::Display for Moment {
    /// As a ruleset writes it.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.anchor {
            Anchor::Start => formatter.write_str("start")?,
            Anchor::Part(percent) => write!(formatter, "{percent}")?,
            Anchor::GoLive => formatter.write_str("go-live")?,
        }
        match self.days {
            0 => Ok(()),
            days if days < 0 => write!(formatter, " - {}d", days.unsigned_abs()),
            days => write!(formatter, " + {days}d"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_is_read_and_written() {
        for (text, written) in [
            ("start", "start"),
            (" go-live ", "go-live"),
            ("25%", "25%"),
            ("0%", "0%"),
            ("100 %", "100%"),
            ("start + 7d", "start + 7d"),
            ("go-live-2w", "go-live - 14d"),
            ("12.5% + 0d", "12.5%"),
            ("50% - 3d", "50% - 3d"),
        ] {
            assert_eq!(Moment::parse(text).unwrap().to_string(), written, "{text}");
        }
    }

    #[test]
    fn what_is_outside_a_project_is_refused() {
        for text in ["", "end", "25", "start 7d", "start + d", "start + 7m", "start + -7d", "go-live + 1.5w"]
        {
            assert!(matches!(Moment::parse(text), Err(BadMoment::Shape(_))), "{text}");
        }
        assert!(matches!(Moment::parse("110%"), Err(BadMoment::After(_))));
        for text in ["-5%", "start - 1d", "0% - 2w"] {
            assert!(matches!(Moment::parse(text), Err(BadMoment::Before(_))), "{text}");
        }
        for text in ["start + 99999999999999d", "go-live + 999999999w", "go-live + 3661d"] {
            assert!(matches!(Moment::parse(text), Err(BadMoment::TooFar(_))), "{text}");
        }
    }

    #[test]
    fn one_moment_is_before_another_whatever_the_project_lasts() {
        let before = |one: &str, other: &str| {
            Moment::parse(one).unwrap().is_surely_before(Moment::parse(other).unwrap())
        };
        assert!(before("65%", "85%"));
        assert!(before("start + 1d", "0% + 2d"));
        assert!(before("99%", "go-live"));
        assert!(!before("start + 10d", "50%"), "the half of a short project is earlier");
        assert!(!before("85%", "65%") && !before("50%", "50%"));
    }
}
