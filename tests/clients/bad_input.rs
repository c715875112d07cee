//! Lists that cannot be answered, each with what is said: exit 2, nothing written, no panic.

use std::fs;
use std::process::Command;

/// The list, the arguments after it, and what is said, in parts.
type Bad = (&'static [u8], &'static [&'static str], &'static [&'static str]);

const BAD: &[Bad] = &[
    // No column gives a fact that decides.
    (
        b"Firma;Belegschaft\nA;201-500\nB;51 to 200\n",
        &[],
        &["no column gives a fact that decides", "`Firma`, `Belegschaft`", "--map headcount=Belegschaft"],
    ),
    (
        b"Company,Revenue\nA,1000\nB,2000\n",
        &[],
        &["the titles are `Company`, `Revenue`", "--map FACT=COLUMN"],
    ),
    (b"Acme,300\nBeta,20\n", &[], &["`300` is no title", "--no-header --map headcount=#2"]),
    (b"Company,Employee ID\nA,17\n", &[], &["no column gives a fact that decides"]),
    // What stands between cells is none of the usual.
    (
        b"Company^Employees\nA^300\nB^20\n",
        &[],
        &["its first 2 cells can be read", "if `^` stands between cells, add --delimiter '^'"],
    ),
    (b"Company~Employees\nA~300\n", &[], &["its first cell cannot be read", "add --delimiter '~'"]),
    (b"It's,Total staff cost\nA,51-200\n", &[], &["--map headcount='Total staff cost'"]),
    // The header.
    (b"", &[], &["no header", "empty"]),
    (b"\n\n", &[], &["no header", "empty"]),
    (b"\"Company,Employees\nA,300\n", &[], &["no header", "never closed"]),
    (b"Employees\n300\n", &["--header", "7"], &["no record begins in line 7"]),
    (b"Employees\n300\n", &["--header", "0"], &["--header"]),
    (b"Employees\n300\n", &["--header", "1", "--no-header"], &["--no-header"]),
    (b"Employees\n300\n", &["--no-header"], &["no column gives a fact that decides", "the titles are `1`"]),
    (b"x\ny\nEmployees\n5\n", &["--header", "1"], &["the titles are `x`"]),
    // JSON that is no list, or holds it within.
    (
        b"{\"results\": [{\"properties\": {\"employees\": 3}}]}",
        &[],
        &["`results` holds a list of its own", "jq .results"],
    ),
    (b"{\n \"results\": [\n {\"employees\": 3}\n]}\n", &[], &["no line of it is a JSON object", "jq -c"]),
    (b"{\n \"employees\": 3\n}\n{\n \"employees\": 5\n}\n", &[], &["no line of it is a JSON object"]),
    // The columns.
    (b"Employees\n300\n", &["--map", "headcount=#2"], &["no column `#2`", "from `#1` on"]),
    (
        b"Title line\nCompany,Employees\nA,5\n",
        &["--map", "headcount=Title line"],
        &["the list has no column `Title line`; its titles are `Company`, `Employees`"],
    ),
    (b"Employees,lms_owner\n300,x\n", &[], &["already has a column `lms_owner`", "--prefix"]),
    (b"Has HR,HR team\ny,n\n", &[], &["both `Has HR` and `HR team`", "--map hr_team='Has HR'"]),
    (b"Employees\n300\n", &["--columns", "status,headcount_mim"], &["did you mean `headcount_min`?"]),
    // An earlier output.
    (b"ID,Employees\n1,300\n", &["--since", "OLD", "--key", "Nr"], &["no column `Nr`"]),
    (
        b"ID,Employees\n1,300\n1,20\n",
        &["--since", "OLD", "--key", "ID", "-o", "answers.csv"],
        &["the key `1` stands twice in the list"],
    ),
    (b"ID,Employees\n1,300\n,20\n", &["--since", "OLD", "--key", "ID", "-o", "answers.csv"], &["has no key"]),
    (
        b"ID,Employees\n1,300\n",
        &["--since", "TWICE", "--key", "ID"],
        &["the key `1` stands twice in the earlier output"],
    ),
    (b"ID,Employees\n1,300\n", &["--since", "OTHER", "--key", "ID"], &["no column `lms_status`", "--prefix"]),
    (
        b"ID,Employees\n1,300\n",
        &["--since", "FOREIGN", "--key", "ID"],
        &["of other rules: `buyer`, `cfo` are no role of `training-platform`", "--rules"],
    ),
    (b"ID,Employees\n1,300\n", &["--since", "MISSING", "--key", "ID"], &["cannot read `MISSING`"]),
    (b"ID,Employees\n1,300\n", &["--since", "OLD"], &["--key"]),
    // Places.
    (b"Employees\n300\n", &["-o", "list"], &["would be the same file"]),
    (b"Employees\n300\n", &["--output-dir", "made", ".."], &["`..` is a folder; name the lists in it"]),
    (b"Employees\n300\n", &["--output-dir", "made", "-"], &["`-` has no name"]),
    (b"Employees\n300\n", &["--output-dir", "made", "MISSING"], &["cannot read `MISSING`"]),
    (b"Employees\n300\n", &["--since", ".", "--key", "ID"], &["`.` is a folder"]),
    (b"Employees\n300\n", &["-o", "answers.xlsm"], &["name the output `.xlsx`"]),
    (b"Employees\n300\n", &["-o", "."], &["cannot write `.`"]),
    (b"Employees\n300\n", &["OLD"], &["--output-dir"]),
    (b"Employees\n300\n", &["--output-dir", ".", "--input-format", "csv"], &["would be the same file"]),
    (b"Employees\n300\n", &["--output-dir", "out", "-o", "x.csv"], &["--output-dir"]),
];

#[test]
fn what_cannot_be_answered_is_said() {
    for (list, arguments, parts) in BAD {
        let folder = tempfile::tempdir().unwrap();
        let put = |name: &str, bytes: &[u8]| fs::write(folder.path().join(name), bytes).unwrap();
        put("list", list);
        put("OLD", b"ID,lms_status,lms_owner,lms_contact\n1,decided,ld-head,ld-head\n2,open,,\n");
        put("TWICE", b"ID,lms_status,lms_owner,lms_contact\n1,decided,ld-head,b\n1,decided,ld-head,b\n");
        put("FOREIGN", b"ID,lms_status,lms_owner,lms_contact\n1,decided,cfo,buyer\n");
        put("OTHER", b"ID,buy_status,buy_owner,buy_contact\n1,decided,a,b\n");
        let before = names(folder.path());
        let run = Command::new(env!("CARGO_BIN_EXE_whoowns"))
            .args(["batch", "list"])
            .args(*arguments)
            .current_dir(folder.path())
            .output()
            .unwrap();
        let said = String::from_utf8(run.stderr).unwrap();
        let about = format!("{:?} {arguments:?}: {said}", String::from_utf8_lossy(list));
        assert_eq!(run.status.code(), Some(2), "{about}");
        for part in *parts {
            assert!(said.contains(part), "{part:?} is not said of {about}");
        }
        assert!(run.stdout.is_empty(), "{about}");
        assert_eq!(names(folder.path()), before, "{about}");
        assert_eq!(fs::read(folder.path().join("list")).unwrap(), *list);
    }
}

fn names(folder: &std::path::Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<String> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name != "out")
        .collect();
    names.sort();
    names
}

#[test]
fn a_header_beyond_the_first_records_is_named_by_its_line() {
    let folder = tempfile::tempdir().unwrap();
    let list = format!("{}Company,Employees\nA,300\n", "a line of text\n".repeat(30));
    fs::write(folder.path().join("list.csv"), &list).unwrap();
    let run = |arguments: &[&str]| {
        Command::new(env!("CARGO_BIN_EXE_whoowns"))
            .args(["batch", "list.csv", "--columns", "status"])
            .args(arguments)
            .current_dir(folder.path())
            .output()
            .unwrap()
    };
    let said = String::from_utf8(run(&[]).stderr).unwrap();
    assert!(said.contains("--header") && said.contains("`a line of text`"), "{said}");
    let answered = list.replace("Employees\nA,300\n", "Employees,lms_status\nA,300,presumed\n");
    assert_eq!(String::from_utf8(run(&["--header", "31"]).stdout).unwrap(), answered);
}
