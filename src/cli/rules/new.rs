//! `whoowns rules new`.

use std::path::Path;

use anyhow::bail;
use clap::Args;
use whoowns::ruleset::BUILT_IN;
use whoowns_rules::starters::{ON_TOP, OWN, THRESHOLDS};

use crate::cli::output::Output;
use crate::cli::{Exit, Shared};

/// Start a ruleset that passes `rules check`
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  whoowns rules new -o my-rules.toml             a small ruleset of its own, with comments
  whoowns rules new --extends -o my-rules.toml   the built-in ruleset with two thresholds changed
  whoowns rules new --extends base.toml          on top of a ruleset of yours, beside the new one")]
pub struct New {
    /// Begin on top of another ruleset: a built-in one, or a file beside the new one
    #[arg(long, value_name = "BASE", num_args = 0..=1, default_missing_value = BUILT_IN[0].0)]
    extends: Option<String>,
    #[command(flatten)]
    output: Output,
}

/// What stands in [`ON_TOP`] for the base.
const BASE: &str = "BASE";

impl New {
    pub fn run(&self, _shared: &Shared) -> anyhow::Result<Exit> {
        let text = match self.extends.as_deref() {
            None => OWN.to_owned(),
            Some(base) if base == BUILT_IN[0].0 => THRESHOLDS.to_owned(),
            Some(base) => {
                let beside =
                    self.output.output.as_deref().and_then(Path::parent).unwrap_or(Path::new("")).join(base);
                if !beside.is_file() {
                    bail!("cannot extend `{base}`: there is no file `{}`", beside.display());
                }
                ON_TOP.replace(BASE, &base.replace('\\', "\\\\").replace('"', "\\\""))
            }
        };
        self.output.write(&text)?;
        Ok(Exit::Answered)
    }
}
