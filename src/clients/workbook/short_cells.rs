//! Cells of binary workbooks that leave out their column, since they follow each other. The reader passes over them, so they
//! are spelled out before it reads.

use super::package::{Package, damaged, no_archive};
use super::place::MOST_COLUMNS;
use super::source::Source;
use crate::clients::error::ListError;
use std::io::{Cursor, Read, Write};
use zip::CompressionMethod;
use zip::write::{SimpleFileOptions, ZipWriter};

/// Sheets of a workbook that are held in memory to be looked through.
const MOST: u64 = 256 << 20;

/// Records by their numbers: a row begins; a cell with its column; a cell without.
const ROW: u16 = 0;
const CELLS: std::ops::RangeInclusive<u16> = 1..=11;
const SHORT_CELLS: std::ops::RangeInclusive<u16> = 12..=18;
/// So much lower is the number of the cell that says the same with its column.
const SHORTER: u16 = 11;
/// A cell with its column has no less before what it holds.
const BEFORE: usize = 8;

/// The workbook with every cell spelled out; nothing where they are.
///
/// # Errors
/// If it is damaged, or too large to be looked through.
pub(super) fn spelled_out(source: &Source) -> Result<Option<Source>, ListError> {
    let mut package = Package::open(source)?;
    let mut changed: Vec<(usize, Vec<u8>)> = Vec::new();
    let mut left = MOST;
    for name in package.names().iter().filter(|name| name.contains("worksheets/") && name.ends_with(".bin")) {
        let Some(at) = package.find(name) else { continue };
        let mut sheet = Vec::new();
        let read = package.part(at)?.take(left + 1).read_to_end(&mut sheet).map_err(damaged)?;
        left = left.checked_sub(read as u64).ok_or_else(|| {
            ListError::Damaged(format!(
                "the sheets of this workbook take more than {} MB; save the list as xlsx or csv",
                MOST >> 20
            ))
        })?;
        if let Some(sheet) = with_columns(&sheet)? {
            changed.push((at, sheet));
        }
    }
    if changed.is_empty() { Ok(None) } else { rewritten(&mut package, &changed).map(Some) }
}

/// The archive with some of its parts changed.
fn rewritten(package: &mut Package, changed: &[(usize, Vec<u8>)]) -> Result<Source, ListError> {
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for at in 0..package.archive.len() {
        let part = package.archive.by_index_raw(at).map_err(no_archive)?;
        match changed.iter().find(|(changed, _)| *changed == at) {
            None => out.raw_copy_file(part).map_err(no_archive)?,
            Some((_, content)) => {
                let name = part.name().map_err(no_archive)?.into_owned();
                out.start_file(name, options).map_err(no_archive)?;
                out.write_all(content).map_err(ListError::Write)?;
            }
        }
    }
    Source::new(out.finish().map_err(no_archive)?).map_err(ListError::Read)
}

/// The records of a sheet with a column in every cell; nothing where they have one.
fn with_columns(sheet: &[u8]) -> Result<Option<Vec<u8>>, ListError> {
    let mut out = Vec::with_capacity(sheet.len());
    let mut is_changed = false;
    let mut column = 0_u32;
    let mut rest = sheet;
    while !rest.is_empty() {
        let (record, length, header) = head(rest)?;
        let whole = rest.get(..header + length).ok_or_else(cut)?;
        let content = &whole[header..];
        rest = &rest[whole.len()..];
        if SHORT_CELLS.contains(&record) {
            // The lengths and numbers of cells fit into what they are written with.
            push_number(&mut out, usize::from(record - SHORTER));
            push_number(&mut out, length + size_of::<u32>());
            out.extend(column.to_le_bytes());
            out.extend(content);
            is_changed = true;
            column += 1;
        } else {
            if record == ROW {
                column = 0;
            } else if CELLS.contains(&record) {
                let own = content.first_chunk().filter(|_| content.len() >= BEFORE).ok_or_else(cut)?;
                column = u32::from_le_bytes(*own).saturating_add(1);
            }
            out.extend(whole);
        }
        if column > MOST_COLUMNS {
            return Err(damaged("a cell stands in no column"));
        }
    }
    Ok(is_changed.then_some(out))
}

/// The number of the record that a text begins with, how long its content is, and how much stands before that.
fn head(text: &[u8]) -> Result<(u16, usize, usize), ListError> {
    let (record, first) = number(text, 2)?;
    let (length, second) = number(&text[first..], 4)?;
    Ok((u16::try_from(record).map_err(|_| cut())?, length, first + second))
}

/// A number of seven bits a byte, the lowest first, in so many bytes at most, and how many it takes.
fn number(text: &[u8], most: usize) -> Result<(usize, usize), ListError> {
    let mut number = 0;
    for (at, byte) in text.iter().take(most).enumerate() {
        number |= usize::from(byte & 0x7f) << (7 * at);
        if byte & 0x80 == 0 {
            return Ok((number, at + 1));
        }
    }
    if text.len() < most { Err(cut()) } else { Ok((number, most)) }
}

fn push_number(out: &mut Vec<u8>, mut number: usize) {
    while number > 0x7f {
        out.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

fn cut() -> ListError {
    damaged("a record of a sheet stops short")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_without_a_column_stand_behind_the_one_before() {
        let row = [0, 4, 7, 0, 0, 0];
        let first = [6, 12, 2, 0, 0, 0, 0, 0, 0, 0, b'a', 0, b'b', 0];
        let sheet = [&row[..], &first, &[15, 5, 9, 9, 9, 9, 1], &row, &[12, 4, 0, 0, 0, 0]].concat();
        let expected =
            [&row[..], &first, &[4, 9, 3, 0, 0, 0, 9, 9, 9, 9, 1], &row, &[1, 8, 0, 0, 0, 0, 0, 0, 0, 0]]
                .concat();
        assert_eq!(with_columns(&sheet).unwrap(), Some(expected.clone()));
        assert_eq!(with_columns(&expected).unwrap(), None);
        // Numbers of more than seven bits.
        let long = [&[0x81, 0x01, 0x80, 0x02][..], &[5; 256], &[17, 0x80, 0x01], &[1; 128]].concat();
        let whole = with_columns(&long).unwrap().unwrap();
        assert_eq!(&whole[260..263], [6, 0x84, 0x01]);
        for short in
            [&[6, 12, 2][..], &[5, 4, 0, 0, 0, 0], &[0x81], &[6, 8, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0]]
        {
            assert!(with_columns(short).is_err(), "{short:?}");
        }
    }
}
