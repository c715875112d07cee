//! What a row says of each fact, as small numbers that are the same wherever the decision must be the same.
//!
//! Rules never tell numbers apart that lie between the same thresholds, so a number counts as the stretch it lies in.
//! A band counts as the stretches it touches and, since presuming weighs them, as which of them together hold enough of
//! it. So a list of millions has a few thousand different rows.

use super::bands::BandCodes;
use super::cache::CellCache;
use super::cell_code::{CellCode, Shape, UNKNOWN, apart, coded, narrowest};
use crate::clients::cell_text::{CellText, read_cell};
use crate::clients::encoding::Encoding;
use crate::clients::open::Mapping;
use crate::clients::read::Row;
use crate::percent::Percent;
use crate::profile::headcount::DecimalStyle;
use crate::profile::{Given, Known, Profile};
use crate::ruleset::{Fact, FactId, Kind, Ruleset, Value};
use crate::space::{Axis, NO_END};
use std::sync::Arc;

/// Reads what rows say of one fact.
pub(crate) struct FactReader<'r> {
    pub(crate) id: FactId,
    pub(crate) columns: Vec<usize>,
    /// What a point means in each of them.
    styles: Vec<DecimalStyle>,
    fact: &'r Fact,
    axis: Option<&'r Axis>,
    /// Every share that a fact of the ruleset declares.
    shares: Vec<Percent>,
    /// Numbers that are a spelling of "not known".
    unknown: Vec<i128>,
    /// What cells say, for each of the columns.
    caches: Vec<CellCache<CellCode>>,
    bands: Arc<BandCodes>,
    encoding: Encoding,
}

impl<'r> FactReader<'r> {
    pub(crate) fn new(
        ruleset: &'r Ruleset,
        mapping: &Mapping,
        (id, columns): (FactId, Vec<usize>),
        bands: &Arc<BandCodes>,
        encoding: Encoding,
    ) -> Self {
        let fact = ruleset.fact(id);
        let mut shares: Vec<Percent> = ruleset.facts().iter().filter_map(|fact| fact.share).collect();
        shares.sort_unstable();
        shares.dedup();
        FactReader {
            styles: columns.iter().map(|column| mapping.style(*column)).collect(),
            caches: columns.iter().map(|_| CellCache::new()).collect(),
            id,
            columns,
            fact,
            axis: ruleset.compiled().axis(id).map(|axis| &ruleset.compiled().space.axes[axis]),
            shares,
            unknown: fact.unknown.iter().filter_map(|word| plain_number(word.trim().as_bytes())).collect(),
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
            [one] => self.cell(0, &row.cell(one)),
            _ => self.narrowest(row),
        }
    }

    #[inline]
    fn cell(&mut self, place: usize, bytes: &[u8]) -> CellCode {
        if self.fact.kind == Kind::Integer
            && let Some(number) = plain_number(bytes)
            && !self.unknown.contains(&number)
            && let Some(axis) = self.axis
            && (axis.lowest()..=axis.highest()).contains(&number)
        {
            return CellCode::new(Shape::Number { min: number, max: number }, 1 + axis.atom(number));
        }
        let FactReader { fact, axis, shares, bands, encoding, id, .. } = self;
        let style = self.styles[place];
        *self.caches[place].get(bytes, || match read_cell(fact, &text(*encoding, bytes), style) {
            Err(_) => CellCode { clean: false, ..CellCode::new(Shape::Wrong, UNKNOWN) },
            Ok(CellText::Given(None)) => {
                CellCode { band: is_band_unknown(fact), ..CellCode::new(Shape::Unknown, UNKNOWN) }
            }
            Ok(CellText::ErrorValue(_)) => CellCode {
                clean: false,
                band: is_band_unknown(fact),
                ..CellCode::new(Shape::Unknown, UNKNOWN)
            },
            Ok(CellText::Given(Some(given))) => {
                let clean = given.repaired.is_none();
                CellCode { clean, ..coded(&given.known, *axis, |band| bands.codes(shares, *axis, *id, band)) }
            }
        })
    }

    /// Of several columns, the one that leaves the fewest numbers open.
    fn narrowest(&mut self, row: &impl Row) -> CellCode {
        let columns = std::mem::take(&mut self.columns);
        let cells: Vec<CellCode> =
            (0..columns.len()).map(|place| self.cell(place, &row.cell(columns[place]))).collect();
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
        for (place, column) in self.columns.clone().into_iter().enumerate() {
            let bytes = row.cell(column);
            cells.push(self.cell(place, &bytes));
            match read_cell(self.fact, &text(self.encoding, &bytes), self.styles[place]) {
                Ok(CellText::Given(given)) => remarks.extend(given.and_then(|given| given.repaired)),
                Ok(CellText::ErrorValue(value)) => {
                    remarks
                        .push(format!("`{}` holds the error value {value}, read as unknown", titles[column]));
                }
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
                Known::Band { min, max: (max != NO_END).then_some(max) }
            }
            Shape::Named(value) => Known::Exact(Value::Named(value)),
            Shape::Text => Known::Text(self.fact.name.clone()),
        };
        profile.set(self.id, Some(Given { written: serde_json::Value::Null, known, repaired: None }));
    }
}

/// Whether a fact that nothing is known of is a band with an end.
pub(crate) fn is_band_unknown(fact: &Fact) -> bool {
    fact.kind == Kind::Integer && !fact.derived && fact.highest != NO_END
}

/// A number written with digits alone, as most cells are.
#[inline]
fn plain_number(bytes: &[u8]) -> Option<i128> {
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
    Some(number.into())
}

fn text(encoding: Encoding, bytes: &[u8]) -> String {
    String::from_utf8_lossy(&encoding.utf8(bytes)).into_owned()
}

fn trimmed(row: &impl Row, column: usize, encoding: Encoding) -> String {
    text(encoding, &row.cell(column)).trim().to_owned()
}
