//! Answers for rows: what the rows of a list say is read, and decided once for all rows that say the same.

use super::answers::{Answer, Answers};
use super::bands::{ALONE, BandCodes};
use super::columns::Mapping;
use super::facts::Row;
use super::form::Form;
use super::memory::ByCodes;
use super::people::PersonFinder;
use super::said::{Manner, RowReader};
use super::situation::{INVALID, Rendered, Situation, Told};
use super::summary::Counts;
use super::text::Encoding;
use crate::ruleset::Ruleset;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// What all threads of a run share.
#[derive(Debug)]
pub(super) struct Plan<'r> {
    pub(super) ruleset: &'r Ruleset,
    pub(super) mapping: &'r Mapping,
    /// The titles of the list.
    pub(super) titles: &'r [String],
    pub(super) answers: &'r Answers,
    /// How answers are appended to a record; nothing where rows are written otherwise.
    pub(super) form: Option<&'r Form>,
    pub(super) encoding: Encoding,
    /// Situations by their codes, worked out by any thread.
    pub(super) known: Mutex<HashMap<Box<[u32]>, Arc<Situation>>>,
    pub(super) bands: Arc<BandCodes>,
}

/// Answers the rows that one thread sees.
pub(super) struct Answering<'r> {
    plan: &'r Plan<'r>,
    reader: RowReader<'r>,
    people: Option<PersonFinder<'r>>,
    known: ByCodes<Held>,
    counts: Counts,
    own: Rendered,
}

struct Held {
    situation: Arc<Situation>,
    rows: u64,
}

impl<'r> Answering<'r> {
    pub(super) fn new(plan: &'r Plan<'r>) -> Self {
        let people = plan.answers.columns.contains(&Answer::ContactName);
        let reader = RowReader::new(plan);
        Answering {
            people: people.then(|| PersonFinder::new(plan.ruleset, plan.mapping, plan.encoding)),
            known: ByCodes::new(reader.readers.len()),
            reader,
            plan,
            counts: Counts::default(),
            own: Rendered::default(),
        }
    }

    /// The answers for a row.
    #[inline]
    pub(super) fn answer(&mut self, row: &impl Row) -> &Rendered {
        let Manner { clean, wrong, strict } = self.reader.read(row);
        if wrong {
            return self.wrong(row);
        }
        let at = match self.known.find(&self.reader.codes) {
            Some(at) => at,
            None if self.reader.codes.contains(&ALONE) => {
                let situation = Arc::new(self.decide(strict));
                situation.count(1, &mut self.counts);
                return self.own_answers(row, &situation);
            }
            None => self.remember(strict),
        };
        let held = self.known.value(at);
        held.rows += 1;
        if clean && self.people.is_none() {
            // Nothing is to be said of this row alone.
            return self.known.value(at).situation.answers(&self.reader.cells);
        }
        let situation = Arc::clone(&held.situation);
        self.own_answers(row, &situation)
    }

    /// Answers that say something of this row alone.
    fn own_answers(&mut self, row: &impl Row, situation: &Situation) -> &Rendered {
        let mut texts = situation.answers(&self.reader.cells).texts.clone();
        let mut notes: Vec<String> = Vec::new();
        for (reader, cell) in self.reader.readers.iter_mut().zip(&self.reader.cells) {
            if !cell.is_clean()
                && let Ok(remarks) = reader.remarks(row, self.plan.titles)
            {
                notes.extend(remarks);
            }
        }
        let found = match (&mut self.people, situation.told.contact) {
            (Some(people), Some(contact)) => people.find(row, contact),
            _ => None,
        };
        if let Some(found) = found {
            notes.extend(found.remark);
            self.put(&mut texts, Answer::ContactName, found.name);
        }
        if !notes.is_empty() {
            if !situation.told.note.is_empty() {
                notes.insert(0, situation.told.note.clone());
            }
            self.put(&mut texts, Answer::Note, notes.join("; "));
        }
        self.render(texts)
    }

    /// Answers for a row that has a cell that cannot be read.
    fn wrong(&mut self, row: &impl Row) -> &Rendered {
        let mut reasons: Vec<String> = Vec::new();
        for (reader, cell) in self.reader.readers.iter_mut().zip(&self.reader.cells) {
            if !cell.is_clean() {
                match reader.remarks(row, self.plan.titles) {
                    Ok(remarks) => reasons.extend(remarks),
                    Err(reason) => reasons.insert(0, reason),
                }
            }
        }
        self.counts.answered += 1;
        *self.counts.statuses.entry(INVALID).or_default() += 1;
        let mut texts = vec![String::new(); self.plan.answers.columns.len()];
        self.put(&mut texts, Answer::Status, INVALID.to_owned());
        self.put(&mut texts, Answer::Note, reasons.join("; "));
        self.render(texts)
    }

    fn put(&self, texts: &mut [String], answer: Answer, text: String) {
        if let Some(at) = self.plan.answers.columns.iter().position(|column| *column == answer) {
            texts[at] = text;
        }
    }

    fn render(&mut self, texts: Vec<String>) -> &Rendered {
        self.own.texts = texts;
        self.own.tail.clear();
        if let Some(form) = self.plan.form {
            form.push_answers(self.plan.answers.titles.iter().zip(&self.own.texts), &mut self.own.tail);
        }
        &self.own
    }

    /// Looks up what another thread has decided, or decides, and remembers it.
    #[cold]
    fn remember(&mut self, strict: bool) -> usize {
        if self.known.is_full() {
            self.forget();
        }
        let shared = self
            .plan
            .known
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .get(&self.reader.codes[..])
            .cloned();
        let situation = shared.unwrap_or_else(|| {
            let decided = Arc::new(self.decide(strict));
            let mut known = self.plan.known.lock().unwrap_or_else(PoisonError::into_inner);
            if known.len() >= MOST_SHARED {
                known.clear();
            }
            known.insert(self.reader.codes[..].into(), Arc::clone(&decided));
            decided
        });
        self.known.insert(&self.reader.codes, Held { situation, rows: 0 })
    }

    fn decide(&self, strict: bool) -> Situation {
        let profile = self.reader.profile(self.plan, strict);
        let place = |fact| self.reader.readers.iter().position(|reader| reader.id == fact);
        let told = Told::of(self.plan.ruleset, &profile, place);
        Situation::new(self.plan.ruleset, self.plan.answers, self.plan.form, told)
    }

    fn forget(&mut self) {
        for held in self.known.take() {
            held.situation.count(held.rows, &mut self.counts);
        }
    }

    /// What the rows answered come to.
    pub(super) fn counts(mut self) -> Counts {
        self.forget();
        self.counts
    }
}

/// How many situations all threads together remember.
const MOST_SHARED: usize = 1 << 17;
