//! The kinds of file that a client list can be.

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
    /// A spreadsheet.
    Xlsx,
}

impl Kind {
    /// Every kind with its name, as in options.
    pub const ALL: [(Kind, &'static str); 6] = [
        (Kind::Csv, "csv"),
        (Kind::Tsv, "tsv"),
        (Kind::Semicolon, "semicolon"),
        (Kind::Pipe, "pipe"),
        (Kind::JsonLines, "jsonl"),
        (Kind::Xlsx, "xlsx"),
    ];

    /// The kind of file that a path names by its ending, if it names one.
    #[must_use]
    pub fn of(path: &Path) -> Option<Kind> {
        let ending = path.extension()?.to_str()?.to_ascii_lowercase();
        match ending.as_str() {
            "csv" | "txt" => Some(Kind::Csv),
            "tsv" | "tab" => Some(Kind::Tsv),
            "psv" => Some(Kind::Pipe),
            "jsonl" | "ndjson" => Some(Kind::JsonLines),
            "xlsx" | "xlsm" => Some(Kind::Xlsx),
            _ => None,
        }
    }

    /// Its name, as in options.
    #[must_use]
    pub fn name(self) -> &'static str {
        Kind::ALL.iter().find(|(kind, _)| *kind == self).map_or("", |(_, name)| name)
    }

    /// The separator that files of this kind have, where it is always the same.
    pub(crate) fn separator(self) -> Option<u8> {
        match self {
            Kind::Tsv => Some(b'\t'),
            Kind::Semicolon => Some(b';'),
            Kind::Pipe => Some(b'|'),
            Kind::Csv | Kind::JsonLines | Kind::Xlsx => None,
        }
    }
}
