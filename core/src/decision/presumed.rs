//! What was presumed, and for which part of a band.

use super::Verdict;
use super::parts::{BandPart, Presumption};
use super::presume::{Narrowing, Remaining};
use crate::ruleset::{FactId, Ruleset, Stretch};

/// What was presumed, each thing once a row, in the order it was.
pub fn presumptions(ruleset: &Ruleset, verdict: &Verdict) -> Vec<Presumption> {
    let left = verdict.left();
    let mut found: Vec<Presumption> = Vec::new();
    for narrowing in left.iter().flat_map(|left| &left.narrowed) {
        let Narrowing { fact, row, place } = *narrowing;
        if !found.iter().any(|known| (known.fact, known.row) == (fact, row)) {
            found.push(Presumption { fact, row, place, part: part(ruleset, &left, narrowing) });
        }
    }
    found
}

/// The part of a band for which the same is presumed of a fact, by whichever row; `None` where it is so throughout, or
/// where more than one band would have to be named.
fn part(ruleset: &Ruleset, left: &[&Remaining], narrowing: &Narrowing) -> Option<BandPart> {
    let test = |narrowing: &Narrowing| &ruleset.typical()[narrowing.row].then.set[narrowing.place].test;
    let same = |other: &Narrowing| other.fact == narrowing.fact && test(other) == test(narrowing);
    let (with, without): (Vec<&Remaining>, Vec<&Remaining>) =
        left.iter().partition(|left| left.narrowed.iter().any(same));
    if without.is_empty() {
        return None;
    }
    let facts = with.first()?.numbers.iter().map(|(fact, _)| *fact);
    let band = |fact| {
        let all = numbers(left, fact);
        let (first, last) =
            (all.first().map_or(0, |stretch| stretch.first), all.last().map_or(0, |stretch| stretch.last));
        Stretch { first, last }
    };
    let parts = facts.map(|fact| BandPart { fact, numbers: numbers(&with, fact), band: band(fact) });
    // A band tells the two apart if they have no number of it in common.
    parts.into_iter().find(|part| {
        let elsewhere = numbers(&without, part.fact);
        let apart = |a: &Stretch, b: &Stretch| a.last < b.first || b.last < a.first;
        part.numbers.iter().all(|own| elsewhere.iter().all(|other| apart(own, other)))
    })
}

/// The numbers of a band in some parts, in order and joined where they are neighbours.
fn numbers(left: &[&Remaining], fact: FactId) -> Vec<Stretch> {
    let own = left.iter().flat_map(|left| &left.numbers).filter(|(of, _)| *of == fact);
    let mut stretches: Vec<Stretch> = own.map(|(_, stretch)| *stretch).collect();
    stretches.sort_unstable();
    let mut joined: Vec<Stretch> = Vec::new();
    for stretch in stretches {
        match joined.last_mut() {
            Some(before) if stretch.first <= before.last.saturating_add(1) => {
                before.last = before.last.max(stretch.last);
            }
            _ => joined.push(stretch),
        }
    }
    joined
}
