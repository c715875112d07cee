//! Where results go: standard output, or a file that appears whole or not at all.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::Args;
use whoowns::clients::{Output as Place, Unfinished};
use whoowns::diagnostic::Style;
use whoowns::report::terminal::Terminal;

use super::Shared;
use super::shared::PAGE;

/// Where to write.
#[derive(Debug, Clone, Default, Args)]
pub struct Output {
    /// Write to this file instead of standard output
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

impl Output {
    /// How to write there: a file is written without colour.
    pub fn style(&self, shared: &Shared) -> Style {
        match self.file() {
            Some(_) => Style::Plain,
            None => shared.output_style(),
        }
    }

    /// How wide a page may be there, and whether it may have colours.
    pub fn terminal(&self, shared: &Shared) -> Terminal {
        Terminal {
            style: self.style(shared),
            width: if self.file().is_some() { PAGE } else { shared.width() },
        }
    }

    /// Writes a document that is no text.
    pub fn write_bytes(&self, bytes: &[u8]) -> anyhow::Result<()> {
        let (mut place, name) = match self.file() {
            Some(path) => (Place::at(path, &Unfinished::default())?, format!("`{}`", path.display())),
            None => (Place::stream(Box::new(io::stdout())), "standard output".to_owned()),
        };
        place.write_all(bytes).with_context(|| format!("cannot write {name}"))?;
        place.finish().with_context(|| format!("cannot write {name}"))
    }

    /// The file to write, unless it is standard output.
    pub fn file(&self) -> Option<&Path> {
        self.output.as_deref().filter(|path| *path != Path::new("-"))
    }

    /// Writes a result to standard output, or to the file asked for, which appears whole or not at all.
    pub fn write(&self, text: &str) -> anyhow::Result<()> {
        self.write_bytes(text.as_bytes())
    }
}
