//! `accountable`: states with an owner in which not exactly one role answers for the platform.

use super::finding::{Finding, toml_row};
use super::survey::Survey;
use crate::diagnostic::Code;
use crate::ruleset::{Party, Raci, RoleId, Ruleset, Table};
use crate::space::cells::Budget;
use crate::space::{ABSENT, Boxed, OutOfBudget, Region, Space};

/// The rows that make a role accountable, and the states in which they do not make exactly one.
pub struct Accountability<'a> {
    ruleset: &'a Ruleset,
    rows: Vec<Answering>,
    /// States in which nobody answers.
    pub nobody: Vec<Region>,
    /// States in which several roles do, and the first two rows that name them; one entry a pair.
    pub several: Vec<(Region, usize, usize)>,
}

/// A row with the letter A.
struct Answering {
    /// Its place among the stakeholder rows.
    row: usize,
    role: Party,
    regions: Vec<Region>,
}

/// States kept in which nobody answers; more would not make a better message.
const KEPT: usize = 2_000;

impl<'a> Accountability<'a> {
    /// The rows of a ruleset that make a role accountable.
    pub fn new(ruleset: &'a Ruleset) -> Accountability<'a> {
        let accountable = |raci: Raci| raci.is_accountable();
        let rows = ruleset.stakeholder.iter().enumerate().filter(|(_, row)| accountable(row.then.raci));
        let rows = rows.map(|(at, row)| Answering {
            row: at,
            role: row.then.role,
            regions: ruleset.compiled.regions(&ruleset.derive, &row.when).unwrap_or_default(),
        });
        Accountability { ruleset, rows: rows.collect(), nobody: Vec::new(), several: Vec::new() }
    }

    /// Looks at states that share an owner and a contact.
    ///
    /// # Errors
    /// When the budget is spent.
    pub fn look(
        &mut self,
        space: &Space,
        region: &Region,
        owner: RoleId,
        contact: Option<RoleId>,
        budget: &mut Budget,
    ) -> Result<(), OutOfBudget> {
        budget.spend(1)?;
        let mut first: Option<(RoleId, usize)> = None;
        let mut cut: Option<&Region> = None;
        for answering in &self.rows {
            let role = match answering.role {
                Party::Role(role) => role,
                Party::Owner => owner,
                Party::Contact => match contact {
                    Some(contact) => contact,
                    None => continue,
                },
                Party::Vendor => continue,
            };
            let touching = answering.regions.iter().filter(|other| other.touches(region));
            let (mut covered, mut touched) = (false, None);
            for other in touching {
                covered |= region.within(other);
                touched = Some(other);
            }
            match (covered, touched) {
                (true, _) => match first {
                    Some((known, row)) if known != role => {
                        // Wherever else a row may still hold, here two roles answer already.
                        let pair = (row, answering.row);
                        if !self.several.iter().any(|(_, a, b)| (*a, *b) == pair) {
                            self.several.push((region.clone(), pair.0, pair.1));
                        }
                        return Ok(());
                    }
                    Some(_) => {}
                    None => first = Some((role, answering.row)),
                },
                (false, Some(other)) => cut = cut.or(Some(other)),
                (false, None) => {}
            }
        }
        if let Some(other) = cut.cloned() {
            return self.halve(space, region, &other, owner, contact, budget);
        }
        if first.is_none() && self.nobody.len() < KEPT {
            self.nobody.push(region.clone());
        }
        Ok(())
    }

    /// Looks at the states of `other` and at the rest one by one.
    fn halve(
        &mut self,
        space: &Space,
        region: &Region,
        other: &Region,
        owner: RoleId,
        contact: Option<RoleId>,
        budget: &mut Budget,
    ) -> Result<(), OutOfBudget> {
        for axis in 0..space.axes.len() {
            let own = region.on(axis);
            let inside = own.meet(other.on(axis));
            if inside == own {
                continue;
            }
            for part in std::iter::once(inside).chain(own.minus(inside)) {
                for settled in space.settle(region.with(axis, part)) {
                    self.look(space, &settled, owner, contact, budget)?;
                }
            }
            return Ok(());
        }
        Ok(())
    }
}

/// States with an owner in which nobody answers, or several roles do.
pub fn check(survey: &Survey<'_>) -> Vec<Finding> {
    let found = &survey.accountability;
    let mut findings = nobody(survey, &found.nobody);
    for (region, first, second) in &found.several {
        let row = |at: usize| &found.ruleset.stakeholder[at];
        let message = format!(
            "the rows `{}` and `{}` make two roles accountable in the same state",
            row(*first).id,
            row(*second).id
        );
        let scope = survey.scope();
        let point = scope.point(region);
        let given: Vec<bool> = point.iter().map(|atom| *atom != ABSENT).collect();
        findings.push(
            Finding::new(Code::Accountable, row(*second).span, message)
                .of(Table::Stakeholder, Some(&row(*second).id))
                .witness(scope.profile(&point, &given))
                .help("one role answers for the platform; give the other `R` or `C`, or a `when` under which only one holds"),
        );
    }
    findings
}

fn nobody(survey: &Survey<'_>, regions: &[Region]) -> Vec<Finding> {
    if regions.is_empty() {
        return Vec::new();
    }
    let scope = survey.scope();
    let ruleset = survey.ruleset;
    // Owner and contact follow from the facts, so that the facts alone say which states these are.
    let free = |region: &Region| {
        let axes = [ruleset.compiled.owner_axis(), ruleset.compiled.contact_axis()];
        axes.into_iter().fold(region.clone(), |free, axis| free.with(axis, scope.space.axes[axis].all()))
    };
    let freed: Vec<Region> = regions.iter().map(free).collect();
    let unanswered: Vec<Boxed> =
        freed.iter().map(|region| Boxed { region: region.clone(), row: 0 }).collect();
    let never = survey.accountability.rows.is_empty();
    let simple = match never {
        true => vec![scope.space.all()],
        false => scope.simplify(&freed, &mut Budget::new(survey.effort.survey)).unwrap_or(freed),
    };
    let stakeholder = ruleset.stakeholder.last().map(|row| row.span);
    let span = stakeholder.or(ruleset.owner.last().map(|row| row.span));
    let Some(span) = span else { return Vec::new() };
    let finding = |(at, region): (usize, &Region)| {
        let within = regions.iter().find(|other| other.within(region)).unwrap_or(&regions[0]);
        let when = scope.condition(region);
        let message = match when.is_empty() {
            true => "no stakeholder is accountable, though there is an owner".to_owned(),
            false => format!("no stakeholder is accountable where {}", super::finding::in_words(&when)),
        };
        let point = scope.point(within);
        let mut budget = Budget::new(survey.effort.survey);
        let witness = scope.smallest_profile(&point, |region| scope.within(region, &unanswered, &mut budget));
        let witness = witness.unwrap_or_else(|_| {
            scope.profile(&point, &point.iter().map(|atom| *atom != ABSENT).collect::<Vec<_>>())
        });
        let id = super::finding::fresh_id("accountable", at, &ruleset.stakeholder);
        Finding::new(Code::Accountable, span, message)
            .of(Table::Stakeholder, None)
            .witness(witness)
            .fix(toml_row(Table::Stakeholder, &id, &when, &[("role", "owner"), ("raci", "A")]))
    };
    simple.iter().enumerate().map(finding).collect()
}
