//! The rows of a sheet.

use super::package::damaged;
use super::source::Bytes;
use crate::clients::error::ListError;
use crate::clients::moment::{Moment, Shown};
use crate::clients::value::Value;
use calamine::{Data, DataRef, DataType, ExcelDateTime, Range, XlsxCellReader};

/// The cells of a row, up to the last that is not empty.
pub(crate) type Cells = Vec<Value<'static>>;

/// The rows of a sheet that are not empty.
pub(crate) struct Rows<'b> {
    cells: CellsOf<'b>,
    ahead: Option<Cell>,
    /// The reader must not be asked beyond the end.
    ended: bool,
}

/// The number of its row, from 1, its column, from 0, and what it holds.
type Cell = (u64, u32, Value<'static>);

/// Gives the next cell.
type Ask<'b> = dyn FnMut() -> Result<Option<((u32, u32), Value<'static>)>, ListError> + Send + 'b;

enum CellsOf<'b> {
    /// Read as they are asked for, with what the styles show of dates.
    Xml(Box<XlsxCellReader<'b, Bytes>>, Vec<Shown>),
    /// Read as they are asked for, each with its place.
    Asked(Box<Ask<'b>>),
    /// All in memory: the place of the next one among them, counted row by row.
    Range(Range<Data>, usize),
}

impl<'b> Rows<'b> {
    fn new(cells: CellsOf<'b>) -> Self {
        Rows { cells, ahead: None, ended: false }
    }

    pub(super) fn of_cells(cells: XlsxCellReader<'b, Bytes>) -> Self {
        let shown = |style: &calamine::Style| {
            style
                .number_format
                .as_ref()
                .map_or(Shown::Unknown, |format| Shown::by_format(&format.format_code))
        };
        let shown = cells.styles().iter().map(shown).collect();
        Rows::new(CellsOf::Xml(Box::new(cells), shown))
    }

    pub(super) fn of_asked(
        ask: impl FnMut() -> Result<Option<((u32, u32), Value<'static>)>, ListError> + Send + 'b,
    ) -> Self {
        Rows::new(CellsOf::Asked(Box::new(ask)))
    }

    pub(super) fn of_range(range: Range<Data>) -> Self {
        Rows::new(CellsOf::Range(range, 0))
    }

    /// The next row: its number, from 1, and its cells.
    ///
    /// # Errors
    /// If the sheet is damaged.
    pub(crate) fn next(&mut self) -> Result<Option<(u64, Cells)>, ListError> {
        let Some((number, column, value)) = self.cell()? else { return Ok(None) };
        let mut cells = Cells::new();
        put(&mut cells, column, value);
        while let Some((row, column, value)) = self.cell()? {
            if row != number {
                self.ahead = Some((row, column, value));
                break;
            }
            put(&mut cells, column, value);
        }
        Ok(Some((number, cells)))
    }

    /// The next cell that is not empty.
    fn cell(&mut self) -> Result<Option<Cell>, ListError> {
        if let Some(ahead) = self.ahead.take() {
            return Ok(Some(ahead));
        }
        while !self.ended {
            let next = match &mut self.cells {
                CellsOf::Xml(cells, shown) => {
                    cells.next_cell_with_style_id().map_err(damaged)?.map(|(cell, style)| {
                        let shown = shown.get(style).copied().unwrap_or(Shown::Unknown);
                        (cell.get_position(), value(cell.get_value(), shown))
                    })
                }
                CellsOf::Asked(ask) => ask()?,
                CellsOf::Range(range, next) => in_range(range, next),
            };
            match next {
                None => self.ended = true,
                Some((_, Value::Empty)) => {}
                Some(((row, column), value)) => return Ok(Some((u64::from(row) + 1, column, value))),
            }
        }
        Ok(None)
    }
}

/// The next cell of a range that holds something.
fn in_range(range: &Range<Data>, next: &mut usize) -> Option<((u32, u32), Value<'static>)> {
    let (first_row, first_column) = range.start()?;
    let width = range.width().max(1);
    while *next < range.height() * width {
        let (row, column) = (*next / width, *next % width);
        *next += 1;
        let Some(data) = range.get((row, column)).filter(|data| !data.is_empty()) else { continue };
        let place = (first_row + u32::try_from(row).ok()?, first_column + u32::try_from(column).ok()?);
        return Some((place, value(&referred(data), Shown::Unknown)));
    }
    None
}

fn put(cells: &mut Cells, column: u32, value: Value<'static>) {
    let column = column as usize;
    if cells.len() <= column {
        cells.resize(column + 1, Value::Empty);
    }
    cells[column] = value;
}

fn referred(data: &Data) -> DataRef<'_> {
    match data {
        Data::Empty => DataRef::Empty,
        Data::String(text) => DataRef::SharedString(text),
        Data::Int(number) => DataRef::Int(*number),
        Data::Float(number) => DataRef::Float(*number),
        Data::Bool(flag) => DataRef::Bool(*flag),
        Data::DateTime(date) => DataRef::DateTime(*date),
        Data::DateTimeIso(text) => DataRef::DateTimeIso(text.clone()),
        Data::DurationIso(text) => DataRef::DurationIso(text.clone()),
        Data::Error(error) => DataRef::Error(error.clone()),
    }
}

/// What a cell holds, of which `shown` says how it shows dates.
pub(super) fn value(data: &DataRef, shown: Shown) -> Value<'static> {
    match data {
        DataRef::Empty => Value::Empty,
        DataRef::String(text) if text.is_empty() => Value::Empty,
        DataRef::SharedString("") => Value::Empty,
        DataRef::String(text) | DataRef::DurationIso(text) => Value::Text(text.clone().into()),
        DataRef::SharedString(text) => Value::Text((*text).to_owned().into()),
        DataRef::DateTimeIso(text) => match Moment::by_iso(text) {
            Some(moment) => Value::Date(moment),
            None => Value::Text(text.clone().into()),
        },
        DataRef::Int(number) => Value::Number(number.to_string().into()),
        DataRef::Float(number) => Value::Number(number.to_string().into()),
        DataRef::Bool(flag) => Value::Flag(*flag),
        DataRef::DateTime(date) => match moment(date, shown).filter(|_| date.is_datetime()) {
            Some(moment) => Value::Date(moment),
            None => Value::Number(date.as_f64().to_string().into()),
        },
        DataRef::Error(error) => Value::Error(error.to_string().into()),
    }
}

fn moment(date: &ExcelDateTime, shown: Shown) -> Option<Moment> {
    let (year, month, day, hour, minute, second, milli) = date.to_ymd_hms_milli();
    let within_day =
        ((u32::from(hour) * 60 + u32::from(minute)) * 60 + u32::from(second)) * 1000 + u32::from(milli);
    Moment::new((i32::from(year), u32::from(month), u32::from(day)), within_day, shown)
}
