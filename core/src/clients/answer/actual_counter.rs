//! Rows with an actual, counted by situation while they are answered.

use super::actual::{ActualReader, ActualRows, Actuals, Others, RoleNames, Said, Situation, Tally};
use super::row_decision::RowDecision;
use crate::clients::read::Row;
use crate::profile::Profile;
use crate::ruleset::RoleId;
use std::collections::HashMap;

/// What is remembered of rows that say the same, to be held against who really had the roles.
pub(crate) struct Kept {
    codes: Box<[u32]>,
    profile: Profile,
    tally: Tally,
}

impl Kept {
    pub(crate) fn new(codes: Box<[u32]>, profile: Profile) -> Self {
        Kept { codes, profile, tally: Tally::default() }
    }

    #[inline]
    pub(crate) fn add(&mut self, said: Said, is_borderline: bool) {
        self.tally.add(said, is_borderline);
    }
}

/// Counts the rows that one thread sees.
pub(crate) struct ActualCounter<'r> {
    reader: ActualReader<'r>,
    /// Situations by their codes.
    situations: HashMap<Box<[u32]>, Situation>,
    /// Rows decided one by one, each with a profile of its own.
    alone: Vec<Situation>,
    invalid: Tally,
}

impl<'r> ActualCounter<'r> {
    pub(crate) fn new(reader: ActualReader<'r>) -> Self {
        ActualCounter { reader, situations: HashMap::new(), alone: Vec::new(), invalid: Tally::default() }
    }

    /// Who really had the roles in a row.
    #[inline]
    pub(crate) fn read(&mut self, row: &impl Row, owner: Option<RoleId>, contact: Option<RoleId>) -> Said {
        self.reader.read(row, owner, contact)
    }

    /// Counts a row that cannot be decided.
    pub(crate) fn invalid(&mut self, said: Said) {
        self.invalid.add(said, false);
    }

    /// Counts a row that is decided alone.
    pub(crate) fn alone(
        &mut self,
        decision: &RowDecision,
        profile: Profile,
        said: Said,
        is_borderline: bool,
    ) {
        let mut tally = Tally::default();
        tally.add(said, is_borderline);
        self.alone.push(situation(decision, profile, 1, tally.known()));
    }

    /// Takes what was counted of rows that say the same.
    pub(crate) fn take(&mut self, decision: &RowDecision, rows: u64, kept: Kept) {
        let Kept { codes, profile, tally } = kept;
        add(&mut self.situations, codes, situation(decision, profile, rows, tally.known()));
    }
}

fn situation(decision: &RowDecision, profile: Profile, rows: u64, actuals: Vec<ActualRows>) -> Situation {
    Situation {
        profile,
        status: decision.status,
        owner: decision.owner,
        contact: decision.contact,
        rules: decision.rules.clone(),
        confidence: decision.confidence,
        rows,
        actuals,
    }
}

fn add(situations: &mut HashMap<Box<[u32]>, Situation>, codes: Box<[u32]>, new: Situation) {
    match situations.get_mut(&codes) {
        None => drop(situations.insert(codes, new)),
        Some(known) => {
            known.rows += new.rows;
            let mut tally = Tally::default();
            known.actuals.iter().chain(&new.actuals).for_each(|rows| tally.put(*rows));
            known.actuals = tally.rows().to_vec();
        }
    }
}

/// What all threads counted together.
pub(crate) fn actuals<'r>(
    names: &RoleNames,
    counters: impl IntoIterator<Item = ActualCounter<'r>>,
) -> Actuals {
    let mut situations = HashMap::new();
    let (mut alone, mut invalid) = (Vec::new(), Tally::default());
    let mut others: [Others; 2] = Default::default();
    for counter in counters {
        for (codes, situation) in counter.situations {
            add(&mut situations, codes, situation);
        }
        alone.extend(counter.alone);
        counter.invalid.rows().iter().for_each(|rows| invalid.put(*rows));
        for (own, other) in others.iter_mut().zip(counter.reader.others()) {
            own.add(&other);
        }
    }
    Actuals {
        situations: situations.into_values().chain(alone).collect(),
        invalid: invalid.known(),
        roles: names.found(),
        others: others.map(|others| others.commonest()),
    }
}
