//! The archive that a workbook is: its parts, and which part belongs to which.

use super::source::Source;
use crate::clients::error::ListError;
use flate2::bufread::DeflateDecoder;
use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};
use std::io::{BufReader, Read};
use zip::{CompressionMethod, ZipArchive};

/// A part smaller than this harms nobody.
const HARMLESS: u64 = 64 << 20;
/// Real sheets shrink to a tenth or a fiftieth.
const MOST_SHRUNK: u64 = 200;
/// Texts are held in memory all at once.
const MOST_TEXTS: u64 = 1 << 30;
/// So are the parts that say what belongs to what.
const MOST_SAID: u64 = 64 << 20;

/// How the type of a workbook with macros ends; that of binary parts, which some programs name in every file, ends otherwise.
const MACROS: &str = "macroEnabled.main+xml";

/// An archive with its parts.
pub(in crate::clients) struct Package {
    pub(super) archive: ZipArchive<BufReader<Source>>,
    source: Source,
}

/// The content of a part, unpacked.
pub(super) type Part = BufReader<Box<dyn Read + Send>>;

impl Package {
    /// Opens an archive.
    ///
    /// # Errors
    /// If it is none, or a part is far larger than what is left of it in the file.
    pub(in crate::clients) fn open(source: &Source) -> Result<Self, ListError> {
        let archive = ZipArchive::new(BufReader::new(source.clone())).map_err(|error| {
            ListError::Damaged(format!(
                "this is no xlsx file and no zip, or it is damaged: {error}; open it in a spreadsheet and save it again"
            ))
        })?;
        let mut package = Package { archive, source: source.clone() };
        package.check()?;
        Ok(package)
    }

    /// Looks at the sizes that the file declares; whoever reads a part holds it to them.
    fn check(&mut self) -> Result<(), ListError> {
        for at in 0..self.archive.len() {
            let part = self.archive.by_index_raw(at).map_err(no_archive)?;
            let name = part.name().map_err(no_archive)?;
            let (size, packed) = (part.size(), part.compressed_size());
            let swollen = size > HARMLESS && size / MOST_SHRUNK > packed;
            if swollen || name.ends_with("sharedStrings.xml") && size > MOST_TEXTS {
                return Err(ListError::Damaged(format!(
                    "`{name}` in this archive would take {} MB, from {} kB: it is not read; if that is right, unpack it and \
                     give the list itself",
                    size >> 20,
                    packed >> 10
                )));
            }
        }
        Ok(())
    }

    /// Whether it is a workbook that may hold macros.
    ///
    /// # Errors
    /// If it is damaged.
    pub(in crate::clients) fn has_macros(&mut self) -> Result<bool, ListError> {
        Ok(self.text("[Content_Types].xml")?.is_some_and(|types| types.contains(MACROS)))
    }

    /// The names of all files in it.
    pub(in crate::clients) fn names(&self) -> Vec<String> {
        let names = (0..self.archive.len()).filter_map(|at| self.archive.name_for_index(at));
        names.flatten().map(std::borrow::Cow::into_owned).collect()
    }

    /// What a file in it holds.
    pub(in crate::clients) fn content(&mut self, name: &str) -> Result<Box<dyn Read + Send>, ListError> {
        let at = self.find(name).ok_or_else(|| damaged(format!("there is no `{name}` in it")))?;
        if self.archive.by_index_raw(at).map_err(no_archive)?.encrypted() {
            return Err(ListError::Damaged(format!(
                "`{name}` in this zip has a password; unpack it and give the list itself"
            )));
        }
        Ok(Box::new(self.part(at)?))
    }

    /// The place of a part among the parts. Names differ in case and slashes between writers.
    pub(super) fn find(&mut self, name: &str) -> Option<usize> {
        let name = name.trim_start_matches('/');
        self.archive.index_for_name(name).or_else(|| {
            (0..self.archive.len()).find(|at| {
                let known = self.archive.name_for_index(*at).and_then(Result::ok);
                known.is_some_and(|known| known.replace('\\', "/").eq_ignore_ascii_case(name))
            })
        })
    }

    /// A part's content, read independently of the archive.
    pub(super) fn part(&mut self, at: usize) -> Result<Part, ListError> {
        let file = self.archive.by_index_raw(at).map_err(no_archive)?;
        let start = file.data_start().ok_or_else(|| damaged("a part has no content"))?;
        let packed = BufReader::new(self.source.from(start)).take(file.compressed_size());
        let content: Box<dyn Read + Send> = match file.compression() {
            CompressionMethod::Stored => Box::new(packed),
            CompressionMethod::Deflated => Box::new(DeflateDecoder::new(packed).take(file.size())),
            other => return Err(damaged(format!("a part is packed with {other}, which no workbook is"))),
        };
        Ok(BufReader::with_capacity(1 << 16, content))
    }

    /// The whole text of a part that says what belongs to what, if there is such a part.
    pub(in crate::clients) fn text(&mut self, name: &str) -> Result<Option<String>, ListError> {
        let Some(at) = self.find(name) else { return Ok(None) };
        let mut text = String::new();
        let mut part = self.archive.by_index(at).map_err(no_archive)?.take(MOST_SAID);
        part.read_to_string(&mut text).map_err(|error| damaged(format!("`{name}`: {error}")))?;
        Ok(Some(text))
    }

    /// What a part refers to.
    pub(super) fn relations(&mut self, part: &str) -> Result<Vec<Relation>, ListError> {
        let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
        let separator = if folder.is_empty() { "" } else { "/" };
        let Some(text) = self.text(&format!("{folder}{separator}_rels/{file}.rels"))? else {
            return Ok(Vec::new());
        };
        let mut relations = Vec::new();
        elements(&text, |element| {
            if element.local_name().as_ref() == "Relationship"
                && let (Some(id), Some(kind), Some(target)) =
                    (attribute(element, "Id"), attribute(element, "Type"), attribute(element, "Target"))
            {
                relations.push(Relation { id, kind, target: resolved(folder, &target) });
            }
        })?;
        Ok(relations)
    }
}

/// A reference from one part to another.
#[derive(Debug)]
pub(super) struct Relation {
    pub(super) id: String,
    /// An address whose last piece says what the other part is.
    kind: String,
    /// The name of the other part.
    pub(super) target: String,
}

impl Relation {
    /// Whether the other part is one of these: `table`, `styles`, ….
    pub(super) fn is(&self, kind: &str) -> bool {
        self.kind.rsplit('/').next() == Some(kind)
    }
}

/// The name of the part that a reference from a folder leads to.
fn resolved(folder: &str, target: &str) -> String {
    let target = target.replace('\\', "/");
    if let Some(absolute) = target.strip_prefix('/') {
        return absolute.to_owned();
    }
    let mut pieces: Vec<&str> = folder.split('/').filter(|piece| !piece.is_empty()).collect();
    for piece in target.split('/') {
        match piece {
            ".." => drop(pieces.pop()),
            "." | "" => {}
            piece => pieces.push(piece),
        }
    }
    pieces.join("/")
}

/// Goes through the elements of a text.
pub(super) fn elements(text: &str, mut each: impl FnMut(&BytesStart)) -> Result<(), ListError> {
    let mut reader = quick_xml::Reader::from_str(text);
    loop {
        match reader.read_event().map_err(bad_xml)? {
            Event::Start(element) | Event::Empty(element) => each(&element),
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

/// The value of an attribute, by its name without a prefix.
pub(super) fn attribute(element: &BytesStart, name: &str) -> Option<String> {
    let found = element.attributes().flatten().find(|own| own.key.local_name().as_ref() == name)?;
    Some(found.normalized_value(XmlVersion::Implicit1_0).ok()?.into_owned())
}

pub(super) fn damaged(what: impl std::fmt::Display) -> ListError {
    ListError::Damaged(format!(
        "this workbook is damaged: {what}; open it in a spreadsheet and save it again"
    ))
}

/// That a workbook has a password.
pub(super) fn locked() -> ListError {
    ListError::Damaged(
        "this workbook has a password; open it in a spreadsheet and save it without one (or as csv)".into(),
    )
}

pub(super) fn bad_xml(error: quick_xml::Error) -> ListError {
    damaged(error)
}

pub(super) fn no_archive(error: zip::result::ZipError) -> ListError {
    damaged(error)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_resolved_against_their_folder() {
        assert_eq!(resolved("xl/worksheets", "../tables/table1.xml"), "xl/tables/table1.xml");
        assert_eq!(resolved("xl", "/xl/styles.xml"), "xl/styles.xml");
        assert_eq!(resolved("xl", "worksheets/sheet1.xml"), "xl/worksheets/sheet1.xml");
        assert_eq!(resolved("", "xl\\workbook.xml"), "xl/workbook.xml");
        assert_eq!(resolved("a", "../../../b"), "b");
    }
}
