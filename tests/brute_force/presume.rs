//! Presuming what is typical, in each piece of every band.

use std::collections::{BTreeMap, BTreeSet};

use super::profile::{Given, Profile};
use super::ruleset::{Gives, Kind, Part, Ruleset};
use super::states::{self, Outcome, Span, State, holds};

/// What presuming leaves.
pub struct Presumed {
    /// The outcome of the agreeing pieces, where they hold enough.
    pub outcome: Option<Outcome>,
    /// The states left in the pieces that agree on it; in all pieces where there is none.
    pub left: Vec<State>,
    /// Every outcome left in some piece.
    pub possible: BTreeSet<Outcome>,
    /// For each outcome, the part of the bounded bands' integers where it alone is left, and where it is among
    /// those left; empty where no band is bounded.
    pub parts: BTreeMap<Outcome, (u64, u64)>,
    pub integers: u64,
    /// Facts narrowed, with the typical row that did it, in the pieces of `left`.
    pub narrowed: BTreeSet<(usize, String)>,
}

struct Band {
    fact: usize,
    span: Span,
    begins: Vec<i64>,
}

impl Band {
    fn piece_of(&self, value: i64) -> usize {
        self.begins.iter().filter(|&&begin| begin <= value).count() - 1
    }
}

/// One piece of every band.
struct Piece {
    left: Vec<State>,
    narrowed: BTreeSet<(usize, String)>,
}

/// The pieces that share those of the bounded bands.
#[derive(Default)]
struct Combination {
    pieces: Vec<Piece>,
    outcomes: BTreeSet<Outcome>,
    integers: u64,
}

pub fn presume(ruleset: &Ruleset, profile: &Profile, all: &[State]) -> Presumed {
    let bands = bands(ruleset, profile);
    let mut combinations: BTreeMap<Vec<usize>, Combination> = BTreeMap::new();
    for choice in choices(&bands) {
        let states: Vec<State> =
            all.iter().filter(|state| lies_in(state, &bands, &choice)).cloned().collect();
        if states.is_empty() {
            continue;
        }
        let piece = narrow(ruleset, profile, states);
        let bounded =
            bands.iter().zip(&choice).filter(|(band, _)| band.span.bounded).map(|(_, &piece)| piece);
        let combination = combinations.entry(bounded.collect()).or_default();
        combination.outcomes.extend(piece.left.iter().map(|state| state.outcome));
        combination.pieces.push(piece);
    }
    for (pieces, integers) in integers_held(&bands, all) {
        combinations.get_mut(&pieces).expect("a combination with a state").integers = integers;
    }
    conclude(share_asked(ruleset, &bands), bands.iter().any(|band| band.span.bounded), combinations)
}

fn conclude(share: Option<Part>, bounded: bool, combinations: BTreeMap<Vec<usize>, Combination>) -> Presumed {
    let integers: u64 = combinations.values().map(|one| one.integers).sum();
    let possible: BTreeSet<Outcome> = combinations.values().flat_map(|one| one.outcomes.clone()).collect();
    let part = |outcome: &Outcome, alone: bool| -> u64 {
        let with = combinations.values().filter(|one| one.outcomes.contains(outcome));
        with.filter(|one| !alone || one.outcomes.len() == 1).map(|one| one.integers).sum()
    };
    let parts: BTreeMap<Outcome, (u64, u64)> = match bounded {
        true => possible.iter().map(|o| (*o, (part(o, true), part(o, false)))).collect(),
        false => BTreeMap::new(),
    };
    let enough = |outcome: &Outcome| match share {
        Some(share) if bounded => parts[outcome].0 * share.under >= integers * share.over,
        _ => possible.len() == 1,
    };
    let outcome = possible.iter().copied().find(|one| one.0.is_some() && enough(one));
    let counts =
        |one: &Combination| outcome.is_none_or(|o| one.outcomes.len() == 1 && one.outcomes.contains(&o));
    let kept: Vec<Piece> = combinations.into_values().filter(counts).flat_map(|one| one.pieces).collect();
    Presumed {
        outcome,
        narrowed: kept.iter().flat_map(|piece| piece.narrowed.clone()).collect(),
        left: kept.into_iter().flat_map(|piece| piece.left).collect(),
        possible,
        parts,
        integers,
    }
}

fn bands(ruleset: &Ruleset, profile: &Profile) -> Vec<Band> {
    let is_band = |fact: usize| match profile.given.get(&fact) {
        Some(Given::Band(..)) => true,
        Some(Given::Exact(_) | Given::Text) => false,
        None => ruleset.facts[fact].kind == Kind::Integer,
    };
    let band = |fact: usize| {
        let span = states::span(ruleset, profile, fact);
        Band { fact, span, begins: states::pieces(ruleset, fact, span) }
    };
    ruleset.base().filter(|&fact| is_band(fact)).map(band).collect()
}

/// The smallest share that any band with an upper end declares; one without has no share.
fn share_asked(ruleset: &Ruleset, bands: &[Band]) -> Option<Part> {
    let declared =
        bands.iter().filter(|band| band.span.bounded).filter_map(|band| ruleset.facts[band.fact].share);
    declared.min_by(|a, b| (a.over * b.under).cmp(&(b.over * a.under)))
}

/// Every way to take one piece of each band.
fn choices(bands: &[Band]) -> Vec<Vec<usize>> {
    let mut choices = vec![vec![]];
    for band in bands {
        let longer = |choice: &Vec<usize>| -> Vec<Vec<usize>> {
            (0..band.begins.len()).map(|piece| [choice.as_slice(), &[piece]].concat()).collect()
        };
        choices = choices.iter().flat_map(longer).collect();
    }
    choices
}

/// A state in which a band's fact does not apply lies in every piece of that band.
fn lies_in(state: &State, bands: &[Band], choice: &[usize]) -> bool {
    let mut both = bands.iter().zip(choice);
    both.all(|(band, &piece)| state.values[band.fact].is_none_or(|value| band.piece_of(value) == piece))
}

/// How many combinations of the bounded bands' integers hold a state, by their pieces.
fn integers_held(bands: &[Band], all: &[State]) -> BTreeMap<Vec<usize>, u64> {
    let bounded: Vec<&Band> = bands.iter().filter(|band| band.span.bounded).collect();
    let known: BTreeSet<Vec<Option<i64>>> =
        all.iter().map(|state| bounded.iter().map(|band| state.values[band.fact]).collect()).collect();
    let mut held: BTreeSet<Vec<i64>> = BTreeSet::new();
    for values in known {
        let mut tuples: Vec<Vec<i64>> = vec![vec![]];
        for (band, value) in bounded.iter().zip(values) {
            let range = value.map_or(band.span.low..=band.span.last, |one| one..=one);
            let longer = |tuple: &Vec<i64>| {
                range.clone().map(|n| [tuple.as_slice(), &[n]].concat()).collect::<Vec<_>>()
            };
            tuples = tuples.iter().flat_map(longer).collect();
        }
        held.extend(tuples);
    }
    let mut counts = BTreeMap::new();
    for tuple in held {
        let pieces = bounded.iter().zip(tuple).map(|(band, number)| band.piece_of(number)).collect();
        *counts.entry(pieces).or_insert(0) += 1;
    }
    counts
}

fn narrow(ruleset: &Ruleset, profile: &Profile, states: Vec<State>) -> Piece {
    let mut piece = Piece { left: states, narrowed: BTreeSet::new() };
    for row in &ruleset.typical {
        let Gives::Narrowing(set) = &row.gives else { continue };
        if !piece.left.iter().all(|state| holds(&row.when, &state.values)) {
            continue;
        }
        for (fact, test) in set {
            // An integer of which nothing is known is the band of its whole range, and no band is narrowed.
            if profile.given.contains_key(fact) || ruleset.facts[*fact].kind == Kind::Integer {
                continue;
            }
            let stays = |state: &&State| state.values[*fact].is_none() || test.holds(state.values[*fact]);
            let left: Vec<State> = piece.left.iter().filter(stays).cloned().collect();
            if !left.is_empty() && left.len() < piece.left.len() {
                piece.narrowed.insert((*fact, row.id.clone()));
                piece.left = left;
            }
        }
    }
    piece
}
