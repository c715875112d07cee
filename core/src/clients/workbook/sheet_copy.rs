//! A sheet copied event by event, with new cells in some of its rows.

use super::package::{Part, bad_xml, damaged};
use super::place::{Area, MOST_ROWS, Place};
use super::rewrite;
use super::survey::{Walk, raw_attribute};
use super::text_cell;
use super::widths::Widths;
use crate::clients::error::ListError;
use crate::clients::value::Value;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, Writer};
use std::io::Write;

/// Where the new cells stand.
#[derive(Clone, Debug)]
pub(super) struct Columns {
    /// The first of them.
    pub(super) first: u32,
    /// How wide each is.
    pub(super) widths: Vec<u32>,
}

impl Columns {
    fn count(&self) -> u32 {
        u32::try_from(self.widths.len()).unwrap_or(0)
    }

    /// The last of them.
    pub(super) fn last(&self) -> u32 {
        self.first + self.count().saturating_sub(1)
    }
}

/// New cells of one row.
pub(super) struct NewCells<'a> {
    /// The row, from 1.
    pub(super) row: u32,
    pub(super) values: &'a [Value<'a>],
    /// The style of each, where it has one of its own.
    pub(super) styles: &'a dyn Fn(usize) -> Option<usize>,
    /// Whether the others look like the cell before them.
    pub(super) like_neighbour: bool,
}

/// A sheet on its way from one workbook to another.
pub(super) struct SheetCopy {
    reader: Reader<Part>,
    columns: Columns,
    walk: Walk,
    /// Within the rows.
    inside: bool,
    widths: Option<Widths>,
    buffer: Vec<u8>,
    text: String,
}

impl SheetCopy {
    /// A copy of a sheet, of which nothing has been read yet.
    pub(super) fn new(sheet: Part, columns: Columns) -> Self {
        let widths = Some(Widths::new(columns.first, columns.widths.clone()));
        SheetCopy {
            reader: Reader::from_reader(sheet),
            columns,
            walk: Walk::default(),
            inside: false,
            widths,
            buffer: Vec::new(),
            text: String::new(),
        }
    }

    /// Copies all that is left.
    pub(super) fn copy_rest(&mut self, out: &mut impl Write) -> Result<(), ListError> {
        self.copy(None, out)
    }

    /// Copies up to the end of a row, with new cells in it.
    pub(super) fn copy_to(&mut self, cells: &NewCells, out: &mut impl Write) -> Result<(), ListError> {
        self.copy(Some(cells), out)
    }

    fn copy(&mut self, cells: Option<&NewCells>, out: &mut impl Write) -> Result<(), ListError> {
        let mut out = Writer::new(out);
        let mut row = Row { cells, written: 0, neighbour: None };
        let mut buffer = std::mem::take(&mut self.buffer);
        loop {
            buffer.clear();
            let event = self.reader.read_event_into(&mut buffer).map_err(bad_xml)?;
            match event {
                Event::Eof => {
                    if let Some(cells) = cells {
                        return Err(damaged(format!("row {} is not where it was", cells.row)));
                    }
                    break;
                }
                event if self.inside => {
                    if self.in_rows(event, &mut row, &mut out)? {
                        break;
                    }
                }
                event => self.before_or_behind(event, &mut out)?,
            }
        }
        self.buffer = buffer;
        Ok(())
    }

    /// Copies what is no row.
    fn before_or_behind(&mut self, event: Event, out: &mut Writer<&mut impl Write>) -> Result<(), ListError> {
        let name = match &event {
            Event::Start(element) | Event::Empty(element) => element.local_name().as_ref().to_owned(),
            Event::End(element) => element.local_name().as_ref().to_owned(),
            _ => String::new(),
        };
        match (name.as_str(), &event) {
            ("dimension", Event::Start(element)) => return write(out, Event::Start(self.dimension(element))),
            ("dimension", Event::Empty(element)) => return write(out, Event::Empty(self.dimension(element))),
            ("col", Event::Start(element) | Event::Empty(element)) => {
                if let Some(widths) = &mut self.widths {
                    widths.push(element);
                    return Ok(());
                }
            }
            // The widths are written when all of them are known.
            ("cols" | "col", _) if self.widths.is_some() => return Ok(()),
            ("sheetData", Event::Start(element) | Event::Empty(element)) => {
                self.inside = matches!(event, Event::Start(_));
                if let Some(widths) = self.widths.take() {
                    let text = widths.written(rewrite::prefix(element.name().as_ref()));
                    write(out, Event::Text(quick_xml::events::BytesText::from_escaped(text)))?;
                }
            }
            _ => {}
        }
        write(out, event)
    }

    fn dimension(&self, element: &BytesStart) -> BytesStart<'static> {
        match raw_attribute(element, "ref").and_then(Area::parse) {
            Some(area) => rewrite::with(element, "ref", &area.reaching(self.columns.last()).to_string()),
            None => element.to_owned(),
        }
    }

    /// Copies something of a row. True behind the row that was wanted.
    fn in_rows(
        &mut self,
        event: Event,
        row: &mut Row,
        out: &mut Writer<&mut impl Write>,
    ) -> Result<bool, ListError> {
        match &event {
            Event::Start(element) => match element.local_name().as_ref() {
                "row" => {
                    self.walk.begin_row(element)?;
                    let element = self.row_element(element, row)?;
                    write(out, Event::Start(element))?;
                    return Ok(false);
                }
                "c" => return self.cell(&event, element, row, out).map(|()| false),
                _ => {}
            },
            Event::Empty(element) => match element.local_name().as_ref() {
                "row" => {
                    self.walk.begin_row(element)?;
                    if row.is_wanted(&self.walk) {
                        let name = element.name().as_ref().to_owned();
                        let element = self.row_element(element, row)?;
                        write(out, Event::Start(element))?;
                        self.push_until(u32::MAX, row, rewrite::prefix(&name), out)?;
                        write(out, Event::End(quick_xml::events::BytesEnd::new(name.as_str())))?;
                        self.walk.end_row();
                        return Ok(true);
                    }
                    self.walk.end_row();
                }
                "c" => return self.cell(&event, element, row, out).map(|()| false),
                _ => {}
            },
            Event::End(element) => match element.local_name().as_ref() {
                "row" => {
                    let wanted = row.is_wanted(&self.walk);
                    if wanted {
                        self.push_until(u32::MAX, row, rewrite::prefix(element.name().as_ref()), out)?;
                    }
                    self.walk.end_row();
                    write(out, event)?;
                    return Ok(wanted);
                }
                "sheetData" => self.inside = false,
                _ => {}
            },
            _ => {}
        }
        write(out, event)?;
        Ok(false)
    }

    /// A row's own element: which columns it spans is written in it where the writer thought it useful.
    fn row_element<'e>(&self, element: &BytesStart<'e>, row: &Row) -> Result<BytesStart<'e>, ListError> {
        if let Some(cells) = row.cells
            && self.walk.row > cells.row
        {
            return Err(damaged(format!("row {} is not where it was", cells.row)));
        }
        let spans = raw_attribute(element, "spans").filter(|_| row.is_wanted(&self.walk));
        let first = spans.and_then(|spans| spans.split_once(':')).map(|(first, _)| first);
        Ok(match first {
            Some(first) => rewrite::with(element, "spans", &format!("{first}:{}", self.columns.last() + 1)),
            None => element.clone(),
        })
    }

    /// Copies a cell, or puts a new one in its place.
    fn cell(
        &mut self,
        event: &Event,
        element: &BytesStart,
        row: &mut Row,
        out: &mut Writer<&mut impl Write>,
    ) -> Result<(), ListError> {
        let place = self.walk.cell(element)?;
        if row.is_wanted(&self.walk) {
            let style = raw_attribute(element, "s");
            if place.column < self.columns.first {
                row.neighbour = style.map(str::to_owned);
            } else {
                let prefix = rewrite::prefix(element.name().as_ref()).to_owned();
                self.push_until(place.column, row, &prefix, out)?;
                if place.column <= self.columns.last() {
                    // Nothing stands in this cell, but it may have a look.
                    self.push_one(row, style, &prefix, out)?;
                    if matches!(event, Event::Start(_)) {
                        let end = element.to_end().into_owned();
                        self.reader.read_to_end_into(end.name(), &mut Vec::new()).map_err(bad_xml)?;
                    }
                    return Ok(());
                }
            }
        }
        write(out, event.borrow())
    }

    /// Writes the new cells that stand before a column.
    fn push_until(
        &mut self,
        column: u32,
        row: &mut Row,
        prefix: &str,
        out: &mut Writer<&mut impl Write>,
    ) -> Result<(), ListError> {
        while row.written < self.columns.count() && self.columns.first + row.written < column {
            self.push_one(row, None, prefix, out)?;
        }
        Ok(())
    }

    /// Writes the next new cell, looking like the one it replaces unless it has a look of its own.
    fn push_one(
        &mut self,
        row: &mut Row,
        replaced: Option<&str>,
        prefix: &str,
        out: &mut Writer<&mut impl Write>,
    ) -> Result<(), ListError> {
        let Some(cells) = row.cells else { return Ok(()) };
        let at = row.written as usize;
        let place = Place { row: self.walk.row.min(MOST_ROWS), column: self.columns.first + row.written };
        row.written += 1;
        let value = cells.values.get(at).unwrap_or(&Value::Empty);
        let own = (cells.styles)(at).map(|style| style.to_string());
        let neighbour = row.neighbour.as_deref().filter(|_| cells.like_neighbour);
        let style = own.as_deref().or(neighbour).or(replaced);
        if *value == Value::Empty && style.is_none() {
            return Ok(());
        }
        self.text.clear();
        text_cell::push(&mut self.text, prefix, place, style, value);
        out.get_mut().write_all(self.text.as_bytes()).map_err(ListError::Write)
    }
}

/// The row that is wanted, and what has been done for it.
struct Row<'a> {
    cells: Option<&'a NewCells<'a>>,
    /// How many of its new cells stand there.
    written: u32,
    /// The style of the last cell before them.
    neighbour: Option<String>,
}

impl Row<'_> {
    fn is_wanted(&self, walk: &Walk) -> bool {
        self.cells.is_some_and(|cells| cells.row == walk.row)
    }
}

fn write(out: &mut Writer<&mut impl Write>, event: Event) -> Result<(), ListError> {
    out.write_event(event).map_err(ListError::Write)
}
