//! Lists held against an earlier output, several lists at once, and what a list is said to be.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

fn run(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_whoowns"))
        .arg("batch")
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[test]
fn changes_since_an_earlier_output() {
    let folder = tempfile::tempdir().unwrap();
    let put = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    put("march.csv", "ID,Employees\n1,300\n2,300\n3,20000\n4,many\n5,300\n");
    put(
        "february.csv",
        "ID;lms_status;lms_owner;lms_contact\n\
         1;presumed;department-heads;sponsoring-department-head\n2;presumed;hr-and-ld;ld-manager\n\
         4;presumed;department-heads;ld-manager\n5;decided;department-heads;sponsoring-department-head\n\
         9;open;;\n",
    );
    let arguments = [
        "march.csv",
        "--since",
        "february.csv",
        "--key",
        "ID",
        "--columns",
        "status",
        "--summary",
        "s.json",
        "-o",
        "a.csv",
    ];
    let output = run(folder.path(), &arguments);
    assert_eq!(output.status.code(), Some(1), "{}", text(&output.stderr));
    let answers = fs::read_to_string(folder.path().join("a.csv")).unwrap();
    let changed: Vec<&str> = answers.lines().map(|line| line.rsplit(',').next().unwrap()).collect();
    assert_eq!(
        changed,
        [
            "lms_changed",
            "",
            "owner: hr-and-ld -> department-heads",
            "new",
            "owner: department-heads -> none",
            "status: decided -> presumed"
        ]
    );
    let summary: serde_json::Value =
        serde_json::from_str(&fs::read_to_string(folder.path().join("s.json")).unwrap()).unwrap();
    let changes = &summary["changes"];
    assert_eq!(
        (&changes["new"], &changes["owner"], &changes["status"], &changes["same"]),
        (&1.into(), &2.into(), &1.into(), &1.into())
    );
    assert_eq!((&changes["gone"], &changes["gone_keys"][0]), (&1.into(), &"9".into()));
    assert!(text(&output.stderr).contains("since the earlier output: new 1"), "{}", text(&output.stderr));
}

#[test]
fn several_lists_are_answered_into_a_folder() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.csv"), "Employees\n300\n").unwrap();
    fs::write(folder.path().join("b.tsv"), "Company\tEmployees\nx\tmany\n").unwrap();
    let output = run(
        folder.path(),
        &["a.csv", "b.tsv", "--output-dir", "out", "--columns", "status", "--summary", "s.json"],
    );
    assert_eq!(output.status.code(), Some(1), "{}", text(&output.stderr));
    let read = |name: &str| fs::read_to_string(folder.path().join("out").join(name)).unwrap();
    assert_eq!(read("a.csv"), "Employees,lms_status\n300,presumed\n");
    assert_eq!(read("b.tsv"), "Company\tEmployees\tlms_status\nx\tmany\tinvalid\n");
    let summary: serde_json::Value =
        serde_json::from_str(&fs::read_to_string(folder.path().join("s.json")).unwrap()).unwrap();
    assert_eq!((&summary["rows"], &summary["statuses"]["invalid"]), (&2.into(), &1.into()));
    assert_eq!(summary["lists"][1]["list"], "b.tsv");
    let again = run(folder.path(), &["a.csv", "./a.csv", "--output-dir", "out"]);
    assert_eq!(again.status.code(), Some(2));
    assert!(text(&again.stderr).contains("two lists would be answered into"), "{}", text(&again.stderr));
}

#[test]
fn one_bad_list_among_several_loses_none_of_the_others() {
    let folder = tempfile::tempdir().unwrap();
    let put = |name: &str, bytes: &[u8]| fs::write(folder.path().join(name), bytes).unwrap();
    let lists = ["a.csv", "no-list.csv", "no-fact.csv", "damaged.xlsx", "z.csv"];
    put("a.csv", b"Employees\n300\n");
    put("no-list.csv", b"%PDF-1.7");
    put("no-fact.csv", b"Company\nA\n");
    put("damaged.xlsx", b"PK\x03\x04 no workbook");
    put("z.csv", b"Employees\n300\n");
    let batch = |arguments: &[&str]| run(folder.path(), &[&lists[..], arguments].concat());
    let output = batch(&["--output-dir", "out", "--columns", "status", "--summary", "s.json"]);
    let said = text(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{said}");
    let mut made: Vec<_> =
        fs::read_dir(folder.path().join("out")).unwrap().map(|file| file.unwrap().file_name()).collect();
    made.sort();
    assert_eq!(made, ["a.csv", "z.csv"]);
    assert_eq!(
        fs::read_to_string(folder.path().join("out/z.csv")).unwrap(),
        "Employees,lms_status\n300,presumed\n"
    );
    let last = said.split("error: ").last().unwrap();
    assert!(
        last.starts_with("3 of 5 lists could not be answered, the others were:\n`no-list.csv`: "),
        "{said}"
    );
    assert!(last.contains("\n`no-fact.csv`: no column") && last.contains("\n`damaged.xlsx`: "), "{said}");
    let summary: serde_json::Value =
        serde_json::from_str(&fs::read_to_string(folder.path().join("s.json")).unwrap()).unwrap();
    assert_eq!(summary["rows"], 2);
    let failed: Vec<&str> =
        summary["failed"].as_array().unwrap().iter().map(|failed| failed["list"].as_str().unwrap()).collect();
    assert_eq!(failed, ["no-list.csv", "damaged.xlsx", "no-fact.csv"]);
    // Quietly, that is all that is said; and looking loses nothing either.
    let quiet = batch(&["--output-dir", "out", "--quiet"]);
    assert!(text(&quiet.stderr).starts_with("error: 3 of 5 lists"), "{}", text(&quiet.stderr));
    let looked = batch(&["--look"]);
    assert_eq!(looked.status.code(), Some(2));
    assert_eq!(text(&looked.stdout).matches("headcount from `Employees`").count(), 2);
    assert!(text(&looked.stderr).contains("`damaged.xlsx`: "), "{}", text(&looked.stderr));
}

#[test]
fn a_list_is_looked_at() {
    let folder = tempfile::tempdir().unwrap();
    let list =
        b"Kunden 2024\n\nFirma;Mitarbeiter;Belegschaft\nM\xfcller;300;51-200\nB\xe4cker;viele;201-500\n";
    fs::write(folder.path().join("list.csv"), list).unwrap();
    let output = run(folder.path(), &["list.csv", "--look"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let said = text(&output.stdout);
    for part in [
        "encoding: windows-1252\n",
        "separator: ;\n",
        "header: line 3\n",
        "before the header, kept:\n  Kunden 2024\n",
        "headcount from `Mitarbeiter`: 1 of its first 2 cells read, such as `300`; not `viele`\n",
        "no column gives: ",
    ] {
        assert!(said.contains(part), "{part:?} in {said}");
    }
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn a_list_that_cannot_be_answered_is_looked_at_all_the_same() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("list.csv"), "Firma,Belegschaft\nA,51-200\n").unwrap();
    let output = run(folder.path(), &["list.csv", "--look"]);
    let said = text(&output.stdout);
    assert_eq!(output.status.code(), Some(1), "{said}");
    for part in [
        "titles: `Firma`, `Belegschaft`",
        "--map headcount=Belegschaft",
        "no column gives a fact that decides",
    ] {
        assert!(said.contains(part), "{part:?} in {said}");
    }
}

#[test]
fn bounds_are_given_as_read() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("list.csv"), "Employees\n300\n201-500\n250+\n?\n#REF!\n").unwrap();
    let columns = "headcount_min,headcount_max,ask_text,note";
    let output = run(folder.path(), &["list.csv", "--columns", columns]);
    let rows: Vec<Vec<String>> = csv::Reader::from_reader(&output.stdout[..])
        .records()
        .map(|row| row.unwrap().iter().map(str::to_owned).collect())
        .collect();
    let bounds: Vec<[&str; 2]> = rows.iter().map(|row| [row[1].as_str(), row[2].as_str()]).collect();
    assert_eq!(bounds, [["300", "300"], ["201", "500"], ["250", ""], ["", ""], ["", ""]]);
    assert!(
        rows[3][3].ends_with('?') && rows[4][4].contains("`Employees` holds the error value #REF!"),
        "{rows:?}"
    );
}
