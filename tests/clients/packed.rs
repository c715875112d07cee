//! Lists in other kinds of files: packed ones, zips, JSON arrays, and what is no list.

use std::io::{Cursor, Read, Write};

use whoowns::clients::{Kind, Options};

use crate::lists::{names, statuses, try_list};

const LIST: &str = "Company,Employees\nAcme,300\nBeta,1200\n";
const ANSWERED: &str = "Company,Employees,lms_status\nAcme,300,presumed\nBeta,1200,presumed\n";

fn gzip(text: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(text).unwrap();
    encoder.finish().unwrap()
}

fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn error(list: impl Into<Vec<u8>>) -> String {
    try_list(list, &statuses()).map(|_| ()).unwrap_err().to_string()
}

#[test]
fn packed_lists_are_read_wherever_they_come_from() {
    let zstd =
        ruzstd::encoding::compress_to_vec(LIST.as_bytes(), ruzstd::encoding::CompressionLevel::Fastest);
    for packed in [
        gzip(LIST.as_bytes()),
        zstd,
        zipped(&[("clients.csv", LIST.as_bytes())]),
        zipped(&[("clients.csv.gz", &gzip(LIST.as_bytes()))]),
    ] {
        assert_eq!(try_list(packed, &statuses()).unwrap().text(), ANSWERED);
    }
    let cut = gzip(&LIST.repeat(5000).into_bytes());
    let failed = try_list(cut[..cut.len() / 2].to_vec(), &statuses()).map(|_| ()).unwrap_err();
    let source = std::error::Error::source(&failed).unwrap().to_string();
    assert!(source.contains("ends in the middle"), "{source}");
    assert!(
        error(zipped(&[("a.csv", b"x"), ("b.csv", b"x")]))
            .contains("there are 2 lists in this zip: `a.csv`, `b.csv`")
    );
}

#[test]
fn what_is_no_list_is_refused_by_its_content() {
    for (list, what) in [
        (&b"PAR1\x15\x00"[..], "a Parquet file"),
        (b"%PDF-1.4", "a PDF"),
        (b"<html><table><tr><td>Employees</td></tr></table></html>", "a web page"),
    ] {
        let error = error(list);
        assert!(error.starts_with(&format!("this is {what}")), "{error}");
    }
    // Whoever says that it is a list is believed.
    let told = Options { input_kind: Some(Kind::Csv), ..statuses() };
    assert!(try_list("%PDF,Employees\nx,300\n", &told).is_ok());
}

#[test]
fn an_array_stays_an_array() {
    let text = "[\n  {\n    \"Company\": \"Acme\",\n    \"Employees\": 300\n  },\n  3,\n  {\"Employees\": \"1-5K\"},\n  {}\n]\n";
    let ran = try_list(text, &statuses()).unwrap();
    assert_eq!(
        ran.text(),
        "[\n  {\n    \"Company\": \"Acme\",\n    \"Employees\": 300,\"lms_status\":\"presumed\"\n  },\n  \
         {\"Employees\": \"1-5K\",\"lms_status\":\"invalid\"},\n  {\"lms_status\":\"open\"}\n]\n"
    );
    assert_eq!((ran.summary.rows, ran.summary.rejects), (4, 1));
    assert!(ran.rejected().contains("6,not a JSON object"), "{}", ran.rejected());
    let values: Vec<serde_json::Value> = serde_json::from_slice(&ran.answers).unwrap();
    assert_eq!(values.len(), 3);
    assert_eq!(try_list("[{\"Employees\": 300}, 3", &statuses()).unwrap().rejected().lines().count(), 2);
}

#[test]
fn a_long_array_is_cut_into_blocks_and_comes_out_whole() {
    let elements: Vec<String> = (0..40_000)
        .map(|at| format!("{{\"Company\": \"No, {at}]\", \"Employees\": {}}}", at % 3000 + 1))
        .collect();
    let ran = try_list(format!("[{}]", elements.join(",\n")), &statuses()).unwrap();
    let values: Vec<serde_json::Value> = serde_json::from_slice(&ran.answers).unwrap();
    assert_eq!(values.len(), elements.len());
    assert_eq!(values[39_999]["Company"], "No, 39999]");
    assert!(values.iter().all(|value| value["lms_status"].is_string()));
}

#[test]
fn other_kinds_become_an_array_and_arrays_become_others() {
    let ran = try_list(LIST, &Options { output_kind: Some(Kind::Json), ..statuses() }).unwrap();
    let values: Vec<serde_json::Value> = serde_json::from_slice(&ran.answers).unwrap();
    assert_eq!(values[1]["lms_status"], "presumed");
    let array = "[{\"Company\":\"Acme\",\"Employees\":300},{\"Company\":\"Beta\",\"Employees\":1200}]";
    let ran = try_list(array, &Options { output_kind: Some(Kind::Csv), ..statuses() }).unwrap();
    assert_eq!(ran.text(), ANSWERED);
    let ran = try_list("Employees\n", &Options { output_kind: Some(Kind::Json), ..statuses() }).unwrap();
    assert_eq!(ran.text(), "[\n]\n");
}

#[test]
fn what_is_nested_is_found_by_its_path_and_kept_nested() {
    let line =
        "{\"name\": \"Acme\", \"firmographics\": {\"employees\": 300, \"hq\": {\"country\": \"IN\"}}}\n";
    let map = vec![("headcount".to_owned(), "firmographics.employees".to_owned())];
    let by_hand = whoowns::clients::ByHand { map, name_column: None };
    let options = Options { by_hand, columns: names("status,size"), ..Options::default() };
    let ran = try_list(line, &options).unwrap();
    assert_eq!(ran.text(), line.replace("}}}\n", "}},\"lms_status\":\"presumed\",\"lms_size\":\"small\"}\n"));
    let ran = try_list(line, &Options { output_kind: Some(Kind::Csv), ..options }).unwrap();
    assert!(ran.text().starts_with("name,firmographics.employees,firmographics.hq.country,lms_status"));
}

#[test]
fn answers_are_packed_where_the_name_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("clients.csv");
    std::fs::write(&path, LIST).unwrap();
    let run = |output: &str| {
        std::process::Command::new(env!("CARGO_BIN_EXE_whoowns"))
            .args(["batch", "--columns", "status", "--quiet", "-o"])
            .args([folder.path().join(output), path.clone()])
            .output()
            .unwrap()
    };
    assert!(run("answers.csv.gz").status.success());
    let mut text = String::new();
    let packed = std::fs::File::open(folder.path().join("answers.csv.gz")).unwrap();
    flate2::read::GzDecoder::new(packed).read_to_string(&mut text).unwrap();
    assert_eq!(text, ANSWERED);
    let zip = run("answers.zip");
    assert_eq!(zip.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&zip.stderr).contains("write `.gz` or `.zst` instead"));
    assert!(run("answers.json").status.success());
    assert!(std::fs::read_to_string(folder.path().join("answers.json")).unwrap().starts_with("[\n{"));
}

#[test]
fn lists_in_a_folder_are_named_after_what_they_hold() {
    let folder = tempfile::tempdir().unwrap();
    let put = |name: &str, bytes: &[u8]| std::fs::write(folder.path().join(name), bytes).unwrap();
    let book =
        std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/workbooks/table.xlsx")).unwrap();
    let old =
        std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/workbooks/clients.xls")).unwrap();
    put("text.xls", LIST.replace(',', "\t").as_bytes());
    put("book.xls", &book);
    put("old.xls", &old);
    put("a.csv.gz", &gzip(LIST.as_bytes()));
    put("b.zip", &zipped(&[("clients.csv", LIST.as_bytes())]));
    put("c.csv", LIST.as_bytes());
    let names = ["text.xls", "book.xls", "old.xls", "a.csv.gz", "b.zip", "c.csv"];
    let done = std::process::Command::new(env!("CARGO_BIN_EXE_whoowns"))
        .args(["batch", "--columns", "status", "--output-dir", "out"])
        .args(names)
        .current_dir(folder.path())
        .output()
        .unwrap();
    let said = String::from_utf8(done.stderr).unwrap();
    assert!(done.status.success(), "{said}");
    assert!(names.iter().all(|name| said.contains(&format!("{name}:\n"))), "{said}");
    let out = |name: &str| std::fs::read(folder.path().join("out").join(name)).unwrap();
    assert!(out("text.csv").starts_with(b"Company\tEmployees\tlms_status\n"));
    assert!(out("book.xlsx").starts_with(b"PK"));
    assert!(out("old.csv").starts_with(b"Company,"));
    assert!(out("a.csv.gz").starts_with(b"\x1f\x8b"));
    assert_eq!(out("b.csv"), ANSWERED.as_bytes());
    assert_eq!(out("c.csv"), ANSWERED.as_bytes());
    assert_eq!(std::fs::read_dir(folder.path().join("out")).unwrap().count(), names.len());
}
