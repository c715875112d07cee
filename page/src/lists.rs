//! Client lists, answered.

use std::io::{self, Cursor, Write};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use serde::Deserialize;
use serde_json::json;
use whoowns::Ruleset;
use whoowns::clients::{self, ByHand, Encoding, Input, Kind, Listener, Options, Output, Outputs, RejectsTo};
use whoowns::report::list::{Rows, html};

use crate::calls::{Answer, Refusal, said};

/// A list to answer.
#[derive(Debug, Deserialize)]
pub(crate) struct Asked {
    /// The name of its file, which says what kind of file it is.
    name: String,
    /// Facts and the columns they are taken from.
    map: Vec<(String, String)>,
    /// Its encoding, where it was settled by hand.
    encoding: Option<String>,
    /// Its sheet, where it was settled by hand.
    sheet: Option<String>,
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
            by_hand: ByHand { map: self.map.clone(), ..ByHand::default() },
            input_kind: Kind::of(Path::new(&self.name)),
            encoding: label.map(Encoding::by_label).transpose().map_err(said)?,
            sheet: self.sheet.clone().filter(|sheet| !sheet.is_empty()),
            ..Options::default()
        })
    }
}

fn input(list: &[u8]) -> Input {
    Input::Stream(Box::new(Cursor::new(list.to_vec())))
}

/// What a list is, before it is answered.
pub(crate) fn looked_at(ruleset: &Ruleset, asked: &Asked, list: &[u8]) -> Answer {
    let detected = clients::look(ruleset, input(list), &asked.options()?).map_err(said)?;
    Ok((json!({ "detected": detected, "words": detected.look() }), Vec::new()))
}

/// The answers stand behind the answer, then the page about them, then the records that cannot be read.
pub(crate) fn answered(ruleset: &Ruleset, asked: &Asked, list: &[u8]) -> Answer {
    let (answers, rejects) = (Kept::default(), Kept::default());
    let mut rows = Rows::default();
    let outputs = Outputs {
        answers: Output::stream(Box::new(answers.clone())),
        rejects: RejectsTo::Stream(Box::new(rejects.clone())),
        page: Some(&mut rows),
    };
    let options = asked.options()?;
    let summary =
        clients::run(ruleset, input(list), outputs, &options, &mut Progress::default()).map_err(said)?;
    let report = html(ruleset, &asked.name, &summary, &rows).map_err(said)?.into_bytes();
    let mut bytes = answers.taken();
    let ends = (bytes.len(), bytes.len() + report.len());
    bytes.extend(report);
    bytes.extend(rejects.taken());
    let said = json!({ "summary": summary, "answers": ends.0, "report": ends.1 });
    Ok((said, bytes))
}
