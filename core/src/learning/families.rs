//! How often chance is tried: the conditions that a search goes through, told apart by how much of them was fixed before
//! the list was seen.
//!
//! A correction for so many tries may give some of them more of the probability allowed than others, as long as the
//! list has no part in that and the parts add up to one (weighted Bonferroni: Genovese, Roeder, Wasserman, Biometrika 93,
//! 2006). The stretches that a list cuts out of a number are by far the most conditions, and the least likely to be a
//! rule. So half of the probability is for another role where a rule in use decides, a quarter for conditions that cut
//! numbers only where the rules do, and a quarter for all conditions.

use super::axes::{LearnAxis, Tested};
use super::sign_test::Chance;
use super::weighed::Counts;

/// Which conditions were tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Family {
    /// Those under which an owner row in use decides.
    OwnerRow,
    /// Those that cut numbers where the rules cut them.
    RuleCuts,
    /// All of them.
    Any,
}

impl Family {
    /// Every family, the narrowest first.
    pub const ALL: [Family; 3] = [Family::OwnerRow, Family::RuleCuts, Family::Any];

    /// Its name in output.
    pub fn as_str(self) -> &'static str {
        match self {
            Family::OwnerRow => "owner-rows",
            Family::RuleCuts => "rule-cuts",
            Family::Any => "any",
        }
    }
}

/// The part of the probability that is for each family, in its order.
const PARTS: [f64; 3] = [0.5, 0.25, 0.25];

/// How many conditions and roles there are in each family.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tries {
    counts: [f64; 3],
}

impl Tries {
    /// So many conditions of at most `tests` facts, each with every one of the roles.
    pub fn new(axes: &[LearnAxis], owner_rows: usize, tests: usize, roles: usize) -> Tries {
        let conditions = |number: fn(&LearnAxis) -> f64| conditions(axes.iter().map(number), tests);
        let counts = [owner_rows as f64, conditions(LearnAxis::ruled_tests), conditions(LearnAxis::tests)];
        Tries { counts: counts.map(|count| count * roles as f64) }
    }

    /// How many there are in a family.
    pub fn count(&self, family: Family) -> f64 {
        self.counts[family as usize]
    }

    /// By how much a chance is corrected in a family.
    pub fn factor(&self, family: Family) -> f64 {
        self.count(family) / PARTS[family as usize]
    }
}

/// How many conditions of at most `tests` facts there are, from how many tests of each fact.
fn conditions(each: impl Iterator<Item = f64>, tests: usize) -> f64 {
    // With exactly `n` facts it is the elementary symmetric polynomial of the numbers of tests.
    let mut exactly = vec![0.0; tests + 1];
    exactly[0] = 1.0;
    for own in each {
        for n in (1..=tests).rev() {
            exactly[n] += exactly[n - 1] * own;
        }
    }
    exactly[1..].iter().sum()
}

/// What a row must show so that chance does not explain it.
#[derive(Debug, Clone, PartialEq)]
pub struct Proof {
    /// What the corrected chance must be below, as its logarithm.
    ln_limit: f64,
    /// The logarithm of what corrects the chance in each family.
    ln_factors: [f64; 3],
    /// The fewest rows that must be fixed in each family.
    fewest: [i64; 3],
}

impl Proof {
    /// A corrected chance below `limit`.
    pub fn new(limit: f64, tries: Tries) -> Proof {
        Proof::of(limit.ln(), Family::ALL.map(|family| tries.factor(family).max(1.0).ln()))
    }

    /// What the same row shows in a part of the list: a chance is a product over rows, so that its logarithm shrinks
    /// with them.
    #[must_use]
    pub fn in_part(&self, part: f64) -> Proof {
        Proof::of(self.ln_limit * part, self.ln_factors.map(|ln| ln * part))
    }

    fn of(ln_limit: f64, ln_factors: [f64; 3]) -> Proof {
        let fewest = ln_factors.map(|ln| Chance::fewest(ln_limit - ln) as i64);
        Proof { ln_limit, ln_factors, fewest }
    }

    /// The fewest rows that must be fixed in a family.
    pub fn fewest(&self, family: Family) -> i64 {
        self.fewest[family as usize]
    }

    /// The fewest rows that must be fixed in any family.
    pub fn fewest_of_all(&self) -> i64 {
        self.fewest.into_iter().min().unwrap_or(0)
    }

    /// Whether chance does not explain what a condition of a family comes to. Rows that have no owner before or after are
    /// no proof: that a guess is often right where the rules would ask does not show that they are wrong, nor does it show
    /// that they are right where they happen to name somebody and would ask then.
    pub fn allows(&self, family: Family, counts: Counts) -> bool {
        self.is_shown(family, counts.corrected, counts.spoiled)
    }

    fn is_shown(&self, family: Family, better: i64, worse: i64) -> bool {
        better - worse >= self.fewest(family)
            && Chance::of_sign_test(better.unsigned_abs(), worse.unsigned_abs())
                .is_below_ln(self.ln_limit - self.ln_factors[family as usize])
    }

    /// The most rows that may be spoiled by a condition of a family that corrects so many more.
    pub fn most_spoiled(&self, family: Family, net: i64) -> i64 {
        let (mut low, mut high) = (0, 1);
        while self.is_shown(family, net + high, high) {
            (low, high) = (high, high * 2);
        }
        while low + 1 < high {
            let middle = low + (high - low) / 2;
            if self.is_shown(family, net + middle, middle) { low = middle } else { high = middle }
        }
        low
    }
}

/// The narrowest family that a condition is of.
pub fn family(axes: &[LearnAxis], owner_rows: &[Vec<(usize, Tested)>], tests: &[(usize, Tested)]) -> Family {
    if owner_rows.iter().any(|own| own == tests) {
        Family::OwnerRow
    } else if tests.iter().all(|(axis, tested)| axes[*axis].is_ruled(*tested)) {
        Family::RuleCuts
    } else {
        Family::Any
    }
}
