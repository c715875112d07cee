//! Client lists, answered.

use std::io::{self, Cursor, Write};
use std::sync::{Arc, Mutex, PoisonError};

use serde::Deserialize;
use serde_json::json;
use whoowns::Ruleset;
use whoowns::clients::{self, ByHand, Encoding, Input, Kind, Listener, Options, Output, Outputs, RejectsTo};
use whoowns::report::list::{ROWS, Rows, excerpt, html};

use crate::answer::{Answer, Refusal, said};

/// A list to answer.
#[derive(Debug, Deserialize)]
pub(crate) struct Asked {
    /// The name of its file, which says what kind of file it is.
    name: String,
    /// Facts and the columns they are taken from.
    map: Vec<(String, String)>,
    /// The column with the organizations' names, where it was settled by hand.
    #[serde(default)]
    name_column: Option<String>,
    /// Its encoding, where it was settled by hand.
    encoding: Option<String>,
    /// Its sheet, where it was settled by hand.
    sheet: Option<String>,
    /// The line of its header, where it was settled by hand.
    #[serde(default)]
    header_line: Option<u64>,
    /// It has no header.
    #[serde(default)]
    no_header: bool,
    /// Records that stop short are filled up.
    #[serde(default)]
    pad: bool,
    /// So many of its rows are shown at most, which a browser can draw at once; all of them are in the report to save.
    #[serde(default = "all")]
    shown: usize,
}

fn all() -> usize {
    ROWS
}

#[cfg(target_arch = "wasm32")]
unsafe extern "C" {
    /// Tells the page how far a list is.
    safe fn advanced(records: f64, bytes: f64);
}

#[cfg(not(target_arch = "wasm32"))]
fn advanced(_records: f64, _bytes: f64) {}

/// Bytes that a run writes, kept.
#[derive(Clone, Default)]
struct Kept(Arc<Mutex<Vec<u8>>>);

impl Kept {
    fn taken(&self) -> Vec<u8> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Write for Kept {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// How far a run is.
#[derive(Default)]
struct Progress {
    records: u64,
    bytes: u64,
}

impl Listener for Progress {
    fn advanced(&mut self, records: u64, bytes: u64) {
        self.records += records;
        self.bytes += bytes;
        advanced(self.records as f64, self.bytes as f64);
    }
}

impl Asked {
    fn options(&self) -> Result<Options, Refusal> {
        let label = self.encoding.as_deref().filter(|label| !label.is_empty());
        Ok(Options {
            by_hand: ByHand { map: self.map.clone(), name_column: self.name_column.clone() },
            encoding: label.map(Encoding::by_label).transpose().map_err(said)?,
            sheet: self.sheet.clone().filter(|sheet| !sheet.is_empty()),
            header_line: self.header_line,
            no_header: self.no_header,
            pad: self.pad,
            ..Options::default()
        })
    }
}

impl Asked {
    fn input(&self, list: &[u8]) -> Input {
        Input::Named(self.name.clone(), Box::new(Cursor::new(list.to_vec())))
    }
}

/// What a list is, before it is answered.
pub(crate) fn looked_at(ruleset: &Ruleset, asked: &Asked, list: &[u8]) -> Answer {
    let detected = clients::look(ruleset, asked.input(list), &asked.options()?).map_err(said)?;
    Ok((json!({ "detected": detected, "words": detected.look() }), Vec::new()))
}

/// The answers stand behind the answer, then the page about them to save and the one to show, then the records that
/// cannot be read.
pub(crate) fn answered(ruleset: &Ruleset, asked: &Asked, list: &[u8]) -> Answer {
    let (answers, rejects) = (Kept::default(), Kept::default());
    let mut rows = Rows::default();
    let outputs = Outputs {
        answers: Output::stream(Box::new(answers.clone())),
        rejects: RejectsTo::Stream(Box::new(rejects.clone())),
        page: Some(&mut rows),
    };
    let options = asked.options()?;
    let summary = clients::run(ruleset, asked.input(list), outputs, &options, &mut Progress::default());
    let summary = summary.map_err(said)?;
    let shown = excerpt(ruleset, &asked.name, &summary, &rows, asked.shown).map_err(said)?;
    let report = html(ruleset, &asked.name, &summary, &rows, None).map_err(said)?;
    let kind = Kind::ALL.iter().find(|(_, name)| *name == summary.detected.kind).map(|(kind, _)| *kind);
    // What is only read is written as csv.
    let kind = kind.filter(|kind| !kind.is_only_read()).unwrap_or(Kind::Csv);
    let mut bytes = Vec::new();
    let parts = [answers.taken(), report.into_bytes(), shown.into_bytes(), rejects.taken()];
    let ends = parts.map(|part| {
        bytes.extend(part);
        bytes.len()
    });
    Ok((json!({ "summary": summary, "name": kind.name_of_answers(&asked.name), "ends": ends }), bytes))
}
