//! `whoowns rules diff`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use serde_json::{Map, Value as Json, json};
use whoowns::Ruleset;
use whoowns::analysis::diff::{Answer, Answered, Difference, PresumptionChange, RowChange, diff, outcomes};
use whoowns::analysis::{condition_in_words, toml_table};

use super::check::pretty;
use super::over;
use crate::cli::loaded;
use crate::cli::output::Output;
use crate::cli::{Exit, Shared};

/// Where two rulesets come to different answers, exactly
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  whoowns rules diff old-rules.toml new-rules.toml
  whoowns rules diff training-platform my-rules.toml     against the built-in ruleset
  whoowns rules diff old.toml new.toml --over clients.csv
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
        if let Some(list) = &self.over {
            let changed = over::compare(&old, &new, list)?;
            let text = match self.format {
                Format::Text => over::in_words(&changed),
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

fn in_words(found: &Difference, rulesets: [&Ruleset; 2]) -> String {
    if found.is_empty() {
        return "no outcome changes\n".to_owned();
    }
    let mut text = String::new();
    for change in &found.changes {
        let titled = |answer: &Answer| {
            let title = |id: &String| {
                let role = rulesets.iter().find_map(|ruleset| Some(ruleset.role(ruleset.role_named(id)?)));
                role.map_or_else(|| id.clone(), |role| role.title.clone())
            };
            Answer { owner: answer.owner.as_ref().map(title), contact: answer.contact.as_ref().map(title) }
        };
        text.push_str(&format!("{} → {}\n", answer(&titled(&change.from)), answer(&titled(&change.to))));
        for (at, said) in change.when_said.iter().enumerate() {
            match (at, said.is_empty()) {
                (_, true) => text.push_str("  in any case\n"),
                (0, false) => text.push_str(&format!("  where {said}\n")),
                (_, false) => text.push_str(&format!("  or where {said}\n")),
            }
        }
        let states =
            if change.states == "1" { "1 state".to_owned() } else { format!("{} states", change.states) };
        text.push_str(&format!("  {states}, for example {}\n\n", toml_table(&change.witness)));
    }
    if found.changes.is_empty() {
        text.push_str("no state has another outcome, but answers differ\n\n");
    }
    for fact in &found.facts {
        text.push_str(&format!("{}\n\n", fact.in_words()));
    }
    found.presumptions.iter().for_each(|change| presumption(&mut text, change));
    found.rows.iter().for_each(|change| row(&mut text, change));
    text.truncate(text.trim_end().len());
    text + "\n"
}

fn conditions(text: &mut String, when: &[Map<String, Json>], first: &str, more: &str) {
    for (at, when) in when.iter().enumerate() {
        let lead = if at == 0 { first } else { more };
        match when.is_empty() {
            true => text.push_str("  in any case\n"),
            false => text.push_str(&format!("  {lead} {}\n", condition_in_words(when))),
        }
    }
}

fn presumption(text: &mut String, change: &PresumptionChange) {
    let of = match change.key {
        "typical" => format!("the `typical` row `{}`", change.of),
        key => format!("`{key}` of `{}`", change.of),
    };
    let done = if change.change == "gone" || change.change == "new" { "is" } else { "has" };
    text.push_str(&format!("{of} {done} {}\n", change.change));
    if let (Some(profile), Some(from), Some(to)) = (&change.witness, &change.from, &change.to) {
        let profile = if profile.is_empty() { "the empty profile".to_owned() } else { toml_table(profile) };
        text.push_str(&format!("  for example {profile}: {} → {}\n", answered(from), answered(to)));
    }
    text.push('\n');
}

fn answered(answered: &Answered) -> String {
    let Answered { status, owner, contact, confidence } = answered;
    match owner {
        None => status.clone(),
        Some(_) => {
            let named = answer(&Answer { owner: owner.clone(), contact: contact.clone() });
            format!("{named} ({status}, confidence {confidence})")
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
    conditions(text, &change.begins, "now holds where", "or             ");
    conditions(text, &change.ends, "no longer holds where", "or                   ");
    text.push('\n');
}

/// Owner and contact in a line.
pub fn answer(answer: &Answer) -> String {
    let role = |role: &Option<String>| role.clone().unwrap_or_else(|| "nobody".to_owned());
    match answer.owner == answer.contact {
        true => role(&answer.owner),
        false => format!("{} (contact {})", role(&answer.owner), role(&answer.contact)),
    }
}
