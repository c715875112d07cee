//! The example, from the list to a ruleset that is checked, and to a page that says what was right.

use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value as Json;

const LIST: &str = "examples/learning/projects.csv";
const ACTUAL: [&str; 2] = ["--actual", "owner=Real owner"];

fn run(arguments: &[&str]) -> Output {
    let mut program = Command::new(env!("CARGO_BIN_EXE_whoowns"));
    program.args(arguments).current_dir(env!("CARGO_MANIFEST_DIR")).output().unwrap()
}

fn right(more: &[&str]) -> (u64, u64) {
    let output = run(&[&["score", LIST, "--format", "json"], &ACTUAL[..], more].concat());
    let score: Json = serde_json::from_slice(&output.stdout).unwrap();
    (score["owner"]["right"].as_u64().unwrap(), score["owner"]["rows"].as_u64().unwrap())
}

#[test]
fn the_planted_difference_is_learned_and_written_as_rules() {
    let folder = tempfile::tempdir().unwrap();
    let rules = folder.path().join("our rules.toml");
    let rules = rules.to_str().unwrap();
    let learned = run(&[&["learn", LIST, "-o", rules], &ACTUAL[..]].concat());
    let text = String::from_utf8(learned.stdout).unwrap();
    assert_eq!(learned.status.code(), Some(0), "{text}");
    let written = std::fs::read_to_string(rules).unwrap();
    for part in
        ["extends = \"training-platform\"", "basis = \"learned\"", "role = \"department-heads\"", "cite = "]
    {
        assert!(written.contains(part), "{part}:\n{written}");
    }
    let checked = run(&["rules", "check", rules]);
    assert_eq!(checked.status.code(), Some(0), "{}", String::from_utf8_lossy(&checked.stdout));
    let (before, all) = right(&[]);
    let (after, same) = right(&["--rules", rules]);
    assert_eq!(all, same);
    assert!(after > before + 20, "{before} {after}");
    // What is said to be fixed and broken is what a score of the new rules says.
    let count = |what: &str| -> i64 {
        let lines = text.lines().filter_map(|line| line.strip_prefix("   ")?.strip_prefix(what));
        lines.filter_map(|rest| rest.trim().parse::<i64>().ok()).sum()
    };
    assert_eq!(after as i64 - before as i64, count("fixes ") - count("breaks "), "{text}");
    // Learned once more from what was written, nothing is left.
    let again = run(&[&["learn", LIST, "--rules", rules], &ACTUAL[..]].concat());
    assert!(String::from_utf8_lossy(&again.stdout).contains("Nothing is worth changing"));
    // A ruleset learned from a file beside it names that file.
    let other = folder.path().join("more.toml");
    run(&[&["learn", LIST, "--rules", rules, "--p", "0.9", "-o", other.to_str().unwrap()], &ACTUAL[..]]
        .concat());
    if Path::exists(&other) {
        assert!(std::fs::read_to_string(&other).unwrap().contains("extends = \"our rules.toml\""));
    }
}

#[test]
fn the_page_of_a_list_says_what_was_right() {
    let folder = tempfile::tempdir().unwrap();
    let page = folder.path().join("report.html");
    let answers = folder.path().join("answers.csv");
    let (page, answers) = (page.to_str().unwrap(), answers.to_str().unwrap());
    let output = run(&[&["batch", LIST, "-o", answers, "--report", page], &ACTUAL[..]].concat());
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let page = std::fs::read_to_string(page).unwrap();
    let (right, rows) = right(&[]);
    assert!(page.contains(&format!("In {right} of {rows} projects the rules named the owner")));
    assert!(page.contains("Claimed against seen") && page.contains("class=\"interval\""));
}

#[test]
fn the_same_is_learned_on_any_number_of_threads() {
    let learned = |threads: &str| {
        run(&[&["learn", LIST, "--threads", threads, "--quiet"], &ACTUAL[..]].concat()).stdout
    };
    assert_eq!(learned("1"), learned("3"));
}
