//! What was found out about a list before its rows: a value of its own, which `--look` prints, the run says, and the
//! summary holds.

use super::columns::Mapping;
use super::likely::Likely;
use super::samples::{Fit, Samples};
use crate::profile::headcount::DecimalStyle;
use crate::ruleset::Ruleset;
use crate::words;
use serde::Serialize;

/// What was found out about a list.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Detected {
    /// The kind of file, as options call it.
    pub kind: &'static str,
    /// The encoding of a text.
    pub encoding: Option<String>,
    /// Whether a mark at the beginning of the text says so.
    pub mark: bool,
    /// What stands between two cells.
    pub separator: Option<String>,
    /// The number of the header's line or row, from 1; nothing where there is none.
    pub header_line: Option<u64>,
    /// What stands before the header and is kept, as text.
    pub preamble: Option<String>,
    /// The sheet of a workbook.
    pub sheet: Option<String>,
    /// The titles of all columns.
    pub titles: Vec<String>,
    /// The columns that give something.
    pub columns: Vec<DetectedColumn>,
    /// Whether some column gives a fact that decides, so that the list can be answered.
    pub answerable: bool,
    /// Facts that no column gives.
    pub without_column: Vec<String>,
    /// The same as people read it, with the names that options take.
    #[serde(skip)]
    pub without_called: Vec<String>,
    /// Columns that look like a fact, but give none.
    pub likely: Vec<Likely>,
    /// What was chosen, in sentences.
    pub choices: Vec<String>,
}

/// A column that gives something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DetectedColumn {
    /// Its title.
    pub title: String,
    /// The fact, or the name of another thing such as `contact_title`.
    pub gives: String,
    /// The same as people read it, with the name that options take.
    #[serde(skip)]
    pub called: String,
    /// How its first cells read; nothing for what is no fact.
    pub fit: Option<Fit>,
    /// Which sign stands before decimals, where it is known: `comma` or `point`.
    pub decimal: Option<&'static str>,
}

impl Detected {
    /// Adds which column gives what.
    pub(crate) fn add_columns(
        &mut self,
        ruleset: &Ruleset,
        (titles, samples): (&[String], &Samples),
        mapping: &Mapping,
    ) {
        for (fact, columns) in &mapping.facts {
            for column in columns {
                let fit = Some(samples.fit(ruleset.fact(*fact), *column));
                let fact = ruleset.fact(*fact);
                let (gives, called) = (fact.name.clone(), words::named(fact));
                let decimal = match mapping.style(*column) {
                    DecimalStyle::Unknown => None,
                    DecimalStyle::Comma => Some("comma"),
                    DecimalStyle::Point => Some("point"),
                };
                let title = titles[*column].clone();
                self.columns.push(DetectedColumn { title, gives, called, fit, decimal });
            }
        }
        let others = [
            ("name", "name", mapping.name),
            ("contact_name", "the contact's name (`contact_name`)", mapping.contact_name),
            ("contact_title", "the contact's title (`contact_title`)", mapping.contact_title),
            ("contact_email", "the contact's e-mail (`contact_email`)", mapping.contact_email),
        ];
        for (gives, called, column) in others {
            let Some(column) = column else { continue };
            let title = titles[column].clone();
            let (gives, called) = (gives.to_owned(), called.to_owned());
            self.columns.push(DetectedColumn { title, gives, called, fit: None, decimal: None });
        }
        let facts = ruleset.facts().iter().enumerate().filter(|(_, fact)| !fact.derived);
        let without = facts.filter(|(at, _)| mapping.facts.iter().all(|(fact, _)| fact.0 != *at));
        (self.without_column, self.without_called) =
            without.map(|(_, fact)| (fact.name.clone(), words::named(fact))).unzip();
        self.choices.extend(mapping.choices.iter().cloned());
        self.titles = titles.to_vec();
    }

    /// What is said of it while a list is answered: what is worth knowing, and nothing that goes without saying.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        let mut lines = Vec::new();
        if let Some(encoding) = self.encoding.as_ref().filter(|encoding| *encoding != "UTF-8") {
            lines.push(format!("encoding: {encoding}"));
        }
        if let Some(line) = self.header_line.filter(|_| self.preamble.is_some()) {
            lines.push(format!("header: line {line}; what stands before it is kept"));
        }
        let mut mapped: Vec<(&str, Vec<String>)> = Vec::new();
        for column in &self.columns {
            let title = format!("`{}`", column.title);
            match mapped.iter_mut().find(|(called, _)| *called == column.called) {
                Some((_, titles)) => titles.push(title),
                None => mapped.push((&column.called, vec![title])),
            }
        }
        if !mapped.is_empty() {
            let each =
                mapped.iter().map(|(called, titles)| format!("{called} from {}", titles.join(" and ")));
            lines.push(format!("columns: {}", each.collect::<Vec<_>>().join(", ")));
        }
        lines.extend(self.choices.iter().cloned());
        if !self.without_column.is_empty() {
            lines.push(format!("no column gives: {}", self.without_called.join(", ")));
        }
        lines
    }

    /// All of it, for who wants to know before the list is answered.
    #[must_use]
    pub fn look(&self) -> String {
        let mut lines = vec![format!("kind: {}", self.kind)];
        if let Some(encoding) = &self.encoding {
            let mark = if self.mark { ", with a mark" } else { "" };
            lines.push(format!("encoding: {encoding}{mark}"));
        }
        if let Some(separator) = &self.separator {
            lines.push(format!("separator: {separator}"));
        }
        if let Some(sheet) = &self.sheet {
            lines.push(format!("sheet: {sheet}"));
        }
        match self.header_line {
            Some(line) => lines.push(format!("header: line {line}")),
            None if self.separator.is_some() => lines.push("header: none".to_owned()),
            None => {}
        }
        if let Some(preamble) = &self.preamble {
            let before = preamble.lines().map(|line| format!("  {line}"));
            lines.push("before the header, kept:".to_owned());
            lines.extend(before);
        }
        let titles: Vec<String> = self.titles.iter().map(|title| format!("`{title}`")).collect();
        lines.push(format!("titles: {}", titles.join(", ")));
        lines.push("columns:".to_owned());
        for column in &self.columns {
            lines.push(format!(
                "  {} from `{}`{}",
                column.called,
                column.title,
                column.fit.as_ref().map_or_else(String::new, fit)
            ));
        }
        lines.extend(self.choices.iter().map(|choice| format!("  {choice}")));
        if !self.without_column.is_empty() {
            lines.push(format!("no column gives: {}", self.without_called.join(", ")));
        }
        for likely in &self.likely {
            lines.push(format!("`{}` looks like {}: {}", likely.column, likely.fact, likely.option));
        }
        if !self.answerable {
            lines.push("no column gives a fact that decides: name one with --map FACT=COLUMN".to_owned());
        }
        lines.join("\n") + "\n"
    }
}

/// How the first cells of a column read, in words.
fn fit(fit: &Fit) -> String {
    let quoted =
        |cells: &[String]| cells.iter().map(|cell| format!("`{cell}`")).collect::<Vec<_>>().join(", ");
    let mut text = format!(": {} of its first {} cells read", fit.read, fit.cells);
    if !fit.examples.is_empty() {
        text.push_str(&format!(", such as {}", quoted(&fit.examples)));
    }
    if !fit.unreadable.is_empty() {
        text.push_str(&format!("; not {}", quoted(&fit.unreadable)));
    }
    text
}
