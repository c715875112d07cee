//! What came of known cases, for other programs: JSON, and the XML that build servers read.

use serde_json::{Map, Value as Json, json};

use super::cases::{Case, Outcome};
use super::coverage::{Coverage, ids};
use super::mutations::Noticed;
use crate::ruleset::{Ruleset, Table};
use crate::source::Place;

/// A ruleset with the cases it was tested by.
#[derive(Debug)]
pub struct TestedRuleset {
    /// The ruleset.
    pub ruleset: Ruleset,
    /// The cases.
    pub cases: Vec<CaseResult>,
}

/// A case that was decided.
#[derive(Debug)]
pub struct CaseResult {
    /// The case.
    pub case: Case,
    /// What came of it.
    pub outcome: Outcome,
    /// The file it stands in.
    pub file: String,
    /// Where.
    pub place: Place,
}

impl CaseResult {
    /// The ids of the rows that had a part in it, by table.
    pub fn fired<'a>(&self, ruleset: &'a Ruleset) -> Vec<(Table, Vec<&'a str>)> {
        let of = |table: Table| {
            let ids = ids(ruleset, table);
            let own = self.outcome.fired.iter().filter(|(of, _)| *of == table);
            own.filter_map(|(_, at)| ids.get(*at).copied()).collect::<Vec<_>>()
        };
        Table::ALL.into_iter().map(|table| (table, of(table))).filter(|(_, ids)| !ids.is_empty()).collect()
    }
}

/// What came of the cases, as JSON.
pub fn tests_json(tested: &[TestedRuleset], coverages: &[Coverage], noticed: &[Noticed]) -> Json {
    let rulesets = tested.iter().zip(coverages).zip(noticed).map(|((one, coverage), noticed)| {
        let cases: Vec<Json> = one.cases.iter().map(|ran| case_json(&one.ruleset, ran)).collect();
        json!({
            "name": one.ruleset.name(),
            "version": one.ruleset.version().to_string(),
            "digest": one.ruleset.digest(),
            "passed": one.cases.iter().filter(|ran| ran.outcome.mismatches.is_empty()).count(),
            "failed": one.cases.iter().filter(|ran| !ran.outcome.mismatches.is_empty()).count(),
            "cases": cases,
            "coverage": coverage,
            "mutations": noticed,
        })
    });
    json!({ "schema_version": 1, "rulesets": rulesets.collect::<Vec<_>>() })
}

fn case_json(ruleset: &Ruleset, ran: &CaseResult) -> Json {
    let fired = ran.fired(ruleset).into_iter().map(|(table, ids)| (table.as_str().to_owned(), ids.into()));
    json!({
        "name": ran.case.name,
        "file": ran.file,
        "line": ran.place.line,
        "column": ran.place.column,
        "passed": ran.outcome.mismatches.is_empty(),
        "mismatches": ran.outcome.mismatches,
        "rules": fired.collect::<Map<String, Json>>(),
    })
}

/// What came of the cases, in the XML of JUnit.
pub fn junit(tested: &[TestedRuleset]) -> String {
    let mut text = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n");
    for one in tested {
        let failed = one.cases.iter().filter(|ran| !ran.outcome.mismatches.is_empty()).count();
        text.push_str(&format!(
            "  <testsuite name=\"{}\" tests=\"{}\" failures=\"{failed}\">\n",
            escaped(one.ruleset.name()),
            one.cases.len()
        ));
        for ran in &one.cases {
            let name = escaped(&ran.case.name);
            let file = escaped(&ran.file);
            let head = format!(
                "    <testcase name=\"{name}\" classname=\"{file}\" file=\"{file}\" line=\"{}\"",
                ran.place.line
            );
            if ran.outcome.mismatches.is_empty() {
                text.push_str(&format!("{head}/>\n"));
                continue;
            }
            let lines: Vec<String> = ran
                .outcome
                .mismatches
                .iter()
                .map(|mismatch| {
                    format!("{}: expected {}, got {}", mismatch.key, mismatch.expected, mismatch.got)
                })
                .collect();
            let rules: Vec<String> = ran
                .fired(&one.ruleset)
                .iter()
                .map(|(table, ids)| format!("{table}: {}", ids.join(", ")))
                .collect();
            text.push_str(&format!(
                "{head}>\n      <failure message=\"{}\">{}</failure>\n    </testcase>\n",
                escaped(&lines.join("; ")),
                escaped(&[lines, rules].concat().join("\n")),
            ));
        }
        text.push_str("  </testsuite>\n");
    }
    text.push_str("</testsuites>\n");
    text
}

/// A text in XML; control characters, which XML cannot say, are left out.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars().filter(|letter| !letter.is_control() || *letter == '\n') {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\n' => escaped.push_str("&#10;"),
            letter => escaped.push(letter),
        }
    }
    escaped
}
