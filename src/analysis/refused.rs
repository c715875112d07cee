//! What is wrong with a ruleset that does not load, told as the checks tell what they find.

use std::collections::BTreeMap;

use super::finding::Finding;
use super::report::Report;
use crate::diagnostic::Problems;
use crate::ruleset::Table;
use crate::source::{Content, Node, SourceId, read_toml};

/// The mistakes that keep a ruleset from loading, as findings.
pub fn refused(problems: &Problems) -> Report {
    let mut rows: BTreeMap<SourceId, Vec<(usize, RowNamed)>> = BTreeMap::new();
    let finding = |problem: &crate::diagnostic::Diagnostic| {
        let mut finding = Finding::new(problem.code, problem.span, problem.message.clone());
        finding.help.clone_from(&problem.help);
        finding.fix = problem.mend.as_ref().map(|mend| mend.text.clone());
        finding.mend.clone_from(&problem.mend);
        let source = problem.span.source;
        let starts =
            rows.entry(source).or_insert_with(|| rows_of(source, problems.sources.get(source).text()));
        let above = starts.partition_point(|(start, _)| *start <= problem.span.start);
        if let Some((_, Some((table, rule)))) = above.checked_sub(1).and_then(|at| starts.get(at)) {
            finding.table = Some(*table);
            finding.rule.clone_from(rule);
        }
        finding
    };
    let findings = problems.list.iter().map(finding).collect();
    Report { findings, tables: Vec::new(), sources: problems.sources.clone() }
}

/// A table, and the id of a row in it; nothing for the parts of a file that are no rows.
type RowNamed = Option<(Table, Option<String>)>;

/// Where each row of a text begins, and each other part of it, in order; nothing where it cannot be read at all.
fn rows_of(source: SourceId, text: &str) -> Vec<(usize, RowNamed)> {
    let Ok(root) = read_toml(source, text) else { return Vec::new() };
    let mut starts: Vec<(usize, RowNamed)> = Vec::new();
    for entry in root.entries().unwrap_or_default() {
        let table = Table::ALL.into_iter().find(|table| table.as_str() == entry.key);
        match (&entry.value.content, table) {
            (Content::Array(rows), Some(table)) => starts.extend(rows.iter().map(|row| {
                let id = row.get("id").and_then(Node::as_str).map(str::to_owned);
                (row.span.start, Some((table, id)))
            })),
            (Content::Table(entries), _) => {
                starts.extend(entries.iter().map(|entry| (entry.key_span.start, None)));
            }
            _ => starts.push((entry.key_span.start, None)),
        }
    }
    starts.sort_by_key(|(start, _)| *start);
    starts
}
