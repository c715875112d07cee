//! The row that decides one state, in tens of nanoseconds.
//!
//! For each atom of each axis a bit set says which rows take it; the sets of a state's atoms are intersected word by
//! word, and the first common bit is the row. An axis of many atoms shares one set among neighbouring atoms, which
//! keeps the index small (10,000 rows would else need hundreds of megabytes); rows found that way are then checked.

use super::extent::ABSENT;
use super::settle::Space;
use super::{Boxed, Extent};

/// The most sets an axis gets.
const BUCKETS: u32 = 256;
/// Words looked at together, so that a long empty stretch is skipped quickly.
const BLOCK: usize = 4;

/// An index over an ordered list of rows.
#[derive(Debug, Clone, Default)]
pub struct Locator {
    rows: Vec<Boxed>,
    axes: Vec<AxisIndex>,
    /// Words in a bit set, a multiple of [`BLOCK`] unless there is only one.
    width: usize,
    /// Whether the bit sets say all, and rows found need no check.
    exact: bool,
}

#[derive(Debug, Clone)]
struct AxisIndex {
    axis: usize,
    /// How many bits of an atom's number its set does not tell apart.
    shift: u32,
    buckets: u32,
    words: Vec<u64>,
}

impl Locator {
    /// Indexes `rows`, the first that holds deciding.
    pub fn new(space: &Space, rows: &[Boxed]) -> Locator {
        let width = match rows.len().div_ceil(64) {
            0 | 1 => 1,
            words => words.next_multiple_of(BLOCK),
        };
        let axes: Vec<AxisIndex> = (0..space.axes.len())
            .filter(|axis| rows.iter().any(|row| row.region.on(*axis) != space.axes[*axis].all()))
            .map(|axis| AxisIndex::new(space, rows, axis, width))
            .collect();
        let exact = axes.iter().all(|axis| axis.shift == 0);
        Locator { rows: rows.to_vec(), axes, width, exact }
    }

    /// The row that decides the state given by one atom an axis, if any does.
    pub fn locate(&self, state: &[u32]) -> Option<u32> {
        if self.rows.is_empty() {
            return None;
        }
        if self.width == 1 {
            let common = self.axes.iter().fold(u64::MAX, |common, axis| common & axis.set(state, 1)[0]);
            return self.first(common, 0, state);
        }
        for start in (0..self.width).step_by(BLOCK) {
            let mut common = [u64::MAX; BLOCK];
            for axis in &self.axes {
                let set = &axis.set(state, self.width)[start..start + BLOCK];
                for (common, word) in common.iter_mut().zip(set) {
                    *common &= word;
                }
            }
            for (at, word) in common.into_iter().enumerate() {
                if let Some(row) = self.first(word, start + at, state) {
                    return Some(row);
                }
            }
        }
        None
    }

    fn first(&self, mut common: u64, word: usize, state: &[u32]) -> Option<u32> {
        while common != 0 {
            let at = word * 64 + common.trailing_zeros() as usize;
            // Bits past the last row are set only where no axis is tested at all.
            let row = self.rows.get(at)?;
            if self.exact || row.region.holds(state) {
                return Some(row.row);
            }
            common &= common - 1;
        }
        None
    }
}

impl AxisIndex {
    fn new(space: &Space, rows: &[Boxed], axis: usize, width: usize) -> AxisIndex {
        let count = space.axes[axis].count();
        let mut shift = 0;
        while count.div_ceil(1 << shift) > BUCKETS {
            shift += 1;
        }
        let buckets = count.div_ceil(1 << shift);
        // One set more, for states in which the fact does not apply.
        let mut index = AxisIndex { axis, shift, buckets, words: vec![0; (buckets as usize + 1) * width] };
        for (at, row) in rows.iter().enumerate() {
            index.enter(row.region.on(axis), at, width);
        }
        index
    }

    fn enter(&mut self, extent: Extent, row: usize, width: usize) {
        let (word, bit) = (row / 64, 1u64 << (row % 64));
        for (first, last) in extent.stretches() {
            for bucket in first >> self.shift..=last >> self.shift {
                self.words[bucket as usize * width + word] |= bit;
            }
        }
        if extent.has_absent() {
            self.words[self.buckets as usize * width + word] |= bit;
        }
    }

    fn set(&self, state: &[u32], width: usize) -> &[u64] {
        let atom = state[self.axis];
        let bucket = if atom == ABSENT { self.buckets } else { atom >> self.shift } as usize;
        &self.words[bucket * width..(bucket + 1) * width]
    }
}
