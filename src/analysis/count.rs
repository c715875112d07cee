//! Exact numbers of states, however large.

use std::fmt;

use num_bigint::BigUint;

use crate::space::cells::{Budget, Rows, all_cells};
use crate::space::{Axis, Boxed, OutOfBudget, Region, Space};

/// How many states there are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Count {
    /// So many.
    Finite(BigUint),
    /// There is no end to them: a fact without an upper end takes part.
    Unbounded,
}

impl Count {
    /// The count of no states at all.
    pub fn zero() -> Count {
        Count::Finite(BigUint::ZERO)
    }

    /// Whether there is none.
    pub fn is_zero(&self) -> bool {
        *self == Count::zero()
    }

    fn add(&mut self, other: &Count) {
        match (&mut *self, other) {
            (Count::Finite(sum), Count::Finite(more)) => *sum += more,
            (_, Count::Unbounded) => *self = Count::Unbounded,
            (Count::Unbounded, _) => {}
        }
    }
}

impl fmt::Display for Count {
    /// The decimal digits, or `unbounded`.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Count::Finite(number) => number.fmt(formatter),
            Count::Unbounded => formatter.write_str("unbounded"),
        }
    }
}

/// Counts assignments of some facts among states found region by region.
pub struct Tally<'a> {
    space: &'a Space,
    counted: &'a [usize],
    sum: Count,
    /// Regions that can be the same but for facts that do not count; `None` where that cannot be.
    overlapping: Option<Vec<Region>>,
    /// Whether there were more of them than are kept.
    too_many: bool,
}

/// Overlapping regions kept, so that counting takes no more memory than proving.
const REGIONS_KEPT: usize = 200_000;

impl<'a> Tally<'a> {
    /// A count over the axes of `counted`; `others_decide` says whether what is told of a state can hang on a fact that
    /// does not count.
    pub fn new(space: &'a Space, counted: &'a [usize], others_decide: bool) -> Tally<'a> {
        // Regions are cut wherever some fact, counted or not, begins to apply. Where that hangs on a fact that does
        // not count, two regions can differ in it alone.
        let hangs_on_other =
            |axis: &Axis| axis.requires.iter().any(|required| !counted.contains(&required.axis));
        let overlapping = (others_decide || space.axes.iter().any(hangs_on_other)).then(Vec::new);
        Tally { space, counted, sum: Count::zero(), overlapping, too_many: false }
    }

    /// Adds the states of a settled region, which shares none with those added before.
    pub fn add(&mut self, region: &Region) {
        for part in self.space.determine(region, self.counted) {
            match &mut self.overlapping {
                Some(parts) if parts.len() >= REGIONS_KEPT => self.too_many = true,
                Some(parts) => {
                    let mut projected = Region::new(self.space.axes.iter().map(|axis| axis.values()));
                    for axis in self.counted {
                        projected.set(*axis, part.on(*axis));
                    }
                    parts.push(projected);
                }
                None => {
                    let states = measure(self.space, self.counted, &part);
                    self.sum.add(&states);
                }
            }
        }
    }

    /// How many assignments there are.
    ///
    /// # Errors
    /// When facts that do not count make regions overlap so much that the budget is spent on telling them apart.
    pub fn finish(mut self, budget: &mut Budget) -> Result<Count, OutOfBudget> {
        if self.too_many {
            return Err(OutOfBudget { steps: REGIONS_KEPT as u64 });
        }
        let Some(parts) = self.overlapping.take() else { return Ok(self.sum) };
        let boxed: Vec<Boxed> = parts.into_iter().map(|region| Boxed { region, row: 0 }).collect();
        let mut free = self.space.clone();
        free.axes.iter_mut().for_each(|axis| axis.requires.clear());
        let whole =
            Region::new(self.space.axes.iter().enumerate().map(
                |(at, axis)| match self.counted.contains(&at) {
                    true => axis.all(),
                    false => axis.values(),
                },
            ));
        let mut sum = Count::zero();
        all_cells(Rows { space: &free, boxed: &boxed }, &whole, budget, &mut |cell, row| {
            if row.is_some() {
                sum.add(&measure(&free, self.counted, &cell));
            }
        })?;
        Ok(sum)
    }
}

fn measure(space: &Space, counted: &[usize], region: &Region) -> Count {
    let mut product = BigUint::from(1u8);
    for axis in counted {
        match space.axes[*axis].measure(region.on(*axis)) {
            Some(values) => product *= values,
            None => return Count::Unbounded,
        }
    }
    Count::Finite(product)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::space::Requirement;

    #[test]
    fn a_state_that_hangs_on_a_fact_that_does_not_count_is_counted_once() {
        let space = Space { axes: vec![Axis::named(2), Axis::named(3)] };
        let mut tally = Tally::new(&space, &[1], true);
        for atom in 0..2 {
            tally.add(&space.all().with(0, space.axes[0].only(atom)));
        }
        assert_eq!(tally.finish(&mut Budget::new(1_000)).unwrap().to_string(), "3");
    }

    #[test]
    fn facts_that_do_not_count_do_not_count_twice() {
        let mut space = Space { axes: vec![Axis::named(2), Axis::named(3)] };
        let extent = space.axes[0].only(1);
        space.axes[1].requires.push(Requirement { axis: 0, extents: [extent].into_iter().collect() });
        let mut tally = Tally::new(&space, &[1], false);
        space.states().iter().for_each(|region| tally.add(region));
        assert_eq!(tally.finish(&mut Budget::new(1_000)).unwrap().to_string(), "4");
    }

    #[test]
    fn facts_that_only_decide_what_else_applies_do_not_count_twice() {
        let mut space = Space { axes: vec![Axis::named(2), Axis::named(3), Axis::named(2)] };
        let extent = space.axes[1].only(1);
        space.axes[2].requires.push(Requirement { axis: 1, extents: [extent].into_iter().collect() });
        let mut tally = Tally::new(&space, &[0], false);
        space.states().iter().for_each(|region| tally.add(region));
        assert_eq!(tally.finish(&mut Budget::new(1_000)).unwrap().to_string(), "2");
    }
}
