//! `whoowns learn`.

use std::io;
use std::path::{Component, Path, PathBuf};

use anyhow::{Context, bail};
use clap::{Args, ValueEnum};
use whoowns::Ruleset;
use whoowns::analysis::diff::diff;
use whoowns::analysis::{self, Effort, Finding};
use whoowns::clients::{self, Output as Place, Outputs, RejectsTo, WrittenRowsOf};
use whoowns::diagnostic::{Severity, printable};
use whoowns::learning::{self, Learned};
use whoowns::report::learned_json::{self, Made};
use whoowns::report::{learned as report, sectioned};
use whoowns::ruleset::built_in;
use whoowns::words;

use super::actual_columns::{ActualArguments, refuse_gathered};
use super::batch_progress::Progress;
use super::list_arguments::{ListArguments, input};
use super::output::Output;
use super::rules::{difference_in_words, pretty};
use super::{Exit, Shared, same_files};

/// The few owner rules that would have been right more often, learned from who really owned
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  whoowns learn projects.csv --actual owner='Real owner'
  whoowns learn projects.csv --actual owner=Owner -o our-rules.toml
  whoowns learn projects.csv --actual owner=Owner --rows 1 --tests 2 --p 0.01
  whoowns learn projects.csv --actual owner=Owner --format json
  whoowns learn projects.csv --typical                       how often what is presumed holds

Each row is the best of all conditions, found exhaustively. It is proposed only where chance does not explain it: an exact
sign test over the rows that change, corrected for the number of conditions tried, and five-fold cross-validation.
`-o` writes a ruleset that extends the one in use. `whoowns rules schema --learn` prints the schema of the JSON.")]
pub struct Learn {
    /// The client list; `-` is standard input
    #[arg(value_name = "CLIENTS")]
    clients: PathBuf,
    #[command(flatten)]
    actual: ActualArguments,
    /// The most rows to propose
    #[arg(long, value_name = "N", default_value = "3", value_parser = clap::value_parser!(u8).range(1..=20))]
    rows: u8,
    /// The most facts that a row may test, up to 4
    #[arg(long, value_name = "T", default_value = "3", value_parser = clap::value_parser!(u8).range(1..=4))]
    tests: u8,
    /// How unlikely chance must be as the reason of what a row fixes
    #[arg(long, value_name = "P", default_value = "0.05", value_parser = chance)]
    p: f64,
    /// Rows of the list that one search may look at, in millions
    #[arg(long, value_name = "MILLIONS", default_value = "20000", value_parser = clap::value_parser!(u64).range(1..))]
    budget: u64,
    /// What is typical, instead: how often each presumption holds, and which would be right more often
    #[arg(long)]
    typical: bool,
    /// How to write what was learned
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    format: Format,
    /// Write a ruleset to this file that extends the one in use by the rows proposed
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    #[command(flatten)]
    list: ListArguments,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Table,
    /// One object
    Json,
}

fn chance(text: &str) -> Result<f64, String> {
    let number: f64 = text.trim().parse().map_err(|_| "expected a number such as `0.05`".to_owned())?;
    if number > 0.0 && number < 1.0 {
        Ok(number)
    } else {
        Err("expected a number between 0 and 1".to_owned())
    }
}

impl Learn {
    pub fn run(&self, shared: &Shared) -> anyhow::Result<Exit> {
        let target = self.output.as_deref().filter(|path| *path != Path::new("-"));
        let extends = extends(shared.rules.as_deref(), target)?;
        let ruleset = shared.ruleset()?;
        let columns = self.actual.columns()?;
        if self.typical {
            return self.typical(&ruleset, shared);
        }
        let Some(columns) = columns else {
            bail!("name the column that says who really owned: `--actual owner=COLUMN`");
        };
        self.refuse_same_files(shared)?;
        let mut options = self.list.options()?;
        options.actual = Some(columns.clone());
        let mut progress = Progress::new(shared, &self.clients);
        let gathered = clients::gather(&ruleset, input(&self.clients), &options, &mut progress)?;
        progress.finish();
        refuse_gathered(&ruleset, &columns, &gathered)?;
        let effort = learning::Effort {
            rows: self.rows.into(),
            tests: self.tests.into(),
            chance: self.p,
            steps: self.budget.saturating_mul(1_000_000),
            threads: options.threads(),
        };
        let known = errors(&ruleset);
        let broken = |changed: &Ruleset| errors(changed).into_iter().find(|error| !known.contains(error));
        let learned = learning::learn(&ruleset, &gathered, &effort, &broken)?;
        let source = self.source(&gathered);
        let made = made(&ruleset, &learned)?;
        let text = match self.format {
            Format::Json => {
                pretty(&learned_json::json(&ruleset, (&learned, &effort), &gathered, &made, &source))?
            }
            Format::Table => self.text((&ruleset, &learned), &made, &source, gathered.invalid),
        };
        // A ruleset on standard output stands there alone.
        match self.output.as_deref() {
            Some(path) if path == Path::new("-") => shared.say(&text),
            _ => Output::default().write(&text)?,
        }
        match (&self.output, learned.proposals.is_empty()) {
            (None, _) => {}
            (Some(path), true) => {
                shared.say(&format!("nothing is worth changing, so `{}` is not written", path.display()));
            }
            (Some(_), false) => {
                let text = report::extending(&ruleset, &learned, &extends, &source);
                Output { output: self.output.clone() }.write(&text)?;
            }
        }
        Ok(Exit::Answered)
    }

    /// From what was learned.
    fn source(&self, gathered: &clients::Gathered) -> String {
        let name = self.clients.file_name().filter(|name| *name != "-");
        let name = name.map_or("standard input".into(), |name| name.to_string_lossy());
        let rows: u64 = gathered.rows.iter().map(|row| row.rows).sum();
        format!("{name}, {rows} rows with a known owner")
    }

    fn text(
        &self,
        (ruleset, learned): (&Ruleset, &Learned),
        made: &[Made],
        source: &str,
        invalid: u64,
    ) -> String {
        let mut lines = report::searched(ruleset, learned, self.tests.into());
        if invalid > 0 {
            lines.push(format!("Left out: {} with a cell that cannot be read.", words::rows(invalid)));
        }
        let mut current = ruleset;
        for (at, (proposal, made)) in learned.proposals.iter().zip(made).enumerate() {
            lines.push(String::new());
            let toml = report::toml(ruleset, proposal, source);
            lines.extend(report::proposal(ruleset, at, proposal, &toml));
            lines.push(String::new());
            lines.push("   rules diff:".to_owned());
            let words = difference_in_words(&made.difference, [&proposal.ruleset, current]);
            lines.extend(words.lines().map(|line| format!("     {line}").trim_end().to_owned()));
            lines.push(String::new());
            lines.push(format!("   rules check: {}", checked(&made.findings)));
            current = &proposal.ruleset;
        }
        lines.push(String::new());
        lines.push(report::ended(ruleset, learned));
        lines.iter().map(|line| printable(line).to_string() + "\n").collect()
    }

    fn typical(&self, ruleset: &Ruleset, shared: &Shared) -> anyhow::Result<Exit> {
        let mut options = self.list.options()?;
        options.actual = Some(self.actual.columns()?.unwrap_or_default());
        options.written = WrittenRowsOf::None;
        options.output_kind = Some(clients::Kind::Csv);
        let outputs = Outputs {
            answers: Place::stream(Box::new(io::sink())),
            rejects: RejectsTo::Stream(Box::new(io::sink())),
            page: None,
        };
        let mut progress = Progress::new(shared, &self.clients);
        let summary = clients::run(ruleset, input(&self.clients), outputs, &options, &mut progress)?;
        progress.finish();
        let situations = summary.actuals.map(|actuals| actuals.situations).unwrap_or_default();
        let seen = learning::typical_seen(ruleset, &situations)?;
        if seen.stretches.is_empty() && seen.rows.iter().all(|row| row.seen.rows == 0) {
            bail!("no row gives a fact that is presumed, so there is nothing to hold presumptions against");
        }
        let output = Output { output: self.output.clone() };
        let text = match self.format {
            Format::Json => pretty(&learned_json::typical_json(ruleset, &seen))?,
            Format::Table => {
                sectioned::text(ruleset.title(), &report::typical(ruleset, &seen), output.terminal(shared))
            }
        };
        output.write(&text)?;
        Ok(Exit::Answered)
    }

    fn refuse_same_files(&self, shared: &Shared) -> anyhow::Result<()> {
        let mut places = vec![(self.clients.clone(), "the list")];
        places.extend(shared.rules.iter().map(|path| (path.clone(), "the rules in use")));
        let inputs = places.len();
        places.extend(self.output.iter().map(|path| (path.clone(), "the new rules")));
        same_files::refuse(&places, inputs)
    }
}

/// The errors that a check finds in a ruleset.
fn errors(ruleset: &Ruleset) -> Vec<String> {
    let findings = analysis::check(ruleset, Effort::default()).findings;
    let errors = findings.into_iter().filter(|finding| finding.severity == Severity::Error);
    errors.map(|finding| finding.message).collect()
}

/// What each proposal makes of the rules.
fn made(ruleset: &Ruleset, learned: &Learned) -> anyhow::Result<Vec<Made>> {
    let before = std::iter::once(ruleset).chain(learned.proposals.iter().map(|proposal| &proposal.ruleset));
    let both = learned.proposals.iter().zip(before);
    both.map(|(proposal, before)| {
        let difference = diff(before, &proposal.ruleset)?;
        let findings = analysis::check(&proposal.ruleset, Effort::default()).findings;
        Ok(Made { difference, findings })
    })
    .collect()
}

/// What a check says, in a line.
fn checked(findings: &[Finding]) -> String {
    let errors = findings.iter().filter(|finding| finding.severity == Severity::Error).count();
    let warnings: Vec<&str> = findings
        .iter()
        .filter(|finding| finding.severity == Severity::Warning)
        .map(|finding| finding.message.as_str())
        .collect();
    match (errors, warnings.as_slice()) {
        (0, []) => "no finding".to_owned(),
        (0, warnings) => format!("no error; {}", warnings.join("; ")),
        (errors, _) => format!("{errors} errors, as before"),
    }
}

/// What `extends` names the rules in use in a file at `target`.
fn extends(rules: Option<&Path>, target: Option<&Path>) -> anyhow::Result<String> {
    let Some(rules) = rules else { return Ok(whoowns::ruleset::BUILT_IN[0].0.to_owned()) };
    let name = rules.to_str();
    if let Some(name) = name.filter(|name| !rules.exists() && built_in(name).is_some()) {
        return Ok(name.to_owned());
    }
    let Some(target) = target else { return Ok(name.unwrap_or_default().to_owned()) };
    if rules == Path::new("-") {
        bail!(
            "rules from standard input cannot be extended by a file: save them, and name the file with `--rules`"
        );
    }
    let folder = match target.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    };
    let whole =
        |path: &Path| path.canonicalize().with_context(|| format!("cannot find `{}`", path.display()));
    let relative = between(&whole(folder)?, &whole(rules)?);
    let Some(text) = relative.to_str() else {
        bail!("`{}` cannot be extended: its name is no text; rename it", rules.display());
    };
    // A file called like a built-in ruleset would be taken for that.
    Ok(if built_in(text).is_some() { format!("./{text}") } else { text.replace('\\', "/") })
}

/// The way from a folder to a file.
fn between(folder: &Path, file: &Path) -> PathBuf {
    let (from, to): (Vec<Component>, Vec<Component>) =
        (folder.components().collect(), file.components().collect());
    let shared = from.iter().zip(&to).take_while(|(one, other)| one == other).count();
    // On another drive there is no way but from its root.
    if shared == 0 {
        return file.to_owned();
    }
    let up = from[shared..].iter().map(|_| Component::ParentDir);
    up.chain(to[shared..].iter().copied()).collect()
}
