//! An explanation as JSON.

use serde::Serialize;
use serde_json::Value as Json;

use crate::decision::{Decision, Explained, SCHEMA_VERSION, Standing};
use crate::ruleset::Basis;

#[derive(Serialize)]
struct Explanation<'a> {
    schema_version: u32,
    rows: Vec<Row<'a>>,
    decision: &'a Decision,
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
    standing: &'static str,
}

fn word(standing: Standing) -> &'static str {
    match standing {
        Standing::Holds => "holds",
        Standing::Fails => "fails",
        Standing::Open => "unknown",
    }
}

/// The rows with each of their tests, and the decision.
pub fn json(rows: &[Explained<'_>], decision: &Decision) -> String {
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
                .map(|test| Test { fact: &test.subject, test: &test.written, standing: word(test.standing) })
                .collect(),
            basis: row.basis,
            because: row.because,
        })
        .collect();
    let explanation = Explanation { schema_version: SCHEMA_VERSION, rows, decision };
    serde_json::to_string_pretty(&explanation).unwrap_or_default() + "\n"
}
