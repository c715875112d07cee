//! The best condition and role, by branch and bound over all of them.
//!
//! Conditions grow by one test at a time, those with fewer tests first. A condition gains at most the rows that it covers
//! and that are wrong and have its role, and a longer condition covers no more of them: where that bound does not exceed
//! the best net found, no longer condition is looked at. This is what was taken from certifiably optimal rule lists
//! (Angelino, Larus-Stone, Alabi, Seltzer, Rudin: JMLR 18, 2018): the bound by what a prefix leaves to be won, and that it
//! holds for all that extends the prefix. The last test of a number is not tried stretch by stretch, but all of them in
//! one sweep.

use std::collections::HashMap;

use super::asked::Asked;
use super::axes::{ABSENT_NUMBER, LearnAxis, Tested, ends};
use super::candidate::Candidate;
use super::held_out::Folds;
use super::items::{Effect, FOLDS, Items, Parted};
use super::parted_steps::{Key, PartedSteps};
use super::sweep::{self, Step};

/// What a search came to.
#[derive(Debug, Clone)]
pub struct Found {
    /// The best, if any turns more rows right than wrong.
    pub best: Option<Candidate>,
    /// Whether all was searched; if not, the steps ran out.
    pub is_exhaustive: bool,
}

/// Searches all conditions of at most `tests` facts; `meanings` are the roles of each actual owner, as places among those
/// that could be named, and `steps` bounds the rows looked at.
pub fn search(
    items: &Items,
    axes: &[LearnAxis],
    (roles, meanings): (usize, &[Vec<u16>]),
    folds: &Folds,
    (tests, steps): (usize, u64),
    asked: Asked,
) -> Found {
    let weigh = |rows: &[u32; FOLDS]| -> i64 {
        rows.iter().zip(folds).filter(|(_, counts)| **counts).map(|(rows, _)| i64::from(*rows)).sum()
    };
    let mut search = Search {
        items,
        axes,
        roles,
        meanings,
        rows: items.rows.iter().map(weigh).collect(),
        parted: items.parted.iter().map(|parted| weigh(&parted.rows)).collect(),
        steps: PartedSteps::default(),
        left: steps,
        best: None,
        depth: 0,
        asked,
        fewest: asked.fewest(),
    };
    let simple: Vec<u32> = (0..items.effects.len() as u32).collect();
    let parted: Vec<u32> = (0..items.parted.len() as u32).collect();
    let mut is_exhaustive = true;
    for depth in 1..=tests.min(axes.len()) {
        search.depth = depth;
        is_exhaustive &= search.grow(0, &mut Vec::new(), (&simple, &parted)).is_ok();
    }
    Found { best: search.best, is_exhaustive }
}

/// The steps ran out.
struct Spent;

struct Search<'a> {
    items: &'a Items,
    axes: &'a [LearnAxis],
    roles: usize,
    meanings: &'a [Vec<u16>],
    /// What the rows of each item weigh.
    rows: Vec<i64>,
    parted: Vec<i64>,
    steps: PartedSteps,
    /// Rows that may still be looked at.
    left: u64,
    best: Option<Candidate>,
    /// How many tests the conditions have that are looked at.
    depth: usize,
    asked: Asked,
    /// The fewest rows that must be fixed.
    fewest: i64,
}

/// Net changes by role, from gains of each and losses of all.
struct Nets {
    gains: Vec<i64>,
    all: i64,
    spared: Vec<i64>,
}

impl Nets {
    fn new(roles: usize) -> Nets {
        Nets { gains: vec![0; roles], all: 0, spared: vec![0; roles] }
    }

    #[inline]
    fn add(&mut self, effect: Effect, rows: i64, meanings: &[Vec<u16>]) {
        match effect {
            Effect::Gain(role) => self.gains[role as usize] += rows,
            Effect::Loss(actual) => {
                self.all += rows;
                for role in &meanings[actual as usize] {
                    self.spared[*role as usize] += rows;
                }
            }
        }
    }

    fn losses(&self, role: usize) -> i64 {
        self.all - self.spared[role]
    }
}

type Lists<'l> = (&'l [u32], &'l [u32]);

impl Search<'_> {
    /// The net that a condition of the present depth must reach to be of interest.
    fn least(&self) -> i64 {
        match &self.best {
            None => 1,
            Some(best) if best.tests.len() < self.depth => best.net + 1,
            // An equal one may be wider.
            Some(best) => best.net,
        }
    }

    fn spend(&mut self, rows: usize) -> Result<(), Spent> {
        match self.left.checked_sub(rows as u64 + 1) {
            Some(left) => {
                self.left = left;
                Ok(())
            }
            None => Err(Spent),
        }
    }

    /// Looks at all conditions that have the tests chosen, and go on with axes from `start`.
    fn grow(
        &mut self,
        start: usize,
        chosen: &mut Vec<(usize, Tested)>,
        (simple, parted): Lists<'_>,
    ) -> Result<(), Spent> {
        self.spend(simple.len() + parted.len())?;
        let mut gains = vec![0_i64; self.roles];
        for (at, effect) in simple.iter().map(|at| (*at, self.items.effects[*at as usize])) {
            if let Effect::Gain(role) = effect {
                gains[role as usize] += self.rows[at as usize];
            }
        }
        for at in parted {
            if let Effect::Gain(role) = self.items.parted[*at as usize].effect {
                gains[role as usize] += self.parted[*at as usize];
            }
        }
        let least = self.least().max(self.fewest);
        let alive: Vec<u16> = (0..self.roles as u16).filter(|role| gains[*role as usize] >= least).collect();
        if alive.is_empty() {
            return Ok(());
        }
        let missing = self.depth - chosen.len();
        for axis in start..=self.axes.len() - missing {
            if missing > 1 {
                self.branch(axis, chosen, (simple, parted))?;
            } else if self.axes[axis].is_number() {
                self.sweep(axis, chosen, (simple, parted), &alive)?;
            } else {
                self.names(axis, chosen, (simple, parted), &alive)?;
            }
        }
        Ok(())
    }

    /// Tries every test of an axis, and goes on.
    fn branch(
        &mut self,
        axis: usize,
        chosen: &mut Vec<(usize, Tested)>,
        (simple, parted): Lists<'_>,
    ) -> Result<(), Spent> {
        for tested in self.axes[axis].all_tests() {
            self.spend(simple.len() + parted.len())?;
            chosen.push((axis, tested));
            let column = &self.items.columns[axis];
            let holds = |at: &u32| match self.items.effects[*at as usize] {
                Effect::Gain(_) => tested.holds_throughout(column[*at as usize]),
                Effect::Loss(_) => tested.holds_somewhere(column[*at as usize]),
            };
            let simple: Vec<u32> = simple.iter().copied().filter(holds).collect();
            let is_changed = |at: &u32| self.items.parted[*at as usize].is_changed(chosen, self.axes);
            let parted: Vec<u32> = parted.iter().copied().filter(is_changed).collect();
            let grown = self.grow(axis + 1, chosen, (&simple, &parted));
            chosen.pop();
            grown?;
        }
        Ok(())
    }

    /// Every last test of an axis with named values.
    fn names(
        &mut self,
        axis: usize,
        chosen: &mut Vec<(usize, Tested)>,
        (simple, parted): Lists<'_>,
        alive: &[u16],
    ) -> Result<(), Spent> {
        self.spend(simple.len())?;
        // What is said of it is the same in many rows.
        let mut said: Vec<(u64, [Nets; 2])> = Vec::new();
        for at in simple {
            let (own, effect) = (self.items.columns[axis][*at as usize], self.items.effects[*at as usize]);
            let place = said.iter().position(|(known, _)| *known == own).unwrap_or_else(|| {
                said.push((own, [Nets::new(self.roles), Nets::new(self.roles)]));
                said.len() - 1
            });
            let kind = usize::from(matches!(effect, Effect::Loss(_)));
            said[place].1[kind].add(effect, self.rows[*at as usize], self.meanings);
        }
        for tested in self.axes[axis].named_tests() {
            self.spend(parted.len())?;
            chosen.push((axis, tested));
            let mut nets = Nets::new(self.roles);
            for at in parted {
                let Parted { effect, .. } = &self.items.parted[*at as usize];
                if self.items.parted[*at as usize].is_changed(chosen, self.axes) {
                    nets.add(*effect, self.parted[*at as usize], self.meanings);
                }
            }
            for role in alive {
                let own = *role as usize;
                let (mut fixes, mut breaks) = (nets.gains[own], nets.losses(own));
                for (said, [gains, losses]) in &said {
                    fixes += if tested.holds_throughout(*said) { gains.gains[own] } else { 0 };
                    breaks += if tested.holds_somewhere(*said) { losses.losses(own) } else { 0 };
                }
                self.offer((fixes, breaks), *role, chosen);
            }
            chosen.pop();
        }
        Ok(())
    }

    /// Every last test of a number.
    fn sweep(
        &mut self,
        axis: usize,
        chosen: &mut Vec<(usize, Tested)>,
        (simple, parted): Lists<'_>,
        alive: &[u16],
    ) -> Result<(), Spent> {
        let count = self.axes[axis].count();
        for role in alive {
            self.spend(simple.len() + 8 * parted.len() + count as usize)?;
            let steps = self.steps(axis, chosen, (simple, parted), *role);
            for penalty in self.asked.penalties() {
                let weighed = steps.iter().map(|(step, is_gain)| Step {
                    net: if *is_gain { step.net } else { step.net * penalty },
                    ..*step
                });
                let Some((_, first, last)) = sweep::best(count, weighed.collect()) else { continue };
                let sum = |gains: bool| -> i64 {
                    let own = steps.iter().filter(|(step, is_gain)| {
                        *is_gain == gains && step.last <= last && first <= step.limit
                    });
                    own.map(|(step, _)| step.net).sum()
                };
                chosen.push((axis, Tested::Range(first, last)));
                self.offer((sum(true), -sum(false)), *role, chosen);
                chosen.pop();
            }
        }
        Ok(())
    }

    /// What stretches of a number change, each step with whether it is a gain.
    fn steps(
        &mut self,
        axis: usize,
        chosen: &[(usize, Tested)],
        (simple, parted): Lists<'_>,
        role: u16,
    ) -> Vec<(Step, bool)> {
        let count = self.axes[axis].count();
        let mut points = vec![(0_i64, 0_i64); count as usize];
        let mut steps: Vec<(Step, bool)> = Vec::new();
        for at in simple {
            let rows = self.rows[*at as usize];
            let Some(is_gain) = self.concerns(self.items.effects[*at as usize], role) else { continue };
            let said = self.items.columns[axis][*at as usize];
            if said == ABSENT_NUMBER || rows == 0 {
                continue;
            }
            match ends(said) {
                (low, high) if low == high && is_gain => points[low as usize].0 += rows,
                (low, high) if low == high => points[low as usize].1 -= rows,
                (low, high) if is_gain => steps.push((Step { last: high, limit: low, net: rows }, true)),
                (low, high) => steps.push((Step { last: low, limit: high, net: -rows }, false)),
            }
        }
        let mut groups: HashMap<(Key, bool), i64> = HashMap::new();
        for at in parted {
            let parted = &self.items.parted[*at as usize];
            let Some(is_gain) = self.concerns(parted.effect, role) else { continue };
            let key = PartedSteps::key(parted, axis, chosen, self.axes);
            *groups.entry((key, is_gain)).or_insert(0) += self.parted[*at as usize];
        }
        for ((key, is_gain), rows) in groups.into_iter().filter(|(_, rows)| *rows != 0) {
            let own = self.steps.of(key, &self.axes[axis]);
            let rows = if is_gain { rows } else { -rows };
            steps.extend(own.iter().map(|step| (Step { net: step.net * rows, ..*step }, is_gain)));
        }
        for (at, (gains, losses)) in points.into_iter().enumerate() {
            let step = |net: i64| Step { last: at as u32, limit: at as u32, net };
            steps.extend((gains != 0).then(|| (step(gains), true)));
            steps.extend((losses != 0).then(|| (step(losses), false)));
        }
        steps
    }

    /// Whether rows with this effect gain or lose by a row that names this role, if they do either.
    fn concerns(&self, effect: Effect, role: u16) -> Option<bool> {
        match effect {
            Effect::Gain(own) => (own == role).then_some(true),
            Effect::Loss(actual) => (!self.meanings[actual as usize].contains(&role)).then_some(false),
        }
    }

    fn offer(&mut self, (fixes, breaks): (i64, i64), role: u16, tests: &[(usize, Tested)]) {
        let net = fixes - breaks;
        if net < self.least() || !self.asked.allows(fixes, breaks) {
            return;
        }
        let candidate = Candidate { net, role, tests: tests.to_vec() };
        if self.best.as_ref().is_none_or(|best| candidate.is_better(best, self.axes)) {
            self.best = Some(candidate);
        }
    }
}
