//! A condition and a role that could stand before the other owner rows, and which of two is better.

use std::cmp::Ordering;

use super::axes::{LearnAxis, Tested};

/// A condition and a role, and what they come to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// Rows turned right, less those turned wrong.
    pub net: i64,
    /// The role, as a place among those that could be named.
    pub role: u16,
    /// The tests, each with the place of its axis.
    pub tests: Vec<(usize, Tested)>,
}

impl Candidate {
    /// Whether it is to be preferred: more rows; then fewer tests; then a wider condition, which takes in more of the
    /// values of its facts; then the order of the facts in the ruleset, of values and of roles.
    pub fn is_better(&self, other: &Candidate, axes: &[LearnAxis]) -> bool {
        let order = other.net.cmp(&self.net);
        let order = order.then_with(|| self.tests.len().cmp(&other.tests.len()));
        let order = order.then_with(|| wider(self, other, axes));
        let order = order.then_with(|| self.in_order(axes).cmp(&other.in_order(axes)));
        order.then_with(|| self.role.cmp(&other.role)) == Ordering::Less
    }

    /// The tests in the order of the facts.
    pub fn in_order(&self, axes: &[LearnAxis]) -> Vec<(usize, Tested)> {
        let mut tests: Vec<(usize, Tested)> =
            self.tests.iter().map(|(axis, tested)| (axes[*axis].fact.0, *tested)).collect();
        tests.sort_unstable();
        tests
    }
}

/// The one that takes in the larger part of the combinations of its facts' values comes first.
fn wider(one: &Candidate, other: &Candidate, axes: &[LearnAxis]) -> Ordering {
    let part = |candidate: &Candidate| {
        candidate.tests.iter().fold((1_u128, 1_u128), |(own, whole), (axis, tested)| {
            let (takes, of) = axes[*axis].width(*tested);
            (own * u128::from(takes), whole * u128::from(of))
        })
    };
    let ((own, whole), (other_own, other_whole)) = (part(one), part(other));
    // At most four tests of at most 2^32 values: compared as fractions, cut to what two numbers hold.
    let product = |a: u128, b: u128| a.checked_mul(b);
    match (product(other_own, whole), product(own, other_whole)) {
        (Some(other), Some(own)) => other.cmp(&own),
        _ => (other_own as f64 / other_whole as f64).total_cmp(&(own as f64 / whole as f64)),
    }
}
