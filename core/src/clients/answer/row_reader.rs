//! What a whole row says.

use super::bands::ALONE;
use super::cache::{AnswerCache, CellCache};
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
    /// Its key: rows with the same one have the same answer. There is a code for each fact apart, and then one for each
    /// group; `ALONE` says nothing of other rows.
    pub(crate) key: Vec<u32>,
}

struct Group {
    /// The first and the last column.
    columns: (usize, usize),
    /// Its facts, as places in `readers`, in the order of their columns.
    members: Vec<usize>,
    cache: CellCache<Together>,
    /// The different things that cells of the group have said; their places are its codes.
    said: AnswerCache<()>,
    /// What the row last read says of them.
    last: Last,
}

/// Cells side by side.
struct Together {
    cells: Box<[CellCode]>,
    /// The same for cells that say the same.
    code: u32,
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
    /// Before the first row.
    fn nothing() -> Together {
        Together { cells: Box::default(), code: ALONE, reading: RowReading::SOUND, bands: 0 }
    }

    fn new(cells: Box<[CellCode]>, said: &mut AnswerCache<()>) -> Together {
        let mut reading = RowReading::SOUND;
        cells.iter().for_each(|cell| reading.add(cell));
        let codes: Vec<u32> = cells.iter().map(CellCode::code).collect();
        let known = said.find(&codes).or_else(|| (!said.is_full()).then(|| said.insert(&codes, ())));
        let code = known.map_or(ALONE, |at| at as u32);
        Together { bands: cells.iter().filter(|cell| cell.is_band()).count(), code, reading, cells }
    }
}

impl Group {
    fn new(columns: (usize, usize), members: Vec<usize>) -> Group {
        let said = AnswerCache::new(members.len());
        Group { columns, members, cache: CellCache::new(), said, last: Last::Apart(Together::nothing()) }
    }

    /// Reads the group's cells.
    #[inline]
    fn read(&mut self, row: &impl Row, readers: &mut [FactReader]) -> &Together {
        let Group { columns, members, cache, said, .. } = self;
        let mut each = || Together::new(members.iter().map(|at| readers[*at].read(row)).collect(), said);
        self.last = match row.side_by_side(*columns) {
            Some(bytes) => Last::Known(cache.find(bytes, each)),
            None => Last::Apart(each()),
        };
        self.last()
    }

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
    const SOUND: RowReading = RowReading { clean: true, wrong: false, strict: false };

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
        let apart: Vec<usize> = (0..readers.len()).filter(|at| !grouped(at)).collect();
        RowReader {
            key: vec![0; apart.len() + groups.len()],
            apart,
            groups,
            bands_elsewhere,
            cells: vec![CellCode::UNKNOWN; readers.len()],
            readers,
        }
    }

    /// Reads a row.
    #[inline]
    pub(crate) fn read(&mut self, row: &impl Row) -> RowReading {
        let mut reading = RowReading::SOUND;
        let mut bands = self.bands_elsewhere;
        let (apart, grouped) = self.key.split_at_mut(self.apart.len());
        for (code, at) in apart.iter_mut().zip(&self.apart) {
            let cell = self.readers[*at].read(row);
            *code = cell.code();
            reading.add(&cell);
            bands += usize::from(cell.is_band());
            self.cells[*at] = cell;
        }
        for (code, group) in grouped.iter_mut().zip(&mut self.groups) {
            let together = group.read(row, &mut self.readers);
            *code = together.code;
            reading.clean &= together.reading.clean;
            reading.wrong |= together.reading.wrong;
            bands += together.bands;
        }
        if bands > 1 {
            reading.strict = true;
            // Facts of few values are never bands.
            for (code, at) in apart.iter_mut().zip(&self.apart) {
                *code = self.cells[*at].strict();
            }
        }
        reading
    }

    /// What the row last read says of each fact, as codes that are the same for every thread.
    pub(crate) fn codes(&mut self, strict: bool) -> Box<[u32]> {
        self.fill();
        self.cells.iter().map(|cell| if strict { cell.strict() } else { cell.code() }).collect()
    }

    /// Whether some group takes in nothing new, so that rows which say it count as alone.
    pub(crate) fn is_full(&self) -> bool {
        self.groups.iter().any(|group| group.said.is_full())
    }

    /// Forgets what was read, and with it what keys mean.
    pub(crate) fn forget(&mut self) {
        for group in &mut self.groups {
            *group = Group::new(group.columns, std::mem::take(&mut group.members));
        }
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
    let mut groups: Vec<((usize, usize), Vec<usize>)> = Vec::new();
    for (column, at) in few {
        match groups.last_mut() {
            Some(((_, last), members)) if *last + 1 == column => {
                *last = column;
                members.push(at);
            }
            _ => groups.push(((column, column), vec![at])),
        }
    }
    groups.retain(|(_, members)| members.len() > 1);
    groups.into_iter().map(|(columns, members)| Group::new(columns, members)).collect()
}
