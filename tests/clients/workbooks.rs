//! Workbooks of other programs: kept whole with answers beside the list, and read.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use calamine::{Data, Reader, Xlsx};
use whoowns::clients::{Kind, Options};

use crate::lists::{Ran, names, statuses, try_list};

fn fixture(name: &str) -> Vec<u8> {
    std::fs::read(format!("{}/tests/data/workbooks/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

/// The parts of a workbook, by their names.
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

/// The parts that a run has changed.
fn changed(before: &[u8], after: &[u8]) -> Vec<String> {
    let (before, after) = (parts(before), parts(after));
    assert_eq!(before.keys().collect::<Vec<_>>(), after.keys().collect::<Vec<_>>());
    before.iter().filter(|(name, bytes)| after[*name] != **bytes).map(|(name, _)| name.clone()).collect()
}

fn part(book: &[u8], name: &str) -> String {
    String::from_utf8(parts(book).remove(name).unwrap()).unwrap()
}

/// The cells of a column below a row, as texts.
fn column(book: &[u8], sheet: &str, row: u32, column: u32) -> Vec<String> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(book.to_vec())).unwrap();
    let range = book.worksheet_range(sheet).unwrap();
    let last = range.end().unwrap().0;
    (row..=last).map(|row| range.get_value((row, column)).map_or(String::new(), Data::to_string)).collect()
}

fn answered(name: &str, options: &Options) -> (Vec<u8>, Ran) {
    let book = fixture(name);
    let ran = try_list(book.clone(), options).unwrap();
    (book, ran)
}

#[test]
fn everything_that_answers_do_not_touch_stays_as_it_was() {
    let (book, ran) = answered("openpyxl.xlsx", &statuses());
    assert_eq!(changed(&book, &ran.answers), ["xl/styles.xml", "xl/worksheets/sheet2.xml"]);
    let title = column(&ran.answers, "Clients", 3, 4);
    assert_eq!(title[0], "lms_status");
    assert_eq!(
        title[1..7],
        ["presumed", "presumed", "presumed", "presumed", "open", "decided"].map(String::from)
    );
    let (before, after) =
        (part(&book, "xl/worksheets/sheet2.xml"), part(&ran.answers, "xl/worksheets/sheet2.xml"));
    // Without the new cells, the new widths and the new reach, the sheet is what it was.
    let mut stripped = after.replace("A1:E12", "A1:D12");
    while let Some(start) = stripped.find("<c r=\"E") {
        let end = start + stripped[start..].find("</c>").unwrap() + 4;
        stripped.replace_range(start..end, "");
    }
    let width = "<col min=\"5\" max=\"5\" width=\"14\" customWidth=\"1\"/>";
    // An element that is written anew has no space before its end.
    let same = |sheet: &str| sheet.replace(" />", "/>");
    assert_eq!(same(&stripped.replace(width, "")), same(&before));
}

#[test]
fn a_table_that_ends_with_the_header_grows() {
    let (book, ran) = answered("table.xlsx", &statuses());
    assert_eq!(
        changed(&book, &ran.answers),
        ["xl/styles.xml", "xl/tables/table1.xml", "xl/worksheets/sheet1.xml"]
    );
    let table = part(&ran.answers, "xl/tables/table1.xml");
    assert!(table.contains("ref=\"B3:F9\"") && table.contains("name=\"lms_status\""), "{table}");
    assert_eq!(column(&ran.answers, "Accounts", 2, 5)[0], "lms_status");
}

#[test]
fn formulas_keep_their_values_and_answers_never_run() {
    let (book, ran) = answered("xlsxwriter.xlsx", &Options::default());
    assert_eq!(changed(&book, &ran.answers), ["xl/styles.xml", "xl/worksheets/sheet1.xml"]);
    let sheet = part(&ran.answers, "xl/worksheets/sheet1.xml");
    assert!(sheet.contains("<f>IFERROR(B2*2,0)</f><v>600</v>"));
    assert!(!sheet.contains("<f>=") && sheet.matches("<f>").count() == 6);
    // The columns of the answers are shown, though the workbook hides all that is right of the list.
    assert!(
        sheet.contains("<col min=\"5\" max=\"5\" width=") && sheet.contains("<col min=\"12\" max=\"16384\""),
        "{sheet}"
    );
}

#[test]
fn a_row_without_cells_of_the_list_keeps_its_own() {
    // A note right of the list is no broken record: it loses nothing.
    let (_, ran) = answered("table.xlsx", &Options { sheet: Some("#1".into()), ..statuses() });
    assert_eq!((ran.summary.rows, ran.summary.rejects), (6, 0));
}

#[test]
fn dates_are_what_they_were_in_both_date_systems() {
    for name in ["dates.xlsx", "dates-1904.xlsx"] {
        let to = |kind| Options { output_kind: Some(kind), ..statuses() };
        let (_, ran) = answered(name, &to(Kind::Csv));
        assert_eq!(ran.column("Since"), ["2020-02-29"; 6]);
        assert_eq!(ran.column("Ratio"), ["3.333333333333333"; 6]);
        let (_, ran) =
            answered(name, &Options { columns: names("note"), output_kind: Some(Kind::Csv), ..statuses() });
        let bands = ["1-10", "10-25", "1-10", "11-50", "1-10", "11-50"];
        for (note, band) in ran.column("lms_note").iter().zip(bands) {
            assert!(note.contains(&format!("read as {band}:")), "{name}: {note}, not {band}");
        }
        let plain = Options { only_answers: Some("Ratio".into()), ..to(Kind::Xlsx) };
        let (_, ran) = answered(name, &plain);
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(ran.answers)).unwrap();
        assert_eq!(
            book.worksheet_range("Sheet1").unwrap().get_value((1, 0)),
            Some(&Data::Float(3.333_333_333_333_333))
        );
    }
}

#[test]
fn cells_of_other_kinds_are_what_they_were_in_a_new_workbook() {
    let json = "[{\"Employees\": 300, \"Code\": \"42\", \"Ratio\": 3.3333333333333335, \"Long\": 12345678901234567890}]";
    let ran = try_list(json, &Options { output_kind: Some(Kind::Xlsx), ..statuses() }).unwrap();
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(ran.answers)).unwrap();
    let range = book.worksheet_range("Sheet1").unwrap();
    let row: Vec<Data> = range.rows().nth(1).unwrap().to_vec();
    let text = |text: &str| Data::String(text.to_owned());
    assert_eq!(
        row[..4],
        [Data::Float(300.0), text("42"), Data::Float(10.0 / 3.0), text("12345678901234567890")]
    );
}

#[test]
fn the_sheet_with_a_header_is_found() {
    for name in ["openpyxl.xlsx", "clients.ods", "clients.xls"] {
        let (_, ran) = answered(name, &Options { output_kind: Some(Kind::Csv), ..statuses() });
        assert_eq!(ran.column("Company")[..2], ["Acme GmbH", "Beta & Co"], "{name}");
        assert_eq!(ran.column("lms_status")[..2], ["presumed", "presumed"], "{name}");
    }
    let old = Options { sheet: Some("#3".into()), output_kind: Some(Kind::Csv), ..statuses() };
    assert_eq!(
        answered("openpyxl.xlsx", &old).1.text(),
        "Company,Employees,lms_status\nGone Inc,12,presumed\n"
    );
}

#[test]
fn kinds_that_are_only_read_become_csv() {
    let (_, ran) = answered("clients.ods", &statuses());
    assert!(ran.text().starts_with("Company,Employees,HR team,L&D team,lms_status\n"));
    let error = try_list(fixture("clients.xls"), &Options { output_kind: Some(Kind::Xls), ..statuses() });
    assert_eq!(
        error.map(|_| ()).unwrap_err().to_string(),
        "xls is read, but not written; write xlsx or csv instead"
    );
}

#[test]
fn a_workbook_with_a_password_is_refused() {
    let error = try_list(fixture("password.xlsx"), &statuses()).map(|_| ()).unwrap_err().to_string();
    assert!(error.starts_with("this workbook has a password; "), "{error}");
}

#[test]
fn what_is_damaged_is_refused_or_answered_and_never_more() {
    let book = fixture("table.xlsx");
    let mut state = 1_u64;
    for _ in 0..300 {
        let mut bytes = book.clone();
        for _ in 0..3 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let at = (state >> 33) as usize % bytes.len();
            bytes[at] ^= 1 << (state % 8);
        }
        if let Err(error) = try_list(bytes, &statuses()) {
            assert!(!error.to_string().is_empty());
        }
    }
}

#[test]
fn a_workbook_with_macros_keeps_its_ending() {
    let folder = tempfile::tempdir().unwrap();
    // The types of its parts tell a workbook with macros.
    let book = fixture("openpyxl.xlsx");
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts(&book) {
        out.start_file(&*name, zip::write::SimpleFileOptions::default()).unwrap();
        let text = String::from_utf8(bytes.clone());
        let bytes = match text {
            Ok(text) if name == "[Content_Types].xml" => text
                .replace(
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
                    "application/vnd.ms-excel.sheet.macroEnabled.main+xml",
                )
                .into_bytes(),
            _ => bytes,
        };
        std::io::Write::write_all(&mut out, &bytes).unwrap();
    }
    std::fs::write(folder.path().join("clients.xlsm"), out.finish().unwrap().into_inner()).unwrap();
    let run = |output: &str| {
        let done = std::process::Command::new(env!("CARGO_BIN_EXE_whoowns"))
            .args(["batch", "clients.xlsm", "--quiet", "-o", output])
            .current_dir(folder.path())
            .output()
            .unwrap();
        (done.status.code(), String::from_utf8(done.stderr).unwrap(), folder.path().join(output).exists())
    };
    let (code, said, there) = run("answers.xlsx");
    assert!(code == Some(2) && said.contains("name the output `.xlsm`") && !there, "{said}");
    assert_eq!(run("answers.xlsm"), (Some(0), String::new(), true));
    assert_eq!(run("answers.csv"), (Some(0), String::new(), true));
}

#[test]
fn numbers_read_are_numbers_beside_the_list_and_in_a_new_workbook() {
    let bounds = || Options { columns: names("headcount_min,headcount_max"), ..Options::default() };
    let numbers = |book: &[u8], sheet: &str, (row, column): (u32, u32)| {
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(book.to_vec())).unwrap();
        let range = book.worksheet_range(sheet).unwrap();
        [0, 1].map(|next| range.get_value((row, column + next)).cloned().unwrap_or_default())
    };
    let (_, ran) = answered("openpyxl.xlsx", &bounds());
    assert_eq!(numbers(&ran.answers, "Clients", (5, 4)), [Data::Float(1001.0), Data::Float(5000.0)]);
    assert_eq!(numbers(&ran.answers, "Clients", (7, 4)), [Data::Float(10_001.0), Data::Empty]);
    let csv = "Employees\n201-500\n";
    let ran = try_list(csv, &Options { output_kind: Some(Kind::Xlsx), ..bounds() }).unwrap();
    assert_eq!(numbers(&ran.answers, "Sheet1", (1, 1)), [Data::Float(201.0), Data::Float(500.0)]);
    let ran = try_list(csv, &Options { output_kind: Some(Kind::JsonLines), ..bounds() }).unwrap();
    assert_eq!(
        ran.text(),
        "{\"Employees\":\"201-500\",\"lms_headcount_min\":201,\"lms_headcount_max\":500}\n"
    );
}
