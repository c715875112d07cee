//! Sets of states said by few and wide conditions, exactly.
//!
//! A condition tests some axes, and a test fails where the fact does not apply. So it is a region that on each axis
//! either takes in everything, or values alone. Each region of a set is widened, axis by axis, as far as no state of
//! another set comes in; of the wide regions as few are kept as take in the whole set. These are the steps "expand" and
//! "irredundant" of two-level logic minimization (Brayton et al., "Logic Minimization Algorithms for VLSI Synthesis",
//! 1984), with combinations that are no states as what does not matter.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};

use super::OutOfBudget;
use super::cells::Budget;
use super::extent::Extent;
use super::frame::Frame;
use super::index::Index;
use super::region::Region;

/// Regions held against another that count as a step.
const REGIONS_A_STEP: usize = 64;

/// States told apart by class, such as by who owns in them; no state is in two classes.
pub struct Classes<'f, 'a> {
    frame: &'f Frame<'a>,
    /// Each with its class; every fact that matters applies throughout or nowhere.
    regions: Vec<(Region, u32)>,
    index: Index,
    /// The places of the regions of each class.
    members: HashMap<u32, Vec<u32>>,
}

impl<'f, 'a> Classes<'f, 'a> {
    /// Takes settled regions, each with its class. What is in no class does not matter: conditions may take it in.
    pub fn new(frame: &'f Frame<'a>, regions: Vec<(Region, u32)>) -> Classes<'f, 'a> {
        let conditional = frame.conditional(&regions);
        let determined = |(region, class): (Region, u32)| {
            let parts = frame.space().determine(&region, &conditional);
            parts.into_iter().map(move |part| (part, class))
        };
        let regions: Vec<(Region, u32)> = regions.into_iter().flat_map(determined).collect();
        let mut members: HashMap<u32, Vec<u32>> = HashMap::new();
        for (at, (_, class)) in regions.iter().enumerate() {
            members.entry(*class).or_default().push(at as u32);
        }
        let index = Index::new(regions.iter().map(|(region, _)| region));
        Classes { frame, regions, index, members }
    }

    /// The regions, cut so that in each of them every fact that matters applies throughout or nowhere.
    pub fn regions(&self) -> &[(Region, u32)] {
        &self.regions
    }

    /// Those that touch a region, and some that do not.
    ///
    /// # Errors
    /// When the budget is spent.
    pub fn near<'s>(
        &'s self,
        region: &Region,
        budget: &mut Budget,
    ) -> Result<impl Iterator<Item = &'s (Region, u32)> + use<'s, 'f, 'a>, OutOfBudget> {
        let near = self.index.near(region);
        budget.spend(1 + (near.len() / REGIONS_A_STEP) as u64)?;
        Ok(near.iter().map(|at| &self.regions[*at as usize]))
    }

    /// The conditions, any of which may hold, that hold in exactly the states of a class, among those of all classes.
    /// As few and as short as the budget allows; they are exact in any case.
    pub fn conditions(&self, class: u32, budget: &mut Budget) -> Vec<Region> {
        let Some(members) = self.members.get(&class) else { return Vec::new() };
        let mut wide: Vec<Wide> = Vec::new();
        let mut known: HashMap<Region, usize> = HashMap::new();
        for at in members {
            let mut region = self.frame.silent(&self.regions[*at as usize].0);
            // Without budget the region stays as wide as it has become.
            let _ = self.widen(&mut region, class, budget);
            let place = *known.entry(region.clone()).or_insert(wide.len());
            match wide.get_mut(place) {
                Some(same) => same.members.push(*at),
                None => wide.push(Wide { region, members: vec![*at] }),
            }
        }
        for wide in &mut wide {
            self.find_members(wide, class, budget);
        }
        join(irredundant(wide))
    }

    /// Widens a region axis by axis, those on which it can be silent first; a fact before those it requires, since what
    /// they say is the shorter way to say that it applies.
    fn widen(&self, region: &mut Region, class: u32, budget: &mut Budget) -> Result<(), OutOfBudget> {
        for axis in (0..self.frame.axes()).rev() {
            if self.frame.tests(region, axis) {
                let silent = region.with(axis, self.frame.whole(axis));
                if self.is_free(&silent, class, budget)? {
                    *region = silent;
                }
            }
        }
        for axis in (0..self.frame.axes()).rev() {
            if self.frame.tests(region, axis) {
                let widest = self.widest(region, axis, class, budget)?;
                // Every value, but not "does not apply": no test of a boolean says that, and none is short.
                if widest != self.frame.named(axis) {
                    region.set(axis, widest);
                }
            }
        }
        Ok(())
    }

    /// Whether no state of another class is in a region.
    fn is_free(&self, region: &Region, class: u32, budget: &mut Budget) -> Result<bool, OutOfBudget> {
        let near = self.index.near(region);
        let rival = near.iter().position(|at| {
            let (other, of) = &self.regions[*at as usize];
            *of != class && other.touches(region)
        });
        budget.spend(1 + (rival.unwrap_or(near.len()) / REGIONS_A_STEP) as u64)?;
        Ok(rival.is_none())
    }

    /// The widest extent on an axis that a test can say and with which the region stays free of other classes.
    fn widest(
        &self,
        region: &Region,
        axis: usize,
        class: u32,
        budget: &mut Budget,
    ) -> Result<Extent, OutOfBudget> {
        let (own, named) = (region.on(axis), self.frame.named(axis));
        let (Some((begin, end)), Some((first, last))) = (own.ends(), named.ends()) else { return Ok(own) };
        let mut is_free = |from: u32, to: u32| {
            let part = own.stretch(from, to).meet(named);
            Ok(part.is_empty() || self.is_free(&region.with(axis, part), class, budget)?)
        };
        let mut widest = own;
        let mut add = |from: u32, to: u32| {
            widest = widest.join(own.stretch(from, to).meet(named)).unwrap_or(widest);
        };
        if !self.frame.space().axes[axis].is_ordered() && matches!(own, Extent::Few(_)) {
            for atom in named.atoms().filter(|atom| !own.holds(*atom)) {
                if is_free(atom, atom)? {
                    add(atom, atom);
                }
            }
            return Ok(widest);
        }
        let stretches = own.stretches();
        for gap in stretches.windows(2) {
            let (from, to) = (gap[0].1 + 1, gap[1].0 - 1);
            if is_free(from, to)? {
                add(from, to);
            }
        }
        let down = furthest(begin.saturating_sub(first), |near, far| is_free(begin - far, begin - near))?;
        let up = furthest(last.saturating_sub(end), |near, far| is_free(end + near, end + far))?;
        if down > 0 {
            add(begin - down, begin - 1);
        }
        if up > 0 {
            add(end + 1, end + up);
        }
        Ok(widest)
    }

    /// Notes all regions of the class that a wide one takes in, as far as the budget goes.
    fn find_members(&self, wide: &mut Wide, class: u32, budget: &mut Budget) {
        let near = self.index.near(&wide.region);
        if budget.spend(1 + (near.len() / REGIONS_A_STEP) as u64).is_ok() {
            let member = |at: &&u32| {
                let (region, of) = &self.regions[**at as usize];
                *of == class && self.frame.silent_within(region, &wide.region)
            };
            wide.members = near.iter().filter(member).copied().collect();
        }
    }
}

/// How far one can go, at most `limit`, with every part on the way free: in steps that double and then halve.
/// `is_free` is asked of the places from a nearer to a farther one, both counted from 1.
fn furthest(
    limit: u32,
    mut is_free: impl FnMut(u32, u32) -> Result<bool, OutOfBudget>,
) -> Result<u32, OutOfBudget> {
    let (mut gone, mut step, mut growing) = (0, 1, true);
    while gone < limit && step > 0 {
        let far = gone.saturating_add(step).min(limit);
        if is_free(gone + 1, far)? {
            gone = far;
        } else {
            growing = false;
        }
        step = if growing { step.saturating_mul(2) } else { step / 2 };
    }
    Ok(gone)
}

/// A wide region with the regions of its class that it is known to take in.
struct Wide {
    region: Region,
    members: Vec<u32>,
}

/// As few of the wide regions as take in all members: the one that adds most first, and none that adds nothing.
fn irredundant(wide: Vec<Wide>) -> Vec<Region> {
    let mut taken: HashMap<u32, u32> = HashMap::new();
    let mut heap: BinaryHeap<(usize, Reverse<usize>)> =
        wide.iter().enumerate().map(|(at, wide)| (wide.members.len(), Reverse(at))).collect();
    let mut kept: Vec<usize> = Vec::new();
    while let Some((promised, Reverse(at))) = heap.pop() {
        let adds = wide[at].members.iter().filter(|member| !taken.contains_key(*member)).count();
        if adds == 0 {
            continue;
        }
        // What others took meanwhile no longer counts: another may now add more.
        if adds < promised {
            heap.push((adds, Reverse(at)));
            continue;
        }
        wide[at].members.iter().for_each(|member| *taken.entry(*member).or_default() += 1);
        kept.push(at);
    }
    // An early one may be taken in by later ones together.
    kept.retain(|at| {
        let needed = wide[*at].members.iter().any(|member| taken.get(member) == Some(&1));
        if !needed {
            for member in &wide[*at].members {
                taken.entry(*member).and_modify(|times| *times -= 1);
            }
        }
        needed
    });
    let mut wide: Vec<Option<Region>> = wide.into_iter().map(|wide| Some(wide.region)).collect();
    kept.into_iter().filter_map(|at| wide[at].take()).collect()
}

/// Regions that differ on one axis alone become one, where one extent can say so; the order stays.
fn join(mut regions: Vec<Region>) -> Vec<Region> {
    let axes = regions.first().map_or(0, |region| region.extents().len());
    for axis in (0..axes).rev() {
        let mut joined: Vec<Region> = Vec::with_capacity(regions.len());
        let mut places: HashMap<Region, usize> = HashMap::new();
        for region in regions {
            let place = *places.entry(region.with(axis, region.on(axis).none())).or_insert(joined.len());
            let both = joined.get(place).and_then(|other| other.on(axis).join(region.on(axis)));
            match both {
                Some(both) => joined[place].set(axis, both),
                None => joined.push(region),
            }
        }
        regions = joined;
    }
    regions
}

#[cfg(test)]
mod tests {
    use super::super::cells::{Rows, all_cells};
    use super::super::random::{regions, states, tables};
    use super::super::{ABSENT, Axis, Boxed, Space};
    use super::*;
    use proptest::prelude::*;

    /// Whether a condition holds in a state, as rules read it: a test fails where the fact does not apply.
    fn holds(frame: &Frame<'_>, condition: &Region, state: &[u32]) -> bool {
        let mut axes = (0..state.len()).filter(|axis| frame.tests(condition, *axis));
        axes.all(|axis| state[axis] != ABSENT && condition.on(axis).holds(state[axis]))
    }

    fn check(space: &Space, boxed: &[Boxed], within: &Region, steps: u64) -> Result<(), TestCaseError> {
        let inside = space.settle(within.clone());
        let frame = Frame::new(space, &inside);
        let mut cells: Vec<(Region, u32)> = Vec::new();
        for region in &inside {
            let rows = Rows { space, boxed };
            all_cells(rows, region, &mut Budget::new(1_000_000), &mut |cell, row| {
                cells.push((cell, row.map_or(u32::MAX, |row| row % 3)));
            })
            .unwrap();
        }
        let classes = Classes::new(&frame, cells);
        for class in [0, 1, 2, u32::MAX] {
            let conditions = classes.conditions(class, &mut Budget::new(steps));
            for state in states(space).iter().filter(|state| within.holds(state)) {
                let decides = boxed.iter().find(|row| row.region.holds(state));
                let of = decides.map_or(u32::MAX, |row| row.row % 3);
                let said = conditions.iter().any(|condition| holds(&frame, condition, state));
                prop_assert_eq!(said, of == class, "{:?} of class {}: {:?}", state, class, conditions);
            }
            for condition in &conditions {
                for axis in (0..space.axes.len()).filter(|axis| frame.tests(condition, *axis)) {
                    prop_assert!(!condition.on(axis).has_absent(), "no test says this: {:?}", condition);
                }
            }
        }
        Ok(())
    }

    proptest! {
        #[test]
        fn conditions_hold_in_exactly_the_states_of_their_class((space, boxed) in tables(), steps in 0u64..400) {
            check(&space, &boxed, &space.all(), steps)?;
        }

        #[test]
        fn they_do_within_some_of_the_states((space, boxed, within) in regions(), steps in 0u64..400) {
            check(&space, &boxed, &within, steps)?;
        }
    }

    #[test]
    fn one_condition_says_several_stretches() {
        let space = Space { axes: vec![Axis::ordered(0, 9, [3, 5])] };
        let frame = Frame::everything(&space);
        let part = |atom: u32, class| (Region::new([space.axes[0].only(atom)]), class);
        let classes = Classes::new(&frame, vec![part(0, 0), part(1, 1), part(2, 0)]);
        assert_eq!(classes.conditions(0, &mut Budget::new(100)), [Region::new([Extent::Few(0b101)])]);
    }

    #[test]
    fn a_long_table_takes_few_steps() {
        let count = 20_000;
        let space = Space { axes: vec![Axis::ordered(0, i128::from(count) - 1, 0..count.into())] };
        let frame = Frame::everything(&space);
        let part = |atom: u32| (Region::new([space.axes[0].only(atom)]), atom % 2);
        let classes = Classes::new(&frame, (0..count as u32).map(part).collect());
        let mut budget = Budget::new(10 * count);
        assert_eq!(classes.conditions(0, &mut budget).len() as u64, count / 2);
        assert!(budget.spend(1).is_ok(), "the budget was spent");
    }
}
