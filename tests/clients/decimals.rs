//! What a point between digits means, told by the column that it stands in.

use whoowns::clients::{Kind, Options};
use whoowns::profile::headcount::DecimalStyle;

use crate::lists::{names, try_list};

fn options(decimal: Option<DecimalStyle>) -> Options {
    Options {
        columns: names("headcount_min,headcount_max"),
        output_kind: Some(Kind::Csv),
        decimal,
        ..Options::default()
    }
}

/// What each cell of a column is read as; `-` where it cannot be.
fn read(cells: &str, decimal: Option<DecimalStyle>) -> (String, Vec<String>) {
    let rows: String = cells.split(' ').map(|cell| format!("\"{cell}\"\n")).collect();
    let ran = try_list(format!("Employees\n{rows}"), &options(decimal)).unwrap();
    let ends = ran.column("lms_headcount_min").into_iter().zip(ran.column("lms_headcount_max"));
    let cells = ends.map(|(min, max)| match (min.as_str(), max.as_str()) {
        ("", _) => "-".to_owned(),
        (min, max) if min == max => min.to_owned(),
        (min, max) => format!("{min}-{max}"),
    });
    (cells.collect::<Vec<_>>().join(" "), ran.summary.detected.choices)
}

#[test]
fn the_column_tells() {
    for (cells, expected) in [
        // Every number with a point has three digits after it.
        ("1.200 300", "1200 300"),
        ("1.200", "1200"),
        // One can only be thousands.
        ("1.200.000 300.5 1.200", "1200000 301 1200"),
        ("1.001-5.000 1.200 2.5", "1001-5000 1200 3"),
        ("1.200,50 1.200 2.5", "1201 1200 3"),
        // Neither: nobody can tell.
        ("1.200 300.5", "- 301"),
        ("1.200 0.125", "- -"),
        ("1.200 300.0", "- 300"),
        ("1,200.50 1.200", "1201 -"),
        ("12.05.2020 300", "- 300"),
        ("300 1,200", "300 1200"),
    ] {
        let (read, said) = read(cells, None);
        assert_eq!(read, expected, "{cells}");
        let thousands =
            read.split(' ').zip(cells.split(' ')).any(|(read, cell)| cell == "1.200" && read == "1200");
        assert_eq!(
            said.iter().filter(|choice| choice.contains("thousands")).count(),
            usize::from(thousands),
            "{said:?}"
        );
    }
}

#[test]
fn the_user_settles_it() {
    for (style, expected) in
        [(DecimalStyle::Comma, "1200 301 1200000"), (DecimalStyle::Point, "2 301 1200000")]
    {
        let (read, said) = read("1.200 300.5 1.200.000", Some(style));
        assert_eq!((read.as_str(), said), (expected, Vec::<String>::new()));
    }
}

#[test]
fn each_column_tells_for_itself() {
    let list = "Company Size;Employees\n1.001-5.000;1.200\n2.5;4.5\n";
    let ran = try_list(list, &Options { output_kind: None, ..options(None) }).unwrap();
    assert_eq!(
        ran.text(),
        "Company Size;Employees;lms_headcount_min;lms_headcount_max\n1.001-5.000;1.200;1001;5000\n2.5;4.5;3;3\n"
    );
}

#[test]
fn all_of_the_first_block_tells() {
    let list = format!("Employees\n1.200\n{}300.5\n1.200.000\n", "300\n".repeat(5000));
    let ran = try_list(list, &options(None)).unwrap();
    assert_eq!(ran.column("lms_headcount_min")[0], "1200");
}

#[test]
fn a_typed_number_has_no_thousands() {
    let list = "[{\"Employees\": 1.234}, {\"Employees\": \"1.001-5.000\"}, {\"Employees\": \"1.234\"}]";
    let ran = try_list(list, &options(None)).unwrap();
    assert_eq!(ran.column("lms_headcount_min"), ["", "1001", "1234"]);
}
