//! How far the cells of sheets reach whose reader holds the whole area in memory: one cell far off makes it take room for
//! all that lies between.

use crate::clients::error::ListError;
use std::ops::RangeInclusive;

/// Cells of a workbook that are held in memory at most.
const MOST_CELLS: u64 = 40_000_000;
/// So many of them may be empty in any case.
const HARMLESS: u64 = 2_000_000;
/// Beyond that, one in so many cells has to hold something. Lists are fuller, by far.
const SPARSEST: u64 = 5;

/// The area in which the cells of a sheet stand that hold something.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Extent {
    rows: Option<RangeInclusive<u64>>,
    columns: Option<RangeInclusive<u64>>,
    filled: u64,
}

impl Extent {
    /// Takes in cells in an area, `filled` of which hold something.
    pub(super) fn take_in(&mut self, rows: RangeInclusive<u64>, columns: RangeInclusive<u64>, filled: u64) {
        self.rows = Some(hull(self.rows.take(), rows));
        self.columns = Some(hull(self.columns.take(), columns));
        self.filled = self.filled.saturating_add(filled);
    }

    fn area(&self) -> u64 {
        let length = |side: &Option<RangeInclusive<u64>>| {
            side.as_ref().map_or(0, |side| (side.end() - side.start()).saturating_add(1))
        };
        length(&self.rows).saturating_mul(length(&self.columns))
    }
}

/// The shortest stretch that takes in both.
fn hull(one: Option<RangeInclusive<u64>>, other: RangeInclusive<u64>) -> RangeInclusive<u64> {
    let Some(one) = one else { return other };
    *one.start().min(other.start())..=*one.end().max(other.end())
}

/// All sheets of a workbook together, since all are read at once.
#[derive(Debug, Default)]
pub(super) struct Extents {
    area: u64,
    filled: u64,
}

impl Extents {
    /// Takes in a sheet.
    ///
    /// # Errors
    /// If the sheets so far do not fit into memory.
    pub(super) fn take_in(&mut self, sheet: &Extent) -> Result<(), ListError> {
        self.area = self.area.saturating_add(sheet.area());
        self.filled = self.filled.saturating_add(sheet.filled);
        let allowed = self.filled.saturating_mul(SPARSEST).clamp(HARMLESS, MOST_CELLS);
        if self.area <= allowed {
            return Ok(());
        }
        Err(ListError::Damaged(format!(
            "the sheets of this workbook reach over {} cells, of which {} hold something: that would take too much memory; \
             delete what stands far right of and far below the list, or save it as xlsx or csv",
            self.area, self.filled
        )))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fits(sheets: &[&[(RangeInclusive<u64>, RangeInclusive<u64>)]]) -> bool {
        let mut extents = Extents::default();
        sheets.iter().all(|areas| {
            let mut extent = Extent::default();
            for (rows, columns) in *areas {
                let length = |side: &RangeInclusive<u64>| side.end() - side.start() + 1;
                let filled = length(rows).saturating_mul(length(columns));
                extent.take_in(rows.clone(), columns.clone(), filled);
            }
            extents.take_in(&extent).is_ok()
        })
    }

    #[test]
    fn a_few_cells_far_off_do_not_fit() {
        assert!(fits(&[]));
        assert!(fits(&[&[(0..=65535, 0..=255)]]), "a full sheet");
        assert!(fits(&[&[(0..=499, 0..=9), (65535..=65535, 20..=20)]]), "a remark below the list");
        assert!(fits(&[&[(60000..=60010, 200..=210)]]), "a small list far off");
        assert!(!fits(&[&[(0..=499, 0..=9), (65535..=65535, 255..=255)]]));
        let sparse: &[_] = &[(0..=0, 0..=0), (9_999..=9_999, 99..=99)];
        assert!(fits(&[sparse, sparse]));
        assert!(!fits(&[sparse, sparse, sparse]), "all sheets are read at once");
        assert!(!fits(&[&[(0..=u64::MAX - 1, 0..=u64::MAX - 1)]]));
    }
}
