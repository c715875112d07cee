//! How the program ends.

use std::io::{self, Write};
use std::process::ExitCode;

use whoowns::diagnostic::{Problems, printable, render};

use super::Shared;

/// How the program ends, beside what it has printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exit {
    /// The question was answered.
    Answered,
    /// The work was done, and something in it wants attention.
    Attention,
    /// The work could not be done.
    Failed,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        ExitCode::from(match exit {
            Exit::Answered => 0,
            Exit::Attention => 1,
            Exit::Failed => 2,
        })
    }
}

/// Says on standard error why the work could not be done.
pub fn fail(failure: &anyhow::Error, shared: &Shared) -> Exit {
    if is_closed_pipe(failure) {
        return Exit::Answered;
    }
    let text = match failure.downcast_ref::<Problems>() {
        Some(problems) => render(problems, shared.error_style()),
        None => format!("error: {}", printable(&format!("{failure:#}"))),
    };
    // When standard error is gone too there is nobody left to tell.
    let _ = writeln!(io::stderr(), "{text}");
    Exit::Failed
}

/// Whether whoever reads the output has stopped reading, as `head` does.
fn is_closed_pipe(failure: &anyhow::Error) -> bool {
    let closed = |error: &io::Error| error.kind() == io::ErrorKind::BrokenPipe;
    failure.chain().any(|cause| cause.downcast_ref::<io::Error>().is_some_and(closed))
}
