//! What is typical for such an organization, presumed piece by piece of what is known only as a band.
//!
//! Bands are cut at the thresholds of the rules. A block is a range of pieces on every band; it is narrowed by the
//! typical rows as a whole where they treat all its combinations alike, and halved where they do not, so that a band of
//! many pieces costs no more than the places where the answer changes.

use std::ops::Range;

use super::bands::{Band, bands};
use super::pieces::{Outcome, Piece, Standing, axis_standing, derived_standing, outcomes, pieces};
use crate::profile::Profile;
use crate::ruleset::{FactId, Kind, Ruleset, Stretch, Subject};
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
pub struct Left {
    /// The states left, with their outcomes.
    pub pieces: Vec<Piece>,
    /// What was narrowed.
    pub narrowed: Vec<Narrowing>,
    /// The numbers it takes of each band.
    pub numbers: Vec<(FactId, Stretch)>,
}

/// A part of the bounded bands with the outcomes left in it.
#[derive(Debug, Clone)]
struct Part {
    weight: u128,
    outcomes: Vec<Outcome>,
    left: Vec<Left>,
}

/// What presuming comes to.
#[derive(Debug, Clone)]
pub struct Presumed {
    parts: Vec<Part>,
    bounded: bool,
    /// The one outcome that enough of the bands agree on, if it has an owner.
    pub outcome: Option<Outcome>,
}

impl Presumed {
    /// What is left in the parts that agree on the outcome, or in all parts where none is asked for.
    pub fn left(&self, outcome: Option<Outcome>) -> impl Iterator<Item = &Left> {
        let agrees = move |part: &&Part| outcome.is_none_or(|outcome| part.outcomes == [outcome]);
        self.parts.iter().filter(agrees).flat_map(|part| &part.left)
    }

    /// Whether an outcome is still possible after presuming.
    pub fn allows(&self, outcome: Outcome) -> bool {
        self.parts.iter().any(|part| part.outcomes.contains(&outcome))
    }

    /// The part of the bands' numbers for which an outcome is still possible; `None` without a band that ends.
    pub fn share(&self, outcome: Outcome) -> Option<f64> {
        if !self.bounded {
            return None;
        }
        let with = self.parts.iter().filter(|part| part.outcomes.contains(&outcome));
        let part: u128 = with.map(|part| part.weight).sum();
        let whole: u128 = self.parts.iter().map(|part| part.weight).sum();
        Some(part as f64 / whole as f64)
    }
}

/// Presumes what is typical.
///
/// # Errors
/// When the rules are too entangled to be cut within the budget.
pub fn presume(
    ruleset: &Ruleset,
    profile: &Profile,
    states: &[Region],
    budget: &mut Budget,
) -> Result<Presumed, OutOfBudget> {
    let bands = bands(ruleset, profile);
    let space = &ruleset.compiled().space;
    let banded = |axis: usize| bands.iter().any(|band| band.axis == axis);
    let required = space.axes.iter().flat_map(|axis| &axis.requires).any(|required| banded(required.axis));
    let coupled = required || bands.iter().any(|band| band.is_cut_into(ruleset, states));
    let mut run = Run { ruleset, profile, states, bands: &bands, coupled, budget, parts: Vec::new() };
    run.parts(bands.iter().map(|band| 0..band.pieces.len()).collect())?;
    let parts = run.parts;
    let bounded = bands.iter().any(|band| band.bounded);
    let outcome = agreed(ruleset, &bands, &parts);
    Ok(Presumed { parts, bounded, outcome })
}

fn agreed(ruleset: &Ruleset, bands: &[Band], parts: &[Part]) -> Option<Outcome> {
    let whole: u128 = parts.iter().map(|part| part.weight).sum();
    let declared = |band: &Band| ruleset.fact(ruleset.compiled().facts[band.axis]).share;
    let share = bands.iter().filter(|band| band.bounded).filter_map(declared).min();
    let mut candidates: Vec<Outcome> = parts.iter().flat_map(|part| part.outcomes.iter().copied()).collect();
    candidates.sort_unstable();
    candidates.dedup();
    candidates.into_iter().filter(|outcome| outcome.owner.is_some()).find(|outcome| {
        let agreeing = parts.iter().filter(|part| part.outcomes == [*outcome]);
        let part: u128 = agreeing.map(|part| part.weight).sum();
        match share {
            Some(share) => part > 0 && share.reached(part, whole),
            None => part == whole,
        }
    })
}

type Block = Vec<Range<usize>>;

struct Run<'a> {
    ruleset: &'a Ruleset,
    profile: &'a Profile,
    states: &'a [Region],
    bands: &'a [Band],
    /// Whether a fact applies only for some numbers of a band, so that combinations may hold no state.
    coupled: bool,
    budget: &'a mut Budget,
    parts: Vec<Part>,
}

impl Run<'_> {
    /// Cuts a block along the bands that end, until each part is one combination of them or agrees as a whole.
    fn parts(&mut self, block: Block) -> Result<(), OutOfBudget> {
        let halves = self.halves(&block, true);
        let divisible = block.iter().any(|range| range.len() > 1);
        let whole = match divisible && self.coupled {
            true => None,
            false => self.left(&block)?,
        };
        let possible = whole.as_ref().map(|left| outcomes(&left.pieces));
        match (whole, possible, halves) {
            (Some(left), Some(possible), _) if possible.len() <= 1 => self.push(&block, possible, vec![left]),
            (_, _, Some(halves)) => {
                for half in halves {
                    self.parts(half)?;
                }
            }
            _ => {
                let mut left = Vec::new();
                self.combinations(block.clone(), &mut left)?;
                let mut possible: Vec<Outcome> =
                    left.iter().flat_map(|left: &Left| outcomes(&left.pieces)).collect();
                possible.sort_unstable();
                possible.dedup();
                self.push(&block, possible, left);
            }
        }
        Ok(())
    }

    /// A block that holds no state does not count.
    fn push(&mut self, block: &Block, outcomes: Vec<Outcome>, left: Vec<Left>) {
        if !outcomes.is_empty() {
            let weight = match self.coupled {
                true => self.held(0, block, self.states.to_vec()),
                false => self.bands.iter().zip(block).map(|(band, range)| band.weight(range)).product(),
            };
            self.parts.push(Part { weight, outcomes, left });
        }
    }

    /// How many combinations of the numbers of a block hold a state, from the band at `at` on. No test tells the
    /// numbers of an atom apart, so it is enough to look at each atom.
    fn held(&self, at: usize, block: &Block, regions: Vec<Region>) -> u128 {
        let Some(band) = self.bands.get(at) else { return u128::from(!regions.is_empty()) };
        let numbers = band.numbers(&block[at]);
        let axis = &self.ruleset.compiled().space.axes[band.axis];
        let Some((first, last)) = axis.atoms_between(numbers.0, numbers.1).filter(|_| band.bounded) else {
            return self.held(at + 1, block, regions);
        };
        let held = (first..=last).map(|atom| {
            let (from, to) = axis.bounds(atom);
            let (from, to) = (from.max(numbers.0), to.min(numbers.1));
            let within = self.within(regions.clone(), band, (from, to));
            (u128::from(to - from) + 1) * self.held(at + 1, block, within)
        });
        held.sum()
    }

    /// Cuts a block along the bands without an end.
    fn combinations(&mut self, block: Block, found: &mut Vec<Left>) -> Result<(), OutOfBudget> {
        let halves = self.halves(&block, false);
        if (halves.is_none() || !self.coupled)
            && let Some(left) = self.left(&block)?
            && (halves.is_none() || outcomes(&left.pieces).len() <= 1)
        {
            found.push(left);
            return Ok(());
        }
        for half in halves.into_iter().flatten() {
            self.combinations(half, found)?;
        }
        Ok(())
    }

    /// The block in two, halved along its longest band of the asked kind; `None` where each has one piece.
    fn halves(&self, block: &Block, bounded: bool) -> Option<[Block; 2]> {
        let asked = block.iter().enumerate().filter(|(at, _)| self.bands[*at].bounded == bounded);
        let (at, range) = asked.max_by_key(|(at, range)| (range.len(), usize::MAX - at))?;
        if range.len() < 2 {
            return None;
        }
        let middle = range.start + range.len() / 2;
        let mut halves = [block.clone(), block.clone()];
        halves[0][at] = range.start..middle;
        halves[1][at] = middle..range.end;
        Some(halves)
    }

    /// What the typical rows leave of a block; `None` where they do not treat all its combinations alike.
    fn left(&mut self, block: &Block) -> Result<Option<Left>, OutOfBudget> {
        let mut regions = self.states.to_vec();
        for (band, range) in self.bands.iter().zip(block) {
            regions = self.within(regions, band, band.numbers(range));
        }
        let single = block.iter().all(|range| range.len() == 1);
        let mut narrowed = Vec::new();
        for (row, typical) in self.ruleset.typical().iter().enumerate() {
            match self.applies(row, &regions, single) {
                Some(false) => continue,
                None => return Ok(None),
                Some(true) => {}
            }
            for (place, presumption) in typical.then.set.iter().enumerate() {
                if self.profile.given(presumption.fact).is_none()
                    && self.narrow(&mut regions, presumption.fact, &presumption.test)
                {
                    narrowed.push(Narrowing { fact: presumption.fact, row, place });
                }
            }
        }
        let pieces = pieces(self.ruleset, &regions, self.budget)?;
        let numbers = self.bands.iter().zip(block).map(|(band, range)| {
            let (first, last) = band.numbers(range);
            (self.ruleset.compiled().facts[band.axis], Stretch { first, last })
        });
        Ok(Some(Left { pieces, narrowed, numbers: numbers.collect() }))
    }

    fn within(&self, regions: Vec<Region>, band: &Band, (first, last): (u64, u64)) -> Vec<Region> {
        let space = &self.ruleset.compiled().space;
        let axis = &space.axes[band.axis];
        let Some((first, last)) = axis.atoms_between(first, last) else { return Vec::new() };
        // States where the fact does not apply belong to every piece.
        let piece = axis.none().stretch(first, last).with_absent();
        if regions.iter().all(|region| region.on(band.axis).within(piece)) {
            return regions;
        }
        let cut = |region: Region| {
            let extent = region.on(band.axis).meet(piece);
            space.settle(region.with(band.axis, extent))
        };
        regions.into_iter().flat_map(cut).collect()
    }

    /// Whether a typical row applies in every combination of a block (`true`), in none (`false`), or in some.
    fn applies(&self, row: usize, regions: &[Region], single: bool) -> Option<bool> {
        let compiled = self.ruleset.compiled();
        let mut holds = true;
        for test in &self.ruleset.typical()[row].when.tests {
            let Subject::Fact(fact) = test.subject else { continue };
            let (standing, alike) = match compiled.axis(fact) {
                Some(axis) => {
                    let banded = self.bands.iter().any(|band| band.axis == axis);
                    let standing = axis_standing(self.ruleset, regions, axis, &test.test);
                    (standing, !banded && !compiled.space.is_conditional())
                }
                None => (derived_standing(self.ruleset, regions, fact, &test.test), false),
            };
            match standing {
                Standing::Holds => {}
                Standing::Fails => return Some(false),
                Standing::Open if single || alike => return Some(false),
                Standing::Open => holds = false,
            }
        }
        holds.then_some(true)
    }

    /// Narrows a fact; `false` where that changes nothing or would leave no state. States where it does not apply stay.
    fn narrow(&self, regions: &mut Vec<Region>, fact: FactId, test: &crate::ruleset::Test) -> bool {
        let compiled = self.ruleset.compiled();
        // A whole number not known is a band, and a band is never narrowed.
        if self.ruleset.fact(fact).kind == Kind::Integer {
            return false;
        }
        let Some(axis) = compiled.axis(fact) else { return false };
        let extents = compiled.extents(axis, test);
        if regions
            .iter()
            .all(|region| extents.iter().any(|extent| region.on(axis).without_absent().within(*extent)))
        {
            return false;
        }
        let narrowed: Vec<Region> = regions
            .iter()
            .flat_map(|region| {
                let own = region.on(axis);
                let mut parts: Vec<_> = extents.iter().map(|extent| own.meet(*extent)).collect();
                if let (true, Some(first)) = (own.has_absent(), parts.first_mut()) {
                    *first = first.with_absent();
                }
                parts
                    .into_iter()
                    .flat_map(|part| compiled.space.settle(region.with(axis, part)))
                    .collect::<Vec<_>>()
            })
            .collect();
        if narrowed.is_empty() {
            return false;
        }
        *regions = narrowed;
        true
    }
}
