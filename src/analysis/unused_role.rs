//! `unused-role`: roles that no row names.

use super::conditions::conditions;
use super::finding::Finding;
use super::survey::Survey;
use crate::diagnostic::Code;
use crate::ruleset::{Party, Subject};

/// Roles that no row gives or tests, and whose people and titles stand in for no role that one does.
pub fn check(survey: &Survey<'_>) -> Vec<Finding> {
    let ruleset = survey.ruleset;
    let mut used = vec![false; ruleset.roles().len()];
    let parties = ruleset.stakeholder().iter().map(|row| row.then.role);
    let by = ruleset.action().iter().filter_map(|row| row.then.by);
    for party in parties.chain(by) {
        if let Party::Role(role) = party {
            used[role.0] = true;
        }
    }
    ruleset.owner().iter().chain(ruleset.contact()).for_each(|row| used[row.then.0] = true);
    let tests = conditions(ruleset).flat_map(|(_, when)| &when.tests);
    for test in tests.filter(|test| !matches!(test.subject, Subject::Fact(_))) {
        for name in texts(&test.written) {
            if let Some(role) = ruleset.role_named(name.trim_start_matches('!').trim()) {
                used[role.0] = true;
            }
        }
    }
    // Those that stand in for a used one, or lend it their titles, are used as well.
    loop {
        let before = used.iter().filter(|used| **used).count();
        for at in (0..used.len()).filter(|at| used[*at]).collect::<Vec<_>>() {
            let role = &ruleset.roles()[at];
            role.stand_ins.iter().chain(&role.titles_of).for_each(|other| used[other.0] = true);
        }
        if used.iter().filter(|used| **used).count() == before {
            break;
        }
    }
    let unused = ruleset.roles().iter().zip(&used).filter(|(_, used)| !**used);
    unused
        .map(|(role, _)| {
            Finding::new(Code::UnusedRole, role.span, format!("no row names the role `{}`", role.id))
                .help("use it in a row, or drop it")
        })
        .collect()
}

fn texts(written: &serde_json::Value) -> Vec<&str> {
    match written {
        serde_json::Value::String(text) => vec![text],
        serde_json::Value::Array(items) => items.iter().filter_map(serde_json::Value::as_str).collect(),
        _ => Vec::new(),
    }
}
