//! Rule by rule: which test held, which failed, and which cannot be known.

use std::collections::HashSet;

use super::Verdict;
use super::collect::test_standing;
use super::pieces::{Piece, Standing};
use crate::ruleset::{Basis, Condition, Row, Ruleset, Subject, Table, Test};

/// One row of a table against a profile.
#[derive(Debug, Clone)]
pub struct Explained<'a> {
    /// The table.
    pub table: Table,
    /// The row's id.
    pub id: &'a str,
    /// Its tests in the order written.
    pub tests: Vec<ExplainedTest<'a>>,
    /// How the whole condition stands.
    pub standing: Standing,
    /// Whether it decides in some of the states.
    pub decides: bool,
    /// Whether the source says so.
    pub basis: Basis,
    /// Why, as a sentence.
    pub because: Option<&'a str>,
    /// Where the source says so.
    pub cite: Option<&'a str>,
}

/// One test of a row against a profile.
#[derive(Debug, Clone)]
pub struct ExplainedTest<'a> {
    /// What is tested.
    pub subject: Subject,
    /// What must be so of it.
    pub test: &'a Test,
    /// The test as written.
    pub written: &'a serde_json::Value,
    /// Whether it held.
    pub standing: Standing,
}

/// Every row of the derive, owner and contact tables, in order, against all states of a profile.
pub fn explain<'a>(ruleset: &'a Ruleset, verdict: &Verdict) -> Vec<Explained<'a>> {
    let pieces: Vec<&Piece> = verdict.pieces.all().iter().collect();
    let mut derived: Vec<u32> = Vec::new();
    for table in &ruleset.compiled().derived {
        let regions = pieces.iter().map(|piece| &piece.region);
        derived.extend(super::pieces::derived_rows(ruleset, regions, table.fact).0);
    }
    let owner: Vec<u32> = pieces.iter().filter_map(|piece| piece.owner_row).collect();
    let contact: Vec<u32> = pieces.iter().filter_map(|piece| piece.contact_row).collect();
    let mut explained = table(ruleset, &pieces, Table::Derive, ruleset.derive(), &derived);
    explained.extend(table(ruleset, &pieces, Table::Owner, ruleset.owner(), &owner));
    explained.extend(table(ruleset, &pieces, Table::Contact, ruleset.contact(), &contact));
    explained
}

fn table<'a, Then>(
    ruleset: &'a Ruleset,
    pieces: &[&Piece],
    table: Table,
    rows: &'a [Row<Then>],
    deciding: &[u32],
) -> Vec<Explained<'a>> {
    let deciding: HashSet<u32> = deciding.iter().copied().collect();
    let row = |(at, row): (usize, &'a Row<Then>)| {
        let tests = tests(ruleset, pieces, &row.when);
        Explained {
            table,
            id: &row.id,
            standing: Standing::of_all(tests.iter().map(|test| test.standing)),
            tests,
            decides: deciding.contains(&(at as u32)),
            basis: row.basis,
            because: row.because.as_deref(),
            cite: row.cite.as_deref(),
        }
    };
    rows.iter().enumerate().map(row).collect()
}

fn tests<'a>(ruleset: &Ruleset, pieces: &[&Piece], when: &'a Condition) -> Vec<ExplainedTest<'a>> {
    when.tests
        .iter()
        .map(|test| ExplainedTest {
            subject: test.subject,
            test: &test.test,
            written: &test.written,
            standing: test_standing(
                ruleset,
                pieces.iter().map(|piece| &piece.region),
                test.subject,
                &test.test,
            ),
        })
        .collect()
}
