//! Whole numbers and tests of them in words.

use crate::ruleset::{Fact, Stretch};

/// A number with commas between thousands.
pub fn thousands(number: impl Into<i128>) -> String {
    let number = number.into();
    let digits = number.unsigned_abs().to_string();
    let mut grouped = String::with_capacity(1 + digits.len() + digits.len() / 3);
    if number < 0 {
        grouped.push('-');
    }
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// So many rows of a list: "1 row", "2,000 rows".
pub fn rows(count: u64) -> String {
    format!("{} row{}", thousands(count), if count == 1 { "" } else { "s" })
}

/// The numbers of a fact that pass a test: "300", "fewer than 500", "500 to 1,000", "2 or 3".
pub fn numbers(fact: &Fact, stretches: &[Stretch]) -> String {
    let within = |stretch: &&Stretch| stretch.first <= fact.highest && stretch.last >= fact.lowest;
    let own: Vec<Stretch> = stretches
        .iter()
        .filter(within)
        .map(|stretch| Stretch {
            first: stretch.first.max(fact.lowest),
            last: stretch.last.min(fact.highest),
        })
        .collect();
    if let [below, above] = own.as_slice()
        && below.first == fact.lowest
        && above.last == fact.highest
        && above.first - below.last == 2
        && below.first < below.last
    {
        let only = thousands(below.last + 1);
        return format!("fewer than {only} or more than {only}");
    }
    let mut parts = Vec::new();
    for stretch in own {
        match stretch.last - stretch.first {
            // Neighbours are as short one by one.
            1 if stretch.first > fact.lowest || stretch.last < fact.highest => {
                parts.extend([thousands(stretch.first), thousands(stretch.last)]);
            }
            _ => parts.push(one(fact, stretch)),
        }
    }
    super::join::listed(&parts, "or")
}

fn one(fact: &Fact, Stretch { first, last }: Stretch) -> String {
    match (first <= fact.lowest, last >= fact.highest) {
        _ if first == last => thousands(first),
        (true, true) => format!("at least {}", thousands(first)),
        (true, false) => below(last),
        (false, true) => above(first),
        (false, false) => format!("{} to {}", thousands(first), thousands(last)),
    }
}

/// "fewer than 500" rather than "at most 499", but "at most 10" rather than "fewer than 11".
fn below(last: i128) -> String {
    match roundness(last) > roundness(last + 1) {
        true => format!("at most {}", thousands(last)),
        false => format!("fewer than {}", thousands(last + 1)),
    }
}

/// "more than 1,000" rather than "at least 1,001".
fn above(first: i128) -> String {
    match roundness(first - 1) > roundness(first) {
        true => format!("more than {}", thousands(first - 1)),
        false => format!("at least {}", thousands(first)),
    }
}

/// How many zeros a number ends in; nothing is rounder than 0 is said to be.
fn roundness(number: i128) -> u32 {
    let mut zeros = 0;
    let mut left = number.unsigned_abs();
    while left > 0 && left.is_multiple_of(10) {
        left /= 10;
        zeros += 1;
    }
    zeros
}
