//! `whoowns rules schema`.

use clap::Args;
use whoowns::report::{decision_schema, learned_schema, ruleset_schema, score};

use super::check::pretty;
use crate::cli::output::Output;
use crate::cli::{Exit, Shared};

/// Print a JSON Schema, by which editors complete and check rule files
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  whoowns rules schema -o ruleset.schema.json    then begin a rule file with `#:schema ruleset.schema.json`
  whoowns rules schema --decision                of what `decide --format json` prints
  whoowns rules schema --score                   of what `score --format json` prints
  whoowns rules schema --learn                   of what `learn --format json` prints")]
pub struct Schema {
    /// The schema of a decision instead
    #[arg(long)]
    decision: bool,
    /// The schema of a score instead
    #[arg(long, conflicts_with = "decision")]
    score: bool,
    /// The schema of what was learned instead
    #[arg(long, conflicts_with_all = ["decision", "score"])]
    learn: bool,
    #[command(flatten)]
    output: Output,
}

impl Schema {
    pub fn run(&self, _shared: &Shared) -> anyhow::Result<Exit> {
        let schema = match (self.decision, self.score, self.learn) {
            (true, ..) => decision_schema::schema(),
            (_, true, _) => score::schema(),
            (.., true) => learned_schema::schema(),
            _ => ruleset_schema::schema(),
        };
        self.output.write(&pretty(&schema)?)?;
        Ok(Exit::Answered)
    }
}
