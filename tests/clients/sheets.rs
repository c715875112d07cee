//! Spreadsheets in and out.

use std::io::{Cursor, Write};

use crate::lists::{Ran, names, statuses, try_list};
use calamine::{Data, Reader, Xlsx};
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook};
use whoowns::clients::{Kind, Options};

fn sheet(fill: impl FnOnce(&mut Workbook)) -> Vec<u8> {
    let mut book = Workbook::new();
    fill(&mut book);
    book.save_to_buffer().unwrap()
}

fn to_csv(options: Options) -> Options {
    Options { output_kind: Some(Kind::Csv), ..options }
}

fn cells(ran: &Ran) -> Vec<Vec<Data>> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(ran.answers.clone())).unwrap();
    book.worksheet_range("Sheet1").unwrap().rows().map(<[Data]>::to_vec).collect()
}

#[test]
fn cells_of_every_kind_are_read() {
    let book = sheet(|book| {
        let date = Format::new().set_num_format("mmm-yy");
        let sheet = book.add_worksheet();
        for (column, title) in ["Company", "Employees", "HR team", "Since"].iter().enumerate() {
            sheet.write(2, column as u16, *title).unwrap();
        }
        sheet.merge_range(3, 0, 4, 0, "Merged", &Format::new()).unwrap();
        sheet.write(3, 1, 300).unwrap();
        sheet.write(3, 2, true).unwrap();
        sheet.write_with_format(3, 3, ExcelDateTime::from_ymd(2020, 2, 29).unwrap(), &date).unwrap();
        // What a spreadsheet makes of 11-50 and of 1-10.
        sheet.write_with_format(4, 1, ExcelDateTime::from_ymd(1950, 11, 1).unwrap(), &date).unwrap();
        sheet.write_with_format(6, 1, ExcelDateTime::from_ymd(2026, 1, 10).unwrap(), &date).unwrap();
        sheet.write_formula(7, 1, Formula::new("=150*2").set_result("300")).unwrap();
        sheet.write(8, 0, "Beyond").unwrap();
        sheet.write(8, 5, "x").unwrap();
    });
    let ran = try_list(book, &to_csv(Options { columns: names("status,note,size"), ..Options::default() }))
        .unwrap();
    assert_eq!(ran.column("Company"), ["Merged", "", "", ""]);
    assert_eq!(ran.column("Employees"), ["300", "1950-11-01", "2026-01-10", "300"]);
    assert_eq!(ran.column("HR team"), ["true", "", "", ""]);
    assert_eq!(ran.column("Since"), ["2020-02-29", "", "", ""]);
    assert_eq!(ran.column("lms_status"), ["presumed"; 4]);
    let notes = ran.column("lms_note");
    assert!(notes[1].contains("read as 11-50") && notes[2].contains("read as 1-10"), "{notes:?}");
    assert_eq!(ran.rejected(), "line,reason,record\n9,6 cells instead of 4,Beyond,,,,,x\n");
    assert_eq!((ran.summary.rows, ran.summary.rejects), (5, 1));
}

#[test]
fn sheets_are_chosen_by_name() {
    let book = sheet(|book| {
        book.add_worksheet().set_name("Empty").unwrap();
        let sheet = book.add_worksheet().set_name("Clients").unwrap();
        sheet.write(0, 0, "Employees").unwrap();
        sheet.write(1, 0, 300).unwrap();
    });
    let with = |name: Option<&str>| {
        try_list(book.clone(), &to_csv(Options { sheet: name.map(str::to_owned), ..statuses() }))
    };
    assert_eq!(with(Some("Clients")).unwrap().text(), "Employees,lms_status\n300,presumed\n");
    let said = |name| with(name).map(|_| ()).unwrap_err().to_string();
    assert_eq!(said(Some("Empty")), "the list has no header: the sheet is empty");
    for found in [None, Some("#2")] {
        assert_eq!(with(found).unwrap().text(), "Employees,lms_status\n300,presumed\n");
    }
    assert_eq!(said(Some("clients")), "there is no sheet `clients`; there are `Empty`, `Clients`");
}

#[test]
fn answers_are_written_as_what_they_are() {
    let text = "Company,Employees,Code,Formula\nA,300,007,=1+1\n\0B,\"1,200\",1e5,@x\n";
    let ran = try_list(text, &Options { output_kind: Some(Kind::Xlsx), ..statuses() }).unwrap();
    let text = |text: &str| Data::String(text.to_owned());
    assert_eq!(
        cells(&ran)[..2],
        [
            ["Company", "Employees", "Code", "Formula", "lms_status"].map(text).to_vec(),
            vec![text("A"), Data::Float(300.0), text("007"), text("=1+1"), text("presumed")],
        ]
    );
    assert_eq!(cells(&ran)[2][1..], [text("1,200"), text("1e5"), text("@x"), text("presumed")]);
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(ran.answers)).unwrap();
    assert!(book.worksheet_formula("Sheet1").unwrap().is_empty());
}

#[test]
fn a_sheet_stays_a_sheet() {
    let book = sheet(|book| {
        let sheet = book.add_worksheet();
        sheet.write(0, 0, "Since").unwrap().write(0, 1, "Employees").unwrap().write(0, 2, "Listed").unwrap();
        let date = Format::new().set_num_format("yyyy-mm-dd");
        sheet.write_with_format(1, 0, ExcelDateTime::from_ymd(2020, 2, 29).unwrap(), &date).unwrap();
        sheet.write(1, 1, 12.5).unwrap().write(1, 2, false).unwrap();
    });
    let rows = cells(&try_list(book, &statuses()).unwrap());
    assert!(matches!(&rows[1][0], Data::DateTime(date) if date.to_ymd_hms_milli().0 == 2020), "{rows:?}");
    assert_eq!(rows[1][1..], [Data::Float(12.5), Data::Bool(false), Data::String("presumed".into())]);
}

#[test]
fn an_error_value_is_unknown_and_noted() {
    let values = ["#REF!", "#N/A", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!"];
    let book = sheet(|book| {
        let sheet = book.add_worksheet();
        sheet.write(0, 0, "Employees").unwrap().write(0, 1, "HR team").unwrap();
        for (row, value) in (1..).zip(values) {
            sheet.write_formula(row, 0, Formula::new("=A99").set_result(value)).unwrap();
            sheet.write(row, 1, "yes").unwrap();
        }
        sheet.write(8, 0, 300).unwrap();
        sheet.write_formula(8, 1, Formula::new("=A99").set_result("#REF!")).unwrap();
    });
    let ran =
        try_list(book, &to_csv(Options { columns: names("status,note"), ..Options::default() })).unwrap();
    let notes = ran.column("lms_note");
    for (note, value) in notes.iter().zip(values) {
        assert_eq!(*note, format!("`Employees` holds the error value {value}, read as unknown"));
    }
    assert!(notes[7].contains("`HR team` holds the error value #REF!, read as unknown"), "{}", notes[7]);
    assert_eq!((ran.summary.count("open"), ran.summary.count("invalid")), (7, 0));
}

#[test]
fn what_is_no_sheet_is_said() {
    let good = sheet(|book| {
        let sheet = book.add_worksheet();
        for row in 0..500 {
            sheet.write(row, 0, format!("Employees {row}")).unwrap();
        }
    });
    let options = Options { input_kind: Some(Kind::Xlsx), ..to_csv(statuses()) };
    let mut bomb = zip::ZipWriter::new(Cursor::new(Vec::new()));
    bomb.start_file("xl/sharedStrings.xml", zip::write::SimpleFileOptions::default()).unwrap();
    for _ in 0..100 {
        bomb.write_all(&vec![b' '; 1 << 20]).unwrap();
    }
    let bomb = bomb.finish().unwrap().into_inner();
    assert!(bomb.len() < 1 << 20);
    for (bytes, reason) in [
        (b"Employees\n300\n".to_vec(), "no xlsx file"),
        (Vec::new(), "no xlsx file"),
        (good[..good.len() / 2].to_vec(), "no xlsx file"),
        (b"PK\x03\x04nonsense".to_vec(), "no xlsx file"),
        (bomb, "`xl/sharedStrings.xml` in this archive would take 100 MB"),
    ] {
        let error = try_list(bytes, &options).map(|_| ()).unwrap_err().to_string();
        assert!(error.contains(reason), "{error}");
    }
}
