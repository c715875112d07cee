//! Where two rulesets come to different outcomes, exactly.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Map, Value as Json};

use super::alignment::{Alignment, Incomparable};
use super::conditions::counted;
use super::count::Tally;
use super::overlay::Overlay;
use crate::ruleset::{Condition, FactId, Ruleset, Subject, Value};
use crate::space::cells::{Budget, Rows, holes};
use crate::space::{ABSENT, Boxed, OutOfBudget, Region};
use std::ops::ControlFlow;

/// Steps allowed for comparing two rulesets.
pub const STEPS: u64 = 8_000_000;
/// Steps allowed for putting the changes of one pair of outcomes in few words.
const WORDING: u64 = 400_000;

/// Why two rulesets were not compared.
#[derive(Debug, thiserror::Error)]
pub enum NotCompared {
    /// They do not speak of the same things.
    #[error("the rulesets cannot be compared")]
    Incomparable(#[from] Incomparable),
    /// They are too entangled.
    #[error("the rulesets are too entangled to be compared exactly")]
    OutOfBudget(#[from] OutOfBudget),
}

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
    /// How many assignments of the facts that either tests.
    pub states: String,
    /// A smallest profile whose answer changes so.
    pub witness: Map<String, Json>,
}

/// All that changes, and what was not compared.
#[derive(Debug, Clone)]
pub struct Difference {
    /// One entry for each pair of outcomes.
    pub changes: Vec<Change>,
    /// What was not compared, as sentences.
    pub notes: Vec<String>,
}

/// From and to, as atoms of the axes of owner and contact: `[owner, contact]` each, `None` for nobody.
type Pair = [[Option<u32>; 2]; 2];

/// Compares two rulesets.
///
/// # Errors
/// When they speak of different things by the same name, or are too entangled.
pub fn diff(old: &Ruleset, new: &Ruleset) -> Result<Difference, NotCompared> {
    let alignment = Alignment::new(old, new)?;
    let found = regions(&alignment, &mut Budget::new(STEPS))?;
    let (facts, roles) = alignment.names();
    let vocabulary = alignment.vocabulary(&facts, &roles);
    let counted = both_counted(&alignment, old, new);
    let answer = |[owner, contact]: [Option<u32>; 2]| {
        let id = |role: Option<u32>| role.and_then(|role| alignment.role(role)).map(str::to_owned);
        Answer { owner: id(owner), contact: id(contact) }
    };
    let mut changes = Vec::with_capacity(found.len());
    for ([from, to], regions) in found {
        let mut tally = Tally::new(&alignment.space, &counted);
        regions.iter().for_each(|region| tally.add(region));
        let simple =
            vocabulary.simplify(&regions, &mut Budget::new(WORDING)).unwrap_or_else(|_| regions.clone());
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
            states: tally.finish(&mut Budget::new(STEPS))?.to_string(),
            witness,
        });
    }
    Ok(Difference { changes, notes: alignment.notes })
}

/// The states that change, by pair of outcomes.
///
/// # Errors
/// When the rulesets cannot be compared or are too entangled.
pub fn changes(
    old: &Ruleset,
    new: &Ruleset,
    budget: &mut Budget,
) -> Result<BTreeMap<Pair, Vec<Region>>, NotCompared> {
    Ok(regions(&Alignment::new(old, new)?, budget)?)
}

fn regions(alignment: &Alignment, budget: &mut Budget) -> Result<BTreeMap<Pair, Vec<Region>>, OutOfBudget> {
    let mut found: BTreeMap<Pair, Vec<Region>> = BTreeMap::new();
    let space = &alignment.space;
    let states = space.states();
    let (old, new) = (&alignment.old, &alignment.new);
    // Where the owner changes, the contact is looked up for each owner.
    let mut owners = Vec::new();
    let mut overlay = Overlay::differing(space, &old.owner, &new.owner);
    for region in &states {
        overlay.run(region, budget, &mut |region, owners_here| {
            owners.push((region.clone(), owners_here));
            Ok(())
        })?;
    }
    for (region, [from, to]) in owners {
        let rows = [of_owner(alignment, &old.contact, from), of_owner(alignment, &new.contact, to)];
        Overlay::all(space, &rows[0], &rows[1]).run(&region, budget, &mut |region, contacts| {
            found.entry([[from, contacts[0]], [to, contacts[1]]]).or_default().push(free(alignment, region));
            Ok(())
        })?;
    }
    // Where the contact changes for one and the same owner, that owner must be the one in both.
    let mut contacts = Vec::new();
    let mut overlay = Overlay::differing(space, &old.contact, &new.contact);
    for region in &states {
        overlay.run(region, budget, &mut |region, contacts_here| {
            contacts.push((region.clone(), contacts_here));
            Ok(())
        })?;
    }
    let nobody = alignment.roles.len() as u32;
    for (region, [from, to]) in contacts {
        let allowed = region.on(alignment.owner_axis());
        Overlay::all(space, &old.owner, &new.owner).run(
            &free(alignment, &region),
            budget,
            &mut |region, owners| {
                if owners[0] == owners[1] && allowed.holds(owners[0].unwrap_or(nobody)) {
                    found.entry([[owners[0], from], [owners[1], to]]).or_default().push(region.clone());
                }
                Ok(())
            },
        )?;
    }
    Ok(found)
}

/// The contact rows that can hold with an owner, no longer asking who it is.
fn of_owner(alignment: &Alignment, rows: &[Boxed], owner: Option<u32>) -> Vec<Boxed> {
    let axis = alignment.owner_axis();
    let atom = owner.unwrap_or(alignment.roles.len() as u32);
    let whole = alignment.space.axes[axis].all();
    let holding = rows.iter().filter(|boxed| boxed.region.on(axis).holds(atom));
    holding.map(|boxed| Boxed { region: boxed.region.with(axis, whole), row: boxed.row }).collect()
}

/// A region whatever owner and contact are.
fn free(alignment: &Alignment, region: &Region) -> Region {
    let axis = alignment.owner_axis();
    let whole = alignment.space.axes[axis].all();
    region.with(axis, whole).with(axis + 1, whole)
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

/// Owner and contact in one state, straight from the rows as written; `without` leaves out one derive row.
pub fn outcome_at(ruleset: &Ruleset, state: &[u32], without: Option<usize>) -> [Option<usize>; 2] {
    let compiled = ruleset.compiled();
    let mut values: Vec<Option<Value>> = vec![None; ruleset.facts().len()];
    for (axis, fact) in compiled.facts.iter().enumerate() {
        let line = &compiled.space.axes[axis];
        values[fact.0] = match state[axis] {
            ABSENT => None,
            atom if line.is_ordered() => Some(Value::Number(line.bounds(atom).0)),
            atom => Some(Value::Named(atom)),
        };
    }
    for (at, row) in ruleset.derive().iter().enumerate() {
        let FactId(fact) = row.then.fact;
        let applies = holds(&values, [None, None], &ruleset.facts()[fact].only_when);
        if values[fact].is_none() && without != Some(at) && applies && holds(&values, [None, None], &row.when)
        {
            values[fact] = Some(row.then.value);
        }
    }
    let owner =
        ruleset.owner().iter().find(|row| holds(&values, [None, None], &row.when)).map(|row| row.then.0);
    let contact =
        ruleset.contact().iter().find(|row| holds(&values, [owner, None], &row.when)).map(|row| row.then.0);
    [owner, contact]
}

fn holds(values: &[Option<Value>], decided: [Option<usize>; 2], when: &Condition) -> bool {
    when.tests.iter().all(|test| {
        let role = |role: Option<usize>| role.map(|role| Value::Named(role as u32));
        let value = match test.subject {
            Subject::Fact(fact) => values[fact.0],
            Subject::Owner => role(decided[0]),
            Subject::Contact => role(decided[1]),
        };
        value.is_some_and(|value| test.test.passes(value))
    })
}
