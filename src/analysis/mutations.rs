//! Small changes of a ruleset, such as a slip of the hand makes, and whether known cases notice them.
//!
//! A row is dropped, a test is left out or turned round, a threshold is moved by one. A change that brings no state
//! another outcome is no mistake that a case could notice, and does not count.

use serde::Serialize;

use super::cases::Case;
use super::changes::{changes, differ};
use super::variant;
use crate::ruleset::{Condition, FactTest, Ruleset, Stretch, Subject, Table, Test};
use crate::space::cells::Budget;
use crate::space::{NO_END, Region};

/// Mutations tried of one ruleset; a large one is compiled and compared for each, so that fewer are tried of it.
const TRIED: usize = 2_000;
/// Rows compiled in all for that.
const ROWS: usize = 200_000;
/// Steps allowed for comparing one mutation with the ruleset.
const STEPS: u64 = 200_000;

/// What known cases notice.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Noticed {
    /// Mutations there are.
    pub mutations: usize,
    /// Mutations tried: all of them, or some spread over all rows.
    pub tried: usize,
    /// Those of them that bring some state another outcome.
    pub changing: usize,
    /// Those of these that a case notices.
    pub noticed: usize,
    /// What the others do, in words.
    pub unnoticed: Vec<String>,
}

/// One small change.
#[derive(Debug, Clone)]
pub struct Mutation {
    /// The table of the row that is changed.
    pub table: Table,
    /// Its place there.
    pub row: usize,
    change: Change,
}

#[derive(Debug, Clone)]
enum Change {
    Dropped,
    LeftOut(usize),
    Tested(usize, Test, &'static str),
}

impl Mutation {
    /// Every mutation of the rows that decide, or as many as are tried, and how many there are.
    pub fn tried(ruleset: &Ruleset) -> (Vec<Mutation>, usize) {
        let all = Self::all(ruleset);
        let rows = ruleset.derive().len() + ruleset.owner().len() + ruleset.contact().len();
        let most = TRIED.min(ROWS / rows.max(1)).max(1);
        let step = all.len().div_ceil(most).max(1);
        let count = all.len();
        (all.into_iter().step_by(step).collect(), count)
    }

    fn all(ruleset: &Ruleset) -> Vec<Mutation> {
        let derive = ruleset.derive().iter().map(|row| (Table::Derive, &row.when));
        let owner = ruleset.owner().iter().map(|row| (Table::Owner, &row.when));
        let contact = ruleset.contact().iter().map(|row| (Table::Contact, &row.when));
        let tables = [derive.collect::<Vec<_>>(), owner.collect(), contact.collect()];
        let mut found = Vec::new();
        for (row, (table, when)) in tables.iter().flat_map(|rows| rows.iter().enumerate()) {
            let mut add = |change: Change| found.push(Mutation { table: *table, row, change });
            add(Change::Dropped);
            for (at, test) in when.tests.iter().enumerate() {
                let begin = match test.subject {
                    Subject::Fact(fact) => ruleset.fact(fact).beginning(),
                    Subject::Owner | Subject::Contact => 0,
                };
                for (what, test) in turned(test, begin) {
                    add(Change::Tested(at, test, what));
                }
                add(Change::LeftOut(at));
            }
        }
        found
    }

    /// The ruleset so changed; `None` where it cannot be compiled.
    pub fn of(&self, ruleset: &Ruleset) -> Option<Ruleset> {
        if let Change::Dropped = self.change {
            return variant::without(ruleset, &[(self.table, self.row)], &mut Budget::new(u64::MAX));
        }
        let edit = |when: &mut Condition| match &self.change {
            Change::LeftOut(at) => drop(when.tests.remove(*at)),
            Change::Tested(at, test, _) => when.tests[*at].test = test.clone(),
            Change::Dropped => {}
        };
        let changed = ruleset.changed(|checked| match self.table {
            Table::Derive => edit(&mut checked.derive[self.row].when),
            Table::Owner => edit(&mut checked.owner[self.row].when),
            _ => edit(&mut checked.contact[self.row].when),
        });
        changed.ok()
    }

    fn when<'a>(&self, ruleset: &'a Ruleset) -> &'a Condition {
        match self.table {
            Table::Derive => &ruleset.derive()[self.row].when,
            Table::Owner => &ruleset.owner()[self.row].when,
            _ => &ruleset.contact()[self.row].when,
        }
    }

    /// What is done to which row.
    pub fn in_words(&self, ruleset: &Ruleset) -> String {
        let id = super::coverage::ids(ruleset, self.table).get(self.row).copied().unwrap_or_default();
        let row = format!("`{}` row `{id}`", self.table);
        let test = |at: usize| {
            let test = &self.when(ruleset).tests[at];
            let name = match test.subject {
                Subject::Fact(fact) => ruleset.fact(fact).name.as_str(),
                Subject::Owner => "owner",
                Subject::Contact => "contact",
            };
            format!("{name} = {}", crate::source::toml_value(&test.written))
        };
        match &self.change {
            Change::Dropped => format!("{row} dropped"),
            Change::LeftOut(at) => format!("{row}: `{}` left out", test(*at)),
            Change::Tested(at, _, what) => format!("{row}: `{}` {what}", test(*at)),
        }
    }

    /// The states with another outcome, those of one pair of outcomes; none where nothing changes.
    pub fn changed(&self, ruleset: &Ruleset) -> Vec<Region> {
        let Some(mutant) = self.of(ruleset) else { return Vec::new() };
        let found = changes(ruleset, &mutant, &mut Budget::new(STEPS)).unwrap_or_default();
        found.into_values().next().unwrap_or_default()
    }
}

/// A test turned round, and each of its thresholds one up and one down.
///
/// `begin` is where an open lower end of it begins.
fn turned(test: &FactTest, begin: i128) -> Vec<(&'static str, Test)> {
    match &test.test {
        Test::Named(accepted) => {
            vec![("turned round", Test::Named(accepted.iter().map(|yes| !yes).collect()))]
        }
        Test::Numbers(stretches) => {
            let mut changed = Vec::new();
            for (at, stretch) in stretches.iter().enumerate() {
                let mut add = |what: &'static str, first: i128, last: i128| {
                    if first <= last {
                        let mut moved = stretches.clone();
                        moved[at] = Stretch { first, last };
                        changed.push((what, Test::Numbers(moved)));
                    }
                };
                let Stretch { first, last } = *stretch;
                if first > begin {
                    add("beginning one lower", first - 1, last);
                    add("beginning one higher", first + 1, last);
                }
                if last < NO_END {
                    add("ending one lower", first, last - 1);
                    if last + 1 < NO_END {
                        add("ending one higher", first, last + 1);
                    }
                }
            }
            changed
        }
    }
}

/// How many small changes of a ruleset its known cases notice.
pub fn noticed(ruleset: &Ruleset, cases: &[&Case]) -> Noticed {
    let (tried, mutations) = Mutation::tried(ruleset);
    let mut found = Noticed { mutations, tried: tried.len(), ..Noticed::default() };
    for mutation in unnoticed(ruleset, cases, &tried, &mut found) {
        found.unnoticed.push(mutation.in_words(ruleset));
    }
    found
}

/// The mutations that change an outcome and that no case notices.
pub fn unnoticed<'m>(
    ruleset: &Ruleset,
    cases: &[&Case],
    mutations: &'m [Mutation],
    counts: &mut Noticed,
) -> Vec<&'m Mutation> {
    let mut left = Vec::new();
    for mutation in mutations {
        let Some(mutant) = mutation.of(ruleset) else { continue };
        if cases.iter().any(|case| case.is_answered_otherwise(&mutant)) {
            counts.changing += 1;
            counts.noticed += 1;
        } else if differ(ruleset, &mutant, &mut Budget::new(STEPS)).unwrap_or(false) {
            counts.changing += 1;
            // Confidence and derived values take longer to work out, and seldom tell what the outcome does not.
            match cases.iter().any(|case| case.run(&mutant).is_ok_and(|ran| !ran.mismatches.is_empty())) {
                true => counts.noticed += 1,
                false => left.push(mutation),
            }
        }
    }
    left
}
