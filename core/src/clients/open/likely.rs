//! Columns that look like a fact although no title says so, and what to do where no column gives a fact that decides.

use super::columns::{ColumnFinder, Mapping};
use super::samples::Samples;
use super::titles::words;
use crate::clients::cell_text::{CellText, read_cell};
use crate::clients::error::ListError;
use crate::profile::headcount::DecimalStyle;
use crate::profile::{Known, read_text};
use crate::ruleset::{Fact, FactId, Kind, Ruleset};

/// So many percent of the cells can be read where a column looks like a fact.
const SHARE: usize = 80;
/// So many titles are named.
const TITLES: usize = 40;

/// A column that looks like a fact.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Likely {
    /// The name of the fact.
    pub fact: String,
    /// The title of the column.
    pub column: String,
    /// What to add to the command.
    pub option: String,
}

/// Columns that are not mapped and look like a fact that decides and has no column.
pub(crate) fn likely(
    ruleset: &Ruleset,
    finder: &ColumnFinder,
    (titles, samples): (&[String], &Samples),
    mapping: &Mapping,
) -> Vec<Likely> {
    let is_mapped = |column: usize| mapping.facts.iter().any(|(_, columns)| columns.contains(&column));
    let has_column = |fact: FactId| mapping.facts.iter().any(|(mapped, _)| *mapped == fact);
    let mut all = Vec::new();
    for fact in finder.deciding().filter(|fact| !has_column(*fact)) {
        let fact = ruleset.fact(fact);
        for column in (0..titles.len()).filter(|column| !is_mapped(*column)) {
            let fit = samples.fit(fact, column);
            if fit.read > 0
                && fit.reaches(SHARE)
                && speaks_for(fact, &titles[column], (samples, column), fit.read)
            {
                let repeated = titles.iter().filter(|title| **title == titles[column]).count() > 1;
                let name = if repeated { format!("#{}", column + 1) } else { quoted(&titles[column]) };
                all.push(Likely {
                    fact: fact.name.clone(),
                    column: titles[column].clone(),
                    option: format!("--map {}={name}", fact.name),
                });
            }
        }
    }
    all
}

/// Whether the title or the cells of a column, which can be read, speak for the fact.
fn speaks_for(fact: &Fact, title: &str, (samples, column): (&Samples, usize), read: usize) -> bool {
    let (cells, style): (_, DecimalStyle) = (samples.column(column), samples.style(column));
    let known: Vec<String> = fact
        .columns
        .iter()
        .chain([&fact.name])
        .chain(&fact.column_words)
        .flat_map(|title| words(title))
        .collect();
    // Words such as `of` or `is` say nothing.
    let by_title = words(title).iter().any(|word| word.chars().count() > 2 && known.contains(word));
    let telling = |cell: &&String| match read_cell(fact, cell, style) {
        Ok(CellText::Given(Some(given))) => {
            matches!(given.known, Known::Band { .. }) || cell.chars().any(char::is_alphabetic)
        }
        _ => false,
    };
    match fact.kind {
        Kind::Integer => by_title || 2 * cells.iter().filter(telling).count() >= read,
        Kind::Choice => true,
        Kind::Boolean | Kind::Set | Kind::Text => by_title,
    }
}

/// What to say where no column gives a fact that decides.
pub(crate) fn without_fact(
    ruleset: &Ruleset,
    finder: &ColumnFinder,
    (titles, samples): (&[String], &Samples),
    mapping: &Mapping,
) -> ListError {
    let named: Vec<String> = titles.iter().take(TITLES).map(|title| format!("`{title}`")).collect();
    let more = titles.len().saturating_sub(TITLES);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    let mut text = format!("no column gives a fact that decides; the titles are {}{more}", named.join(", "));
    for choice in &mapping.choices {
        text.push_str("\n  ");
        text.push_str(choice);
    }
    for likely in likely(ruleset, finder, (titles, samples), mapping) {
        text.push_str(&format!("\n  `{}` looks like {}: add {}", likely.column, likely.fact, likely.option));
    }
    let integers = finder.deciding().filter(|fact| ruleset.fact(*fact).kind == Kind::Integer);
    let is_data = |title: &String, fact: &Fact| {
        title.starts_with(|letter: char| letter.is_ascii_digit())
            && matches!(read_text(fact, title), Ok(Some(_)))
    };
    for fact in integers.map(|fact| ruleset.fact(fact)) {
        if let Some(column) = titles.iter().position(|title| is_data(title, fact)) {
            text.push_str(&format!(
                "\n  `{}` is no title: if there is no header, add --no-header --map {}=#{}",
                titles[column],
                fact.name,
                column + 1
            ));
        }
    }
    // Services hand their lists out within an object that tells about them.
    let is_list = |cell: &String| cell.starts_with('{');
    if let Some(within) = (0..titles.len()).find(|column| samples.column(*column).iter().any(is_list)) {
        text.push_str(&format!(
            "\n  `{0}` holds a list of its own: give that one, as `jq .{0}` writes it",
            titles[within]
        ));
    }
    if let [title] = titles
        && let Some(mark) = parting(title, samples.column(0))
    {
        text.push_str(&format!(
            "\n  if `{mark}` stands between cells, add --delimiter {}",
            quoted(&mark.to_string())
        ));
    }
    let facts: Vec<&str> = finder.deciding().map(|fact| ruleset.fact(fact).name.as_str()).collect();
    text.push_str(&format!(
        "\n  name a column with --map FACT=COLUMN (a title, or #3 by its place), or the line of the header with --header; \
         facts are {}",
        facts.join(", ")
    ));
    ListError::Columns(text)
}

/// What may stand between the cells of a list that seems to have one column: a mark that its only title and all its
/// cells have equally often.
fn parting(title: &str, cells: &[String]) -> Option<char> {
    /// Marks that titles have for other reasons.
    const WITHIN: &str = "\"'()[]{}-_./&#%";
    let count = |text: &str, mark: char| text.chars().filter(|letter| *letter == mark).count();
    let equally = |mark: char| cells.iter().all(|cell| count(cell, mark) == count(title, mark));
    let mut marks = title.chars().filter(|letter| letter.is_ascii_punctuation() && !WITHIN.contains(*letter));
    marks.find(|mark| !cells.is_empty() && equally(*mark))
}

/// A title as a shell takes it.
fn quoted(title: &str) -> String {
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '_' | '-' | '.');
    if !title.is_empty() && title.chars().all(is_plain) {
        return title.to_owned();
    }
    format!("'{}'", title.replace('\'', "'\\''"))
}
