//! How much an OpenDocument workbook holds: a short text can say that a cell is repeated a billion times.

use super::extent::{Extent, Extents};
use super::package::{Package, bad_xml, damaged, locked};
use super::survey::raw_attribute;
use crate::clients::error::ListError;
use quick_xml::events::{BytesStart, Event};

/// Looks at how far the cells of each sheet reach.
///
/// # Errors
/// If there are more than fit into memory, or the workbook is damaged or has a password.
pub(super) fn check(package: &mut Package) -> Result<(), ListError> {
    if package.text("META-INF/manifest.xml")?.is_some_and(|manifest| manifest.contains("encryption-data")) {
        return Err(locked());
    }
    let Some(at) = package.find("content.xml") else {
        return Err(damaged("there is no `content.xml` in it"));
    };
    let mut reader = quick_xml::Reader::from_reader(package.part(at)?);
    let mut buffer = Vec::new();
    let (mut reach, mut extents) = (Reach::default(), Extents::default());
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer).map_err(bad_xml)? {
            Event::Start(element) => reach.element(&element, false),
            Event::Empty(element) => reach.element(&element, true),
            Event::End(element) if element.local_name().as_ref() == "table-row" => reach.end_row(),
            Event::End(element) if element.local_name().as_ref() == "table" => {
                extents.take_in(&reach.extent)?;
                reach = Reach::default();
            }
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

/// How far the cells of a sheet reach that hold something.
#[derive(Default)]
struct Reach {
    extent: Extent,
    /// Rows so far, empty ones among them, and how often the one that is gone through stands there.
    row: u64,
    repeated: u64,
    /// Columns so far, those that hold something, and the first and the last of them.
    column: u64,
    filled: u64,
    used: Option<(u64, u64)>,
}

impl Reach {
    fn element(&mut self, element: &BytesStart, empty: bool) {
        let times = |name| raw_attribute(element, name).and_then(|times| times.parse().ok()).unwrap_or(1_u64);
        match element.local_name().as_ref() {
            "table-row" => {
                self.repeated = times("table:number-rows-repeated");
                (self.column, self.filled, self.used) = (0, 0, None);
                if empty {
                    self.end_row();
                }
            }
            "table-cell" | "covered-table-cell" => {
                let (first, columns) = (self.column, times("table:number-columns-repeated"));
                self.column = self.column.saturating_add(columns);
                if !empty || raw_attribute(element, "office:value-type").is_some() {
                    self.filled = self.filled.saturating_add(columns);
                    let begin = self.used.map_or(first, |(begin, _)| begin);
                    self.used = Some((begin, self.column.saturating_sub(1)));
                }
            }
            _ => {}
        }
    }

    fn end_row(&mut self) {
        let first = self.row;
        self.row = self.row.saturating_add(self.repeated);
        if let Some((begin, end)) = self.used.take() {
            let filled = self.filled.saturating_mul(self.repeated);
            self.extent.take_in(
                first..=self.row.saturating_sub(1).max(first),
                begin..=end.max(begin),
                filled,
            );
        }
    }
}
