//! `whoowns rules diff`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use whoowns::analysis::diff::{Answer, Difference, diff};
use whoowns::analysis::{condition_in_words, toml_table};

use super::check::pretty;
use super::loaded;
use super::over;
use crate::cli::output::Output;
use crate::cli::{Exit, Shared};

/// Where two rulesets come to different outcomes, exactly
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  whoowns rules diff old-rules.toml new-rules.toml
  whoowns rules diff training-platform my-rules.toml     against the built-in ruleset
  whoowns rules diff old.toml new.toml --over clients.csv
  whoowns rules diff old.toml new.toml --format json

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
    /// How to write what changes
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
    #[command(flatten)]
    output: Output,
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
        let found = diff(&old, &new)?;
        for note in &found.notes {
            shared.say(&format!("note: {note}"));
        }
        let text = match self.format {
            Format::Text => in_words(&found),
            Format::Json => pretty(&serde_json::json!({ "schema_version": 1, "changes": found.changes }))?,
        };
        self.output.write(&text)?;
        Ok(if found.changes.is_empty() { Exit::Answered } else { Exit::Attention })
    }
}

fn in_words(found: &Difference) -> String {
    if found.changes.is_empty() {
        return "no outcome changes\n".to_owned();
    }
    let mut text = String::new();
    for change in &found.changes {
        text.push_str(&format!("{} → {}\n", answer(&change.from), answer(&change.to)));
        for (at, when) in change.when.iter().enumerate() {
            let lead = if at == 0 { "where" } else { "or   " };
            let condition = if when.is_empty() { "anything".to_owned() } else { condition_in_words(when) };
            text.push_str(&format!("  {lead} {condition}\n"));
        }
        text.push_str(&format!(
            "  {} states, for example {}\n\n",
            change.states,
            toml_table(&change.witness)
        ));
    }
    text.truncate(text.trim_end().len());
    text + "\n"
}

/// Owner and contact in a line.
pub fn answer(answer: &Answer) -> String {
    let role = |role: &Option<String>| role.clone().unwrap_or_else(|| "nobody".to_owned());
    match answer.owner == answer.contact {
        true => role(&answer.owner),
        false => format!("{} (contact {})", role(&answer.owner), role(&answer.contact)),
    }
}
