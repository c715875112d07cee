//! `whoowns batch`.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, bail};
use clap::Args;
use whoowns::Ruleset;
use whoowns::clients::{self, Earlier, Kind, Options, Outputs, RejectsTo, Summary, Unfinished};
use whoowns::learning;
use whoowns::report::list;

use super::actual_columns::{ActualArguments, refuse_useless};
use super::batch_jobs::{self, Failures, Folder, Job, Jobs, rejects_beside};
use super::batch_progress::Progress;
use super::batch_values::KindName;
use super::list_arguments::{ListArguments, input};
use super::output::Output;
use super::{Exit, Shared, batch_summary, same_files};

/// Answer a whole client list: csv, tsv, json, jsonl, xlsx and more
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  whoowns batch clients.csv -o answers.csv
  whoowns batch clients.xlsx -o answers.xlsx --summary summary.json
  whoowns batch clients.csv -o answers.csv --report report.html
  whoowns batch projects.csv -o answers.csv --report report.html --actual owner='Real owner'
  whoowns batch export.csv --map headcount='Staff (FTE)' --columns status,owner,size -o answers.csv
  whoowns batch export.csv --encoding windows-1252 --only-answers 'Account ID' -o answers.jsonl
  whoowns batch export.csv --look
  whoowns batch march.csv --since february-answers.csv --key 'Account ID' -o march-answers.csv
  whoowns batch north.csv south.csv --output-dir answers
  zcat clients.csv.gz | whoowns batch - > answers.csv

Every row comes back, in order, its cells untouched, with the answers added. A row with a cell that cannot be read is
`invalid`, with the reason in its note; a record that cannot be read at all goes to the rejects.")]
pub struct Batch {
    /// The client list, or several with `--output-dir`; `-` is standard input
    #[arg(value_name = "CLIENTS", required = true)]
    clients: Vec<PathBuf>,
    /// Write to this file instead of standard output
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Answer each list into this folder, under its own name
    #[arg(long, value_name = "DIR", conflicts_with_all = ["output", "rejects", "report"])]
    output_dir: Option<PathBuf>,
    /// Write this kind of file, instead of what the name of the output or the input says
    #[arg(long, value_name = "KIND")]
    format: Option<KindName>,
    #[command(flatten)]
    list: ListArguments,
    #[command(flatten)]
    actual: ActualArguments,
    /// Which answers to add: status, owner, contact, confidence, rule, ask, note, owner_title, contact_title,
    /// contact_name, ask_text, support (how often the least founded presumption is so), a derived fact, or of an integer
    /// fact FACT_min and FACT_max
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    columns: Option<Vec<String>>,
    /// Write only this column of the list, and the answers
    #[arg(long, value_name = "ID_COLUMN")]
    only_answers: Option<String>,
    /// Begin the titles of the answers with this, instead of the ruleset's prefix
    #[arg(long, value_name = "TEXT")]
    prefix: Option<String>,
    /// Write records that cannot be read to this file, instead of `OUTPUT.rejects.csv` or standard error
    #[arg(long, value_name = "FILE")]
    rejects: Option<PathBuf>,
    /// Write the summary to this file, as JSON
    #[arg(long, value_name = "FILE")]
    summary: Option<PathBuf>,
    /// Write a page about the whole list to this file: counts, what to ask first, and the rows to filter and sort
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
    /// Put `'` before text in csv that a spreadsheet would run as a formula
    #[arg(long)]
    guard_formulas: bool,
    /// Say in a column what has changed since this earlier output
    #[arg(long, value_name = "OLD", requires = "key", conflicts_with = "output_dir")]
    since: Option<PathBuf>,
    /// The column that tells the rows of both lists apart
    #[arg(long, value_name = "COLUMN", requires = "since")]
    key: Option<String>,
    /// Answer nothing, but say what was found out: encoding, separator, header, and how the columns read
    #[arg(long)]
    look: bool,
    /// Exit with 1 unless every row is `decided`
    #[arg(long)]
    strict: bool,
}

impl Batch {
    pub fn run(&self, shared: &Shared) -> anyhow::Result<Exit> {
        let ruleset = shared.ruleset()?;
        if self.look {
            return self.look(&ruleset);
        }
        if !self.actual.actual.is_empty() && self.report.is_none() {
            bail!(
                "`--actual` adds to the report what was right: name it with `--report FILE`, or use `whoowns score`"
            );
        }
        let Jobs { jobs, mut failures } = self.jobs()?;
        let _folder = self.output_dir.as_deref().map(Folder::at).transpose()?;
        self.refuse_same_files(&jobs)?;
        let unfinished = Unfinished::default();
        remove_on_signal(&unfinished)?;
        let mut summaries = Vec::new();
        for job in &jobs {
            let name = job.list.display().to_string();
            if self.clients.len() == 1 {
                summaries.push((name, self.answer(job, &ruleset, &unfinished, shared)?));
                continue;
            }
            shared.say(&format!("{name}:"));
            match self.answer(job, &ruleset, &unfinished, shared) {
                Ok(summary) => summaries.push((name, summary)),
                Err(failure) => failures.add(job.list, &failure),
            }
        }
        let lists = self.clients.len();
        if summaries.is_empty() {
            failures.refuse(lists)?;
        }
        let mut summary = Summary::total(summaries);
        summary.failed = failures.lists().to_vec();
        if let Some(path) = &self.summary {
            let text = serde_json::to_string_pretty(&summary).context("cannot write JSON")? + "\n";
            write(path, &text, &unfinished)?;
        }
        shared.say(&batch_summary::told(&ruleset, &summary));
        failures.refuse(lists)?;
        let undecided = summary.count("decided") < summary.rows;
        let attention = summary.rejects > 0 || summary.count("invalid") > 0 || self.strict && undecided;
        Ok(if attention { Exit::Attention } else { Exit::Answered })
    }

    /// Says what each list is.
    fn look(&self, ruleset: &Ruleset) -> anyhow::Result<Exit> {
        let (mut text, mut failures) = (String::new(), Failures::default());
        let mut exit = Exit::Answered;
        let options = self.options(None)?;
        for list in &self.clients {
            let detected = match clients::look(ruleset, input(list), &options) {
                Ok(detected) => detected,
                Err(failure) => {
                    failures.add(list, &failure.into());
                    continue;
                }
            };
            if self.clients.len() > 1 {
                text.push_str(&format!("{}{}\n", if text.is_empty() { "" } else { "\n" }, list.display()));
            }
            text.push_str(&detected.look());
            if !detected.answerable {
                exit = Exit::Attention;
            }
        }
        if !text.is_empty() {
            Output { output: self.output.clone() }.write(&text)?;
        }
        failures.refuse(self.clients.len())?;
        Ok(exit)
    }

    /// Answers one list: writes it with its answers, and beside it the rejects, the summary and the report asked for.
    fn answer(
        &self,
        job: &Job,
        ruleset: &Ruleset,
        unfinished: &Unfinished,
        shared: &Shared,
    ) -> anyhow::Result<Summary> {
        let mut options = self.options(job.output.as_deref())?;
        if let (Some(old), Some(key)) = (&self.since, &self.key) {
            let earlier = Earlier::read(ruleset, input(old), key, &options);
            let earlier = earlier.with_context(|| format!("cannot use `{}`", old.display()))?;
            options.since = Some(Arc::new(earlier));
        }
        let mut rows = list::Rows::default();
        let outputs = Outputs {
            answers: match &job.output {
                Some(path) => clients::Output::at(path, unfinished)?,
                None => clients::Output::stream(Box::new(io::stdout())),
            },
            rejects: match &job.rejects {
                Some(path) => RejectsTo::File(path.clone(), unfinished.clone()),
                None => RejectsTo::Stream(Box::new(io::stderr())),
            },
            page: self.report.is_some().then_some(&mut rows),
        };
        let mut progress = Progress::new(shared, job.list);
        let summary = clients::run(ruleset, input(job.list), outputs, &options, &mut progress)?;
        progress.finish();
        if let Some(path) = &self.report {
            let title = job.list.file_name().filter(|name| *name != "-");
            let title = title.map_or(ruleset.title().to_owned(), |name| name.to_string_lossy().into_owned());
            let score = match (&options.actual, &summary.actuals) {
                (Some(columns), Some(actuals)) => match refuse_useless(ruleset, columns, actuals) {
                    Ok(()) => Some(learning::score(ruleset, &summary, actuals)?),
                    // The answers are right all the same.
                    Err(useless) => {
                        shared.say(&format!("the report does not say what was right: {useless}"));
                        None
                    }
                },
                _ => None,
            };
            write(path, &list::html(ruleset, &title, &summary, &rows, score.as_ref())?, unfinished)?;
        }
        Ok(summary)
    }

    /// Every list with its outputs.
    fn jobs(&self) -> anyhow::Result<Jobs<'_>> {
        let Some(folder) = &self.output_dir else {
            let [list] = &self.clients[..] else {
                bail!("several lists are answered into a folder: name it with `--output-dir DIR`");
            };
            let output = self.output.clone().filter(|path| path != Path::new("-"));
            let rejects = self.rejects.clone().or_else(|| output.as_deref().and_then(rejects_beside));
            let rejects = rejects.filter(|path| path != Path::new("-"));
            return Ok(Jobs { jobs: vec![Job { list, output, rejects }], ..Jobs::default() });
        };
        batch_jobs::in_folder(folder, &self.clients, self.list.options()?.input_kind, kind(self.format))
    }

    /// Two outputs in one file would overwrite each other, and an output in the list's place would lose the list.
    fn refuse_same_files(&self, jobs: &[Job]) -> anyhow::Result<()> {
        let standard = || PathBuf::from("-");
        let mut places: Vec<(PathBuf, &str)> = Vec::new();
        places.extend(jobs.iter().map(|job| (job.list.to_owned(), "the list")));
        places.extend(self.since.iter().map(|path| (path.clone(), "the earlier output")));
        let inputs = places.len();
        for job in jobs {
            places.push((job.output.clone().unwrap_or_else(standard), "the answers"));
            places.extend(job.rejects.iter().map(|path| (path.clone(), "the rejects")));
        }
        places.extend(self.summary.iter().map(|path| (path.clone(), "the summary")));
        places.extend(self.report.iter().map(|path| (path.clone(), "the report")));
        same_files::refuse(&places, inputs)
    }

    fn options(&self, output: Option<&Path>) -> anyhow::Result<Options> {
        Ok(Options {
            columns: self.columns.clone(),
            only_answers: self.only_answers.clone(),
            prefix: self.prefix.clone(),
            output_kind: kind(self.format)
                .or_else(|| output.filter(|_| self.output_dir.is_none()).and_then(Kind::of)),
            plain: self.format.is_some(),
            guard_formulas: self.guard_formulas,
            actual: self.actual.columns()?,
            ..self.list.options()?
        })
    }
}

/// The kind that an option names.
fn kind(name: Option<KindName>) -> Option<Kind> {
    name.map(|KindName(kind)| kind)
}

/// Writes a text beside the answers; it appears whole or not at all.
fn write(path: &Path, text: &str, unfinished: &Unfinished) -> anyhow::Result<()> {
    let mut output = if path == Path::new("-") {
        clients::Output::stream(Box::new(io::stdout()))
    } else {
        clients::Output::at(path, unfinished)?
    };
    output.write_all(text.as_bytes()).with_context(|| format!("cannot write `{}`", path.display()))?;
    Ok(output.finish()?)
}

/// Removes unfinished files when the program is interrupted or told to end.
fn remove_on_signal(unfinished: &Unfinished) -> anyhow::Result<()> {
    /// What shells report of a program that was interrupted.
    const INTERRUPTED: i32 = 130;
    let unfinished = unfinished.clone();
    ctrlc::set_handler(move || {
        unfinished.remove();
        std::process::exit(INTERRUPTED);
    })
    .context("cannot listen for signals")
}
