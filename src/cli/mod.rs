//! The commands, one file each: its arguments and its function together.
#![allow(clippy::indexing_slicing, reason = "places in what was listed a few lines before")]

mod actual_columns;
mod ask;
mod batch;
mod batch_jobs;
mod batch_progress;
mod batch_summary;
mod batch_values;
mod brief;
mod completions;
mod decide;
mod exit;
mod explain;
mod input;
mod learn;
mod list_arguments;
mod loaded;
mod man;
mod map;
mod output;
mod page;
mod profile;
mod rules;
mod same_files;
mod score;
mod shared;

use clap::{Parser, Subcommand};

pub use exit::{Exit, fail};
pub use shared::Shared;

/// Who owns the training platform at this organization, and who is the one person to talk to?
#[derive(Debug, Parser)]
#[command(
    name = "whoowns",
    version,
    max_term_width = 100,
    after_help = "Examples:
  whoowns decide --set headcount=300             what a headcount alone says, and what to ask
  whoowns decide acme.toml                       one organization, from its profile
  whoowns explain acme.toml                      rule by rule: why this owner, why not the others
  whoowns batch clients.csv -o answers.csv       a whole client list
  whoowns profile new -o acme.toml               a profile to fill in

Exit codes: 0 answered, 1 something wants attention, 2 could not do the work"
)]
pub struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
    #[command(flatten)]
    pub shared: Shared,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    Decide(decide::Decide),
    Explain(explain::Explain),
    Ask(ask::Ask),
    Brief(brief::Brief),
    Map(map::Map),
    Page(page::Page),
    Batch(Box<batch::Batch>),
    Score(Box<score::Score>),
    Learn(Box<learn::Learn>),
    Rules(rules::Rules),
    Profile(profile::Profile),
    Completions(completions::Completions),
    Man(man::Man),
}

/// Runs a command, and says with which code the program is to end; `shared` is what all commands take.
pub fn run(command: Command, shared: &Shared) -> anyhow::Result<Exit> {
    match command {
        Command::Decide(decide) => decide.run(shared),
        Command::Explain(explain) => explain.run(shared),
        Command::Ask(ask) => ask.run(shared),
        Command::Brief(brief) => brief.run(shared),
        Command::Map(map) => map.run(shared),
        Command::Page(page) => page.run(shared),
        Command::Batch(batch) => batch.run(shared),
        Command::Score(score) => score.run(shared),
        Command::Learn(learn) => learn.run(shared),
        Command::Rules(rules) => rules.run(shared),
        Command::Profile(profile) => profile.run(shared),
        Command::Completions(completions) => completions.run(shared),
        Command::Man(man) => man.run(shared),
    }
}
