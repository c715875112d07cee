//! `whoowns rules`: tools for those who write rules.

mod check;
mod diff;
mod explain;
mod export;
mod new;
mod over;
mod schema;
mod show;
mod test;

use clap::{Args, Subcommand};

pub use check::pretty;
pub use diff::in_words as difference_in_words;

use super::{Exit, Shared};

/// Show, check, test and compare rulesets, or start one
#[derive(Debug, Args)]
pub struct Rules {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Show(show::Show),
    Check(check::Check),
    Test(test::Test),
    Diff(diff::Diff),
    Export(export::Export),
    New(new::New),
    Schema(schema::Schema),
    Explain(explain::Explain),
}

impl Rules {
    pub fn run(&self, shared: &Shared) -> anyhow::Result<Exit> {
        match &self.command {
            Command::Show(show) => show.run(shared),
            Command::Check(check) => check.run(shared),
            Command::Test(test) => test.run(shared),
            Command::Diff(diff) => diff.run(shared),
            Command::Export(export) => export.run(shared),
            Command::New(new) => new.run(shared),
            Command::Schema(schema) => schema.run(shared),
            Command::Explain(explain) => explain.run(shared),
        }
    }
}
