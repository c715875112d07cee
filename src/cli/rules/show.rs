//! `whoowns rules show`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use whoowns::Profile;
use whoowns::report::map::{characters, picture};
use whoowns::report::rules;

use crate::cli::loaded;
use crate::cli::output::Output;
use crate::cli::{Exit, Shared};

/// The facts and the tables of a ruleset, as people read them
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  whoowns rules show
  whoowns rules show my-rules.toml
  whoowns rules show --format markdown -o rules.md")]
pub struct Show {
    /// The ruleset; without it, the one in use
    #[arg(value_name = "FILE")]
    file: Option<PathBuf>,
    /// How to write the tables
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    format: Format,
    #[command(flatten)]
    output: Output,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people, in a terminal
    Table,
    /// For a wiki
    Markdown,
}

impl Show {
    pub fn run(&self, shared: &Shared) -> anyhow::Result<Exit> {
        let ruleset = match &self.file {
            Some(file) => loaded::ruleset(file)?,
            None => shared.ruleset()?,
        };
        shared.say_notes(&ruleset);
        let text = match self.format {
            Format::Table => {
                let terminal = self.output.terminal(shared);
                let mut text = rules::terminal(&ruleset, terminal);
                // Without a map that can be drawn the tables are complete all the same.
                if let Ok(picture) = picture(&ruleset, &Profile::unknown(&ruleset)) {
                    text.push('\n');
                    text.push_str(&characters(&ruleset, &picture, terminal.width.into()));
                }
                text
            }
            Format::Markdown => rules::markdown(&ruleset),
        };
        self.output.write(&text)?;
        Ok(Exit::Answered)
    }
}
