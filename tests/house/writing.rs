//! What is written: sentences of the domain stand in the rules, messages in one style, and nothing outside tests prints
//! or ends the program but the program itself.

use crate::{is_test, root, sources, without_tests};

/// Words of a sentence that are enough to know it again.
const WORDS: usize = 5;

/// Every text of a table, however deep.
fn texts(value: &toml::Value, into: &mut Vec<String>) {
    match value {
        toml::Value::String(text) => into.push(text.clone()),
        toml::Value::Array(values) => values.iter().for_each(|value| texts(value, into)),
        toml::Value::Table(table) => table.values().for_each(|value| texts(value, into)),
        _ => {}
    }
}

#[test]
fn no_sentence_of_the_rules_stands_in_code() {
    let rules: toml::Value = toml::from_str(include_str!("../../rules/training-platform.toml")).unwrap();
    let mut all = Vec::new();
    texts(&rules, &mut all);
    let (sources, mut found) = (sources(), Vec::new());
    for sentence in all.iter().filter(|text| text.split_whitespace().count() >= WORDS) {
        let words: Vec<&str> = sentence.split_whitespace().take(WORDS).collect();
        let beginning = words.join(" ");
        // The dates of the brief are being moved into the rules.
        let written =
            sources.iter().filter(|(path, _)| !is_test(path) && !path.ends_with("brief/schedule.rs"));
        for (path, text) in written {
            let code = without_tests(text).lines().filter(|line| !line.trim_start().starts_with("//"));
            found.extend(
                code.filter(|line| line.contains(&beginning))
                    .map(|line| format!("{}: {}", path.display(), line.trim())),
            );
        }
    }
    assert!(found.is_empty(), "the rules say this, and the code says it too:\n{}", found.join("\n"));
}

#[test]
fn the_library_neither_prints_nor_exits_nor_reads_the_environment() {
    let forbidden =
        ["println!", "eprintln!", "process::exit", "env::var", "env::home_dir", "env::current_dir"];
    let mut found = Vec::new();
    for (path, text) in sources().iter().filter(|(path, _)| !is_test(path)) {
        if path.starts_with("cli") || path.starts_with("main.rs") {
            continue;
        }
        let code = without_tests(text).lines().filter(|line| !line.trim_start().starts_with("//"));
        found.extend(
            code.filter(|line| forbidden.iter().any(|word| line.contains(word)))
                .map(|line| format!("{}: {}", path.display(), line.trim())),
        );
    }
    assert!(found.is_empty(), "this belongs to the program:\n{}", found.join("\n"));
}

#[test]
fn messages_begin_small_and_end_without_a_period() {
    let mut found = Vec::new();
    for (path, text) in sources().iter().filter(|(path, _)| !is_test(path)) {
        for line in without_tests(text).lines() {
            let Some(rest) = line.trim_start().strip_prefix("#[error(\"") else { continue };
            let Some(end) = rest.rfind('"') else { continue };
            let message = &rest[..end];
            let is_small = !message.starts_with(char::is_uppercase) || message.starts_with("JSON");
            if !is_small || message.ends_with('.') {
                found.push(format!("{}: {message}", path.display()));
            }
        }
    }
    assert!(found.is_empty(), "write these messages as the others:\n{}", found.join("\n"));
}

#[test]
fn every_dependency_says_what_it_is_for() {
    let mut found = Vec::new();
    for package in ["", "benches/", "core/", "fuzz/", "language/", "page/", "rules/", "space/"] {
        let manifest = std::fs::read_to_string(root().join(format!("{package}Cargo.toml"))).unwrap();
        let mut section = "";
        let mut before = "";
        for line in manifest.lines() {
            // What several packages use has its version in the workspace, and each of them says what for.
            let is_listed = section.contains("dependencies]") && section != "[workspace.dependencies]";
            if line.starts_with('[') {
                section = line;
            } else if is_listed && line.contains(" = ") && !before.starts_with('#') {
                found.push(format!("{package}Cargo.toml: {line}"));
            }
            before = line;
        }
    }
    assert!(found.is_empty(), "say above each what it is for: {found:?}");
}

#[test]
fn functions_can_be_seen_at_once() {
    /// Lines that a screen and a half shows.
    const LONGEST: usize = 90;
    let mut found = Vec::new();
    for (path, text) in sources().iter().filter(|(path, _)| !is_test(path)) {
        let mut open: Option<(usize, usize, &str)> = None;
        for (at, line) in without_tests(text).lines().enumerate() {
            let depth = line.len() - line.trim_start().len();
            let is_start =
                line.trim_start().split(' ').take(4).any(|word| word == "fn") && !line.contains(';');
            match open {
                None if is_start && !line.trim_end().ends_with('}') => open = Some((at, depth, line)),
                Some((start, begun, name)) if depth == begun && line.trim_start().starts_with('}') => {
                    if at - start > LONGEST {
                        found.push(format!("{}: {} lines: {}", path.display(), at - start, name.trim()));
                    }
                    open = None;
                }
                _ => {}
            }
        }
    }
    assert!(found.is_empty(), "take these functions apart:\n{}", found.join("\n"));
}
