//! The command line of whoowns: parse, run, exit code.

mod cli;

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    let arguments = cli::Arguments::parse();
    let shared = arguments.shared;
    match cli::run(arguments.command, &shared) {
        Ok(exit) => exit.into(),
        Err(failure) => cli::fail(&failure, &shared).into(),
    }
}
