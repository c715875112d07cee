//! How much an OpenDocument workbook holds: a short text can say that a cell is repeated a billion times.

use super::package::{Package, bad_xml, damaged};
use super::survey::raw_attribute;
use crate::clients::error::ListError;
use quick_xml::events::{BytesStart, Event};

/// Cells of a sheet that are held in memory.
const MOST_CELLS: u64 = 40_000_000;

/// Looks at how far the cells of each sheet reach.
///
/// # Errors
/// If there are more than fit into memory, or the workbook is damaged or has a password.
pub(super) fn check(package: &mut Package) -> Result<(), ListError> {
    if package.text("META-INF/manifest.xml")?.is_some_and(|manifest| manifest.contains("encryption-data")) {
        return Err(super::compound::locked());
    }
    let Some(at) = package.find("content.xml") else {
        return Err(damaged("there is no `content.xml` in it"));
    };
    let mut reader = quick_xml::Reader::from_reader(package.part(at)?);
    let mut buffer = Vec::new();
    let mut reach = Reach::default();
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer).map_err(bad_xml)? {
            Event::Start(element) => reach.element(&element, false),
            Event::Empty(element) => reach.element(&element, true),
            Event::End(element) if element.local_name().as_ref() == "table-row" => reach.end_row(),
            Event::Eof => return Ok(()),
            _ => {}
        }
        if reach.rows.saturating_mul(reach.columns) > MOST_CELLS {
            return Err(ListError::Damaged(format!(
                "a sheet of this workbook reaches over more than {MOST_CELLS} cells; delete what is right of and below \
                 the list, or save it as csv"
            )));
        }
    }
}

/// How far the cells of a sheet reach that hold something.
#[derive(Default)]
struct Reach {
    rows: u64,
    columns: u64,
    /// Rows so far, empty ones among them.
    row: u64,
    repeated: u64,
    column: u64,
    used: u64,
}

impl Reach {
    fn element(&mut self, element: &BytesStart, empty: bool) {
        let times = |name| raw_attribute(element, name).and_then(|times| times.parse().ok()).unwrap_or(1_u64);
        match element.local_name().as_ref() {
            "table" => *self = Reach::default(),
            "table-row" => {
                (self.repeated, self.column, self.used) = (times("table:number-rows-repeated"), 0, 0);
                if empty {
                    self.end_row();
                }
            }
            "table-cell" | "covered-table-cell" => {
                self.column = self.column.saturating_add(times("table:number-columns-repeated"));
                if !empty || raw_attribute(element, "office:value-type").is_some() {
                    self.used = self.column;
                }
            }
            _ => {}
        }
    }

    fn end_row(&mut self) {
        self.row = self.row.saturating_add(self.repeated);
        if self.used > 0 {
            self.rows = self.row;
            self.columns = self.columns.max(self.used);
        }
    }
}
