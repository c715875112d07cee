//! The last test of a condition, where it is one of a number: what every stretch of it comes to.

use std::ops::ControlFlow;

use super::axes::{LearnAxis, Tested};
use super::families::{Family, Proof};
use super::groups::last_number;
use super::items::Effect;
use super::parted_steps::Key;
use super::patterns::Patterns;
use super::sweep::{self, Least, Step};
use super::weighed::{Counts, Weighed};

/// What rows that the other tests of a condition let through would do, by the pattern of the number.
pub struct ByPattern {
    /// By role, then by pattern.
    corrected: Vec<Vec<i64>>,
    answered: Vec<Vec<i64>>,
    broken: Vec<i64>,
    spared: Vec<Vec<i64>>,
    spoiled: Vec<i64>,
    spoiled_by: Vec<Vec<i64>>,
}

impl ByPattern {
    /// How many rows [`ByPattern::of`] looks at.
    pub fn looked_at(weighed: &Weighed<'_>, axis: usize, groups: &[u32]) -> usize {
        let starts = &weighed.groups.starts;
        if axis + 1 < weighed.groups.columns.len() {
            return groups.len();
        }
        groups.iter().map(|at| starts[*at as usize + 1] - starts[*at as usize]).sum()
    }

    /// Gathers it, for a test of one axis beside those chosen.
    pub fn of(
        weighed: &Weighed<'_>,
        patterns: &mut Patterns,
        (axes, axis): (&[LearnAxis], usize),
        roles: usize,
        chosen: &[(usize, Tested)],
        (groups, parted): (&[u32], &[u32]),
    ) -> ByPattern {
        let all = weighed.groups;
        let keys: Vec<(Option<u32>, usize)> = parted
            .iter()
            .map(|at| {
                let key = Key::of(&all.parted[*at as usize], axis, chosen, axes);
                (patterns.of_key(key, &axes[axis]), *at as usize)
            })
            .collect();
        let count = patterns.count();
        let by_role = || vec![vec![0_i64; count]; roles];
        let mut found = ByPattern {
            corrected: by_role(),
            answered: by_role(),
            broken: vec![0; count],
            spared: by_role(),
            spoiled: vec![0; count],
            spoiled_by: by_role(),
        };
        for at in groups.iter().map(|at| *at as usize) {
            let mut add = |pattern: u32, rows: i64| found.add(all.effects[at], pattern, rows);
            if Some(axis) == last_number(axes) {
                let range = all.starts[at]..all.starts[at + 1];
                let entries = all.entries[range.clone()].iter().zip(&weighed.entries[range]);
                entries.for_each(|((pattern, _), rows)| add(*pattern, *rows));
            } else if let Some(pattern) = all.places[axis][at] {
                add(pattern, weighed.rows[at]);
            }
        }
        for (pattern, at) in keys {
            if let Some(pattern) = pattern {
                found.add(all.parted[at].effect, pattern, weighed.parted[at]);
            }
        }
        found
    }

    #[inline]
    fn add(&mut self, effect: Effect, pattern: u32, rows: i64) {
        let pattern = pattern as usize;
        match effect {
            Effect::Correct(role) => self.corrected[usize::from(role)][pattern] += rows,
            Effect::Answer(role) => self.answered[usize::from(role)][pattern] += rows,
            Effect::Break(role) => {
                self.broken[pattern] += rows;
                self.spared[usize::from(role)][pattern] += rows;
            }
            Effect::Keep(role) => {
                self.spared[usize::from(role)][pattern] += rows;
                self.spoiled_by[usize::from(role)][pattern] -= rows;
            }
            Effect::Spoil(role) => {
                self.spoiled[pattern] += rows;
                self.spoiled_by[usize::from(role)][pattern] -= rows;
            }
            Effect::SpoilBy(role) => self.spoiled_by[usize::from(role)][pattern] += rows,
            Effect::SpareBy(role) => self.spoiled_by[usize::from(role)][pattern] -= rows,
        }
    }

    /// What stretches of the number change with a role.
    pub fn steps(&self, role: u16, patterns: &Patterns) -> Vec<(Step, Changes)> {
        let role = usize::from(role);
        let mut steps = Vec::new();
        for pattern in 0..self.broken.len() {
            let broken = self.broken[pattern] - self.spared[role][pattern];
            let spoiled = self.spoiled[pattern] + self.spoiled_by[role][pattern];
            for (rows, changes) in [
                (self.corrected[role][pattern], Changes::Corrected),
                (self.answered[role][pattern], Changes::Answered),
                (-broken, Changes::Broken),
                (-spoiled, Changes::Spoiled),
            ] {
                if rows != 0 {
                    let own = patterns.steps(pattern as u32).iter();
                    steps.extend(own.map(|step| (Step { net: step.net * rows, ..*step }, changes)));
                }
            }
        }
        steps
    }
}

/// What a step counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Changes {
    /// Rows that had a wrong owner and turn right.
    Corrected,
    /// Rows that had no owner and turn right.
    Answered,
    /// Rows that turn wrong.
    Broken,
    /// Those of them that have a wrong owner then, and not none.
    Spoiled,
}

/// Which steps count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Counted {
    /// How many more rows are right.
    Net,
    /// What shows that the rules were wrong, with what is spoiled counted so many times.
    Proof(i64),
}

impl Changes {
    /// How often a step counts.
    fn times(self, counted: Counted) -> i64 {
        match (self, counted) {
            (Changes::Corrected, _) | (Changes::Answered | Changes::Broken, Counted::Net) => 1,
            (Changes::Spoiled, Counted::Proof(penalty)) => penalty,
            (Changes::Answered | Changes::Broken, Counted::Proof(_)) | (Changes::Spoiled, Counted::Net) => 0,
        }
    }
}

/// A test of the number with what it comes to.
pub type Stretch = (Tested, Counts);

impl Counts {
    fn add(&mut self, step: &Step, changes: Changes) {
        match changes {
            Changes::Corrected => self.corrected += step.net,
            Changes::Answered => self.answered += step.net,
            Changes::Broken => self.broken -= step.net,
            Changes::Spoiled => self.spoiled -= step.net,
        }
    }
}

/// What a stretch comes to.
fn counts(steps: &[(Step, Changes)], first: u32, last: u32) -> Counts {
    let mut counts = Counts::default();
    let own = steps.iter().filter(|(step, _)| step.last <= last && first <= step.limit);
    own.for_each(|(step, changes)| counts.add(step, *changes));
    counts
}

/// The best stretch by steps that count, and what they come to.
fn counted_best(axis: &LearnAxis, steps: &[(Step, Changes)], counted: Counted) -> Option<(i64, Stretch)> {
    let own = steps.iter().map(|(step, changes)| Step { net: step.net * changes.times(counted), ..*step });
    let (net, first, last) = sweep::best(axis.count(), own.collect())?;
    Some((net, (Tested::Range(first, last), counts(steps, first, last))))
}

/// The best stretch, where it turns at least so many more rows right than wrong.
pub fn best(axis: &LearnAxis, steps: &[(Step, Changes)], least: i64) -> Vec<Stretch> {
    let found = counted_best(axis, steps, Counted::Net).filter(|(net, _)| *net >= least);
    found.map(|(_, stretch)| stretch).into_iter().collect()
}

/// What is wanted of stretches.
pub struct Wanted<'a> {
    /// What they must show.
    pub proof: &'a Proof,
    /// Whether the other tests cut numbers only where the rules do.
    pub is_ruled: bool,
    /// How many more rows they must turn right than wrong.
    pub least: i64,
    /// Rows that may still be looked at.
    pub left: &'a mut u64,
}

/// The best stretches that chance does not explain, equal ones and some worse ones among them, and whether all were
/// looked at.
pub fn shown(axis: &LearnAxis, steps: &[(Step, Changes)], wanted: Wanted<'_>) -> (Vec<Stretch>, bool) {
    let Wanted { proof, is_ruled, least, left } = wanted;
    let mut kept = Kept { proof, least, found: Vec::new() };
    if is_ruled {
        for stretch in ruled(axis, steps) {
            kept.offer(Family::RuleCuts, stretch);
        }
    }
    let fewest = proof.fewest(Family::Any);
    let best = counted_best(axis, steps, Counted::Net).filter(|(net, _)| *net >= kept.least.max(1));
    let Some((_, stretch)) = best else { return (kept.found, true) };
    // The best of all is often shown itself. Where it is not, and even counting what is spoiled more than once leaves less
    // than as many as are needed with all that may be spoiled, no stretch is.
    if kept.offer(Family::Any, stretch) {
        return (kept.found, true);
    }
    let best = counted_best(axis, steps, Counted::Proof(1)).filter(|(net, _)| *net >= fewest);
    let Some((most, _)) = best else { return (kept.found, true) };
    let spoiled = proof.most_spoiled(Family::Any, most);
    for penalty in [2, 4, 8] {
        let Some((net, stretch)) = counted_best(axis, steps, Counted::Proof(penalty)) else { break };
        kept.offer(Family::Any, stretch);
        if net < fewest - (penalty - 1) * spoiled {
            return (kept.found, true);
        }
    }
    let mut both: Vec<(Step, [i64; 2])> = steps
        .iter()
        .map(|(step, changes)| {
            (*step, [Counted::Net, Counted::Proof(1)].map(|counted| changes.times(counted)))
        })
        .collect();
    let asked = |kept: &Kept<'_>| Least { net: kept.least.max(1), proof: fewest };
    let ended = sweep::each(axis.count(), &mut both, asked(&kept), &mut |first, last| {
        let Some(rest) = left.checked_sub(steps.len() as u64) else { return ControlFlow::Break(()) };
        *left = rest;
        kept.offer(Family::Any, (Tested::Range(first, last), counts(steps, first, last)));
        ControlFlow::Continue(asked(&kept))
    });
    (kept.found, ended.is_continue())
}

/// The best stretches so far that chance does not explain.
struct Kept<'a> {
    proof: &'a Proof,
    least: i64,
    found: Vec<Stretch>,
}

impl Kept<'_> {
    /// Keeps a stretch if it is as good as those before and shown; says whether it is.
    fn offer(&mut self, family: Family, stretch: Stretch) -> bool {
        let is_kept = stretch.1.net() >= self.least && self.proof.allows(family, stretch.1);
        if is_kept {
            self.least = stretch.1.net();
            self.found.push(stretch);
        }
        is_kept
    }
}

/// Every stretch that begins and ends where the rules cut the number.
fn ruled(axis: &LearnAxis, steps: &[(Step, Changes)]) -> Vec<Stretch> {
    let starts: Vec<u32> = (0..axis.count()).filter(|at| axis.ruled[*at as usize]).collect();
    let ends: Vec<u32> =
        starts.iter().skip(1).map(|start| start - 1).chain(axis.count().checked_sub(1)).collect();
    let count = starts.len();
    // What begins to count with the last end, and up to the first start.
    let mut changed = vec![Counts::default(); count * count];
    for (step, changes) in steps {
        let first = starts.partition_point(|start| *start <= step.limit);
        let last = ends.partition_point(|end| *end < step.last);
        if let Some(first) = first.checked_sub(1).filter(|_| last < count) {
            changed[first * count + last].add(step, *changes);
        }
    }
    let mut found = Vec::new();
    let mut below = vec![Counts::default(); count];
    for first in (0..count).rev() {
        let mut sum = Counts::default();
        for last in 0..count {
            sum += changed[first * count + last];
            below[last] += sum;
            if first <= last {
                found.push((Tested::Range(starts[first], ends[last]), below[last]));
            }
        }
    }
    found
}
