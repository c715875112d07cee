//! Compound files: the container of older workbooks, and of newer ones with a password. What is in one stands in sectors, and
//! a table says which follows which. A library that reads them would be a tenth of the page.

use super::older::{self, cut, long, short};
use super::package::{damaged, locked};
use super::source::Source;
use crate::clients::error::ListError;
use std::io::{Read, Seek, SeekFrom};

/// Where newer programs put a workbook that has a password.
const LOCKED: &str = "EncryptedPackage";
/// Where the records of a workbook stand.
const WORKBOOKS: [&str; 2] = ["Workbook", "Book"];

/// Numbers from here on are no sectors.
const NONE: u32 = 0xffff_fffa;
/// How many parts of the table the header names.
const NAMED: usize = 109;
/// How much says where something stands and what it is called.
const ENTRY: usize = 128;

/// Looks at what is in a compound file, and how much of it would be held in memory.
///
/// # Errors
/// If it is a workbook with a password or one that is too large or damaged, or none.
pub(super) fn check(source: Source) -> Result<(), ListError> {
    let file = Compound::open(source)?;
    if file.entry(LOCKED).is_some() {
        return Err(locked());
    }
    let Some(entry) = WORKBOOKS.iter().find_map(|name| file.entry(name)) else {
        return Err(ListError::Damaged(
            "this is an office file, but no workbook; save its list as xlsx or csv".into(),
        ));
    };
    older::check(&file.content_of(entry)?[..])
}

/// A compound file.
struct Compound {
    bytes: Source,
    /// How many sectors there can be.
    sectors: usize,
    /// How long each is, and the pieces in which what is short stands.
    length: usize,
    short_length: usize,
    /// What is shorter than this stands in such pieces.
    least: u64,
    /// The sector after each sector.
    next: Vec<u32>,
    /// The piece after each piece.
    short_next: Vec<u32>,
    entries: Vec<Entry>,
}

/// Something in a compound file.
struct Entry {
    name: String,
    start: u32,
    length: u64,
}

impl Compound {
    fn open(mut bytes: Source) -> Result<Self, ListError> {
        let size = bytes.seek(SeekFrom::End(0)).map_err(ListError::Read)?;
        bytes.rewind().map_err(ListError::Read)?;
        let mut header = Vec::new();
        bytes.by_ref().take(512).read_to_end(&mut header).map_err(ListError::Read)?;
        let length = |at| match short(&header, at)? {
            shift @ 4..=16 => Ok(1_usize << shift),
            _ => Err(damaged("its sectors have no length")),
        };
        let length_of_sectors = length(30)?;
        let mut file = Compound {
            bytes,
            sectors: usize::try_from(size).unwrap_or(usize::MAX) / length_of_sectors + 1,
            length: length_of_sectors,
            short_length: length(32)?,
            least: u64::from(long(&header, 56)?),
            next: Vec::new(),
            short_next: Vec::new(),
            entries: Vec::new(),
        };
        for part in file.parts_of_table(&header)? {
            let part = file.sector(part)?;
            file.next.extend(numbers(&part));
        }
        file.short_next = numbers(&file.content(long(&header, 60)?)?).collect();
        let entries = file.content(long(&header, 48)?)?;
        file.entries = entries.chunks_exact(ENTRY).map(entry).collect::<Result<_, _>>()?;
        Ok(file)
    }

    /// The sectors in which the table stands that says which follows which.
    fn parts_of_table(&self, header: &[u8]) -> Result<Vec<u32>, ListError> {
        let mut parts: Vec<u32> = numbers(header.get(76..).ok_or_else(cut)?).take(NAMED).collect();
        let mut more = long(header, 68)?;
        let mut lists = 0;
        while more < NONE {
            let mut list: Vec<u32> = numbers(&self.sector(more)?).collect();
            // The last of a list says where the list goes on.
            more = list.pop().unwrap_or(NONE);
            parts.extend(list);
            lists += 1;
            if lists > self.sectors {
                return Err(circle());
            }
        }
        parts.retain(|part| *part < NONE);
        if parts.len() > self.sectors { Err(circle()) } else { Ok(parts) }
    }

    fn entry(&self, name: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.name.eq_ignore_ascii_case(name))
    }

    fn content_of(&self, entry: &Entry) -> Result<Vec<u8>, ListError> {
        let mut content = if entry.length >= self.least {
            self.content(entry.start)?
        } else {
            // The first entry is where all that is short stands.
            let root = self.entries.first().ok_or_else(cut)?;
            let all = self.content(root.start)?;
            let piece = |piece: u32| {
                let start = piece as usize * self.short_length;
                all.get(start..(start + self.short_length).min(all.len())).ok_or_else(cut)
            };
            let pieces = chain(entry.start, &self.short_next, all.len() / self.short_length + 1)?;
            pieces.into_iter().map(piece).collect::<Result<Vec<_>, _>>()?.concat()
        };
        content.truncate(usize::try_from(entry.length).unwrap_or(usize::MAX));
        Ok(content)
    }

    /// What stands in a sector and those that follow it.
    fn content(&self, start: u32) -> Result<Vec<u8>, ListError> {
        let sectors = chain(start, &self.next, self.sectors)?;
        let contents = sectors.into_iter().map(|number| self.sector(number));
        Ok(contents.collect::<Result<Vec<_>, _>>()?.concat())
    }

    /// A sector; the last of a file may be shorter.
    fn sector(&self, number: u32) -> Result<Vec<u8>, ListError> {
        if number as usize >= self.sectors {
            return Err(damaged("a part of it is not there"));
        }
        let start = (u64::from(number) + 1).saturating_mul(self.length as u64);
        let mut sector = Vec::with_capacity(self.length);
        let bytes = self.bytes.from(start).take(self.length as u64).read_to_end(&mut sector);
        bytes.map_err(ListError::Read)?;
        Ok(sector)
    }
}

/// The numbers from one on that follow each other in a table, no more than there are of what they count.
fn chain(start: u32, next: &[u32], most: usize) -> Result<Vec<u32>, ListError> {
    let mut numbers = Vec::new();
    let mut number = start;
    while number < NONE {
        if numbers.len() >= most {
            return Err(circle());
        }
        numbers.push(number);
        number = *next.get(number as usize).ok_or_else(cut)?;
    }
    Ok(numbers)
}

fn numbers(bytes: &[u8]) -> impl Iterator<Item = u32> {
    bytes.as_chunks().0.iter().map(|number| u32::from_le_bytes(*number))
}

fn entry(bytes: &[u8]) -> Result<Entry, ListError> {
    let units = bytes.as_chunks().0.iter().map(|unit| u16::from_le_bytes(*unit));
    let name = char::decode_utf16(units.take_while(|unit| *unit != 0).take(ENTRY / 4));
    Ok(Entry {
        name: name.map(|letter| letter.unwrap_or(char::REPLACEMENT_CHARACTER)).collect(),
        start: long(bytes, 116)?,
        // A workbook is never so long that it takes the upper half, in which older programs leave anything.
        length: u64::from(long(bytes, 120)?),
    })
}

fn circle() -> ListError {
    damaged("its parts follow each other in a circle")
}
