//! `whoowns batch --report`: the rows of a list once more, with what a page shows of each.

use std::fs::File;
use std::io::{self, Seek, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::Context;
use whoowns::Ruleset;
use whoowns::clients::{
    self, Input, Kind, Listener, Mapping, Options, Output, Outputs, RejectsTo, Summary, Unfinished,
};
use whoowns::report::list::{self, Row};

/// What the page shows of a row, in this order.
const COLUMNS: [&str; 6] = ["status", "owner_title", "contact_title", "confidence", "ask", "note"];
/// Begins the titles of these columns, so that no list has them already.
const PREFIX: &str = "whoowns-report-";

/// Keeps what comes in by a pipe, so that it can be read twice.
pub fn kept(input: &Path) -> anyhow::Result<Option<File>> {
    if input != Path::new("-") {
        return Ok(None);
    }
    let mut file = tempfile::tempfile().context("cannot keep standard input for the report")?;
    io::copy(&mut io::stdin().lock(), &mut file).context("cannot read standard input")?;
    file.rewind()?;
    Ok(Some(file))
}

/// Where a list is read from: a file, or what was kept of a pipe.
pub fn input(path: &Path, kept: Option<&File>) -> anyhow::Result<Input> {
    Ok(match kept {
        None => Input::File(path.to_owned()),
        Some(file) => {
            let mut again = file.try_clone()?;
            again.rewind()?;
            Input::Stream(Box::new(again))
        }
    })
}

/// The page of a list, with all its rows.
pub fn page(
    ruleset: &Ruleset,
    list: (&Path, Option<&File>),
    options: &Options,
    label: Option<&str>,
    summary: &Summary,
) -> anyhow::Result<String> {
    let mut options = options.clone();
    options.prefix = Some(PREFIX.to_owned());
    options.columns = Some(COLUMNS.iter().map(|name| (*name).to_owned()).collect());
    options.output_kind = Some(Kind::Tsv);
    options.only_answers = None;
    options.guard_formulas = false;
    let written = Shared::default();
    let outputs = Outputs {
        answers: Output::stream(Box::new(written.clone())),
        rejects: RejectsTo::Stream(Box::new(io::sink())),
        unfinished: Unfinished::default(),
    };
    let mut named = Named::default();
    clients::run(ruleset, input(list.0, list.1)?, outputs, &options, &mut named)?;
    let bytes = std::mem::take(&mut *written.0.lock().unwrap_or_else(PoisonError::into_inner));
    let told = label.and_then(|label| encoding_rs::Encoding::for_label(label.trim().as_bytes()));
    let (text, ..) = told.unwrap_or(encoding_rs::UTF_8).decode(&bytes);
    let rows = rows(&text, named.0)?;
    let title = match list.0.file_name() {
        Some(name) if list.1.is_none() => name.to_string_lossy().into_owned(),
        _ => ruleset.title.clone(),
    };
    Ok(list::html(&title, summary, &rows)?)
}

fn rows(text: &str, name: usize) -> anyhow::Result<Vec<Row>> {
    let mut reader = csv::ReaderBuilder::new().delimiter(b'\t').flexible(true).from_reader(text.as_bytes());
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.context("cannot read the answers again for the report")?;
        let first = record.len().saturating_sub(COLUMNS.len());
        let cell = |at: usize| record.get(at).unwrap_or_default().to_owned();
        rows.push(Row {
            name: if name < first { cell(name) } else { String::new() },
            status: cell(first),
            owner: cell(first + 1),
            contact: cell(first + 2),
            confidence: cell(first + 3),
            ask: cell(first + 4),
            note: cell(first + 5),
        });
    }
    Ok(rows)
}

/// The column with the organizations' names; the first where no column has them.
#[derive(Default)]
struct Named(usize);

impl Listener for Named {
    fn mapped(&mut self, _: &Ruleset, mapping: &Mapping, _: &[String]) {
        self.0 = mapping.name.unwrap_or(0);
    }
}

/// Bytes written by the run and read here.
#[derive(Clone, Default)]
struct Shared(Arc<Mutex<Vec<u8>>>);

impl Write for Shared {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Writes the page; it appears whole or not at all.
pub fn write(path: &PathBuf, text: &str, unfinished: &Unfinished) -> anyhow::Result<()> {
    let mut output = if path == Path::new("-") {
        Output::stream(Box::new(io::stdout()))
    } else {
        Output::at(path, unfinished)?
    };
    output.write_all(text.as_bytes()).with_context(|| format!("cannot write `{}`", path.display()))?;
    Ok(output.finish()?)
}
