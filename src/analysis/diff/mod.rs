//! Where two rulesets come to different outcomes, exactly, and what else their users would notice.

mod facts;
mod presumptions;
mod rows;
mod same;

use serde::Serialize;
use serde_json::{Map, Value as Json};

pub use facts::FactChange;
pub use presumptions::{Answered, PresumptionChange};
pub use rows::RowChange;

use super::alignment::Alignment;
use super::changes::{NotCompared, regions};
use super::conditions::{counted, untested_decide};
use super::count::Tally;
use crate::ruleset::Ruleset;
use crate::space::cells::{Budget, Rows, holes};
use crate::space::{ABSENT, Boxed, Region};
use std::ops::ControlFlow;

/// Steps allowed for comparing two rulesets.
pub const STEPS: u64 = 8_000_000;
/// Steps allowed for putting the changes of one pair of outcomes in few words.
const WORDING: u64 = 400_000;

/// Owner and contact, by id.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Answer {
    /// The role that owns.
    pub owner: Option<String>,
    /// The contact.
    pub contact: Option<String>,
}

/// The states in which one outcome becomes another.
#[derive(Debug, Clone, Serialize)]
pub struct Change {
    /// The outcome by the old ruleset.
    pub from: Answer,
    /// The outcome by the new one.
    pub to: Answer,
    /// Conditions over base facts, any of which may hold.
    pub when: Vec<Map<String, Json>>,
    /// The same in the rulesets' words.
    #[serde(skip)]
    pub when_said: Vec<String>,
    /// How many assignments of the facts that either tests.
    pub states: String,
    /// A smallest profile whose answer changes so.
    pub witness: Map<String, Json>,
}

/// All that changes, and what was not compared.
#[derive(Debug, Clone, Serialize)]
pub struct Difference {
    /// One entry for each pair of outcomes.
    pub changes: Vec<Change>,
    /// Facts and values that only one of them has.
    pub facts: Vec<FactChange>,
    /// What is presumed otherwise.
    pub presumptions: Vec<PresumptionChange>,
    /// Rows that collect and say or hold something else.
    pub rows: Vec<RowChange>,
    /// What was not compared, as sentences.
    #[serde(skip)]
    pub notes: Vec<String>,
}

impl Difference {
    /// Whether nothing differs.
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
            && self.facts.is_empty()
            && self.presumptions.is_empty()
            && self.rows.is_empty()
    }
}

/// Compares two rulesets: their outcomes, what they presume, what profiles may give them, and what they collect.
///
/// # Errors
/// When they speak of different things by the same name, or are too entangled.
pub fn diff(old: &Ruleset, new: &Ruleset) -> Result<Difference, NotCompared> {
    let outcomes = outcomes(old, new)?;
    let alignment = Alignment::new(old, new)?;
    Ok(Difference {
        facts: facts::facts(old, new),
        presumptions: presumptions::presumptions(old, new),
        rows: rows::rows(old, new, &alignment, &mut Budget::new(STEPS))?,
        ..outcomes
    })
}

/// Compares the outcomes of two rulesets alone.
///
/// # Errors
/// When they speak of different things by the same name, or are too entangled.
pub fn outcomes(old: &Ruleset, new: &Ruleset) -> Result<Difference, NotCompared> {
    let alignment = Alignment::new(old, new)?;
    let found = regions(&alignment, &alignment.space.all(), &mut Budget::new(STEPS))?;
    let ((facts, roles), titles) = (alignment.names(), alignment.called());
    let vocabulary = alignment.vocabulary(&facts, &roles);
    let counted = both_counted(&alignment, old, new);
    let others_decide = untested_decide(old) || untested_decide(new);
    let answer = |[owner, contact]: [Option<u32>; 2]| {
        let id = |role: Option<u32>| role.and_then(|role| alignment.role(role)).map(str::to_owned);
        Answer { owner: id(owner), contact: id(contact) }
    };
    let mut changes = Vec::with_capacity(found.len());
    for ([from, to], regions) in found {
        let mut tally = Tally::new(&alignment.space, &counted, others_decide);
        regions.iter().for_each(|region| tally.add(region));
        let simple = vocabulary.simplify(&regions, &mut Budget::new(WORDING));
        let boxed: Vec<Boxed> =
            regions.iter().map(|region| Boxed { region: region.clone(), row: 0 }).collect();
        let live: Vec<u32> = (0..boxed.len() as u32).collect();
        let rows = Rows { space: &alignment.space, boxed: &boxed };
        let mut budget = Budget::new(WORDING);
        let changes_throughout = |region: &Region| {
            Ok(holes(rows, &live, region, &mut budget, &mut |_| ControlFlow::Break(()))?.is_continue())
        };
        let point = vocabulary.point(&regions[0]);
        let witness = vocabulary.smallest_profile(&point, changes_throughout).unwrap_or_else(|_| {
            let given: Vec<bool> = point.iter().map(|atom| *atom != ABSENT).collect();
            vocabulary.profile(&point, &given)
        });
        changes.push(Change {
            from: answer(from),
            to: answer(to),
            when: simple.iter().map(|region| vocabulary.condition(region)).collect(),
            when_said: simple.iter().map(|region| vocabulary.in_words(region, &titles)).collect(),
            states: tally.finish(&mut Budget::new(STEPS))?.to_string(),
            witness,
        });
    }
    Ok(Difference {
        changes,
        facts: Vec::new(),
        presumptions: Vec::new(),
        rows: Vec::new(),
        notes: alignment.notes,
    })
}

fn both_counted(alignment: &Alignment, old: &Ruleset, new: &Ruleset) -> Vec<usize> {
    let tested = |ruleset: &Ruleset| -> Vec<String> {
        counted(ruleset)
            .iter()
            .map(|axis| ruleset.fact(ruleset.compiled().facts[*axis]).name.clone())
            .collect()
    };
    let names = [tested(old), tested(new)].concat();
    (0..alignment.facts.len()).filter(|axis| names.contains(&alignment.facts[*axis].name)).collect()
}
