//! Sets of states as conditions, few and short.
//!
//! Each region is widened, axis by axis, as far as no state of another outcome comes in; regions that others then cover
//! fall away. It is the "expand" and "irredundant" of two-level logic minimization (Brayton et al., "Logic Minimization
//! Algorithms for VLSI Synthesis", 1984), with combinations that are no states as what does not matter.

use crate::ruleset::{Compiled, FactId, Kind, Ruleset, Stretch, Test};
use crate::space::{Extent, Region};

/// Tests of facts that must all hold; without any, it holds in any case.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Conjunction {
    /// The tests, one a fact, in the order of the facts.
    pub tests: Vec<(FactId, Test)>,
}

/// Above this many regions conditions are exact but not made shorter.
const WIDENED: usize = 1_500;

/// The frame that conditions are read in: all the states that they tell apart.
pub struct Frame<'a> {
    ruleset: &'a Ruleset,
    /// What each axis can be in some state.
    full: Vec<Extent>,
    /// The first and last number of each axis, where a band is narrower than its atoms.
    bounds: Vec<Option<(u64, u64)>>,
}

impl<'a> Frame<'a> {
    /// The frame of these states; `bounds` gives, by axis, the numbers a band goes from and to.
    pub fn new(ruleset: &'a Ruleset, states: &[Region], bounds: Vec<Option<(u64, u64)>>) -> Frame<'a> {
        let axes = ruleset.compiled().facts.len();
        let union = |axis: usize| {
            let none = ruleset.compiled().space.axes[axis].none();
            states.iter().map(|region| region.on(axis)).fold(none, span)
        };
        Frame { ruleset, full: (0..axes).map(union).collect(), bounds }
    }

    fn compiled(&self) -> &'a Compiled {
        self.ruleset.compiled()
    }

    /// The conditional axes on which some region is neither whole nor without.
    fn conditional(&self, regions: &[&Region]) -> Vec<usize> {
        let axes = &self.compiled().space.axes;
        let partial = |axis: &usize| regions.iter().any(|region| region.on(*axis) != self.full[*axis]);
        (0..self.full.len()).filter(|axis| axes[*axis].is_conditional()).filter(partial).collect()
    }

    /// Regions in which each fact that matters applies throughout or not at all, beside what they belong to.
    pub fn determined<Of: Copy>(&self, regions: &[(&Region, Of)]) -> Vec<(Region, Of)> {
        let plain: Vec<&Region> = regions.iter().map(|(region, _)| *region).collect();
        let axes = self.conditional(&plain);
        let determine = |(region, of): &(&Region, Of)| {
            let parts = self.compiled().space.determine(region, &axes);
            let of = *of;
            parts.into_iter().map(move |part| (part, of)).collect::<Vec<_>>()
        };
        regions.iter().flat_map(determine).collect()
    }

    /// The conditions, any of which may hold, that hold in exactly the states of `wanted`; `others` are all the rest.
    /// Both must come from [`Frame::determined`].
    pub fn conditions(&self, wanted: &[&Region], others: &[&Region]) -> Vec<Conjunction> {
        let mut wide: Vec<Region> = wanted.iter().map(|region| self.unbound(region)).collect();
        if wanted.len() + others.len() <= WIDENED {
            wide = wide.iter().map(|region| self.widen(region, others)).collect();
        }
        let kept = irredundant(wide, wanted);
        kept.iter().map(|region| self.conjunction(region)).collect()
    }

    /// A region that says nothing of facts that do not apply in it: what they require says it already.
    fn unbound(&self, region: &Region) -> Region {
        let mut free = region.clone();
        for (axis, full) in self.full.iter().enumerate() {
            let own = region.on(axis);
            if own.without_absent().is_empty() || full.without_absent().within(own) {
                free.set(axis, *full);
            }
        }
        free
    }

    /// Widens axis after axis, those that can be dropped altogether first; a fact before those it requires, since what
    /// they say is the shorter way to say that it applies.
    fn widen(&self, region: &Region, others: &[&Region]) -> Region {
        let mut wide = region.clone();
        for whole_only in [true, false] {
            for axis in (0..self.full.len()).rev() {
                let own = wide.on(axis);
                if own == self.full[axis] {
                    continue;
                }
                let rival = |other: &&&Region| {
                    let mut axes = (0..self.full.len()).filter(|on| *on != axis);
                    axes.all(|on| wide.on(on).touches(other.on(on)))
                };
                let blocked: Vec<Extent> = others.iter().filter(rival).map(|other| other.on(axis)).collect();
                let widest = self.widest(axis, own, &blocked);
                // Every value, but not "does not apply": no test of a boolean says that, and none is short.
                let sayable = widest.without_absent() != self.full[axis].without_absent();
                if widest == self.full[axis] || (!whole_only && sayable) {
                    wide.set(axis, widest);
                }
            }
        }
        wide
    }

    /// The widest extent around `own` that none of `blocked` touches and a test can say.
    fn widest(&self, axis: usize, own: Extent, blocked: &[Extent]) -> Extent {
        let full = self.full[axis];
        if !blocked.iter().any(|other| other.touches(full)) {
            return full;
        }
        let values = full.without_absent();
        let free = |extent: Extent| !blocked.iter().any(|other| other.touches(extent));
        if matches!(own, Extent::Few(_)) && !self.compiled().space.axes[axis].is_ordered() {
            let none = own.none();
            let atoms = values.atoms().map(|atom| none.stretch(atom, atom));
            return atoms.filter(|atom| free(*atom)).fold(own, span);
        }
        let (Some(&(first, _)), Some(&(_, last))) = (values.stretches().first(), values.stretches().last())
        else {
            return own;
        };
        let (Some(&(begin, _)), Some(&(_, end))) = (own.stretches().first(), own.stretches().last()) else {
            return own;
        };
        let stretches = || blocked.iter().flat_map(|other| other.stretches());
        let from = stretches().filter(|(_, to)| *to < begin).map(|(_, to)| to + 1).max().unwrap_or(first);
        let to = stretches().filter(|(from, _)| *from > end).map(|(from, _)| from - 1).min().unwrap_or(last);
        let wider = own.stretch(from.max(first).min(begin), to.min(last).max(end));
        // What lies between two stretches of its own may be another's.
        if free(wider) { wider } else { own }
    }

    fn conjunction(&self, region: &Region) -> Conjunction {
        let narrowed = self.full.iter().enumerate().filter(|(axis, full)| region.on(*axis) != **full);
        let test = |(axis, _)| {
            let fact = self.compiled().facts[axis];
            (fact, self.test(axis, fact, region.on(axis)))
        };
        Conjunction { tests: narrowed.map(test).collect() }
    }

    /// The test that these values pass and the others of the frame do not; of values outside the frame it says what makes
    /// it shorter.
    fn test(&self, axis: usize, fact: FactId, own: Extent) -> Test {
        let declared = self.ruleset.fact(fact);
        let line = &self.compiled().space.axes[axis];
        let values = self.full[axis].without_absent();
        if !line.is_ordered() {
            let own_values: Vec<bool> = (0..line.count()).map(|atom| own.holds(atom)).collect();
            let missing: Vec<u32> = values.atoms().filter(|atom| !own.holds(*atom)).collect();
            let several = own_values.iter().filter(|own| **own).count() > 1;
            return Test::Named(match missing.as_slice() {
                [only] if several && declared.kind != Kind::Boolean => {
                    (0..line.count()).map(|atom| atom != *only).collect()
                }
                _ => own_values,
            });
        }
        let (low, high) = self.bounds[axis].unwrap_or((declared.lowest, declared.highest));
        let stretches = values.stretches();
        let low = stretches.first().map_or(low, |(first, _)| line.bounds(*first).0.max(low));
        let high = stretches.last().map_or(high, |(_, last)| line.bounds(*last).1.min(high));
        let stretch = |(first, last): &(u32, u32)| {
            let (first, last) = (line.bounds(*first).0.max(low), line.bounds(*last).1.min(high));
            match first == last {
                true => Stretch { first, last },
                // What the frame says anyway is left open.
                false => Stretch {
                    first: if first == low { 0 } else { first },
                    last: if last == high { u64::MAX } else { last },
                },
            }
        };
        Test::Numbers(own.without_absent().stretches().iter().map(stretch).collect())
    }
}

/// The extent that takes in both; on a long axis, all between them too.
fn span(a: Extent, b: Extent) -> Extent {
    a.join(b).unwrap_or_else(|| {
        let (low, high) = if a.stretches().first() < b.stretches().first() { (a, b) } else { (b, a) };
        let first = low.stretches().first().map_or(0, |stretch| stretch.0);
        let last = high.stretches().last().map_or(0, |stretch| stretch.1);
        let joined = a.stretch(first, last);
        if a.has_absent() || b.has_absent() { joined.with_absent() } else { joined }
    })
}

/// As few of the wide regions as cover all of the wanted ones: the widest first, and none that adds nothing.
fn irredundant(mut wide: Vec<Region>, wanted: &[&Region]) -> Vec<Region> {
    let mut uncovered: Vec<&Region> = wanted.to_vec();
    let mut kept: Vec<Region> = Vec::new();
    while !uncovered.is_empty() {
        let covers = |region: &Region| uncovered.iter().filter(|piece| piece.within(region)).count();
        let Some(best) = (0..wide.len()).max_by_key(|at| (covers(&wide[*at]), usize::MAX - at)) else {
            break;
        };
        let best = wide.swap_remove(best);
        let before = uncovered.len();
        uncovered.retain(|piece| !piece.within(&best));
        if uncovered.len() == before {
            break;
        }
        kept.push(best);
    }
    // An early one may be covered by later ones together.
    let mut at = 0;
    while at < kept.len() {
        let needed = wanted
            .iter()
            .any(|piece| !kept.iter().enumerate().any(|(other, region)| other != at && piece.within(region)));
        if needed {
            at += 1;
        } else {
            kept.remove(at);
        }
    }
    kept
}
