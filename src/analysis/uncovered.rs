//! `uncovered`: states that no row of a table covers.

use std::ops::ControlFlow;

use serde_json::{Map, Value as Json};

use super::effort::Share;
use super::finding::{Finding, in_words, toml_row};
use super::gaps::{Gap, Gaps};
use super::survey::{Survey, all};
use crate::diagnostic::Code;
use crate::ruleset::{RoleId, Row, Table};
use crate::source::{SourceId, Span};
use crate::space::cells::{Budget, Rows, holes, search};
use crate::space::{OutOfBudget, Region};

/// The holes of one table of a ruleset as it stands.
pub struct Uncovered<'s, 'a> {
    /// The ruleset.
    pub survey: &'s Survey<'a>,
    /// The table.
    pub table: Table,
    /// Its holes, as they are or as they would be with the rows that other findings offer.
    pub gaps: &'s Gaps<'s>,
}

impl<'a> Uncovered<'_, 'a> {
    fn rows(&self) -> &'a [Row<RoleId>] {
        if self.table == Table::Owner { self.survey.ruleset.owner() } else { self.survey.ruleset.contact() }
    }

    /// The row nearest to a gap.
    fn nearest(&self, gap: &Gap) -> Option<&'a Row<RoleId>> {
        // Rows that other findings offer stand behind the table's own.
        self.rows().get(self.gaps.nearest(&gap.wide)? as usize)
    }

    /// The roles that a row for a gap could give: that of the nearest row first, then the others of the table.
    pub fn roles(&self, gap: &Gap) -> Vec<RoleId> {
        let others = self.rows().iter().map(|row| row.then);
        let mut roles: Vec<RoleId> =
            self.nearest(gap).map(|row| row.then).into_iter().chain(others).collect();
        let all = (0..self.survey.ruleset.roles().len()).map(RoleId);
        roles.extend(all);
        let mut seen = std::collections::HashSet::new();
        roles.retain(|role| seen.insert(*role));
        roles
    }

    /// The row to paste, with an id that is free.
    pub fn fix(&self, gap: &Gap, id: &str, role: RoleId) -> String {
        let when = self.survey.vocabulary().condition(&gap.wide);
        let role = self.survey.ruleset.roles().get(role.0).map_or("", |role| role.id.as_str());
        toml_row(self.table, id, &when, &[("role", role.into())])
    }

    /// A gap with the hole in it that was found, and the row to paste.
    pub fn finding(&self, gap: &Gap, hole: &Region, fix: String) -> Finding {
        let vocabulary = self.survey.vocabulary();
        let table = self.table;
        let when = vocabulary.condition(&gap.wide);
        let nearest = self.nearest(gap);
        let message = match when.is_empty() {
            true => format!("no row of `{table}` holds, whatever the facts are"),
            false => format!("no row of `{table}` holds where {}", in_words(&when)),
        };
        let point = vocabulary.point(hole);
        let wide = &gap.wide;
        let witness = vocabulary.smallest_profile(&point, |region| {
            // Within what the row shown would cover, so that pasting it mends just this profile.
            let mended = (0..self.survey.facts.len()).all(|at| region.on(at).within(wide.on(at)));
            Ok(mended && self.is_hole(region, wide)?)
        });
        let finding = Finding::new(Code::Uncovered, self.place(nearest), message)
            .of(table, None)
            .witness(witness.unwrap_or_else(|_| full(self.survey, &point)))
            .fix(fix);
        let failing = self.gaps.nearest(wide).map(|row| self.gaps.failing(row, wide)).unwrap_or_default();
        match nearest {
            Some(row) if !failing.is_empty() => finding.help(format!(
                "the nearest row is `{}`, which fails on `{}`",
                row.id,
                subjects(self.survey, &failing).join("`, `")
            )),
            _ => finding,
        }
    }

    /// Whether in every state of a region there is a hole, of an owner that `wide` allows.
    fn is_hole(&self, region: &Region, wide: &Region) -> Result<bool, OutOfBudget> {
        let mut budget = self.survey.budget(Share::Row);
        let survey = self.survey;
        let compiled = survey.ruleset.compiled();
        let owners = survey.owner_rows();
        if self.table == Table::Owner {
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

    fn place(&self, nearest: Option<&Row<RoleId>>) -> Span {
        let start = || Span::new(SourceId::FIRST, 0..0);
        nearest.or(self.rows().last()).map_or_else(start, |row| row.span)
    }
}

/// What axes are called in a condition.
pub fn subjects(survey: &Survey<'_>, axes: &[usize]) -> Vec<String> {
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
