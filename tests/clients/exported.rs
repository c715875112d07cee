//! Real lists, each exported in many ways, give the same answers.

use std::io::Write;
use std::path::{Path, PathBuf};

use crate::lists::run_with;
use rust_xlsxwriter::Workbook;
use whoowns::Ruleset;
use whoowns::clients::{Input, Kind, Options};

type Table = Vec<Vec<String>>;

/// A list as the csv crate reads it.
fn table(path: &Path) -> Table {
    let bytes = std::fs::read(path).unwrap();
    let units = |bytes: &[u8]| -> Vec<u16> {
        bytes.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect()
    };
    let text = match bytes.strip_prefix(b"\xff\xfe") {
        Some(rest) => String::from_utf16(&units(rest)).unwrap(),
        None => String::from_utf8(bytes).unwrap(),
    };
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    reader.records().map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect()
}

fn delimited(table: &Table, separator: u8, line_end: &str) -> String {
    let terminator = match line_end {
        "\r\n" => csv::Terminator::CRLF,
        other => csv::Terminator::Any(other.as_bytes()[0]),
    };
    let mut writer =
        csv::WriterBuilder::new().delimiter(separator).terminator(terminator).from_writer(Vec::new());
    table.iter().for_each(|row| writer.write_record(row).unwrap());
    String::from_utf8(writer.into_inner().unwrap()).unwrap()
}

fn json_lines(table: &Table) -> String {
    let object = |row: &Vec<String>| {
        let entries = table[0].iter().zip(row).map(|(title, cell)| (title.clone(), cell.clone().into()));
        serde_json::Value::Object(entries.collect()).to_string() + "\n"
    };
    table[1..].iter().map(object).collect()
}

fn json_array(table: &Table) -> String {
    format!("[{}]", json_lines(table).trim_end().replace("}\n{", "},\n{"))
}

fn gzip(text: &str) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(text.as_bytes()).unwrap();
    encoder.finish().unwrap()
}

fn workbook(table: &Table) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (row, cells) in table.iter().enumerate() {
        for (column, cell) in cells.iter().enumerate() {
            sheet.write_string(row as u32, column as u16, cell).unwrap();
        }
    }
    book.save_to_buffer().unwrap()
}

/// A list in many ways: what it is called, the kind that has to be told, and its bytes.
fn exports(table: &Table) -> Vec<(&'static str, Option<Kind>, Vec<u8>)> {
    let plain = delimited(table, b',', "\n");
    let little: Vec<u8> = plain.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let big: Vec<u8> = plain.encode_utf16().flat_map(u16::to_be_bytes).collect();
    vec![
        ("semicolons", None, delimited(table, b';', "\n").into()),
        ("tabs", None, delimited(table, b'\t', "\r\n").into()),
        ("upright bars", None, delimited(table, b'|', "\n").into()),
        ("UTF-16LE without a mark", None, little.clone()),
        ("UTF-16LE", None, [vec![0xff, 0xfe], little].concat()),
        ("UTF-16BE", None, [vec![0xfe, 0xff], big].concat()),
        ("UTF-8 with a mark", None, format!("\u{feff}{plain}").into()),
        ("carriage returns", None, delimited(table, b',', "\r").into()),
        ("lines before the header", None, format!("Our clients\n\n# as of May, 2024\n{plain}").into()),
        ("sep=", None, format!("sep=;\r\n{}", delimited(table, b';', "\r\n")).into()),
        ("JSON lines", Some(Kind::JsonLines), json_lines(table).into()),
        ("JSON", None, json_array(table).into()),
        ("gz", None, gzip(&plain)),
        ("xlsx", None, workbook(table)),
    ]
}

/// The answers of a list, row by row.
fn answers(name: &str, kind: Option<Kind>, bytes: Vec<u8>) -> Table {
    let options =
        Options { input_kind: kind, output_kind: Some(Kind::Csv), plain: true, ..Options::default() };
    let input = Input::Stream(Box::new(std::io::Cursor::new(bytes)));
    let ran = match run_with(&Ruleset::embedded().unwrap(), input, &options) {
        Ok(ran) => ran,
        Err(error) => panic!("{name}: {error}"),
    };
    assert_eq!(ran.rejected(), "", "{name}");
    let mut reader = csv::ReaderBuilder::new().from_reader(&ran.answers[..]);
    let own: Vec<usize> = {
        let titles = reader.headers().unwrap();
        (0..titles.len()).filter(|column| titles[*column].starts_with("lms_")).collect()
    };
    let row = |record: csv::StringRecord| own.iter().map(|column| record[*column].to_owned()).collect();
    reader.records().map(|record| row(record.unwrap())).collect()
}

fn same_answers(folder: &Path) -> usize {
    let mut lists = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|ending| ending != "csv") {
            continue;
        }
        lists += 1;
        let table = table(&path);
        let expected = answers("as it is", None, std::fs::read(&path).unwrap());
        assert_eq!(expected.len(), table.len() - 1, "{}", path.display());
        for (name, kind, bytes) in exports(&table) {
            let name = format!("{}, {name}", path.display());
            let there = answers(&name, kind, bytes);
            assert_eq!(there.len(), expected.len(), "{name}");
            for (at, (there, expected)) in there.iter().zip(&expected).enumerate() {
                assert_eq!(there, expected, "{name}, row {at}: {:?}", table[at + 1]);
            }
        }
    }
    lists
}

#[test]
fn excerpts_of_real_lists_give_the_same_answers_however_they_are_exported() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/data/lists");
    assert_eq!(same_answers(&folder), 6);
}

#[test]
fn whole_lists_give_the_same_answers_however_they_are_exported() {
    let own = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    match own.ancestors().map(|folder| folder.join("shared/data")).find(|folder| folder.is_dir()) {
        Some(folder) => assert_eq!(same_answers(&folder), 6),
        // Written past the capture of the tests, so that it is read.
        None => writeln!(std::io::stderr(), "skipped 6 of 6 whole lists: there is no shared/data").unwrap(),
    }
}
