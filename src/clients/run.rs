//! A run: from the list that comes in to the answers that go out.

use super::answering::{Answering, Plan};
use super::answers::Answers;
use super::blocks::{Block, Blocks};
use super::columns::{self, ByHand, Mapping};
use super::delimited::{DelimitedHand, Header, Reading};
use super::error::ListError;
use super::form::Form;
use super::input::{Input, List, ListSource};
use super::kind::Kind;
use super::order::{self, Drain, Supply};
use super::output::{Output, Unfinished};
use super::rejects::{Rejects, RejectsTo};
use super::rows::{Done, RowWriter, Writing};
use super::summary::{Counts, Summary};
use super::text::Encoding;
use crate::ruleset::Ruleset;
use std::io::Write;
use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex};
use std::time::Instant;

/// What the user chose for a run.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Columns given by hand.
    pub by_hand: ByHand,
    /// The answers to add, by name; the usual ones without it.
    pub columns: Option<Vec<String>>,
    /// Writes only this column and the answers.
    pub only_answers: Option<String>,
    /// Begins the names of the answer columns, instead of the ruleset's prefix.
    pub prefix: Option<String>,
    /// The kind of the input, instead of what its name says.
    pub input_kind: Option<Kind>,
    /// The kind of the output; without it, that of the input.
    pub output_kind: Option<Kind>,
    /// The separator of delimited input, instead of the one found in its header.
    pub delimiter: Option<u8>,
    /// The encoding of the input, where no mark tells it.
    pub encoding: Option<Encoding>,
    /// The sheet of a spreadsheet, instead of its first.
    pub sheet: Option<String>,
    /// Whether text that a spreadsheet would run as a formula is kept from it in delimited output.
    pub guard_formulas: bool,
    /// How many threads work; without it, as many as there are cores.
    pub threads: Option<NonZeroUsize>,
}

/// Hears of a run while it goes on.
pub trait Listener: Send {
    /// The columns have been found.
    fn mapped(&mut self, _ruleset: &Ruleset, _mapping: &Mapping, _titles: &[String]) {}
    /// So many more records and bytes of the input are done.
    fn advanced(&mut self, _records: u64, _bytes: u64) {}
}

/// Where a run writes to.
pub struct Outputs {
    /// The answers.
    pub answers: Output,
    /// Broken records.
    pub rejects: RejectsTo,
    /// The files that a signal has to remove.
    pub unfinished: Unfinished,
}

/// Answers every row of a list.
///
/// # Errors
/// Whatever keeps the list as a whole from being read, mapped or written; no output appears then.
pub fn run(
    ruleset: &Ruleset,
    input: Input,
    outputs: Outputs,
    options: &Options,
    listener: &mut dyn Listener,
) -> Result<Summary, ListError> {
    let started = Instant::now();
    let list = List::open(input, options)?;
    let mapping = columns::find(ruleset, &list.titles, &options.by_hand)?;
    listener.mapped(ruleset, &mapping, &list.titles);
    let only = options.only_answers.as_deref().map(|id| columns::column_called(&list.titles, id)).transpose()?;
    let kept = only.map_or(&list.titles[..], |column| &list.titles[column..=column]);
    let answers = Answers::new(ruleset, options.columns.as_deref(), options.prefix.as_deref(), &mapping, kept)?;
    let (writing, form) = forms(&list, options);
    let plan = Plan {
        ruleset,
        mapping: &mapping,
        titles: &list.titles,
        answers: &answers,
        form: form.as_ref(),
        encoding: list.encoding,
        known: Mutex::default(),
        bands: Arc::default(),
    };
    let writer = RowWriter { writing: &writing, titles: &list.titles, answers: &answers.titles, only };
    let threads = options.threads.or_else(|| std::thread::available_parallelism().ok()).map_or(1, NonZeroUsize::get);
    let answerings = (0..threads).map(|_| Answering::new(&plan));
    let mut out = Out { answers: outputs.answers, encoding: list.encoding, rejects: None, lines: 0, read: 0, listener };
    let counts = match list.source {
        ListSource::Delimited(header, blocks) => {
            let rejects = Rejects::new(
                outputs.rejects,
                &outputs.unfinished,
                list.encoding,
                header.separator,
                &header.written,
            );
            (out.rejects, out.lines) = (Some(rejects), header.lines);
            let reading = Reading {
                separator: header.separator,
                width: list.titles.len(),
                encoding: list.encoding,
                guarded: options.guard_formulas,
            };
            out.begin(&header_text(&header, &writer, form.as_ref(), reading))?;
            let hands: Vec<DelimitedHand> = answerings
                .map(|answering| DelimitedHand { reading, answering, writer: writer.clone() })
                .collect();
            all(order::run(hands, BlockSupply(blocks), &mut out)?, |hand| hand.answering)
        }
    };
    out.finish(counts, |counts| Summary::new(ruleset, counts, started.elapsed()))
}

/// How rows are written, and how answers are appended to them.
fn forms(list: &List, options: &Options) -> (Writing, Option<Form>) {
    let kind = options.output_kind.unwrap_or(list.kind);
    let ListSource::Delimited(header, _) = &list.source;
    let separator = match kind.separator() {
        Some(separator) => separator,
        None if list.kind == kind => header.separator,
        None => b',',
    };
    let form = Form::Delimited {
        separator,
        guarded: options.guard_formulas,
        line_end: b"\n",
        encoding: list.encoding,
    };
    match kind {
        Kind::Csv | Kind::Tsv | Kind::Semicolon if header.separator == separator => (Writing::Kept, Some(form)),
        Kind::Csv | Kind::Tsv | Kind::Semicolon => (Writing::As(form), None),
        Kind::JsonLines => (Writing::As(Form::JsonLines), None),
        Kind::Xlsx => (Writing::Sheet, None),
    }
}

/// The header with the titles of the answers.
fn header_text(header: &Header, writer: &RowWriter, form: Option<&Form>, reading: Reading) -> Vec<u8> {
    let mut text = Vec::new();
    match (writer.writing, form) {
        (Writing::Kept, Some(form)) => {
            let titles = writer.columns().map(|column| &writer.titles[column]);
            if writer.only.is_none() {
                text.extend_from_slice(&header.written);
            } else {
                form.push_titles(titles, &mut text);
                text.pop();
            }
            form.push_answers(writer.answers.iter().zip(writer.answers), &mut text);
            text.extend_from_slice(&header.line_end);
        }
        (Writing::As(form), _) => {
            let titles = writer.columns().map(|column| &writer.titles[column]);
            form.push_titles(titles.chain(writer.answers), &mut text);
        }
        _ => {}
    }
    let _ = reading;
    text
}

/// The counts of all threads together.
fn all<'p, H>(hands: Vec<H>, answering: impl Fn(H) -> Answering<'p>) -> Counts {
    let mut counts = Counts::default();
    for hand in hands {
        counts.add(&answering(hand).counts());
    }
    counts
}

/// Blocks of text, one after the other.
struct BlockSupply(Blocks);

impl Supply<Block> for BlockSupply {
    fn next(&mut self, block: &mut Block) -> Result<Option<u64>, ListError> {
        Ok(self.0.fill(block)?.then_some(block.number))
    }
}

/// Where rows and rejects go, in order.
struct Out<'l> {
    answers: Output,
    encoding: Encoding,
    rejects: Option<Rejects>,
    /// Line breaks of the input that are done.
    lines: u64,
    /// Records of the input that are done.
    read: u64,
    listener: &'l mut dyn Listener,
}

impl Out<'_> {
    fn begin(&mut self, header: &[u8]) -> Result<(), ListError> {
        self.answers.write_all(self.encoding.mark()).map_err(ListError::Write)?;
        self.answers.write_all(&self.encoding.outward(header)).map_err(ListError::Write)
    }

    /// Checks that nothing was lost, and puts the files in their places.
    fn finish(self, mut counts: Counts, summary: impl FnOnce(&Counts) -> Summary) -> Result<Summary, ListError> {
        counts.read = self.read;
        counts.rejected = self.rejects.as_ref().map_or(0, |rejects| rejects.count);
        if counts.read != counts.answered + counts.rejected {
            return Err(ListError::Lost { read: counts.read, written: counts.answered + counts.rejected });
        }
        self.answers.finish()?;
        self.rejects.map_or(Ok(()), Rejects::finish)?;
        Ok(summary(&counts))
    }
}

impl Drain<Done> for &mut Out<'_> {
    fn take(&mut self, done: &mut Done) -> Result<(), ListError> {
        if let Some(rejects) = &mut self.rejects {
            rejects.write(&done.rejects, self.lines)?;
        }
        self.answers.write_all(&self.encoding.outward(&done.text)).map_err(ListError::Write)?;
        self.lines += done.lines;
        self.read += done.records;
        self.listener.advanced(done.records, done.bytes);
        done.clear();
        Ok(())
    }
}
