//! `whoowns brief`.

use std::path::Path;

use anyhow::{Context, bail};
use clap::{Args, ValueEnum};
use whoowns::decide;
use whoowns::report::brief::{Brief as Content, Date, Span, html, markdown};

use super::output::Output;
use super::shared::Organization;
use super::{Exit, Shared};

/// Write the page for the proposal: owner, contact, who has a say, risks, next steps
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  whoowns brief acme.toml                        Markdown, to paste
  whoowns brief acme.toml -o acme.html           one page for a browser, to print or to send
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
    /// What to write; without this, HTML into a file named `.html`, else Markdown
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
        let brief = Content::new(&ruleset, &profile, &decision, span);
        let text = match self.format.unwrap_or_else(|| self.by_name()) {
            Format::Markdown => markdown(&brief),
            Format::Html => html(&ruleset, &brief).context("cannot write the page")?,
        };
        self.output.write(&text)?;
        Ok(Exit::Answered)
    }

    fn by_name(&self) -> Format {
        let ending = self.output.output.as_deref().and_then(Path::extension);
        let html = ending
            .is_some_and(|ending| ending.eq_ignore_ascii_case("html") || ending.eq_ignore_ascii_case("htm"));
        if html { Format::Html } else { Format::Markdown }
    }
}
