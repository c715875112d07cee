//! The published schemas against real files and real output.

use std::path::Path;

use serde_json::Value as Json;
use whoowns::profile::Profile;
use whoowns::report::{decision_schema, json, ruleset_schema};
use whoowns::source::{Content, Node, Source, Sources, read_toml};
use whoowns::{Ruleset, decide};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn as_json(node: &Node) -> Json {
    match &node.content {
        Content::Null | Content::Date => Json::Null,
        Content::Boolean(flag) => (*flag).into(),
        Content::Integer(number) => i64::try_from(*number).unwrap().into(),
        Content::Float(number) => (*number).into(),
        Content::String(text) => text.as_str().into(),
        Content::Array(items) => items.iter().map(as_json).collect(),
        Content::Table(entries) => {
            Json::Object(entries.iter().map(|entry| (entry.key.clone(), as_json(&entry.value))).collect())
        }
    }
}

fn toml(path: &Path) -> Json {
    let text = std::fs::read_to_string(path).unwrap();
    let id = Sources::new().add(Source::new("t", text.clone()));
    as_json(&read_toml(id, &text).unwrap())
}

fn errors(schema: &Json, instance: &Json) -> Vec<String> {
    let validator = jsonschema::validator_for(schema).unwrap();
    validator.iter_errors(instance).map(|error| format!("{}: {error}", error.instance_path())).collect()
}

#[test]
fn rule_files_follow_their_schema() {
    let schema = ruleset_schema::schema();
    for path in [
        "rules/training-platform.toml",
        "rules/starters/own.toml",
        "rules/starters/thresholds.toml",
        "rules/starters/on-top.toml",
        "examples/own-rules/purchase-approval.toml",
        "examples/own-rules/purchase-approval-extended.toml",
        "examples/own-rules/training-platform-250.toml",
    ] {
        let found = errors(&schema, &toml(&root().join(path)));
        assert!(found.is_empty(), "{path}: {found:?}");
    }
    for code in ["unknown-key", "missing-key", "unknown-value"] {
        let bad = root().join("tests/checks").join(code).join("bad.toml");
        assert!(!errors(&schema, &toml(&bad)).is_empty(), "{code}");
    }
}

#[test]
fn the_schema_beside_the_rules_is_the_one_that_is_printed() {
    let written = std::fs::read_to_string(root().join("rules/ruleset.schema.json")).unwrap();
    let printed = serde_json::to_string_pretty(&ruleset_schema::schema()).unwrap() + "\n";
    assert!(written == printed, "run `whoowns rules schema -o rules/ruleset.schema.json`");
}

#[test]
fn decisions_follow_their_schema() {
    let ruleset = Ruleset::embedded().unwrap();
    let schema = decision_schema::schema();
    let cases = include_str!("../../rules/training-platform.cases.toml");
    let suite = whoowns::analysis::cases::Suite::read(&ruleset, "cases", cases).unwrap();
    let named = [
        "name = \"A\"\nheadcount = 250\n[[contacts]]\nname = \"R\"\ntitle = \"Head of Sales\"\n",
        "headcount = \"250+\"",
        "",
    ];
    let extra = named.map(|text| Profile::from_toml(&ruleset, "p", text).unwrap());
    for profile in suite.cases.into_iter().map(|case| case.profile).chain(extra) {
        let decision = decide(&ruleset, &profile).unwrap();
        let decision = serde_json::to_value(json::json(&ruleset, &decision)).unwrap();
        let found = errors(&schema, &decision);
        assert!(found.is_empty(), "{found:?}\n{decision}");
    }
}
