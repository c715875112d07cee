//! `whoowns map`.

use clap::{Args, ValueEnum};
use whoowns::report::map::{characters, decision_map, picture};

use super::output::Output;
use super::shared::Organization;
use super::{Exit, Shared};

/// Draw the decision map: who owns where, and where an organization stands on it
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  whoowns map                                    the rules as a picture, in the terminal
  whoowns map acme.toml -o map.svg               the same with one organization on it, as SVG
  whoowns map --set headcount=201-500 --format svg > map.svg")]
pub struct Map {
    #[command(flatten)]
    organization: Organization,
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
        let profile = self.organization.profile(&ruleset)?;
        let picture = picture(&ruleset, &profile)?;
        let text = match self.format.unwrap_or(if self.output.file().is_some() {
            Format::Svg
        } else {
            Format::Text
        }) {
            Format::Svg => decision_map(&ruleset, &picture, profile.name.as_deref()),
            Format::Text => characters(&ruleset, &picture, self.output.terminal(shared).width.into()),
        };
        self.output.write(&text)?;
        Ok(Exit::Answered)
    }
}
