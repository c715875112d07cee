//! What several targets need: a list answered in memory, and what must hold of every answered list.

use std::io::{Cursor, Write};
use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex, OnceLock};

use whoowns::Ruleset;
use whoowns::clients::{
    Encoding, Input, Kind, ListError, Options, Output, Outputs, RejectsTo, Silent, Summary, run,
};

/// The ruleset in the program, read once.
pub fn embedded() -> &'static Ruleset {
    static RULESET: OnceLock<Ruleset> = OnceLock::new();
    RULESET.get_or_init(|| Ruleset::embedded().expect("the ruleset in the program is right"))
}

/// A list that was answered.
pub struct Answered {
    /// The answers as written.
    pub answers: Vec<u8>,
    /// The broken records as written.
    pub rejects: Vec<u8>,
    /// What it came to.
    pub summary: Summary,
}

/// What was written so far, by whoever holds a copy.
#[derive(Clone, Default)]
struct Written(Arc<Mutex<Vec<u8>>>);

impl Written {
    fn bytes(&self) -> Vec<u8> {
        self.0.lock().expect("no writer panicked").clone()
    }
}

impl Write for Written {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().expect("no writer panicked").extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Answers a list.
pub fn answer(list: &[u8], options: &Options) -> Result<Answered, ListError> {
    let (answers, rejects) = (Written::default(), Written::default());
    let outputs = Outputs {
        answers: Output::stream(Box::new(answers.clone())),
        rejects: RejectsTo::Stream(Box::new(rejects.clone())),
        page: None,
    };
    let list = Input::Stream(Box::new(Cursor::new(list.to_vec())));
    let summary = run(embedded(), list, outputs, options, &mut Silent)?;
    Ok(Answered { answers: answers.bytes(), rejects: rejects.bytes(), summary })
}

/// Options of a list whose kind is known, answered by so many threads.
pub fn options(kind: Kind, threads: usize) -> Options {
    Options { input_kind: Some(kind), threads: NonZeroUsize::new(threads), ..Options::default() }
}

/// Answers a list and holds it to what is true of every list: no record is lost, the thread count does not show, and
/// what was written reads back with as many rows and the same owners.
pub fn hold(list: &[u8], kind: Kind) {
    let one = match answer(list, &options(kind, 1)) {
        Ok(answered) => answered,
        Err(refused) => {
            let again = answer(list, &options(kind, 3)).err().map(|refused| refused.to_string());
            assert_eq!(again, Some(refused.to_string()), "three threads refuse otherwise");
            return;
        }
    };
    let summary = &one.summary;
    assert_eq!(summary.rows, summary.answers + summary.rejects, "a record was lost");
    assert_eq!(summary.answers, summary.statuses.values().sum::<u64>(), "an answer has no status");
    assert_eq!(summary.rejects == 0, one.rejects.is_empty(), "rejects and what is written of them differ");

    let three = answer(list, &options(kind, 3)).expect("one thread could answer it");
    assert_eq!(one.rejects, three.rejects, "three threads reject otherwise");
    assert_eq!(one.answers, three.answers, "three threads answer otherwise");

    read_back(&one, kind);
}

/// Reads answers as a list again: every row is there, and says the same.
fn read_back(one: &Answered, kind: Kind) {
    let detected = &one.summary.detected;
    let given = detected.columns.iter().filter(|column| column.gives != "name");
    let mut again = Options { prefix: Some("again_".to_owned()), ..options(kind, 1) };
    again.by_hand.map = given.map(|column| (column.gives.clone(), column.title.clone())).collect();
    again.header_line = detected.header_line;
    // Without a mark an encoding is a guess, and rejected records were part of what it was made from.
    again.encoding = match &detected.encoding {
        Some(name) if !detected.mark => Some(Encoding::by_label(name).expect("its own name names it")),
        _ => None,
    };
    // The titles of a list may be such that no column can be named; then there is nothing to compare.
    let Ok(again) = answer(&one.answers, &again) else { return };
    assert_eq!(again.summary.rejects, 0, "what was written is not read");
    assert_eq!(again.summary.answers, one.summary.answers, "a row is not read back");
    assert_eq!(again.summary.statuses, one.summary.statuses, "a row is read back as something else");
}
