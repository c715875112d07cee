//! `whoowns man`.

use std::path::PathBuf;

use anyhow::{Context, bail};
use clap::{Args, CommandFactory};

use super::output::Output;
use super::{Arguments, Exit, Shared};

/// Print the manual page of the program or of a command
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  whoowns man | man -l -
  whoowns man rules check | man -l -
  whoowns man --folder ~/.local/share/man/man1   the pages of all commands, a file each")]
pub struct Man {
    /// The command, such as `decide` or `rules check`; without it, the program
    #[arg(value_name = "COMMAND")]
    command: Vec<String>,
    /// Write the pages of all commands into this folder
    #[arg(long, value_name = "FOLDER", conflicts_with_all = ["command", "output"])]
    folder: Option<PathBuf>,
    #[command(flatten)]
    output: Output,
}

impl Man {
    pub fn run(&self, shared: &Shared) -> anyhow::Result<Exit> {
        let program = Arguments::command();
        if let Some(folder) = &self.folder {
            let failed = || format!("cannot write manual pages into `{}`", folder.display());
            std::fs::create_dir_all(folder).with_context(failed)?;
            clap_mangen::generate_to(program, folder).with_context(failed)?;
            shared.say(&format!("wrote the manual pages into `{}`", folder.display()));
            return Ok(Exit::Answered);
        }
        let mut program = program;
        program.build();
        let mut command = &program;
        for name in &self.command {
            command = match command.find_subcommand(name) {
                Some(found) => found,
                None => bail!("there is no command `{}`; `whoowns help` lists them", self.command.join(" ")),
            };
        }
        let mut page = Vec::new();
        clap_mangen::Man::new(command.clone()).render(&mut page)?;
        self.output.write(&String::from_utf8(page)?)?;
        Ok(Exit::Answered)
    }
}
