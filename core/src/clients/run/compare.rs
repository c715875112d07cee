//! Two rulesets over one list, row by row.

use super::listener::Listener;
use super::opened::open_for;
use super::tasks::{ChangedRows, CompareTask};
use super::through::{Collected, Through};
use crate::clients::answer::{AnswerColumns, Answerer, Plan};
use crate::clients::error::ListError;
use crate::clients::open::Input;
use crate::clients::options::Options;
use crate::clients::read::Mended;
use crate::clients::write::{Change, Rejects, RejectsTo, Sink};
use crate::ruleset::Ruleset;

/// What changes over a list.
#[derive(Clone, Debug)]
pub struct Compared {
    /// Rows answered.
    pub rows: u64,
    /// Records that could not be read.
    pub rejects: u64,
    /// The rows whose answer changes, in the order of the list.
    pub changes: Vec<Change>,
}

/// Keeps what changes.
#[derive(Default)]
struct Changes {
    rows: u64,
    changes: Vec<Change>,
}

impl Sink<ChangedRows> for Changes {
    fn take(&mut self, block: &mut ChangedRows) -> Result<(), ListError> {
        self.changes
            .extend(block.changes.drain(..).map(|change| Change { row: self.rows + change.row, ..change }));
        self.rows += std::mem::take(&mut block.rows);
        Ok(())
    }
}

/// Answers every row of a list by an old ruleset and by a new one, and keeps those of which they say different things.
/// Each ruleset finds its own columns.
///
/// # Errors
/// Whatever keeps the list as a whole from being read or mapped.
pub fn compare(
    rulesets: [&Ruleset; 2],
    input: Input,
    options: &Options,
    listener: &mut dyn Listener,
) -> Result<Compared, ListError> {
    let (list, mappings, detected) = open_for(rulesets, input, options)?;
    listener.opened(&detected);
    let columns = AnswerColumns::none();
    let plan =
        |at: usize| Plan::new(rulesets[at], (&mappings[at], &list.titles), &columns, None, list.encoding);
    let plans = [plan(0), plan(1)];
    let roles = shared_places(rulesets);
    let task = || CompareTask {
        answerers: [Answerer::new(&plans[0]), Answerer::new(&plans[1])],
        roles: &roles,
        name: mappings[0].name,
        encoding: list.encoding,
    };
    let tasks = (0..options.threads()).map(|_| task()).collect();
    let rejects = Rejects::new(RejectsTo::Stream(Box::new(std::io::sink())), list.encoding, b',', b"");
    let sink = Changes::default();
    let mut collected = Collected { sink, rejects, lines: 0, read: 0, mended: Mended::default(), listener };
    let through = Through {
        titles: &list.titles,
        encoding: list.encoding,
        guarded: false,
        pad: options.pad,
        kept: true,
    };
    through.run(list.source, tasks, &mut collected)?;
    let Changes { rows, changes } = collected.sink;
    Ok(Compared { rows, rejects: collected.rejects.count, changes })
}

/// For each ruleset and role, a place that roles of the same id share.
fn shared_places(rulesets: [&Ruleset; 2]) -> [Vec<usize>; 2] {
    let mut ids: Vec<&str> = Vec::new();
    rulesets.map(|ruleset| {
        let place = |id| {
            ids.iter().position(|known| *known == id).unwrap_or_else(|| {
                ids.push(id);
                ids.len() - 1
            })
        };
        ruleset.roles().iter().map(|role| role.id.as_str()).map(place).collect()
    })
}
