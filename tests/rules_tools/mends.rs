//! All rows that are offered, pasted at once, leave nothing to mend.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use whoowns::Ruleset;
use whoowns::analysis::{Effort, Report, check};
use whoowns::diagnostic::Code;
use whoowns::ruleset::FactId;

use super::{brute, random};

const DEFAULT: &str = include_str!("../../rules/training-platform.toml");

fn checked(text: &str) -> Report {
    let ruleset =
        Ruleset::from_toml("rules.toml", text).unwrap_or_else(|problems| panic!("{problems}\n{text}"));
    check(&ruleset, Effort::default())
}

/// A file in its parts: what stands above the first row, then a part for each row.
fn parts(text: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    for line in text.lines() {
        if line.starts_with("[[") {
            parts.push(String::new());
        }
        let last = parts.last_mut().unwrap();
        last.push_str(line);
        last.push('\n');
    }
    parts
}

/// The text with the rows pasted: a row that gives a fact above the first row that tests it, as the help says.
fn pasted(text: &str, report: &Report) -> String {
    let mut all = parts(text);
    for finding in &report.findings {
        for fix in finding.fix.iter().flat_map(|fix| parts(fix).split_off(1)) {
            let fact = fix.lines().find_map(|line| line.strip_prefix("fact = \"")?.strip_suffix('"'));
            let tests = |part: &String| {
                let when = part.lines().find(|line| line.starts_with("when"));
                part.starts_with("[[derive]]")
                    && fact.is_some_and(|fact| when.is_some_and(|when| when.contains(&format!(" {fact} ="))))
            };
            let place = all.iter().position(tests).unwrap_or(all.len());
            all.insert(place, fix);
        }
    }
    all.concat()
}

/// The rows that a check calls without use.
fn useless(report: &Report) -> BTreeSet<(String, String)> {
    let useless = |code: Code| matches!(code, Code::Unreachable | Code::Redundant);
    let findings = report.findings.iter().filter(|finding| useless(finding.code));
    findings.map(|one| (one.table.unwrap().to_string(), one.rule.clone().unwrap())).collect()
}

fn assert_mended(text: &str) {
    let before = checked(text);
    let mended = pasted(text, &before);
    let after = checked(&mended);
    let only_uncovered = speaks_of_no_value(text);
    for finding in &after.findings {
        let hole = finding.code == Code::Uncovered
            || finding.code == Code::NoValue && !only_uncovered
            || finding.code == Code::Accountable && finding.fix.is_some();
        assert!(!hole, "{}\n{text}\n---- pasted:\n{mended}", finding.message);
        assert!(finding.code != Code::NotProved);
    }
    if only_uncovered {
        return;
    }
    let new = useless(&after).difference(&useless(&before)).cloned().collect::<Vec<_>>();
    let new: Vec<_> = new.into_iter().filter(|row| of_use(text, row)).collect();
    assert!(new.is_empty(), "without use once pasted: {new:?}\n{text}\n---- pasted:\n{mended}");
}

/// Whether a row decides only where some derived fact has no value. Its author then means that there is none, and
/// giving one takes the row its use: what is right there cannot be told.
fn speaks_of_no_value(text: &str) -> bool {
    if text.contains("headcount") {
        // Too many states to go through; in the default every row speaks of a size.
        return false;
    }
    let ruleset = Ruleset::from_toml("rules.toml", text).unwrap();
    let derived: Vec<FactId> =
        (0..ruleset.facts().len()).map(FactId).filter(|fact| ruleset.fact(*fact).derived).collect();
    let mut decides: BTreeMap<(&str, usize), bool> = BTreeMap::new();
    for state in brute::states(&ruleset) {
        let decided = brute::decide(&ruleset, &state);
        let all = !derived.iter().any(|fact| brute::misses(&ruleset, &state, *fact));
        let rows = decided
            .owner
            .map(|at| ("owner", at))
            .into_iter()
            .chain(decided.contact.map(|at| ("contact", at)));
        for row in rows.chain(decided.derive.iter().map(|at| ("derive", *at))) {
            *decides.entry(row).or_default() |= all;
        }
    }
    decides.values().any(|with_value| !with_value)
}

/// Whether a row was of use to anybody where every derived fact that applies has a value. What is of use only where one
/// has none says what is so there, and can lose its use with the value. What only changes the contact where nobody owns
/// was of no use either: there is no answer, and whatever row gives those states an owner shows it.
fn of_use(text: &str, (table, id): &(String, String)) -> bool {
    if text.contains("headcount") {
        return true;
    }
    let ruleset = Ruleset::from_toml("rules.toml", text).unwrap();
    let derived: Vec<FactId> =
        (0..ruleset.facts().len()).map(FactId).filter(|fact| ruleset.fact(*fact).derived).collect();
    let without = ruleset.changed(|checked| match table.as_str() {
        "derive" => checked.derive.retain(|row| row.id != *id),
        "owner" => checked.owner.retain(|row| row.id != *id),
        _ => checked.contact.retain(|row| row.id != *id),
    });
    let without = without.unwrap();
    brute::states(&ruleset).iter().any(|state| {
        let answer = |ruleset: &Ruleset| {
            let (owner, contact) = brute::decide(ruleset, state).roles;
            owner.map(|owner| (owner, contact))
        };
        let has_values = !derived.iter().any(|fact| brute::misses(&ruleset, state, *fact));
        has_values && answer(&without) != answer(&ruleset)
    })
}

proptest! {
    #![proptest_config(random::config(600))]

    #[test]
    fn what_is_offered_leaves_no_hole(seed in any::<u64>()) {
        assert_mended(&random::ruleset(seed));
    }
}

#[test]
fn a_value_can_be_missed_only_since_another_is_given() {
    assert_mended(include_str!("small/mended-later.toml"));
}

#[test]
fn a_contact_that_only_nobody_has_may_lose_its_use() {
    assert_mended(include_str!("small/contact-of-nobody.toml"));
    assert_mended(include_str!("small/value-for-nobody.toml"));
}

#[test]
fn what_only_an_offered_row_opens_is_offered_with_it() {
    assert_mended(include_str!("small/value-opened-by-another.toml"));
}

#[test]
fn every_row_of_the_default_dropped_or_moved_is_mended() {
    let all = parts(DEFAULT);
    for table in ["derive", "owner", "contact"] {
        let own: Vec<usize> =
            (0..all.len()).filter(|at| all[*at].starts_with(&format!("[[{table}]]"))).collect();
        for &at in &own {
            let mut dropped = all.clone();
            let row = dropped.remove(at);
            assert_mended(&dropped.concat());
            for &to in own.iter().filter(|to| **to != at) {
                let mut moved = dropped.clone();
                moved.insert(to, row.clone());
                assert_mended(&moved.concat());
            }
        }
    }
}

#[test]
fn a_value_that_a_derived_fact_misses_is_the_root_of_a_hole() {
    let text = DEFAULT.replace("when = { headcount = \"< 500\" }", "when = { headcount = \"< 250\" }");
    let report = checked(&text);
    let found: Vec<_> =
        report.findings.iter().map(|finding| (finding.code, finding.message.as_str())).collect();
    assert_eq!(found, [(Code::NoValue, "`size` has no value where `headcount = \"250..=499\"`")]);
    let fix = report.findings[0].fix.as_ref().unwrap();
    assert_eq!(
        fix,
        "[[derive]]\nid = \"fill-1\"\nwhen = { headcount = \"250..=499\" }\nfact = \"size\"\nvalue = \"small\"\n"
    );
    assert!(report.findings[0].witness.as_ref().unwrap().contains_key("headcount"));
}

#[test]
fn who_writes_only_when_it_is_so_misses_no_value() {
    let text = include_str!("../checks/no-value/good.toml");
    let flag = text
        .replace("kind = \"choice\"\nvalues = [\"small\", \"large\"]", "kind = \"boolean\"")
        .replace("value = \"small\"", "value = true")
        .replace(
            "[[derive]]\nid = \"many\"\nfact = \"size\"\nvalue = \"large\"\nwhen = { people = \">= 10\" }\n",
            "",
        )
        .replace("when = { size = \"small\" }", "when = { size = true }")
        .replace("when = { size = \"large\" }\n", "");
    let found: Vec<Code> = checked(&flag).findings.iter().map(|finding| finding.code).collect();
    assert_eq!(found, [], "{flag}");
}
