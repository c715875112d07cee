//! Rows of an xlsx file.

use super::parts;
use crate::clients::again::Again;
use crate::clients::error::ListError;
use crate::clients::read::delimited::push_cell;
use crate::clients::read::row::{BlockEnd, ListRow, RecordReader, Reject, Row, RowVisitor, Supply, Written};
use crate::clients::value::Value;
use calamine::{DataRef, ExcelDateTime, Reader as _, Xlsx, XlsxCellReader, XlsxError};
use std::borrow::Cow;
use std::io::Seek;

type Source = Again;
type Cells = Vec<Value<'static>>;
/// Rows that are handed on together, each with its number, from 1.
type Rows = Vec<(u64, Cells)>;

/// How many rows are handed on together.
const TOGETHER: usize = 1000;

/// A spreadsheet with one sheet chosen.
pub(crate) struct Book {
    book: Xlsx<Source>,
    sheet: String,
    /// The number of the row with the titles, from 1.
    header: u64,
}

impl Book {
    /// Opens a spreadsheet, and reads the titles of a sheet: its first row that is not empty.
    ///
    /// # Errors
    /// If it is none, has no such sheet, or the sheet is empty.
    pub(crate) fn open(mut file: Again, sheet: Option<&str>) -> Result<(Self, Vec<String>), ListError> {
        parts::check(&mut file)?;
        file.rewind().map_err(ListError::Read)?;
        let mut book: Xlsx<Source> = Xlsx::new(file).map_err(damaged)?;
        let sheets = book.sheet_names();
        let sheet = match sheet {
            Some(name) if sheets.iter().any(|sheet| sheet == name) => name.to_owned(),
            Some(name) => {
                let known: Vec<String> = sheets.iter().map(|sheet| format!("`{sheet}`")).collect();
                let known = known.join(", ");
                return Err(ListError::Usage(format!("there is no sheet `{name}`; there are {known}")));
            }
            None => match sheets.first() {
                Some(first) => first.clone(),
                None => return Err(ListError::NoHeader("there is no sheet".into())),
            },
        };
        let mut rows = SheetRows::new(book.worksheet_cells_reader(&sheet).map_err(damaged)?);
        let (header, titles) =
            rows.next()?.ok_or_else(|| ListError::NoHeader("the sheet is empty".into()))?;
        let titles = titles.iter().map(|title| title.text().to_owned()).collect();
        drop(rows);
        Ok((Book { book, sheet, header }, titles))
    }

    /// How many lines there are before the first row.
    pub(crate) fn header_lines(&self) -> u64 {
        self.header
    }

    /// Its rows below the titles.
    ///
    /// # Errors
    /// If the sheet cannot be read.
    pub(crate) fn rows(&mut self) -> Result<SheetSupply<'_>, ListError> {
        let mut rows = SheetRows::new(self.book.worksheet_cells_reader(&self.sheet).map_err(damaged)?);
        rows.next()?;
        Ok(SheetSupply { rows, given: 0 })
    }
}

fn damaged(error: XlsxError) -> ListError {
    ListError::Damaged(format!("this xlsx file cannot be read: {error}"))
}

/// The rows of a sheet that are not empty.
struct SheetRows<'b> {
    cells: XlsxCellReader<'b, Source>,
    ahead: Option<(u64, u32, Value<'static>)>,
    /// The reader must not be asked beyond the end.
    ended: bool,
}

impl<'b> SheetRows<'b> {
    fn new(cells: XlsxCellReader<'b, Source>) -> Self {
        SheetRows { cells, ahead: None, ended: false }
    }

    /// The next row: its number, from 1, and its cells up to the last that is not empty.
    fn next(&mut self) -> Result<Option<(u64, Cells)>, ListError> {
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
    fn cell(&mut self) -> Result<Option<(u64, u32, Value<'static>)>, ListError> {
        if let Some(ahead) = self.ahead.take() {
            return Ok(Some(ahead));
        }
        while !self.ended {
            let Some(cell) = self.cells.next_cell().map_err(damaged)? else {
                self.ended = true;
                break;
            };
            let (row, column) = cell.get_position();
            match value(cell.get_value()) {
                Value::Empty => {}
                value => return Ok(Some((u64::from(row) + 1, column, value))),
            }
        }
        Ok(None)
    }
}

fn put(cells: &mut Cells, column: u32, value: Value<'static>) {
    let column = column as usize;
    if cells.len() <= column {
        cells.resize(column + 1, Value::Empty);
    }
    cells[column] = value;
}

fn value(data: &DataRef) -> Value<'static> {
    match data {
        DataRef::Empty => Value::Empty,
        DataRef::String(text) if text.is_empty() => Value::Empty,
        DataRef::SharedString("") => Value::Empty,
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
            Value::Text(text.clone().into())
        }
        DataRef::SharedString(text) => Value::Text((*text).to_owned().into()),
        DataRef::Int(number) => Value::Number(number.to_string().into()),
        DataRef::Float(number) => Value::Number(number.to_string().into()),
        DataRef::Bool(flag) => Value::Flag(*flag),
        DataRef::DateTime(date) if date.is_datetime() => Value::Date(iso(date), date.as_f64()),
        DataRef::DateTime(duration) => Value::Number(duration.as_f64().to_string().into()),
        DataRef::Error(error) => Value::Text(error.to_string().into()),
    }
}

/// A date as ISO 8601 writes it, with the time where there is one.
fn iso(date: &ExcelDateTime) -> String {
    let (year, month, day, hour, minute, second, _) = date.to_ymd_hms_milli();
    let whole = format!("{year:04}-{month:02}-{day:02}");
    if date.as_f64().fract() == 0.0 { whole } else { format!("{whole} {hour:02}:{minute:02}:{second:02}") }
}

/// A date as a spreadsheet shows what it made of a band: `Nov-50` of 11-50, `10-Jan` of 1-10.
fn as_shown(iso: &str) -> String {
    const MONTHS: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let part = |range: std::ops::Range<usize>| iso.get(range).and_then(|digits| digits.parse::<usize>().ok());
    let (Some(year), Some(month), Some(day)) = (part(0..4), part(5..7), part(8..10)) else {
        return iso.to_owned();
    };
    match MONTHS.get(month.wrapping_sub(1)) {
        Some(month) if day == 1 => format!("{month}-{:02}", year % 100),
        Some(month) => format!("{day}-{month}"),
        None => iso.to_owned(),
    }
}

/// Rows of a sheet, as many at a time as make up for handing them on.
pub(crate) struct SheetSupply<'b> {
    rows: SheetRows<'b>,
    given: u64,
}

impl Supply<Rows> for SheetSupply<'_> {
    fn next(&mut self, rows: &mut Rows) -> Result<Option<u64>, ListError> {
        rows.clear();
        while rows.len() < TOGETHER
            && let Some(row) = self.rows.next()?
        {
            rows.push(row);
        }
        if rows.is_empty() {
            return Ok(None);
        }
        self.given += 1;
        Ok(Some(self.given - 1))
    }
}

/// Reads the rows of a sheet.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SheetReader {
    /// How many cells there are in the header.
    pub(crate) width: usize,
    /// How many lines there are before the first row.
    pub(crate) header_lines: u64,
}

struct SheetRow<'c>(&'c [Value<'static>]);

impl Row for SheetRow<'_> {
    fn cell(&self, column: usize) -> Cow<'_, [u8]> {
        match self.0.get(column) {
            Some(Value::Date(iso, _)) => Cow::Owned(as_shown(iso).into_bytes()),
            Some(value) => Cow::Borrowed(value.text().as_bytes()),
            None => Cow::Borrowed(b""),
        }
    }
}

impl ListRow for SheetRow<'_> {
    fn written(&self, _: Option<usize>) -> Written<'_> {
        Written { before: Cow::Borrowed(b""), behind: b"", is_empty: true }
    }

    fn value(&self, column: usize) -> Value<'_> {
        self.0.get(column).cloned().unwrap_or(Value::Empty)
    }
}

impl RecordReader for SheetReader {
    type Block = Rows;

    fn read(&mut self, rows: &Rows, visitor: &mut impl RowVisitor) -> BlockEnd {
        for (number, cells) in rows {
            if cells.len() <= self.width {
                visitor.row(&SheetRow(cells));
                continue;
            }
            let mut record = Vec::new();
            for (at, cell) in cells.iter().enumerate() {
                if at > 0 {
                    record.push(b',');
                }
                push_cell(&mut record, cell.text().as_bytes(), b',');
            }
            let reason = format!("{} cells instead of {}", cells.len(), self.width);
            visitor.reject(Reject { line: number - 1 - self.header_lines, reason, record });
        }
        BlockEnd::default()
    }
}
