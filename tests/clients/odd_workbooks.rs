//! Workbooks that are rarely seen, or damaged: read whole, or refused before they take memory.

use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};

use whoowns::clients::{Kind, Options};

use crate::lists::{statuses, try_list};

fn fixture(name: &str) -> Vec<u8> {
    std::fs::read(format!("{}/tests/data/workbooks/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

fn parts(book: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(book)).unwrap();
    (0..archive.len())
        .map(|at| {
            let mut part = archive.by_index(at).unwrap();
            let mut bytes = Vec::new();
            part.read_to_end(&mut bytes).unwrap();
            (part.name().unwrap().into_owned(), bytes)
        })
        .collect()
}

fn packed(parts: &BTreeMap<String, Vec<u8>>) -> Vec<u8> {
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        out.start_file(&**name, zip::write::SimpleFileOptions::default()).unwrap();
        out.write_all(bytes).unwrap();
    }
    out.finish().unwrap().into_inner()
}

#[test]
fn one_cell_far_off_takes_no_memory() {
    for name in ["far.xls", "far.ods"] {
        let said = try_list(fixture(name), &statuses()).map(|_| ()).unwrap_err().to_string();
        assert!(said.contains("reach over 16777216 cells, of which 15 hold something"), "{name}: {said}");
        assert!(said.contains("delete what stands far right"), "{name}: {said}");
    }
}

#[test]
fn binary_and_other_parts_say_the_same() {
    let columns = "status,headcount_min,headcount_max".split(',').map(str::to_owned).collect();
    let options =
        Options { columns: Some(columns), output_kind: Some(Kind::Csv), plain: true, ..Options::default() };
    let ran = try_list(fixture("sheetjs.xlsx"), &options).unwrap();
    assert_eq!(
        ran.text(),
        "Company,Employees,HR team,Since,Twice,lms_status,lms_headcount_min,lms_headcount_max\n\
         Acme GmbH,300,true,2020-02-29,600,presumed,300,300\n\
         Beta & Co,\"1,001-5,000\",false,,#REF!,open,1001,5000\n\
         Γάμμα,720.5,yes,,,presumed,721,721\n\
         Delta,\"10,001+\",,,,presumed,10001,\n"
    );
    assert_eq!(try_list(fixture("sheetjs.xlsb"), &options).unwrap().text(), ran.text());
    // No macros are in it, so it is written as what it is called.
    let folder = tempfile::tempdir().unwrap();
    let done = std::process::Command::new(env!("CARGO_BIN_EXE_whoowns"))
        .args(["batch", "--quiet", "-o"])
        .arg(folder.path().join("answers.xlsx"))
        .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/workbooks/sheetjs.xlsx"))
        .output()
        .unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
}

#[test]
fn a_pivot_table_is_kept_as_it_is() {
    let book = fixture("pivot.xlsx");
    let ran = try_list(book.clone(), &statuses()).unwrap();
    let (before, after) = (parts(&book), parts(&ran.answers));
    assert!(before.keys().any(|name| name.contains("pivotCacheRecords")));
    assert_eq!(before.keys().collect::<Vec<_>>(), after.keys().collect::<Vec<_>>());
    let changed: Vec<_> = before.keys().filter(|name| before[*name] != after[*name]).collect();
    assert_eq!(changed, ["xl/styles.xml", "xl/worksheets/sheet2.xml"]);
}

#[test]
fn statuses_are_coloured_where_the_workbook_has_no_styles() {
    let mut bare = parts(&fixture("pivot.xlsx"));
    bare.remove("xl/styles.xml");
    for (name, from) in [
        ("[Content_Types].xml", "PartName=\"/xl/styles.xml\""),
        ("xl/_rels/workbook.xml.rels", "Target=\"styles.xml\""),
    ] {
        let text = String::from_utf8(bare[name].clone()).unwrap();
        let at = text.find(from).unwrap();
        let (start, end) = (text[..at].rfind('<').unwrap(), at + text[at..].find('>').unwrap() + 1);
        bare.insert(name.to_owned(), [&text[..start], &text[end..]].concat().into_bytes());
    }
    // Without styles no cell has one.
    for name in ["xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"] {
        let text = String::from_utf8(bare[name].clone()).unwrap();
        let pieces: Vec<&str> = text.split(" s=\"").collect();
        let rest = pieces[1..].iter().map(|piece| piece.split_once('"').unwrap().1);
        bare.insert(name.to_owned(), std::iter::once(pieces[0]).chain(rest).collect::<String>().into_bytes());
    }
    let book = packed(&bare);
    let ran = try_list(book, &statuses()).unwrap();
    let mut after = parts(&ran.answers);
    let text = |name: &str| String::from_utf8(after[name].clone()).unwrap();
    assert!(text("xl/styles.xml").contains("<cellXfs count=\"6\""), "{}", text("xl/styles.xml"));
    assert_eq!(text("[Content_Types].xml").matches("PartName=\"/xl/styles.xml\"").count(), 1);
    assert!(text("xl/_rels/workbook.xml.rels").contains("/relationships/styles\" Target=\"styles.xml\""));
    assert!(text("xl/worksheets/sheet2.xml").contains(" s=\"2\""), "{}", text("xl/worksheets/sheet2.xml"));
    after.remove("xl/styles.xml");
    let changed: Vec<_> = bare.keys().filter(|name| bare[*name] != after[*name]).collect();
    assert_eq!(changed, ["[Content_Types].xml", "xl/_rels/workbook.xml.rels", "xl/worksheets/sheet2.xml"]);
}

#[test]
fn what_is_damaged_is_refused_or_answered_and_never_more() {
    let mut state = 1_u64;
    for name in ["clients.xls", "clients.ods", "sheetjs.xlsb"] {
        let book = fixture(name);
        for _ in 0..60 {
            let mut bytes = book.clone();
            for _ in 0..3 {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                let at = (state >> 33) as usize % bytes.len();
                bytes[at] ^= 1 << (state >> 20 & 7);
            }
            if let Err(error) = try_list(bytes, &statuses()) {
                assert!(!error.to_string().is_empty());
            }
        }
    }
}
