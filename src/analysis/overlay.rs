//! Two ordered lists of rows laid over each other: the states in which they say different things.

use crate::space::cells::Budget;
use crate::space::{Boxed, OutOfBudget, Region, Space, Splitter};

/// Two lists of rows over one space; [`Boxed::row`] is what a row says.
pub struct Overlay<'a> {
    space: &'a Space,
    rows: [&'a [Boxed]; 2],
    /// Equal rows have equal numbers. Where the same rows are left on both sides they say the same, whatever that is;
    /// without numbers this is not looked for, and states where both say the same are visited too.
    numbers: Option<[Vec<u32>; 2]>,
    splitter: Splitter,
}

/// What a list says in a region.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Said {
    Nothing,
    This(u32),
    Several,
}

/// Receives states in which each list says one thing, `None` for nothing.
pub type Visit<'v> = &'v mut dyn FnMut(&Region, [Option<u32>; 2]) -> Result<(), OutOfBudget>;

impl<'a> Overlay<'a> {
    /// Two tables laid over each other in every state.
    pub fn all(space: &'a Space, old: &'a [Boxed], new: &'a [Boxed]) -> Overlay<'a> {
        Overlay { space, rows: [old, new], numbers: None, splitter: Splitter::default() }
    }

    /// Two tables laid over each other where they may differ.
    pub fn differing(space: &'a Space, old: &'a [Boxed], new: &'a [Boxed]) -> Overlay<'a> {
        let numbers = super::alignment::numbered(old, new);
        Overlay { numbers: Some(numbers), ..Overlay::all(space, old, new) }
    }

    /// Lays the lists over each other in a settled region.
    ///
    /// # Errors
    /// When the budget is spent.
    pub fn run(&mut self, region: &Region, budget: &mut Budget, visit: Visit<'_>) -> Result<(), OutOfBudget> {
        let live = self.rows.map(|rows| (0..rows.len() as u32).collect::<Vec<u32>>());
        self.cut(region, [&live[0], &live[1]], budget, visit)
    }

    fn cut(
        &mut self,
        region: &Region,
        live: [&[u32]; 2],
        budget: &mut Budget,
        visit: Visit<'_>,
    ) -> Result<(), OutOfBudget> {
        budget.spend(1 + ((live[0].len() + live[1].len()) / 64) as u64)?;
        let (old, old_said) = self.narrow(region, 0, live[0]);
        let (new, new_said) = self.narrow(region, 1, live[1]);
        if let Some([old_numbers, new_numbers]) = &self.numbers {
            let number = |numbers: &[u32], at: &u32| numbers[*at as usize];
            let same = old.len() == new.len()
                && old.iter().zip(&new).all(|(a, b)| number(old_numbers, a) == number(new_numbers, b));
            if same || (old_said == new_said && old_said != Said::Several) {
                return Ok(());
            }
        }
        let word = |said: Said| match said {
            Said::This(said) => Some(said),
            _ => None,
        };
        if old_said != Said::Several && new_said != Said::Several {
            return visit(region, [word(old_said), word(new_said)]);
        }
        let undecided = |said: Said, live: &[u32]| if said == Said::Several { live.len() } else { 0 };
        let (old_rows, new_rows) = (self.rows[0], self.rows[1]);
        let first = old[..undecided(old_said, &old)].iter().map(|at| &old_rows[*at as usize].region);
        let second = new[..undecided(new_said, &new)].iter().map(|at| &new_rows[*at as usize].region);
        let (axis, inside) = self.splitter.best(self.space, first.chain(second), region);
        budget.spend(self.splitter.steps())?;
        let whole = region.on(axis);
        for part in std::iter::once(inside).chain(whole.minus(inside)) {
            let part = region.with(axis, part);
            if self.space.is_conditional() {
                for settled in self.space.settle(part) {
                    self.cut(&settled, [&old, &new], budget, visit)?;
                }
            } else {
                self.cut(&part, [&old, &new], budget, visit)?;
            }
        }
        Ok(())
    }

    /// The rows of a list that touch the region, up to the first that covers it, and what they say there.
    fn narrow(&self, region: &Region, side: usize, live: &[u32]) -> (Vec<u32>, Said) {
        let mut left = Vec::new();
        let mut covered = false;
        for &at in live {
            let row = &self.rows[side][at as usize];
            if row.region.touches(region) {
                left.push(at);
                if region.within(&row.region) {
                    covered = true;
                    break;
                }
            }
        }
        let says = |at: &u32| self.rows[side][*at as usize].row;
        let said = match left.first().map(says) {
            None => Said::Nothing,
            Some(first) if covered && left.iter().all(|at| says(at) == first) => Said::This(first),
            Some(_) => Said::Several,
        };
        (left, said)
    }
}
