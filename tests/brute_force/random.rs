//! Random cases.

use std::collections::BTreeMap;
use super::{generate::case, oracle, profile::Profile, ruleset::Ruleset};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;

#[test]
fn reaches_every_status() {
    let mut runner = TestRunner::deterministic();
    let mut met: BTreeMap<String, usize> = BTreeMap::new();
    let cases = case();
    for _ in 0..2000 {
        let case = cases.new_tree(&mut runner).expect("a case").current();
        let ruleset = Ruleset::read(&case.ruleset);
        let answer = Profile::read(&ruleset, &case.profile).and_then(|p| oracle::decide(&ruleset, &p));
        let status = answer.map_or_else(|e| e[..10].to_string(), |a| format!("{:?} {}", a.status, if a.ask.is_empty() {""} else {"ask"}));
        *met.entry(status).or_default() += 1;
    }
    println!("{met:?}");
}
