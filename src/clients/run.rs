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
use super::lines::LineHand;
use super::order::{self, Supply};
use super::out::{Out, Sink};
use super::output::{Output, Unfinished};
use super::rejects::{Rejects, RejectsTo};
use super::rows::{RowWriter, Writing};
use super::sheet::SheetHand;
use super::summary::{Counts, Summary};
use super::text::Encoding;
use crate::ruleset::Ruleset;
use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

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
    // Without the program there may be no clock; who runs the list knows how long it took.
    let started = cfg!(feature = "cli").then(Instant::now);
    let list = List::open(input, options)?;
    let mapping = columns::find(ruleset, &list.titles, &options.by_hand)?;
    listener.mapped(ruleset, &mapping, &list.titles);
    let only =
        options.only_answers.as_deref().map(|id| columns::column_called(&list.titles, id)).transpose()?;
    let kept = only.map_or(&list.titles[..], |column| &list.titles[column..=column]);
    let answers =
        Answers::new(ruleset, options.columns.as_deref(), options.prefix.as_deref(), &mapping, kept)?;
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
    let threads =
        options.threads.or_else(|| std::thread::available_parallelism().ok()).map_or(1, NonZeroUsize::get);
    let threads = if cfg!(feature = "cli") { threads } else { 1 };
    let hands = (0..threads).map(|_| (Answering::new(&plan), writer.clone()));
    let rejects = |separator: u8, header: &[u8]| {
        Rejects::new(outputs.rejects, &outputs.unfinished, list.encoding, separator, header)
    };
    let sink = Sink::new(outputs.answers, list.encoding, &writer, &answers)?;
    let mut out = Out { sink, rejects: None, lines: 0, read: 0, listener };
    let counts = match list.source {
        ListSource::Delimited(header, blocks) => {
            (out.rejects, out.lines) = (Some(rejects(header.separator, &header.written)), header.lines);
            out.begin(&header_text(Some(&header), &writer, form.as_ref()))?;
            let (separator, width, encoding) = (header.separator, list.titles.len(), list.encoding);
            let reading = Reading { separator, width, encoding, guarded: options.guard_formulas };
            let hand = |(answering, writer)| DelimitedHand { reading, answering, writer };
            let hands: Vec<DelimitedHand> = hands.map(hand).collect();
            all(order::run(hands, BlockSupply(blocks), &mut out)?, |hand| hand.answering)
        }
        ListSource::Lines(columns, blocks) => {
            out.rejects = Some(rejects(b',', b"record"));
            out.begin(&header_text(None, &writer, form.as_ref()))?;
            let encoding = list.encoding;
            let hand = |(answering, writer)| LineHand { columns: &columns, encoding, answering, writer };
            let hands: Vec<LineHand> = hands.map(hand).collect();
            all(order::run(hands, BlockSupply(blocks), &mut out)?, |hand| hand.answering)
        }
        ListSource::Sheet(mut book) => {
            (out.rejects, out.lines) = (Some(rejects(b',', b"record")), book.header_lines());
            out.begin(&header_text(None, &writer, form.as_ref()))?;
            let header_lines = book.header_lines();
            let hand = |(answering, writer)| SheetHand { answering, writer, header_lines };
            let hands: Vec<SheetHand> = hands.map(hand).collect();
            all(order::run(hands, book.rows()?, &mut out)?, |hand| hand.answering)
        }
    };
    out.finish(counts, |counts| {
        Summary::new(ruleset, counts, started.map_or(Duration::ZERO, |started| started.elapsed()))
    })
}

/// How rows are written, and how answers are appended to those that are kept as they are.
fn forms(list: &List, options: &Options) -> (Writing, Option<Form>) {
    let kind = options.output_kind.unwrap_or(list.kind);
    let own = match &list.source {
        ListSource::Delimited(header, _) => Some(header.separator),
        ListSource::Lines(..) | ListSource::Sheet(_) => None,
    };
    let separator = kind.separator().or(own.filter(|_| list.kind == kind)).unwrap_or(b',');
    let delimited = Form::Delimited {
        separator,
        guarded: options.guard_formulas,
        line_end: b"\n",
        encoding: list.encoding,
    };
    match kind {
        Kind::Xlsx => (Writing::Sheet, None),
        Kind::JsonLines if list.kind == kind => (Writing::Kept, Some(Form::JsonLines)),
        Kind::JsonLines => (Writing::As(Form::JsonLines), None),
        _ if own == Some(separator) => (Writing::Kept, Some(delimited)),
        _ => (Writing::As(delimited), None),
    }
}

/// The header with the titles of the answers, as it is written: the list's own where rows are kept.
fn header_text(own: Option<&Header>, writer: &RowWriter, form: Option<&Form>) -> Vec<u8> {
    let mut text = Vec::new();
    let titles = writer.columns().map(|column| &writer.titles[column]);
    match (writer.writing, own, form) {
        (Writing::Kept, Some(header), Some(form)) => {
            match writer.only {
                None => text.extend_from_slice(&header.written),
                Some(_) => form.push_record(titles, &mut text),
            }
            form.push_answers(writer.answers.iter().zip(writer.answers), &mut text);
            text.extend_from_slice(&header.line_end);
        }
        (Writing::As(form), ..) => form.push_titles(titles.chain(writer.answers), &mut text),
        _ => {}
    }
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
