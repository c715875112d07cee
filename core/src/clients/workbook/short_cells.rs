//! Binary workbooks, looked through before they are read: cells may leave out their column, since they follow each other, which
//! the reader passes over, so they are spelled out; and what refers to something has to be refused where that is missing.

use super::package::{Package, damaged, no_archive};
use super::place::MOST_COLUMNS;
use super::source::Source;
use super::target::Target;
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
/// What a cell with its column takes at least, by its number, from an empty one on.
const LEAST: [usize; 12] = [0, 8, 12, 9, 9, 16, 12, 12, 12, 16, 9, 9];
/// A cell that holds a text by its place among all texts, and such a text.
const BY_PLACE: u16 = 7;
const TEXT: u16 = 19;
/// A sheet, as the workbook names it.
const SHEET: u16 = 156;

/// The parts that the reader looks for.
const WORKBOOK: &str = "xl/workbook.bin";
const TEXTS: &str = "xl/sharedStrings.bin";

/// The workbook with every cell spelled out; nothing where they are.
///
/// # Errors
/// If it is damaged, or too large to be looked through.
pub(super) fn spelled_out(source: &Source) -> Result<Option<Source>, ListError> {
    let mut package = Package::open(source)?;
    let mut changed: Vec<(usize, Vec<u8>)> = Vec::new();
    check_sheets(&mut package)?;
    let texts = texts(&mut package)?;
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
        if let Some(sheet) = with_columns(&sheet, texts)? {
            changed.push((at, sheet));
        }
    }
    if changed.is_empty() { Ok(None) } else { rewritten(&mut package, &changed).map(Some) }
}

/// Refuses a workbook that has a sheet of which nothing says where it is.
fn check_sheets(package: &mut Package) -> Result<(), ListError> {
    let known = package.relations(WORKBOOK)?;
    each_record(&content(package, WORKBOOK)?, |record, content| {
        let id = || -> Option<String> {
            let length = usize::try_from(u32::from_le_bytes(*content.get(8..)?.first_chunk()?)).ok()?;
            let units = content.get(12..)?.as_chunks().0.get(..length)?;
            String::from_utf16(&units.iter().map(|unit| u16::from_le_bytes(*unit)).collect::<Vec<_>>()).ok()
        };
        let is_known = |id: String| id.is_empty() || known.iter().any(|relation| relation.id == id);
        match record != SHEET || id().is_some_and(is_known) {
            true => Ok(()),
            false => Err(damaged("nothing says where one of its sheets is")),
        }
    })
}

/// How many texts there are that cells refer to.
fn texts(package: &mut Package) -> Result<u32, ListError> {
    let mut texts = 0;
    each_record(&content(package, TEXTS)?, |record, _| {
        texts += u32::from(record == TEXT);
        Ok(())
    })?;
    Ok(texts)
}

/// What a part holds; nothing where there is no such part.
fn content(package: &mut Package, name: &str) -> Result<Vec<u8>, ListError> {
    let mut content = Vec::new();
    if let Some(at) = package.find(name) {
        package.part(at)?.take(MOST).read_to_end(&mut content).map_err(damaged)?;
    }
    Ok(content)
}

/// Goes through the records of a part: their numbers, and what is in them.
fn each_record(
    part: &[u8],
    mut each: impl FnMut(u16, &[u8]) -> Result<(), ListError>,
) -> Result<(), ListError> {
    let mut rest = part;
    while !rest.is_empty() {
        let (record, length, header) = head(rest)?;
        each(record, rest.get(header..header + length).ok_or_else(cut)?)?;
        rest = rest.get(header + length..).ok_or_else(cut)?;
    }
    Ok(())
}

/// The archive with some of its parts changed.
fn rewritten(package: &mut Package, changed: &[(usize, Vec<u8>)]) -> Result<Source, ListError> {
    let target = Target::new(Vec::new());
    let mut out = ZipWriter::new_stream(target.writer());
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
    drop(out.finish().map_err(no_archive)?);
    let archive = target.into_inner().map_err(ListError::Write)?;
    Source::new(Cursor::new(archive)).map_err(ListError::Read)
}

/// The records of a sheet with a column in every cell; nothing where they have one. There are so many `texts` to refer to.
fn with_columns(sheet: &[u8], texts: u32) -> Result<Option<Vec<u8>>, ListError> {
    let mut out = Vec::with_capacity(sheet.len());
    let mut is_changed = false;
    let mut column = 0_u32;
    each_record(sheet, |record, content| {
        let is_short = SHORT_CELLS.contains(&record);
        let number = if is_short { record - SHORTER } else { record };
        let before = if is_short { column.to_le_bytes().to_vec() } else { Vec::new() };
        if is_short || CELLS.contains(&record) {
            let whole = [&before[..], content].concat();
            let least = LEAST.get(usize::from(number)).copied().unwrap_or(0);
            let own = whole.first_chunk().filter(|_| whole.len() >= least).ok_or_else(cut)?;
            column = u32::from_le_bytes(*own).saturating_add(1);
            let text = whole.get(8..).and_then(<[u8]>::first_chunk).map(|text| u32::from_le_bytes(*text));
            if column > MOST_COLUMNS || number == BY_PLACE && text.is_none_or(|text| text >= texts) {
                return Err(damaged("a cell stands in no column, or holds no text"));
            }
        } else if record == ROW {
            content.first_chunk::<4>().ok_or_else(cut)?;
            column = 0;
        }
        push_number(&mut out, usize::from(number));
        push_number(&mut out, before.len() + content.len());
        out.extend(before);
        out.extend(content);
        is_changed |= is_short;
        Ok(())
    })?;
    Ok(is_changed.then_some(out))
}

/// The number of the record that a text begins with, how long its content is, and how much stands before that.
fn head(text: &[u8]) -> Result<(u16, usize, usize), ListError> {
    let (record, first) = number(text, 2)?;
    let (length, second) = number(text.get(first..).ok_or_else(cut)?, 4)?;
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
        assert_eq!(with_columns(&sheet, 0).unwrap(), Some(expected.clone()));
        assert_eq!(with_columns(&expected, 0).unwrap(), None);
        // Numbers of more than seven bits.
        let long = [&[0x81, 0x01, 0x80, 0x02][..], &[5; 256], &[17, 0x80, 0x01], &[1; 128]].concat();
        let whole = with_columns(&long, 0).unwrap().unwrap();
        assert_eq!(&whole[260..263], [6, 0x84, 0x01]);
        for short in
            [&[6, 12, 2][..], &[5, 4, 0, 0, 0, 0], &[0x81], &[6, 8, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0]]
        {
            assert!(with_columns(short, 0).is_err(), "{short:?}");
        }
    }
}
