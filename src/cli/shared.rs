//! Arguments that every command takes, and how they load themselves.

use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use whoowns::Ruleset;
use whoowns::diagnostic::{Style, printable};
use whoowns::profile::{Format, Profile};
use whoowns::source::Source;

use super::input::{self, Text};
use super::loaded;

/// How wide a page is that is not for a terminal.
pub const PAGE: u16 = 80;
/// A narrower page cannot be read.
const NARROWEST: u16 = 40;
/// Longer lines are hard to follow.
const WIDEST: u16 = 120;

/// Arguments of every command.
#[derive(Debug, Args)]
pub struct Shared {
    /// Decide by this ruleset, a file or a built-in name, instead of the default one
    #[arg(long, value_name = "FILE", global = true, help_heading = "Common options")]
    pub rules: Option<PathBuf>,

    /// When to use colour
    #[arg(long, value_name = "WHEN", default_value = "auto", global = true, help_heading = "Common options")]
    pub color: When,

    /// Nothing on standard error but errors
    #[arg(long, short, global = true, help_heading = "Common options")]
    pub quiet: bool,
}

/// When to use colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum When {
    /// On a terminal, unless `NO_COLOR` is set
    Auto,
    /// Even into a file or a pipe
    Always,
    /// Never
    Never,
}

impl Shared {
    /// The ruleset to decide by.
    pub fn ruleset(&self) -> anyhow::Result<Ruleset> {
        match &self.rules {
            None => Ok(Ruleset::embedded()?),
            Some(path) => loaded::ruleset(path),
        }
    }

    /// How to write to standard output.
    pub fn output_style(&self) -> Style {
        self.style(io::stdout().is_terminal())
    }

    /// How many columns a line of standard output has: those of the terminal, or as `COLUMNS` says.
    pub fn width(&self) -> u16 {
        let told = std::env::var("COLUMNS").ok().and_then(|columns| columns.trim().parse().ok());
        let terminal = || {
            let size = io::stdout().is_terminal().then(terminal_size::terminal_size).flatten();
            size.map(|(width, _)| width.0)
        };
        told.or_else(terminal).unwrap_or(PAGE).clamp(NARROWEST, WIDEST)
    }

    /// How to write to standard error.
    pub fn error_style(&self) -> Style {
        self.style(io::stderr().is_terminal())
    }

    fn style(&self, is_terminal: bool) -> Style {
        let unwanted = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        match self.color {
            When::Always => Style::Coloured,
            When::Auto if is_terminal && !unwanted => Style::Coloured,
            When::Auto | When::Never => Style::Plain,
        }
    }

    /// Says something beside the result, on standard error.
    pub fn say(&self, text: &str) {
        if !self.quiet {
            // A note that cannot be written is no reason to fail.
            let _ = writeln!(io::stderr(), "{}", printable(text));
        }
    }
}

impl Shared {
    /// Says what of its base a ruleset leaves out by narrowing it, each at its place.
    pub fn say_notes(&self, ruleset: &Ruleset) {
        for note in ruleset.notes() {
            let sources = ruleset.sources();
            let (name, place) = (sources.get(note.span.source).name(), sources.place(note.span));
            let message = &note.message;
            self.say(&format!("note: {name}:{place}: {message} (`rules check` says what to do)"));
        }
    }
}

/// One organization: a profile, and facts given beside it.
#[derive(Debug, Args)]
pub struct Organization {
    /// A profile in TOML or JSON; `-` is standard input
    #[arg(value_name = "PROFILE")]
    profile: Option<PathBuf>,
    #[command(flatten)]
    settings: Settings,
}

impl Organization {
    /// What is known about it.
    pub fn profile(&self, ruleset: &Ruleset) -> anyhow::Result<Profile> {
        self.settings.profile(ruleset, self.profile.as_ref())
    }

    /// Whether the command line says nothing about it.
    pub fn is_unnamed(&self) -> bool {
        self.profile.is_none() && self.settings.set.is_empty()
    }
}

/// Facts given on the command line.
#[derive(Debug, Clone, Default, Args)]
pub struct Settings {
    /// Give a fact, or another value for one that the profile gives; may be repeated
    #[arg(long = "set", value_name = "FACT=VALUE")]
    pub set: Vec<String>,
}

impl Settings {
    /// The profile of a file, with what the command line gives on top.
    pub fn profile(&self, ruleset: &Ruleset, path: Option<&PathBuf>) -> anyhow::Result<Profile> {
        let source = match path {
            None => None,
            Some(path) => {
                let Text { name, text } = input::read(path)?;
                let ending = path.extension().map(|ending| ending.to_ascii_lowercase());
                let format = match ending.as_deref().and_then(|ending| ending.to_str()) {
                    Some("json") => Format::Json,
                    Some("toml") => Format::Toml,
                    _ => Format::of(&text),
                };
                Some((Source::new(name, text), format))
            }
        };
        Ok(Profile::read(ruleset, source, &self.set)?)
    }
}
