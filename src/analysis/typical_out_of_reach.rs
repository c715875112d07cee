//! `typical-out-of-reach`: typical rows that can never presume anything.

use super::finding::Finding;
use super::survey::Survey;
use crate::diagnostic::Code;
use crate::ruleset::{FactId, Kind, Presumption, Row, Ruleset, Table, Typical};
use crate::space::Region;

/// Typical rows that hold in no state, and facts in them that can never be narrowed so.
pub fn check(survey: &Survey<'_>) -> Vec<Finding> {
    let ruleset = survey.ruleset;
    let space = survey.space();
    let mut findings = Vec::new();
    for (at, row) in ruleset.typical().iter().enumerate() {
        let Ok(regions) = ruleset.compiled().regions(ruleset.derive(), &row.when) else { continue };
        let states: Vec<Region> = regions.into_iter().flat_map(|region| space.settle(region)).collect();
        if states.is_empty() {
            findings.push(found(row, format!("the `typical` row `{}` holds in no state", row.id)));
            continue;
        }
        let before = findings.len();
        for presumption in &row.then.set {
            findings.extend(why_never(survey, row, presumption, &states));
        }
        if findings.len() == before
            && let Some(above) = hidden_by(survey.ruleset, at, &states)
        {
            let names: Vec<&str> = above.iter().map(|at| ruleset.typical()[*at].id.as_str()).collect();
            let message = format!("the `typical` row `{}` never presumes anything", row.id);
            findings.push(found(row, message).help(format!(
                "wherever it holds, `{}` above it has presumed its facts already; move it up, or drop it",
                names.join("`, `")
            )));
        }
    }
    findings
}

/// The rows above that have presumed every fact of a row before its turn, wherever it holds, so that nothing is left for
/// it to narrow; `None` where that cannot be said.
fn hidden_by(ruleset: &Ruleset, at: usize, states: &[Region]) -> Option<Vec<usize>> {
    let row = &ruleset.typical()[at];
    let mut hiding = Vec::new();
    for presumption in &row.then.set {
        let setting = |other: &&Row<Typical>| other.then.set.iter().any(|set| set.fact == presumption.fact);
        let above: Vec<&Row<Typical>> = ruleset.typical()[..at].iter().filter(setting).collect();
        // Whatever the rows above leave of the fact must be all the same to this row.
        let axis = ruleset.compiled().axis(presumption.fact)?;
        let own = ruleset.compiled().extents(axis, &presumption.test);
        let alike = above.iter().flat_map(|other| &other.then.set).filter(|set| set.fact == presumption.fact);
        let alike = alike.flat_map(|set| ruleset.compiled().extents(axis, &set.test)).all(|extent| {
            own.iter().any(|own| extent.within(*own)) || !own.iter().any(|own| extent.touches(*own))
        });
        if !alike {
            return None;
        }
        let first = ruleset.typical()[..at].iter().position(|other| {
            setting(&other) && holds_before(ruleset, other, at) && covers(ruleset, other, states)
        });
        hiding.push(first?);
    }
    hiding.sort_unstable();
    hiding.dedup();
    Some(hiding)
}

/// Whether a row holds in all these states.
fn covers(ruleset: &Ruleset, row: &Row<Typical>, states: &[Region]) -> bool {
    let compiled = ruleset.compiled();
    let Ok(regions) = compiled.regions(ruleset.derive(), &row.when) else { return false };
    states.iter().all(|state| regions.iter().any(|region| state.within(region)))
}

/// Whether what a row tests cannot become true by what rows above `at` presume: then it holds at its own turn wherever
/// it holds later.
fn holds_before(ruleset: &Ruleset, row: &Row<Typical>, at: usize) -> bool {
    let presumed = |fact: FactId| {
        ruleset.typical()[..at].iter().any(|other| other.then.set.iter().any(|set| set.fact == fact))
    };
    let mut tested: Vec<FactId> = row.when.facts().map(|(fact, _)| fact).collect();
    let mut next = 0;
    while let Some(fact) = tested.get(next).copied() {
        next += 1;
        let declared = ruleset.fact(fact);
        let rows = ruleset.derive().iter().filter(|row| row.then.fact == fact).map(|row| &row.when);
        for (other, _) in rows.chain([&declared.only_when]).flat_map(|when| when.facts()) {
            if !tested.contains(&other) {
                tested.push(other);
            }
        }
    }
    !tested.into_iter().any(presumed)
}

fn why_never(
    survey: &Survey<'_>,
    row: &Row<Typical>,
    presumption: &Presumption,
    states: &[Region],
) -> Option<Finding> {
    let fact = survey.ruleset.fact(presumption.fact);
    if fact.kind == Kind::Integer {
        let message =
            format!("the `typical` row `{}` can never presume `{}`, a whole number", row.id, fact.name);
        return Some(
            found(row, message).help("a whole number not known is a band, and a band is never narrowed"),
        );
    }
    let axis = survey.ruleset.compiled().axis(presumption.fact)?;
    let extents = survey.ruleset.compiled().extents(axis, &presumption.test);
    let possible = states.iter().any(|region| {
        extents.iter().any(|extent| {
            let own = region.on(axis).meet(*extent);
            !own.is_empty() && !survey.space().settle(region.with(axis, own)).is_empty()
        })
    });
    let message = format!("the `typical` row `{}` can never presume `{}`", row.id, fact.name);
    (!possible)
        .then(|| found(row, message).help("wherever the row holds, the fact does not apply or cannot be so"))
}

fn found(row: &Row<Typical>, message: String) -> Finding {
    Finding::new(Code::TypicalOutOfReach, row.span, message).of(Table::Typical, Some(&row.id))
}
