//! `whoowns rules diff`.

use std::path::PathBuf;

use clap::{ArgGroup, Args, ValueEnum};
use serde_json::json;
use whoowns::analysis::diff::{Difference, diff, outcomes};
use whoowns::{Ruleset, sentences};

use super::check::pretty;
use super::over;
use crate::cli::list_arguments::{self, LIST_ARGUMENTS, ListArguments};
use crate::cli::loaded;
use crate::cli::output::Output;
use crate::cli::{Exit, Shared};

/// Where two rulesets come to different answers, exactly
#[derive(Debug, Args)]
#[command(group(ArgGroup::new("reading").args(LIST_ARGUMENTS).multiple(true).requires("over")))]
#[command(after_help = "Examples:
  whoowns rules diff old-rules.toml new-rules.toml
  whoowns rules diff training-platform my-rules.toml     against the built-in ruleset
  whoowns rules diff old.toml new.toml --over clients.csv
  whoowns rules diff old.toml new.toml --over clients.csv --map 'headcount=Company Size'
  whoowns rules diff old.toml new.toml --format json
  whoowns rules diff old.toml new.toml --only outcomes   what differs for facts fully known

Exits with 1 where anything changes.")]
pub struct Diff {
    /// The ruleset as it was
    #[arg(value_name = "OLD")]
    old: PathBuf,
    /// The ruleset as it is
    #[arg(value_name = "NEW")]
    new: PathBuf,
    /// Which clients of this list change, and from what to what
    #[arg(long, value_name = "CLIENTS")]
    over: Option<PathBuf>,
    /// Compare the outcomes of states alone: no presumptions, facts, stakeholders, risks, actions, questions or dates
    #[arg(long, value_name = "WHAT", conflicts_with = "over")]
    only: Option<Only>,
    /// How to write what changes
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
    #[command(flatten)]
    output: Output,
    #[command(flatten, next_help_heading = "How the list of `--over` is read")]
    list: ListArguments,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Only {
    /// Owner and contact of every state
    Outcomes,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people, in a terminal
    Text,
    /// One object with all changes
    Json,
}

impl Diff {
    pub fn run(&self, shared: &Shared) -> anyhow::Result<Exit> {
        let (old, new) = (loaded::ruleset(&self.old)?, loaded::ruleset(&self.new)?);
        shared.say_notes(&old);
        shared.say_notes(&new);
        if let Some(list) = &self.over {
            let changed = over::compare(&old, &new, list_arguments::input(list), &self.list.options()?)?;
            let text = match self.format {
                Format::Text => over::in_words(&changed, [&new, &old]),
                Format::Json => pretty(&over::json(&changed))?,
            };
            self.output.write(&text)?;
            return Ok(if changed.clients.is_empty() { Exit::Answered } else { Exit::Attention });
        }
        let found = match self.only {
            Some(Only::Outcomes) => outcomes(&old, &new)?,
            None => diff(&old, &new)?,
        };
        for note in &found.notes {
            shared.say(&format!("note: {note}"));
        }
        let text = match (self.format, self.only) {
            (Format::Text, _) => in_words(&found, [&new, &old]),
            (Format::Json, Some(Only::Outcomes)) => {
                pretty(&json!({ "schema_version": 1, "changes": found.changes }))?
            }
            (Format::Json, None) => pretty(&json!({
                "schema_version": 1,
                "changes": found.changes,
                "facts": found.facts,
                "presumptions": found.presumptions,
                "rows": found.rows,
            }))?,
        };
        self.output.write(&text)?;
        Ok(if found.is_empty() { Exit::Answered } else { Exit::Attention })
    }
}

/// What changes as people read it; `rulesets` are the new one and the old one.
pub fn in_words(found: &Difference, rulesets: [&Ruleset; 2]) -> String {
    if found.is_empty() {
        return "no outcome changes\n".to_owned();
    }
    let mut text = String::new();
    for change in &found.changes {
        let [from, to] =
            [&change.from, &change.to].map(|one| sentences::titled(rulesets, [&one.owner, &one.contact]));
        text.push_str(&format!("{from} → {to}\n"));
        let places = sentences::in_any_of(&change.when_said, "where");
        places.iter().for_each(|place| text.push_str(&format!("  {place}\n")));
        let states =
            if change.states == "1" { "1 state".to_owned() } else { format!("{} states", change.states) };
        let example = sentences::example(rulesets, &change.witness);
        text.push_str(&match example.is_empty() {
            true => format!("  {states}\n\n"),
            false => format!("  {states}, for example where {example}\n\n"),
        });
    }
    if found.changes.is_empty() {
        text.push_str("no state has another outcome, but answers differ\n\n");
    }
    for fact in &found.facts {
        text.push_str(&format!("{}\n\n", fact.in_words(rulesets)));
    }
    for change in &found.presumptions {
        let example = change.example(rulesets);
        indented(&mut text, &change.in_words(rulesets), example.as_slice());
    }
    for change in &found.rows {
        indented(&mut text, &change.in_words(), &change.places());
    }
    text.truncate(text.trim_end().len());
    text + "\n"
}

/// A sentence with lines below it.
fn indented(text: &mut String, sentence: &str, lines: &[String]) {
    text.push_str(&format!("{sentence}\n"));
    lines.iter().for_each(|line| text.push_str(&format!("  {line}\n")));
    text.push('\n');
}
