//! Published JSON Schemas against what is really read and written.

use std::fs;
use std::path::Path;

use serde_json::Value as Json;
use whoowns::report::profile_schema;
use whoowns::{Profile, Ruleset};

/// A profile file as JSON, whatever it is written in.
fn as_json(path: &Path) -> Json {
    let text = fs::read_to_string(path).unwrap();
    match path.extension().and_then(|ending| ending.to_str()) {
        Some("json") => serde_json::from_str(&text).unwrap(),
        _ => serde_json::to_value(toml::from_str::<toml::Table>(&text).unwrap()).unwrap(),
    }
}

/// What a command prints, as JSON.
fn run(arguments: &[&str]) -> Json {
    let mut program = std::process::Command::new(env!("CARGO_BIN_EXE_whoowns"));
    let output = program.args(arguments).current_dir(env!("CARGO_MANIFEST_DIR")).output().unwrap();
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn the_schema_of_what_is_learned_takes_what_is_written() {
    let schema = run(&["rules", "schema", "--learn"]);
    let validator = jsonschema::validator_for(&schema).unwrap();
    let example = ["learn", "examples/learning/projects.csv", "--format", "json"];
    let owner = ["--actual", "owner=Real owner"];
    let (too_few, one_owner) = ("tests/cmd/in/three.csv", "tests/cmd/in/one-owner.csv");
    let learned = run(&[&example[..], &owner].concat());
    for (what, required) in [
        (learned.clone(), "proposals"),
        (run(&[&example[..], &["--typical"]].concat()), "stretches"),
        (run(&["learn", too_few, "--format", "json", "--actual", "owner=Owner"]), "ended"),
        (run(&["learn", one_owner, "--format", "json", "--actual", "owner=Owner"]), "tried"),
    ] {
        let errors: Vec<String> = validator.iter_errors(&what).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{errors:?}");
        let mut less = what.clone();
        assert!(less.as_object_mut().unwrap().remove(required).is_some(), "{required}");
        assert!(!validator.is_valid(&less), "{required}");
    }
    let proposal = &learned["proposals"][0];
    assert!(proposal["fixes"]["rows"].as_u64() > proposal["breaks"]["rows"].as_u64());
    assert_eq!(proposal["fixes"]["examples"].as_array().unwrap().len(), 3);
    assert!(proposal["toml"].as_str().unwrap().starts_with("[[owner]]"));
    assert!(!proposal["diff"].as_array().unwrap().is_empty());
}

#[test]
fn the_schema_of_scores_takes_what_is_written() {
    let schema = run(&["rules", "schema", "--score"]);
    let validator = jsonschema::validator_for(&schema).unwrap();
    for actual in
        [&["--actual", "owner=Owner"][..], &["--actual", "owner=Owner", "--actual", "contact=Contact"]]
    {
        let score = run(&[&["score", "tests/cmd/in/projects.csv", "--format", "json"], actual].concat());
        let errors: Vec<String> = validator.iter_errors(&score).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{errors:?}");
        let mut less = score.clone();
        less.as_object_mut().unwrap().remove("open");
        assert!(!validator.is_valid(&less));
    }
}

#[test]
fn the_schema_of_profiles_takes_what_is_read_and_refuses_what_is_not() {
    let ruleset = Ruleset::embedded().unwrap();
    let schema: Json = serde_json::from_str(&profile_schema::json(&ruleset)).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/profiles");
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let errors: Vec<String> =
            validator.iter_errors(&as_json(&path)).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{}: {errors:?}", path.display());
    }
    for (profile, good) in [
        ("{}", true),
        (r#"{"headcount": 300, "ld_team": null, "regions": 12}"#, true),
        (r#"{"headcount": 0, "regions": ["IN", "SG"], "project": "unknown"}"#, true),
        (r#"{"headcount": "201-500", "hr_team": "yes", "regions": "2+"}"#, true),
        (r#"{"contacts": [{"name": "A", "title": null}]}"#, true),
        (r#"{"headcuont": 300}"#, false),
        (r#"{"headcount": -1}"#, false),
        (r#"{"headcount": [1]}"#, false),
        (r#"{"project": "new-lsm"}"#, false),
        (r#"{"ld_team": 3}"#, false),
        (r#"{"size": "small"}"#, false),
        (r#"{"contacts": [{"title": "CEO"}]}"#, false),
    ] {
        let schema_takes = validator.is_valid(&serde_json::from_str(profile).unwrap());
        let program_takes = Profile::from_json(&ruleset, "p.json", profile).is_ok();
        assert_eq!((schema_takes, program_takes), (good, good), "{profile}");
    }
}
