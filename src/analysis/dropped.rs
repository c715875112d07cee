//! What is called unreachable or redundant, dropped all at once.
//!
//! Each such row can be dropped alone, but of two that stand in for each other only one: it is said which depends on
//! which. Found by dropping all of them, and where that changes something, one after the other in halves, so that a
//! long list costs few comparisons.

use std::collections::HashMap;

use super::changes::differ_without;
use super::coverage::ids;
use super::effort::Share;
use super::finding::Finding;
use super::no_value::Missing;
use super::overlay::Overlay;
use super::redundant::is_told;
use super::survey::Survey;
use super::{mends, variant};
use crate::diagnostic::Code;
use crate::ruleset::{FactId, Ruleset, Table, Value};
use crate::space::cells::Budget;
use crate::space::{Boxed, OutOfBudget};

/// Rows asked one by one whether another depends on them.
const ASKED: usize = 40;

type Place = (Table, usize);

/// Says in the findings which rows cannot be dropped together.
pub fn check(survey: &Survey<'_>, findings: &mut [Finding]) {
    let ruleset = survey.ruleset;
    let places = Places::new(ruleset);
    let mut rows: Vec<(Place, usize)> =
        findings.iter().enumerate().filter_map(|(at, finding)| Some((places.of(finding)?, at))).collect();
    if rows.is_empty() {
        return;
    }
    // Rows that never decide are dropped first: nothing depends on them but rows that stand above them.
    rows.sort_by_key(|((table, row), at)| (findings[*at].code != Code::Unreachable, *table, *row));
    let budget = survey.budget(Share::Question);
    let mut dropping = Dropping { survey, ruleset, dropped: Vec::new(), misses_no_value: false, budget };
    let mut kept = Vec::new();
    dropping.drop_all(&rows, &mut kept);
    // A row without use can be what excuses that a derived fact has no value: with it gone, `no-value` would be said.
    let had = findings.iter().any(|finding| finding.code == Code::NoValue);
    if !had && dropping.misses_a_value(&dropping.dropped.clone()) {
        dropping.misses_no_value = true;
        dropping.dropped.clear();
        kept.clear();
        dropping.drop_all(&rows, &mut kept);
    }
    for (place, at) in kept {
        let depends = dropping.depends_on(place);
        if dropping.budget.left() == 0 {
            let open = "drop one row at a time, and check again: whether this one can go with the others was not proved";
            findings[at].help.push(open.to_owned());
            continue;
        }
        findings[at].help.clear();
        findings[at].help.push(match depends {
            Some(itself) if itself == place => match place.0 {
                Table::Derive => {
                    "it can be dropped, but then its fact has no value there (`no-value`)".to_owned()
                }
                _ => "it can be dropped, but then a derived fact misses a value (`no-value`)".to_owned(),
            },
            Some((table, row)) => format!(
                "drop it or the `{table}` row `{}`, not both: without the one the other is needed",
                ids(ruleset, table).get(row).copied().unwrap_or_default()
            ),
            None => "drop it last, and check again: it is needed once other rows are dropped that are \
                     called unreachable or redundant"
                .to_owned(),
        });
    }
}

/// The rows of the tables that decide, by their ids.
struct Places<'a>(HashMap<(Table, &'a str), usize>);

impl<'a> Places<'a> {
    fn new(ruleset: &'a Ruleset) -> Places<'a> {
        let of_table =
            |table: Table| ids(ruleset, table).into_iter().enumerate().map(move |(at, id)| ((table, id), at));
        Places([Table::Derive, Table::Owner, Table::Contact].into_iter().flat_map(of_table).collect())
    }

    /// The row that is said to be without use.
    fn of(&self, finding: &Finding) -> Option<Place> {
        let table = finding.table.filter(|_| matches!(finding.code, Code::Unreachable | Code::Redundant))?;
        Some((table, *self.0.get(&(table, finding.rule.as_deref()?))?))
    }
}

struct Dropping<'s, 'a> {
    survey: &'s Survey<'a>,
    ruleset: &'a Ruleset,
    /// Rows that can be dropped together.
    dropped: Vec<Place>,
    /// Whether no derived fact may be said to miss a value once rows are dropped, which takes more work to find out.
    misses_no_value: bool,
    budget: Budget,
}

impl Dropping<'_, '_> {
    /// Drops as many of the rows as changes nothing; the others are kept.
    fn drop_all(&mut self, rows: &[(Place, usize)], kept: &mut Vec<(Place, usize)>) {
        let more: Vec<Place> = rows.iter().map(|(place, _)| *place).collect();
        let together = [self.dropped.as_slice(), &more].concat();
        if rows.is_empty() {
        } else if self.changes_nothing(&together) {
            self.dropped = together;
        } else if let [only] = rows {
            kept.push(*only);
        } else {
            let (first, second) = rows.split_at(rows.len() / 2);
            self.drop_all(first, kept);
            self.drop_all(second, kept);
        }
    }

    /// The dropped row without which this one is not needed, itself where it cannot be dropped even alone.
    fn depends_on(&mut self, place: Place) -> Option<Place> {
        if !self.changes_nothing(&[place]) {
            return Some(place);
        }
        let dropped = self.dropped.clone();
        dropped.iter().take(ASKED).copied().find(|other| {
            let rest = dropped.iter().copied().filter(|one| one != other);
            self.changes_nothing(&rest.chain([place]).collect::<Vec<_>>())
        })
    }

    /// Whether every state comes out the same without these rows; not so where that was not settled.
    fn changes_nothing(&mut self, rows: &[Place]) -> bool {
        differ_without(self.ruleset, rows, &mut self.budget) == Ok(false)
            && self.keeps_values(rows)
            && !(self.misses_no_value && self.misses_a_value(rows))
    }

    /// Whether no derived fact that is told loses its value without these rows, and no other one a value that matters.
    fn keeps_values(&mut self, rows: &[Place]) -> bool {
        let of_fact =
            |(table, at): &Place| (*table == Table::Derive).then(|| self.ruleset.derive()[*at].then.fact);
        let mut facts: Vec<FactId> = rows.iter().filter_map(of_fact).collect();
        facts.sort_unstable();
        facts.dedup();
        if facts.is_empty() {
            return true;
        }
        let Some(without) = variant::without(self.ruleset, rows, &mut self.budget) else { return false };
        facts.into_iter().all(|fact| match is_told(self.ruleset, fact) {
            true => same_values(self.ruleset, &without, fact, &mut self.budget),
            false => Missing::new(&without, fact, &mut self.budget)
                .states
                .iter()
                .all(|state| !self.has_value(fact, state)),
        })
    }

    /// Whether the check says of some derived fact that it misses a value, once these rows are dropped.
    fn misses_a_value(&mut self, rows: &[Place]) -> bool {
        if !self.ruleset.facts().iter().any(|fact| fact.derived) {
            return false;
        }
        let Some(without) = variant::without(self.ruleset, rows, &mut self.budget) else { return false };
        let survey =
            Survey::within(&without, self.survey.effort, self.survey.budget_of_variant(Share::Question));
        survey.complete && mends::misses_a_value(&survey)
    }

    fn has_value(&self, fact: FactId, state: &crate::space::Region) -> bool {
        let table = self.ruleset.compiled().derived_table(fact);
        let decided = table.into_iter().flat_map(|table| &table.decided).flat_map(|(_, own)| own);
        decided.into_iter().any(|region| self.ruleset.compiled().space.meets(state, region))
    }
}

/// Whether a derived fact has the same value in every state by both rulesets.
fn same_values(old: &Ruleset, new: &Ruleset, fact: FactId, budget: &mut Budget) -> bool {
    let mut numbers: HashMap<Value, u32> = HashMap::new();
    let mut rows = |ruleset: &Ruleset| -> Vec<Boxed> {
        let table = ruleset.compiled().derived_table(fact);
        let boxed = table.into_iter().flat_map(|table| &table.rows);
        boxed
            .map(|boxed| {
                let next = numbers.len() as u32;
                let row = *numbers.entry(ruleset.derive()[boxed.row as usize].then.value).or_insert(next);
                Boxed { region: boxed.region.clone(), row }
            })
            .collect()
    };
    let (before, after) = (rows(old), rows(new));
    let space = &old.compiled().space;
    let mut overlay = Overlay::differing(space, &before, &after);
    let stop = OutOfBudget { steps: 0 };
    space.states().iter().all(|region| overlay.run(region, budget, &mut |_, _| Err(stop)).is_ok())
}
