//! `accountable`: states with an owner in which not exactly one role answers for the platform.

use super::effort::Share;
use super::finding::{Finding, toml_row};
use super::survey::Survey;
use crate::diagnostic::Code;
use crate::ruleset::Table;
use crate::ruleset::fresh_ids;
use crate::space::{ABSENT, Boxed, Region};

/// States with an owner in which nobody answers, or several roles do.
pub fn check(survey: &Survey<'_>) -> Vec<Finding> {
    let found = &survey.accountability;
    let mut findings = nobody(survey, &found.nobody);
    for (region, first, second) in &found.several {
        let row = |at: usize| &survey.ruleset.stakeholder()[at];
        let message = format!(
            "the rows `{}` and `{}` make two roles accountable in the same state",
            row(*first).id,
            row(*second).id
        );
        let vocabulary = survey.vocabulary();
        let point = vocabulary.point(region);
        let given: Vec<bool> = point.iter().map(|atom| *atom != ABSENT).collect();
        findings.push(
            Finding::new(Code::Accountable, row(*second).span, message)
                .of(Table::Stakeholder, Some(&row(*second).id))
                .witness(vocabulary.profile(&point, &given))
                .help("one role answers for the platform; give the other `R` or `C`, or a `when` under which only one holds"),
        );
    }
    findings
}

fn nobody(survey: &Survey<'_>, regions: &[Region]) -> Vec<Finding> {
    if regions.is_empty() {
        return Vec::new();
    }
    let vocabulary = survey.vocabulary();
    let ruleset = survey.ruleset;
    // Owner and contact follow from the facts, so that the facts alone say which states these are.
    let free = |region: &Region| {
        let axes = [ruleset.compiled().owner_axis(), ruleset.compiled().contact_axis()];
        axes.into_iter().fold(region.clone(), |free, axis| free.with(axis, vocabulary.space.axes[axis].all()))
    };
    let freed: Vec<Region> = regions.iter().map(free).collect();
    let unanswered: Vec<Boxed> =
        freed.iter().map(|region| Boxed { region: region.clone(), row: 0 }).collect();
    let never = survey.accountability.is_nobodys_task();
    let simple = match never {
        true => vec![vocabulary.space.all()],
        false => vocabulary.simplify(&freed, &mut survey.budget(Share::Question)),
    };
    let stakeholder = ruleset.stakeholder().last().map(|row| row.span);
    let span = stakeholder.or(ruleset.owner().last().map(|row| row.span));
    let Some(span) = span else { return Vec::new() };
    let finding = |(region, id): (&Region, String)| {
        let within = regions.iter().find(|other| other.within(region)).unwrap_or(&regions[0]);
        let when = vocabulary.condition(region);
        let message = match when.is_empty() {
            true => "no stakeholder is accountable, though there is an owner".to_owned(),
            false => format!("no stakeholder is accountable where {}", super::finding::in_words(&when)),
        };
        let point = vocabulary.point(within);
        let mut budget = survey.budget(Share::Row);
        let witness =
            vocabulary.smallest_profile(&point, |region| vocabulary.within(region, &unanswered, &mut budget));
        let witness = witness.unwrap_or_else(|_| {
            vocabulary.profile(&point, &point.iter().map(|atom| *atom != ABSENT).collect::<Vec<_>>())
        });
        Finding::new(Code::Accountable, span, message)
            .of(Table::Stakeholder, None)
            .witness(witness)
            .fix(toml_row(Table::Stakeholder, &id, &when, &[("role", "owner".into()), ("raci", "A".into())]))
    };
    simple.iter().zip(fresh_ids("accountable", ruleset.stakeholder())).map(finding).collect()
}
