//! `whoowns decide`.

use std::path::PathBuf;

use anyhow::Context;
use clap::{Args, ValueEnum};
use whoowns::decision::{Decision, Status, decide};
use whoowns::diagnostic::Problems;
use whoowns::report::sections::Sections;
use whoowns::report::{csv, decision, json, markdown, terminal};
use whoowns::{Profile, Ruleset, sentences};

use super::exit::fail;
use super::output::Output;
use super::shared::Settings;
use super::{Exit, Shared};

/// Decide who owns and who is the contact, for one organization or several
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  whoowns decide acme.toml
  whoowns decide --set headcount=201-500 --set hr_team=yes
  whoowns decide acme.toml --full                with risks, next steps and what to ask on the first call
  whoowns decide clients/*.toml --format csv -o answers.csv
  crm-export | whoowns decide - --format json
  whoowns decide acme.toml --strict || echo 'not sure yet'")]
pub struct Decide {
    /// Profiles in TOML or JSON; `-` is standard input
    #[arg(value_name = "PROFILE")]
    profiles: Vec<PathBuf>,
    #[command(flatten)]
    settings: Settings,
    /// How to write the decision
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    format: Format,
    /// All there is to say, not only what fits one screen
    #[arg(long)]
    full: bool,
    /// Exit with 1 unless every decision is `decided`
    #[arg(long)]
    strict: bool,
    #[command(flatten)]
    output: Output,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people, in a terminal
    Table,
    /// One object; of several profiles, an array
    Json,
    /// One object a line
    Ndjson,
    /// One row a profile
    Csv,
    /// For a wiki or a mail
    Markdown,
}

impl Decide {
    pub fn run(&self, shared: &Shared) -> anyhow::Result<Exit> {
        let ruleset = shared.ruleset()?;
        let Some(profiles) = self.profiles(&ruleset, shared)? else { return Ok(Exit::Failed) };
        let decisions: Vec<Decision> =
            profiles.iter().map(|profile| decide(&ruleset, profile)).collect::<Result<_, _>>()?;
        self.output.write(&self.text(&ruleset, &profiles, &decisions, shared)?)?;
        if self.format != Format::Table {
            for warning in decisions.iter().flat_map(|decision| &decision.warnings) {
                shared.say(&format!("warning: {}", sentences::warning(&ruleset, warning)));
            }
        }
        let sure = decisions.iter().all(|decision| decision.status == Status::Decided);
        Ok(if self.strict && !sure { Exit::Attention } else { Exit::Answered })
    }

    /// Every profile, or nothing after saying what is wrong with each.
    fn profiles(&self, ruleset: &Ruleset, shared: &Shared) -> anyhow::Result<Option<Vec<Profile>>> {
        let paths: Vec<Option<&PathBuf>> = match self.profiles.as_slice() {
            [] => vec![None],
            paths => paths.iter().map(Some).collect(),
        };
        let mut profiles = Vec::with_capacity(paths.len());
        let mut wrong = false;
        let mut told: Vec<String> = Vec::new();
        for path in paths {
            match self.settings.profile(ruleset, path) {
                Ok(profile) => profiles.push(profile),
                Err(failure) => {
                    wrong = true;
                    // A wrong `--set` is wrong for every profile, and said once.
                    let text =
                        failure.downcast_ref::<Problems>().map(ToString::to_string).unwrap_or_default();
                    if text.is_empty() || !told.contains(&text) {
                        fail(&failure, shared);
                        told.push(text);
                    }
                }
            }
        }
        Ok((!wrong).then_some(profiles))
    }

    fn text(
        &self,
        ruleset: &Ruleset,
        profiles: &[Profile],
        decisions: &[Decision],
        shared: &Shared,
    ) -> anyhow::Result<String> {
        let both = || decisions.iter().zip(profiles);
        let sections = || both().map(|(decision, profile)| Sections { ruleset, profile, decision });
        let text = match self.format {
            Format::Table => {
                let terminal = self.output.terminal(shared);
                let tables = sections().map(|sections| match self.full {
                    true => terminal::document(ruleset, &decision::document(sections), terminal),
                    false => terminal::screen(sections, terminal),
                });
                tables.collect::<Vec<_>>().join("\n")
            }
            Format::Json => {
                let written: Vec<_> =
                    decisions.iter().map(|decision| json::json(ruleset, decision)).collect();
                let text = match written.as_slice() {
                    [only] => serde_json::to_string_pretty(only),
                    several => serde_json::to_string_pretty(several),
                };
                text.context("cannot write JSON")? + "\n"
            }
            Format::Ndjson => {
                let lines: Result<Vec<String>, _> = decisions
                    .iter()
                    .map(|decision| serde_json::to_string(&json::json(ruleset, decision)))
                    .collect();
                lines.context("cannot write JSON")?.into_iter().map(|line| line + "\n").collect()
            }
            Format::Csv => csv::decisions(ruleset, decisions),
            Format::Markdown => {
                let pages =
                    sections().map(|sections| markdown::document(ruleset, &decision::document(sections)));
                pages.collect::<Vec<_>>().join("\n")
            }
        };
        Ok(text)
    }
}
