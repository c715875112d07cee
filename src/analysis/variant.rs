//! A ruleset with rows added or left out, compiled anew, to find out what they matter. Compiling is work as well, and is
//! taken from the budget.

use std::collections::HashSet;

use crate::ruleset::{
    Basis, Checked, Condition, Derivation, FactId, FactTest, RoleId, Row, Ruleset, Stretch, Subject, Table,
    Test, write_extent, write_names,
};
use crate::source::{SourceId, Span};
use crate::space::Region;
use crate::space::cells::Budget;

/// Steps that compiling takes: about one for what each region says of each fact.
pub fn effort_of(ruleset: &Ruleset) -> u64 {
    let compiled = ruleset.compiled();
    (compiled.regions_made * compiled.space.axes.len()) as u64
}

/// The ruleset without these rows of the tables that decide; `None` where what is left cannot be compiled, or not
/// within the budget.
pub fn without(ruleset: &Ruleset, rows: &[(Table, usize)], budget: &mut Budget) -> Option<Ruleset> {
    let rows: HashSet<(Table, usize)> = rows.iter().copied().collect();
    let gone = |table: Table, at: usize| rows.contains(&(table, at));
    changed(ruleset, budget, |checked| {
        keep(&mut checked.derive, |at| !gone(Table::Derive, at));
        keep(&mut checked.owner, |at| !gone(Table::Owner, at));
        keep(&mut checked.contact, |at| !gone(Table::Contact, at));
    })
}

fn changed(ruleset: &Ruleset, budget: &mut Budget, change: impl FnOnce(&mut Checked)) -> Option<Ruleset> {
    budget.spend(effort_of(ruleset)).ok()?;
    ruleset.changed(change).ok()
}

fn keep<Then>(rows: &mut Vec<Row<Then>>, mut kept: impl FnMut(usize) -> bool) {
    let mut at = 0;
    rows.retain(|_| {
        at += 1;
        kept(at - 1)
    });
}

/// The ruleset with derive rows of one fact more, below its others; `None` as for [`without`].
pub fn with_derivations(
    ruleset: &Ruleset,
    fact: FactId,
    rows: Vec<Row<Derivation>>,
    budget: &mut Budget,
) -> Option<Ruleset> {
    let last = ruleset.derive().iter().rposition(|other| other.then.fact == fact);
    // A fact without a row is given before it is tested.
    let first = || first_to_test(ruleset, fact);
    let place = last.map(|last| last + 1).or_else(first).unwrap_or(ruleset.derive().len());
    changed(ruleset, budget, |checked| drop(checked.derive.splice(place..place, rows)))
}

/// The first derive row that tests a fact.
pub fn first_to_test(ruleset: &Ruleset, fact: FactId) -> Option<usize> {
    ruleset.derive().iter().position(|row| row.when.on(Subject::Fact(fact)).is_some())
}

/// The ruleset with rows more at the end of the owner table, or else of the contact table; `None` as for [`without`].
pub fn with_rows(
    ruleset: &Ruleset,
    table: Table,
    rows: Vec<Row<RoleId>>,
    budget: &mut Budget,
) -> Option<Ruleset> {
    changed(ruleset, budget, |checked| match table {
        Table::Owner => checked.owner.extend(rows),
        _ => checked.contact.extend(rows),
    })
}

/// A row that nobody wrote.
pub fn row<Then>(id: String, when: Condition, then: Then) -> Row<Then> {
    let span = Span::new(SourceId::FIRST, 0..0);
    Row { id, when, then, basis: Basis::Inferred, because: None, cite: None, span }
}

/// The condition that a region is; what a fact that may not apply requires is taken to be said by the others.
pub fn condition(ruleset: &Ruleset, region: &Region) -> Condition {
    let compiled = ruleset.compiled();
    let mut tests = Vec::new();
    for (axis, line) in compiled.space.axes.iter().enumerate() {
        let own = region.on(axis);
        if own == line.all() || own.without_absent().is_empty() {
            continue;
        }
        let (subject, written) = match compiled.facts.get(axis) {
            Some(fact) => (Subject::Fact(*fact), write_extent(ruleset.fact(*fact), line, own, line.all())),
            None => {
                let names: Vec<&str> = ruleset.roles().iter().map(|role| role.id.as_str()).collect();
                let subject = if axis == compiled.owner_axis() { Subject::Owner } else { Subject::Contact };
                (subject, write_names(&names, own, line.none()))
            }
        };
        let test = match line.is_ordered() {
            true => Test::Numbers(
                own.stretches()
                    .iter()
                    .map(|(first, last)| Stretch { first: line.bounds(*first).0, last: line.bounds(*last).1 })
                    .collect(),
            ),
            false => Test::Named((0..line.count()).map(|atom| own.holds(atom)).collect()),
        };
        tests.push(FactTest { subject, test, written, span: Span::new(SourceId::FIRST, 0..0) });
    }
    Condition { tests }
}
