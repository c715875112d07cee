//! Runs lists through the library and keeps what comes out.

use std::collections::BTreeMap;
use std::io::{Cursor, Write};
use std::sync::{Arc, Mutex};

use whoowns::Ruleset;
use whoowns::clients::{Input, ListError, Options, Output, Outputs, RejectsTo, Silent, Summary, run};

/// Bytes that a run writes, kept.
#[derive(Clone, Default)]
struct Kept(Arc<Mutex<Vec<u8>>>);

impl Write for Kept {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl Kept {
    fn bytes(&self) -> Vec<u8> {
        self.0.lock().unwrap().clone()
    }
}

/// What came out of a run.
pub struct Ran {
    pub answers: Vec<u8>,
    pub rejects: Vec<u8>,
    pub summary: Summary,
}

impl Ran {
    pub fn text(&self) -> String {
        String::from_utf8(self.answers.clone()).unwrap()
    }

    pub fn rejected(&self) -> String {
        String::from_utf8_lossy(&self.rejects).into_owned()
    }

    /// The answers as a table, by title.
    pub fn rows(&self) -> Vec<BTreeMap<String, String>> {
        let mut reader = csv::ReaderBuilder::new().from_reader(&self.answers[..]);
        reader.deserialize().map(|row| row.unwrap()).collect()
    }

    pub fn column(&self, title: &str) -> Vec<String> {
        self.rows().iter().map(|row| row[title].clone()).collect()
    }
}

pub fn run_with(ruleset: &Ruleset, input: Input, options: &Options) -> Result<Ran, ListError> {
    let (answers, rejects) = (Kept::default(), Kept::default());
    let outputs = Outputs {
        answers: Output::stream(Box::new(answers.clone())),
        rejects: RejectsTo::Stream(Box::new(rejects.clone())),
        page: None,
    };
    let summary = run(ruleset, input, outputs, options, &mut Silent)?;
    Ok(Ran { answers: answers.bytes(), rejects: rejects.bytes(), summary })
}

/// Runs a list through the embedded ruleset.
pub fn try_list(text: impl Into<Vec<u8>>, options: &Options) -> Result<Ran, ListError> {
    run_with(&Ruleset::embedded().unwrap(), Input::Stream(Box::new(Cursor::new(text.into()))), options)
}

/// Names as `--columns` takes them.
pub fn names(names: &str) -> Option<Vec<String>> {
    Some(names.split(',').map(str::to_owned).collect())
}

/// Only the statuses are added.
pub fn statuses() -> Options {
    Options { columns: names("status"), ..Options::default() }
}
