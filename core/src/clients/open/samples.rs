//! The first cells of every column, to find out what it holds.

use crate::clients::cell_text::{CellText, read_cell};
use crate::clients::encoding::Encoding;
use crate::profile::headcount::{DecimalStyle, Points};
use crate::ruleset::Fact;
use std::borrow::Cow;
use std::collections::HashMap;

/// So many rows are looked at.
pub(crate) const ROWS: usize = 1000;
/// So many examples are kept.
const EXAMPLES: usize = 3;

/// The first cells of every column that are not blank.
#[derive(Clone, Debug, Default)]
pub(crate) struct Samples {
    columns: Vec<Vec<String>>,
    rows: usize,
    /// What points mean in each column.
    points: Vec<Points>,
    /// What they mean in every column, where the user has said it.
    told: Option<DecimalStyle>,
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
        Samples {
            columns: vec![Vec::new(); columns],
            points: vec![Points::default(); columns],
            ..Samples::default()
        }
    }

    /// The same, where the user has said what points mean.
    pub(crate) fn settled(self, told: Option<DecimalStyle>) -> Samples {
        Samples { told, ..self }
    }

    /// Whether enough rows have been seen.
    pub(crate) fn is_full(&self) -> bool {
        self.rows >= ROWS
    }

    /// Adds a row. What points mean is told by all rows, the rest by the first.
    pub(crate) fn add<'c>(&mut self, cell: impl Fn(usize) -> Cow<'c, [u8]>, encoding: Encoding) {
        let is_full = self.is_full();
        self.rows += 1;
        for (at, (column, points)) in self.columns.iter_mut().zip(&mut self.points).enumerate() {
            let bytes = cell(at);
            let bytes = encoding.utf8(&bytes);
            // Valid text is seen sooner than invalid text is replaced.
            let cell =
                std::str::from_utf8(&bytes).map_or_else(|_| String::from_utf8_lossy(&bytes), Cow::Borrowed);
            points.add(&cell);
            if !is_full && !cell.trim().is_empty() {
                column.push(cell.into_owned());
            }
        }
    }

    /// What a point means in a column.
    pub(crate) fn style(&self, column: usize) -> DecimalStyle {
        match (self.told, self.points.get(column)) {
            (Some(told), _) => told,
            (None, Some(points)) if points.are_thousands() => DecimalStyle::Comma,
            (None, _) => DecimalStyle::Unknown,
        }
    }

    /// A number in a column whose points were found to stand between thousands.
    pub(crate) fn thousands(&self, column: usize) -> Option<&str> {
        let points = self.points.get(column).filter(|points| self.told.is_none() && points.are_thousands());
        points.and_then(|points| points.example.as_deref())
    }

    /// The cells of a column.
    pub(crate) fn column(&self, column: usize) -> &[String] {
        self.columns.get(column).map_or(&[], Vec::as_slice)
    }

    /// How a column reads as a fact.
    pub(crate) fn fit(&self, fact: &Fact, column: usize) -> Fit {
        let mut fit = Fit::default();
        let style = self.style(column);
        // A column says the same few things over and over; each is read once.
        let mut seen: HashMap<&str, Option<bool>> = HashMap::new();
        let is_read = |cell: &str| match read_cell(fact, cell, style) {
            Ok(CellText::Given(None) | CellText::ErrorValue(_)) => None,
            Ok(CellText::Given(Some(_))) => Some(true),
            Err(_) => Some(false),
        };
        for cell in self.column(column) {
            let known = seen.get(cell.as_str()).copied();
            let Some(read) = known.unwrap_or_else(|| *seen.entry(cell).or_insert_with(|| is_read(cell)))
            else {
                continue;
            };
            fit.cells += 1;
            fit.read += usize::from(read);
            let examples = if read { &mut fit.examples } else { &mut fit.unreadable };
            if known.is_none() && examples.len() < EXAMPLES {
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
