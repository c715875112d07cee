use super::tests::told;
use super::*;
use crate::ruleset::Counted;

#[test]
fn a_sign_counts_where_the_fact_goes_below_zero() {
    let unknown = ["-99".to_owned()];
    let growth =
        Wording { lowest: -100, highest: Some(500), unknown: &unknown, of: None, ..Wording::default() };
    for (text, expected) in [
        ("-5", "-5"),
        ("\u{2212}5", "-5"),
        ("\u{2013}5", "-5"),
        ("- 5", "-5"),
        ("+5", "5"),
        ("-0", "0"),
        ("-1e1", "-10"),
        ("-5.0", "-5"),
        ("'-5", "-5"),
        ("-5*", "-5"),
        ("-10 to 10", "-10-10"),
        ("-10..10", "-10-10"),
        ("-10-10", "-10-10"),
        ("-10--5", "-10--5"),
        ("-10 \u{2013} -5", "-10--5"),
        ("between -5 and 5", "-5-5"),
        ("-10 bis -5", "-10--5"),
        ("-5 to -10", "refused Reversed"),
        ("< -5", "-100--6"),
        ("less than 0", "-100--1"),
        ("up to -50", "-100--50"),
        ("-50 or less", "-100--50"),
        ("> -5", "-4-500"),
        ("-5+", "-5-500"),
        ("at least -5", "-5-500"),
        ("~-50", "-55--45\tabout"),
        ("about +50", "45-55\tabout"),
        ("-200", "refused Outside"),
        ("-200 to -90", "-100--90"),
        ("-200 to -150", "refused Outside"),
        ("-99", "unknown"),
        ("-", "unknown"),
        ("--", "unknown"),
        ("-1.5", "refused Fraction"),
        ("1.5", "refused Fraction"),
        ("-1.200", "refused AmbiguousPoint"),
        ("-5%", "refused Price"),
        ("-5 to 1K", "refused AmbiguousUnit"),
        ("-99999999999999999999999999999999999999999999", "refused TooLarge"),
    ] {
        assert_eq!(told(&read(text, &growth)), expected, "{text}");
    }
    let money = Wording { lowest: -10_000, of: Some(Counted::Money), ..Wording::default() };
    for (text, expected) in [("-$5,000", "-5000"), ("$-5,000", "-5000"), ("-5K EUR", "-5000")] {
        assert_eq!(told(&read(text, &money)), expected, "{text}");
    }
    for (value, expected) in [
        (-5, "-5"),
        (-100, "-100"),
        (-101, "refused Outside"),
        (-99, "unknown"),
        (i128::from(i64::MIN), "refused Outside"),
        (i128::MIN, "refused TooLarge"),
    ] {
        assert_eq!(told(&read_integer(value, &growth)), expected, "{value}");
    }
    for (value, expected) in
        [(-5.0, "-5"), (-0.0, "0"), (-0.5, "refused Fraction"), (f64::NEG_INFINITY, "refused TooLarge")]
    {
        assert_eq!(told(&read_decimal(value, &growth)), expected, "{value}");
    }
}
