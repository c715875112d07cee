//! `whoowns explain`.

use clap::{Args, ValueEnum};
use whoowns::decision::{Verdict, decide, explain};
use whoowns::report::map::{characters, picture};
use whoowns::report::sections::Sections;
use whoowns::report::{explained, explanation};

use super::output::Output;
use super::shared::Organization;
use super::{Exit, Shared};

/// Explain a decision rule by rule: why this owner, why not the others, what would flip it
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  whoowns explain acme.toml
  whoowns explain --set headcount=480 --set ld_team=no
  whoowns explain acme.toml --format json | jq '.rows[] | select(.decides)'")]
pub struct Explain {
    #[command(flatten)]
    organization: Organization,
    /// How to write the explanation
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    format: Format,
    #[command(flatten)]
    output: Output,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people, in a terminal
    Table,
    /// The rows with each of their tests, and the decision
    Json,
}

impl Explain {
    pub fn run(&self, shared: &Shared) -> anyhow::Result<Exit> {
        let ruleset = shared.ruleset()?;
        let profile = self.organization.profile(&ruleset)?;
        let verdict = Verdict::reach(&ruleset, &profile)?;
        let rows = explain(&ruleset, &verdict);
        let decision = decide(&ruleset, &profile)?;
        let text = match self.format {
            Format::Json => explanation::json(&ruleset, &rows, &decision),
            Format::Table => {
                let terminal = self.output.terminal(shared);
                let sections = Sections { ruleset: &ruleset, profile: &profile, decision: &decision };
                let mut text = explained::explanation(sections, &rows, terminal);
                // Without a map that can be drawn the explanation is complete all the same.
                if let Ok(picture) = picture(&ruleset, &profile) {
                    text.push('\n');
                    text.push_str(&characters(&ruleset, &picture, terminal.width.into()));
                }
                text
            }
        };
        self.output.write(&text)?;
        Ok(Exit::Answered)
    }
}
