//! Codes of bands. Presuming weighs the parts of a band against each other, so that two bands are alike only where the
//! same choices of their stretches hold enough of them.

use crate::percent::Percent;
use crate::ruleset::FactId;
use crate::space::{Axis, NO_END};
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// The code of what is not worth a code of its own: rows with it are decided one by one.
pub(crate) const ALONE: u32 = u32::MAX;

/// Codes of bands, shared by all threads, so that the same code means the same everywhere.
#[derive(Debug, Default)]
pub(crate) struct BandCodes(Mutex<HashMap<BandKey, u32>>);

#[derive(Debug, PartialEq, Eq, Hash)]
enum BandKey {
    Exactly(FactId, i128, i128),
    /// The first and last stretch it touches, and for each share that a fact declares, which choices of its stretches
    /// reach it: one bit a choice. Empty without an upper end.
    Like(FactId, u32, u32, Vec<u64>),
}

impl BandCodes {
    /// The codes of a band: among its like where it lies across a threshold, and its own.
    pub(crate) fn codes(
        &self,
        shares: &[Percent],
        axis: Option<&Axis>,
        fact: FactId,
        (min, max): (i128, i128),
    ) -> (u32, u32) {
        /// So many stretches have choices that fit the bits of a word.
        const MOST: u32 = 6;
        let Some(axis) = axis else { return (ALONE, ALONE) };
        let first_free = 1 + axis.count();
        let strict = self.code(BandKey::Exactly(fact, min, max), first_free);
        let (first, last) = axis.atoms_between(min, max).unwrap_or_default();
        let reached = if max == NO_END {
            Vec::new()
        } else if last - first < MOST {
            let sizes: Vec<u128> = (first..=last)
                .map(|atom| {
                    let (from, to) = axis.bounds(atom);
                    (to.min(max) - from.max(min)).unsigned_abs() + 1
                })
                .collect();
            shares.iter().map(|share| choices_reaching(*share, &sizes)).collect()
        } else {
            return (strict, strict);
        };
        (self.code(BandKey::Like(fact, first, last, reached), first_free), strict)
    }

    fn code(&self, key: BandKey, first_free: u32) -> u32 {
        const MOST: usize = 1 << 18;
        let mut codes = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let next = u32::try_from(codes.len()).unwrap_or(ALONE);
        if codes.len() >= MOST {
            return codes.get(&key).copied().unwrap_or(ALONE);
        }
        *codes.entry(key).or_insert_with(|| first_free.saturating_add(next))
    }
}

/// A bit for each choice of the stretches: whether they hold the share together.
fn choices_reaching(share: Percent, sizes: &[u128]) -> u64 {
    let whole = sizes.iter().sum();
    let mut reaching = 0;
    for choice in 0..1_u64 << sizes.len() {
        let part =
            sizes.iter().enumerate().filter(|(at, _)| choice >> at & 1 == 1).map(|(_, size)| size).sum();
        reaching |= u64::from(share.reached(part, whole)) << choice;
    }
    reaching
}
