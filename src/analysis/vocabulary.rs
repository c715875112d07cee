//! What regions are about: the facts of the axes, so that regions can be written as conditions and as profiles.

use serde_json::{Map, Value as Json};

use crate::ruleset::{Fact, Ruleset, Stretch, Test, Value, write_extent, write_names};
use crate::space::cells::{Budget, Rows, holes};
use crate::space::{Boxed, Classes, Extent, Frame, OutOfBudget, Region, Space, merge};
use crate::words;
use std::ops::ControlFlow;

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
    /// As few and as short conditions as it takes to say exactly these states; the regions given are settled.
    pub fn simplify(&self, regions: &[Region], budget: &mut Budget) -> Vec<Region> {
        let frame = Frame::everything(self.space);
        match frame.rest(&self.space.states(), regions, budget) {
            Ok(rest) => {
                let own = regions.iter().map(|region| (region.clone(), 0));
                let classes =
                    Classes::new(&frame, own.chain(rest.into_iter().map(|rest| (rest, 1))).collect());
                classes.conditions(0, budget)
            }
            // A settled region in which each fact applies throughout or nowhere says by itself which states it is.
            Err(_) => {
                let conditional: Vec<usize> =
                    (0..self.space.axes.len()).filter(|at| self.space.axes[*at].is_conditional()).collect();
                merge(regions.iter().flat_map(|region| self.space.determine(region, &conditional)).collect())
            }
        }
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

    /// A region as one clause, in the ruleset's words, owner and contact included where it narrows them; empty for all
    /// states. `titles` are those of the roles.
    pub fn in_words(&self, region: &Region, titles: &[&str]) -> String {
        let test = |at: usize, own: Extent| {
            let line = &self.space.axes[at];
            match line.is_ordered() {
                true => {
                    let stretch = |(first, last): &(u32, u32)| Stretch {
                        first: line.bounds(*first).0,
                        last: line.bounds(*last).1,
                    };
                    Test::Numbers(own.without_absent().stretches().iter().map(stretch).collect())
                }
                false => Test::Named((0..line.count()).map(|atom| own.holds(atom)).collect()),
            }
        };
        let narrowed = self.facts.iter().enumerate().filter(|(at, _)| {
            let own = region.on(*at);
            own != self.space.axes[*at].all() && !own.without_absent().is_empty()
        });
        let facts = narrowed.map(|(at, fact)| words::clause_of(fact, &test(at, region.on(at))));
        let named = [(self.facts.len(), "owner"), (self.facts.len() + 1, "contact")];
        let roles = named.into_iter().filter_map(|(at, name)| {
            let (line, own) = (&self.space.axes[at], region.on(at));
            let accepted: Vec<bool> = (0..titles.len() as u32).map(|atom| own.holds(atom)).collect();
            (own != line.all()).then(|| words::clause_of_role(name, titles, &accepted))
        });
        words::joined(facts.chain(roles))
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
