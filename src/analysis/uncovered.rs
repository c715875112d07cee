//! `uncovered`: states that no row of a table covers.

use std::ops::ControlFlow;

use serde_json::{Map, Value as Json};

use super::finding::{Finding, fresh_id, in_words, toml_row};
use super::survey::{Decisive, Survey, all};
use super::vocabulary::Vocabulary;
use crate::diagnostic::Code;
use crate::ruleset::{RoleId, Row, Table};
use crate::source::{SourceId, Span};
use crate::space::cells::{Budget, Rows, holes, search};
use crate::space::{OutOfBudget, Region};

/// More findings a table than this are summed up in one.
const SHOWN: usize = 100;

/// States that no owner row covers, and states with an owner that no contact row covers.
pub fn check(survey: &Survey<'_>) -> Vec<Finding> {
    let ruleset = survey.ruleset;
    let mut findings = Vec::new();
    for (decisive, rows, boxed) in [
        (&survey.owner, ruleset.owner(), survey.owner_rows()),
        (&survey.contact, ruleset.contact(), survey.contact_rows()),
    ] {
        let table = Gaps::new(survey, decisive, rows, boxed);
        findings.extend(table.findings());
    }
    findings
}

/// The holes of one table.
struct Gaps<'a, 's> {
    survey: &'s Survey<'a>,
    decisive: &'s Decisive,
    table: &'a [Row<RoleId>],
    rows: Rows<'a>,
    /// The states of the rows, settled: what a row tests of a fact that may not apply says what that requires too.
    settled: Vec<(Region, u32)>,
}

impl<'a, 's> Gaps<'a, 's> {
    fn new(survey: &'s Survey<'a>, decisive: &'s Decisive, table: &'a [Row<RoleId>], rows: Rows<'a>) -> Self {
        let settle = |boxed: &crate::space::Boxed| {
            let row = boxed.row;
            rows.space.settle(boxed.region.clone()).into_iter().map(move |region| (region, row))
        };
        let needed = !decisive.holes.is_empty();
        let settled = if needed { rows.boxed.iter().flat_map(settle).collect() } else { Vec::new() };
        Gaps { survey, decisive, table, rows, settled }
    }

    fn vocabulary(&self) -> Vocabulary<'_> {
        self.survey.vocabulary()
    }

    fn findings(&self) -> Vec<Finding> {
        let space = self.rows.space;
        let conditional: Vec<usize> =
            (0..space.axes.len()).filter(|axis| space.axes[*axis].is_conditional()).collect();
        let mut shown: Vec<Region> = Vec::new();
        let mut findings = Vec::new();
        let mut more = 0usize;
        for hole in self.decisive.holes.iter().flat_map(|hole| space.determine(hole, &conditional)) {
            if shown.iter().any(|wide| hole.within(wide)) {
                continue;
            }
            if shown.len() == SHOWN {
                more += 1;
                continue;
            }
            let wide = self.widen(&hole);
            findings.push(self.finding(findings.len(), &hole, &wide));
            shown.push(wide);
        }
        if more > 0
            && let Some(last) = findings.last_mut()
        {
            last.help.push(format!("and {more} more holes in `{}`, not shown", self.decisive.table));
        }
        findings
    }

    /// The hole as wide as it gets before a row touches it.
    fn widen(&self, hole: &Region) -> Region {
        let space = self.rows.space;
        let mut wide = hole.clone();
        for (at, axis) in space.axes.iter().enumerate() {
            let own = wide.on(at).without_absent();
            // What does not apply, or applies with any value, is said by what it requires.
            let free = wide.with(at, axis.all());
            if axis.is_conditional() && (own.is_empty() || (own == axis.values() && !self.touched(&free))) {
                wide = free;
            }
        }
        for (at, axis) in space.axes.iter().enumerate() {
            if wide.on(at) == axis.all() {
                continue;
            }
            let free = wide.with(at, axis.all());
            let rivals: Vec<_> = self
                .settled
                .iter()
                .filter(|(row, _)| row.touches(&free))
                .map(|(row, _)| row.on(at))
                .collect();
            if rivals.is_empty() {
                wide = free;
                continue;
            }
            let own = wide.on(at);
            let Some((first, last)) = own.ends() else { continue };
            let wider = if axis.is_ordered() {
                // As far down and up as no row begins or ends.
                let stretches: Vec<(u32, u32)> = rivals.iter().flat_map(|rival| rival.stretches()).collect();
                let from =
                    stretches.iter().filter(|(_, to)| *to < first).map(|(_, to)| to + 1).max().unwrap_or(0);
                let to = stretches.iter().filter(|(from, _)| *from > last).map(|(from, _)| from - 1).min();
                own.stretch(from, to.unwrap_or(axis.count() - 1))
            } else {
                let free = |atom: &u32| !rivals.iter().any(|rival| rival.holds(*atom));
                // The last atom of the axis of the owner is nobody, which no test can say.
                let named = axis.count() - u32::from(at >= self.survey.facts.len());
                let others = (0..named).filter(free).map(|atom| axis.only(atom));
                others.fold(own, |wide, atom| wide.join(atom).unwrap_or(wide))
            };
            // A fact that may not apply is widened only where it then still applies.
            let wider = if own.has_absent() { own } else { wider };
            if !rivals.iter().any(|rival| rival.touches(wider)) {
                wide.set(at, wider);
            }
        }
        wide
    }

    fn touched(&self, region: &Region) -> bool {
        self.settled.iter().any(|(row, _)| row.touches(region))
    }

    fn finding(&self, at: usize, hole: &Region, wide: &Region) -> Finding {
        let vocabulary = self.vocabulary();
        let table = self.decisive.table;
        let when = vocabulary.condition(wide);
        let nearest = self.nearest(wide);
        let message = match when.is_empty() {
            true => format!("no row of `{table}` holds, whatever the facts are"),
            false => format!("no row of `{table}` holds where {}", in_words(&when)),
        };
        let point = vocabulary.point(hole);
        let witness = vocabulary.smallest_profile(&point, |region| {
            // Within what the row shown would cover, so that pasting it mends just this profile.
            let mended = (0..self.survey.facts.len()).all(|at| region.on(at).within(wide.on(at)));
            Ok(mended && self.is_hole(region, wide)?)
        });
        let role = nearest.map_or_else(
            || self.survey.ruleset.roles().first().map_or("", |role| role.id.as_str()),
            |row| self.survey.ruleset.role(row.then).id.as_str(),
        );
        let id = fresh_id("fill", at, self.table);
        let mut finding = Finding::new(Code::Uncovered, self.place(nearest), message)
            .of(table, None)
            .witness(witness.unwrap_or_else(|_| full(&vocabulary, &point)))
            .fix(toml_row(table, &id, &when, &[("role", role)]));
        if let Some(row) = nearest {
            let failing = self.failing(row, wide);
            if !failing.is_empty() {
                finding = finding.help(format!(
                    "the nearest row is `{}`, which fails on `{}`",
                    row.id,
                    failing.join("`, `")
                ));
            }
        }
        finding
    }

    /// Whether in every state of a region there is a hole, of an owner that `wide` allows.
    fn is_hole(&self, region: &Region, wide: &Region) -> Result<bool, OutOfBudget> {
        let mut budget = Budget::new(self.survey.effort.row);
        let survey = self.survey;
        let compiled = survey.ruleset.compiled();
        let owners = survey.owner_rows();
        let mut covered = false;
        if self.decisive.table == Table::Owner {
            let mut unheld = true;
            let seen = search(owners, &all(owners), region, &mut budget, &mut |_, row| {
                unheld = row.is_none();
                if unheld { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
            })?;
            return Ok(seen.is_continue());
        }
        survey.outcomes(region, &mut budget, &mut |owner, contact| {
            let own = wide.on(compiled.owner_axis()).holds(compiled.role_atom(owner));
            covered = !own || owner.is_none() || contact.is_some();
            if covered { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        })?;
        Ok(!covered)
    }

    /// The row that fails on the fewest facts.
    fn nearest(&self, wide: &Region) -> Option<&'a Row<RoleId>> {
        let apart =
            |row: &Region| row.extents().iter().zip(wide.extents()).filter(|(a, b)| !a.touches(**b)).count();
        let nearest = self.settled.iter().min_by_key(|(row, _)| apart(row));
        nearest.map(|(_, row)| &self.table[*row as usize])
    }

    fn failing(&self, row: &Row<RoleId>, wide: &Region) -> Vec<String> {
        let own = self.settled.iter().filter(|(_, at)| self.table[*at as usize].id == row.id);
        let apart = |region: &Region| -> Vec<usize> {
            (0..wide.extents().len()).filter(|at| !region.on(*at).touches(wide.on(*at))).collect()
        };
        let axes = own.map(|(region, _)| apart(region)).min_by_key(Vec::len).unwrap_or_default();
        let facts = &self.survey.facts;
        axes.iter().map(|at| facts.get(*at).map_or("owner".to_owned(), |fact| fact.name.clone())).collect()
    }

    fn place(&self, nearest: Option<&Row<RoleId>>) -> Span {
        let start = || Span::new(SourceId::FIRST, 0..0);
        nearest.or(self.table.last()).map_or_else(start, |row| row.span)
    }
}

fn full(vocabulary: &Vocabulary<'_>, point: &[u32]) -> Map<String, Json> {
    let given: Vec<bool> = point.iter().map(|atom| *atom != crate::space::ABSENT).collect();
    vocabulary.profile(point, &given)
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
