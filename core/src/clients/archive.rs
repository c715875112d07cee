//! What is in a zip: a workbook, or files of which one is the list.

use super::error::ListError;
use super::kind::Kind;
use super::workbook::{Format, Package, Source};
use std::io::Read;
use std::path::Path;

/// What an archive is.
pub(crate) enum Archived {
    /// A workbook.
    Workbook(Format),
    /// Files, one of which is a list: its name, and what it holds.
    List(String, Box<dyn Read + Send>),
}

/// How many names a message lists.
const NAMED: usize = 5;

/// Looks into an archive.
///
/// # Errors
/// If it is damaged, or holds no list, or more than one.
pub(crate) fn archived(source: &Source) -> Result<Archived, ListError> {
    let mut package = Package::open(source)?;
    if let Some(types) = package.text("[Content_Types].xml")? {
        return office(&types, &package.names()).map(Archived::Workbook);
    }
    if let Some(kind) = package.text("mimetype")?.filter(|kind| kind.contains("opendocument")) {
        return match kind.contains("opendocument.spreadsheet") {
            true => Ok(Archived::Workbook(Format::Ods)),
            false => Err(document("an OpenDocument file, but no workbook")),
        };
    }
    if package.names().iter().any(|name| name.ends_with(".iwa")) {
        return Err(ListError::Damaged(
            "this is a file of Apple's Numbers or Pages; export it there as xlsx or csv".into(),
        ));
    }
    let name = only_list(package.names())?;
    let content = package.content(&name)?;
    Ok(Archived::List(name, content))
}

/// The workbook that an office file is, by the types of its parts. Some programs name the type of binary parts in every
/// file, so what counts is whether there is one.
fn office(types: &str, names: &[String]) -> Result<Format, ListError> {
    let is_binary = |name: &String| name.to_ascii_lowercase().ends_with("workbook.bin");
    if types.contains("sheet.binary") && names.iter().any(is_binary) {
        Ok(Format::Xlsb)
    } else if types.contains("spreadsheetml") || types.contains("ms-excel") {
        Ok(Format::Xlsx)
    } else if types.contains("wordprocessingml") {
        Err(document("a Word document"))
    } else if types.contains("presentationml") {
        Err(document("a presentation"))
    } else {
        Err(document("an office file, but no workbook"))
    }
}

fn document(what: &str) -> ListError {
    ListError::Damaged(format!(
        "this is {what}; copy its table into a spreadsheet and save it as xlsx or csv"
    ))
}

/// The one file that is a list.
fn only_list(names: Vec<String>) -> Result<String, ListError> {
    let names: Vec<String> = names.into_iter().filter(|name| !is_beside(name)).collect();
    let listed = |names: &[String]| {
        let some: Vec<String> = names.iter().take(NAMED).map(|name| format!("`{name}`")).collect();
        let more = names.len().saturating_sub(NAMED);
        some.join(", ") + &if more > 0 { format!(" and {more} more") } else { String::new() }
    };
    let is_text = |name: &&String| name.to_ascii_lowercase().ends_with(".txt");
    let lists: Vec<String> =
        names.iter().filter(|name| Kind::of(Path::new(name)).is_some()).cloned().collect();
    // A text beside a list tells about it.
    let (texts, others): (Vec<String>, Vec<String>) = lists.into_iter().partition(|name| is_text(&name));
    let lists = if others.is_empty() { texts } else { others };
    match (&lists[..], &names[..]) {
        ([one], _) | ([], [one]) => Ok(one.clone()),
        ([], []) => Err(ListError::Damaged("there is nothing in this zip; put the list into it".into())),
        ([], _) => Err(ListError::Damaged(format!(
            "there is no list in this zip, which holds {}; unpack it and give the list itself",
            listed(&names)
        ))),
        _ => Err(ListError::Damaged(format!(
            "there are {} lists in this zip: {}; unpack it and give the one that is meant, or all of them with `--output-dir`",
            lists.len(),
            listed(&lists)
        ))),
    }
}

/// Whether a file only stands beside those that somebody put into the zip.
fn is_beside(name: &str) -> bool {
    let last = name.rsplit(['/', '\\']).next().unwrap_or(name);
    name.ends_with(['/', '\\'])
        || name.starts_with("__MACOSX/")
        || last.starts_with('.')
        || matches!(last, "Thumbs.db" | "desktop.ini")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{Cursor, Write};
    use zip::write::{SimpleFileOptions, ZipWriter};

    fn zipped(files: &[(&str, &[u8])]) -> Source {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in files {
            zip.start_file(*name, SimpleFileOptions::default()).unwrap();
            zip.write_all(content).unwrap();
        }
        Source::new(zip.finish().unwrap()).unwrap()
    }

    fn found(files: &[(&str, &[u8])]) -> Result<String, String> {
        match archived(&zipped(files)).map_err(|error| error.to_string())? {
            Archived::Workbook(format) => Ok(format!("{format:?}")),
            Archived::List(name, mut content) => {
                let mut text = String::new();
                content.read_to_string(&mut text).unwrap();
                Ok(format!("{name}: {text}"))
            }
        }
    }

    #[test]
    fn the_one_list_is_found() {
        let list = ("lists/clients.csv", &b"a,b\n"[..]);
        let expected = Ok("lists/clients.csv: a,b\n".to_owned());
        assert_eq!(found(&[list]), expected);
        assert_eq!(
            found(&[
                ("lists/", b""),
                ("README.txt", b"x"),
                list,
                ("__MACOSX/lists/._clients.csv", b"x"),
                (".DS_Store", b"")
            ]),
            expected
        );
        assert_eq!(found(&[("export", b"a;b\n")]), Ok("export: a;b\n".into()));
        assert_eq!(found(&[("[Content_Types].xml", b"spreadsheetml.sheet.main+xml")]), Ok("Xlsx".into()));
        assert_eq!(
            found(&[("mimetype", b"application/vnd.oasis.opendocument.spreadsheet")]),
            Ok("Ods".into())
        );
    }

    #[test]
    fn what_is_no_list_is_said() {
        let bomb = vec![b' '; 70 << 20];
        for (files, reason) in [
            (
                &[("a.csv", &b"x"[..]), ("b.xlsx", b"x")][..],
                "there are 2 lists in this zip: `a.csv`, `b.xlsx`",
            ),
            (
                &[("a.pdf", b"x"), ("b.png", b"x")],
                "there is no list in this zip, which holds `a.pdf`, `b.png`",
            ),
            (&[], "there is nothing in this zip"),
            (&[("a/", b"")], "there is nothing in this zip"),
            (&[("a.csv", &bomb)], "`a.csv` in this archive would take 70 MB"),
            (&[("[Content_Types].xml", b"wordprocessingml")], "this is a Word document"),
            (
                &[("mimetype", b"application/vnd.oasis.opendocument.text")],
                "this is an OpenDocument file, but no workbook",
            ),
        ] {
            let error = found(files).unwrap_err();
            assert!(error.starts_with(reason) && error.contains("; "), "{error}");
        }
    }
}
