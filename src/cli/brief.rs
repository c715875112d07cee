//! `whoowns brief`.

use std::io::{self, IsTerminal};
use std::path::Path;

use anyhow::{Context, bail};
use clap::{Args, ValueEnum};
use whoowns::decide;
use whoowns::report::schedule::{Date, Span};
use whoowns::report::sections::Sections;
use whoowns::report::{brief, docx, html, markdown};

use super::output::Output;
use super::shared::Organization;
use super::{Exit, Shared};

/// Write the page for the proposal: owner, contact, who has a say, risks, next steps
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  whoowns brief acme.toml                        Markdown, to paste
  whoowns brief acme.toml -o acme.html           one page for a browser, to print or to send
  whoowns brief acme.toml -o acme.docx           a Word file, to take over and edit
  whoowns brief acme.toml --start 2026-03-02 --go-live 2026-06-30 -o acme.html")]
pub struct Brief {
    #[command(flatten)]
    organization: Organization,
    /// The day the project starts
    #[arg(long, value_name = "DATE", requires = "go_live")]
    start: Option<Date>,
    /// The day it goes live
    #[arg(long, value_name = "DATE", requires = "start")]
    go_live: Option<Date>,
    /// What to write; without this, as the file's name says, else Markdown
    #[arg(long, value_name = "FORMAT")]
    format: Option<Format>,
    #[command(flatten)]
    output: Output,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Text to paste
    Markdown,
    /// One page for a browser, with pictures
    Html,
    /// A Word file with real headings and tables, to take over into a proposal
    Docx,
}

impl Brief {
    pub fn run(&self, shared: &Shared) -> anyhow::Result<Exit> {
        let ruleset = shared.ruleset()?;
        if self.organization.is_unnamed() {
            bail!(
                "there is nothing to write a brief about; name a profile, or give facts with `--set FACT=VALUE`"
            );
        }
        let profile = self.organization.profile(&ruleset)?;
        let span = match (self.start, self.go_live) {
            (Some(start), Some(live)) => Some(Span::new(start, live)?),
            _ => None,
        };
        let decision = decide(&ruleset, &profile)?;
        let sections = Sections { ruleset: &ruleset, profile: &profile, decision: &decision };
        let brief = brief::document(sections, span);
        match self.format.map_or_else(|| self.by_name(), Ok)? {
            Format::Markdown => self.output.write(&markdown::document(&ruleset, &brief))?,
            Format::Html => {
                let page = html::document(&ruleset, &brief).context("cannot write the page")?;
                self.output.write(&page)?;
            }
            Format::Docx => {
                if self.output.file().is_none() && io::stdout().is_terminal() {
                    bail!("a Word file is no text for a terminal; name a file with `-o brief.docx`");
                }
                self.output.write_bytes(&docx::document(&ruleset, &brief)?)?;
            }
        }
        Ok(Exit::Answered)
    }

    /// What the output's name says it is.
    fn by_name(&self) -> anyhow::Result<Format> {
        let ending = self.output.file().and_then(Path::extension).map(|ending| ending.to_ascii_lowercase());
        Ok(match ending.as_deref().and_then(|ending| ending.to_str()) {
            Some("html" | "htm") => Format::Html,
            Some("docx") => Format::Docx,
            None | Some("md" | "markdown" | "txt") => Format::Markdown,
            Some(other) => bail!(
                "a brief is Markdown (`.md`), a page (`.html`, which a browser prints as PDF) or a Word file (`.docx`), and `.{other}` is none of them; rename it, or say `--format`"
            ),
        })
    }
}
