//! What is typical for such an organization, presumed piece by piece of what is known only as a band.
//!
//! Bands are cut at the thresholds of the rules. A block is a range of pieces on every band; it is narrowed by the
//! typical rows as a whole where they treat all its combinations alike, and cut in two where they do not, there where
//! that leaves the fewest states to tell apart on both sides. So bands of many pieces cost no more than the places
//! where the answer changes.

use std::collections::HashMap;

use num_bigint::BigUint;

use super::bands::{Band, bands};
use super::block::{Bands, Block};
use super::pieces::{Outcome, Piece, Pieces, outcomes};
use super::typical::{Applies, Typical};
use crate::percent::Percent;
use crate::profile::Profile;
use crate::ruleset::{FactId, Ruleset, Stretch};
use crate::space::cells::Budget;
use crate::space::{OutOfBudget, Region};

/// A fact that a typical row narrowed: `row` and `place` say where it stands in [`Ruleset::typical`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Narrowing {
    /// The fact.
    pub fact: FactId,
    /// The typical row.
    pub row: usize,
    /// The place of the fact in the row's `set`.
    pub place: usize,
}

/// What is left of a part of the bands after presuming.
#[derive(Debug, Clone)]
pub struct Remaining {
    /// The states left, with their outcomes.
    pub pieces: Vec<Piece>,
    /// What was narrowed.
    pub narrowed: Vec<Narrowing>,
    /// The numbers it takes of each band.
    pub numbers: Vec<(FactId, Stretch)>,
}

/// A part of the bounded bands with the outcomes left in it.
#[derive(Debug, Clone)]
pub struct Part {
    /// How many combinations of the bands' numbers hold a state in it.
    pub weight: BigUint,
    /// What is still possible.
    pub outcomes: Vec<Outcome>,
    left: Vec<Remaining>,
    /// The numbers of each band that ends.
    numbers: Vec<(FactId, Stretch)>,
}

impl Part {
    /// What presuming leaves of it.
    pub fn left(&self) -> &[Remaining] {
        &self.left
    }

    /// Its numbers of each band that ends.
    pub fn numbers(&self) -> Vec<(FactId, Stretch)> {
        self.numbers.clone()
    }
}

/// What presuming comes to.
#[derive(Debug, Clone, Default)]
pub struct Presumed {
    parts: Vec<Part>,
    /// How much of the bands' numbers still allows each outcome.
    possible: HashMap<Outcome, BigUint>,
    whole: BigUint,
    bounded: bool,
    /// How much of the bands must agree, where one of those that end says so.
    pub share_asked: Option<Percent>,
    /// The one outcome that enough of the bands agree on, if it has an owner.
    pub outcome: Option<Outcome>,
}

impl Presumed {
    /// What is left in the parts that agree on the outcome, or in all parts where none is asked for.
    pub fn left(&self, outcome: Option<Outcome>) -> impl Iterator<Item = &Remaining> {
        let agrees = move |part: &&Part| outcome.is_none_or(|outcome| part.outcomes == [outcome]);
        self.parts.iter().filter(agrees).flat_map(|part| &part.left)
    }

    /// The parts of the bands that were looked at.
    pub fn parts(&self) -> &[Part] {
        &self.parts
    }

    /// Whether an outcome is still possible after presuming.
    pub fn allows(&self, outcome: Outcome) -> bool {
        self.possible.contains_key(&outcome)
    }

    /// The part of the bands' numbers for which an outcome is still possible; `None` without a band that ends.
    pub fn share(&self, outcome: Outcome) -> Option<f64> {
        let part = self.possible.get(&outcome);
        self.bounded.then(|| part.map_or(0.0, |part| ratio(part, &self.whole)))
    }
}

/// A part of a whole as a fraction; both may be larger than any floating-point number.
fn ratio(part: &BigUint, whole: &BigUint) -> f64 {
    let excess = whole.bits().saturating_sub(u64::from(u128::BITS));
    let near = |number: &BigUint| u128::try_from(number >> excess).unwrap_or(u128::MAX) as f64;
    near(part) / near(whole)
}

/// Presumes what is typical of a profile with these states, which were cut into these pieces.
///
/// # Errors
/// When the rules are too entangled to be weighed within the budget.
pub fn presume(
    ruleset: &Ruleset,
    profile: &Profile,
    (states, pieces): (&[Region], &Pieces),
    budget: &mut Budget,
) -> Result<Presumed, OutOfBudget> {
    let bands = bands(ruleset, profile);
    let block = bands.iter().map(|band| 0..band.pieces.len()).collect();
    let bands = Bands::new(&ruleset.compiled().space, &bands);
    let mut run = Run {
        ruleset,
        states,
        all: pieces,
        typical: Typical::new(ruleset, profile),
        bands: &bands,
        budget,
        parts: Vec::new(),
    };
    run.parts(block)?;
    let parts = run.parts;
    let whole: BigUint = parts.iter().map(|part| &part.weight).sum();
    let mut possible: HashMap<Outcome, BigUint> = HashMap::new();
    let mut agreeing: HashMap<Outcome, BigUint> = HashMap::new();
    for part in &parts {
        for outcome in &part.outcomes {
            *possible.entry(*outcome).or_default() += &part.weight;
        }
        if let [only] = part.outcomes.as_slice() {
            *agreeing.entry(*only).or_default() += &part.weight;
        }
    }
    let bounded = bands.all().iter().filter(|band| band.bounded);
    let share =
        bounded.clone().filter_map(|band| ruleset.fact(ruleset.compiled().facts[band.axis]).share).min();
    // A share is more than half, so that one outcome at most reaches it.
    let outcome = agreeing.iter().find(|(outcome, part)| {
        outcome.owner.is_some()
            && match share {
                Some(share) => share.reached_by(part, &whole),
                None => **part == whole,
            }
    });
    let outcome = outcome.map(|(outcome, _)| *outcome);
    let bounded = bounded.count() > 0;
    Ok(Presumed { parts, possible, whole, bounded, share_asked: share, outcome })
}

struct Run<'a> {
    ruleset: &'a Ruleset,
    states: &'a [Region],
    /// All states as pieces.
    all: &'a Pieces,
    typical: Typical<'a>,
    bands: &'a Bands<'a>,
    budget: &'a mut Budget,
    parts: Vec<Part>,
}

/// What a block comes to.
enum Looked {
    /// The typical rows treat all its combinations alike, and leave this.
    Remaining(Remaining),
    /// They do not, because of states that lie in some of its combinations only.
    Unlike(Vec<Region>),
}

/// Where to cut a block: a band, and the place in it.
type Cut = (usize, usize);

impl Run<'_> {
    /// Cuts a block along the bands that end, until in each part all combinations come to the same.
    fn parts(&mut self, block: Block) -> Result<(), OutOfBudget> {
        let mut left = Vec::new();
        let cut = match self.spread(&block, &mut left)? {
            Some(cut) => Some(cut),
            None => self.told_apart(&block, &left),
        };
        if let Some(cut) = cut {
            let [below, above] = halves(&block, cut);
            self.parts(below)?;
            return self.parts(above);
        }
        let outcomes = outcomes(left.iter().flat_map(|left| &left.pieces));
        // A block that holds no state does not count.
        if !outcomes.is_empty() {
            let weight = self.bands.weight(&block, self.states, self.budget)?;
            let numbers = self.bands.numbers(&block, self.ruleset, |band| band.bounded);
            self.parts.push(Part { weight, outcomes, left, numbers });
        }
        Ok(())
    }

    /// Collects what is left of a block, cut along the bands without an end where that is needed. Returns where to cut
    /// along one that ends, if that is what is needed.
    fn spread(&mut self, block: &Block, found: &mut Vec<Remaining>) -> Result<Option<Cut>, OutOfBudget> {
        let boundaries = match self.look(block)? {
            Looked::Remaining(left) => {
                found.push(left);
                return Ok(None);
            }
            Looked::Unlike(boundaries) => boundaries,
        };
        let Some(cut) = self.bands.cut(block, boundaries.iter(), |_| true) else { return Ok(None) };
        if self.bands.all()[cut.0].bounded {
            return Ok(Some(cut));
        }
        let [below, above] = halves(block, cut);
        match self.spread(&below, found)? {
            None => self.spread(&above, found),
            cut => Ok(cut),
        }
    }

    /// Where to cut a block along a band that ends, if what is left differs from one combination to the other.
    fn told_apart(&self, block: &Block, left: &[Remaining]) -> Option<Cut> {
        let pieces = || left.iter().flat_map(|left| &left.pieces);
        let first = pieces().next()?.outcome;
        if pieces().all(|piece| piece.outcome == first) {
            return None;
        }
        let bounded = |band: &Band| band.bounded;
        if pieces().all(|piece| self.bands.spans(block, &piece.region, bounded)) {
            return None;
        }
        self.bands.cut(block, pieces().map(|piece| &piece.region), bounded)
    }

    /// What the typical rows leave of a block.
    fn look(&mut self, block: &Block) -> Result<Looked, OutOfBudget> {
        let mut regions = self.bands.within(block, self.states);
        let single = block.iter().all(|range| range.len() <= 1);
        let spans = |region: &Region| single || self.bands.spans(block, region, |_| true);
        let mut narrowed = Vec::new();
        for at in 0..self.typical.count() {
            self.budget.spend(1 + regions.len() as u64)?;
            match self.typical.applies(at, &regions, spans) {
                Applies::Never => continue,
                Applies::Unlike(boundaries) => return Ok(Looked::Unlike(boundaries)),
                Applies::Always => {}
            }
            for presumption in self.typical.presumptions(at) {
                let after = match presumption.narrow(&regions) {
                    Some(after) => after,
                    None => continue,
                };
                // In some combinations nothing may be left, and then nothing is narrowed there.
                if !single && !after.iter().any(spans) {
                    return Ok(Looked::Unlike(after));
                }
                narrowed.push(Narrowing {
                    fact: presumption.fact,
                    row: self.typical.row(at),
                    place: presumption.place,
                });
                regions = after;
            }
        }
        let pieces = self.all.within(self.ruleset, &regions, self.budget)?;
        let numbers = self.bands.numbers(block, self.ruleset, |_| true);
        Ok(Looked::Remaining(Remaining { pieces, narrowed, numbers }))
    }
}

fn halves(block: &Block, (band, at): Cut) -> [Block; 2] {
    let mut halves = [block.clone(), block.clone()];
    halves[0][band].end = at;
    halves[1][band].start = at;
    halves
}
