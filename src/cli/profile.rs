//! `whoowns profile`.

use clap::{Args, Subcommand};
use whoowns::report::{profile_schema, profile_template};

use super::output::Output;
use super::{Exit, Shared};

/// Start a profile, or print the schema that editors complete and check one by
#[derive(Debug, Args)]
pub struct Profile {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Print a profile to fill in, with every fact and what it means
    #[command(after_help = "Examples:
  whoowns profile new -o acme.toml
  whoowns profile new --rules my-rules.toml")]
    New {
        #[command(flatten)]
        output: Output,
    },
    /// Print the JSON Schema of a profile for the ruleset in use
    #[command(after_help = "Examples:
  whoowns profile schema -o profile.schema.json
  whoowns profile schema --rules my-rules.toml")]
    Schema {
        #[command(flatten)]
        output: Output,
    },
}

impl Profile {
    pub fn run(&self, shared: &Shared) -> anyhow::Result<Exit> {
        let ruleset = shared.ruleset()?;
        match &self.command {
            Command::New { output } => output.write(&profile_template::toml(&ruleset))?,
            Command::Schema { output } => output.write(&profile_schema::json(&ruleset))?,
        }
        Ok(Exit::Answered)
    }
}
