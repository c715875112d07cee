//! `whoowns map`.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use whoowns::report::map::{characters, decision_map, picture};

use super::output::Output;
use super::shared::Settings;
use super::{Exit, Shared};

/// Draw the decision map: who owns where, and where an organization stands on it
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  whoowns map                                    the rules as a picture, in the terminal
  whoowns map acme.toml -o map.svg               the same with one organization on it, as SVG
  whoowns map --set headcount=201-500 --format svg > map.svg")]
pub struct Map {
    /// A profile in TOML or JSON; `-` is standard input
    #[arg(value_name = "PROFILE")]
    profile: Option<PathBuf>,
    #[command(flatten)]
    settings: Settings,
    /// How to draw it; without this, SVG into a file and characters on a terminal
    #[arg(long, value_name = "FORMAT")]
    format: Option<Format>,
    #[command(flatten)]
    output: Output,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A picture for a browser or a document
    Svg,
    /// Characters, for a terminal
    Text,
}

impl Map {
    pub fn run(&self, shared: &Shared) -> anyhow::Result<Exit> {
        let ruleset = shared.ruleset()?;
        let profile = self.settings.profile(&ruleset, self.profile.as_ref())?;
        let picture = picture(&ruleset, &profile)?;
        let to_file = self.output.output.as_deref().is_some_and(|path| path != Path::new("-"));
        let text = match self.format.unwrap_or(if to_file { Format::Svg } else { Format::Text }) {
            Format::Svg => decision_map(&ruleset, &picture, profile.name.as_deref()),
            Format::Text => characters(&ruleset, &picture),
        };
        self.output.write(&text)?;
        Ok(Exit::Answered)
    }
}
