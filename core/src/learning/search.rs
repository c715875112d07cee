//! The best condition and role, by branch and bound over all of them.
//!
//! Conditions grow by one test at a time, those with fewer tests first. A condition gains at most the rows that it covers
//! and that are wrong and have its role, and a longer condition covers no more of them: where that bound does not exceed
//! the best net found, no longer condition is looked at. This is what was taken from certifiably optimal rule lists
//! (Angelino, Larus-Stone, Alabi, Seltzer, Rudin: JMLR 18, 2018): the bound by what a prefix leaves to be won, and that it
//! holds for all that extends the prefix. The last test of a number is not tried stretch by stretch, but all of them in
//! one sweep (`stretches`).
//!
//! Several threads work on conditions that begin otherwise, in rounds: what a round found is the bound of the next one, so
//! that what is looked at does not hang on how many threads there are.

use super::asked::Asked;
use super::axes::Tested;
use super::candidate::Candidate;
use super::families::{Family, family};
use super::items::Effect;
use super::patterns::Patterns;
use super::side_by_side::side_by_side;
use super::sought::{Found, Sought};
use super::stretches::{self, ByPattern};
use super::weighed::{Counts, Nets, Weighed};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

/// Beginnings of conditions that are gone through before what was found counts for the others.
const ROUND: usize = 32;

/// Searches all conditions and roles.
pub fn search(sought: Sought<'_>, weighed: &Weighed<'_>, asked: &Asked) -> Found {
    let groups = weighed.groups;
    let mut search = Search {
        sought,
        weighed,
        asked,
        patterns: groups.patterns.clone(),
        left: sought.steps,
        best: None,
        depth: 0,
    };
    if matches!(asked, Asked::Shown(_)) {
        search.offer_owner_rows();
    }
    let counts = |effect: Effect| matches!(asked, Asked::Shown(_)) || !effect.is_proof_alone();
    let all = (0..groups.effects.len() as u32).filter(|at| counts(groups.effects[*at as usize]));
    let parted = (0..groups.parted.len() as u32).filter(|at| counts(groups.parted[*at as usize].effect));
    let (all, parted): (Vec<u32>, Vec<u32>) = (all.collect(), parted.collect());
    let mut is_exhaustive = true;
    let mut workers: Vec<Search> = Vec::new();
    for depth in 1..=sought.tests.min(sought.axes.len()) {
        search.depth = depth;
        if depth > 1 && workers.is_empty() {
            workers = vec![search.clone(); sought.threads.max(1)];
        }
        is_exhaustive &= search.deepen(&mut workers, (&all, &parted)).is_ok();
    }
    Found { best: search.best, is_exhaustive }
}

/// The steps ran out.
pub struct Spent;

/// The groups, and the rows that no group holds, that a condition may change.
type Lists<'l> = (&'l [u32], &'l [u32]);

#[derive(Clone)]
struct Search<'a> {
    sought: Sought<'a>,
    weighed: &'a Weighed<'a>,
    asked: &'a Asked,
    patterns: Vec<Patterns>,
    /// Rows that may still be looked at.
    left: u64,
    best: Option<Candidate>,
    /// How many tests the conditions have that are looked at.
    depth: usize,
}

impl Search<'_> {
    /// The net that a condition of the present depth must reach to be of interest.
    fn least(&self) -> i64 {
        match &self.best {
            None => 1,
            Some(best) if best.tests.len() < self.depth => best.net + 1,
            // An equal one may be shorter or wider.
            Some(best) => best.net,
        }
    }

    /// The fewest rows that a condition which goes on with these tests must fix.
    fn fewest(&self, chosen: &[(usize, Tested)]) -> i64 {
        let own = match self.asked {
            Asked::Better => 1,
            Asked::Shown(proof) if self.is_ruled(chosen) => {
                proof.fewest(Family::RuleCuts).min(proof.fewest(Family::Any))
            }
            Asked::Shown(proof) => proof.fewest(Family::Any),
        };
        own.max(self.least())
    }

    fn is_ruled(&self, chosen: &[(usize, Tested)]) -> bool {
        chosen.iter().all(|(axis, tested)| self.sought.axes[*axis].is_ruled(*tested))
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

    /// Looks at the conditions under which owner rows in use decide.
    fn offer_owner_rows(&mut self) {
        let Sought { axes, roles, owner_rows, .. } = self.sought;
        for tests in owner_rows {
            let nets = self.weighed.nets(axes, roles, tests);
            (0..roles as u16).for_each(|role| self.offer(nets.of(role), role, tests));
        }
    }

    /// Looks at all conditions of the present depth.
    fn deepen(&mut self, workers: &mut [Self], lists: Lists<'_>) -> Result<(), Spent> {
        let before = (self.left, self.best.clone());
        if workers.is_empty() || self.in_rounds(workers, lists).is_err() {
            // Where the steps run out, what was found must not hang on which thread was faster.
            (self.left, self.best) = before;
            return self.grow(0, &mut Vec::new(), lists);
        }
        Ok(())
    }

    /// The same by several threads, each with conditions that begin otherwise.
    fn in_rounds(&mut self, workers: &mut [Self], lists: Lists<'_>) -> Result<(), Spent> {
        if self.alive(&[], lists)?.is_empty() {
            return Ok(());
        }
        let axes = 0..=self.sought.axes.len() - self.depth;
        let mut beginnings = axes.flat_map(|axis| {
            self.sought.axes[axis].all_tests().into_iter().map(move |tested| (axis, tested))
        });
        loop {
            let round: Vec<(usize, Tested)> = beginnings.by_ref().take(ROUND).collect();
            if round.is_empty() {
                return Ok(());
            }
            let (allowed, spent) = (self.left, AtomicU64::new(0));
            let (depth, best) = (self.depth, &self.best);
            let found = Mutex::new(Vec::new());
            side_by_side(workers, &round, |worker, beginning| {
                // One task knows of no other in its round.
                (worker.depth, worker.best) = (depth, best.clone());
                let left = allowed.saturating_sub(spent.load(Ordering::Relaxed));
                worker.left = left;
                let ended = worker.branch(*beginning, &mut Vec::new(), lists);
                let own = if ended.is_ok() { left - worker.left } else { allowed + 1 };
                spent.fetch_add(own, Ordering::Relaxed);
                found.lock().unwrap_or_else(PoisonError::into_inner).extend(worker.best.take());
            });
            self.left = allowed.checked_sub(spent.into_inner()).ok_or(Spent)?;
            for candidate in found.into_inner().unwrap_or_else(PoisonError::into_inner) {
                self.keep(candidate);
            }
        }
    }

    /// Looks at all conditions that have the tests chosen, and go on with axes from `start`.
    fn grow(
        &mut self,
        start: usize,
        chosen: &mut Vec<(usize, Tested)>,
        lists: Lists<'_>,
    ) -> Result<(), Spent> {
        let alive = self.alive(chosen, lists)?;
        if alive.is_empty() {
            return Ok(());
        }
        let missing = self.depth - chosen.len();
        for axis in start..=self.sought.axes.len() - missing {
            if missing > 1 {
                for tested in self.sought.axes[axis].all_tests() {
                    self.branch((axis, tested), chosen, lists)?;
                }
            } else if self.sought.axes[axis].is_number() {
                self.sweep(axis, chosen, lists, &alive)?;
            } else {
                self.names(axis, chosen, lists, &alive)?;
            }
        }
        Ok(())
    }

    /// The roles with which a condition that goes on with these tests can still be what is sought.
    fn alive(&mut self, chosen: &[(usize, Tested)], (groups, parted): Lists<'_>) -> Result<Vec<u16>, Spent> {
        self.spend(groups.len() + parted.len())?;
        let Weighed { groups: all, rows, parted: parted_rows, .. } = self.weighed;
        let mut gains = vec![0_i64; self.sought.roles];
        for at in groups.iter().map(|at| *at as usize) {
            if let Some(role) = all.effects[at].fixed_by() {
                gains[usize::from(role)] += rows[at];
            }
        }
        for at in parted.iter().map(|at| *at as usize) {
            if let Some(role) = all.parted[at].effect.fixed_by() {
                gains[usize::from(role)] += parted_rows[at];
            }
        }
        let fewest = self.fewest(chosen);
        Ok((0..gains.len() as u16).filter(|role| gains[usize::from(*role)] >= fewest).collect())
    }

    /// Takes a test, and goes on.
    fn branch(
        &mut self,
        (axis, tested): (usize, Tested),
        chosen: &mut Vec<(usize, Tested)>,
        (groups, parted): Lists<'_>,
    ) -> Result<(), Spent> {
        self.spend(groups.len() + parted.len())?;
        let (axes, all) = (self.sought.axes, self.weighed.groups);
        chosen.push((axis, tested));
        let column = &all.columns[axis];
        let holds = |at: &u32| tested.changes(column[*at as usize], all.effects[*at as usize].takes_in());
        let groups: Vec<u32> = groups.iter().copied().filter(holds).collect();
        let is_changed = |at: &u32| all.parted[*at as usize].is_changed(chosen, axes);
        let parted: Vec<u32> = parted.iter().copied().filter(is_changed).collect();
        let grown = self.grow(axis + 1, chosen, (&groups, &parted));
        chosen.pop();
        grown
    }

    /// Every last test of an axis with named values.
    fn names(
        &mut self,
        axis: usize,
        chosen: &mut Vec<(usize, Tested)>,
        (groups, parted): Lists<'_>,
        alive: &[u16],
    ) -> Result<(), Spent> {
        self.spend(groups.len())?;
        let Sought { axes, roles, .. } = self.sought;
        let all = self.weighed.groups;
        // What is said of it is the same in many groups.
        let mut said: Vec<((u64, bool), Nets)> = Vec::new();
        for at in groups.iter().map(|at| *at as usize) {
            let own = (all.columns[axis][at], all.effects[at].takes_in());
            let place = said.iter().position(|(known, _)| *known == own).unwrap_or_else(|| {
                said.push((own, Nets::new(roles)));
                said.len() - 1
            });
            said[place].1.add(all.effects[at], self.weighed.rows[at]);
        }
        for tested in axes[axis].named_tests() {
            self.spend(parted.len())?;
            chosen.push((axis, tested));
            let mut nets = Nets::new(roles);
            for at in parted.iter().map(|at| *at as usize) {
                if all.parted[at].is_changed(chosen, axes) {
                    nets.add(all.parted[at].effect, self.weighed.parted[at]);
                }
            }
            for role in alive {
                let mut counts = nets.of(*role);
                for ((said, takes_in), own) in &said {
                    if tested.changes(*said, *takes_in) {
                        counts += own.of(*role);
                    }
                }
                self.offer(counts, *role, chosen);
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
        (groups, parted): Lists<'_>,
        alive: &[u16],
    ) -> Result<(), Spent> {
        let Sought { axes, roles, .. } = self.sought;
        let looked_at = ByPattern::looked_at(self.weighed, axis, groups) + 8 * parted.len();
        self.spend(looked_at + alive.len() * axes[axis].count() as usize)?;
        let mut patterns = std::mem::take(&mut self.patterns[axis]);
        let gathered =
            ByPattern::of(self.weighed, &mut patterns, (axes, axis), roles, chosen, (groups, parted));
        let mut result = Ok(());
        for role in alive {
            let steps = gathered.steps(*role, &patterns);
            let stretches = match self.asked {
                Asked::Better => stretches::best(&axes[axis], &steps, self.least()),
                Asked::Shown(proof) => {
                    let is_ruled = self.is_ruled(chosen);
                    let least = self.least();
                    let wanted = stretches::Wanted { proof, is_ruled, least, left: &mut self.left };
                    let (found, is_all) = stretches::shown(&axes[axis], &steps, wanted);
                    result = if is_all { result } else { Err(Spent) };
                    found
                }
            };
            for (tested, counts) in stretches {
                chosen.push((axis, tested));
                self.offer(counts, *role, chosen);
                chosen.pop();
            }
        }
        patterns.forget_beyond(&self.weighed.groups.patterns[axis]);
        self.patterns[axis] = patterns;
        result
    }

    fn offer(&mut self, counts: Counts, role: u16, tests: &[(usize, Tested)]) {
        let net = counts.net();
        if net < self.least() {
            return;
        }
        if let Asked::Shown(proof) = self.asked
            && !proof.allows(family(self.sought.axes, self.sought.owner_rows, tests), counts)
        {
            return;
        }
        self.keep(Candidate { net, role, tests: tests.to_vec() });
    }

    fn keep(&mut self, candidate: Candidate) {
        if self.best.as_ref().is_none_or(|best| candidate.is_better(best, self.sought.axes)) {
            self.best = Some(candidate);
        }
    }
}
