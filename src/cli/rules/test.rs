//! `whoowns rules test`.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use anyhow::bail;
use clap::{Args, ValueEnum};
use whoowns::Ruleset;
use whoowns::analysis::cases::{Case, Suite};
use whoowns::analysis::coverage::{Coverage, missed};
use whoowns::analysis::mutations::{Noticed, noticed};
use whoowns::analysis::suggest::{Suggestion, suggest};
use whoowns::analysis::test_results::{CaseResult, TestedRuleset, junit, tests_json};
use whoowns::diagnostic::printable;
use whoowns_rules::CASES;

use super::check::pretty;
use crate::cli::input::{self, Text};
use crate::cli::loaded;
use crate::cli::output::Output;
use crate::cli::{Exit, Shared};

/// Decide organizations whose answer is known, and compare
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  whoowns rules test my-rules.cases.toml         the ruleset my-rules.toml beside it is tested
  whoowns rules test --rules my-rules.toml       the cases beside the ruleset
  whoowns rules test --min-coverage 100
  whoowns rules test my-rules.cases.toml --suggest >> my-rules.cases.toml
  whoowns rules test my-rules.cases.toml --format junit -o tests.xml

Exits with 1 where a case fails, or coverage is below what is asked for.")]
pub struct Test {
    /// Files of cases; without any, those beside the ruleset in use
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
    /// How to write what came of them
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
    /// Exit with 1 where the cases reach less than this part of the rows, in percent
    #[arg(long, value_name = "PERCENT", value_parser = percent)]
    min_coverage: Option<f64>,
    /// Print cases that reach what no case reaches and notice what none notices, ready to paste
    #[arg(long, conflicts_with = "format")]
    suggest: bool,
    #[command(flatten)]
    output: Output,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people, in a terminal
    Text,
    /// One object with all cases
    Json,
    /// For build servers
    Junit,
}

fn percent(text: &str) -> Result<f64, String> {
    let number: f64 =
        text.trim_end_matches('%').trim().parse().map_err(|_| "expected a percentage such as `95`")?;
    if (0.0..=100.0).contains(&number) { Ok(number) } else { Err("expected 0 to 100".to_owned()) }
}

/// How the names of files of cases end.
const ENDING: &str = ".cases.toml";
impl Test {
    pub fn run(&self, shared: &Shared) -> anyhow::Result<Exit> {
        let mut tested: Vec<TestedRuleset> = Vec::new();
        for (ruleset, cases) in self.suites(shared)? {
            let suite = match self.suggest {
                true => Suite::read_any(&ruleset, &cases.name, &cases.text)?,
                false => Suite::read(&ruleset, &cases.name, &cases.text)?,
            };
            let at = match tested.iter().position(|known| known.ruleset.digest() == ruleset.digest()) {
                Some(at) => at,
                None => {
                    shared.say_notes(&ruleset);
                    tested.push(TestedRuleset { ruleset, cases: Vec::new() });
                    tested.len() - 1
                }
            };
            for case in suite.cases {
                let outcome = case.run(&tested[at].ruleset)?;
                let place = suite.sources.place(case.span);
                tested[at].cases.push(CaseResult { case, outcome, file: cases.name.clone(), place });
            }
        }
        let coverages: Vec<Coverage> =
            tested.iter().map(|one| Coverage::new(&one.ruleset, &fired(one))).collect();
        let noticed: Vec<Noticed> = match self.suggest || self.format == Format::Junit {
            true => Vec::new(),
            false => tested.iter().map(|one| noticed(&one.ruleset, &cases(one))).collect(),
        };
        let text = match self.format {
            _ if self.suggest => suggestions(&tested, shared),
            Format::Text => in_words(&tested, &coverages, &noticed),
            Format::Json => pretty(&tests_json(&tested, &coverages, &noticed))?,
            Format::Junit => junit(&tested),
        };
        self.output.write(&text)?;
        let failed = tested.iter().flat_map(|one| &one.cases).any(|ran| !ran.outcome.mismatches.is_empty());
        let least = self.min_coverage.unwrap_or(0.0);
        let short = coverages.iter().any(|coverage| coverage.percent < least);
        if short {
            shared.say(&format!("the cases reach less than {least} % of the rows"));
        }
        Ok(if failed || short { Exit::Attention } else { Exit::Answered })
    }

    /// Each file of cases with the ruleset it is about.
    fn suites(&self, shared: &Shared) -> anyhow::Result<Vec<(Ruleset, Text)>> {
        if self.files.is_empty() {
            return Ok(vec![match &shared.rules {
                None => (Ruleset::embedded()?, built_in(CASES[0])),
                Some(rules) => (loaded::ruleset(rules)?, self.beside(rules)?),
            }]);
        }
        self.files.iter().map(|file| self.suite(file, shared)).collect()
    }

    /// The cases beside a ruleset, or of a built-in one; to suggest some, there need be none.
    fn beside(&self, rules: &Path) -> anyhow::Result<Text> {
        let beside = rules.with_extension("").to_string_lossy().into_owned() + ENDING;
        let known = CASES.iter().find(|(name, _)| *name == beside && !rules.exists());
        if let Some(cases) = known {
            return Ok(built_in(*cases));
        }
        let beside = PathBuf::from(beside);
        match beside.exists() {
            true => input::read(&beside),
            false if self.suggest => {
                Ok(Text { name: beside.to_string_lossy().into_owned(), text: String::new() })
            }
            false => bail!(
                "there are no cases beside `{}`: expected `{}`; `--suggest` writes some",
                rules.display(),
                beside.display()
            ),
        }
    }

    fn suite(&self, file: &Path, shared: &Shared) -> anyhow::Result<(Ruleset, Text)> {
        let name = file.to_string_lossy();
        let Some(stem) = name.strip_suffix(ENDING) else {
            if file == Path::new("-") {
                return Ok((shared.ruleset()?, input::read(file)?));
            }
            // A ruleset is tested by the cases beside it.
            return Ok((loaded::ruleset(file)?, self.beside(file)?));
        };
        let beside = PathBuf::from(format!("{stem}.toml"));
        let ruleset = match &shared.rules {
            None if beside.exists() => loaded::ruleset(&beside)?,
            _ => shared.ruleset()?,
        };
        Ok((ruleset, input::read(file)?))
    }
}

fn built_in((name, text): (&str, &str)) -> Text {
    Text { name: name.to_owned(), text: text.to_owned() }
}

fn fired(tested: &TestedRuleset) -> BTreeSet<(whoowns::ruleset::Table, usize)> {
    tested.cases.iter().flat_map(|ran| ran.outcome.fired.iter().copied()).collect()
}

fn cases(tested: &TestedRuleset) -> Vec<&Case> {
    tested.cases.iter().map(|ran| &ran.case).collect()
}

fn suggestions(tested: &[TestedRuleset], shared: &Shared) -> String {
    let mut text = String::new();
    for one in tested {
        let Suggestion { cases, out_of_reach } =
            suggest(&one.ruleset, &missed(&one.ruleset, &fired(one)), &cases(one));
        for case in &cases {
            text.push_str(&format!("\n{}", case.toml()));
        }
        if cases.is_empty() {
            shared.say(&format!("{}: no case to suggest", one.ruleset.name()));
        }
        for (table, id) in out_of_reach {
            shared.say(&format!("no case found that reaches the `{table}` row `{id}`"));
        }
    }
    text
}

/// Mutations named; more are counted.
const NAMED: usize = 5;

fn in_words(tested: &[TestedRuleset], coverages: &[Coverage], noticed: &[Noticed]) -> String {
    let mut text = String::new();
    for ((one, coverage), noticed) in tested.iter().zip(coverages).zip(noticed) {
        let mut failed = 0;
        for ran in one.cases.iter().filter(|ran| !ran.outcome.mismatches.is_empty()) {
            failed += 1;
            text.push_str(&format!(
                "FAILED {}:{}: {}\n",
                printable(&ran.file),
                ran.place,
                printable(&ran.case.name)
            ));
            for mismatch in &ran.outcome.mismatches {
                text.push_str(&format!(
                    "  {}: expected {}, got {}\n",
                    mismatch.key, mismatch.expected, mismatch.got
                ));
            }
            for (table, ids) in ran.fired(&one.ruleset) {
                text.push_str(&format!("  {table}: {}\n", ids.join(", ")));
            }
            text.push('\n');
        }
        let name = one.ruleset.name();
        let count = one.cases.len();
        let cases = if count == 1 { "case" } else { "cases" };
        text.push_str(&match failed {
            0 => format!("{name}: {count} {cases}, all as expected\n"),
            _ => format!("{name}: {count} {cases}, {failed} not as expected\n"),
        });
        text.push_str(&format!(
            "coverage: {} of {} rows, {} %\n",
            coverage.reached, coverage.rows, coverage.percent
        ));
        for table in &coverage.tables {
            text.push_str(&format!("  {:12} {:>4} of {}", table.table, table.reached, table.rows));
            if !table.missed.is_empty() {
                text.push_str(&format!(", not {}", table.missed.join(", ")));
            }
            text.push('\n');
        }
        let Noticed { mutations, tried, changing, noticed, unnoticed } = noticed;
        let of = if tried < mutations { format!(" ({tried} of {mutations} tried)") } else { String::new() };
        text.push_str(&format!(
            "mutations: {noticed} of {changing} that change an outcome are noticed{of}\n"
        ));
        for what in unnoticed.iter().take(NAMED) {
            text.push_str(&format!("  not noticed: {what}\n"));
        }
        if unnoticed.len() > NAMED {
            text.push_str(&format!(
                "  and {} more; `--suggest` prints cases that notice them\n",
                unnoticed.len() - NAMED
            ));
        }
    }
    text
}
