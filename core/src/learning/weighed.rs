//! What conditions come to in some folds of the rows.

use std::ops::AddAssign;

use super::axes::{LearnAxis, Tested};
use super::groups::{Groups, last_number};
use super::items::{Effect, FOLDS, Rows};

/// Which folds count.
pub type Folds = [bool; FOLDS];

/// Rows by what they weigh in the folds that count.
#[derive(Debug)]
pub struct Weighed<'a> {
    /// The rows.
    pub groups: &'a Groups,
    /// What each group weighs.
    pub rows: Vec<i64>,
    /// What each entry weighs.
    pub entries: Vec<i64>,
    /// What rows that no group holds weigh.
    pub parted: Vec<i64>,
}

/// Rows that a new row turns right and wrong.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Counts {
    /// Those that had a wrong owner and turn right.
    pub corrected: i64,
    /// Those that had no owner and turn right.
    pub answered: i64,
    /// Those that turn wrong.
    pub broken: i64,
    /// Those of them that have a wrong owner then, and not none.
    pub spoiled: i64,
}

impl Counts {
    /// Rows turned right, less those turned wrong.
    pub fn net(self) -> i64 {
        self.corrected + self.answered - self.broken
    }
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Counts) {
        self.corrected += other.corrected;
        self.answered += other.answered;
        self.broken += other.broken;
        self.spoiled += other.spoiled;
    }
}

/// The same for every role that the new row could name.
#[derive(Debug, Clone)]
pub struct Nets {
    corrected: Vec<i64>,
    answered: Vec<i64>,
    broken: i64,
    spared: Vec<i64>,
    spoiled: i64,
    spoiled_by: Vec<i64>,
}

impl Nets {
    /// Nothing yet.
    pub fn new(roles: usize) -> Nets {
        let zeros = || vec![0; roles];
        let (corrected, answered, spared, spoiled_by) = (zeros(), zeros(), zeros(), zeros());
        Nets { corrected, answered, broken: 0, spared, spoiled: 0, spoiled_by }
    }

    /// Adds rows.
    #[inline]
    pub fn add(&mut self, effect: Effect, rows: i64) {
        match effect {
            Effect::Correct(role) => self.corrected[usize::from(role)] += rows,
            Effect::Answer(role) => self.answered[usize::from(role)] += rows,
            Effect::Break(role) => {
                self.broken += rows;
                self.spared[usize::from(role)] += rows;
            }
            Effect::Keep(role) => {
                self.spared[usize::from(role)] += rows;
                self.spoiled_by[usize::from(role)] -= rows;
            }
            Effect::Spoil(role) => {
                self.spoiled += rows;
                self.spoiled_by[usize::from(role)] -= rows;
            }
            Effect::SpoilBy(role) => self.spoiled_by[usize::from(role)] += rows,
            Effect::SpareBy(role) => self.spoiled_by[usize::from(role)] -= rows,
        }
    }

    /// What a row that names this role comes to.
    pub fn of(&self, role: u16) -> Counts {
        let role = usize::from(role);
        let (corrected, answered) = (self.corrected[role], self.answered[role]);
        let (broken, spoiled) = (self.broken - self.spared[role], self.spoiled + self.spoiled_by[role]);
        Counts { corrected, answered, broken, spoiled }
    }
}

impl<'a> Weighed<'a> {
    /// The rows of the folds that count.
    pub fn new(groups: &'a Groups, folds: &Folds) -> Weighed<'a> {
        let weigh = |rows: &Rows| -> i64 {
            rows.iter().zip(folds).filter(|(_, counts)| **counts).map(|(rows, _)| i64::from(*rows)).sum()
        };
        Weighed {
            groups,
            rows: groups.rows.iter().map(weigh).collect(),
            entries: groups.entries.iter().map(|(_, rows)| weigh(rows)).collect(),
            parted: groups.parted.iter().map(|parted| weigh(&parted.rows)).collect(),
        }
    }

    /// What a condition comes to, for every role.
    pub fn nets(&self, axes: &[LearnAxis], roles: usize, tests: &[(usize, Tested)]) -> Nets {
        let groups = self.groups;
        let last = last_number(axes);
        let of_last = tests.iter().find(|(axis, _)| Some(*axis) == last).map(|(_, tested)| *tested);
        let mut nets = Nets::new(roles);
        for (at, effect) in groups.effects.iter().enumerate() {
            let holds = |(axis, tested): &(usize, Tested)| {
                Some(*axis) == last || tested.changes(groups.columns[*axis][at], effect.takes_in())
            };
            if !tests.iter().all(holds) {
                continue;
            }
            let rows = match (of_last, last) {
                (Some(Tested::Range(first, until)), Some(last)) => {
                    let (from, to) = (groups.starts[at], groups.starts[at + 1]);
                    let entries = groups.entries[from..to].iter().zip(&self.entries[from..to]);
                    let changed = entries.filter(|((pattern, _), _)| {
                        groups.patterns[last].is_changed(*pattern, (first, until))
                    });
                    changed.map(|(_, rows)| *rows).sum()
                }
                _ => self.rows[at],
            };
            nets.add(*effect, rows);
        }
        for (parted, rows) in groups.parted.iter().zip(&self.parted) {
            if parted.is_changed(tests, axes) {
                nets.add(parted.effect, *rows);
            }
        }
        nets
    }
}
