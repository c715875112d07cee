//! `typical-out-of-reach`: typical rows that can never presume anything.

use super::finding::Finding;
use super::survey::Survey;
use crate::diagnostic::Code;
use crate::ruleset::{Kind, Presumption, Row, Table, Typical};
use crate::space::Region;

/// Typical rows that hold in no state, and facts in them that can never be narrowed so.
pub fn check(survey: &Survey<'_>) -> Vec<Finding> {
    let ruleset = survey.ruleset;
    let space = survey.space();
    let mut findings = Vec::new();
    for row in ruleset.typical() {
        let Ok(regions) = ruleset.compiled().regions(ruleset.derive(), &row.when) else { continue };
        let states: Vec<Region> = regions.into_iter().flat_map(|region| space.settle(region)).collect();
        if states.is_empty() {
            findings.push(found(row, format!("the `typical` row `{}` holds in no state", row.id)));
            continue;
        }
        for presumption in &row.then.set {
            findings.extend(why_never(survey, row, presumption, &states));
        }
    }
    findings
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
