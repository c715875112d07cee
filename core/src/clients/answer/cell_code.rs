//! What a cell says, as small numbers that are the same wherever the decision must be the same.

use crate::profile::Known;
use crate::ruleset::Value;
use crate::space::{Axis, NO_END};

/// The code of an unknown fact.
pub(super) const UNKNOWN: u32 = 0;
/// What a cell says, in one line of the processor's memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(align(64))]
pub(crate) struct CellCode {
    pub(super) shape: Shape,
    /// The same for cells that lead to the same decision, where at most one fact of the row is a band.
    pub(super) code: u32,
    /// The same for cells that lead to the same decision in any row.
    pub(super) strict: u32,
    /// Read without a remark.
    pub(super) clean: bool,
    /// Whether it is a band. Presuming weighs the bands of a row against each other, so that two of them can only be
    /// told apart by their exact bounds.
    pub(super) band: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    Unknown,
    /// An exact number, or a band in which rules tell no numbers apart.
    Number {
        min: i128,
        max: i128,
    },
    /// A band across a threshold; `NO_END` has no end.
    Across {
        min: i128,
        max: i128,
    },
    Named(u32),
    Text,
    /// The cell cannot be read.
    Wrong,
}

impl CellCode {
    /// A cell that says nothing.
    pub(crate) const UNKNOWN: CellCode =
        CellCode { shape: Shape::Unknown, code: UNKNOWN, strict: UNKNOWN, clean: true, band: false };

    pub(super) fn new(shape: Shape, code: u32) -> CellCode {
        let band = matches!(shape, Shape::Number { min, max } | Shape::Across { min, max } if min < max);
        CellCode { shape, code, strict: code, clean: true, band }
    }

    /// The number, if it is exactly known.
    #[inline]
    pub(crate) fn exactly(&self) -> Option<i128> {
        match self.shape {
            Shape::Number { min, max } if min == max => Some(min),
            _ => None,
        }
    }

    /// The least and the most it can be; `NO_END` has no end.
    pub(crate) fn bounds(&self) -> Option<(i128, i128)> {
        match self.shape {
            Shape::Number { min, max } | Shape::Across { min, max } => Some((min, max)),
            _ => None,
        }
    }
}

impl CellCode {
    /// The value, if it is a named one.
    pub(crate) fn named(&self) -> Option<u32> {
        match self.shape {
            Shape::Named(value) => Some(value),
            _ => None,
        }
    }

    /// Whether it is a text.
    pub(crate) fn is_text(&self) -> bool {
        self.shape == Shape::Text
    }

    /// The code in a row with at most one band.
    #[inline]
    pub(crate) fn code(&self) -> u32 {
        self.code
    }

    /// The code in any row.
    #[inline]
    pub(crate) fn strict(&self) -> u32 {
        self.strict
    }

    /// Whether it is a band.
    #[inline]
    pub(crate) fn is_band(&self) -> bool {
        self.band
    }

    /// Whether the cell cannot be read.
    #[inline]
    pub(crate) fn is_wrong(&self) -> bool {
        self.shape == Shape::Wrong
    }

    /// Whether there is nothing to say about how it was read.
    #[inline]
    pub(crate) fn is_clean(&self) -> bool {
        self.clean
    }
}

/// Which cell of several counts, and whether there is nothing to say about the others.
pub(super) fn narrowest(cells: &[CellCode]) -> (usize, bool) {
    let rank = |cell: &CellCode| match cell.shape {
        Shape::Number { min, max } | Shape::Across { min, max } => (0, max - min),
        Shape::Unknown => (1, 0),
        _ => (2, 0),
    };
    let best = (0..cells.len()).min_by_key(|at| rank(&cells[*at])).unwrap_or(0);
    let clean = cells.iter().all(|cell| cell.clean && !apart(&cells[best], cell));
    (best, clean)
}

/// Whether two cells cannot both be right.
pub(super) fn apart(one: &CellCode, other: &CellCode) -> bool {
    match (one.bounds(), other.bounds()) {
        (Some(one), Some(other)) => one.1 < other.0 || other.1 < one.0,
        _ => false,
    }
}

pub(super) fn coded(
    known: &Known,
    axis: Option<&Axis>,
    code_of_band: impl FnOnce((i128, i128)) -> (u32, u32),
) -> CellCode {
    let (min, max) = match *known {
        Known::Exact(Value::Named(value)) => return CellCode::new(Shape::Named(value), 1 + value),
        Known::Text(_) => return CellCode::new(Shape::Text, 1),
        Known::Exact(Value::Number(number)) => (number, number),
        Known::Band { min, max } => (min, max.unwrap_or(NO_END)),
    };
    let Some(axis) = axis else { return CellCode::new(Shape::Unknown, UNKNOWN) };
    let (first, last) = axis.atoms_between(min, max).unwrap_or_default();
    if min == max {
        return CellCode::new(Shape::Number { min, max }, 1 + first);
    }
    let (code, strict) = code_of_band((min, max));
    if first == last {
        return CellCode { strict, ..CellCode::new(Shape::Number { min, max }, 1 + first) };
    }
    CellCode { strict, ..CellCode::new(Shape::Across { min, max }, code) }
}
