//! `no-source`: a share of organizations that nobody is named for.

use super::finding::Finding;
use super::survey::Survey;
use crate::diagnostic::Code;
use crate::ruleset::Table;

/// Typical rows that say how often they are right, and not who found that.
pub fn check(survey: &Survey<'_>) -> Vec<Finding> {
    let rows = survey.ruleset.typical().iter();
    let unnamed = |source: &Option<String>| source.as_ref().is_none_or(|source| source.trim().is_empty());
    rows.filter(|row| row.then.support.is_some() && unnamed(&row.then.source))
        .map(|row| {
            Finding::new(
                Code::NoSource,
                row.span,
                format!("the `typical` row `{}` has `support` without `source`", row.id),
            )
            .of(Table::Typical, Some(&row.id))
            .help("add `source = \"…\"`: who found it, when, among how many; or leave `support` out")
        })
        .collect()
}
