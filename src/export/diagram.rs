//! The decision read one fact after the other, as an automaton does: after each fact few states are left, since most
//! pasts have the same future. States with the same successors are one (a multi-valued decision diagram, minimized).

use std::collections::HashMap;

use super::reading::{How, Read, Said};
use super::residual::{Residual, Residuals};
use crate::decision::{ShortDecision, TooEntangled, Weighed, WeighedPart, weighed};
use crate::profile::Profile;
use crate::ruleset::{FactId, Ruleset, Stretch, TooMany, Value};

/// More situations than this are not decided one by one.
const SITUATIONS: usize = 20_000;
/// After how many situations it is looked whether the statement would be longer than this, if the rest is like them.
const LOOK: usize = 5_000;
const BYTES: usize = 4_000_000;

/// The state in which what was read contradicts itself, after every fact and at the end.
pub const CONTRADICTION: u32 = 0;

/// The steps from the first fact to the answer.
#[derive(Debug, Clone)]
pub struct Diagram {
    /// For each fact read: by state, the state after each thing that the fact can be said to be.
    pub steps: Vec<Vec<Vec<u32>>>,
    /// The state in which reading begins.
    pub start: u32,
    /// What the last states say; state 1 is the first of them.
    pub leaves: Vec<Leaf>,
}

/// What is said at the end.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Leaf {
    /// One answer.
    Always(Answer),
    /// An answer that hangs on how much of the bands agrees.
    ByShare {
        /// How much must, as a fraction.
        share: (u32, u32),
        /// The parts of the bands.
        parts: Vec<PartOfBands>,
        /// What is said where the parts that agree hold the share.
        presumed: Vec<Answer>,
        /// What is said where none do.
        open: Answer,
    },
}

/// A part of the bands: which presumed answer it agrees on, and its numbers.
pub type PartOfBands = (Option<usize>, Vec<(FactId, End, End)>);

/// Where a part of a band begins or ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum End {
    /// With the band itself.
    OfBand,
    /// At a threshold.
    At(i128),
}

/// What is said of one row.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Answer {
    /// The status.
    pub status: &'static str,
    /// The id of the role that owns.
    pub owner: Option<String>,
    /// The id of the contact's role.
    pub contact: Option<String>,
    /// How sure it is.
    pub confidence: &'static str,
    /// The ids of the owner rules.
    pub rule: Option<String>,
    /// The fact best asked for.
    pub ask: Option<String>,
    /// The derived facts on which all agrees.
    pub derived: Vec<(FactId, Value)>,
}

/// Why there is no diagram.
#[derive(Debug, thiserror::Error)]
pub enum NoDiagram {
    /// Some situation cannot be decided within the limits.
    #[error(transparent)]
    TooEntangled(#[from] TooEntangled),
    /// The conditions of the typical rows are too many regions.
    #[error(transparent)]
    TooMany(#[from] TooMany),
    /// There are too many situations, or states after some of them.
    #[error(
        "the rules tell about {situations} situations apart, so that it would be about {bytes} bytes long"
    )]
    TooLarge {
        /// How many situations there are, if the rest is like what was gone through until then.
        situations: usize,
        /// How long the statement would be, if the rest is like what was gone through until then.
        bytes: usize,
    },
    /// How much of a band agrees hangs on more than its ends.
    #[error(
        "how much of a band agrees depends on facts that apply for some of its numbers only: map it to one column"
    )]
    Coupled,
}

/// Builds the diagram of a ruleset over the facts that are read; `asked` takes out of an answer what nobody asked for, since
/// answers that say the same are one.
///
/// # Errors
/// When it would be too large, or a situation is too entangled to be decided.
pub fn diagram(
    ruleset: &Ruleset,
    reads: &[Read],
    asked: &dyn Fn(Answer) -> Answer,
) -> Result<Diagram, NoDiagram> {
    let mut builder = Builder {
        ruleset,
        reads,
        asked,
        residuals: Residuals::new(ruleset)?,
        known: HashMap::new(),
        steps: vec![Step::default(); reads.len()],
        leaves: Vec::new(),
        places: HashMap::new(),
        decided: 0,
        bytes: 0,
        way: Vec::new(),
    };
    let start = builder.state(&mut Profile::unknown(ruleset), &mut Vec::new())?;
    let steps = builder.steps.into_iter().map(|step| step.states).collect();
    Ok(Diagram { steps, start, leaves: builder.leaves })
}

/// The states before a fact is read.
#[derive(Clone)]
struct Step {
    states: Vec<Vec<u32>>,
    places: HashMap<Vec<u32>, u32>,
}

impl Default for Step {
    /// The contradiction alone, which stays one.
    fn default() -> Step {
        Step { states: vec![Vec::new()], places: HashMap::new() }
    }
}

struct Builder<'a> {
    ruleset: &'a Ruleset,
    reads: &'a [Read],
    asked: &'a dyn Fn(Answer) -> Answer,
    residuals: Residuals<'a>,
    known: HashMap<Residual, u32>,
    steps: Vec<Step>,
    leaves: Vec<Leaf>,
    places: HashMap<Leaf, u32>,
    decided: usize,
    /// How long the states found until now are in a statement, at least.
    bytes: usize,
    /// Which of how many things is gone through of each fact that was read.
    way: Vec<(usize, usize)>,
}

impl<'a> Builder<'a> {
    fn state(&mut self, profile: &mut Profile, read: &mut Vec<(FactId, &'a Said)>) -> Result<u32, NoDiagram> {
        if profile.states(self.ruleset).is_empty() {
            return Ok(CONTRADICTION);
        }
        let unread = self.reads[read.len()..].iter().map(|read| read.fact);
        let residual = self.residuals.of(profile, read, unread);
        if let Some(state) = self.known.get(&residual) {
            return Ok(*state);
        }
        let state = match self.reads.get(read.len()) {
            None => self.leaf(profile, read)?,
            Some(next) => {
                let mut after = Vec::with_capacity(next.says.len());
                for (at, said) in next.says.iter().enumerate() {
                    self.way.push((at, next.says.len()));
                    profile.set(next.fact, said.given.clone());
                    read.push((next.fact, said));
                    after.push(self.state(profile, read)?);
                    read.pop();
                    self.way.pop();
                }
                profile.set(next.fact, None);
                let step = &mut self.steps[read.len()];
                let place = step.states.len() as u32;
                let known = *step.places.entry(after.clone()).or_insert(place);
                if known == place {
                    let mut led_to = after.clone();
                    led_to.sort_unstable();
                    led_to.dedup();
                    // `WHEN 1234 THEN CASE … END`, and ` WHEN 1 THEN 1234` for all that it leads to but one.
                    self.bytes += 15 + 20 * (led_to.len() - 1);
                    step.states.push(after);
                }
                known
            }
        };
        self.known.insert(residual, state);
        Ok(state)
    }

    /// How many situations there would be, and how long the whole, by how much of it was gone through.
    fn whole(&self) -> (usize, usize) {
        let (mut done, mut part) = (0.0, 1.0);
        for (at, of) in &self.way {
            part /= *of as f64;
            done += part * *at as f64;
        }
        // A leaf is a row of the answers as well.
        let whole = |of: usize| (of as f64 / (done + part)) as usize;
        (whole(self.decided), whole(self.bytes + 80 * self.leaves.len()))
    }

    fn leaf(&mut self, profile: &Profile, read: &[(FactId, &Said)]) -> Result<u32, NoDiagram> {
        if self.decided > 0 && self.decided.is_multiple_of(LOOK) {
            let (situations, bytes) = self.whole();
            if self.decided >= SITUATIONS || bytes > BYTES {
                return Err(NoDiagram::TooLarge { situations, bytes });
            }
        }
        self.decided += 1;
        let answer = |short: &ShortDecision| (self.asked)(answer(self.ruleset, profile, short));
        let leaf = match weighed(self.ruleset, profile)? {
            Weighed::Always(short) => Leaf::Always(answer(&short)),
            // Where no band is given by its ends, how much of it agrees is the same of all rows.
            Weighed::Coupled if !read.iter().any(|(_, said)| matches!(said.how, How::Between(..))) => {
                Leaf::Always(answer(&crate::decision::decide_in_short(self.ruleset, profile)?))
            }
            Weighed::Coupled => return Err(NoDiagram::Coupled),
            Weighed::ByShare { share, parts, presumed, open } => {
                let is_band = |fact: FactId| {
                    read.iter().any(|(of, said)| *of == fact && matches!(said.how, How::Between(..)))
                };
                let parts = ends(&parts, is_band);
                // Where no band is given by its ends, the share is the same of all rows.
                let varies = parts.iter().flat_map(|(_, numbers)| numbers);
                let varies = varies.clone().any(|(_, first, last)| [first, last].contains(&&End::OfBand));
                match varies {
                    true => Leaf::ByShare {
                        share: share.fraction(),
                        parts,
                        presumed: presumed.iter().map(answer).collect(),
                        open: answer(&open),
                    },
                    false => Leaf::Always(answer(&crate::decision::decide_in_short(self.ruleset, profile)?)),
                }
            }
        };
        let place = self.leaves.len() as u32 + 1;
        let known = *self.places.entry(leaf.clone()).or_insert(place);
        if known == place {
            self.leaves.push(leaf);
        }
        Ok(known)
    }
}

/// The ends of the parts of bands; a band that no part cuts is left out, since it weighs the same everywhere.
fn ends(parts: &[WeighedPart], is_band: impl Fn(FactId) -> bool) -> Vec<PartOfBands> {
    let whole = |fact: FactId| {
        let own = || parts.iter().flat_map(|part| &part.numbers).filter(move |(of, _)| *of == fact);
        let first = own().map(|(_, stretch)| stretch.first).min().unwrap_or(0);
        let last = own().map(|(_, stretch)| stretch.last).max().unwrap_or(0);
        (Stretch { first, last }, own().any(|(_, stretch)| (stretch.first, stretch.last) != (first, last)))
    };
    let part = |part: &WeighedPart| {
        let cut = part.numbers.iter().filter(|(fact, _)| whole(*fact).1);
        let cut = cut.map(|(fact, stretch)| {
            let (band, given) = (whole(*fact).0, is_band(*fact));
            let end =
                |at: i128, of_band: i128| if given && at == of_band { End::OfBand } else { End::At(at) };
            (*fact, end(stretch.first, band.first), end(stretch.last, band.last))
        });
        (part.agrees, cut.collect())
    };
    parts.iter().map(part).collect()
}

fn answer(ruleset: &Ruleset, profile: &Profile, short: &ShortDecision) -> Answer {
    let role = |role: Option<crate::ruleset::RoleId>| role.map(|role| ruleset.role(role).id.clone());
    let near = |(fact, other): &(FactId, i128)| {
        let own = profile.given(*fact).and_then(|given| given.value());
        match (ruleset.fact(*fact).near, own) {
            (Some(near), Some(Value::Number(own))) => {
                near.is_within(own.abs_diff(*other), own.unsigned_abs())
            }
            _ => false,
        }
    };
    let borderline = short.changes.iter().any(near);
    Answer {
        status: short.status.as_str(),
        owner: role(short.outcome.owner),
        contact: role(short.outcome.contact),
        confidence: short.confidence[usize::from(borderline)].as_str(),
        rule: (!short.rules.is_empty()).then(|| short.rules.join("|")),
        ask: short.ask.map(|(fact, _)| ruleset.fact(fact).name.clone()),
        derived: short.derived.clone(),
    }
}
