//! `whoowns rules check`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::Context;
use anyhow::bail;
use clap::{Args, ValueEnum};
use whoowns::Ruleset;
use whoowns::analysis::{self, Effort, Report};
use whoowns::diagnostic::{Code, Diagnostic, Mend, Problems, Severity, Style, mended, printable, render};
use whoowns::report::findings::{CheckedFile, check_json, sarif};
use whoowns::ruleset::BUILT_IN;
use whoowns::source::SourceId;

use crate::cli::input::Text;
use crate::cli::loaded;
use crate::cli::output::Output;
use crate::cli::{Exit, Shared};

/// Prove a ruleset complete and every row of use
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  whoowns rules check my-rules.toml
  whoowns rules check                            the ruleset in use
  whoowns rules check my-rules.toml --deny unreachable --allow no-question
  whoowns rules check my-rules.toml --deny warnings
  whoowns rules check my-rules.toml --fix        make the mends that are obvious
  whoowns rules check rules/*.toml --format sarif -o findings.sarif
  whoowns rules explain uncovered                what a code means

Exits with 1 where there is an error, or a warning that is denied.")]
pub struct Check {
    /// Rulesets; without any, the one in use
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
    /// How to write the findings
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
    /// Take these warnings for errors; `warnings` means all of them
    #[arg(long, value_name = "CODE", value_delimiter = ',', value_parser = code)]
    deny: Vec<String>,
    /// Leave these findings out
    #[arg(long, value_name = "CODE", value_delimiter = ',', value_parser = code)]
    allow: Vec<String>,
    /// Make the mends that are obvious, in the files themselves; all else in them stays as it is
    #[arg(long)]
    fix: bool,
    /// Show every finding, where there are many of one kind
    #[arg(long)]
    all: bool,
    #[command(flatten)]
    output: Output,
}

/// Findings of one kind that are all shown; of more the first few.
const ALL_SHOWN: usize = 10;
/// How many are shown of more.
const FIRST: usize = 5;

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people, in a terminal
    Text,
    /// One object with all findings
    Json,
    /// For code scanning
    Sarif,
}

fn code(text: &str) -> Result<String, String> {
    if text == "warnings" || Code::named(text).is_some() {
        return Ok(text.to_owned());
    }
    let known = Code::ALL.iter().map(|code| code.as_str());
    Err(match whoowns::diagnostic::nearest(text, known) {
        Some(near) => format!("there is no such code; did you mean `{near}`?"),
        None => "there is no such code; `whoowns rules explain` lists them".to_owned(),
    })
}

impl Check {
    pub fn run(&self, shared: &Shared) -> anyhow::Result<Exit> {
        let mut files = Vec::new();
        for mut text in self.texts(shared)? {
            if self.fix {
                mend(&mut text, shared)?;
            }
            let mut report = match Ruleset::from_toml(&text.name, &text.text) {
                Ok(ruleset) => analysis::check(&ruleset, Effort::default()),
                Err(problems) => analysis::refused(&problems),
            };
            self.weigh(&mut report);
            files.push(CheckedFile { name: text.name, report });
        }
        let text = match self.format {
            Format::Text => {
                let style = self.output.style(shared);
                files.iter().map(|file| in_words(file, style, self.all)).collect::<Vec<_>>().join("\n")
            }
            Format::Json => pretty(&check_json(&files))?,
            Format::Sarif => pretty(&sarif(&files))?,
        };
        self.output.write(&text)?;
        let wrong =
            files.iter().flat_map(|file| &file.report.findings).any(|one| one.severity == Severity::Error);
        Ok(if wrong { Exit::Attention } else { Exit::Answered })
    }

    fn texts(&self, shared: &Shared) -> anyhow::Result<Vec<Text>> {
        let default: Vec<PathBuf> = match &shared.rules {
            Some(path) => vec![path.clone()],
            None => BUILT_IN[..1].iter().map(|(name, _)| PathBuf::from(name)).collect(),
        };
        let paths = if self.files.is_empty() { &default } else { &self.files };
        // `*.toml` takes in the known cases beside a ruleset, which are no ruleset.
        let is_cases = |path: &&PathBuf| path.to_string_lossy().ends_with(".cases.toml");
        for cases in paths.iter().filter(is_cases) {
            shared
                .say(&format!("skipped `{}`: known cases are run by `whoowns rules test`", cases.display()));
        }
        if paths.iter().all(|path| is_cases(&path)) {
            bail!("there is no ruleset to check; name one, or run the known cases by `whoowns rules test`");
        }
        paths
            .iter()
            .filter(|path| !is_cases(path))
            .map(|path: &PathBuf| loaded::text(Path::new(path)))
            .collect()
    }

    /// Drops what is allowed, and makes errors of what is denied.
    fn weigh(&self, report: &mut Report) {
        let names = |list: &[String], code: Code| list.iter().any(|name| name == code.as_str());
        report.findings.retain(|finding| !names(&self.allow, finding.code));
        let all = self.deny.iter().any(|name| name == "warnings");
        for finding in &mut report.findings {
            if all || names(&self.deny, finding.code) {
                finding.severity = Severity::Error;
            }
        }
    }
}

/// Makes the obvious mends in a file, until none is left: what can be seen only after another is mended as well. A
/// ruleset that loads is never touched, so that none comes to mean something else.
fn mend(text: &mut Text, shared: &Shared) -> anyhow::Result<()> {
    /// More rounds than a file has layers of mistakes, so that no mend can go on for ever.
    const ROUNDS: usize = 8;
    let before = text.text.clone();
    let mut made = Vec::new();
    for _ in 0..ROUNDS {
        let Err(problems) = Ruleset::from_toml(&text.name, &text.text) else { break };
        let mends: Vec<Mend> =
            problems.list.iter().filter_map(|problem| problem.mend.as_deref().cloned()).collect();
        let (mended, now) = mended(SourceId::FIRST, &text.text, &mends);
        if now.is_empty() || mended == text.text {
            break;
        }
        for mend in now {
            let place = problems.sources.place(mend.span);
            let was = problems.sources.snippet(mend.span);
            made.push(format!("{}:{place}: `{was}` is now `{}`", text.name, mend.text));
        }
        text.text = mended;
    }
    if text.text == before {
        return Ok(());
    }
    let path = Path::new(&text.name);
    if !path.is_file() {
        bail!("`{}` is no file, so `--fix` cannot write it; save it first", text.name);
    }
    Output { output: Some(path.to_owned()) }.write(&text.text)?;
    made.iter().for_each(|line| shared.say(line));
    Ok(())
}

/// The findings to show, and how many of a kind are left out.
fn shown(report: &Report, all: bool) -> (Vec<Diagnostic>, Vec<(Code, usize)>) {
    let mut counts: BTreeMap<Code, usize> = BTreeMap::new();
    report.findings.iter().for_each(|finding| *counts.entry(finding.code).or_default() += 1);
    let most = |code: Code| match counts.get(&code) {
        Some(count) if !all && *count > ALL_SHOWN => FIRST,
        _ => usize::MAX,
    };
    let mut seen: BTreeMap<Code, usize> = BTreeMap::new();
    let mut list = Vec::new();
    for finding in &report.findings {
        let seen = seen.entry(finding.code).or_default();
        if *seen < most(finding.code) {
            list.push(finding.diagnostic());
        }
        *seen += 1;
    }
    let hidden = counts.iter().map(|(code, count)| (*code, count.saturating_sub(most(*code))));
    (list, hidden.filter(|(_, count)| *count > 0).collect())
}

fn in_words(file: &CheckedFile, style: Style, all: bool) -> String {
    let report = &file.report;
    let mut text = String::new();
    if !report.findings.is_empty() {
        let (list, hidden) = shown(report, all);
        let problems = Problems { sources: report.sources.clone(), list };
        text.push_str(&render(&problems, style));
        text.push_str("\n\n");
        for (code, count) in hidden {
            text.push_str(&format!("and {count} more of `{code}`; `--all` shows them\n\n"));
        }
    }
    let count = |severity: Severity| report.findings.iter().filter(|one| one.severity == severity).count();
    let plural = |number: usize, word: &str| match number {
        1 => format!("1 {word}"),
        _ => format!("{number} {word}s"),
    };
    let found = match (count(Severity::Error), count(Severity::Warning)) {
        (0, 0) => "nothing found".to_owned(),
        (errors, 0) => plural(errors, "error"),
        (0, warnings) => plural(warnings, "warning"),
        (errors, warnings) => format!("{}, {}", plural(errors, "error"), plural(warnings, "warning")),
    };
    text.push_str(&format!("{}: {found}\n", printable(&file.name)));
    for table in &report.tables {
        let states = table.states.as_ref().map_or("unproved".to_owned(), ToString::to_string);
        let states = if states == "1" { "1 state".to_owned() } else { format!("{states} states") };
        let uncovered = match &table.uncovered {
            Some(count) if count.is_zero() => "every state covered".to_owned(),
            Some(count) => format!("{count} uncovered"),
            None => "coverage not proved".to_owned(),
        };
        text.push_str(&format!("  {}: {}, {states}, {uncovered}\n", table.table, plural(table.rows, "row"),));
    }
    text
}

/// JSON for people to read.
pub fn pretty(json: &serde_json::Value) -> anyhow::Result<String> {
    Ok(serde_json::to_string_pretty(json).context("cannot write JSON")? + "\n")
}
