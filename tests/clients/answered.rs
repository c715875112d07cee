//! Client lists through the library: what goes in comes out, with answers.

use std::collections::BTreeMap;
use std::io::Write;
use std::num::NonZeroUsize;
use std::path::PathBuf;

use crate::lists::{Ran, names, run_with, statuses, try_list};
use whoowns::Ruleset;
use whoowns::clients::{Encoding, Input, Kind, ListError, Options};

fn list(text: impl Into<Vec<u8>>) -> Ran {
    try_list(text, &Options::default()).unwrap()
}

#[test]
fn every_record_keeps_its_bytes() {
    for (text, expected) in [
        ("Employees\n300\n", "Employees,lms_status\n300,presumed\n"),
        ("Employees\n300", "Employees,lms_status\n300,presumed"),
        ("Employees\r\n300\r\n\r\n\n5\n", "Employees,lms_status\r\n300,presumed\r\n5,presumed\n"),
        ("Employees", "Employees,lms_status"),
        ("\n\nEmployees\n", "\n\nEmployees,lms_status\n"),
        ("a\tEmployees\n5\" pipe\t300\n", "a\tEmployees\tlms_status\n5\" pipe\t300\tpresumed\n"),
        ("Employees,a\r300,\"x\ny\"\r5,\r", "Employees,a,lms_status\r300,\"x\ny\",presumed\r5,,presumed\r"),
        ("sep=;\r\na;Employees\r\n;300\r\n", "sep=;\r\na;Employees;lms_status\r\n;300;presumed\r\n"),
        (
            "Clients, 2024\n\n# as of May\nCompany;Employees\nA;300\n",
            "Clients, 2024\n\n# as of May\nCompany;Employees;lms_status\nA;300;presumed\n",
        ),
        ("Employees,a\n300,x,,\"\"\n5,y,\n", "Employees,a,lms_status\n300,x,presumed\n5,y,presumed\n"),
        ("Employees,a\n300,x\n\u{1a}", "Employees,a,lms_status\n300,x,presumed\n"),
        ("\u{feff}Employees,x\n300,\n", "\u{feff}Employees,x,lms_status\n300,,presumed\n"),
        ("a;Employees\n\"x;\"\"\n\";\"300\"\n", "a;Employees;lms_status\n\"x;\"\"\n\";\"300\";presumed\n"),
        ("a\tEmployees\n \t 300 \n", "a\tEmployees\tlms_status\n \t 300 \tpresumed\n"),
        ("a,Employees\n\0,300\n", "a,Employees,lms_status\n\0,300,presumed\n"),
        ("a,Employees\n=1+1,300\n", "a,Employees,lms_status\n=1+1,300,presumed\n"),
    ] {
        let ran = try_list(text, &statuses()).unwrap();
        assert_eq!(ran.text(), expected);
        assert_eq!(ran.rejected(), "");
    }
}

#[test]
fn broken_records_are_set_aside_as_they_are() {
    let text = b"Company,Employees\na,300\nb,1,2\nc\nd,\"1\"x\ne,\"A \\\"x\\\" B\"\nf,\"6\n\xff,7\ng,8\n";
    let told = Options { encoding: Some(Encoding::UTF_8), ..statuses() };
    let ran = try_list(&text[..], &told).unwrap();
    assert_eq!(ran.text(), "Company,Employees,lms_status\na,300,presumed\ng,8,presumed\n");
    let expected: Vec<u8> = [
        &b"line,reason,Company,Employees\n"[..],
        b"3,3 cells instead of 2,b,1,2\n4,1 cell instead of 2,c\n5,bad quoting: text after a closing quote,d,\"1\"x\n",
        b"6,bad quoting: a backslash before a quote (read it with --escape backslash),e,\"A \\\"x\\\" B\"\n",
        b"7,bad quoting: a quote is opened and never closed,f,\"6\n8,bad encoding: not valid UTF-8,\xff,7\n",
    ]
    .concat();
    assert_eq!(ran.rejected(), String::from_utf8_lossy(&expected));
    assert_eq!((ran.summary.rows, ran.summary.answers, ran.summary.rejects), (8, 2, 6));
    assert_eq!(ran.summary.reject_reasons.len(), 6);
}

#[test]
fn records_are_mended_where_asked() {
    let pad = Options { pad: true, ..statuses() };
    let ran = try_list("Employees,a,b\n300\r\n5,x\n7,,,,\n", &pad).unwrap();
    assert_eq!(ran.text(), "Employees,a,b,lms_status\n300,,,presumed\r\n5,x,,presumed\n7,,,presumed\n");
    assert_eq!((ran.summary.mended.padded, ran.summary.mended.cut), (2, 1));
    let escape = Options { escape_backslash: true, output_kind: Some(Kind::JsonLines), ..statuses() };
    let text = "Company,Employees\n\"A \\\"x\\\", B\",300\n\"\\\\\",5\nback\\slash,5\n";
    assert_eq!(
        try_list(text, &escape).unwrap().text(),
        "{\"Company\":\"A \\\"x\\\", B\",\"Employees\":\"300\",\"lms_status\":\"presumed\"}\n\
         {\"Company\":\"\\\\\",\"Employees\":\"5\",\"lms_status\":\"presumed\"}\n\
         {\"Company\":\"back\\\\slash\",\"Employees\":\"5\",\"lms_status\":\"presumed\"}\n"
    );
}

#[test]
fn a_list_without_titles_is_mapped_by_place() {
    let mut options = Options { no_header: true, ..statuses() };
    options.by_hand.map = vec![("headcount".to_owned(), "#2".to_owned())];
    let ran = try_list("Acme,300\nBeta,201-500\n", &options).unwrap();
    assert_eq!(ran.text(), "Acme,300,presumed\nBeta,201-500,presumed\n");
    // A broken first record is a reject like any other.
    let ran = try_list("\"Acme\"x,300\nBeta,201-500\n", &options).unwrap();
    assert_eq!((ran.text().as_str(), ran.summary.rejects), ("Beta,201-500,presumed\n", 1));
    options.by_hand.map = vec![("headcount".to_owned(), "2".to_owned())];
    options.output_kind = Some(Kind::JsonLines);
    let ran = try_list("Acme,300\n", &options).unwrap();
    assert_eq!(ran.text(), "{\"1\":\"Acme\",\"2\":\"300\",\"lms_status\":\"presumed\"}\n");
}

#[test]
fn a_byte_of_a_letter_is_no_separator() {
    for (label, letters) in [
        ("shift_jis", &b"\x83\x7c\x83\x93\x83\x5e"[..]),
        ("gbk", b"\x81\x7c\x81\x7c"),
        ("gb18030", b"\x81\x30\x81\x30\x81\x7c"),
        ("big5", b"\xa4\x7c\xa5\x7c"),
    ] {
        let told = Options { encoding: Some(Encoding::by_label(label).unwrap()), ..statuses() };
        let text = [b"Company|Employees\n", letters, b"|300\n\"", letters, b"|x\"|5\n"].concat();
        let answered =
            [b"Company|Employees|lms_status\n", letters, b"|300|presumed\n\"", letters, b"|x\"|5|presumed\n"]
                .concat();
        let ran = try_list(text, &told).unwrap();
        assert_eq!(String::from_utf8_lossy(&ran.answers), String::from_utf8_lossy(&answered), "{label}");
        assert_eq!(ran.rejected(), "");
    }
}

#[test]
fn answers_are_in_the_encoding_of_the_objects_they_stand_in() {
    for (label, letters) in [("shift_jis", &b"\x83\x41"[..]), ("windows-1252", b"\xfc"), ("gbk", b"\xb0\xa1")]
    {
        let told = Encoding::by_label(label).unwrap();
        for (kind, before, behind) in [(Kind::JsonLines, "", "\n"), (Kind::Json, "[", "]")] {
            // The note quotes what could not be read.
            let list = [
                before.as_bytes(),
                b"{\"company\":\"x\",\"employees\":\"",
                letters,
                b" 25 x\"}",
                behind.as_bytes(),
            ];
            let options = Options { encoding: Some(told), input_kind: Some(kind), ..Options::default() };
            let ran = try_list(list.concat(), &options).unwrap();
            assert_eq!(ran.summary.count("invalid"), 1, "{label}");
            let again = Options { prefix: Some("again_".to_owned()), ..options };
            let read = try_list(ran.answers.clone(), &again).unwrap();
            assert_eq!((read.rejected().as_str(), read.summary.count("invalid")), ("", 1), "{label}");
            assert!(String::from_utf8_lossy(&ran.answers).contains("\\u"), "{label}");
        }
    }
}

#[test]
fn a_list_without_a_header_is_refused() {
    for text in ["", "\n", "\r\n\r\n", "\u{feff}"] {
        assert!(matches!(try_list(text, &Options::default()), Err(ListError::NoHeader(_))), "{text:?}");
    }
}

#[test]
fn wide_and_long_lists() {
    let titles: Vec<String> = (0..2000).map(|column| format!("column {column}")).collect();
    let cells = vec!["x"; 1999].join(",");
    let ran = try_list(format!("{},Employees\n{cells},x,300\n", titles.join(",")), &statuses()).unwrap();
    assert_eq!(ran.summary.count("presumed"), 1);

    let long = "\"\"\n,x".repeat(1 << 20);
    let ran = try_list(format!("Notes,Employees\n\"{long}\",300\nshort,20\n"), &statuses()).unwrap();
    assert_eq!(
        ran.text(),
        format!("Notes,Employees,lms_status\n\"{long}\",300,presumed\nshort,20,presumed\n")
    );
}

#[test]
fn encodings_are_kept() {
    let text = "Company;Employees\r\nCaf\u{e9};300\r\n\u{1f600};oops\r\n";
    let answered = "Company;Employees;lms_status\r\nCaf\u{e9};300;presumed\r\n\u{1f600};oops;invalid\r\n";
    let little =
        |text: &str| [vec![0xff, 0xfe], text.encode_utf16().flat_map(u16::to_le_bytes).collect()].concat();
    let big =
        |text: &str| [vec![0xfe, 0xff], text.encode_utf16().flat_map(u16::to_be_bytes).collect()].concat();
    assert_eq!(try_list(little(text), &statuses()).unwrap().answers, little(answered));
    assert_eq!(try_list(big(text), &statuses()).unwrap().answers, big(answered));

    let bare = little(text)[2..].to_vec();
    assert_eq!(try_list(bare, &statuses()).unwrap().answers, little(answered)[2..]);

    let ran = try_list(&b"Firma;Mitarbeiter\nM\xfcller;300\nB\xe4cker;5\n"[..], &statuses()).unwrap();
    assert_eq!(ran.answers, b"Firma;Mitarbeiter;lms_status\nM\xfcller;300;presumed\nB\xe4cker;5;presumed\n");
    assert_eq!(ran.summary.detected.encoding.as_deref(), Some("windows-1252"));

    let windows = Options { encoding: Some(Encoding::by_label("windows-1252").unwrap()), ..statuses() };
    let ran = try_list(&b"Caf\xe9,Employees\n\x93x\x94,1\xa0200\n"[..], &windows).unwrap();
    assert_eq!(ran.answers, b"Caf\xe9,Employees,lms_status\n\x93x\x94,1\xa0200,presumed\n");

    let ran = try_list(
        &b"Caf\xe9,Employees\n=\x93x\x94,300\n"[..],
        &Options { output_kind: Some(Kind::Tsv), guard_formulas: true, ..windows.clone() },
    );
    assert_eq!(
        ran.unwrap().answers,
        "Caf\u{e9}\tEmployees\tlms_status\n'=\u{201c}x\u{201d}\t300\tpresumed\n".as_bytes()
    );
    let ran = try_list(
        &b"Caf\xe9,Employees\nx,300\n"[..],
        &Options { output_kind: Some(Kind::JsonLines), ..windows },
    );
    assert_eq!(
        ran.unwrap().text(),
        "{\"Caf\u{e9}\":\"x\",\"Employees\":\"300\",\"lms_status\":\"presumed\"}\n"
    );

    // Half of a surrogate pair is rejected as it stands.
    let broken = [
        little("Company;Employees\n"),
        vec![0, 0xd8],
        ";5\n".encode_utf16().flat_map(u16::to_le_bytes).collect(),
    ];
    let ran = try_list(broken.concat(), &statuses()).unwrap();
    assert_eq!((ran.summary.answers, ran.summary.rejects), (0, 1));
    assert!(ran.rejects.windows(4).any(|bytes| bytes == [0, 0xd8, b';', 0]));
}

#[test]
fn columns_find_their_facts() {
    let by_hand = |map: &[(&str, &str)]| {
        let mut options = statuses();
        options.by_hand.map =
            map.iter().map(|(fact, column)| (fact.to_string(), column.to_string())).collect();
        options
    };
    let status =
        |text: &str, options: &Options| try_list(text, options).map(|ran| ran.column("lms_status").join(" "));
    assert_eq!(status("# EMPLOYEES,hr-team,L_d Team\n300,y,n\n", &statuses()).unwrap(), "decided");
    assert_eq!(status("Staff (FTE)\n300\n", &statuses()).unwrap(), "presumed");
    assert_eq!(status("Staff (FTE)\n300\n", &by_hand(&[("headcount", "Staff (FTE)")])).unwrap(), "presumed");
    for (text, map, reason) in [
        (
            "Has HR,HR team\ny,n\n",
            &[][..],
            "both `Has HR` and `HR team` give `hr_team`; settle it with `--map hr_team='Has HR'`",
        ),
        ("a,a\n1,2\n", &[("headcount", "a")], "the list has 2 columns `a`"),
        ("Employes\n1\n", &[("headcount", "Employees")], "no column `Employees`; did you mean `Employes`?"),
        ("a\n1\n", &[("headcuont", "a")], "did you mean `headcount`?"),
        ("a\n1\n", &[("size", "a")], "`size`, which no column can give"),
        ("a,b\n1,1\n", &[("hr_team", "a"), ("hr_team", "b")], "only an integer may have several"),
        ("Employees,lms_status\n1,1\n", &[], "`--prefix`"),
        ("a\n1\n", &[("headcount", "#2")], "no column `#2`"),
    ] {
        let error = status(text, &by_hand(map)).unwrap_err().to_string();
        assert!(error.contains(reason), "{error}");
    }
    assert_eq!(
        status("Has HR,HR team,Employees\ny,n,300\n", &by_hand(&[("hr_team", "HR team")])).unwrap(),
        "presumed"
    );
}

#[test]
fn the_narrowest_of_several_headcounts_counts() {
    let text =
        "Employees,Company Size\n300,201-500\n,201-500\n300,5000+\nmany,201-500\nmany,large\n,\n~300,310\n";
    let ran = try_list(text, &Options { columns: names("status,note"), ..Options::default() }).unwrap();
    assert_eq!(
        ran.column("lms_status"),
        ["presumed", "presumed", "presumed", "presumed", "invalid", "open", "presumed"]
    );
    let notes = ran.column("lms_note");
    let presumed = notes[0].clone();
    assert!(presumed.starts_with("presumed: ") && notes[1] == presumed && notes[6] == presumed);
    assert_eq!(notes[2], format!("{presumed}; `Employees` says 300, `Company Size` says 5000+"));
    assert!(notes[3].starts_with(&format!("{presumed}; ")) && notes[3].contains("`many`"), "{}", notes[3]);
    assert!(notes[4].contains("`many`") && notes[4].contains("`large`"), "{}", notes[4]);
}

#[test]
fn what_is_wrong_with_a_cell_is_said_in_its_row() {
    let text =
        "Employees,HR team,L&D team,Team structure\nlots,maybe,,\n300,no,yes,joint\nJan-50,y,n,\n0,,,\n";
    let ran = list(text);
    assert_eq!(ran.column("lms_status"), ["invalid", "invalid", "decided", "open"]);
    let notes = ran.column("lms_note");
    assert!(notes[0].contains("`lots`") && notes[0].contains("maybe"), "{}", notes[0]);
    assert_eq!(notes[1], "it cannot be that HR and L&D work together where there is no HR team");
    assert_eq!(notes[2], "`Jan-50` read as 1-50: a spreadsheet had turned the band into a date");
    assert_eq!(ran.summary.count("invalid"), 2);
}

#[test]
fn a_seat_is_no_list_of_regions() {
    let text = "Employees,L&D team,HR team,Country\n5000,yes,no,India\n";
    assert_eq!(list(text).column("lms_status"), ["presumed"]);
}

#[test]
fn people_of_the_contacts_role_are_named() {
    let text = "Employees,HR team,L&D team,Regions,Project,Contact,Title\n\
                5000,n,y,IN,new-lms,R. Iyer,Head of L&D\n5000,n,y,IN,new-lms,M. Other,Deep Learning Engineer\n\
                5000,n,y,IN,new-lms,L. Manager,L&D Manager\n";
    let ran = list(text);
    assert_eq!(ran.column("lms_contact_name"), ["R. Iyer", "", "L. Manager"]);
    assert_eq!(ran.column("lms_note")[2], "L&D manager stands in as the contact");
}

#[test]
fn answers_are_chosen() {
    let options = Options { columns: names("size, lms_owner_title,contact_title"), ..Options::default() };
    let ran = try_list("Employees,HR team,L&D team\n300,y,n\n", &options).unwrap();
    assert!(ran.text().starts_with(
        "Employees,HR team,L&D team,lms_size,lms_owner_title,lms_contact_title\n300,y,n,small,"
    ));
    let options = Options { columns: names("owners"), ..Options::default() };
    assert!(
        try_list("Employees\n", &options)
            .is_err_and(|error| error.to_string().contains("did you mean `owner`?"))
    );
    let options = Options { only_answers: Some("ID".into()), prefix: Some("x_".into()), ..statuses() };
    assert_eq!(
        try_list("Employees,ID\n300,\"a,1\"\r\n", &options).unwrap().text(),
        "ID,x_status\n\"a,1\",presumed\r\n"
    );
}

#[test]
fn formulas_are_guarded_where_asked() {
    let options = Options { guard_formulas: true, ..statuses() };
    let ran = try_list("a,b,Employees\n=1+1,\"x\",5\n-5,\"@a,\"\"b\",5\n+1,\"y\",5\n", &options).unwrap();
    assert_eq!(
        ran.text(),
        "a,b,Employees,lms_status\n'=1+1,\"x\",5,presumed\n-5,\"'@a,\"\"b\",5,presumed\n+1,\"y\",5,presumed\n"
    );
}

#[test]
fn json_lines_keep_their_objects() {
    let text = "{\"name\": \"A\", \"Employees\": 300.0, \"HR team\": true, \"Regions\": [\"IN\", \"US\"]}\r\n\n\
                {}\nnonsense\n[1]\n{\"Employees\": \"201-500\", \"L&D team\" : null }";
    let options = Options { input_kind: Some(Kind::JsonLines), ..statuses() };
    let ran = try_list(text, &options).unwrap();
    assert_eq!(
        ran.text(),
        "{\"name\": \"A\", \"Employees\": 300.0, \"HR team\": true, \"Regions\": [\"IN\", \"US\"],\"lms_status\":\"presumed\"}\r\n\
         {\"lms_status\":\"open\"}\n{\"Employees\": \"201-500\", \"L&D team\" : null,\"lms_status\":\"presumed\" }"
    );
    assert_eq!((ran.summary.answers, ran.summary.rejects), (3, 2));
    assert!(ran.rejected().contains("\n4,not a JSON object: ") && ran.rejected().contains(",nonsense\n"));

    let options = Options { output_kind: Some(Kind::Csv), ..options };
    assert_eq!(
        try_list(text, &options).unwrap().text(),
        "name,Employees,HR team,Regions,L&D team,lms_status\nA,300.0,true,\"[\"\"IN\"\", \"\"US\"\"]\",,presumed\n\
         ,,,,,open\n,201-500,,,,presumed\n"
    );
}

#[test]
fn kinds_become_each_other() {
    let text = "Company,Employees,Code\n\"A \"\"x\"\", Ltd\",300,007\n\u{4e2d},201-500,=1+1\n,5,\n";
    let read = |text: Vec<u8>, options: &Options| {
        let ran = try_list(text, options).unwrap();
        ran.rows()
            .iter()
            .map(|row| [&row["Company"], &row["Employees"], &row["Code"]].map(String::clone))
            .collect::<Vec<_>>()
    };
    let expected = read(text.into(), &statuses());
    for kind in [Kind::Tsv, Kind::Semicolon, Kind::JsonLines, Kind::Xlsx] {
        let there = try_list(text, &Options { output_kind: Some(kind), ..statuses() }).unwrap();
        let back = Options {
            input_kind: Some(kind),
            output_kind: Some(Kind::Csv),
            prefix: Some("x_".into()),
            ..statuses()
        };
        assert_eq!(read(there.answers, &back), expected, "{kind:?}");
    }
}

#[test]
fn the_summary_plans_the_questions() {
    let ran = list(
        "Employees,HR team,L&D team,Project\n300,y,n,upgrade\n300,y,,upgrade\n1001-5000,,,\n300,maybe,,\n",
    );
    let summary = &ran.summary;
    assert_eq!((summary.rows, summary.answers, summary.rejects), (4, 4, 0));
    assert_eq!(
        summary.statuses,
        BTreeMap::from([("decided", 1), ("presumed", 1), ("open", 1), ("invalid", 1)])
    );
    assert_eq!(summary.derived["size"], BTreeMap::from([("small".to_owned(), 2), ("large".to_owned(), 1)]));
    let plan: Vec<(&str, u64, u64)> = summary
        .questions
        .iter()
        .map(|planned| (planned.fact.as_str(), planned.rows, planned.settles))
        .collect();
    assert_eq!(plan, [("ld_team", 2, 1)]);
}

#[test]
fn every_number_of_threads_gives_the_same_bytes() {
    let rows: String =
        (0..60_000).map(|at| format!("{at},{},{}\n", at % 3000, ["y", "n", "", "?"][at % 4])).collect();
    let text = format!("id,Employees,HR team\n{rows}");
    let with = |threads| {
        let options = Options { threads: NonZeroUsize::new(threads), ..Options::default() };
        try_list(text.clone(), &options).unwrap().answers
    };
    let one = with(1);
    for threads in [2, 3, 7] {
        assert!(with(threads) == one, "{threads} threads");
    }
}

/// Every list of the shared data, whole, with its counts.
#[test]
fn real_lists() {
    let own = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let Some(folder) =
        own.ancestors().map(|folder| folder.join("shared/data")).find(|folder| folder.is_dir())
    else {
        // Written past the capture of the tests, so that it is read.
        let count = REAL.len();
        writeln!(std::io::stderr(), "skipped {count} of {count} real lists: there is no shared/data")
            .unwrap();
        return;
    };
    for (file, rows, statuses) in REAL {
        let ruleset = Ruleset::embedded().unwrap();
        let ran = run_with(&ruleset, Input::File(folder.join(file)), &Options::default()).unwrap();
        let counts: Vec<(&str, u64)> =
            ran.summary.statuses.iter().map(|(status, count)| (*status, *count)).collect();
        assert_eq!(
            (ran.summary.rows, ran.summary.rejects, &counts[..]),
            (rows, 0, statuses),
            "{file}: {}",
            ran.rejected()
        );
    }
}

type Counted = (&'static str, u64, &'static [(&'static str, u64)]);

const REAL: [Counted; 6] = [
    ("open-data-500-us.csv", 529, &[("open", 59), ("presumed", 470)]),
    ("open-data-500-kr.csv", 301, &[("open", 73), ("presumed", 228)]),
    ("uk-gender-pay-gap-2017-18.csv", 7520, &[("open", 1900), ("presumed", 5620)]),
    ("irish-times-top-1000.csv", 973, &[("open", 34), ("presumed", 939)]),
    ("fortune-500-2019-utf16.csv", 500, &[("presumed", 500)]),
    ("remote-companies-size-text.csv", 882, &[("invalid", 208), ("open", 256), ("presumed", 418)]),
];

/// In some encodings the second byte of a letter is that of a backslash, which escapes nothing there.
#[test]
fn arrays_are_read_in_encodings_whose_letters_end_in_a_backslash() {
    for (label, letter) in [("shift_jis", "表"), ("big5", "功"), ("gbk", "乗"), ("gb18030", "乗")] {
        let encoding = encoding_rs::Encoding::for_label(label.as_bytes()).unwrap();
        let text = format!(
            "[{{\"x\": \"a{letter}\", \"Employees\": 300}},\n {{\"x\": \"\\\"{letter}{letter}\", \"Employees\": 5}}]\n"
        );
        let written = encoding.encode(&text).0.into_owned();
        assert_eq!(encoding.encode(letter).0.last(), Some(&b'\\'), "{label}");
        let options = Options { encoding: Some(Encoding::by_label(label).unwrap()), ..statuses() };
        let ran = try_list(written, &options).unwrap();
        let expected = text
            .replace(": 300", ": 300,\"lms_status\":\"presumed\"")
            .replace(": 5", ": 5,\"lms_status\":\"presumed\"");
        assert_eq!(
            encoding.decode(&ran.answers).0.replace(char::is_whitespace, ""),
            expected.replace(char::is_whitespace, "")
        );
        assert_eq!((ran.summary.answers, ran.summary.rejects), (2, 0), "{label}");
    }
}
