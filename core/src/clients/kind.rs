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

    /// The name of an output of this kind for a list with this name: the same, or with another ending where that would say
    /// something else. `exactly`: the kind was asked for by name. A zip comes out unpacked.
    #[must_use]
    pub fn renamed(self, name: &str, exactly: bool) -> String {
        let base = Compression::of_name(name).map_or(name, |(_, base)| base);
        let packed = &name[base.len()..];
        let ending = base.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
        let says_so = match (&ending, Kind::of(Path::new(base))) {
            (Some(ending), _) if exactly => ending == self.ending(),
            (Some(ending), None) => ending != "zip",
            (_, Some(own)) => own == self || own.is_delimited() && self.is_delimited(),
            (None, None) => !exactly,
        };
        if says_so {
            return name.to_owned();
        }
        let stem = base.rsplit_once('.').map_or(base, |(stem, _)| stem);
        format!("{stem}.{}{packed}", self.ending())
    }

    /// Whether it is text with separators.
    fn is_delimited(self) -> bool {
        matches!(self, Kind::Csv | Kind::Tsv | Kind::Semicolon | Kind::Pipe)
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

    /// A name for the answers to a list that are of this kind, where they have to be found beside it: those to
    /// `clients.csv.gz` are called `clients-answers.csv`.
    ///
    /// ```
    /// # use whoowns_core as whoowns;
    /// use whoowns::clients::Kind;
    ///
    /// assert_eq!(Kind::Tsv.name_of_answers("clients.2026.txt"), "clients.2026-answers.tsv");
    /// assert_eq!(Kind::Xlsx.name_of_answers("clients.xlsm"), "clients-answers.xlsm");
    /// ```
    #[must_use]
    pub fn name_of_answers(self, list: &str) -> String {
        let name = Compression::of_name(list).map_or(list, |(_, name)| name);
        let named = Kind::of(Path::new(name));
        let (stem, own) = match name.rsplit_once('.') {
            Some((stem, own)) if named.is_some() || own.eq_ignore_ascii_case("zip") => (stem, own),
            _ => (name, ""),
        };
        let keeps = named.is_some_and(|named| named.ending() == self.ending());
        format!("{stem}-answers.{}", if keeps { own } else { self.ending() })
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

    /// The kind of a workbook in this format.
    pub(crate) fn of_workbook(format: Format) -> Kind {
        match format {
            Format::Xlsx => Kind::Xlsx,
            Format::Xlsb => Kind::Xlsb,
            Format::Xls => Kind::Xls,
            Format::Ods => Kind::Ods,
        }
    }

    /// Whether it is read, but never written.
    #[must_use]
    pub fn is_only_read(self) -> bool {
        matches!(self, Kind::Xlsb | Kind::Xls | Kind::Ods)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_output_is_named_after_its_list_and_its_kind() {
        for (kind, name, exactly, expected) in [
            (Kind::Csv, "a.csv", false, "a.csv"),
            (Kind::Csv, "a.tsv", false, "a.tsv"),
            (Kind::Csv, "a.b.csv.gz", false, "a.b.csv.gz"),
            (Kind::Csv, "a.zip", false, "a.csv"),
            (Kind::Xlsx, "a.zip", false, "a.xlsx"),
            (Kind::Csv, "a.xls", false, "a.csv"),
            (Kind::Xlsx, "a.xls", false, "a.xlsx"),
            (Kind::Xlsx, "a.xlsm", false, "a.xlsm"),
            (Kind::Csv, "a.dat", false, "a.dat"),
            (Kind::Csv, "a", false, "a"),
            (Kind::Json, "a.jsonl", false, "a.json"),
            (Kind::JsonLines, "a.csv.gz", true, "a.jsonl.gz"),
            (Kind::Tsv, "a.csv", true, "a.tsv"),
            (Kind::Semicolon, "a.csv", true, "a.csv"),
            (Kind::Csv, "a", true, "a.csv"),
        ] {
            assert_eq!(kind.renamed(name, exactly), expected, "{name}");
        }
    }
}
