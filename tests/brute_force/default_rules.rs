//! The default rules against brute force, over random profiles close to their thresholds.

use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Map, Value, json};

use super::generate::Case;
use super::random::{compare, config};

const RULES: &str = include_str!("../../rules/training-platform.toml");

/// How many profiles a plain `cargo test` compares: each has thousands of states.
const CASES: u32 = 40;

/// Headcounts, exact ones and bands, on both sides of the thresholds in the default rules.
fn headcount() -> impl Strategy<Value = Value> {
    let numbers = vec![1, 9, 10, 11, 300, 455, 499, 500, 550, 999, 1000, 1001, 1100, 1850, 1999, 2000, 2100];
    let exact = select(numbers.clone()).prop_map(|n| json!(n));
    let band = (select(numbers), 1..12i64).prop_map(|(low, more)| json!(format!("{low}-{}", low + more)));
    prop_oneof![exact, band, Just(json!("1990+")), Just(json!("201-500"))]
}

fn profile() -> impl Strategy<Value = String> {
    let words = |name: &'static str, words: &'static [&'static str]| {
        prop::option::of(select(words)).prop_map(move |word| word.map(|word| (name, json!(word))))
    };
    let truth =
        |name: &'static str| prop::option::of(any::<bool>()).prop_map(move |t| t.map(|t| (name, json!(t))));
    let regions = vec![
        json!(1),
        json!(2),
        json!(7),
        json!("2+"),
        json!("1-3"),
        json!(["India"]),
        json!(["IN", "Kenya"]),
    ];
    let regions = prop::option::of(select(regions)).prop_map(|one| one.map(|one| ("regions", one)));
    let project = words("project", &["new-lms", "upgrade", "lcms", "help-desk"]);
    let scope = words("project_scope", &["organization", "region"]);
    let requirements = words("requirements", &["clear", "unclear", "conflicting"]);
    let structure = prop::option::weighted(0.2, select(vec!["joint", "separate"]));
    let structure = structure.prop_map(|word| word.map(|word| ("team_structure", json!(word))));
    let facts = (truth("hr_team"), truth("ld_team"), structure, regions, project, scope, requirements);
    (headcount(), facts).prop_map(|(headcount, (a, b, c, d, e, f, g))| {
        let given = [Some(("headcount", headcount)), a, b, c, d, e, f, g].into_iter().flatten();
        Value::Object(given.map(|(name, value)| (name.to_owned(), value)).collect::<Map<_, _>>()).to_string()
    })
}

proptest! {
    #![proptest_config(config(CASES))]

    #[test]
    fn the_default_rules_decide_as_brute_force_does(profile in profile()) {
        let difference = compare(&Case { ruleset: RULES.to_owned(), profile: profile.clone() });
        prop_assert!(difference.is_empty(), "\n{profile}\n{}\n", difference.join("\n"));
    }
}
