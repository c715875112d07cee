//! The first cells of every column, to find out what it holds.

use crate::profile::read_text;
use crate::ruleset::Fact;
use std::collections::BTreeSet;

/// So many rows are looked at.
pub(crate) const ROWS: usize = 1000;
/// So many examples are kept.
const EXAMPLES: usize = 3;

/// The first cells of every column that are not blank.
#[derive(Clone, Debug, Default)]
pub(crate) struct Samples {
    columns: Vec<Vec<String>>,
    rows: usize,
}

/// How the first cells of a column read as a fact.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Fit {
    /// Cells looked at that say something.
    pub cells: usize,
    /// Those of them that can be read.
    pub read: usize,
    /// Some that can be read.
    pub examples: Vec<String>,
    /// Some that cannot.
    pub unreadable: Vec<String>,
}

impl Samples {
    pub(crate) fn new(columns: usize) -> Samples {
        Samples { columns: vec![Vec::new(); columns], rows: 0 }
    }

    /// Whether enough rows have been seen.
    pub(crate) fn is_full(&self) -> bool {
        self.rows >= ROWS
    }

    /// Adds a row.
    pub(crate) fn add(&mut self, cell: impl Fn(usize) -> String) {
        self.rows += 1;
        for (at, column) in self.columns.iter_mut().enumerate() {
            let cell = cell(at);
            if !cell.trim().is_empty() {
                column.push(cell);
            }
        }
    }

    /// The cells of a column.
    pub(crate) fn column(&self, column: usize) -> &[String] {
        self.columns.get(column).map_or(&[], Vec::as_slice)
    }

    /// How a column reads as a fact.
    pub(crate) fn fit(&self, fact: &Fact, column: usize) -> Fit {
        let mut fit = Fit::default();
        let mut seen = BTreeSet::new();
        for cell in self.column(column) {
            let examples = match read_text(fact, cell) {
                Ok(None) => continue,
                Ok(Some(_)) => {
                    fit.read += 1;
                    &mut fit.examples
                }
                Err(_) => &mut fit.unreadable,
            };
            fit.cells += 1;
            if examples.len() < EXAMPLES && seen.insert(cell) {
                examples.push(cell.trim().to_owned());
            }
        }
        fit
    }
}

impl Fit {
    /// Whether at least so many percent of the cells can be read.
    pub(crate) fn reaches(&self, percent: usize) -> bool {
        self.read * 100 >= self.cells * percent
    }
}
