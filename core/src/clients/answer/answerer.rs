//! Answers for rows: what the rows of a list say is read, and decided once for all rows that say the same.

use super::actual::ActualReader;
use super::actual_counter::{ActualCounter, Kept};
use super::bands::ALONE;
use super::cache::AnswerCache;
use super::columns::AnswerColumn;
use super::counts::Counts;
use super::people::PersonFinder;
use super::plan::Plan;
use super::row_decision::{INVALID, RowDecision};
use super::row_reader::{RowReader, RowReading};
use super::shared_answer::{Rendered, SharedAnswer};
use crate::clients::earlier::ChangeKind;
use crate::clients::read::Row;
use crate::ruleset::{FactId, RoleId};
use crate::space::NO_END;
use std::sync::{Arc, PoisonError};

/// Answers the rows that one thread sees.
pub(crate) struct Answerer<'r> {
    plan: &'r Plan<'r>,
    reader: RowReader<'r>,
    people: Option<PersonFinder<'r>>,
    /// Whether some answer column shows what the row itself says.
    has_bounds: bool,
    /// Whether every row has something that rows which say the same need not share.
    is_alone: bool,
    known: AnswerCache<KnownAnswer>,
    counts: Counts,
    own: OwnAnswer,
    actual: Option<ActualCounter<'r>>,
}

/// An answer that rows share, and how many rows had it.
struct KnownAnswer {
    answer: Arc<SharedAnswer>,
    rows: u64,
    /// Where the list says who really had the roles.
    kept: Option<Box<Kept>>,
}

/// The answer of one row alone.
#[derive(Default)]
struct OwnAnswer {
    rendered: Rendered,
    decision: Option<Arc<SharedAnswer>>,
    invalid: RowDecision,
    note: String,
    /// The row's key in an earlier output, and what has changed since.
    change: Option<(String, ChangeKind)>,
}

/// The answer of a row.
#[derive(Clone, Copy)]
pub(crate) struct Answered<'a> {
    /// What is decided.
    pub(crate) decision: &'a RowDecision,
    /// Whether the confidence is that of a borderline number.
    pub(crate) is_borderline: bool,
    /// What was presumed, repaired or wrong.
    pub(crate) note: &'a str,
    /// The answer columns.
    pub(crate) rendered: &'a Rendered,
    /// The row's key in an earlier output, and what has changed since.
    pub(crate) change: Option<&'a (String, ChangeKind)>,
    /// Whether the list says that somebody else, or anybody at all, had a role.
    pub(crate) is_missed: bool,
}

impl<'r> Answerer<'r> {
    pub(crate) fn new(plan: &'r Plan<'r>) -> Self {
        let people = plan.columns.place(AnswerColumn::ContactName);
        let reader = RowReader::new(plan);
        Answerer {
            people: people.map(|_| PersonFinder::new(plan.ruleset, plan.mapping, plan.encoding)),
            has_bounds: plan.columns.has_bounds(),
            is_alone: people.is_some() || plan.columns.has_bounds() || plan.earlier.is_some(),
            known: AnswerCache::new(reader.key.len()),
            reader,
            plan,
            counts: Counts::default(),
            own: OwnAnswer::default(),
            actual: plan
                .actual
                .map(|(names, columns)| ActualCounter::new(ActualReader::new(names, columns, plan.encoding))),
        }
    }

    /// The answer for a row.
    #[inline]
    pub(crate) fn answer(&mut self, row: &impl Row) -> Answered<'_> {
        let RowReading { clean, wrong, strict } = self.reader.read(row);
        if wrong {
            return self.wrong(row);
        }
        let at = match self.known.find(&self.reader.key) {
            Some(at) => at,
            None if self.reader.key.contains(&ALONE) => {
                if self.reader.is_full() {
                    // What is remembered has the keys that the reader forgets.
                    self.forget();
                    self.reader.forget();
                    return self.answer(row);
                }
                let decision = self.decide(strict);
                let answer = Arc::new(self.answer_of(decision));
                answer.count(1, &mut self.counts);
                let is_missed = self.count_alone(row, &answer, strict);
                return self.own_answer(row, answer, is_missed);
            }
            None => self.remember(strict),
        };
        let known = self.known.value(at);
        known.rows += 1;
        let mut is_missed = false;
        if let (Some(actual), Some(kept)) = (&mut self.actual, &mut known.kept) {
            let said = actual.read(row, known.answer.decision.owner, known.answer.decision.contact);
            kept.add(said, known.answer.is_borderline(&self.reader.cells));
            is_missed = said.is_missed;
        }
        if clean && !self.is_alone {
            // Nothing is to be said of this row alone.
            let answer = &self.known.value(at).answer;
            let is_borderline = answer.is_borderline(&self.reader.cells);
            let rendered = answer.rendered(is_borderline);
            let note = &answer.decision.note;
            return Answered {
                decision: &answer.decision,
                is_borderline,
                note,
                rendered,
                change: None,
                is_missed,
            };
        }
        let answer = Arc::clone(&known.answer);
        self.own_answer(row, answer, is_missed)
    }

    /// An answer that says something of this row alone.
    fn own_answer(&mut self, row: &impl Row, answer: Arc<SharedAnswer>, is_missed: bool) -> Answered<'_> {
        self.reader.fill();
        let is_borderline = answer.is_borderline(&self.reader.cells);
        let mut texts = answer.rendered(is_borderline).texts.clone();
        let mut notes: Vec<String> = Vec::new();
        for (reader, cell) in self.reader.readers.iter_mut().zip(&self.reader.cells) {
            if !cell.is_clean()
                && let Ok(remarks) = reader.remarks(row, self.plan.titles)
            {
                notes.extend(remarks);
            }
        }
        let found = match (&mut self.people, answer.decision.contact) {
            (Some(people), Some(contact)) => people.find(row, contact),
            _ => None,
        };
        if let Some(found) = found {
            notes.extend(found.remark);
            self.put(&mut texts, AnswerColumn::ContactName, found.name);
        }
        self.put_bounds(&mut texts);
        self.put_change(row, &answer.decision, &mut texts);
        if !answer.decision.note.is_empty() {
            notes.insert(0, answer.decision.note.clone());
        }
        self.own.note = notes.join("; ");
        self.put(&mut texts, AnswerColumn::Note, self.own.note.clone());
        self.own.rendered = Rendered::new(texts, self.plan.tail);
        let answer = self.own.decision.insert(answer);
        let (decision, note) = (&answer.decision, &self.own.note);
        let change = self.own.change.as_ref();
        Answered { decision, is_borderline, note, rendered: &self.own.rendered, change, is_missed }
    }

    /// The answer for a row that has a cell that cannot be read.
    fn wrong(&mut self, row: &impl Row) -> Answered<'_> {
        let mut reasons: Vec<String> = Vec::new();
        self.reader.fill();
        for (reader, cell) in self.reader.readers.iter_mut().zip(&self.reader.cells) {
            if !cell.is_clean() {
                match reader.remarks(row, self.plan.titles) {
                    Ok(remarks) => reasons.extend(remarks),
                    Err(reason) => reasons.insert(0, reason),
                }
            }
        }
        let mut is_missed = false;
        if let Some(actual) = &mut self.actual {
            let said = actual.read(row, None, None);
            actual.invalid(said);
            is_missed = said.is_missed;
        }
        self.counts.answered += 1;
        *self.counts.statuses.entry(INVALID).or_default() += 1;
        let mut texts = vec![String::new(); self.plan.columns.columns.len()];
        self.own.note = reasons.join("; ");
        self.put(&mut texts, AnswerColumn::Status, INVALID.to_owned());
        self.put(&mut texts, AnswerColumn::Note, self.own.note.clone());
        self.put_bounds(&mut texts);
        self.own.invalid = RowDecision::wrong(self.own.note.clone());
        self.put_change(row, &RowDecision::wrong(String::new()), &mut texts);
        self.own.rendered = Rendered::new(texts, self.plan.tail);
        let OwnAnswer { invalid, note, rendered, change, .. } = &self.own;
        Answered {
            decision: invalid,
            is_borderline: false,
            note,
            rendered,
            change: change.as_ref(),
            is_missed,
        }
    }

    fn put(&self, texts: &mut [String], column: AnswerColumn, text: String) {
        if let Some(at) = self.plan.columns.place(column) {
            texts[at] = text;
        }
    }

    /// What the row says of each integer, as numbers.
    fn put_bounds(&self, texts: &mut [String]) {
        if !self.has_bounds {
            return;
        }
        for (reader, cell) in self.reader.readers.iter().zip(&self.reader.cells) {
            let Some((least, most)) = cell.bounds() else { continue };
            self.put(texts, AnswerColumn::Least(reader.id), least.to_string());
            let most = if most == NO_END { String::new() } else { most.to_string() };
            self.put(texts, AnswerColumn::Most(reader.id), most);
        }
    }

    /// What the row last answered says of a number: the least and the most it can be.
    pub(crate) fn bounds_of(&self, fact: FactId) -> Option<(i128, i128)> {
        let place = self.reader.readers.iter().position(|reader| reader.id == fact)?;
        self.reader.cells.get(place)?.bounds()
    }

    /// What has changed since an earlier output.
    fn put_change(&mut self, row: &impl Row, decision: &RowDecision, texts: &mut [String]) {
        let Some((earlier, column)) = self.plan.earlier else { return };
        let id = |role: Option<RoleId>| role.map_or("", |role| &self.plan.ruleset.role(role).id);
        let key = String::from_utf8_lossy(&self.plan.encoding.utf8(&row.cell(column))).trim().to_owned();
        let now = [decision.status, id(decision.owner), id(decision.contact)];
        let (kind, text) = earlier.change(&key, now);
        self.put(texts, AnswerColumn::Changed, text);
        self.own.change = Some((key, kind));
    }

    /// Looks up what another thread has decided, or decides, and remembers it.
    #[cold]
    fn remember(&mut self, strict: bool) -> usize {
        if self.known.is_full() {
            self.forget();
        }
        let codes = self.reader.codes(strict);
        let lock = || self.plan.known.lock().unwrap_or_else(PoisonError::into_inner);
        let shared = lock().get(&codes);
        let answer = shared.unwrap_or_else(|| {
            let decision = self.decide(strict);
            lock().insert(codes.clone(), decision, |decision| self.answer_of(decision))
        });
        let kept = self.actual.is_some().then(|| {
            let profile = self.reader.profile(self.plan, strict);
            Box::new(Kept::new(codes, profile))
        });
        self.known.insert(&self.reader.key, KnownAnswer { answer, rows: 0, kept })
    }

    fn decide(&mut self, strict: bool) -> RowDecision {
        let profile = self.reader.profile(self.plan, strict);
        let place = |fact| self.reader.readers.iter().position(|reader| reader.id == fact);
        RowDecision::of(self.plan.ruleset, &profile, place)
    }

    fn answer_of(&self, decision: RowDecision) -> SharedAnswer {
        SharedAnswer::new(self.plan.ruleset, self.plan.columns, self.plan.tail, decision)
    }

    fn forget(&mut self) {
        for known in self.known.take() {
            known.answer.count(known.rows, &mut self.counts);
            if let (Some(actual), Some(kept)) = (&mut self.actual, known.kept) {
                actual.take(&known.answer.decision, known.rows, *kept);
            }
        }
    }

    /// Counts a row that no other says the same as, and says whether its answer is missed.
    fn count_alone(&mut self, row: &impl Row, answer: &SharedAnswer, strict: bool) -> bool {
        let Some(actual) = &mut self.actual else { return false };
        let said = actual.read(row, answer.decision.owner, answer.decision.contact);
        let is_borderline = answer.is_borderline(&self.reader.cells);
        actual.alone(&answer.decision, self.reader.profile(self.plan, strict), said, is_borderline);
        said.is_missed
    }

    /// What the rows answered come to, and who really had the roles.
    pub(crate) fn counts(mut self) -> (Counts, Option<ActualCounter<'r>>) {
        self.forget();
        (self.counts, self.actual)
    }
}
