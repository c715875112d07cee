//! An xlsx file of answers.

use super::row_writer::WorkbookRow;
use super::status_colours::status_colours;
use crate::clients::error::ListError;
use crate::clients::value::Value;
use crate::clients::workbook::Target;
use rust_xlsxwriter::{Color, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};
use std::io::Write;

/// Rows that a sheet holds, the header among them.
const MOST_ROWS: u32 = 1_048_576;
/// Columns get no narrower and no wider than this, in characters.
const WIDTHS: (usize, usize) = (8, 60);

/// Writes rows one after the other; none of them stays in memory.
pub(crate) struct WorkbookWriter {
    book: Workbook,
    row: u32,
    /// How many columns are kept from the list.
    kept: usize,
    /// Which of the answers is the status.
    status: Option<usize>,
    widths: Vec<usize>,
    date: Format,
    time: Format,
    statuses: Vec<(&'static str, Format)>,
}

impl WorkbookWriter {
    /// A sheet with its titles; `status`: which of the answers is the status.
    pub(crate) fn new<'t>(
        kept: impl Iterator<Item = &'t String>,
        answers: &'t [String],
        status: Option<usize>,
    ) -> Result<Self, ListError> {
        let colour =
            |status: &'static str, back: u32| (status, Format::new().set_background_color(Color::RGB(back)));
        let mut writer = WorkbookWriter {
            book: Workbook::new(),
            row: 0,
            kept: 0,
            status,
            widths: Vec::new(),
            date: Format::new().set_num_format("yyyy-mm-dd"),
            time: Format::new().set_num_format("yyyy-mm-dd hh:mm:ss"),
            statuses: status_colours().map(|(status, back)| colour(status, back)).to_vec(),
        };
        writer.book.add_worksheet_with_constant_memory().map_err(failed)?;
        let bold = Format::new().set_bold();
        let kept: Vec<&String> = kept.collect();
        writer.kept = kept.len();
        for (at, title) in kept.into_iter().chain(answers).enumerate() {
            let column = column(at)?;
            writer.sheet()?.write_string_with_format(0, column, title, &bold).map_err(failed)?;
            // Room for the button of the filter.
            writer.widen(at, title.chars().count() + 3);
        }
        writer.sheet()?.set_freeze_panes(1, 0).map_err(failed)?;
        writer.row = 1;
        Ok(writer)
    }

    fn sheet(&mut self) -> Result<&mut Worksheet, ListError> {
        self.book.worksheet_from_index(0).map_err(failed)
    }

    fn widen(&mut self, at: usize, width: usize) {
        if self.widths.len() <= at {
            self.widths.resize(at + 1, WIDTHS.0);
        }
        self.widths[at] = self.widths[at].max(width.min(WIDTHS.1));
    }

    /// Adds rows.
    pub(crate) fn write(&mut self, rows: &[WorkbookRow]) -> Result<(), ListError> {
        for row in rows {
            if self.row >= MOST_ROWS {
                return Err(ListError::Usage(format!(
                    "an xlsx sheet holds at most {} rows; write csv instead",
                    MOST_ROWS - 1
                )));
            }
            for (at, value) in row.cells.iter().enumerate() {
                self.widen(at, value.text().chars().count() + 1);
                self.cell(column(at)?, value)?;
            }
            for (at, answer) in row.answers.iter().enumerate() {
                self.widen(self.kept + at, answer.text().chars().count() + 1);
                self.answer(at, answer)?;
            }
            self.row += 1;
        }
        Ok(())
    }

    fn cell(&mut self, column: u16, value: &Value) -> Result<(), ListError> {
        let row = self.row;
        let (date, time) = (self.date.clone(), self.time.clone());
        let sheet = self.sheet()?;
        match value {
            Value::Empty => return Ok(()),
            Value::Flag(flag) => sheet.write_boolean(row, column, *flag),
            Value::Date(moment) => {
                let format = if moment.is_day() { date } else { time };
                let days = moment.serial();
                match ExcelDateTime::from_serial_datetime(days) {
                    Ok(moment) => sheet.write_datetime_with_format(row, column, &moment, &format),
                    Err(_) => sheet.write_number(row, column, days),
                }
            }
            Value::Number(text) => match exactly(text) {
                Some(number) => sheet.write_number(row, column, number),
                None => sheet.write_string(row, column, &**text),
            },
            Value::Untyped(text) => match number(text) {
                Some(number) => sheet.write_number(row, column, number),
                None => sheet.write_string(row, column, &**text),
            },
            Value::Text(text) | Value::Json(text) | Value::Error(text) => {
                sheet.write_string(row, column, &**text)
            }
        }
        .map_err(failed)?;
        Ok(())
    }

    fn answer(&mut self, at: usize, answer: &Value) -> Result<(), ListError> {
        let (row, column) = (self.row, column(self.kept + at)?);
        let Value::Text(text) = answer else { return self.cell(column, answer) };
        let text: &str = text;
        let colour =
            (self.status == Some(at)).then(|| self.statuses.iter().find(|(status, _)| *status == text));
        match colour.flatten().cloned() {
            Some((_, format)) => {
                self.sheet()?.write_string_with_format(row, column, text, &format).map_err(failed)?
            }
            None => self.sheet()?.write_string(row, column, text).map_err(failed)?,
        };
        Ok(())
    }

    /// Writes the finished file, and gives back what it was written to.
    pub(crate) fn finish<W: Write + Send + 'static>(mut self, out: W) -> Result<W, ListError> {
        let widths = std::mem::take(&mut self.widths);
        let (kept, last_row) = (self.kept, self.row.saturating_sub(1));
        let sheet = self.sheet()?;
        for (at, width) in widths.iter().enumerate() {
            // Never more than 60 characters.
            sheet
                .set_column_width(column(at)?, f64::from(u32::try_from(*width).unwrap_or(0)))
                .map_err(failed)?;
        }
        if kept < widths.len() {
            sheet.autofilter(0, column(kept)?, last_row, column(widths.len() - 1)?).map_err(failed)?;
        }
        let target = Target::new(out);
        self.book.save_to_writer(target.writer()).map_err(failed)?;
        target.into_inner().map_err(ListError::Write)
    }
}

/// A number that a spreadsheet, which holds fifteen digits in any case, has as it is written.
fn exactly(text: &str) -> Option<f64> {
    const MOST: usize = 15;
    let number: f64 = text.parse().ok()?;
    let digits =
        text.bytes().take_while(|byte| !matches!(byte, b'e' | b'E')).filter(u8::is_ascii_digit).count();
    (number.is_finite() && (digits <= MOST || number.to_string() == text)).then_some(number)
}

/// A text that a number in a spreadsheet shows just so.
fn number(text: &str) -> Option<f64> {
    /// So many digits keep their value.
    const MOST: usize = 15;
    if text.len() > MOST || !text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'-' | b'.')) {
        return None;
    }
    let number: f64 = text.parse().ok()?;
    (number.to_string() == text && text != "-0").then_some(number)
}

fn column(at: usize) -> Result<u16, ListError> {
    u16::try_from(at).map_err(|_| ListError::Usage("an xlsx sheet holds at most 16,384 columns".into()))
}

fn failed(error: XlsxError) -> ListError {
    match error {
        XlsxError::IoError(error) => ListError::Write(error),
        XlsxError::MaxStringLengthExceeded => ListError::Usage(
            "a cell of an xlsx sheet holds at most 32,767 characters; write csv instead".into(),
        ),
        other => ListError::Usage(format!("this cannot be written as xlsx: {other}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_keep_their_digits() {
        for text in ["3.3333333333333335", "1.50", "-0.1", "1e400", "12345678901234567890", "1e-7"] {
            let kept = exactly(text).map(|number| number.to_string());
            let expected = match text {
                "1.50" => Some("1.5"),
                "1e400" | "12345678901234567890" => None,
                "1e-7" => Some("0.0000001"),
                text => Some(text),
            };
            assert_eq!(kept.as_deref(), expected);
        }
    }

    #[test]
    fn numbers_are_those_that_show_just_so() {
        for text in ["0", "300", "-5", "2.5", "123456789012345"] {
            assert!(number(text).is_some(), "{text}");
        }
        for text in ["", "007", "1.50", "1-10", "1e5", "1234567890123456", "+5", "-0", ".5"] {
            assert!(number(text).is_none(), "{text}");
        }
    }
}
