//! Opening a workbook, and its sheets.

use super::compound;
use super::ods;
use super::package::{Package, damaged, locked};
use super::parts::Parts;
use super::rows::{Rows, value};
use super::short_cells;
use super::source::{Bytes, Source};
use super::survey::Survey;
use crate::clients::error::ListError;
use crate::clients::moment::Shown;
use calamine::{Ods, Reader, SheetType, SheetVisible, Xls, XlsError, Xlsb, Xlsx};
use std::io::BufReader;

/// A workbook that is read.
pub(crate) struct Book {
    book: Opened,
    source: Source,
    sheets: Vec<Sheet>,
    /// Sheets whose places have been looked at.
    checked: Vec<String>,
}

/// A sheet with cells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Sheet {
    /// What it is called.
    pub(crate) name: String,
    /// Its place among all sheets, from 1.
    pub(crate) number: usize,
    /// Whether the workbook does not show it.
    pub(crate) hidden: bool,
}

/// A workbook by its format.
enum Opened {
    Xlsx(Box<Xlsx<Bytes>>),
    Xlsb(Box<Xlsb<Bytes>>),
    Xls(Box<Xls<Bytes>>),
    Ods(Box<Ods<Bytes>>),
}

/// The formats that workbooks come in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    /// Office Open XML, with macros or without.
    Xlsx,
    /// The same with binary parts.
    Xlsb,
    /// The older binary format.
    Xls,
    /// OpenDocument.
    Ods,
}

impl Book {
    /// Opens a workbook.
    ///
    /// # Errors
    /// If it is damaged, or has a password.
    pub(crate) fn open(source: Source, format: Format) -> Result<Self, ListError> {
        let bytes = BufReader::new(source.clone());
        let book = match format {
            Format::Xlsx => {
                Package::open(&source)?;
                Opened::Xlsx(Box::new(Xlsx::new(bytes).map_err(damaged)?))
            }
            Format::Xlsb => {
                let whole = short_cells::spelled_out(&source)?;
                let bytes = whole.map_or(bytes, BufReader::new);
                Opened::Xlsb(Box::new(Xlsb::new(bytes).map_err(damaged)?))
            }
            Format::Ods => {
                ods::check(&mut Package::open(&source)?)?;
                Opened::Ods(Box::new(Ods::new(bytes).map_err(damaged)?))
            }
            Format::Xls => {
                compound::check(source.clone())?;
                Opened::Xls(Box::new(Xls::new(bytes).map_err(|error| match error {
                    XlsError::Password => locked(),
                    other => damaged(other),
                })?))
            }
        };
        let metadata = match &book {
            Opened::Xlsx(book) => book.sheets_metadata(),
            Opened::Xlsb(book) => book.sheets_metadata(),
            Opened::Xls(book) => book.sheets_metadata(),
            Opened::Ods(book) => book.sheets_metadata(),
        };
        let with_cells = (1..).zip(metadata).filter(|(_, sheet)| sheet.typ == SheetType::WorkSheet);
        let sheets = with_cells.map(|(number, sheet)| Sheet {
            name: sheet.name.clone(),
            number,
            hidden: sheet.visible != SheetVisible::Visible,
        });
        let sheets = sheets.collect();
        Ok(Book { book, source, sheets, checked: Vec::new() })
    }

    /// The sheets in the order in which a list is looked for: hidden ones last.
    pub(crate) fn sheets(&self) -> Vec<Sheet> {
        let (hidden, shown): (Vec<Sheet>, Vec<Sheet>) =
            self.sheets.iter().cloned().partition(|sheet| sheet.hidden);
        [shown, hidden].concat()
    }

    /// The sheet that a user means: its name, or `#` and its number.
    ///
    /// # Errors
    /// If there is none: which there are.
    pub(crate) fn sheet_called(&self, wanted: &str) -> Result<Sheet, ListError> {
        let named = self.sheets.iter().find(|sheet| sheet.name == wanted);
        let number = wanted.strip_prefix('#').and_then(|number| number.parse::<usize>().ok());
        let numbered = || self.sheets.iter().find(|sheet| Some(sheet.number) == number);
        named.or_else(numbered).cloned().ok_or_else(|| {
            let known: Vec<String> = self.sheets.iter().map(|sheet| format!("`{}`", sheet.name)).collect();
            ListError::Usage(format!("there is no sheet `{wanted}`; there are {}", known.join(", ")))
        })
    }

    /// The bytes it is read from.
    pub(crate) fn source(&self) -> &Source {
        &self.source
    }

    /// The rows of a sheet, from its top.
    ///
    /// # Errors
    /// If the sheet is damaged.
    pub(crate) fn rows(&mut self, sheet: &str) -> Result<Rows<'_>, ListError> {
        match &mut self.book {
            Opened::Xlsx(book) => {
                // The reader takes every place for one that sheets have, so they are looked at first.
                if !self.checked.iter().any(|checked| checked == sheet) {
                    let mut package = Package::open(&self.source)?;
                    let part = Parts::of(&mut package, sheet)?.sheet;
                    if let Some(at) = package.find(&part) {
                        Survey::of(package.part(at)?, 1)?;
                    }
                    self.checked.push(sheet.to_owned());
                }
                Ok(Rows::of_cells(book.worksheet_cells_reader(sheet).map_err(damaged)?))
            }
            Opened::Xlsb(book) => {
                let mut cells = book.worksheet_cells_reader(sheet).map_err(damaged)?;
                Ok(Rows::of_asked(move || {
                    let cell = cells.next_cell().map_err(damaged)?;
                    Ok(cell.map(|cell| (cell.get_position(), value(cell.get_value(), Shown::Unknown))))
                }))
            }
            Opened::Xls(book) => Ok(Rows::of_range(book.worksheet_range(sheet).map_err(damaged)?)),
            Opened::Ods(book) => Ok(Rows::of_range(book.worksheet_range(sheet).map_err(damaged)?)),
        }
    }
}
