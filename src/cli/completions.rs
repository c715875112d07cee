//! `whoowns completions SHELL`.

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use super::output::Output;
use super::{Arguments, Exit, Shared};

/// Print completions for a shell
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  whoowns completions bash > ~/.local/share/bash-completion/completions/whoowns
  whoowns completions zsh > ~/.zfunc/_whoowns")]
pub struct Completions {
    /// The shell
    shell: Shell,
    #[command(flatten)]
    output: Output,
}

impl Completions {
    pub fn run(&self, _: &Shared) -> anyhow::Result<Exit> {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut Arguments::command(), "whoowns", &mut script);
        self.output.write(&String::from_utf8(script)?)?;
        Ok(Exit::Answered)
    }
}
