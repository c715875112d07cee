//! A project laid out in time between its start and its going live.
//!
//! The frame is that of any project: the goals and who owns them are settled first, then the plan is signed; people
//! talk in a steady rhythm; users test, their test is signed off, and some days are left before it goes live. What is
//! done at each point comes from the ruleset's actions, by their topic.

use super::dates::Date;

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

/// Something that happens on a day, or from one to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Milestone {
    /// The day it begins.
    pub from: Date,
    /// The day it ends, where that is another.
    pub to: Option<Date>,
    /// What it is.
    pub what: String,
}

/// Where in a project a topic has its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    Ownership,
    Goals,
    Plan,
    Rhythm,
    Test,
}

/// How topics are called, by the beginning of a word in them.
const TOPICS: [(&str, Phase); 11] = [
    ("owner", Phase::Ownership),
    ("respons", Phase::Ownership),
    ("goal", Phase::Goals),
    ("requirement", Phase::Goals),
    ("scope", Phase::Goals),
    ("test", Phase::Test),
    ("pilot", Phase::Test),
    ("communic", Phase::Rhythm),
    ("time", Phase::Plan),
    ("budget", Phase::Plan),
    ("plan", Phase::Plan),
];

impl Span {
    /// From `start` to `live`.
    ///
    /// # Errors
    /// When it does not go live after its start.
    pub fn new(start: Date, live: Date) -> Result<Span, Backwards> {
        if start < live { Ok(Span { start, live }) } else { Err(Backwards { start, live }) }
    }

    /// The day after a part of the time, in percent; a working day where one is left.
    fn at(self, percent: i64) -> Date {
        let day = self.start.plus(self.live.since(self.start) * percent / 100);
        day.workday().min(self.live)
    }

    /// How many days lie between two status calls: few in a short project, more in a long one.
    fn rhythm(self) -> i64 {
        if self.live.since(self.start) <= 120 { 7 } else { 14 }
    }

    /// When what belongs to a topic is done, in words with dates; nothing where the topic has no place of its own.
    pub fn when(self, topic: &str) -> Option<String> {
        let folded = topic.to_lowercase();
        let words = || folded.split(|letter: char| !letter.is_alphanumeric());
        let (_, phase) = TOPICS.iter().find(|(stem, _)| words().any(|word| word.starts_with(stem)))?;
        Some(match phase {
            Phase::Ownership => format!("by {}", self.at(8)),
            Phase::Goals => format!("by {}", self.at(18)),
            Phase::Plan => format!("signed by {}, checked at every call", self.at(25)),
            Phase::Rhythm => format!("from {}, {}", self.start.workday(), self.every()),
            Phase::Test => format!("{} to {}", self.at(65), self.at(85)),
        })
    }

    fn every(self) -> &'static str {
        if self.rhythm() == 7 { "every week" } else { "every two weeks" }
    }

    /// The days of the project, in order.
    pub fn milestones(self) -> Vec<Milestone> {
        let day = |from: Date, what: &str| Milestone { from, to: None, what: what.to_owned() };
        let calls = (self.live.since(self.start) + self.rhythm() - 1) / self.rhythm();
        let mut found = vec![
            day(
                self.start.workday().min(self.live),
                &format!("Kick-off and first status call; {calls} calls in all, {}", self.every()),
            ),
            day(self.at(8), "Ownership settled in writing"),
            day(self.at(18), "Sign-off: goals and requirements"),
            day(self.at(25), "Sign-off: timeline and budget"),
            day(self.at(50), "Halfway: goals, dates and budget compared with the plan"),
            Milestone {
                from: self.at(65),
                to: Some(self.at(85)),
                what: "Test by the people who will use it".to_owned(),
            },
            day(self.at(92), "Sign-off: the test and what was found in it"),
            day(self.live, "Go-live"),
            day(self.live.plus(14).workday(), "Review after two weeks"),
        ];
        found.sort_by_key(|milestone| milestone.from);
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_span_is_laid_out_in_order_and_within_itself() {
        let start: Date = "2026-01-05".parse().unwrap();
        for days in 1..500 {
            let live = start.plus(days);
            let span = Span::new(start, live).unwrap();
            let milestones = span.milestones();
            assert!(milestones.windows(2).all(|pair| pair[0].from <= pair[1].from));
            assert!(
                milestones
                    .iter()
                    .rev()
                    .skip(1)
                    .all(|milestone| milestone.from >= start && milestone.from <= live)
            );
        }
        assert!(Span::new(start, start).is_err());
    }

    #[test]
    fn topics_have_their_place() {
        let span = Span::new("2026-01-05".parse().unwrap(), "2026-04-15".parse().unwrap()).unwrap();
        assert_eq!(span.when("communication").as_deref(), Some("from 2026-01-05, every week"));
        assert!(span.when("timelines-and-budgets").unwrap().starts_with("signed by 2026-01-30"));
        assert_eq!(span.when("catering"), None);
    }
}
