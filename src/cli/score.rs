//! `whoowns score`.

use std::io;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use clap::{Args, ValueEnum};
use whoowns::clients::{self, Kind, Output as Place, Outputs, RejectsTo, Unfinished, WrittenRowsOf};
use whoowns::learning;
use whoowns::percent::Percent;
use whoowns::report::{score as report, sectioned};

use super::actual_columns::{ActualArguments, refuse_useless};
use super::batch_progress::Progress;
use super::list_arguments::{ListArguments, input};
use super::output::Output;
use super::{Exit, Shared, same_files};

/// How often the rules were right, where a list says who really owned
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  whoowns score projects.csv --actual owner='Real owner'
  whoowns score projects.xlsx --actual owner=Owner --actual contact=Contact --misses misses.xlsx
  whoowns score projects.csv --actual owner=Owner --format json -o score.json
  whoowns score projects.csv --actual owner=Owner --rules my-rules.toml --min-right 80%

Who really owned is a role's id, its title, or a job title, matched as people are. What matches none counts as wrong, and
is listed. Intervals are of 95 % (Wilson). `whoowns rules schema --score` prints the schema of the JSON.

Exits with 1 where less than `--min-right` was right.")]
pub struct Score {
    /// The client list; `-` is standard input
    #[arg(value_name = "CLIENTS")]
    clients: PathBuf,
    #[command(flatten)]
    actual: ActualArguments,
    /// Write the rows that were wrong to this file, with their answers
    #[arg(long, value_name = "FILE")]
    misses: Option<PathBuf>,
    /// Exit with 1 where a smaller part than this was right
    #[arg(long, value_name = "PERCENT", value_parser = percent)]
    min_right: Option<Percent>,
    /// How to write the score
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    format: Format,
    #[command(flatten)]
    output: Output,
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

/// A percentage, with or without its sign.
fn percent(text: &str) -> Result<Percent, String> {
    let text = text.trim();
    let whole = if text.ends_with('%') { text.to_owned() } else { format!("{text}%") };
    Percent::parse(&whole).map_err(|error| error.to_string())
}

impl Score {
    pub fn run(&self, shared: &Shared) -> anyhow::Result<Exit> {
        let ruleset = shared.ruleset()?;
        let Some(columns) = self.actual.columns()? else {
            bail!("name the column that says who really owned: `--actual owner=COLUMN`");
        };
        let misses = self.misses.as_deref().filter(|path| *path != Path::new("-"));
        self.refuse_same_files()?;
        let mut options = self.list.options()?;
        options.actual = Some(columns.clone());
        options.written = if self.misses.is_some() { WrittenRowsOf::Missed } else { WrittenRowsOf::None };
        options.output_kind = match (&self.misses, misses) {
            (None, _) => Some(Kind::Csv),
            (Some(_), misses) => misses.and_then(Kind::of),
        };
        let unfinished = Unfinished::default();
        let outputs = Outputs {
            answers: match (&self.misses, misses) {
                (_, Some(path)) => Place::at(path, &unfinished)?,
                (Some(_), None) => Place::stream(Box::new(io::stdout())),
                (None, None) => Place::stream(Box::new(io::sink())),
            },
            rejects: RejectsTo::Stream(Box::new(io::sink())),
            page: None,
        };
        let mut progress = Progress::new(shared, &self.clients);
        let summary = clients::run(&ruleset, input(&self.clients), outputs, &options, &mut progress)?;
        progress.finish();
        let Some(actuals) = &summary.actuals else { bail!("no row was held against who really owned") };
        refuse_useless(&ruleset, &columns, actuals)?;
        if summary.rejects > 0 {
            shared.say(&format!("{} records could not be read; `whoowns batch` says which", summary.rejects));
        }
        let score = learning::score(&ruleset, &summary, actuals)?;
        let text = match self.format {
            Format::Json => serde_json::to_string_pretty(&score).context("cannot write JSON")? + "\n",
            Format::Table => {
                let sections = report::sections(&ruleset, &score);
                sectioned::text(ruleset.title(), &sections, self.output.terminal(shared))
            }
        };
        self.output.write(&text)?;
        let short = self.min_right.filter(|least| !score.owner.reaches(*least));
        if let Some(least) = short {
            shared.say(&format!("{} rows are right, less than {least}", score.owner.counts()));
        }
        Ok(if short.is_some() { Exit::Attention } else { Exit::Answered })
    }

    fn refuse_same_files(&self) -> anyhow::Result<()> {
        let standard = || PathBuf::from("-");
        let mut places = vec![(self.clients.clone(), "the list")];
        places.push((self.output.output.clone().unwrap_or_else(standard), "the score"));
        places.extend(self.misses.iter().map(|path| (path.clone(), "the misses")));
        same_files::refuse(&places, 1)
    }
}
