//! What a row says of each fact, as small numbers that are the same wherever the decision must be the same.
//!
//! Rules never tell numbers apart that lie between the same thresholds, so a number counts as the stretch it lies in.
//! A band counts as the stretches it touches and, since presuming weighs them, as which of them together hold enough of
//! it. So a list of millions has a few thousand different rows.

use super::bands::BandCodes;
use super::cache::CellCache;
use crate::clients::encoding::Encoding;
use crate::clients::read::Row;
use crate::percent::Percent;
use crate::profile::{self, Given, Known, Profile};
use crate::ruleset::{Fact, FactId, Kind, Ruleset, Value};
use crate::space::Axis;
use std::sync::Arc;

/// The code of an unknown fact.
const UNKNOWN: u32 = 0;
/// What a cell says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct CellCode {
    shape: Shape,
    /// The same for cells that lead to the same decision, where at most one fact of the row is a band.
    code: u32,
    /// The same for cells that lead to the same decision in any row.
    strict: u32,
    /// Read without a remark.
    clean: bool,
    /// Whether it is a band. Presuming weighs the bands of a row against each other, so that two of them can only be
    /// told apart by their exact bounds.
    band: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    Unknown,
    /// An exact number, or a band in which rules tell no numbers apart.
    Number {
        min: u64,
        max: u64,
    },
    /// A band across a threshold; `u64::MAX` has no end.
    Across {
        min: u64,
        max: u64,
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

    fn new(shape: Shape, code: u32) -> CellCode {
        let band = matches!(shape, Shape::Number { min, max } | Shape::Across { min, max } if min < max);
        CellCode { shape, code, strict: code, clean: true, band }
    }

    /// The number, if it is exactly known.
    #[inline]
    pub(crate) fn exactly(&self) -> Option<u64> {
        match self.shape {
            Shape::Number { min, max } if min == max => Some(min),
            _ => None,
        }
    }

    /// The least and the most it can be; `u64::MAX` has no end.
    pub(crate) fn bounds(&self) -> Option<(u64, u64)> {
        match self.shape {
            Shape::Number { min, max } | Shape::Across { min, max } => Some((min, max)),
            _ => None,
        }
    }
}

/// Reads what rows say of one fact.
pub(crate) struct FactReader<'r> {
    pub(crate) id: FactId,
    pub(crate) columns: Vec<usize>,
    fact: &'r Fact,
    axis: Option<&'r Axis>,
    /// Every share that a fact of the ruleset declares.
    shares: Vec<Percent>,
    /// Numbers that are a spelling of "not known".
    unknown: Vec<u64>,
    cache: CellCache<CellCode>,
    bands: Arc<BandCodes>,
    encoding: Encoding,
}

impl<'r> FactReader<'r> {
    pub(crate) fn new(
        ruleset: &'r Ruleset,
        (id, columns): (FactId, Vec<usize>),
        bands: &Arc<BandCodes>,
        encoding: Encoding,
    ) -> Self {
        let fact = ruleset.fact(id);
        let mut shares: Vec<Percent> = ruleset.facts().iter().filter_map(|fact| fact.share).collect();
        shares.sort_unstable();
        shares.dedup();
        FactReader {
            id,
            columns,
            fact,
            axis: ruleset.compiled().axis(id).map(|axis| &ruleset.compiled().space.axes[axis]),
            shares,
            unknown: fact.unknown.iter().filter_map(|word| plain_number(word.trim().as_bytes())).collect(),
            cache: CellCache::new(),
            bands: Arc::clone(bands),
            encoding,
        }
    }

    /// Whether the fact has one column, with few different cells in it.
    pub(crate) fn has_few_values(&self) -> bool {
        matches!(self.fact.kind, Kind::Boolean | Kind::Choice) && self.columns.len() == 1
    }

    /// What the row says of the fact.
    #[inline]
    pub(crate) fn read(&mut self, row: &impl Row) -> CellCode {
        match self.columns[..] {
            [one] => self.cell(&row.cell(one)),
            _ => self.narrowest(row),
        }
    }

    #[inline]
    fn cell(&mut self, bytes: &[u8]) -> CellCode {
        if self.fact.kind == Kind::Integer
            && let Some(number) = plain_number(bytes)
            && !self.unknown.contains(&number)
            && let Some(axis) = self.axis
            && (axis.lowest()..=axis.highest()).contains(&number)
        {
            return CellCode::new(Shape::Number { min: number, max: number }, 1 + axis.atom(number));
        }
        let FactReader { fact, axis, shares, bands, encoding, id, .. } = self;
        *self.cache.get(bytes, || match profile::read_text(fact, &text(*encoding, bytes)) {
            Err(_) => CellCode { clean: false, ..CellCode::new(Shape::Wrong, UNKNOWN) },
            Ok(None) => CellCode { band: is_band_unknown(fact), ..CellCode::new(Shape::Unknown, UNKNOWN) },
            Ok(Some(given)) => {
                let clean = given.repaired.is_none();
                CellCode { clean, ..coded(&given.known, *axis, |band| bands.codes(shares, *axis, *id, band)) }
            }
        })
    }

    /// Of several columns, the one that leaves the fewest numbers open.
    fn narrowest(&mut self, row: &impl Row) -> CellCode {
        let columns = std::mem::take(&mut self.columns);
        let cells: Vec<CellCode> = columns.iter().map(|column| self.cell(&row.cell(*column))).collect();
        self.columns = columns;
        let (best, clean) = narrowest(&cells);
        CellCode { clean, ..cells[best] }
    }

    /// What there is to say about the cells of a row beyond what they say, or what is wrong with them.
    ///
    /// # Errors
    /// Why the fact cannot be read in this row.
    pub(crate) fn remarks(&mut self, row: &impl Row, titles: &[String]) -> Result<Vec<String>, String> {
        let mut remarks = Vec::new();
        let mut cells = Vec::new();
        for column in self.columns.clone() {
            let bytes = row.cell(column);
            cells.push(self.cell(&bytes));
            match profile::read_text(self.fact, &text(self.encoding, &bytes)) {
                Ok(given) => remarks.extend(given.and_then(|given| given.repaired)),
                Err(unread) => remarks.push(unread.message),
            }
        }
        let (best, _) = narrowest(&cells);
        if cells[best].shape == Shape::Wrong {
            return Err(remarks.join("; "));
        }
        for (at, other) in cells.iter().enumerate().filter(|(_, other)| apart(&cells[best], other)) {
            let (best, other) = (self.columns[best], (self.columns[at], other));
            remarks.push(format!(
                "`{}` says {}, `{}` says {}",
                titles[best],
                trimmed(row, best, self.encoding),
                titles[other.0],
                trimmed(row, other.0, self.encoding)
            ));
        }
        Ok(remarks)
    }

    /// Gives the fact to a profile as a cell says it, or as any other cell with its code does; `strict` tells which
    /// code.
    pub(crate) fn give(&self, cell: &CellCode, strict: bool, profile: &mut Profile) {
        let known = match cell.shape {
            Shape::Unknown | Shape::Wrong => return,
            // Whatever the number is, the decision is that of the first in its stretch.
            Shape::Number { min, max } if min == max || !strict => {
                let first = self.axis.map_or(min, |axis| axis.bounds(axis.atom(min)).0);
                Known::Exact(Value::Number(first))
            }
            Shape::Number { min, max } | Shape::Across { min, max } => {
                Known::Band { min, max: (max != u64::MAX).then_some(max) }
            }
            Shape::Named(value) => Known::Exact(Value::Named(value)),
            Shape::Text => Known::Text(self.fact.name.clone()),
        };
        profile.set(self.id, Some(Given { written: serde_json::Value::Null, known, repaired: None }));
    }
}

/// Whether a fact that nothing is known of is a band with an end.
pub(crate) fn is_band_unknown(fact: &Fact) -> bool {
    fact.kind == Kind::Integer && !fact.derived && fact.highest != u64::MAX
}

impl CellCode {
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
fn narrowest(cells: &[CellCode]) -> (usize, bool) {
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
fn apart(one: &CellCode, other: &CellCode) -> bool {
    match (one.bounds(), other.bounds()) {
        (Some(one), Some(other)) => one.1 < other.0 || other.1 < one.0,
        _ => false,
    }
}

fn coded(
    known: &Known,
    axis: Option<&Axis>,
    code_of_band: impl FnOnce((u64, u64)) -> (u32, u32),
) -> CellCode {
    let (min, max) = match *known {
        Known::Exact(Value::Named(value)) => return CellCode::new(Shape::Named(value), 1 + value),
        Known::Text(_) => return CellCode::new(Shape::Text, 1),
        Known::Exact(Value::Number(number)) => (number, number),
        Known::Band { min, max } => (min, max.unwrap_or(u64::MAX)),
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

/// A number written with digits alone, as most cells are.
#[inline]
fn plain_number(bytes: &[u8]) -> Option<u64> {
    /// So many digits fit in any case.
    const MOST: usize = 18;
    if bytes.is_empty() || bytes.len() > MOST || bytes[0] == b'0' && bytes.len() > 1 {
        return None;
    }
    let mut number = 0_u64;
    for byte in bytes {
        let digit = byte.wrapping_sub(b'0');
        if digit > 9 {
            return None;
        }
        // So few digits do not overflow, and the check would cost more than the digit.
        number = u64::wrapping_add(u64::wrapping_mul(number, 10), u64::from(digit));
    }
    Some(number)
}

fn text(encoding: Encoding, bytes: &[u8]) -> String {
    String::from_utf8_lossy(&encoding.utf8(bytes)).into_owned()
}

fn trimmed(row: &impl Row, column: usize, encoding: Encoding) -> String {
    text(encoding, &row.cell(column)).trim().to_owned()
}
