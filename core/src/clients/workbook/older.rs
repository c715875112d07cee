//! The records of an older workbook, looked over before its reader takes memory for what they claim.

use super::extent::{Extent, Extents};
use super::package::{damaged, locked};
use crate::clients::error::ListError;
use std::collections::HashMap;
use std::io::Read;

/// Records by their numbers. A part of a workbook stands between a beginning and an end; the first part names the sheets.
const BEGINNING: u16 = 0x0809;
const END: u16 = 0x000a;
const PASSWORD: u16 = 0x002f;
const SHEET: u16 = 0x0085;
const DIMENSIONS: u16 = 0x0200;
/// Formulas, numbers, texts and flags: a cell each.
const CELLS: [u16; 7] = [0x0006, 0x0203, 0x0204, 0x0205, 0x027e, 0x00d6, 0x00fd];
/// Several numbers in neighbouring cells.
const NUMBERS: u16 = 0x00bd;

/// A sheet has no more rows, and no more columns.
const MOST_ROWS: u64 = 1 << 16;
const MOST_COLUMNS: u64 = 1 << 8;

/// Looks over the records of a workbook.
///
/// # Errors
/// If its sheets do not fit into memory, or it is damaged or has a password.
pub(super) fn check(mut records: impl Read) -> Result<(), ListError> {
    let mut parts: HashMap<u64, Extent> = HashMap::new();
    let mut sheets: Vec<u64> = Vec::new();
    // Where the part begins that is gone through, and how many parts are within each other.
    let (mut part, mut depth) = (0, 0_u32);
    let (mut at, mut content) = (0, Vec::new());
    while let Some(record) = next(&mut records, &mut content)? {
        match record {
            BEGINNING => {
                if depth == 0 {
                    part = at;
                    parts.insert(part, Extent::default());
                }
                depth += 1;
            }
            END => depth = depth.saturating_sub(1),
            PASSWORD => return Err(locked()),
            SHEET if depth == 1 => sheets.push(u64::from(long(&content, 0)?)),
            // What stands in a part within a sheet, such as a chart, is no cell of the sheet.
            _ if depth == 1 => cells(record, &content, parts.entry(part).or_default())?,
            _ => {}
        }
        at += 4 + content.len() as u64;
    }
    let mut extents = Extents::default();
    for sheet in sheets {
        let extent = parts.get(&sheet).ok_or_else(|| damaged("a sheet is not where it should be"))?;
        extents.take_in(extent)?;
    }
    Ok(())
}

/// Takes in the cells that a record holds.
fn cells(record: u16, content: &[u8], extent: &mut Extent) -> Result<(), ListError> {
    if record == DIMENSIONS {
        return dimensions(content);
    }
    let is_several = record == NUMBERS;
    if !is_several && !CELLS.contains(&record) {
        return Ok(());
    }
    let [row, first] = [0, 2].map(|at| short(content, at));
    let (row, first) = (u64::from(row?), u64::from(first?));
    let last = if is_several { u64::from(short(content, content.len().saturating_sub(2))?) } else { first };
    if last < first {
        return Err(damaged("cells stand in no column"));
    }
    extent.take_in(row..=row, first..=last, last - first + 1);
    Ok(())
}

/// Holds the size that a sheet claims to what a sheet can have: its reader takes memory for it.
fn dimensions(content: &[u8]) -> Result<(), ListError> {
    // Of ten bytes, the older two give rows two bytes each.
    let (first_row, last_row, columns) = match content.len() {
        10 => (u64::from(short(content, 0)?), u64::from(short(content, 2)?), 4),
        _ => (u64::from(long(content, 0)?), u64::from(long(content, 4)?), 8),
    };
    let last_column = u64::from(short(content, columns + 2)?);
    if last_row > MOST_ROWS || last_column > MOST_COLUMNS || last_row > 0 && first_row >= last_row {
        return Err(damaged("a sheet claims rows or columns that no sheet has"));
    }
    Ok(())
}

/// The number of the next record, and its content; nothing at the end.
fn next(records: &mut impl Read, content: &mut Vec<u8>) -> Result<Option<u16>, ListError> {
    read(records, 4, content)?;
    if content.len() < 4 {
        // Some writers fill the last block up.
        return Ok(None);
    }
    let (record, length) = (short(content, 0)?, short(content, 2)?);
    read(records, length, content)?;
    if content.len() < usize::from(length) {
        return Err(cut());
    }
    Ok(Some(record))
}

fn read(records: &mut impl Read, length: u16, content: &mut Vec<u8>) -> Result<(), ListError> {
    content.clear();
    records.take(u64::from(length)).read_to_end(content).map_err(damaged)?;
    Ok(())
}

/// Two bytes at a place, the lower first.
///
/// # Errors
/// If there are none.
pub(super) fn short(content: &[u8], at: usize) -> Result<u16, ListError> {
    let bytes = content.get(at..).and_then(<[u8]>::first_chunk);
    bytes.map(|bytes| u16::from_le_bytes(*bytes)).ok_or_else(cut)
}

/// Four bytes at a place, the lowest first.
///
/// # Errors
/// If there are none.
pub(super) fn long(content: &[u8], at: usize) -> Result<u32, ListError> {
    let bytes = content.get(at..).and_then(<[u8]>::first_chunk);
    bytes.map(|bytes| u32::from_le_bytes(*bytes)).ok_or_else(cut)
}

/// That something is missing at an end.
pub(super) fn cut() -> ListError {
    damaged("a record stops short")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Records one after the other: their numbers, and what is in them, as numbers of two bytes.
    fn workbook(records: &[(u16, &[u16])]) -> Vec<u8> {
        let bytes = |(record, content): &(u16, &[u16])| {
            let length = u16::try_from(content.len() * 2).unwrap();
            [*record, length].iter().chain(*content).flat_map(|short| short.to_le_bytes()).collect::<Vec<_>>()
        };
        records.iter().flat_map(bytes).collect()
    }

    /// One sheet, behind the part that names it `times` times.
    fn checked(times: usize, sheet: &[(u16, &[u16])]) -> Result<(), String> {
        let place = u16::try_from(4 + times * 10 + 4).unwrap();
        let named = [place, 0, 0];
        let mut records: Vec<(u16, &[u16])> = vec![(BEGINNING, &[])];
        records.extend(std::iter::repeat_n((SHEET, &named[..]), times));
        records.extend([(END, &[][..]), (BEGINNING, &[])]);
        records.extend(sheet);
        records.push((END, &[]));
        check(&workbook(&records)[..]).map_err(|error| error.to_string())
    }

    #[test]
    fn what_would_take_too_much_memory_is_refused() {
        const NEAR: (u16, &[u16]) = (0x0203, &[0, 0, 0]);
        const FAR: (u16, &[u16]) = (0x0203, &[65535, 255, 0]);
        const MIDDLE: (u16, &[u16]) = (0x0203, &[9999, 99, 0]);
        let refused = |result: Result<(), String>, what: &str| {
            let said = result.unwrap_err();
            assert!(said.contains(what), "{said}");
        };
        assert_eq!(checked(1, &[NEAR, MIDDLE]), Ok(()));
        refused(checked(1, &[NEAR, FAR]), "16777216 cells, of which 2");
        refused(checked(3, &[NEAR, MIDDLE]), "3000000 cells");
        refused(checked(1, &[NEAR, (NUMBERS, &[65535, 250, 0, 255])]), "cells");
        // The cells of a chart are none of the sheet's.
        assert_eq!(checked(1, &[NEAR, (BEGINNING, &[]), FAR, (END, &[])]), Ok(()));
        assert_eq!(checked(1, &[(DIMENSIONS, &[0, 0, 0, 1, 0, 256, 0]), NEAR]), Ok(()));
        refused(checked(1, &[(DIMENSIONS, &[0, 0, 0, 2, 0, 256, 0])]), "no sheet has");
        refused(checked(1, &[(DIMENSIONS, &[9, 0, 3, 0, 0, 2, 0])]), "no sheet has");
        refused(checked(1, &[(NUMBERS, &[0, 5, 3])]), "no column");
        refused(checked(1, &[(0x0203, &[0])]), "stops short");
        refused(checked(1, &[(PASSWORD, &[])]), "password");
        let astray = workbook(&[(BEGINNING, &[]), (SHEET, &[3, 0, 0]), (END, &[])]);
        assert!(check(&astray[..]).unwrap_err().to_string().contains("not where it should be"));
    }
}
