//! A look over a whole sheet before anything is written into it: which columns are free, and whether every cell has a
//! place that sheets have.

use super::package::{bad_xml, damaged};
use super::place::{Area, Place, row};
use crate::clients::error::ListError;
use quick_xml::events::{BytesStart, Event};
use std::io::BufRead;

/// What a sheet holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Survey {
    /// The last column in which something stands, or that belongs to a merged cell.
    pub(super) last_column: u32,
    /// The same from the header's row on.
    pub(super) last_column_below: u32,
    /// The last row.
    pub(super) last_row: u32,
}

impl Survey {
    /// Looks over a sheet whose header stands in the row `header`.
    ///
    /// # Errors
    /// If it is no sheet, is damaged, or has a cell where no sheet has one.
    pub(super) fn of(sheet: impl BufRead, header: u32) -> Result<Survey, ListError> {
        let mut survey = Survey::default();
        let mut reader = quick_xml::Reader::from_reader(sheet);
        let (mut walk, mut buffer) = (Walk::default(), Vec::new());
        let mut cell = None;
        // What stands behind the cells has rows and columns of its own: of pictures and of buttons.
        let mut inside = false;
        loop {
            buffer.clear();
            match reader.read_event_into(&mut buffer).map_err(bad_xml)? {
                Event::Start(element) if !inside => match element.local_name().as_ref() {
                    "sheetData" => inside = true,
                    "mergeCell" => survey.merged(&element, header),
                    _ => {}
                },
                Event::Empty(element) if !inside && element.local_name().as_ref() == "mergeCell" => {
                    survey.merged(&element, header);
                }
                Event::Empty(_) if !inside => {}
                Event::Start(element) => match element.local_name().as_ref() {
                    "row" => walk.begin_row(&element)?,
                    "c" => cell = Some(walk.cell(&element)?),
                    // Only a cell with one of these holds something.
                    "v" | "f" | "is" => {
                        if let Some(place) = cell {
                            survey.used(place, header);
                        }
                    }
                    _ => {}
                },
                Event::Empty(element) => match element.local_name().as_ref() {
                    "row" => {
                        walk.begin_row(&element)?;
                        walk.end_row();
                    }
                    "c" => drop(walk.cell(&element)?),
                    // A formula that belongs to its neighbour's is written so.
                    "f" => {
                        if let Some(place) = cell {
                            survey.used(place, header);
                        }
                    }
                    _ => {}
                },
                Event::End(element) if inside => match element.local_name().as_ref() {
                    "sheetData" => inside = false,
                    "row" => walk.end_row(),
                    "c" => cell = None,
                    _ => {}
                },
                Event::Eof => return Ok(survey),
                _ => {}
            }
        }
    }

    fn used(&mut self, place: Place, header: u32) {
        self.last_row = self.last_row.max(place.row);
        self.last_column = self.last_column.max(place.column);
        if place.row >= header {
            self.last_column_below = self.last_column_below.max(place.column);
        }
    }

    fn merged(&mut self, element: &BytesStart, header: u32) {
        if let Some(area) = raw_attribute(element, "ref").and_then(Area::parse) {
            self.last_column = self.last_column.max(area.last.column);
            if area.last.row >= header {
                self.last_column_below = self.last_column_below.max(area.last.column);
            }
        }
    }
}

/// Where in a sheet its parts are read: cells may leave out where they stand, and then follow each other.
#[derive(Debug, Default)]
pub(super) struct Walk {
    /// The row, from 1; 0 before the first.
    pub(super) row: u32,
    column: u32,
    next_row: u32,
}

impl Walk {
    /// Goes into a row.
    pub(super) fn begin_row(&mut self, element: &BytesStart) -> Result<(), ListError> {
        self.row = match raw_attribute(element, "r") {
            Some(number) => {
                row(number.as_bytes()).ok_or_else(|| damaged(format!("there is no row `{number}`")))?
            }
            None => self.next_row.max(1),
        };
        self.column = 0;
        Ok(())
    }

    /// Comes to a cell, whose place may say another row than its row does.
    pub(super) fn cell(&mut self, element: &BytesStart) -> Result<Place, ListError> {
        let place = match raw_attribute(element, "r") {
            Some(text) => Place::parse(text).ok_or_else(|| damaged(format!("there is no cell `{text}`")))?,
            None => Place { row: self.row, column: self.column },
        };
        (self.row, self.column) = (place.row, place.column + 1);
        Ok(place)
    }

    /// Comes to the end of a row.
    pub(super) fn end_row(&mut self) {
        self.next_row = self.row + 1;
    }
}

/// An attribute's value as it is written: that of places and numbers needs no unescaping.
pub(super) fn raw_attribute<'e>(element: &'e BytesStart, name: &str) -> Option<&'e str> {
    let found = element.attributes().with_checks(false).flatten().find(|own| own.key.as_ref() == name)?;
    match found.value {
        std::borrow::Cow::Borrowed(value) => Some(value),
        std::borrow::Cow::Owned(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn survey(rows: &str) -> Result<Survey, String> {
        let sheet = format!("<worksheet><sheetData>{rows}</sheetData></worksheet>");
        Survey::of(sheet.as_bytes(), 2).map_err(|error| error.to_string())
    }

    #[test]
    fn only_what_holds_something_counts() {
        let rows = r#"<row r="1"><c r="F1"><v>1</v></c></row>
            <row><c><v>1</v></c><c t="inlineStr"><is><t>x</t></is></c><c/><c s="1"></c></row>
            <row r="9"><c r="D9"><f t="shared" si="0"/></c><c r="H9" s="3"/></row><row r="12"/></sheetData>
            <mergeCells><mergeCell ref="A1:G1"/></mergeCells><from><row>7</row><c>1</c></from><sheetData>"#;
        assert_eq!(survey(rows), Ok(Survey { last_column: 6, last_column_below: 3, last_row: 9 }));
    }

    #[test]
    fn places_that_no_sheet_has_are_damage() {
        for rows in [
            r#"<row r="99999999999"/>"#,
            r#"<row r="1"><c r="AAAAAAAAAAAAAAA1"/></row>"#,
            r#"<row r="0"><c r="A1"/></row>"#,
            r#"<row r="1"><c r="A1"><v>"#,
        ] {
            assert!(survey(rows).is_err(), "{rows}");
        }
    }
}
