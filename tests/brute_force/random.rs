//! Random cases: the library's decision against the oracle's, and proof that the cases reach what matters.

use std::collections::BTreeMap;

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{RngSeed, TestRunner};

use super::compare::differences;
use super::generate::{Case, case};
use super::oracle::{self, Answer, Status};
use super::profile::Profile;
use super::ruleset::Ruleset;

/// How many cases a plain `cargo test` compares, from a fixed seed so that it always does the same. A deeper run
/// sets `PROPTEST_CASES`, and `PROPTEST_RNG_SEED` for other cases.
const CASES: u32 = 2000;

/// As many cases as asked for, or this many.
pub fn config(cases: u32) -> ProptestConfig {
    let asked = ProptestConfig::default();
    let set = |name: &str| std::env::var_os(name).is_some();
    ProptestConfig {
        cases: if set("PROPTEST_CASES") { asked.cases } else { cases },
        rng_seed: if set("PROPTEST_RNG_SEED") { asked.rng_seed } else { RngSeed::Fixed(1) },
        failure_persistence: None,
        max_shrink_iters: 20_000,
        ..asked
    }
}

proptest! {
    #![proptest_config(config(CASES))]

    #[test]
    fn decides_as_brute_force_does(case in case()) {
        let difference = compare(&case);
        prop_assert!(difference.is_empty(), "\n{}\n", difference.join("\n"));
    }
}

/// What differs between library and oracle; empty where they agree.
pub fn compare(case: &Case) -> Vec<String> {
    let ruleset = Ruleset::read(&case.ruleset);
    let answer =
        Profile::read(&ruleset, &case.profile).and_then(|profile| oracle::decide(&ruleset, &profile));
    match (answer, library(case)) {
        (Ok(answer), Ok(decision)) => differences(&ruleset, &answer, &decision),
        (Err(_), Err(Refusal::OfProfile(_))) => vec![],
        (Err(reason), Err(refusal)) => {
            vec![format!("oracle refuses the profile: {reason}\nlibrary: {refusal:?}")]
        }
        (Err(reason), Ok(decision)) => vec![format!("oracle refuses: {reason}\nlibrary: {decision:#}")],
        (Ok(answer), Err(reason)) => {
            vec![format!("oracle: {:?}\nlibrary refuses: {reason:?}", answer.status)]
        }
    }
}

/// Why the library does not decide; only a profile that contradicts itself or the facts is a reason, since every
/// ruleset written here is right and small.
#[derive(Debug)]
#[expect(dead_code, reason = "the reasons are shown where the two do not agree")]
enum Refusal {
    OfRuleset(String),
    OfProfile(String),
    TooEntangled(String),
}

fn library(case: &Case) -> Result<serde_json::Value, Refusal> {
    let ruleset = whoowns::Ruleset::from_toml("random.toml", &case.ruleset)
        .map_err(|error| Refusal::OfRuleset(format!("{error:?}")))?;
    let profile = whoowns::Profile::from_json(&ruleset, "random.json", &case.profile)
        .map_err(|error| Refusal::OfProfile(format!("{error:?}")))?;
    let decision =
        whoowns::decide(&ruleset, &profile).map_err(|error| Refusal::TooEntangled(format!("{error:?}")))?;
    let json = whoowns::report::json::json(&ruleset, &decision);
    Ok(serde_json::to_value(json).expect("a decision is JSON"))
}

/// A generator that misses a part of the contract would prove nothing about it.
#[test]
fn the_cases_reach_every_part_of_a_decision() {
    let mut runner = TestRunner::deterministic();
    let mut met: BTreeMap<&str, usize> = BTreeMap::new();
    let cases = case();
    for _ in 0..1000 {
        let case = cases.new_tree(&mut runner).expect("a case").current();
        let ruleset = Ruleset::read(&case.ruleset);
        let answer =
            Profile::read(&ruleset, &case.profile).and_then(|profile| oracle::decide(&ruleset, &profile));
        for (part, reached) in parts(&ruleset, answer) {
            *met.entry(part).or_default() += usize::from(reached);
        }
    }
    assert!(met.values().all(|&times| times >= 3), "{met:#?}");
}

fn parts(ruleset: &Ruleset, answer: Result<Answer, String>) -> Vec<(&'static str, bool)> {
    let Ok(answer) = answer else { return vec![("contradiction", true)] };
    let is = |status: Status| answer.status == status;
    let flips_to_nothing = answer.flips.iter().any(|(_, _, owner, _)| owner.is_none());
    let below_half = |rule: &String| {
        let row = ruleset.typical.iter().find(|row| row.id == *rule);
        row.and_then(|row| row.support).is_some_and(|part| part.over * 2 < part.under)
    };
    let unsupported =
        is(Status::Presumed) && answer.presumed.narrowed.iter().any(|(_, rule)| below_half(rule));
    let asked_first = answer.ask.len() > 1 && ruleset.facts[ruleset.place(&answer.ask[0])].first;
    let requires = |fact: usize| ruleset.facts[fact].only_when.iter().map(|(required, _)| *required);
    let chain = ruleset.base().any(|fact| requires(fact).any(|required| requires(required).count() > 0));
    let unused = |fact: usize| answer.all.iter().any(|state| state.values[fact].is_none());
    vec![
        ("decided", is(Status::Decided)),
        ("presumed", is(Status::Presumed)),
        ("open", is(Status::Open)),
        ("unmatched", is(Status::Unmatched)),
        ("presumed by a share only", is(Status::Presumed) && answer.presumed.possible.len() > 1),
        ("decided by several rules", is(Status::Decided) && answer.owner_rules.len() > 1),
        ("decided, with more presumed", is(Status::Decided) && !answer.presumed.narrowed.is_empty()),
        ("several to ask", answer.ask.len() > 2),
        ("flips of what is presumed", is(Status::Presumed) && !answer.flips.is_empty()),
        ("flips to nothing", flips_to_nothing),
        ("borderline", !answer.borderline.is_empty()),
        ("high", answer.confidence == "high"),
        ("low", answer.confidence == "low"),
        ("derived", !answer.derived.is_empty()),
        ("owner and contact in one", answer.stakeholders.iter().any(|(_, _, raci)| raci == "AR")),
        ("candidates ruled out", answer.candidates.iter().any(|one| !one.still_possible)),
        ("many states", answer.all.len() > 500),
        ("facts that do not apply", ruleset.base().any(unused)),
        ("doubted for its support", unsupported),
        ("asked first", asked_first),
        ("a chain of conditions", chain),
    ]
}

proptest! {
    #![proptest_config(config(200))]

    #[test]
    fn a_ruleset_read_back_from_json_decides_the_same(case in case()) {
        let written = whoowns::Ruleset::from_toml("random.toml", &case.ruleset).map_err(|error| format!("{error:?}"));
        let json = whoowns::export::json(&written.expect("a right ruleset"));
        let again = Case { ruleset: json, ..case.clone() };
        let decided = |case: &Case| library(case).map_err(|refusal| format!("{refusal:?}").len());
        match (decided(&case), decided(&again)) {
            (Ok(once), Ok(again)) => prop_assert_eq!(once, again),
            (once, again) => prop_assert_eq!(once.is_ok(), again.is_ok()),
        }
    }
}
