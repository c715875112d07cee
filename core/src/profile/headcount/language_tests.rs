//! What may stand beside a number: in other languages, for people, for money, in a list with a decimal style.

use super::tests::{check_table, told, wording};
use super::*;
use crate::ruleset::Counted;

/// Spellings in each language of the vocabulary, and what is refused in it.
const LANGUAGES: [(&str, &str); 9] = [
    ("german", include_str!("../../../../tests/data/headcounts/german.tsv")),
    ("french", include_str!("../../../../tests/data/headcounts/french.tsv")),
    ("spanish", include_str!("../../../../tests/data/headcounts/spanish.tsv")),
    ("portuguese", include_str!("../../../../tests/data/headcounts/portuguese.tsv")),
    ("italian", include_str!("../../../../tests/data/headcounts/italian.tsv")),
    ("dutch", include_str!("../../../../tests/data/headcounts/dutch.tsv")),
    ("hindi", include_str!("../../../../tests/data/headcounts/hindi.tsv")),
    ("chinese", include_str!("../../../../tests/data/headcounts/chinese.tsv")),
    ("japanese", include_str!("../../../../tests/data/headcounts/japanese.tsv")),
];

#[test]
fn spellings_in_other_languages() {
    for (language, table) in LANGUAGES {
        let refused = table.lines().filter(|line| line.contains("\trefused ")).count();
        assert!(refused >= 4, "{language}: only {refused} refusals");
        check_table(table, 20 + refused);
    }
}

#[test]
fn money_is_read_where_money_is_counted() {
    let money = Wording { of: Some(Counted::Money), ..Wording::default() };
    for (text, expected) in [
        ("$5,000", "5000"),
        ("EUR 5k", "5000"),
        ("₹ 2 lakh", "200000"),
        ("₹1,50,000", "150000"),
        ("5,000 USD", "5000"),
        ("US$ 5m", "5000000"),
        ("5 million dollars", "5000000"),
        ("$5k-$10k", "5000-10000"),
        ("over €1,000,000", "1000001-"),
        ("Rs. 5 crore", "50000000"),
        ("5 Mio. €", "5000000"),
        ("£0", "0"),
        ("~$300", "270-330\tabout"),
        ("$5-10k", "refused AmbiguousUnit"),
        ("€1.200", "refused AmbiguousPoint"),
        ("$300 employees", "refused NotUnderstood"),
        ("10%", "refused Price"),
        ("$", "refused Label"),
    ] {
        assert_eq!(told(&read(text, &money)), expected, "{text}");
    }
}

#[test]
fn units_fall_away_only_where_they_are_counted() {
    for (text, expected) in [
        ("300", "300"),
        ("300 employees", "refused NotUnderstood"),
        ("headcount: 300", "refused NotUnderstood"),
        ("self-employed", "refused Label"),
        ("$300", "refused Price"),
        ("300 EUR", "refused Price"),
        ("more than 200", "201-"),
        ("2.5", "3\trepaired"),
    ] {
        assert_eq!(told(&read(text, &Wording::default())), expected, "{text}");
    }
    let members = Wording { parts: false, ..Wording::default() };
    assert_eq!(told(&read("2.5", &members)), "refused Fraction");
    assert_eq!(told(&read_decimal(2.5, &members)), "refused Fraction");
}

#[test]
fn a_known_decimal_style_settles_the_point() {
    let (comma, point) = (DecimalStyle::Comma, DecimalStyle::Point);
    for (style, text, expected) in [
        (comma, "1.200", "1200"),
        (comma, "1.000", "1000"),
        (comma, "~1.200", "1080-1320\tabout"),
        (comma, "1.000-5.000", "1000-5000"),
        (comma, "10.000+", "10000-"),
        (comma, "1.200,5", "1201\trepaired"),
        (comma, "300,5", "301\trepaired"),
        (comma, "1,50", "2\trepaired"),
        (comma, "1,2K", "1200"),
        (comma, "1,200", "1200"),
        (comma, "1,2000", "refused Grouping"),
        (point, "1.200", "2\trepaired"),
        (point, "300.000", "300"),
        (point, "1.234", "refused Fraction"),
        (point, "1.200K", "1200"),
        (point, "1,200", "1200"),
        (point, "1.200.000", "1200000"),
        (point, "1,50", "refused Grouping"),
    ] {
        let wording = Wording { style, ..wording(&[]) };
        assert_eq!(told(&read(text, &wording)), expected, "{text} {style:?}");
    }
}

#[test]
fn a_cell_longer_than_a_line_is_no_headcount() {
    for long in ["(".repeat(60_000), "1 ".repeat(40_000), "9".repeat(1000) + "x", "a".repeat(LONGEST + 1)] {
        let refusal = read(&long, &wording(&[])).unwrap_err();
        assert!(matches!(refusal, Refusal::TooLong(_)), "{refusal:?}");
        assert!(refusal.to_string().chars().count() < 140);
    }
    assert_eq!(told(&read(&" ".repeat(100_000), &wording(&[]))), "unknown");
    let note = format!("300 ({})", "n".repeat(LONGEST - 6));
    assert_eq!(told(&read(&note, &wording(&[]))), "300");
}
