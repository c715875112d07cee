//! The fewest candidates that reach all that is wanted.

use std::collections::BTreeSet;

use super::candidate::{Candidate, Item};

/// Steps for finding out whether fewer cases do.
const TRIES: usize = 200_000;

/// As few candidates as reach all that can be reached: the one that adds most first, then fewer if that can be found.
pub(super) fn fewest(candidates: &[Candidate], wanted: &BTreeSet<Item>) -> Vec<Candidate> {
    let mut distinct: Vec<&Candidate> = Vec::new();
    for candidate in candidates {
        if distinct.iter().any(|other| candidate.reaches.is_subset(&other.reaches)) {
            continue;
        }
        distinct.retain(|other| !other.reaches.is_subset(&candidate.reaches));
        distinct.push(candidate);
    }
    let reachable: BTreeSet<Item> =
        distinct.iter().flat_map(|candidate| candidate.reaches.intersection(wanted).copied()).collect();
    let mut left = reachable.clone();
    let mut chosen: Vec<usize> = Vec::new();
    while !left.is_empty() {
        let adds = |at: &usize| distinct[*at].reaches.intersection(&left).count();
        let Some(best) = (0..distinct.len()).max_by_key(|at| (adds(at), usize::MAX - at)) else { break };
        left.retain(|item| !distinct[best].reaches.contains(item));
        chosen.push(best);
    }
    let mut tries = TRIES;
    while chosen.len() > 1 {
        let mut fewer = Vec::new();
        if !cover(&distinct, &reachable, chosen.len() - 1, &mut fewer, &mut tries) {
            break;
        }
        chosen = fewer;
    }
    chosen.into_iter().map(|at| distinct[at].clone()).collect()
}

/// Whether so many candidates can reach all that is left; `chosen` then names them.
fn cover(
    distinct: &[&Candidate],
    left: &BTreeSet<Item>,
    allowed: usize,
    chosen: &mut Vec<usize>,
    tries: &mut usize,
) -> bool {
    // Whoever reaches the item that fewest reach must be among them.
    let reaching = |item: &Item| distinct.iter().filter(|candidate| candidate.reaches.contains(item)).count();
    let Some(rarest) = left.iter().min_by_key(|item| reaching(item)) else { return true };
    if allowed == 0 {
        return false;
    }
    for (at, candidate) in
        distinct.iter().enumerate().filter(|(_, candidate)| candidate.reaches.contains(rarest))
    {
        if *tries == 0 {
            return false;
        }
        *tries -= 1;
        chosen.push(at);
        let rest: BTreeSet<Item> = left.difference(&candidate.reaches).copied().collect();
        if cover(distinct, &rest, allowed - 1, chosen, tries) {
            return true;
        }
        chosen.pop();
    }
    false
}
