//! An explanation as JSON.

use serde::Serialize;
use serde_json::Value as Json;

use super::json::{self, DecisionJson, SCHEMA_VERSION};
use crate::decision::{Decision, Explained, Standing};
use crate::ruleset::{Basis, Ruleset, Subject};
use crate::words;

#[derive(Serialize)]
struct Explanation<'a> {
    schema_version: u32,
    rows: Vec<Row<'a>>,
    decision: DecisionJson<'a>,
}

#[derive(Serialize)]
struct Row<'a> {
    table: &'static str,
    id: &'a str,
    standing: &'static str,
    decides: bool,
    tests: Vec<Test<'a>>,
    basis: Basis,
    because: Option<&'a str>,
}

#[derive(Serialize)]
struct Test<'a> {
    fact: &'a str,
    test: &'a Json,
    text: String,
    standing: &'static str,
}

fn word(standing: Standing) -> &'static str {
    match standing {
        Standing::Holds => "holds",
        Standing::Fails => "fails",
        Standing::Open => "unknown",
    }
}

fn subject(ruleset: &Ruleset, subject: Subject) -> &str {
    match subject {
        Subject::Fact(fact) => &ruleset.fact(fact).name,
        Subject::Owner => "owner",
        Subject::Contact => "contact",
    }
}

/// The rows with each of their tests, and the decision.
pub fn json(ruleset: &Ruleset, rows: &[Explained<'_>], decision: &Decision) -> String {
    let rows = rows
        .iter()
        .map(|row| Row {
            table: row.table.as_str(),
            id: row.id,
            standing: word(row.standing),
            decides: row.decides,
            tests: row
                .tests
                .iter()
                .map(|test| Test {
                    fact: subject(ruleset, test.subject),
                    test: test.written,
                    text: words::clause(ruleset, test.subject, test.test),
                    standing: word(test.standing),
                })
                .collect(),
            basis: row.basis,
            because: row.because,
        })
        .collect();
    let decision = json::json(ruleset, decision);
    let explanation = Explanation { schema_version: SCHEMA_VERSION, rows, decision };
    serde_json::to_string_pretty(&explanation).unwrap_or_default() + "\n"
}
