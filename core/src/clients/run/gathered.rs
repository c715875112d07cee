//! A list gathered to learn from: rows that say the same, and whom they say to have owned, counted.

use super::actual_columns::actual_columns;
use super::listener::Listener;
use super::opened::open_for;
use super::tasks::RowTask;
use super::through::{Collected, Through};
use crate::clients::answer::{Actual, ActualReader, AnswerColumns, Others, Plan, RoleNames, RowReader};
use crate::clients::encoding::Encoding;
use crate::clients::error::ListError;
use crate::clients::open::Input;
use crate::clients::options::Options;
use crate::clients::read::{ListRow, Mended};
use crate::clients::write::{Rejects, RejectsTo, Sink};
use crate::profile::{Given, Known, Profile};
use crate::ruleset::{FactId, RoleId, Ruleset, Value};
use crate::space::NO_END;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// What a row says of one fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Cell {
    /// Nothing.
    Unknown,
    /// A text, whatever it is.
    Text,
    /// The place of a value.
    Named(u32),
    /// A number from `min` to `max`; [`NO_END`] is no end.
    Numbers {
        /// The least it can be.
        min: i128,
        /// The most it can be.
        max: i128,
    },
}

/// Rows that say the same.
#[derive(Clone, Debug)]
pub struct GatheredRow {
    /// What they say of each fact of [`Gathered::facts`].
    pub cells: Vec<Cell>,
    /// Who owned.
    pub owner: Actual,
    /// How many rows.
    pub rows: u64,
    /// The first of their names, in alphabetical order; empty where they have none.
    pub name: String,
}

/// A list gathered to learn from.
#[derive(Clone, Debug, Default)]
pub struct Gathered {
    /// The facts that a column gives.
    pub facts: Vec<FactId>,
    /// The rows that say who owned, in the order of what they say.
    pub rows: Vec<GatheredRow>,
    /// What actual owners mean: the roles that each may be.
    pub roles: Vec<Vec<RoleId>>,
    /// All rows, those that say nothing of who owned included.
    pub all: u64,
    /// Rows that say who owned and have a cell that cannot be read.
    pub invalid: u64,
    /// Records that could not be read.
    pub rejects: u64,
    /// Texts that name no role, the commonest first.
    pub others: Vec<(String, u64)>,
}

impl Gathered {
    /// What a row says, as a profile.
    pub fn profile(&self, ruleset: &Ruleset, cells: &[Cell]) -> Profile {
        let mut profile = Profile::unknown(ruleset);
        for (fact, cell) in self.facts.iter().zip(cells) {
            let known = match *cell {
                Cell::Unknown => continue,
                Cell::Text => Known::Text(ruleset.fact(*fact).name.clone()),
                Cell::Named(value) => Known::Exact(Value::Named(value)),
                Cell::Numbers { min, max } if min == max => Known::Exact(Value::Number(min)),
                Cell::Numbers { min, max } => Known::Band { min, max: (max != NO_END).then_some(max) },
            };
            profile.set(*fact, Some(Given { written: serde_json::Value::Null, known, repaired: None }));
        }
        profile
    }
}

/// Cells as small numbers, the same for all threads.
#[derive(Default)]
struct Codes(Mutex<(HashMap<Cell, u32>, Vec<Cell>)>);

impl Codes {
    /// Numbers below this are their own code.
    const OWN: u32 = 1 << 30;

    fn code(&self, cell: Cell) -> u32 {
        let (known, cells) = &mut *self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *known.entry(cell).or_insert_with(|| {
            cells.push(cell);
            Self::OWN + cells.len() as u32 - 1
        })
    }

    fn cell(cells: &[Cell], code: u32) -> Cell {
        match code.checked_sub(Self::OWN) {
            Some(at) => cells[at as usize],
            None => Cell::Numbers { min: code.into(), max: code.into() },
        }
    }
}

/// How many rows that differ are held. A thread holds at most so many, and whether they are too many does not depend on
/// how the rows are dealt out to threads, since all of them together may be no more.
const MOST: usize = 4_000_000;

struct GatherTask<'p> {
    reader: RowReader<'p>,
    actual: ActualReader<'p>,
    name: Option<usize>,
    encoding: Encoding,
    codes: &'p Codes,
    /// Codes that this thread has asked for.
    known: HashMap<Cell, u32>,
    key: Vec<u32>,
    rows: HashMap<Box<[u32]>, (u64, Box<str>)>,
    all: u64,
    invalid: u64,
}

impl GatherTask<'_> {
    fn code(known: &mut HashMap<Cell, u32>, codes: &Codes, cell: Cell) -> u32 {
        match cell {
            Cell::Numbers { min, max } if min == max && (0..i128::from(Codes::OWN)).contains(&min) => {
                min as u32
            }
            _ => *known.entry(cell).or_insert_with(|| codes.code(cell)),
        }
    }
}

/// Actual owners as codes: unknown ones do not come up.
fn actual_code(actual: Actual) -> u32 {
    match actual {
        Actual::Unknown => 0,
        Actual::Other => 1,
        Actual::Roles(at) => at + 2,
    }
}

fn actual_of(code: u32) -> Actual {
    match code {
        0 => Actual::Unknown,
        1 => Actual::Other,
        at => Actual::Roles(at - 2),
    }
}

impl RowTask for GatherTask<'_> {
    type Rows = ();

    fn row(&mut self, row: &impl ListRow, _: &mut ()) {
        self.all += 1;
        let said = self.actual.read(row, None, None);
        if said.owner == Actual::Unknown {
            return;
        }
        if self.reader.read(row).wrong {
            self.invalid += 1;
            return;
        }
        self.reader.fill();
        self.key.clear();
        for cell in &self.reader.cells {
            let cell = match (cell.bounds(), cell.named()) {
                (Some((min, max)), _) => Cell::Numbers { min, max },
                (None, Some(value)) => Cell::Named(value),
                (None, None) if cell.is_text() => Cell::Text,
                (None, None) => Cell::Unknown,
            };
            self.key.push(Self::code(&mut self.known, self.codes, cell));
        }
        self.key.push(actual_code(said.owner));
        let name = self.name.map(|column| row.cell(column));
        let utf8 = name.as_ref().map(|bytes| self.encoding.utf8(bytes));
        let name = utf8.as_deref().map(String::from_utf8_lossy).unwrap_or_default();
        let is_full = self.rows.len() > MOST;
        match self.rows.get_mut(&self.key[..]) {
            Some((rows, first)) => {
                *rows += 1;
                if *name < **first {
                    *first = name.into();
                }
            }
            None if is_full => {}
            None => drop(self.rows.insert(self.key[..].into(), (1, name.into()))),
        }
    }
}

struct Nothing;

impl Sink<()> for Nothing {
    fn take(&mut self, _: &mut ()) -> Result<(), ListError> {
        Ok(())
    }
}

/// Gathers the rows of a list that say who owned.
///
/// # Errors
/// Whatever keeps the list as a whole from being read or mapped.
pub fn gather(
    ruleset: &Ruleset,
    input: Input,
    options: &Options,
    listener: &mut dyn Listener,
) -> Result<Gathered, ListError> {
    let (list, [mapping], detected) = open_for([ruleset], input, options)?;
    listener.opened(&detected);
    let columns = AnswerColumns::none();
    let plan = Plan::new(ruleset, (&mapping, &list.titles), &columns, None, list.encoding);
    let actual = options.actual.clone().unwrap_or_default();
    let actual = actual_columns(ruleset, &list.titles, &mapping, &actual)?;
    let (names, codes) = (RoleNames::new(ruleset), Codes::default());
    let task = || GatherTask {
        reader: RowReader::new(&plan),
        actual: ActualReader::new(&names, actual, list.encoding),
        name: mapping.name,
        encoding: list.encoding,
        codes: &codes,
        known: HashMap::new(),
        key: Vec::new(),
        rows: HashMap::new(),
        all: 0,
        invalid: 0,
    };
    let tasks: Vec<GatherTask> = (0..options.threads()).map(|_| task()).collect();
    let rejects = Rejects::new(RejectsTo::Stream(Box::new(std::io::sink())), list.encoding, b',', b"");
    let mut collected =
        Collected { sink: Nothing, rejects, lines: 0, read: 0, mended: Mended::default(), listener };
    let through = Through {
        titles: &list.titles,
        encoding: list.encoding,
        guarded: false,
        pad: options.pad,
        kept: true,
    };
    let tasks = through.run(list.source, tasks, &mut collected)?;
    let facts = mapping.facts.iter().map(|(fact, _)| *fact).collect();
    let gathered = together(tasks, facts, &names, &codes, collected.rejects.count);
    if gathered.rows.len() > MOST { Err(ListError::TooManyDiffer { most: MOST }) } else { Ok(gathered) }
}

/// What all threads have gathered, in an order that does not depend on them.
fn together(
    tasks: Vec<GatherTask>,
    facts: Vec<FactId>,
    names: &RoleNames,
    codes: &Codes,
    rejects: u64,
) -> Gathered {
    let mut gathered = Gathered { facts, rejects, ..Gathered::default() };
    let mut rows: HashMap<Box<[u32]>, (u64, Box<str>)> = HashMap::new();
    let mut others = Others::default();
    for task in tasks {
        gathered.all += task.all;
        gathered.invalid += task.invalid;
        others.add(&task.actual.others()[0]);
        if rows.is_empty() {
            rows = task.rows;
            continue;
        }
        for (key, (count, name)) in task.rows {
            let is_full = rows.len() > MOST;
            match rows.get_mut(&key) {
                Some(known) => {
                    known.0 += count;
                    known.1 = name.min(std::mem::take(&mut known.1));
                }
                None if is_full => {}
                None => drop(rows.insert(key, (count, name))),
            }
        }
    }
    let cells = codes.0.lock().unwrap_or_else(PoisonError::into_inner).1.clone();
    // Meanings are numbered in the order in which some thread met them; what is said must not depend on that.
    let found = names.found();
    let mut order: Vec<usize> = (0..found.len()).collect();
    order.sort_by_key(|at| &found[*at]);
    let mut place = vec![0_u32; found.len()];
    for (at, old) in order.iter().enumerate() {
        place[*old] = at as u32;
    }
    gathered.roles = order.iter().map(|at| found[*at].clone()).collect();
    let row = |(key, (rows, name)): (Box<[u32]>, (u64, Box<str>))| {
        let (actual, own) = key.split_last().map_or((0, &key[..]), |(actual, own)| (*actual, own));
        let owner = match actual_of(actual) {
            Actual::Roles(at) => Actual::Roles(place[at as usize]),
            other => other,
        };
        let cells = own.iter().map(|code| Codes::cell(&cells, *code)).collect();
        GatheredRow { cells, owner, rows, name: name.into() }
    };
    gathered.rows = rows.into_iter().map(row).collect();
    gathered.rows.sort_unstable_by(|one, other| (&one.cells, one.owner).cmp(&(&other.cells, other.owner)));
    gathered.others = others.commonest();
    gathered
}
