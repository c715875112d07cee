//! A page for a list: what the answers to all of its rows come to, and the rows themselves to filter and sort.

use askama::Template;
use serde::Serialize;

use super::document::{Block, Section};
use super::map::picture;
use super::page::PageError;
use super::score::{Calibrated, calibration, sections};
use super::scripts;
use crate::clients::{AnsweredRow, RowSink, Summary};
use crate::learning::Score;
use crate::profile::Profile;
use crate::ruleset::{RoleId, Ruleset};
use crate::sentences;
use crate::words::thousands;

/// More rows than this are not put into a page.
pub const ROWS: usize = 100_000;

/// The rows that a page shows: the first [`ROWS`] of the list.
#[derive(Debug, Default)]
pub struct Rows(Vec<AnsweredRow>);

impl RowSink for Rows {
    fn most(&self) -> usize {
        ROWS
    }

    fn take(&mut self, rows: &mut Vec<AnsweredRow>) {
        self.0.append(rows);
    }
}

/// The rows as the script reads them: names and notes as they are, the rest as places in lists of words.
#[derive(Serialize, Default)]
struct Data {
    words: Vec<String>,
    rows: Vec<Line>,
}

/// Name, status, owner, contact, confidence, best question, note, and whether an answer to that question is sure to settle
/// the matter (1) and whether something was noted of the row's own cells (2), in sum.
type Line = (String, usize, usize, usize, usize, usize, String, u8);

/// A heading with bars below it.
struct Chart {
    heading: String,
    bars: Vec<Bar>,
}

struct Bar {
    label: String,
    rows: String,
    share: String,
}

#[derive(Template)]
#[template(path = "list.html")]
struct Page<'a> {
    title: &'a str,
    summary: &'a Summary,
    rows: String,
    charts: Vec<Chart>,
    questions: Vec<(String, String, String)>,
    shown: usize,
    left_out: String,
    score: Option<Scored<'a>>,
    data: String,
    script: &'static str,
    policy: String,
}

/// How often the answers were right, and the chart of what was claimed against what was seen.
struct Scored<'a> {
    sections: Vec<Section>,
    calibration: Vec<Calibrated>,
    score: &'a Score,
}

impl<'a> Scored<'a> {
    fn new(ruleset: &Ruleset, score: &'a Score) -> Scored<'a> {
        Scored { sections: sections(ruleset, score), calibration: calibration(score), score }
    }
}

/// The page; `title` is the list's name, `rows` those that a run gave it, and `score` says how often they
/// were right, where that is known.
///
/// # Errors
/// When the page's data cannot be written.
pub fn html(
    ruleset: &Ruleset,
    title: &str,
    summary: &Summary,
    rows: &Rows,
    score: Option<&Score>,
) -> Result<String, PageError> {
    written(ruleset, title, summary, (rows, ROWS), score)
}

/// The page with so many rows at most; what is counted is counted over all of them.
///
/// # Errors
/// As [`html`].
pub fn excerpt(
    ruleset: &Ruleset,
    title: &str,
    summary: &Summary,
    rows: &Rows,
    most: usize,
) -> Result<String, PageError> {
    written(ruleset, title, summary, (rows, most), None)
}

fn written(
    ruleset: &Ruleset,
    title: &str,
    summary: &Summary,
    (rows, most): (&Rows, usize),
    score: Option<&Score>,
) -> Result<String, PageError> {
    let shown = &rows.0[..most.min(rows.0.len())];
    let questions = summary
        .questions
        .iter()
        .map(|planned| (planned.question.clone(), thousands(planned.rows), thousands(planned.settles)))
        .collect();
    let page = Page {
        title,
        summary,
        rows: thousands(summary.rows),
        charts: charts(ruleset, summary, &rows.0),
        questions,
        shown: shown.len(),
        left_out: thousands(summary.answers - shown.len() as u64),
        score: score.map(|score| Scored::new(ruleset, score)),
        data: scripts::data(&serde_json::to_string(&data(ruleset, shown))?),
        script: scripts::OF_LIST,
        policy: scripts::policy(&[scripts::OF_LIST]),
    };
    Ok(page.render()?)
}

fn charts(ruleset: &Ruleset, summary: &Summary, rows: &[AnsweredRow]) -> Vec<Chart> {
    let words = |counts: &mut dyn Iterator<Item = (&str, u64)>| {
        counts.map(|(word, rows)| (word.to_owned(), rows)).collect::<Vec<_>>()
    };
    let statuses = words(&mut summary.statuses.iter().map(|(status, rows)| (*status, *rows)));
    let owners = words(&mut summary.owners.iter().map(|count| (count.title.as_str(), count.rows)));
    let mut charts = vec![chart("By status".to_owned(), statuses), chart("By owner".to_owned(), owners)];
    for (name, values) in &summary.derived {
        let Some(fact) = ruleset.fact_named(name).map(|id| ruleset.fact(id)) else { continue };
        let label =
            |value: &str| fact.value_named(value).map_or(value.to_owned(), |at| fact.label(at).to_owned());
        let counts = values.iter().map(|(value, rows)| (label(value), *rows)).collect();
        charts.push(chart(format!("By {}", fact.title()), counts));
    }
    charts.extend(numbers(ruleset, rows));
    charts.retain(|chart| !chart.bars.is_empty());
    charts
}

fn chart(heading: String, counts: Vec<(String, u64)>) -> Chart {
    let most = counts.iter().map(|(_, rows)| *rows).max().unwrap_or(0).max(1);
    let bar = |(label, rows): (String, u64)| Bar {
        label,
        rows: thousands(rows),
        share: format!("{:.1}", rows as f64 * 100.0 / most as f64),
    };
    Chart { heading, bars: counts.into_iter().map(bar).collect() }
}

/// The rows by the number along the ruleset's map, between the thresholds at which an owner changes.
fn numbers(ruleset: &Ruleset, rows: &[AnsweredRow]) -> Option<Chart> {
    let axis = ruleset.fact(ruleset.map()?.axis);
    let picture = picture(ruleset, &Profile::unknown(ruleset)).ok()?;
    let mut counts: Vec<(String, u64)> =
        picture.stretches.iter().map(|stretch| (stretch.label(), 0)).collect();
    let (mut across, mut unknown) = (0, 0);
    for row in rows {
        let own = |(least, most): (i128, i128)| {
            picture.stretches.iter().position(|stretch| stretch.holds(least) && stretch.holds(most))
        };
        match row.numbers.map(own) {
            Some(Some(at)) => counts[at].1 += 1,
            Some(None) => across += 1,
            None => unknown += 1,
        }
    }
    counts.push(("a band across a threshold".to_owned(), across));
    counts.push(("not known".to_owned(), unknown));
    Some(chart(format!("By {}", axis.title()), counts))
}

fn data(ruleset: &Ruleset, rows: &[AnsweredRow]) -> Data {
    let mut data = Data::default();
    let mut places = std::collections::HashMap::new();
    let title = |role: Option<RoleId>| role.map_or("", |role| &ruleset.role(role).title);
    for row in rows {
        let mut word = |text: &str| {
            *places.entry(text.to_owned()).or_insert_with(|| {
                data.words.push(text.to_owned());
                data.words.len() - 1
            })
        };
        let (status, owner, contact) = (word(row.status), word(title(row.owner)), word(title(row.contact)));
        let ask = row.ask.map(|fact| sentences::question(ruleset.fact(fact))).unwrap_or_default();
        let (confidence, ask) = (word(row.confidence), word(&ask));
        let flags = u8::from(row.settles) + 2 * u8::from(row.has_remarks);
        data.rows.push((row.name.clone(), status, owner, contact, confidence, ask, row.note.clone(), flags));
    }
    data
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stand_once_and_names_as_they_are() {
        let row = |name: &str| AnsweredRow {
            name: name.into(),
            status: "open",
            owner: None,
            contact: None,
            confidence: "none",
            ask: None,
            settles: false,
            has_remarks: false,
            numbers: None,
            note: String::new(),
        };
        let data = data(&Ruleset::embedded().unwrap(), &[row("a"), row("</script>")]);
        assert_eq!(data.words, ["open", "", "none"]);
        assert!(!scripts::data(&serde_json::to_string(&data).unwrap()).contains('<'));
    }
}
