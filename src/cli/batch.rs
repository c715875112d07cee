//! `whoowns batch`.

use clap::Args;

use super::{Exit, Shared};

/// Decide for every row of a client list
#[derive(Debug, Args)]
pub struct Batch {}

impl Batch {
    pub fn run(&self, _: &Shared) -> anyhow::Result<Exit> {
        anyhow::bail!("not there yet")
    }
}
