//! What a learned condition may test: the facts that the list gives, numbers cut where the data or the rules cut them.

use crate::clients::{Cell, Gathered};
use crate::ruleset::{FactId, Kind, Ruleset, Stretch, Test as FactTest};

/// A fact that a learned condition may test.
#[derive(Debug, Clone)]
pub struct LearnAxis {
    /// The fact.
    pub fact: FactId,
    /// Its axis in the ruleset.
    pub axis: usize,
    /// Its place among the facts gathered.
    pub place: usize,
    /// Its values.
    pub line: Line,
    /// The first and the last number of each stretch that the rules tell apart.
    pub atoms: Vec<(i128, i128)>,
    /// Whether the rules cut a number where each of its stretches begins.
    pub ruled: Vec<bool>,
}

/// The values of a fact.
#[derive(Debug, Clone)]
pub enum Line {
    /// So many named ones.
    Named(u32),
    /// Whole numbers: where each stretch begins, and the last of all, [`NO_END`](crate::space::NO_END) without end.
    Numbers(Vec<i128>, i128),
}

/// A test of a fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tested {
    /// Any of these values, a bit each.
    Named(u64),
    /// The stretches from the first to the last.
    Range(u32, u32),
}

/// The bit of "does not apply" in what is said of a fact with named values.
pub const ABSENT_VALUE: u64 = 1 << 63;
/// What is said of a number that does not apply.
pub const ABSENT_NUMBER: u64 = u64::MAX;

/// The stretches from `first` to `last` as what is said of a number.
pub fn range(first: u32, last: u32) -> u64 {
    u64::from(first) << 32 | u64::from(last)
}

/// The first and the last stretch of what is said of a number.
#[inline]
pub fn ends(said: u64) -> (u32, u32) {
    ((said >> 32) as u32, said as u32)
}

impl Tested {
    /// Whether it passes for all that is said.
    #[inline]
    pub fn holds_throughout(self, said: u64) -> bool {
        match self {
            Tested::Named(values) => said & !values == 0,
            Tested::Range(first, last) => {
                let (low, high) = ends(said);
                low >= first && high <= last
            }
        }
    }

    /// Whether a row with this test changes rows that say this, which it must take in or touch.
    #[inline]
    pub fn changes(self, said: u64, takes_in: bool) -> bool {
        if takes_in { self.holds_throughout(said) } else { self.holds_somewhere(said) }
    }

    /// Whether it passes for something that is said.
    #[inline]
    pub fn holds_somewhere(self, said: u64) -> bool {
        match self {
            Tested::Named(values) => said & values != 0,
            Tested::Range(first, last) => {
                let (low, high) = ends(said);
                low <= last && high >= first
            }
        }
    }
}

/// Facts with more values than this are tested for one of them, or for all but one, alone.
const SUBSETS: u32 = 5;

impl LearnAxis {
    /// The same, as another ruleset over the same facts tells its numbers apart.
    pub fn told_apart_by(&self, ruleset: &Ruleset) -> LearnAxis {
        let own = &ruleset.compiled().space.axes[self.axis];
        let atoms = (0..own.count()).map(|atom| own.bounds(atom)).collect();
        LearnAxis { atoms, ..self.clone() }
    }

    /// How many stretches or values there are.
    pub fn count(&self) -> u32 {
        match &self.line {
            Line::Named(values) => *values,
            Line::Numbers(starts, _) => starts.len() as u32,
        }
    }

    /// Whether it is a whole number.
    pub fn is_number(&self) -> bool {
        matches!(self.line, Line::Numbers(..))
    }

    /// The first and the last number of a stretch.
    pub fn bounds(&self, at: u32) -> (i128, i128) {
        match &self.line {
            Line::Named(_) => (0, 0),
            Line::Numbers(starts, highest) => {
                let next = starts.get(at as usize + 1);
                (starts[at as usize], next.map_or(*highest, |next| next - 1))
            }
        }
    }

    /// The stretch that a number lies in.
    pub fn stretch(&self, number: i128) -> u32 {
        match &self.line {
            Line::Named(_) => 0,
            Line::Numbers(starts, _) => {
                (starts.partition_point(|start| *start <= number) as u32).saturating_sub(1)
            }
        }
    }

    /// How many tests of it there are.
    pub fn tests(&self) -> f64 {
        match &self.line {
            Line::Named(_) => self.named_tests().len() as f64,
            Line::Numbers(starts, _) => starts.len() as f64 * (starts.len() as f64 + 1.0) / 2.0,
        }
    }

    /// How many of them cut a number only where the rules do.
    pub fn ruled_tests(&self) -> f64 {
        match &self.line {
            Line::Named(_) => self.tests(),
            Line::Numbers(..) => {
                let count = self.ruled.iter().filter(|ruled| **ruled).count() as f64;
                count * (count + 1.0) / 2.0
            }
        }
    }

    /// Whether a test cuts a number only where the rules do.
    pub fn is_ruled(&self, tested: Tested) -> bool {
        match tested {
            Tested::Named(_) => true,
            Tested::Range(first, last) => {
                self.ruled[first as usize] && self.ruled.get(last as usize + 1).is_none_or(|ruled| *ruled)
            }
        }
    }

    /// Every test of a fact with named values: any set of them but none and all.
    pub fn named_tests(&self) -> Vec<Tested> {
        let Line::Named(values) = self.line else { return Vec::new() };
        let values = values.min(62);
        let all = (1_u64 << values) - 1;
        if values <= SUBSETS {
            return (1..all).map(Tested::Named).collect();
        }
        let single = (0..values).map(|at| 1_u64 << at);
        single.clone().chain(single.map(|one| all & !one)).map(Tested::Named).collect()
    }

    /// Every test of it; of numbers, every stretch from one cut to another.
    pub fn all_tests(&self) -> Vec<Tested> {
        match &self.line {
            Line::Named(_) => self.named_tests(),
            Line::Numbers(starts, _) => {
                let count = starts.len() as u32;
                (0..count)
                    .flat_map(|first| (first..count).map(move |last| Tested::Range(first, last)))
                    .collect()
            }
        }
    }

    /// How much of the fact a test takes in: so many of so many.
    pub fn width(&self, tested: Tested) -> (u64, u64) {
        let own = match tested {
            Tested::Named(values) => u64::from(values.count_ones()),
            Tested::Range(first, last) => u64::from(last - first) + 1,
        };
        (own, u64::from(self.count().max(1)))
    }

    /// The test as the ruleset knows it.
    pub fn fact_test(&self, tested: Tested) -> FactTest {
        match tested {
            Tested::Named(values) => {
                FactTest::Named((0..self.count()).map(|at| values >> at & 1 == 1).collect())
            }
            Tested::Range(first, last) => {
                FactTest::Numbers(vec![Stretch { first: self.bounds(first).0, last: self.bounds(last).1 }])
            }
        }
    }
}

/// The facts that a list gives and rules can test, those with named values first, then numbers with few cuts.
pub fn axes(ruleset: &Ruleset, gathered: &Gathered) -> Vec<LearnAxis> {
    let compiled = ruleset.compiled();
    let mut found: Vec<LearnAxis> = Vec::new();
    for (place, fact) in gathered.facts.iter().enumerate() {
        let (Some(axis), declared) = (compiled.axis(*fact), ruleset.fact(*fact)) else { continue };
        let line = match declared.kind {
            Kind::Boolean | Kind::Choice => Line::Named(compiled.space.axes[axis].count()),
            Kind::Integer | Kind::Set => {
                Line::Numbers(starts(ruleset, gathered, axis, place), declared.highest)
            }
            Kind::Text => continue,
        };
        let own = &compiled.space.axes[axis];
        let atoms: Vec<(i128, i128)> = (0..own.count()).map(|atom| own.bounds(atom)).collect();
        let ruled = match &line {
            Line::Named(_) => Vec::new(),
            Line::Numbers(starts, _) => {
                let is_ruled = |start: &i128| atoms.binary_search_by_key(start, |atom| atom.0).is_ok();
                starts.iter().map(is_ruled).collect()
            }
        };
        found.push(LearnAxis { fact: *fact, axis, place, line, atoms, ruled });
    }
    found.sort_by_key(|axis| (axis.is_number(), if axis.is_number() { axis.count() } else { 0 }, axis.fact));
    found
}

/// Where stretches of a number begin: where the rules cut it, where bands of the list begin and end, and once between
/// neighbouring numbers of the list, at the roundest number there is.
fn starts(ruleset: &Ruleset, gathered: &Gathered, axis: usize, place: usize) -> Vec<i128> {
    let line = &ruleset.compiled().space.axes[axis];
    let mut cuts: Vec<i128> = (0..line.count()).map(|atom| line.bounds(atom).0).collect();
    let mut numbers: Vec<i128> = Vec::new();
    for row in &gathered.rows {
        match row.cells[place] {
            Cell::Numbers { min, max } if min == max => numbers.push(min),
            Cell::Numbers { min, max } => {
                cuts.push(min);
                cuts.push(max + 1);
            }
            Cell::Unknown | Cell::Text | Cell::Named(_) => {}
        }
    }
    let within = |cut: &i128| *cut >= line.lowest() && *cut <= line.highest();
    cuts.retain(within);
    cuts.sort_unstable();
    cuts.dedup();
    numbers.sort_unstable();
    numbers.dedup();
    let between: Vec<i128> = numbers
        .windows(2)
        .filter(|pair| {
            let next = cuts.partition_point(|cut| *cut <= pair[0]);
            cuts.get(next).is_none_or(|cut| *cut > pair[1])
        })
        .map(|pair| roundest(pair[0], pair[1]))
        .collect();
    cuts.extend(between);
    cuts.sort_unstable();
    cuts
}

/// The roundest number above `below` and up to `most`.
fn roundest(below: i128, most: i128) -> i128 {
    let mut ten = 1_000_000_000_000_000_000_i128;
    while ten >= 10 {
        for step in [ten, ten / 2] {
            let next = (below.div_euclid(step) + 1) * step;
            if next <= most {
                return next;
            }
        }
        ten /= 10;
    }
    below + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_cut_where_it_is_roundest() {
        for (below, most, cut) in [
            (240, 263, 250),
            (499, 501, 500),
            (7, 8, 8),
            (980, 1_040, 1_000),
            (11, 14, 12),
            (-7, 3, 0),
            (-61, -42, -50),
        ] {
            assert_eq!(roundest(below, most), cut, "{below} to {most}");
        }
    }
}
