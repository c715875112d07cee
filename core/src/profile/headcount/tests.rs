use proptest::prelude::*;

use super::*;
use crate::percent::Percent;
use crate::ruleset::Counted;

const SPELLINGS: &str = include_str!("../../../../tests/data/headcounts.tsv");
const REAL_SPELLINGS: &str = include_str!("../../../../tests/data/remote-company-sizes.tsv");

/// Pieces of what people write, to be put together in any order.
const PIECES: [&str; 30] = [
    "1",
    "250",
    "1.200",
    "1,200",
    "1,50",
    "2.5",
    "1e3",
    "-",
    "–",
    "..",
    "~",
    "+",
    "<=",
    ">",
    "K",
    "万",
    "employees",
    "人",
    "(",
    ")",
    "]",
    "und",
    "bis",
    "entre",
    "से",
    "以上",
    "$",
    "EUR",
    "%",
    "*",
];

pub(super) fn wording(unknown: &[String]) -> Wording<'_> {
    Wording { lowest: 1, unknown, of: Some(Counted::People), ..Wording::default() }
}

fn zero() -> Vec<String> {
    vec!["0".to_owned()]
}

/// A reading in the words of the tables.
pub(super) fn told(result: &Result<Reading, Refusal>) -> String {
    let reading = match result {
        Ok(reading) => reading,
        Err(refusal) => {
            let debug = format!("{refusal:?}");
            let kind = debug.split(|letter: char| !letter.is_alphanumeric()).next().unwrap();
            return format!("refused {kind}");
        }
    };
    let mut told = match reading.count {
        Count::Unknown => "unknown".to_owned(),
        Count::Exact(number) => number.to_string(),
        Count::Band { min, max } => format!("{min}-{}", max.map_or(String::new(), |max| max.to_string())),
    };
    if reading.about {
        told.push_str("\tabout");
    }
    if reading.repaired.is_some() {
        told.push_str("\trepaired");
    }
    told
}

/// `\u202f` in a table stands for that character.
fn unescaped(text: &str) -> String {
    let mut pieces = text.split("\\u");
    let mut whole = pieces.next().unwrap().to_owned();
    for piece in pieces {
        let (code, rest) = piece.split_at(4);
        whole.push(char::from_u32(u32::from_str_radix(code, 16).unwrap()).unwrap());
        whole.push_str(rest);
    }
    whole
}

pub(super) fn check_table(table: &str, at_least: usize) {
    let unknown = zero();
    let lines = table.lines().filter(|line| !line.starts_with('#') && line.contains('\t'));
    let mut wrong = Vec::new();
    let mut count = 0;
    for line in lines {
        count += 1;
        let (text, expected) = line.split_once('\t').unwrap();
        let read = told(&read(&unescaped(text), &wording(&unknown)));
        if read != expected {
            wrong.push(format!("`{text}`: expected {expected}, read {read}"));
        }
    }
    assert!(count >= at_least, "only {count} lines");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn spellings() {
    check_table(SPELLINGS, 250);
}

#[test]
fn spellings_of_a_real_list() {
    check_table(REAL_SPELLINGS, 250);
}

#[test]
fn bands_are_cut_to_the_range() {
    let wording = Wording { lowest: 10, highest: Some(1000), ..wording(&[]) };
    for (text, expected) in [
        ("5-20", "10-20"),
        ("900-2000", "900-1000"),
        ("500+", "500-1000"),
        ("1000+", "1000"),
        ("1001+", "refused Outside"),
        ("up to 10", "10"),
        ("up to 9", "refused Outside"),
        ("~1000", "900-1000\tabout"),
        ("~8", "refused Outside"),
        ("9", "refused Outside"),
        ("1001", "refused Outside"),
        ("1000", "1000"),
        ("0", "refused Outside"),
        ("Jan-50", "10-50\trepaired"),
        ("1-Feb", "refused Outside"),
    ] {
        assert_eq!(told(&read(text, &wording)), expected, "{text}");
    }
}

#[test]
fn near_says_how_far_about_reaches() {
    let wording = Wording { near: Percent::parse("50%").unwrap(), lowest: 0, ..wording(&[]) };
    assert_eq!(told(&read("~300", &wording)), "150-450\tabout");
    assert_eq!(told(&read("0", &wording)), "0");
    assert_eq!(told(&read("~0", &wording)), "0\tabout");
}

#[test]
fn the_own_unknown_spellings_come_first() {
    let unknown = ["Keine Ahnung".to_owned(), " 999 ".to_owned(), "10+".to_owned(), "ÄH".to_owned()];
    let wording = wording(&unknown);
    for text in ["keine ahnung", "999", " 999", "10+", "äh", "999.0"] {
        assert_eq!(told(&read(text, &wording)), "unknown", "{text}");
    }
    assert_eq!(told(&read("99", &wording)), "99");
    assert_eq!(told(&read_integer(999, &wording)), "unknown");
    assert_eq!(told(&read_decimal(999.0, &wording)), "unknown");
}

#[test]
fn bare_numbers() {
    let unknown = zero();
    let wording = wording(&unknown);
    for (value, expected) in [
        (300, "300"),
        (0, "unknown"),
        (-5, "refused Negative"),
        (i128::from(u64::MAX), "18446744073709551615"),
        (i128::MAX, "refused TooLarge"),
    ] {
        assert_eq!(told(&read_integer(value, &wording)), expected, "{value}");
    }
    for (value, expected) in [
        (300.0, "300"),
        (0.0, "unknown"),
        (1e15, "1000000000000000"),
        (2.5, "3\trepaired"),
        (300.25, "301\trepaired"),
        (300.125, "refused Fraction"),
        (-0.0, "unknown"),
        (-5.0, "refused Negative"),
        (-0.5, "refused Negative"),
        (f64::NAN, "unknown"),
        (f64::INFINITY, "refused TooLarge"),
        (f64::NEG_INFINITY, "refused Negative"),
        (1e300, "refused TooLarge"),
    ] {
        assert_eq!(told(&read_decimal(value, &wording)), expected, "{value}");
    }
    let above_ten = Wording { lowest: 10, ..wording };
    assert_eq!(told(&read_integer(9, &above_ten)), "refused Outside");
}

#[test]
fn messages() {
    let unknown = zero();
    for (text, message) in [
        ("-5", "`-5` is negative: expected a number of 0 or more"),
        ("2.125 people", "`2.125` can be read as 2125 or as 2.125"),
        ("0.125 people", "`0.125` is not a whole number"),
        ("1.200", "`1.200` can be read as 1200 or as 1.2"),
        ("1.000", "`1.000` can be read as 1000 or as 1"),
        ("1.500K", "`1.500K` can be read as 1500K or as 1.5K"),
        ("12.000.000,000", "`12.000.000,000` can be read as 12000000000 or as 12000000"),
        ("500-200", "the band `500-200` ends before it begins"),
        ("3 offices, 200 people", "`3 offices, 200 people` holds several numbers that are no band"),
        ("$5M", "`$5M` is an amount of money or a percentage: expected a number or a band"),
        ("large", "`large` is no number: expected a number or a band"),
        ("300 offices", "`300 offices` was not understood at `offices`"),
        ("0 people", "`0 people` is outside the range: expected 1 or more"),
        ("12,34", "the digits of `12,34` are grouped as in no number"),
    ] {
        assert_eq!(read(text, &wording(&unknown)).unwrap_err().to_string(), message);
    }
    let long = "word ".repeat(1000);
    assert!(read(&long, &wording(&unknown)).unwrap_err().to_string().chars().count() < 140);
    let repaired = read("10-Jan", &wording(&unknown)).unwrap().repaired.unwrap();
    assert_eq!(repaired, "`10-Jan` read as 1-10: a spreadsheet had turned the band into a date");
}

/// Every cell of the whole lists, which are not part of this project: which columns hold headcounts.
#[test]
#[allow(clippy::print_stderr, reason = "a test that did not run must say so")]
fn whole_lists() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data");
    let lists = [
        ("open-data-500-us.csv", "full_time_employees", 0),
        ("open-data-500-kr.csv", "full_time_employees", 0),
        ("uk-gender-pay-gap-2017-18.csv", "EmployerSize", 0),
        ("irish-times-top-1000.csv", "Employees", 0),
        // Free text: the rest is sentences and labels.
        ("remote-companies-size-text.csv", "Company size", 222),
    ];
    let unknown = zero();
    for (file, column, most_refused) in lists {
        let Ok(mut list) = csv::Reader::from_path(folder.join(file)) else {
            eprintln!("skipped: {file} is not here");
            continue;
        };
        let at = list.headers().unwrap().iter().position(|title| title == column).unwrap();
        let refused: Vec<String> = list
            .records()
            .map(|record| record.unwrap()[at].to_owned())
            .filter(|cell| read(cell, &wording(&unknown)).is_err())
            .collect();
        assert!(refused.len() <= most_refused, "{file}: {} refused: {refused:?}", refused.len());
    }
}

proptest! {
    #[test]
    fn nothing_panics_and_bands_are_in_order(text in "[-0-9 KMkm.,'+~<>=to()_a-c–%]{0,12}") {
        let unknown = zero();
        if let Ok(Reading { count: Count::Band { min, max: Some(max) }, .. }) = read(&text, &wording(&unknown)) {
            prop_assert!(min < max);
        }
    }

    #[test]
    fn any_text_at_all(text in "\\PC{0,20}") {
        let _ = read(&text, &wording(&[]));
    }

    #[test]
    fn any_words_at_all(pieces in prop::collection::vec(prop::sample::select(PIECES.as_slice()), 0..8)) {
        for of in [None, Some(Counted::People), Some(Counted::Money)] {
            for style in [DecimalStyle::Unknown, DecimalStyle::Comma, DecimalStyle::Point] {
                let wording = Wording { of, style, ..wording(&[]) };
                let apart = read(&pieces.join(" "), &wording);
                let together = read(&pieces.concat(), &wording);
                for reading in [apart, together].into_iter().flatten() {
                    if let Count::Band { min, max: Some(max) } = reading.count {
                        prop_assert!(min < max);
                    }
                }
            }
        }
    }

    #[test]
    fn every_grouping_reads_as_its_number(number in 1_u64.., separator in proptest::sample::select(vec![",", "'", " ", "\u{202f}", "\u{a0}"])) {
        let digits = number.to_string();
        let mut grouped = String::new();
        for (at, digit) in digits.chars().enumerate() {
            if at > 0 && (digits.len() - at).is_multiple_of(3) {
                grouped.push_str(separator);
            }
            grouped.push(digit);
        }
        prop_assert_eq!(told(&read(&grouped, &wording(&[]))), digits);
    }

    #[test]
    fn bands_read_as_written(first in 1_u64..100_000, more in 1_u64..100_000) {
        let last = first + more;
        let band = format!("{first}-{last}");
        prop_assert_eq!(told(&read(&band, &wording(&[]))), band);
    }
}
