//! What tests of one number change, said once for all rows that it is the same for.
//!
//! Whatever a row says, stretches of a number change it from some last stretch on and up to some first one, which only
//! grows with the last. That is a pattern: a few steps (`sweep`). Few patterns are distinct.

use std::collections::HashMap;

use super::axes::{ABSENT_NUMBER, LearnAxis, ends};
use super::parted_steps::Key;
use super::sweep::Step;

/// What decides whether a test of the number changes a row.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Kind {
    /// It takes in these stretches.
    Within(u32, u32),
    /// It touches these stretches.
    Touching(u32, u32),
    /// It takes in, or touches, enough of several parts.
    Parted(Key),
}

/// The patterns of one number.
#[derive(Debug, Clone, Default)]
pub struct Patterns {
    /// The place of each, nothing where no test changes such rows.
    known: HashMap<Kind, Option<u32>>,
    steps: Vec<Vec<Step>>,
}

impl Patterns {
    /// The pattern of rows of which one set of states decides; nothing where no test changes them.
    pub fn of_said(&mut self, said: u64, takes_in: bool) -> Option<u32> {
        if said == ABSENT_NUMBER {
            return None;
        }
        let (low, high) = ends(said);
        let is_within = takes_in || low == high;
        let kind = if is_within { Kind::Within(low, high) } else { Kind::Touching(low, high) };
        let (last, limit) = if is_within { (high, low) } else { (low, high) };
        self.place(kind, |_| vec![Step { last, limit, net: 1 }])
    }

    /// The pattern of rows of which several parts decide; nothing where no test changes them.
    pub fn of_key(&mut self, key: Key, axis: &LearnAxis) -> Option<u32> {
        let steps = |kind: &Kind| match kind {
            Kind::Parted(key) => key.steps(axis),
            Kind::Within(..) | Kind::Touching(..) => Vec::new(),
        };
        self.place(Kind::Parted(key), steps)
    }

    fn place(&mut self, kind: Kind, steps: impl FnOnce(&Kind) -> Vec<Step>) -> Option<u32> {
        *self.known.entry(kind).or_insert_with_key(|kind| {
            let steps = steps(kind);
            if steps.is_empty() {
                return None;
            }
            self.steps.push(steps);
            Some(self.steps.len() as u32 - 1)
        })
    }

    /// Puts them in the order in which their steps begin, and says where each has gone.
    pub fn sort(&mut self) -> Vec<u32> {
        let mut order: Vec<u32> = (0..self.steps.len() as u32).collect();
        order.sort_by_key(|at| self.steps[*at as usize].first().map(|step| (step.last, step.limit)));
        let mut places = vec![0_u32; order.len()];
        for (place, at) in order.iter().enumerate() {
            places[*at as usize] = place as u32;
        }
        self.steps = order.iter().map(|at| std::mem::take(&mut self.steps[*at as usize])).collect();
        for place in self.known.values_mut().flatten() {
            *place = places[*place as usize];
        }
        places
    }

    /// Forgets all but those of `own`, where many more have come to be known.
    pub fn forget_beyond(&mut self, own: &Patterns) {
        const MOST: usize = 1 << 16;
        if self.steps.len() > own.steps.len() + MOST {
            self.clone_from(own);
        }
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.steps.len()
    }

    /// The steps of a pattern, each with a net of one.
    pub fn steps(&self, pattern: u32) -> &[Step] {
        &self.steps[pattern as usize]
    }

    /// Whether the stretches from `first` to `last` change rows with this pattern.
    pub fn is_changed(&self, pattern: u32, (first, last): (u32, u32)) -> bool {
        let counts = |step: &&Step| step.last <= last && first <= step.limit;
        self.steps(pattern).iter().filter(counts).map(|step| step.net).sum::<i64>() > 0
    }
}
