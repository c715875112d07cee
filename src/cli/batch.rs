//! `whoowns batch`.

use std::io::{self, IsTerminal, Write};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::{Args, ValueEnum};
use indicatif::{ProgressBar, ProgressStyle};
use whoowns::clients::{
    self, ByHand, Detected, Encoding, Input, Kind, Listener, Options, Outputs, RejectsTo, Summary, Unfinished,
};
use whoowns::report::list;

use super::output::Output;
use super::{Exit, Shared, same_files};

/// Answer a whole client list: csv, tsv, jsonl or xlsx
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  whoowns batch clients.csv -o answers.csv
  whoowns batch clients.xlsx -o answers.xlsx --summary summary.json
  whoowns batch clients.csv -o answers.csv --report report.html
  whoowns batch export.csv --map headcount='Staff (FTE)' --columns status,owner,size -o answers.csv
  whoowns batch export.csv --encoding windows-1252 --only-answers 'Account ID' -o answers.jsonl
  zcat clients.csv.gz | whoowns batch - > answers.csv

Every row comes back, in order, its cells untouched, with the answers added. A row with a cell that cannot be read is
`invalid`, with the reason in its note; a record that cannot be read at all goes to the rejects.")]
pub struct Batch {
    /// The client list; `-` is standard input
    #[arg(value_name = "CLIENTS")]
    clients: PathBuf,
    /// Write to this file instead of standard output
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Write this kind of file, instead of what the name of the output or the input says
    #[arg(long, value_name = "KIND")]
    format: Option<KindName>,
    /// Read the list as this kind of file, instead of what its name says
    #[arg(long, value_name = "KIND")]
    input_format: Option<KindName>,
    /// What stands between two cells, such as `;` or `tab`, instead of what the header tells
    #[arg(long, value_name = "CHARACTER", value_parser = separator)]
    delimiter: Option<u8>,
    /// The encoding of the list where no mark tells it, such as `windows-1252`
    #[arg(long, value_name = "LABEL")]
    encoding: Option<String>,
    /// The line with the titles, instead of the first that names a fact; lines before it are kept
    #[arg(long = "header", value_name = "LINE", value_parser = clap::value_parser!(u64).range(1..), conflicts_with = "no_header")]
    header_line: Option<u64>,
    /// There are no titles: columns are called `1`, `2` and so on (`--map headcount=#3`)
    #[arg(long)]
    no_header: bool,
    /// In a quoted cell, what follows a backslash is taken as it is, as MySQL writes it
    #[arg(long, value_name = "CHARACTER")]
    escape: Option<Escape>,
    /// Fill up records that stop short, instead of rejecting them
    #[arg(long)]
    pad: bool,
    /// The sheet of a spreadsheet, instead of the first with a header
    #[arg(long, value_name = "NAME")]
    sheet: Option<String>,
    /// Take a fact from this column, called by its title or by its place (`#3`); may be repeated
    #[arg(long, value_name = "FACT=COLUMN", value_parser = pair)]
    map: Vec<(String, String)>,
    /// The column with the organizations' names
    #[arg(long, value_name = "COLUMN")]
    name_column: Option<String>,
    /// Which answers to add: status, owner, contact, confidence, rule, ask, note, owner_title, contact_title,
    /// contact_name, ask_text, a derived fact, or of an integer fact FACT_min and FACT_max
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
    /// How many threads work, instead of one for each core
    #[arg(long, value_name = "N")]
    threads: Option<NonZeroUsize>,
    /// Answer nothing, but say what was found out: encoding, separator, header, and how the columns read
    #[arg(long)]
    look: bool,
    /// Exit with 1 unless every row is `decided`
    #[arg(long)]
    strict: bool,
}

/// What escapes a quote in a quoted cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Escape {
    /// A backslash
    Backslash,
}

/// A kind of file, as it is called on the command line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct KindName(Kind);

impl ValueEnum for KindName {
    fn value_variants<'a>() -> &'a [Self] {
        const ALL: [KindName; Kind::ALL.len()] = {
            let mut all = [KindName(Kind::Csv); Kind::ALL.len()];
            let mut at = 0;
            while at < all.len() {
                all[at] = KindName(Kind::ALL[at].0);
                at += 1;
            }
            all
        };
        &ALL
    }

    fn to_possible_value(&self) -> Option<clap::builder::PossibleValue> {
        let (_, name) = Kind::ALL.iter().find(|(kind, _)| *kind == self.0)?;
        Some(clap::builder::PossibleValue::new(*name))
    }
}

fn separator(text: &str) -> Result<u8, String> {
    match text.as_bytes() {
        b"tab" | b"\\t" => Ok(b'\t'),
        [b'"' | b'\n' | b'\r'] => Err("quotes and line breaks cannot stand between cells".to_owned()),
        [byte] if byte.is_ascii() => Ok(*byte),
        _ => Err("expected one ASCII character, or `tab`".to_owned()),
    }
}

fn pair(text: &str) -> Result<(String, String), String> {
    let (fact, column) = text.split_once('=').ok_or("expected FACT=COLUMN")?;
    Ok((fact.trim().to_owned(), column.trim().to_owned()))
}

impl Batch {
    pub fn run(&self, shared: &Shared) -> anyhow::Result<Exit> {
        let ruleset = shared.ruleset()?;
        if self.look {
            let detected = clients::look(&ruleset, self.input(), &self.options()?)?;
            Output { output: self.output.clone() }.write(&detected.look())?;
            return Ok(Exit::Answered);
        }
        self.refuse_same_files()?;
        let unfinished = Unfinished::default();
        remove_on_signal(&unfinished)?;
        let mut rows = list::Rows::default();
        let outputs = Outputs {
            answers: match self.output_path() {
                Some(path) => clients::Output::at(path, &unfinished)?,
                None => clients::Output::stream(Box::new(io::stdout())),
            },
            rejects: self.rejects_to(&unfinished),
            page: self.report.is_some().then_some(&mut rows),
        };
        let mut voice = Voice { shared, bar: self.bar(shared), records: 0 };
        let summary = clients::run(&ruleset, self.input(), outputs, &self.options()?, &mut voice)?;
        voice.bar.finish_and_clear();
        if let Some(path) = &self.summary {
            let text = serde_json::to_string_pretty(&summary).context("cannot write JSON")? + "\n";
            write(path, &text, &unfinished)?;
        }
        if let Some(path) = &self.report {
            let title = self.clients.file_name().filter(|name| *name != "-");
            let title = title.map_or(ruleset.title().to_owned(), |name| name.to_string_lossy().into_owned());
            write(path, &list::html(&ruleset, &title, &summary, &rows)?, &unfinished)?;
        }
        shared.say(&told(&summary));
        let undecided = summary.count("decided") < summary.rows;
        let attention = summary.rejects > 0 || summary.count("invalid") > 0 || self.strict && undecided;
        Ok(if attention { Exit::Attention } else { Exit::Answered })
    }

    fn output_path(&self) -> Option<&Path> {
        self.output.as_deref().filter(|path| *path != Path::new("-"))
    }

    fn input(&self) -> Input {
        match self.clients.as_path() == Path::new("-") {
            true => Input::Stream(Box::new(io::stdin())),
            false => Input::File(self.clients.clone()),
        }
    }

    /// Two outputs in one file would overwrite each other, and an output in the list's place would lose the list.
    fn refuse_same_files(&self) -> anyhow::Result<()> {
        let rejects = self.rejects_path().map(|path| (path, "the rejects"));
        let places = [
            Some((self.clients.clone(), "the list")),
            Some((self.output.clone().unwrap_or_else(|| PathBuf::from("-")), "the answers")),
            rejects,
            self.summary.clone().map(|path| (path, "the summary")),
            self.report.clone().map(|path| (path, "the report")),
        ];
        same_files::refuse(&places.into_iter().flatten().collect::<Vec<_>>())
    }

    fn rejects_to(&self, unfinished: &Unfinished) -> RejectsTo {
        match self.rejects_path() {
            Some(path) if path != Path::new("-") => RejectsTo::File(path, unfinished.clone()),
            _ => RejectsTo::Stream(Box::new(io::stderr())),
        }
    }

    /// The file of the rejects; without one they go to standard error.
    fn rejects_path(&self) -> Option<PathBuf> {
        let beside = |output: &Path| {
            let mut name = output.as_os_str().to_owned();
            name.push(".rejects.csv");
            PathBuf::from(name)
        };
        let is_file = |output: &&Path| !output.exists() || output.is_file();
        self.rejects.clone().or_else(|| self.output_path().filter(is_file).map(beside))
    }

    fn options(&self) -> anyhow::Result<Options> {
        let kind = |name: Option<KindName>| name.map(|KindName(kind)| kind);
        Ok(Options {
            by_hand: ByHand { map: self.map.clone(), name_column: self.name_column.clone() },
            columns: self.columns.clone(),
            only_answers: self.only_answers.clone(),
            prefix: self.prefix.clone(),
            input_kind: kind(self.input_format),
            output_kind: kind(self.format).or_else(|| self.output_path().and_then(Kind::of)),
            delimiter: self.delimiter,
            encoding: self.encoding.as_deref().map(Encoding::by_label).transpose()?,
            header_line: self.header_line,
            no_header: self.no_header,
            escape_backslash: self.escape.is_some(),
            pad: self.pad,
            plain: self.format.is_some(),
            sheet: self.sheet.clone(),
            guard_formulas: self.guard_formulas,
            threads: self.threads,
        })
    }

    /// A bar on a terminal, and nothing elsewhere.
    fn bar(&self, shared: &Shared) -> ProgressBar {
        if shared.quiet || !io::stderr().is_terminal() {
            return ProgressBar::hidden();
        }
        let text = !Kind::is_packed(&self.clients);
        let size = std::fs::metadata(&self.clients)
            .ok()
            .filter(|file| text && file.is_file())
            .map(|file| file.len());
        let (bar, template) = match size {
            Some(size) => (ProgressBar::new(size), "{wide_bar} {percent}% · {msg} · {eta} left"),
            None => (ProgressBar::new_spinner(), "{spinner} {msg} · {elapsed}"),
        };
        match ProgressStyle::with_template(template) {
            Ok(style) => bar.with_style(style),
            Err(_) => bar,
        }
    }
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

/// Says what goes on, on standard error.
struct Voice<'s> {
    shared: &'s Shared,
    bar: ProgressBar,
    records: u64,
}

impl Listener for Voice<'_> {
    fn opened(&mut self, detected: &Detected) {
        for line in detected.lines() {
            self.shared.say(&line);
        }
    }

    fn advanced(&mut self, records: u64, bytes: u64) {
        if self.bar.is_hidden() {
            return;
        }
        self.records += records;
        let milliseconds = self.bar.elapsed().as_millis().max(1);
        let rate = u128::from(self.records) * 1000 / milliseconds;
        self.bar.set_message(format!("{} rows · {rate} rows/s", self.records));
        self.bar.inc(bytes);
    }
}

/// The summary as people read it.
fn told(summary: &Summary) -> String {
    let mut lines = vec![format!(
        "{} rows: {} answers, {} rejects, in {:.1} s",
        summary.rows, summary.answers, summary.rejects, summary.seconds
    )];
    let counted = |counts: &mut dyn Iterator<Item = (&str, u64)>| {
        counts.map(|(name, rows)| format!("{name} {rows}")).collect::<Vec<_>>().join(", ")
    };
    let mut add = |what: &str, counts: &mut dyn Iterator<Item = (&str, u64)>| {
        let counts = counted(counts);
        if !counts.is_empty() {
            lines.push(format!("  {what}: {counts}"));
        }
    };
    add("status", &mut summary.statuses.iter().map(|(status, rows)| (*status, *rows)));
    add("owner", &mut summary.owners.iter().map(|count| (count.role.as_str(), count.rows)));
    for (fact, values) in &summary.derived {
        add(fact, &mut values.iter().map(|(value, rows)| (value.as_str(), *rows)));
    }
    for planned in &summary.questions {
        lines.push(format!(
            "  `{}` is the best question for {} rows, and settles {} of them",
            planned.fact, planned.rows, planned.settles
        ));
    }
    for (rows, what) in [
        (summary.mended.cut, "had empty cells beyond the header, which were cut"),
        (summary.mended.padded, "stopped short and were filled up"),
    ] {
        if rows > 0 {
            lines.push(format!("  {rows} rows {what}"));
        }
    }
    if let Some(reason) = summary.reject_reasons.first() {
        let advice = reason.advice.map(|advice| format!(": {advice}")).unwrap_or_default();
        lines.push(format!("  {} records rejected with `{}`{advice}", reason.records, reason.reason));
    }
    lines.join("\n")
}
