//! `uncovered`: states that no row of a table covers.

use std::ops::ControlFlow;

use serde_json::{Map, Value as Json};

use super::effort::Share;
use super::finding::{Finding, in_words};
use super::offer::Offer;
use super::survey::{Survey, all};
use crate::diagnostic::Code;
use crate::ruleset::{RoleId, Row, Table};
use crate::source::{SourceId, Span};
use crate::space::cells::{Budget, Rows, holes, search};
use crate::space::{OutOfBudget, Region};

/// The roles that a row for a gap could give: that of the nearest row first, then the others of the table, then all.
pub fn roles(survey: &Survey<'_>, table: &[Row<RoleId>], nearest: Option<&Row<RoleId>>) -> Vec<RoleId> {
    let count = survey.ruleset.roles().len();
    let all = nearest.into_iter().chain(table).map(|row| row.then).chain((0..count).map(RoleId));
    let mut seen = vec![false; count];
    all.filter(|role| !std::mem::replace(&mut seen[role.0], true)).collect()
}

/// A hole in which no row of a table holds, with the rows to paste.
pub fn finding(survey: &Survey<'_>, offer: &Offer) -> Finding {
    let (vocabulary, table, wide) = (survey.vocabulary(), offer.table, &offer.gap.wide);
    let when = vocabulary.condition(wide);
    let message = match when.is_empty() {
        true => format!("no row of `{table}` holds, whatever the facts are"),
        false => format!("no row of `{table}` holds where {}", in_words(&when)),
    };
    let point = vocabulary.point(&offer.hole);
    let witness = vocabulary.smallest_profile(&point, |region| {
        // Within what the row shown would cover, so that pasting it mends just this profile.
        let mended = (0..survey.facts.len()).all(|at| region.on(at).within(wide.on(at)));
        Ok(mended && is_hole(survey, table, region, wide)?)
    });
    let rows = if table == Table::Owner { survey.ruleset.owner() } else { survey.ruleset.contact() };
    let nearest = offer.nearest.as_ref().map(|(_, span)| *span).or(rows.last().map(|row| row.span));
    let finding =
        Finding::new(Code::Uncovered, nearest.unwrap_or_else(|| Span::new(SourceId::FIRST, 0..0)), message)
            .of(table, None)
            .witness(witness.unwrap_or_else(|_| full(survey, &point)))
            .fix(offer.rows.clone());
    with_help(survey, offer, finding)
}

/// Adds which row is the nearest, and how many holes there are that are not shown.
pub fn with_help(survey: &Survey<'_>, offer: &Offer, finding: Finding) -> Finding {
    let nearest = offer.nearest.as_ref().zip(offer.gap.nearest.as_ref());
    let failing = nearest.filter(|(_, (_, failing))| !failing.is_empty()).map(|((id, _), (_, failing))| {
        let names = subjects(survey, failing).join("`, `");
        format!("the nearest row is `{id}`, which fails on `{names}`")
    });
    let more =
        (offer.more > 0).then(|| format!("and {} more holes in `{}`, not shown", offer.more, offer.table));
    failing.into_iter().chain(more).fold(finding, Finding::help)
}

/// Whether in every state of a region there is a hole, of an owner that `wide` allows.
fn is_hole(survey: &Survey<'_>, table: Table, region: &Region, wide: &Region) -> Result<bool, OutOfBudget> {
    let mut budget = survey.budget(Share::Row);
    let compiled = survey.ruleset.compiled();
    let owners = survey.owner_rows();
    if table == Table::Owner {
        let seen = search(owners, &all(owners), region, &mut budget, &mut |_, row| match row {
            None => ControlFlow::Continue(()),
            Some(_) => ControlFlow::Break(()),
        })?;
        return Ok(seen.is_continue());
    }
    let mut covered = false;
    survey.outcomes(region, &mut budget, &mut |owner, contact| {
        let own = wide.on(compiled.owner_axis()).holds(compiled.role_atom(owner));
        covered = !own || owner.is_none() || contact.is_some();
        if covered { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    })?;
    Ok(!covered)
}

/// What axes are called in a condition.
fn subjects(survey: &Survey<'_>, axes: &[usize]) -> Vec<String> {
    let facts = &survey.facts;
    axes.iter().map(|at| facts.get(*at).map_or("owner".to_owned(), |fact| fact.name.clone())).collect()
}

/// All facts of a state, as a profile.
pub fn full(survey: &Survey<'_>, point: &[u32]) -> Map<String, Json> {
    let given: Vec<bool> = point.iter().map(|atom| *atom != crate::space::ABSENT).collect();
    survey.vocabulary().profile(point, &given)
}

/// Whether no row of a list touches a region, found without regard to their order.
///
/// # Errors
/// When the budget is spent.
pub fn is_uncovered(
    rows: Rows<'_>,
    live: &[u32],
    region: &Region,
    budget: &mut Budget,
) -> Result<bool, OutOfBudget> {
    Ok(holes(rows, live, region, budget, &mut |_| ControlFlow::Break(()))?.is_break())
}
