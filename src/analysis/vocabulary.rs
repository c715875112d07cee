//! What regions are about: the facts of the axes, so that regions can be written as conditions and as profiles.

use serde_json::{Map, Value as Json};

use crate::ruleset::{Fact, Ruleset, Value, write_extent, write_names};
use crate::space::cells::{Budget, Rows, holes};
use crate::space::{Boxed, Extent, OutOfBudget, Region, Space, merge};
use std::ops::ControlFlow;

/// Above this many regions conditions are exact but not made shorter.
const WIDENED: usize = 400;

/// The axes of a space and what they stand for.
#[derive(Clone, Copy)]
pub struct Vocabulary<'a> {
    /// The space; two axes for owner and contact follow those of the facts.
    pub space: &'a Space,
    /// The fact of each axis but the last two.
    pub facts: &'a [&'a Fact],
    /// The ids of the roles; the axes of owner and contact have one atom more, for nobody.
    pub roles: &'a [&'a str],
}

/// The facts of a ruleset's axes, and its roles, for a [`Vocabulary`].
pub fn names(ruleset: &Ruleset) -> (Vec<&Fact>, Vec<&str>) {
    let facts = ruleset.compiled().facts.iter().map(|fact| ruleset.fact(*fact)).collect();
    (facts, ruleset.roles().iter().map(|role| role.id.as_str()).collect())
}

impl Vocabulary<'_> {
    /// As few and as wide regions as it takes to say exactly these states; the regions given are settled.
    ///
    /// # Errors
    /// When the budget is spent.
    pub fn simplify(&self, regions: &[Region], budget: &mut Budget) -> Result<Vec<Region>, OutOfBudget> {
        let conditional: Vec<usize> =
            (0..self.space.axes.len()).filter(|axis| self.space.axes[*axis].is_conditional()).collect();
        let parts: Vec<Region> =
            regions.iter().flat_map(|region| self.space.determine(region, &conditional)).collect();
        let parts = merge(parts);
        let boxed: Vec<Boxed> = parts.iter().map(|region| Boxed { region: region.clone(), row: 0 }).collect();
        let mut wide: Vec<Region> = parts.iter().map(|part| self.unbound(part)).collect();
        if parts.len() > WIDENED {
            wide.dedup();
            return Ok(wide);
        }
        for region in &mut wide {
            for axis in 0..self.space.axes.len() {
                self.widen(region, axis, &boxed, budget)?;
            }
        }
        Ok(irredundant(wide, &parts))
    }

    /// A region that says nothing of facts that do not apply in it, or apply with any value: what they require, which
    /// a settled region says, says it already.
    fn unbound(&self, region: &Region) -> Region {
        let mut free = region.clone();
        for (at, axis) in self.space.axes.iter().enumerate() {
            let own = region.on(at).without_absent();
            if axis.is_conditional() && (own.is_empty() || own == axis.values()) {
                free.set(at, axis.all());
            }
        }
        free
    }

    /// Widens a region along an axis as far as it stays within the states of `boxed`.
    fn widen(
        &self,
        region: &mut Region,
        axis: usize,
        boxed: &[Boxed],
        budget: &mut Budget,
    ) -> Result<(), OutOfBudget> {
        let line = &self.space.axes[axis];
        let own = region.on(axis);
        if own == line.all() {
            return Ok(());
        }
        let whole = region.with(axis, line.all());
        if self.within(&whole, boxed, budget)? {
            *region = whole;
            return Ok(());
        }
        let others = boxed
            .iter()
            .map(|other| other.region.on(axis).without_absent())
            .filter(|other| !other.is_empty());
        let mut candidates: Vec<Extent> = others.filter_map(|other| own.join(other)).collect();
        candidates.sort_unstable();
        candidates.dedup();
        for candidate in candidates {
            let Some(wider) = region.on(axis).join(candidate).filter(|wider| *wider != region.on(axis))
            else {
                continue;
            };
            let wider = region.with(axis, wider);
            if self.within(&wider, boxed, budget)? {
                *region = wider;
            }
        }
        Ok(())
    }

    /// Whether every state of a region is one of `boxed`.
    ///
    /// # Errors
    /// When the budget is spent.
    pub fn within(&self, region: &Region, boxed: &[Boxed], budget: &mut Budget) -> Result<bool, OutOfBudget> {
        let live: Vec<u32> = (0..boxed.len() as u32).collect();
        let rows = Rows { space: self.space, boxed };
        for settled in self.space.settle(region.clone()) {
            if holes(rows, &live, &settled, budget, &mut |_| ControlFlow::Break(()))?.is_break() {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// A region as a condition in rule syntax, owner and contact included where it narrows them.
    pub fn condition(&self, region: &Region) -> Map<String, Json> {
        let mut condition = Map::new();
        for (at, fact) in self.facts.iter().enumerate() {
            let (line, own) = (&self.space.axes[at], region.on(at));
            if own != line.all() && !own.without_absent().is_empty() {
                condition.insert(fact.name.clone(), write_extent(fact, line, own, line.all()));
            }
        }
        for (at, name) in [(self.facts.len(), "owner"), (self.facts.len() + 1, "contact")] {
            let (line, own) = (&self.space.axes[at], region.on(at));
            if own != line.all() {
                condition.insert(name.to_owned(), write_names(self.roles, own, line.none()));
            }
        }
        condition
    }

    /// The smallest state of a region: the first atom of each fact, none where the fact does not apply.
    pub fn point(&self, region: &Region) -> Vec<u32> {
        let mut rest = region.clone();
        for at in 0..self.facts.len() {
            let own = rest.on(at);
            let first = own.ends().map_or(own, |(first, _)| own.stretch(first, first));
            let settled = self.space.settle(rest.with(at, first));
            if let Some(narrowed) = settled.into_iter().next() {
                rest = narrowed;
            }
        }
        (0..self.facts.len())
            .map(|at| rest.on(at).ends().map_or(crate::space::ABSENT, |(first, _)| first))
            .collect()
    }

    /// The region of a profile that gives the facts named by `kept` as in `point`.
    pub fn pinned(&self, point: &[u32], kept: &[bool]) -> Region {
        let mut region = self.space.all();
        for (at, atom) in point.iter().enumerate() {
            if kept[at] && *atom != crate::space::ABSENT {
                region.set(at, self.space.axes[at].only(*atom));
            }
        }
        region
    }

    /// The fewest facts of a state with which `holds` is still true of all states that agree: a smallest profile, in
    /// that none of its facts can be left out.
    ///
    /// # Errors
    /// What `holds` says.
    pub fn smallest_profile(
        &self,
        point: &[u32],
        mut holds: impl FnMut(&Region) -> Result<bool, OutOfBudget>,
    ) -> Result<Map<String, Json>, OutOfBudget> {
        let mut kept: Vec<bool> = point.iter().map(|atom| *atom != crate::space::ABSENT).collect();
        for at in (0..kept.len()).rev().filter(|at| point[*at] != crate::space::ABSENT) {
            kept[at] = false;
            let mut all = true;
            for settled in self.space.settle(self.pinned(point, &kept)) {
                all = all && holds(&settled)?;
            }
            kept[at] = !all;
        }
        Ok(self.profile(point, &kept))
    }

    /// The facts of a state named by `kept`, as a profile; a number is the smallest of its atom.
    pub fn profile(&self, point: &[u32], kept: &[bool]) -> Map<String, Json> {
        let given = (0..point.len()).filter(|at| kept[*at]);
        given
            .map(|at| (self.facts[at].name.clone(), self.value(at, point[at]).to_json(self.facts[at])))
            .collect()
    }

    /// The value that stands for an atom.
    pub fn value(&self, axis: usize, atom: u32) -> Value {
        let line = &self.space.axes[axis];
        match line.is_ordered() {
            true => Value::Number(line.bounds(atom).0),
            false => Value::Named(atom),
        }
    }
}

/// As few of the wide regions as take in all parts: the one that takes in most first, and none that adds nothing.
fn irredundant(mut wide: Vec<Region>, parts: &[Region]) -> Vec<Region> {
    let mut left: Vec<&Region> = parts.iter().collect();
    let mut kept: Vec<Region> = Vec::new();
    while !left.is_empty() {
        let covers = |region: &Region| left.iter().filter(|part| part.within(region)).count();
        let Some(best) = (0..wide.len()).max_by_key(|at| (covers(&wide[*at]), usize::MAX - at)) else {
            break;
        };
        let best = wide.remove(best);
        left.retain(|part| !part.within(&best));
        kept.push(best);
    }
    let mut at = 0;
    while at < kept.len() {
        let needless = parts
            .iter()
            .all(|part| kept.iter().enumerate().any(|(other, region)| other != at && part.within(region)));
        if needless {
            kept.remove(at);
        } else {
            at += 1;
        }
    }
    kept
}
