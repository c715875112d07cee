//! What a whole row says.

use super::cache::CellCache;
use super::cell_code::CellCode;
use super::fact_reader::{FactReader, is_band_unknown};
use super::plan::Plan;
use crate::clients::read::Row;
use crate::profile::Profile;
use crate::ruleset::FactId;

/// Reads rows, fact by fact.
pub(crate) struct RowReader<'r> {
    pub(crate) readers: Vec<FactReader<'r>>,
    /// Facts in columns side by side, that have few values each: their cells are looked up together.
    groups: Vec<Group>,
    /// The other facts, as places in `readers`.
    apart: Vec<usize>,
    /// Facts without a column that are bands all the same.
    bands_elsewhere: usize,
    /// What the row last read says of each fact; of facts in groups only once [`RowReader::fill`] has been asked.
    pub(crate) cells: Vec<CellCode>,
    /// Its codes: rows with the same ones have the same answer.
    pub(crate) codes: Vec<u32>,
}

struct Group {
    /// The first and the last column.
    columns: (usize, usize),
    /// Its facts, as places in `readers`, in the order of their columns.
    members: Vec<usize>,
    cache: CellCache<Together>,
    /// What the row last read says of them.
    last: Last,
}

/// Cells side by side.
struct Together {
    cells: Box<[CellCode]>,
    reading: RowReading,
    bands: usize,
}

/// Where that stands which the row last read says of a group.
enum Last {
    /// In its cache.
    Known(u32),
    /// Here, since the cells do not stand side by side as they are written.
    Apart(Together),
}

impl Together {
    fn new(cells: Box<[CellCode]>) -> Together {
        let mut reading = RowReading { clean: true, wrong: false, strict: false };
        cells.iter().for_each(|cell| reading.add(cell));
        Together { bands: cells.iter().filter(|cell| cell.is_band()).count(), reading, cells }
    }
}

impl Group {
    fn last(&self) -> &Together {
        match &self.last {
            Last::Known(at) => self.cache.value(*at),
            Last::Apart(together) => together,
        }
    }
}

/// What there is to know of a row beside its cells and codes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RowReading {
    /// Every cell was read without a remark.
    pub(crate) clean: bool,
    /// Some cell cannot be read.
    pub(crate) wrong: bool,
    /// Several facts are bands, which are weighed against each other, so that the codes are those of exact bounds.
    pub(crate) strict: bool,
}

impl RowReading {
    #[inline]
    fn add(&mut self, cell: &CellCode) {
        self.clean &= cell.is_clean();
        self.wrong |= cell.is_wrong();
    }
}

impl<'r> RowReader<'r> {
    pub(crate) fn new(plan: &'r Plan<'r>) -> Self {
        let mapped = plan.mapping.facts.iter();
        let readers: Vec<FactReader> = mapped
            .map(|mapped| {
                FactReader::new(plan.ruleset, plan.mapping, mapped.clone(), &plan.bands, plan.encoding)
            })
            .collect();
        let without_column = |at: usize| readers.iter().all(|reader| reader.id != FactId(at));
        let facts = plan.ruleset.facts().iter().enumerate();
        let bands_elsewhere = facts.filter(|(at, fact)| is_band_unknown(fact) && without_column(*at)).count();
        let groups = groups(&readers);
        let grouped = |at: &usize| groups.iter().any(|group| group.members.contains(at));
        RowReader {
            apart: (0..readers.len()).filter(|at| !grouped(at)).collect(),
            groups,
            bands_elsewhere,
            cells: vec![CellCode::UNKNOWN; readers.len()],
            codes: vec![0; readers.len()],
            readers,
        }
    }

    /// Reads a row.
    #[inline]
    pub(crate) fn read(&mut self, row: &impl Row) -> RowReading {
        let mut reading = RowReading { clean: true, wrong: false, strict: false };
        let mut bands = self.bands_elsewhere;
        for at in &self.apart {
            let cell = self.readers[*at].read(row);
            self.codes[*at] = cell.code();
            reading.add(&cell);
            bands += usize::from(cell.is_band());
            self.cells[*at] = cell;
        }
        for group in &mut self.groups {
            let (readers, members) = (&mut self.readers, &group.members);
            let mut each = || Together::new(members.iter().map(|at| readers[*at].read(row)).collect());
            group.last = match row.side_by_side(group.columns) {
                Some(bytes) => Last::Known(group.cache.find(bytes, each)),
                None => Last::Apart(each()),
            };
            let together = group.last();
            for (at, cell) in group.members.iter().zip(&together.cells) {
                self.codes[*at] = cell.code();
            }
            reading.clean &= together.reading.clean;
            reading.wrong |= together.reading.wrong;
            bands += together.bands;
        }
        if bands > 1 {
            reading.strict = true;
            self.fill();
            for (code, cell) in self.codes.iter_mut().zip(&self.cells) {
                *code = cell.strict();
            }
        }
        reading
    }

    /// Puts what the row last read says of facts in groups into `cells`.
    pub(crate) fn fill(&mut self) {
        for group in &self.groups {
            for (at, cell) in group.members.iter().zip(&group.last().cells) {
                self.cells[*at] = *cell;
            }
        }
    }

    /// A profile that is decided as every row with these codes is.
    pub(crate) fn profile(&mut self, plan: &Plan, strict: bool) -> Profile {
        self.fill();
        let mut profile = Profile::unknown(plan.ruleset);
        for (reader, cell) in self.readers.iter().zip(&self.cells) {
            reader.give(cell, strict, &mut profile);
        }
        profile
    }
}

/// Facts of few values whose columns stand side by side.
fn groups(readers: &[FactReader]) -> Vec<Group> {
    let mut few: Vec<(usize, usize)> = readers
        .iter()
        .enumerate()
        .filter(|(_, reader)| reader.has_few_values())
        .filter_map(|(at, reader)| Some((*reader.columns.first()?, at)))
        .collect();
    few.sort_unstable();
    let mut groups: Vec<Group> = Vec::new();
    for (column, at) in few {
        match groups.last_mut() {
            Some(group) if group.columns.1 + 1 == column => {
                group.columns.1 = column;
                group.members.push(at);
            }
            _ => groups.push(Group {
                columns: (column, column),
                members: vec![at],
                cache: CellCache::new(),
                last: Last::Apart(Together::new(Box::default())),
            }),
        }
    }
    groups.retain(|group| group.members.len() > 1);
    groups
}
