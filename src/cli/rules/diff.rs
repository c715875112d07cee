//! `whoowns rules diff`.

use std::path::PathBuf;

use clap::{ArgGroup, Args, ValueEnum};
use serde_json::json;
use whoowns::analysis::diff::{Answered, Difference, PresumptionChange, RowChange, diff, outcomes};
use whoowns::{Ruleset, sentences, words};

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
        conditions(&mut text, &change.when_said, "where", "or where");
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
    found.presumptions.iter().for_each(|change| presumption(&mut text, change, rulesets));
    found.rows.iter().for_each(|change| row(&mut text, change));
    text.truncate(text.trim_end().len());
    text + "\n"
}

/// Conditions any of which may hold, one a line; an empty one always holds.
fn conditions(text: &mut String, said: &[String], first: &str, more: &str) {
    for (at, said) in said.iter().enumerate() {
        let lead = if at == 0 { first } else { more };
        match said.is_empty() {
            true => text.push_str("  in any case\n"),
            false => text.push_str(&format!("  {lead} {said}\n")),
        }
    }
}

fn presumption(text: &mut String, change: &PresumptionChange, rulesets: [&Ruleset; 2]) {
    let fact = rulesets.iter().find_map(|ruleset| Some(ruleset.fact(ruleset.fact_named(&change.of)?)));
    let of = match (change.key, fact) {
        ("typical", _) | (_, None) => format!("the `{}` row `{}`", change.key, change.of),
        (key, Some(fact)) => format!("`{key}` of {}", words::named(fact)),
    };
    let done = if change.change == "gone" || change.change == "new" { "is" } else { "has" };
    text.push_str(&format!("{of} {done} {}\n", change.change));
    if let (Some(profile), Some(from), Some(to)) = (&change.witness, &change.from, &change.to) {
        let example = match profile.is_empty() {
            true => "where nothing is known".to_owned(),
            false => format!("where {}", sentences::example(rulesets, profile)),
        };
        let [from, to] = [from, to].map(|one| answered(one, rulesets));
        text.push_str(&format!("  for example {example}: {from} → {to}\n"));
    }
    text.push('\n');
}

fn answered(answered: &Answered, rulesets: [&Ruleset; 2]) -> String {
    let Answered { status, owner, contact, confidence } = answered;
    match owner {
        None => status.clone(),
        Some(_) => {
            let answer = sentences::titled(rulesets, [owner, contact]);
            format!("{answer} ({status}, {confidence} confidence)")
        }
    }
}

fn row(text: &mut String, change: &RowChange) {
    let done = if change.change == "changed" { "has changed" } else { &format!("is {}", change.change) };
    text.push_str(&format!("the `{}` row `{}` {done}", change.table, change.id));
    if !change.keys.is_empty() {
        text.push_str(&format!(": `{}`", change.keys.join("`, `")));
    }
    text.push('\n');
    conditions(text, &change.begins_said, "now holds where", "or where");
    conditions(text, &change.ends_said, "no longer holds where", "or where");
    text.push('\n');
}
