//! The best stretch of a number in one sweep: for each last stretch, the net of every first one.
//!
//! Whatever a row's cells are, a condition changes it for all first stretches up to some limit, which only grows with the
//! last stretch. So each row is a few changes of prefixes, and a tree of prefix sums knows the best first stretch for
//! each last one.

use std::ops::ControlFlow;

/// A change of the net of all first stretches up to `limit`, from the last stretch `last` on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// The last stretch from which on it counts.
    pub last: u32,
    /// The largest first stretch for which it counts.
    pub limit: u32,
    /// What it adds.
    pub net: i64,
}

/// The best stretch found: its net, and its first and last part.
pub type Best = (i64, u32, u32);

/// The best of all stretches from one part to another, the longest among equals, then the first.
pub fn best(count: u32, mut steps: Vec<Step>) -> Option<Best> {
    steps.retain(|step| step.net != 0);
    steps.sort_unstable_by_key(|step| step.last);
    let mut tree = Tree::new(count as usize);
    let mut best: Option<Best> = None;
    let mut at = 0;
    while at < steps.len() {
        let last = steps[at].last;
        // Nothing changes until the next step, and a longer stretch of the same net is preferred.
        let from = at;
        while at < steps.len() && steps[at].last == last {
            at += 1;
        }
        for step in &steps[from..at] {
            tree.add(step.limit as usize, step.net);
        }
        let until = steps.get(at).map_or(count - 1, |next| next.last - 1);
        let (net, first) = tree.best();
        let first = first as u32;
        let longer = |(_, low, high): Best| {
            (until - first > high - low) || (until - first == high - low && first < low)
        };
        if first <= until && best.is_none_or(|known| net > known.0 || net == known.0 && longer(known)) {
            best = Some((net, first, until));
        }
    }
    best
}

/// What steps come to, for the first stretches that are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Least {
    /// The least net.
    pub net: i64,
    /// The least proof.
    pub proof: i64,
}

/// Every stretch that comes to at least as much as is asked for, the longest of those that come to the same: `visit` gets
/// its first and last part, and says what is asked from then on. Each step comes with how often it counts for either.
pub fn each(
    count: u32,
    steps: &mut [(Step, [i64; 2])],
    mut least: Least,
    visit: &mut dyn FnMut(u32, u32) -> ControlFlow<(), Least>,
) -> ControlFlow<()> {
    steps.sort_unstable_by_key(|(step, _)| step.last);
    let mut nets = Tree::new(count as usize);
    let mut proofs = Tree::new(count as usize);
    // Between two limits nothing changes, and the longest stretch begins behind the first of them.
    let mut begins = vec![false; count as usize + 1];
    begins[0] = true;
    steps.iter().for_each(|(step, _)| begins[step.limit as usize + 1] = true);
    let mut at = 0;
    while at < steps.len() {
        let last = steps[at].0.last;
        while let Some((step, times)) = steps.get(at).filter(|(step, _)| step.last == last) {
            for (tree, times) in [&mut nets, &mut proofs].into_iter().zip(times) {
                if *times != 0 {
                    tree.add(step.limit as usize, step.net * times);
                }
            }
            at += 1;
        }
        let until = steps.get(at).map_or(count - 1, |(next, _)| next.last - 1);
        let mut above = vec![(1_usize, 0_i64, 0_i64)];
        while let Some((node, net, proof)) = above.pop() {
            if nets.most[node] + net < least.net || proofs.most[node] + proof < least.proof {
                continue;
            }
            if let Some(first) = node.checked_sub(nets.leaves) {
                if begins[first] && first <= until as usize {
                    least = visit(first as u32, until)?;
                }
            } else {
                let (net, proof) = (net + nets.added[node], proof + proofs.added[node]);
                above.extend([(2 * node + 1, net, proof), (2 * node, net, proof)]);
            }
        }
    }
    ControlFlow::Continue(())
}

/// Sums over prefixes: what is added up to a place counts for every place before it too.
struct Tree {
    leaves: usize,
    /// For each node, what is added to all of it.
    added: Vec<i64>,
    /// The most below it, what is added to it included.
    most: Vec<i64>,
}

impl Tree {
    fn new(count: usize) -> Tree {
        let leaves = count.next_power_of_two();
        let mut most = vec![0; 2 * leaves];
        // What is no place is never the best one.
        for place in (count..leaves).map(|place| place + leaves) {
            most[place] = i64::MIN / 4;
        }
        for node in (1..leaves).rev() {
            most[node] = most[2 * node].max(most[2 * node + 1]);
        }
        Tree { leaves, added: vec![0; 2 * leaves], most }
    }

    /// Adds to every place from 0 to `limit`.
    fn add(&mut self, limit: usize, net: i64) {
        let mut node = limit.min(self.leaves - 1) + self.leaves;
        self.most[node] += net;
        self.added[node] += net;
        while node > 1 {
            if node % 2 == 1 {
                self.most[node - 1] += net;
                self.added[node - 1] += net;
            }
            node /= 2;
            self.most[node] = self.most[2 * node].max(self.most[2 * node + 1]) + self.added[node];
        }
    }

    /// The most, and the first place that has it.
    fn best(&self) -> (i64, usize) {
        let mut node = 1;
        while node < self.leaves {
            node = if self.most[2 * node] >= self.most[2 * node + 1] { 2 * node } else { 2 * node + 1 };
        }
        (self.most[1], node - self.leaves)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_best_stretch_is_the_best_of_all(
            count in 1..12_u32,
            steps in proptest::collection::vec((0..12_u32, 0..12_u32, -9..9_i64), 1..20),
        ) {
            // A stretch that ends before it begins counts for nothing, as with the steps of real rows.
            let steps: Vec<Step> = steps
                .into_iter()
                .map(|(last, limit, net)| Step { last: last % count, limit: (limit % count).min(last % count), net })
                .collect();
            let net = |first: u32, last: u32| -> i64 {
                steps.iter().filter(|step| step.last <= last && first <= step.limit).map(|step| step.net).sum()
            };
            let all = (0..count).flat_map(|first| (first..count).map(move |last| (first, last)));
            let most = all.map(|(first, last)| net(first, last)).max().unwrap();
            if most > 0 {
                let (found, first, last) = best(count, steps.clone()).unwrap();
                prop_assert_eq!(found, most);
                prop_assert_eq!(net(first, last), most);
            }
        }

        #[test]
        fn every_stretch_that_is_asked_for_comes_up(
            count in 1..12_u32,
            steps in proptest::collection::vec((0..12_u32, 0..12_u32, -9..9_i64, (0..2_i64, 0..2_i64)), 1..20),
            (net, proof) in (1..12_i64, -3..6_i64),
        ) {
            let steps: Vec<(Step, [i64; 2])> = steps
                .into_iter()
                .map(|(last, limit, net, times)| {
                    let step = Step { last: last % count, limit: (limit % count).min(last % count), net };
                    (step, times.into())
                })
                .collect();
            let sums = |first: u32, last: u32| -> (i64, i64) {
                let own = steps.iter().filter(|(step, _)| step.last <= last && first <= step.limit);
                own.fold((0, 0), |(net, proof), (step, times)| {
                    (net + step.net * times[0], proof + step.net * times[1])
                })
            };
            let all = (0..count).flat_map(|first| (first..count).map(move |last| (first, last)));
            let wanted = |sums: &(i64, i64)| sums.0 >= net && sums.1 >= proof;
            let mut expected: Vec<(i64, i64)> =
                all.map(|(first, last)| sums(first, last)).filter(wanted).collect();
            expected.sort_unstable();
            expected.dedup();
            let mut found = Vec::new();
            let _ = each(count, &mut steps.clone(), Least { net, proof }, &mut |first, last| {
                found.push(sums(first, last));
                ControlFlow::Continue(Least { net, proof })
            });
            found.sort_unstable();
            found.dedup();
            prop_assert_eq!(found, expected);
        }
    }
}
