//! What a file is, by its first bytes: kinds of lists, and what is none.

use super::compression::Compression;
use super::encoding::Encoding;
use super::error::ListError;
use std::io::{Cursor, Read};

/// How much of a file tells what it is.
pub(crate) const TELLING: usize = 4096;

/// What a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Content {
    /// Packed; what it is has to be looked at again.
    Packed(Compression),
    /// An archive: a workbook, or files in a zip.
    Zip,
    /// A container of older office programs, for workbooks among others.
    Compound,
    /// A JSON array.
    Array,
    /// JSON objects, one a line.
    Objects,
    /// Some other text.
    Text,
}

/// What can be done where a spreadsheet reads more than we do.
const SAVE_AGAIN: &str = "open it in a spreadsheet and save it as xlsx or csv";

/// What is no list, by what it begins with, and how a list is made of it.
const REFUSED: [(&[u8], &str, &str); 28] = [
    (
        b"PAR1",
        "a Parquet file",
        "export it as csv, for instance with DuckDB: COPY (FROM 'list.parquet') TO 'list.csv'",
    ),
    (b"ARROW1", "an Arrow file", "export it as csv"),
    (b"FEA1", "a Feather file", "export it as csv"),
    (b"ORC\x08", "an ORC file", "export it as csv"),
    (b"ORC\x0a", "an ORC file", "export it as csv"),
    (b"Obj\x01", "an Avro file", "export it as csv or JSON lines"),
    (
        b"SQLite format 3\0",
        "an SQLite database",
        "export the table as csv: sqlite3 -header -csv FILE \"select * from TABLE\"",
    ),
    (b"\x89HDF", "an HDF5 file", "export it as csv"),
    (b"%PDF", "a PDF", "copy its table into a spreadsheet and save it as xlsx or csv"),
    (b"{\\rtf", "an RTF document", "copy its table into a spreadsheet and save it as xlsx or csv"),
    (b"\x89PNG", "a picture", "a list is csv, JSON or a workbook"),
    (b"\xff\xd8\xff", "a picture", "a list is csv, JSON or a workbook"),
    (b"GIF8", "a picture", "a list is csv, JSON or a workbook"),
    (b"BZh", "packed with bzip2", "unpack it first: bunzip2 FILE"),
    (b"\xfd7zXZ\0", "packed with xz", "unpack it first: unxz FILE"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", "unpack it first"),
    (b"Rar!", "a RAR archive", "unpack it first"),
    (b"\x04\x22\x4d\x18", "packed with lz4", "unpack it first: unlz4 FILE"),
    (b"\x7fELF", "a program", "a list is csv, JSON or a workbook"),
    (b"MZ\x90", "a program", "a list is csv, JSON or a workbook"),
    (b"ID;P", "a SYLK file", SAVE_AGAIN),
    (b"TABLE\n0,1\n", "a DIF file", SAVE_AGAIN),
    (b"TABLE\r\n0,1\r\n", "a DIF file", SAVE_AGAIN),
    (b"\x09\x00\x04\x00", "a workbook of Excel 2", SAVE_AGAIN),
    (b"\x09\x02\x06\x00", "a workbook of Excel 3", SAVE_AGAIN),
    (b"\x09\x04\x06\x00", "a workbook of Excel 4", SAVE_AGAIN),
    (b"PK\x05\x06", "an empty zip", "put the list into it"),
    (b"\x80\x02}", "a pickle of Python", "export it as csv: DataFrame.to_csv"),
];

/// Beginnings of web pages.
const PAGES: [&str; 10] = [
    "<!doctype html",
    "<html",
    "<head",
    "<body",
    "<table",
    "<div",
    "<meta",
    "<style",
    "<script",
    "mime-version:",
];

/// What is no list though it is text, by what it begins with in small letters, and how a list is made of it.
const TEXTS: [(&str, &str, &str); 9] = [
    ("begin:vcard", "a vCard file", "import it into an address book or a spreadsheet, and export it as csv"),
    ("begin:vcalendar", "a calendar", "a list is csv, JSON or a workbook"),
    ("%!ps", "a PostScript file", "copy its table into a spreadsheet and save it as xlsx or csv"),
    ("-- mysql dump", "a dump of a database", FROM_DATABASE),
    ("-- mariadb dump", "a dump of a database", FROM_DATABASE),
    ("/*!", "a dump of a database", FROM_DATABASE),
    ("/*m!", "a dump of a database", FROM_DATABASE),
    ("--\n-- postgresql database dump", "a dump of a database", FROM_DATABASE),
    ("pragma foreign_keys", "a dump of a database", FROM_DATABASE),
];

/// What can be done where the list is in a database.
const FROM_DATABASE: &str = "load it into a database and export the table as csv";

/// What a file that begins so is.
///
/// # Errors
/// If it is no list: what it is, and what to do.
pub(crate) fn content(beginning: &[u8]) -> Result<Content, ListError> {
    if let Some(compression) = Compression::of_content(beginning) {
        return Ok(Content::Packed(compression));
    }
    match beginning {
        [b'P', b'K', 3, 4, ..] => return Ok(Content::Zip),
        [0xd0, 0xcf, 0x11, 0xe0, ..] => return Ok(Content::Compound),
        _ => {}
    }
    if let Some((_, what, advice)) = REFUSED.iter().find(|(begins, ..)| beginning.starts_with(begins)) {
        return Err(refused(what, advice));
    }
    let beginning = &beginning[..beginning.len().min(TELLING)];
    if beginning.get(TAR.0..).is_some_and(|rest| rest.starts_with(TAR.1)) {
        return Err(refused("a tar archive", "unpack it first: tar -xf FILE"));
    }
    if is_utf32(beginning) {
        return Err(refused(
            "a text in UTF-32",
            "save it as UTF-8, for instance with: iconv -f UTF-32 -t UTF-8 FILE",
        ));
    }
    let letters = letters(beginning);
    let text = letters.trim_ascii_start();
    let lower = String::from_utf8_lossy(&text[..text.len().min(1024)]).to_lowercase();
    let lower = without_remarks(&lower);
    if lower.starts_with("<?xml") && lower.contains("spreadsheet") {
        return Err(refused("an XML spreadsheet", SAVE_AGAIN));
    }
    let is_page = PAGES.iter().any(|page| lower.starts_with(page))
        || lower.starts_with("<?xml") && lower.contains("<html");
    if is_page {
        return Err(refused("a web page, whatever its name says", SAVE_AGAIN));
    }
    if lower.starts_with("<?xml") || lower.starts_with("<!doctype") {
        return Err(refused("an XML file", "export the list as csv, JSON or xlsx"));
    }
    if let Some((_, what, advice)) = TEXTS.iter().find(|(begins, ..)| lower.starts_with(begins)) {
        return Err(refused(what, advice));
    }
    if is_script(lower) {
        return Err(refused("a script of a database", FROM_DATABASE));
    }
    // A text has hardly any of the signs that nobody sees.
    let unseen =
        letters.iter().filter(|byte| matches!(byte, 1..=8 | 0x0e..=0x19 | 0x1c..=0x1f | 0x7f)).count();
    if unseen * 20 > letters.len() {
        return Err(refused("no text", "a list is csv, JSON or a workbook"));
    }
    Ok(match text {
        [b'[', rest @ ..] if matches!(rest.trim_ascii_start().first(), Some(b'{' | b']') | None) => {
            Content::Array
        }
        [b'{', ..] => Content::Objects,
        _ => Content::Text,
    })
}

/// Whether a text begins with what a database is told, and not with a title that has the same words: one name and what is
/// in brackets follow, as in `insert into clients (id, name) values`.
fn is_script(lower: &str) -> bool {
    let named = |after: &str| {
        let (name, _) = after.split_once('(')?;
        let name = name.trim_end();
        Some(name.strip_suffix(" values").unwrap_or(name).split_whitespace().count() == 1)
    };
    let begins = ["create table if not exists ", "create table ", "insert into "];
    lower.starts_with("drop table if exists ")
        || begins.iter().find_map(|begins| lower.strip_prefix(begins)).and_then(named) == Some(true)
}

/// Where a tar archive says that it is one, and how.
const TAR: (usize, &[u8]) = (257, b"ustar");

/// Whether a text has four bytes a letter, the highest of which is empty.
fn is_utf32(beginning: &[u8]) -> bool {
    /// No letter has more in its second highest byte.
    const HIGHEST: u8 = 0x10;
    let (letters, _) = beginning.as_chunks::<4>();
    let all = |first: usize, second: usize| {
        letters.iter().all(|letter| letter[first] == 0 && letter[second] <= HIGHEST)
    };
    letters.len() > 1 && beginning.iter().any(|byte| *byte != 0) && (all(3, 2) || all(0, 1))
}

/// The letters of a text, in UTF-8 or in what is no longer than that, without a mark and without what fills it up.
fn letters(beginning: &[u8]) -> Vec<u8> {
    let (encoding, mark) = Encoding::detect(beginning, None);
    let mut letters = Vec::with_capacity(beginning.len());
    // What is in memory can always be read.
    let _ = encoding.decoding(Cursor::new(beginning[mark..].to_vec())).read_to_end(&mut letters);
    letters.retain(|byte| *byte != 0);
    letters
}

/// A page without the remarks before it, as browsers put them there.
fn without_remarks(page: &str) -> &str {
    let mut rest = page;
    while let Some(remark) = rest.trim_start().strip_prefix("<!--") {
        rest = remark.split_once("-->").map_or("", |(_, rest)| rest);
        if rest.is_empty() {
            return "<html";
        }
    }
    rest.trim_start()
}

fn refused(what: &str, advice: &str) -> ListError {
    ListError::Damaged(format!("this is {what}, not a client list; {advice}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes).collect()
    }

    #[test]
    fn kinds_are_known_by_their_beginning() {
        for (beginning, expected) in [
            (&b"\x1f\x8b\x08"[..], Content::Packed(Compression::Gzip)),
            (b"PK\x03\x04", Content::Zip),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Content::Compound),
            (b" [\n {\"a\": 1}]", Content::Array),
            (b"\xef\xbb\xbf[]", Content::Array),
            (b"\xff\xfe[\0{\0", Content::Array),
            (b"{\"a\": 1}", Content::Objects),
            (b"[Company],[Employees]", Content::Text),
            (b"ORCA Ltd,300", Content::Text),
            (b"Create tables,Employees\n1,300", Content::Text),
            (b"Create table of clients (2026)\nCompany,Employees", Content::Text),
            (b"Insert into CRM: leads\nCompany,Employees (FTE)", Content::Text),
            (b"-- as of today\nCompany,Employees", Content::Text),
            (b"", Content::Text),
            (b"Company,Employees\n<50,x", Content::Text),
            (b"C\0o\0m\0p\0a\0n\0y\0", Content::Text),
            ("Компания;Сотрудники\n".as_bytes(), Content::Text),
            (&utf16("Компания;Employees\nРога;300\n", u16::to_le_bytes), Content::Text),
            (&utf16("\u{feff}Εταιρεία;Employees\nΑ;5\n", u16::to_be_bytes), Content::Text),
            (&utf16("\u{feff}[{\"Компания\": 3}]", u16::to_le_bytes), Content::Array),
        ] {
            assert_eq!(content(beginning).unwrap(), expected, "{beginning:?}");
        }
    }

    #[test]
    fn what_is_no_list_is_refused_with_what_to_do() {
        for (beginning, what) in [
            (&b"PAR1\x15\x04"[..], "a Parquet file"),
            (b"%PDF-1.7\n%\xe2\xe3", "a PDF"),
            (b"\n\n<!DOCTYPE HTML PUBLIC", "a web page"),
            (b"TABLE\r\n0,1\r\n\"EXCEL\"", "a DIF file"),
            (b"\x09\x00\x04\x00\x07\x00", "a workbook of Excel 2"),
            (b"<html xmlns:x=\"urn:schemas-microsoft-com:office:excel\">", "a web page"),
            (b"\xff\xfe<\0t\0a\0b\0l\0e\0>\0", "a web page"),
            (b"<?xml version=\"1.0\"?><?mso-application progid=\"Excel.Sheet\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\">", "an XML spreadsheet"),
            (b"<?xml version=\"1.0\"?><clients/>", "an XML file"),
            (b"SQLite format 3\0", "an SQLite database"),
            (b"-- MySQL dump 10.13  Distrib 8.0.36\n--\n", "a dump of a database"),
            (b"--\n-- PostgreSQL database dump\n--\n\nSET", "a dump of a database"),
            (b"PRAGMA foreign_keys=OFF;\nBEGIN", "a dump of a database"),
            (b"/*!40101 SET NAMES utf8 */;\n", "a dump of a database"),
            (b"/*M!999999\\- enable the sandbox mode */", "a dump of a database"),
            (b"\xef\xbb\xbfINSERT INTO `clients` VALUES (1,'A')", "a script of a database"),
            (b"insert into clients(id, name) values (1, 'A')", "a script of a database"),
            (b"CREATE TABLE IF NOT EXISTS c (\n id int", "a script of a database"),
            (b"DROP TABLE IF EXISTS `c`;", "a script of a database"),
            (b"BEGIN:VCARD\r\nVERSION:3.0", "a vCard file"),
            (b"\x01\x02\x03\x04\x05\x10\x80\x90", "no text"),
            (b"<!-- saved from url=(0014)about:internet -->\n<HTML><table>", "a web page"),
            (b"\xff\xfe\0\0A\0\0\0,\0\0\0", "a text in UTF-32"),
            (b"\0\0\0A\0\0\0,\0\0\0B", "a text in UTF-32"),
            (&[&b"a.csv"[..], &[0; 252], b"ustar\x0000"].concat(), "a tar archive"),
        ] {
            let error = content(beginning).unwrap_err().to_string();
            assert!(error.starts_with(&format!("this is {what}")) && error.contains("; "), "{error}");
        }
    }
}
