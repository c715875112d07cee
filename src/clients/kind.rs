//! The kinds of file that a client list can be.

use super::compression::Compression;
use super::workbook::Format;
use std::path::Path;

/// A kind of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Separated text; the separator is found in the header, and is a comma in new files.
    Csv,
    /// Text separated by tabs.
    Tsv,
    /// Text separated by semicolons.
    Semicolon,
    /// Text separated by upright bars.
    Pipe,
    /// One JSON object a line.
    JsonLines,
    /// An array of JSON objects.
    Json,
    /// A workbook.
    Xlsx,
    /// A workbook with binary parts; only read.
    Xlsb,
    /// A workbook of the older binary format; only read.
    Xls,
    /// An OpenDocument workbook; only read.
    Ods,
}

impl Kind {
    /// Every kind with its name, as in options.
    pub const ALL: [(Kind, &'static str); 10] = [
        (Kind::Csv, "csv"),
        (Kind::Tsv, "tsv"),
        (Kind::Semicolon, "semicolon"),
        (Kind::Pipe, "pipe"),
        (Kind::JsonLines, "jsonl"),
        (Kind::Json, "json"),
        (Kind::Xlsx, "xlsx"),
        (Kind::Xlsb, "xlsb"),
        (Kind::Xls, "xls"),
        (Kind::Ods, "ods"),
    ];

    /// The kind of file that a path names by its ending, if it names one; how it is packed does not count.
    #[must_use]
    pub fn of(path: &Path) -> Option<Kind> {
        let name = path.file_name()?.to_str()?;
        let name = Compression::of_name(name).map_or(name, |(_, name)| name);
        let ending = name.rsplit_once('.')?.1.to_ascii_lowercase();
        match ending.as_str() {
            "csv" | "txt" => Some(Kind::Csv),
            "tsv" | "tab" => Some(Kind::Tsv),
            "psv" => Some(Kind::Pipe),
            "jsonl" | "ndjson" => Some(Kind::JsonLines),
            "json" => Some(Kind::Json),
            "xlsx" | "xlsm" => Some(Kind::Xlsx),
            "xlsb" => Some(Kind::Xlsb),
            "xls" => Some(Kind::Xls),
            "ods" => Some(Kind::Ods),
            _ => None,
        }
    }

    /// Its name, as in options.
    #[must_use]
    pub fn name(self) -> &'static str {
        Kind::ALL.iter().find(|(kind, _)| *kind == self).map_or("", |(_, name)| name)
    }

    /// How the names of its files end.
    #[must_use]
    pub fn ending(self) -> &'static str {
        match self {
            Kind::Semicolon | Kind::Pipe => "csv",
            other => other.name(),
        }
    }

    /// The separator that files of this kind have, where it is always the same.
    pub(crate) fn separator(self) -> Option<u8> {
        match self {
            Kind::Tsv => Some(b'\t'),
            Kind::Semicolon => Some(b';'),
            Kind::Pipe => Some(b'|'),
            Kind::Csv | Kind::JsonLines | Kind::Json | Kind::Xlsx | Kind::Xlsb | Kind::Xls | Kind::Ods => {
                None
            }
        }
    }

    /// Whether a file is packed, by its name: how far it has been read says little of how many rows are left.
    #[must_use]
    pub fn is_packed(path: &Path) -> bool {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let zipped = name.to_ascii_lowercase().ends_with(".zip");
        zipped
            || Compression::of_name(name).is_some()
            || Kind::of(path).is_some_and(|kind| kind.workbook().is_some())
    }

    /// The format of the workbook that it is, if it is one.
    pub(crate) fn workbook(self) -> Option<Format> {
        match self {
            Kind::Xlsx => Some(Format::Xlsx),
            Kind::Xlsb => Some(Format::Xlsb),
            Kind::Xls => Some(Format::Xls),
            Kind::Ods => Some(Format::Ods),
            Kind::Csv | Kind::Tsv | Kind::Semicolon | Kind::Pipe | Kind::JsonLines | Kind::Json => None,
        }
    }

    /// Whether it is read, but never written.
    #[must_use]
    pub fn is_only_read(self) -> bool {
        matches!(self, Kind::Xlsb | Kind::Xls | Kind::Ods)
    }
}
