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
    /// What the row last read says of each fact.
    pub(crate) cells: Vec<CellCode>,
    /// Its codes: rows with the same ones have the same answer.
    pub(crate) codes: Vec<u32>,
}

struct Group {
    /// The first and the last column.
    columns: (usize, usize),
    /// Its facts, as places in `readers`, in the order of their columns.
    members: Vec<usize>,
    cache: CellCache<Box<[CellCode]>>,
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
        for at in &self.apart {
            self.cells[*at] = self.readers[*at].read(row);
        }
        for group in &mut self.groups {
            let (readers, members) = (&mut self.readers, &group.members);
            let mut each = || members.iter().map(|at| readers[*at].read(row)).collect();
            let looked_up;
            let cells = match row.side_by_side(group.columns) {
                Some(bytes) => group.cache.get(bytes, each),
                None => {
                    looked_up = each();
                    &looked_up
                }
            };
            for (at, cell) in group.members.iter().zip(cells) {
                self.cells[*at] = *cell;
            }
        }
        let mut reading = RowReading { clean: true, wrong: false, strict: false };
        let mut bands = self.bands_elsewhere;
        for (code, cell) in self.codes.iter_mut().zip(&self.cells) {
            *code = cell.code();
            reading.clean &= cell.is_clean();
            reading.wrong |= cell.is_wrong();
            bands += usize::from(cell.is_band());
        }
        if bands > 1 {
            reading.strict = true;
            for (code, cell) in self.codes.iter_mut().zip(&self.cells) {
                *code = cell.strict();
            }
        }
        reading
    }

    /// A profile that is decided as every row with these codes is.
    pub(crate) fn profile(&self, plan: &Plan, strict: bool) -> Profile {
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
            _ => groups.push(Group { columns: (column, column), members: vec![at], cache: CellCache::new() }),
        }
    }
    groups.retain(|group| group.members.len() > 1);
    groups
}
