//! Which sheet of a workbook the list is on, and in which row its titles stand.

use super::fitting::{GivesFact, fitting_titles};
use crate::clients::error::ListError;
use crate::clients::options::Options;
use crate::clients::workbook::{Book, Sheet};

/// A header stands among so many of the first records, if there is one.
const AMONG: usize = 25;

/// The titles of a list on a sheet.
pub(crate) struct SheetHeader {
    pub(crate) sheet: String,
    /// The row in which they stand, from 1; 0 where there are none.
    pub(crate) row: u64,
    pub(crate) titles: Vec<String>,
    /// What stands above them.
    pub(crate) preamble: String,
    /// What was chosen, in sentences.
    pub(crate) said: Vec<String>,
}

/// Looks for a header on each sheet, hidden ones last, or on the one that is wanted. Where there is none, the first row
/// of the first sheet that has one is taken for it.
///
/// # Errors
/// If there is no such sheet, or nothing on any.
pub(crate) fn sheet_header(
    book: &mut Book,
    options: &Options,
    gives_fact: &GivesFact,
) -> Result<SheetHeader, ListError> {
    let sheets = match &options.sheet {
        Some(wanted) => vec![book.sheet_called(wanted)?],
        None => book.sheets(),
    };
    let mut first = None;
    let mut fitting: Vec<(usize, Beginning)> = Vec::new();
    for (at, sheet) in sheets.iter().enumerate() {
        let mut beginning = beginning(book, sheet, options)?;
        if beginning.records.is_empty() {
            continue;
        }
        let titles = beginning.records.iter().map(|(_, titles)| &titles[..]);
        if let Some(place) = fitting_titles(&titles.collect::<Vec<_>>(), gives_fact) {
            beginning.header = place;
            fitting.push((at, beginning));
        } else if first.is_none() {
            first = Some((at, beginning));
        }
    }
    let others: Vec<usize> = fitting.iter().skip(1).map(|(at, _)| *at).collect();
    let Some((at, found)) = fitting.into_iter().next().or(first) else {
        return Err(ListError::NoHeader(match (sheets.is_empty(), options.header_line) {
            (true, _) => "there is no sheet".into(),
            (_, Some(line)) => format!("there is nothing in row {line}"),
            _ => "the sheet is empty".into(),
        }));
    };
    let sheet = sheets[at].name.clone();
    let said = said(&sheets, at, &others);
    let Beginning { mut records, header } = found;
    if options.no_header {
        let width = records.iter().map(|(_, cells)| cells.len()).max().unwrap_or(0);
        let titles = (1..=width).map(|column| column.to_string()).collect();
        return Ok(SheetHeader { sheet, row: 0, titles, preamble: String::new(), said });
    }
    let (row, titles) = records.swap_remove(header);
    let above = records.iter().take(header).map(|(_, cells)| cells.join("\t") + "\n");
    Ok(SheetHeader { sheet, row, titles, preamble: above.collect(), said })
}

/// The first records of a sheet, and which of them is the header.
struct Beginning {
    records: Vec<Titles>,
    header: usize,
}

/// The number of a row, and its texts.
type Titles = (u64, Vec<String>);

/// The first records of a sheet, or the one in which the user says that the titles stand.
fn beginning(book: &mut Book, sheet: &Sheet, options: &Options) -> Result<Beginning, ListError> {
    let mut rows = book.rows(&sheet.name)?;
    let mut records: Vec<Titles> = Vec::new();
    while records.len() < AMONG
        && let Some((number, cells)) = rows.next()?
    {
        if options.header_line.is_none_or(|line| line == number) {
            records.push((number, cells.iter().map(|cell| cell.text().into_owned()).collect()));
        }
        if options.header_line.is_some_and(|line| line <= number) {
            break;
        }
    }
    Ok(Beginning { records, header: 0 })
}

fn said(sheets: &[Sheet], at: usize, others: &[usize]) -> Vec<String> {
    let named = |at: &usize| format!("`{}`", sheets[*at].name);
    let mut said = Vec::new();
    if sheets.len() > 1 {
        let hidden = if sheets[at].hidden { ", which is hidden" } else { "" };
        said.push(format!("the list is on sheet {}{hidden}, one of {}", named(&at), sheets.len()));
    }
    if !others.is_empty() {
        let others: Vec<String> = others.iter().map(named).collect();
        said.push(format!(
            "other sheets hold lists too, which are not answered: {}; choose with `--sheet`",
            others.join(", ")
        ));
    }
    said
}
