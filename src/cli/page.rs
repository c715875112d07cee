//! `whoowns page`.

use clap::Args;
use whoowns::report::page;

use super::output::Output;
use super::{Exit, Shared};

/// Write the interview, the decision and the map as one page for a browser
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  whoowns page -o whoowns.html                   one file; it opens from disk and asks nothing of a network
  whoowns page --rules my-rules.toml -o mine.html")]
pub struct Page {
    #[command(flatten)]
    output: Output,
}

impl Page {
    pub fn run(&self, shared: &Shared) -> anyhow::Result<Exit> {
        let ruleset = shared.ruleset()?;
        self.output.write(&page::html(&ruleset)?)?;
        Ok(Exit::Answered)
    }
}
