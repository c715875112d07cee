//! What can be proved of a ruleset: that every state is covered, that every row counts, where two rulesets differ, and
//! what known cases reach. Nothing is sampled; what was not settled within the steps allowed is said.

mod accountability;
mod accountable;
mod alignment;
mod always_passes;
mod candidate;
pub mod cases;
mod changes;
mod choice;
mod conditions;
mod count;
pub mod coverage;
pub mod diff;
mod dropped;
mod falls;
mod fewest;
mod finding;
mod formats;
mod gaps;
mod mends;
pub mod mutations;
mod never_matters;
mod no_question;
mod no_source;
mod no_value;
mod no_words;
mod not_proved;
mod outcome_at;
mod outcomes;
mod overlap;
mod overlay;
mod pages;
mod redundant;
pub mod suggest;
mod suggested;
mod survey;
pub mod test_results;
mod typical_out_of_reach;
mod uncovered;
mod unreachable;
mod unused_fact;
mod unused_role;
mod variant;
mod vocabulary;

pub use changes::NotCompared;
pub use count::{Count, Natural};
pub use finding::{Finding, Placed, fresh_id, toml_table, toml_text, toml_value};
pub use formats::{CheckedFile, check_json, sarif};
pub use pages::page;
pub use suggested::Suggested;
pub use survey::Effort;

use std::collections::BTreeMap;

use crate::diagnostic::Problems;
use crate::ruleset::{Ruleset, Table};
use crate::source::{Content, Node, SourceId, Sources, read_toml};

/// What the checks found.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// The findings, by place.
    pub findings: Vec<Finding>,
    /// The tables in which every state should be covered.
    pub tables: Vec<TableCount>,
    /// The texts the findings stand in.
    pub sources: Sources,
}

/// How much of a table is covered.
#[derive(Debug, Clone)]
pub struct TableCount {
    /// The table.
    pub table: Table,
    /// Its rows.
    pub rows: usize,
    /// How many assignments of the facts that some row tests there are; `None` where that was not settled.
    pub states: Option<Count>,
    /// How many of them no row covers; for contacts, of those with an owner.
    pub uncovered: Option<Count>,
}

/// Checks a ruleset that loads.
pub fn check(ruleset: &Ruleset, effort: Effort) -> Report {
    let survey = survey::Survey::new(ruleset, effort);
    let mut findings = mends::check(&survey);
    let (unreachable, unreached) = unreachable::check(&survey);
    let (redundant, unmissed) = redundant::check(&survey);
    findings.extend(unreachable);
    findings.extend(redundant);
    dropped::check(&survey, &mut findings);
    findings.extend(accountable::check(&survey));
    findings.extend(unused_role::check(&survey));
    findings.extend(unused_fact::check(&survey));
    let never = never_matters::check(&survey, &findings);
    findings.extend(never);
    findings.extend(always_passes::check(&survey));
    findings.extend(no_question::check(&survey));
    findings.extend(no_words::check(&survey));
    findings.extend(no_source::check(&survey));
    findings.extend(typical_out_of_reach::check(&survey));
    let (overlapping, unpaired) = overlap::check(&survey);
    findings.extend(overlapping);
    let (falling, unclaimed) = falls::check(&survey);
    findings.extend(falling);
    findings.extend(not_proved::check(&survey, &unreached, &unmissed, &unpaired, &unclaimed));
    findings.extend(ruleset.notes().iter().map(|note| {
        let finding = Finding::new(note.code, note.span, note.message.clone());
        note.help.iter().fold(finding, |finding, help| finding.help(help.clone()))
    }));
    findings.sort_by_key(|finding| (finding.span, finding.code));
    let count = |decisive: &survey::Decisive, rows: usize| TableCount {
        table: decisive.table,
        rows,
        states: survey.states.clone(),
        uncovered: decisive.uncovered.clone(),
    };
    let tables =
        vec![count(&survey.owner, ruleset.owner().len()), count(&survey.contact, ruleset.contact().len())];
    Report { findings, tables, sources: ruleset.sources().clone() }
}

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
