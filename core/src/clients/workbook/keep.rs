//! A workbook that stays what it is: all of its parts are copied byte for byte, and only what answers change is
//! rewritten.

use super::new_styles::{self, NewPart};
use super::package::{Package, damaged, no_archive};
use super::parts::Parts;
use super::place::MOST_COLUMNS;
use super::sheet_copy::{Columns, NewCells, SheetCopy};
use super::source::Source;
use super::styles;
use super::survey::Survey;
use super::table::{self, Header};
use super::target::{Target, TargetWriter};
use crate::clients::error::ListError;
use crate::clients::value::Value;
use std::collections::HashMap;
use std::io::Write;
use zip::write::{SimpleFileOptions, StreamWriter, ZipWriter};

/// Sheets that may become larger than this need the archive's long form.
const LONG_FORM: u64 = 1 << 30;

/// What is put into a workbook.
#[derive(Debug)]
pub(in crate::clients) struct Additions {
    /// The sheet with the list.
    pub(in crate::clients) sheet: String,
    /// The row of its header, from 1; 0 where it has none.
    pub(in crate::clients) header: u32,
    /// The last column of its header, from 0.
    pub(in crate::clients) last_column: u32,
    /// The titles of the new columns.
    pub(in crate::clients) titles: Vec<String>,
    /// How wide each of them is, in characters.
    pub(in crate::clients) widths: Vec<u32>,
    /// Which of them has colours, and the colour of each text in it, as six hexadecimal digits.
    pub(in crate::clients) coloured: Option<Coloured>,
}

/// Which of the new columns has colours, and the colour of each text in it, as six hexadecimal digits.
pub(in crate::clients) type Coloured = (usize, Vec<(&'static str, String)>);

/// A workbook on its way out, row by row.
pub(in crate::clients) struct Keeper<W> {
    package: Package,
    target: Target<W>,
    out: ZipWriter<StreamWriter<TargetWriter>>,
    sheet: SheetCopy,
    sheet_at: usize,
    /// Parts that are written anew, by their places.
    changed: HashMap<usize, Vec<u8>>,
    coloured: Option<Styles>,
    /// Styles, where the workbook had none.
    added: Option<NewPart>,
}

/// Which of the new columns has colours, and the style of each text in it.
type Styles = (usize, Vec<(&'static str, usize)>);

impl<W: Write + Send + 'static> Keeper<W> {
    /// Begins the workbook `source` anew in `out`: all that stands before the first row of the list, its header with
    /// the new titles among it.
    ///
    /// # Errors
    /// If the workbook is damaged, has no room for more columns, or cannot be written.
    pub(in crate::clients) fn new(source: &Source, additions: Additions, out: W) -> Result<Self, ListError> {
        let mut package = Package::open(source)?;
        let parts = Parts::of(&mut package, &additions.sheet)?;
        let sheet_at = package
            .find(&parts.sheet)
            .ok_or_else(|| damaged(format!("there is no `{}` in it", parts.sheet)))?;
        let survey = Survey::of(package.part(sheet_at)?, additions.header)?;
        let mut changed = HashMap::new();
        let first = grow_tables(&mut package, &parts, &additions, survey, &mut changed)?;
        let columns = Columns { first, widths: additions.widths };
        if columns.last() >= MOST_COLUMNS {
            return Err(ListError::Usage(
                "the sheet has no columns left for the answers; write csv instead (`--format csv`)".into(),
            ));
        }
        let (coloured, added) = colour(&mut package, &parts, additions.coloured, &mut changed)?;
        let sheet = SheetCopy::new(package.part(sheet_at)?, columns);
        let target = Target::new(out);
        let out = ZipWriter::new_stream(target.writer());
        let mut keeper = Keeper { package, target, out, sheet, sheet_at, changed, coloured, added };
        (0..sheet_at).try_for_each(|at| keeper.copy_part(at))?;
        keeper.begin_sheet()?;
        let titles: Vec<Value> = additions.titles.iter().map(|title| Value::Text(title.into())).collect();
        let titles =
            NewCells { row: additions.header, values: &titles, styles: &|_| None, like_neighbour: true };
        if titles.row > 0 {
            keeper.sheet.copy_to(&titles, &mut keeper.out)?;
        }
        Ok(keeper)
    }

    /// Copies up to the end of a row of the list, and puts its answers there. Rows must come in their order.
    pub(in crate::clients) fn row(&mut self, row: u32, answers: &[Value]) -> Result<(), ListError> {
        let colour = |at: usize| {
            let (_, colours) = self.coloured.as_ref().filter(|(column, _)| *column == at)?;
            colours.iter().find(|(text, _)| *text == answers[at].text()).map(|(_, style)| *style)
        };
        let cells = NewCells { row, values: answers, styles: &colour, like_neighbour: false };
        self.sheet.copy_to(&cells, &mut self.out)
    }

    /// Copies all that is left, and gives back what it was written to.
    pub(in crate::clients) fn finish(mut self) -> Result<W, ListError> {
        self.sheet.copy_rest(&mut self.out)?;
        (self.sheet_at + 1..self.package.archive.len()).try_for_each(|at| self.copy_part(at))?;
        if let Some((name, content)) = self.added {
            let options = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
            self.out.start_file(name, options).map_err(not_written)?;
            self.out.write_all(&content).map_err(ListError::Write)?;
        }
        drop(self.out.finish().map_err(not_written)?);
        self.target.into_inner().map_err(ListError::Write)
    }

    fn copy_part(&mut self, at: usize) -> Result<(), ListError> {
        let Some(content) = self.changed.get(&at) else {
            let part = self.package.archive.by_index_raw(at).map_err(no_archive)?;
            return self.out.raw_copy_file(part).map_err(not_written);
        };
        let (name, options) = self.package.named(at)?;
        self.out.start_file(name, options).map_err(not_written)?;
        self.out.write_all(content).map_err(ListError::Write)
    }

    fn begin_sheet(&mut self) -> Result<(), ListError> {
        let (name, options) = self.package.named(self.sheet_at)?;
        self.out.start_file(name, options).map_err(not_written)
    }
}

impl Package {
    /// The name of a part, and how it is packed when it is written anew.
    fn named(&mut self, at: usize) -> Result<(String, SimpleFileOptions), ListError> {
        let part = self.archive.by_index_raw(at).map_err(no_archive)?;
        let options = SimpleFileOptions::default()
            .compression_method(zip::CompressionMethod::Deflated)
            .large_file(part.size() > LONG_FORM)
            .last_modified_time(part.last_modified().unwrap_or_default());
        Ok((part.name().map_err(no_archive)?.into_owned(), options))
    }
}

/// Lets tables that end with the header take the new columns in, and says which is the first of them.
fn grow_tables(
    package: &mut Package,
    parts: &Parts,
    additions: &Additions,
    survey: Survey,
    changed: &mut HashMap<usize, Vec<u8>>,
) -> Result<u32, ListError> {
    let header = Header { row: additions.header, last_column: additions.last_column };
    if survey.last_column_below <= header.last_column {
        for name in &parts.tables {
            let (Some(at), Some(text)) = (package.find(name), package.text(name)?) else { continue };
            if table::grows(&text, header, &additions.titles)? {
                changed.insert(at, table::grown(&text, &additions.titles)?);
                return Ok(header.last_column + 1);
            }
        }
    }
    Ok(survey.last_column.max(header.last_column) + 1)
}

/// Adds the looks of coloured texts to those of the workbook, and says their numbers; where it has no looks yet, in a part
/// of their own.
fn colour(
    package: &mut Package,
    parts: &Parts,
    coloured: Option<Coloured>,
    changed: &mut HashMap<usize, Vec<u8>>,
) -> Result<(Option<Styles>, Option<NewPart>), ListError> {
    let Some((column, colours)) = coloured else { return Ok((None, None)) };
    let only: Vec<&str> = colours.iter().map(|(_, colour)| colour.as_str()).collect();
    let numbered =
        |numbers: Vec<usize>| Some((column, colours.iter().map(|(text, _)| *text).zip(numbers).collect()));
    let Some(name) = &parts.styles else {
        let added = new_styles::added(package, parts, &only, changed)?;
        return Ok(added.map_or((None, None), |(part, numbers)| (numbered(numbers), Some(part))));
    };
    let (Some(at), Some(text)) = (package.find(name), package.text(name)?) else { return Ok((None, None)) };
    let Some((styles, numbers)) = styles::with_colours(&text, &only)? else { return Ok((None, None)) };
    changed.insert(at, styles);
    Ok((numbered(numbers), None))
}

fn not_written(error: zip::result::ZipError) -> ListError {
    match error {
        zip::result::ZipError::Io(error) => ListError::Write(error),
        other => ListError::Usage(format!(
            "this workbook cannot be written: {other}; write csv instead (`--format csv`)"
        )),
    }
}
