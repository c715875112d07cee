//! Sheets are copied with new cells in their rows.

use super::sheet_copy::{Columns, NewCells, SheetCopy};
use crate::clients::value::Value;
use std::io::{BufReader, Cursor};

/// A sheet with `x` and `y` put into two columns from `first` on, in these rows.
fn copied(sheet: &str, first: u32, rows: &[u32]) -> Result<String, String> {
    let bytes = Cursor::new(sheet.as_bytes().to_vec());
    let columns = Columns { first, widths: vec![10, 20] };
    let mut copy = SheetCopy::new(BufReader::new(Box::new(bytes)), columns);
    let mut out = Vec::new();
    let values = ["x", "y"].map(|text| Value::Text(text.into()));
    for row in rows {
        let cells = NewCells {
            row: *row,
            values: &values,
            styles: &|at| (at == 1).then_some(7),
            like_neighbour: *row == 1,
        };
        copy.copy_to(&cells, &mut out).map_err(|error| error.to_string())?;
    }
    copy.copy_rest(&mut out).map_err(|error| error.to_string())?;
    Ok(String::from_utf8(out).unwrap())
}

fn cell(place: &str, style: &str, text: &str) -> String {
    let style = if style.is_empty() { String::new() } else { format!(" s=\"{style}\"") };
    format!("<c r=\"{place}\"{style} t=\"inlineStr\"><is><t>{text}</t></is></c>")
}

#[test]
fn new_cells_stand_behind_those_of_their_row() {
    let sheet = "<?xml version=\"1.0\"?>\n<worksheet><dimension ref=\"A1:B9\"/><cols><col min=\"1\" max=\"9\" width=\"5\"/></cols><sheetData>\n\
        <row r=\"1\" spans=\"1:2\" ht=\"20\"><c r=\"A1\" s=\"1\"><v>1</v></c><c r=\"B1\" s=\"2\"/></row>\
        <row r=\"3\" spans=\"1:2\"><c r=\"A3\"><f>1+1</f><v>2</v></c></row>\
        <row r=\"4\"><c r=\"A4\"><v>5</v></c></row></sheetData><row><c>1</c></row></worksheet>\n";
    let expected = sheet
        .replace("A1:B9", "A1:D9")
        .replace(
            "max=\"9\" width=\"5\"/>",
            "max=\"2\" width=\"5\"/><col min=\"3\" max=\"3\" width=\"10\" customWidth=\"1\"/>\
            <col min=\"4\" max=\"4\" width=\"20\" customWidth=\"1\"/><col min=\"5\" max=\"9\" width=\"5\"/>",
        )
        .replace("spans=\"1:2\"", "spans=\"1:4\"")
        .replace(
            "s=\"2\"/></row>",
            &format!("s=\"2\"/>{}{}</row>", cell("C1", "2", "x"), cell("D1", "7", "y")),
        )
        .replace("<v>2</v></c>", &format!("<v>2</v></c>{}{}", cell("C3", "", "x"), cell("D3", "7", "y")));
    assert_eq!(copied(sheet, 2, &[1, 3]).unwrap(), expected);
}

#[test]
fn empty_cells_give_their_looks_and_others_stay_behind() {
    let sheet = "<x:worksheet><x:sheetData><x:row><x:c><x:v>1</x:v></x:c><x:c s=\"4\"></x:c><x:c r=\"E1\" s=\"5\"/></x:row>\
        <x:row r=\"2\"/></x:sheetData></x:worksheet>";
    let copied = copied(sheet, 1, &[1]).unwrap();
    let new = "<x:c r=\"B1\" s=\"4\" t=\"inlineStr\"><x:is><x:t>x</x:t></x:is></x:c>\
        <x:c r=\"C1\" s=\"7\" t=\"inlineStr\"><x:is><x:t>y</x:t></x:is></x:c><x:c r=\"E1\" s=\"5\"/>";
    assert!(copied.contains(&format!("<x:v>1</x:v></x:c>{new}")), "{copied}");
    assert!(copied.starts_with("<x:worksheet><x:cols><x:col min=\"2\""), "{copied}");
}

#[test]
fn a_row_that_is_not_there_is_said() {
    let sheet =
        "<worksheet><sheetData><row r=\"1\"/><row r=\"5\"><c><v>1</v></c></row></sheetData></worksheet>";
    assert!(copied(sheet, 1, &[3]).unwrap_err().contains("row 3"));
    assert!(copied(sheet, 1, &[6]).unwrap_err().contains("row 6"));
    assert!(copied(sheet, 1, &[1, 5]).is_ok());
}
