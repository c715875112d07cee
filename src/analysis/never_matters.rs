//! `never-matters`: facts that rows test, and that no answer depends on.
//!
//! A fact matters where two states that differ in it alone have different outcomes. The tables are laid over
//! themselves, once as they are with one value of the fact and once as they are with the next; where they never
//! differ, the fact never matters.

use super::alignment::{Alignment, Side};
use super::changes::differ_within;
use super::conditions::rows;
use super::effort::Share;
use super::finding::Finding;
use super::redundant::is_told;
use super::survey::Survey;
use crate::diagnostic::Code;
use crate::ruleset::{Ruleset, Subject, Table};
use crate::space::cells::Budget;
use crate::space::{Boxed, OutOfBudget};

/// Facts that are tested and proved to matter nowhere. What was not settled is not said: it is no mistake.
///
/// A fact that only rows test which are said to be without use, `told`, is not said again.
pub fn check(survey: &Survey<'_>, told: &[Finding]) -> Vec<Finding> {
    let ruleset = survey.ruleset;
    let mut findings = Vec::new();
    let is_told_of = |table: Table, id: &str| {
        told.iter().any(|finding| finding.table == Some(table) && finding.rule.as_deref() == Some(id))
    };
    let mut budget = survey.budget(Share::Question);
    for (axis, fact) in ruleset.compiled().facts.iter().enumerate() {
        let subject = Subject::Fact(*fact);
        let tested =
            rows(ruleset).any(|(table, id, when)| when.on(subject).is_some() && !is_told_of(table, id));
        // A fact that says where another applies, or that is told, matters by that alone.
        let required = ruleset.facts().iter().any(|other| other.only_when.on(subject).is_some());
        if !tested || required || is_told(ruleset, *fact) {
            continue;
        }
        if matters(ruleset, axis, &mut budget).is_ok_and(|matters| !matters) {
            let declared = ruleset.fact(*fact);
            findings.push(
                Finding::new(
                    Code::NeverMatters,
                    declared.span,
                    format!("the fact `{}` is tested, and no answer depends on it", declared.name),
                )
                .help("whatever it is, owner and contact stay the same; drop its tests, or check what they were meant to tell apart"),
            );
        }
    }
    findings
}

/// Whether two states that differ in the fact of an axis alone have different outcomes.
fn matters(ruleset: &Ruleset, axis: usize, budget: &mut Budget) -> Result<bool, OutOfBudget> {
    let Ok(mut alignment) = Alignment::new(ruleset, ruleset) else { return Ok(true) };
    let line = &alignment.space.axes[axis];
    let applies = alignment.space.all().with(axis, line.values());
    let all = line.all();
    let count = line.count();
    let with = |atom: u32, rows: &[Boxed]| -> Vec<Boxed> {
        let holding = rows.iter().filter(|boxed| boxed.region.on(axis).holds(atom));
        holding.map(|boxed| Boxed { region: boxed.region.with(axis, all), row: boxed.row }).collect()
    };
    let side = Side { owner: alignment.old.owner.clone(), contact: alignment.old.contact.clone() };
    let side = |atom: u32| Side { owner: with(atom, &side.owner), contact: with(atom, &side.contact) };
    for atom in 1..count {
        let (before, now) = (side(atom - 1), side(atom));
        (alignment.old, alignment.new) = (before, now);
        budget.spend(1)?;
        if differ_within(&alignment, &applies, budget)? {
            return Ok(true);
        }
    }
    Ok(false)
}
