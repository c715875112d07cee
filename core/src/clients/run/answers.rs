//! A list answered: every row comes out with its answers.

use super::actual_columns::actual_columns;
use super::listener::Listener;
use super::opened::open_for;
use super::summary::Summary;
use super::tasks::{AnswerTask, AnsweredRows, PageRows, counted};
use super::through::{Collected, Through};
use crate::clients::answer::{
    AnswerColumns, Answerer, CHANGED, Counts, Plan, RoleNames, TailWriter, actuals,
};
use crate::clients::earlier::{ChangeCounter, Changes};
use crate::clients::encoding::Encoding;
use crate::clients::error::ListError;
use crate::clients::kind::Kind;
use crate::clients::open::{Header, Input, List, column_called};
use crate::clients::options::{Options, WrittenRowsOf};
use crate::clients::read::Mended;
use crate::clients::write::{
    ListSink, Output, Rejects, RejectsTo, RowSink, RowWriter, Sink, TextFormat, Writing,
};
use crate::ruleset::Ruleset;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// Where a run writes to.
pub struct Outputs<'o> {
    /// The answers.
    pub answers: Output,
    /// Broken records.
    pub rejects: RejectsTo,
    /// A page that shows rows too.
    pub page: Option<&'o mut dyn RowSink>,
}

/// Both places that answered rows go to.
struct Sinks<'s, 'o> {
    list: ListSink,
    page: Option<&'o mut dyn RowSink>,
    /// Rows that the page has.
    shown: usize,
    is_full: &'s AtomicBool,
    changes: Option<ChangeCounter<'s>>,
}

impl Sink<AnsweredRows> for Sinks<'_, '_> {
    fn take(&mut self, rows: &mut AnsweredRows) -> Result<(), ListError> {
        if let Some(page) = &mut self.page {
            rows.page.truncate(page.most() - self.shown);
            self.shown += rows.page.len();
            self.is_full.store(self.shown == page.most(), Ordering::Relaxed);
            page.take(&mut rows.page);
            rows.page.clear();
        }
        for (key, kind) in rows.changes.drain(..) {
            if let Some(changes) = &mut self.changes {
                changes.count(key, kind)?;
            }
        }
        self.list.take(&mut rows.list)
    }
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
    let (list, [mapping], detected) = open_for([ruleset], input, options)?;
    listener.opened(&detected);
    let only = options.only_answers.as_deref().map(|id| column_called(&list.titles, id)).transpose()?;
    let kept = only.map_or(&list.titles[..], |column| &list.titles[column..=column]);
    // What has changed is added beside whatever was chosen, whether or not it is named.
    let named = options.columns.as_ref().map(|named| {
        let is_chosen = |name: &&String| options.since.is_none() || name.trim() != CHANGED;
        named.iter().filter(is_chosen).cloned().collect::<Vec<_>>()
    });
    let mut columns =
        AnswerColumns::new(ruleset, named.as_deref(), options.prefix.as_deref(), &mapping, kept)?;
    let earlier = options.since.as_deref();
    if earlier.is_some() {
        columns.add_changed(options.prefix.as_deref().unwrap_or(ruleset.prefix()), kept)?;
    }
    let columns = columns;
    let (writing, format, encoding) = formats(&list, options)?;
    let tail = format
        .as_ref()
        .map(|format| |texts: &[String], out: &mut Vec<u8>| format.push_answers(columns.cells(texts), out));
    let tail: Option<&TailWriter<'_>> = tail.as_ref().map(|tail| tail as _);
    let mut plan = Plan::new(ruleset, (&mapping, &list.titles), &columns, tail, list.encoding);
    if let Some(earlier) = earlier {
        plan.earlier = Some((earlier, column_called(&list.titles, earlier.key())?));
    }
    let names = options.actual.as_ref().map(|_| RoleNames::new(ruleset));
    if let (Some(actual), Some(names)) = (&options.actual, &names) {
        plan.actual = Some((names, actual_columns(ruleset, &list.titles, &mapping, actual)?));
    }
    let writer = RowWriter { writing: &writing, titles: &list.titles, answers: &columns, only };
    let is_full = AtomicBool::new(false);
    let axis = ruleset.map().map(|map| map.axis);
    let page_rows =
        PageRows { name: mapping.name.unwrap_or(0), encoding: list.encoding, axis, is_full: &is_full };
    let page_rows = outputs.page.is_some().then_some(page_rows);
    let task = || AnswerTask {
        answerer: Answerer::new(&plan),
        writer: writer.clone(),
        page: page_rows,
        written: options.written,
    };
    let tasks: Vec<AnswerTask> = (0..options.threads()).map(|_| task()).collect();
    let mut answers = ListSink::new(outputs.answers, encoding, &writer, &columns, list.sheet())?;
    answers.begin(&header_text(list.header(), &writer, format.as_ref()))?;
    let (separator, header) =
        list.header().map_or((b',', &b"record"[..]), |header| (header.dialect.separator, &header.written));
    let mut collected = Collected {
        sink: Sinks {
            list: answers,
            page: outputs.page,
            shown: 0,
            is_full: &is_full,
            changes: earlier.map(ChangeCounter::new),
        },
        rejects: Rejects::new(outputs.rejects, list.encoding, separator, header),
        lines: list.header_lines(),
        read: 0,
        mended: Mended::default(),
        listener,
    };
    let guarded = options.guard_formulas;
    let kept = matches!(writing, Writing::Beside);
    let through = Through { titles: &list.titles, encoding: list.encoding, guarded, pad: options.pad, kept };
    let tasks = through.run(list.source, tasks, &mut collected)?;
    let (mut counts, counters) = counted(tasks.into_iter().map(|task| task.answerer));
    let (mended, reasons) = (collected.mended, collected.rejects.reasons());
    let changes = finish(collected, &mut counts)?;
    let took = started.map_or(Duration::ZERO, |started| started.elapsed());
    let mut summary = Summary::new(ruleset, &counts, took);
    (summary.detected, summary.mended, summary.reject_reasons) = (detected, mended, reasons);
    summary.changes = changes;
    summary.actuals = names.as_ref().map(|names| actuals(names, counters));
    Ok(summary)
}

/// Checks that nothing was lost, and puts the files in their places.
fn finish(collected: Collected<Sinks>, counts: &mut Counts) -> Result<Option<Changes>, ListError> {
    counts.read = collected.read;
    counts.rejected = collected.rejects.count;
    if counts.read != counts.answered + counts.rejected {
        return Err(ListError::Lost { read: counts.read, written: counts.answered + counts.rejected });
    }
    collected.sink.list.finish()?;
    collected.rejects.finish()?;
    Ok(collected.sink.changes.map(ChangeCounter::changes))
}

/// How rows are written, how answers are appended to those that are kept as they are, and the encoding of the output.
///
/// # Errors
/// A kind that is only read.
fn formats(list: &List, options: &Options) -> Result<(Writing, Option<TextFormat>, Encoding), ListError> {
    if let Some(kind) = options.output_kind.filter(|kind| kind.is_only_read()) {
        let name = kind.name();
        return Err(ListError::Usage(format!("{name} is read, but not written; write xlsx or csv instead")));
    }
    let kind = options.output_kind.unwrap_or(if list.kind.is_only_read() { Kind::Csv } else { list.kind });
    let own = list.header().map(|header| header.dialect.separator).filter(|_| !options.plain);
    let delimited = |separator, encoding| TextFormat::Delimited {
        separator,
        guarded: options.guard_formulas,
        line_end: b"\n",
        encoding,
    };
    let (writing, format) = match kind {
        Kind::Xlsx
            if list.kind == kind
                && options.only_answers.is_none()
                && options.written == WrittenRowsOf::All =>
        {
            (Writing::Beside, None)
        }
        Kind::Xlsx => (Writing::Workbook, None),
        Kind::Json if list.kind == kind => {
            (Writing::KeptElements, Some(TextFormat::JsonArray(list.encoding)))
        }
        Kind::Json => (Writing::As(TextFormat::JsonArray(Encoding::UTF_8)), None),
        Kind::JsonLines if list.kind == kind => (Writing::Kept, Some(TextFormat::JsonLines(list.encoding))),
        Kind::JsonLines => (Writing::As(TextFormat::JsonLines(Encoding::UTF_8)), None),
        _ => match own.filter(|own| kind == list.kind || kind.separator() == Some(*own)) {
            Some(own) => (Writing::Kept, Some(delimited(own, list.encoding))),
            None => {
                let separator = kind.separator().unwrap_or(b',');
                (Writing::As(delimited(separator, Encoding::UTF_8)), None)
            }
        },
    };
    let is_kept = matches!(writing, Writing::Kept | Writing::KeptElements);
    let encoding = if is_kept { list.encoding } else { Encoding::UTF_8 };
    Ok((writing, format, encoding))
}

/// The header with the titles of the answers, as it is written: the list's own where rows are kept.
fn header_text(own: Option<&Header>, writer: &RowWriter, format: Option<&TextFormat>) -> Vec<u8> {
    let mut text = Vec::new();
    let titles = writer.columns().map(|column| &writer.titles[column]);
    match (writer.writing, own, format) {
        (Writing::Kept, Some(header), _) if header.line == 0 => text.extend_from_slice(&header.preamble),
        (Writing::Kept, Some(header), Some(format)) => {
            text.extend_from_slice(&header.preamble);
            match writer.only {
                None => text.extend_from_slice(&header.written),
                Some(_) => format.push_record(titles, &mut text),
            }
            format.push_answers(writer.answers.header(), &mut text);
            text.extend_from_slice(&header.line_end);
        }
        (Writing::As(format), ..) => format.push_titles(titles.chain(&writer.answers.titles), &mut text),
        _ => {}
    }
    text
}
