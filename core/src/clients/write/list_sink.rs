//! The list with its answers, as text or as a workbook.

use super::output::Output;
use super::row_writer::{RowWriter, Writing, WrittenRows};
use super::sink::Sink;
use super::status_colours::status_colours;
use super::text_format::TextFormat;
use super::workbook::WorkbookWriter;
use crate::clients::answer::{AnswerColumn, AnswerColumns};
use crate::clients::encoding::Encoding;
use crate::clients::error::ListError;
use crate::clients::read::sheet::SheetList;
use crate::clients::workbook::{Additions, Keeper, Package};
use std::io::Write;

/// Where the list goes.
pub(crate) enum ListSink {
    /// Text, as it comes.
    Text(Output, Encoding),
    /// A JSON array; whether it has elements already.
    Array(Output, Encoding, bool),
    /// A workbook, which is put together at the end.
    Workbook(Output, Box<WorkbookWriter>),
    /// The workbook that the list is in, with the answers beside it.
    Kept(Box<Keeper<Output>>),
}

/// How wide the columns of answers are that hold sentences, roles, and all else, in characters.
const WIDTHS: (u32, u32, u32) = (50, 28, 14);

impl ListSink {
    /// The sink that takes what `writer` puts out.
    ///
    /// # Errors
    /// If there are more columns than a workbook holds, or `sheet`, whose rows are kept, is damaged.
    pub(crate) fn new(
        output: Output,
        encoding: Encoding,
        writer: &RowWriter,
        columns: &AnswerColumns,
        sheet: Option<&SheetList>,
    ) -> Result<Self, ListError> {
        match writer.writing {
            Writing::Beside => match sheet {
                Some(sheet) => kept(output, writer, columns, sheet),
                None => Err(ListError::Usage("only a workbook's rows are kept beside its answers".into())),
            },
            Writing::Workbook => {
                check_name(&output, false)?;
                let titles = writer.columns().map(|column| &writer.titles[column]);
                let status = columns.place(AnswerColumn::Status);
                let workbook = WorkbookWriter::new(titles, &columns.titles, status)?;
                Ok(ListSink::Workbook(output, Box::new(workbook)))
            }
            Writing::As(TextFormat::JsonArray(_)) | Writing::KeptElements => {
                Ok(ListSink::Array(output, encoding, false))
            }
            Writing::As(_) | Writing::Kept => Ok(ListSink::Text(output, encoding)),
        }
    }

    /// Writes what stands before the first row.
    pub(crate) fn begin(&mut self, header: &[u8]) -> Result<(), ListError> {
        if let ListSink::Text(output, encoding) = self {
            output.write_all(encoding.mark()).map_err(ListError::Write)?;
            output.write_all(&encoding.outward(header)).map_err(ListError::Write)?;
        }
        if let ListSink::Array(output, encoding, _) = self {
            output.write_all(encoding.mark()).map_err(ListError::Write)?;
            output.write_all(&encoding.outward(b"[")).map_err(ListError::Write)?;
        }
        Ok(())
    }

    /// Puts the finished list in its place.
    pub(crate) fn finish(self) -> Result<(), ListError> {
        match self {
            ListSink::Text(output, _) => output.finish(),
            ListSink::Array(mut output, encoding, _) => {
                output.write_all(&encoding.outward(b"\n]\n")).map_err(ListError::Write)?;
                output.finish()
            }
            ListSink::Kept(keeper) => keeper.finish()?.finish(),
            ListSink::Workbook(output, writer) => writer.finish(output)?.finish(),
        }
    }
}

/// Refuses the name of a workbook that spreadsheets would not open under it.
fn check_name(output: &Output, has_macros: bool) -> Result<(), ListError> {
    match (output.ending().as_deref(), has_macros) {
        (Some("xlsx"), true) => Err(ListError::Usage(
            "the list's workbook has macros, which no spreadsheet opens in an `.xlsx`: name the output `.xlsm`, or write csv \
             (`--format csv`)"
                .into(),
        )),
        (Some("xlsm"), false) => Err(ListError::Usage(
            "an `.xlsm` is a workbook with macros, and the answers have none: name the output `.xlsx`".into(),
        )),
        _ => Ok(()),
    }
}

/// The workbook of a list, with the answers beside the list.
fn kept(
    output: Output,
    writer: &RowWriter,
    columns: &AnswerColumns,
    sheet: &SheetList,
) -> Result<ListSink, ListError> {
    check_name(&output, Package::open(sheet.source())?.has_macros()?)?;
    let width = |(column, title): (&AnswerColumn, &String)| {
        let least = match column {
            AnswerColumn::Note => WIDTHS.0,
            AnswerColumn::Owner | AnswerColumn::Contact | AnswerColumn::Rule => WIDTHS.1,
            _ => WIDTHS.2,
        };
        // Room for the button of a filter.
        u32::try_from(title.chars().count() + 3).unwrap_or(least).clamp(least, WIDTHS.0)
    };
    let colours = status_colours().map(|(status, colour)| (status, format!("{colour:06X}")));
    let additions = Additions {
        sheet: sheet.sheet.clone(),
        header: u32::try_from(sheet.header).unwrap_or(u32::MAX),
        last_column: u32::try_from(writer.titles.len().saturating_sub(1)).unwrap_or(u32::MAX),
        titles: columns.titles.clone(),
        widths: columns.columns.iter().zip(&columns.titles).map(width).collect(),
        coloured: columns.place(AnswerColumn::Status).map(|at| (at, colours.to_vec())),
    };
    Ok(ListSink::Kept(Box::new(Keeper::new(sheet.source(), additions, output)?)))
}

impl Sink<WrittenRows> for ListSink {
    fn take(&mut self, rows: &mut WrittenRows) -> Result<(), ListError> {
        match self {
            ListSink::Text(output, encoding) => {
                output.write_all(&encoding.outward(&rows.text)).map_err(ListError::Write)?;
            }
            ListSink::Array(output, encoding, begun) => {
                // Nothing separates the first element from the bracket before it.
                let first = usize::from(!*begun && !rows.text.is_empty());
                *begun |= !rows.text.is_empty();
                output.write_all(&encoding.outward(&rows.text[first..])).map_err(ListError::Write)?;
            }
            ListSink::Workbook(_, writer) => writer.write(&rows.workbook)?,
            ListSink::Kept(keeper) => rows.workbook.iter().try_for_each(|row| {
                keeper.row(u32::try_from(row.number).unwrap_or(u32::MAX), &row.answers)
            })?,
        }
        rows.text.clear();
        rows.workbook.clear();
        Ok(())
    }
}
