//! The style of the house, tested: where imports may point, how long files are, and that no domain stands in code.
#![allow(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test that cannot read its files has failed"
)]

mod architecture;
mod circles;
mod writing;

use std::fs;
use std::path::{Path, PathBuf};

/// The rooms in reading order: a room may use only those before it.
const ROOMS: [&str; 9] =
    ["percent", "space", "source", "diagnostic", "ruleset", "words", "profile", "decision", "sentences"];
/// Rooms after those, which may use them all and, of each other, only what stands before.
const LATER: [&str; 7] = ["clients", "learning", "analysis", "interview", "export", "report", "cli"];
/// Where the rooms are, a package after the other: what is counted with, what rules are, what decides, what says it.
const PACKAGES: [&str; 4] = ["space/src", "language/src", "core/src", "src"];
/// Lines a file may have.
const LONGEST: usize = 350;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}

/// The sources of all packages: the rooms of one follow those of another.
fn sources() -> Vec<(PathBuf, String)> {
    PACKAGES.into_iter().flat_map(sources_under).collect()
}

/// The files of a folder of sources, with their paths in it.
fn sources_under(folder: &str) -> Vec<(PathBuf, String)> {
    let root = root().join(folder);
    let read = |path: PathBuf| {
        let text = fs::read_to_string(&path).unwrap();
        (path.strip_prefix(&root).unwrap().to_owned(), text)
    };
    rust_files(&root).into_iter().map(read).collect()
}

/// The part of a file that is not its tests.
fn without_tests(text: &str) -> &str {
    text.find("#[cfg(test)]\nmod tests {").map_or(text, |at| &text[..at])
}

fn is_test(path: &Path) -> bool {
    path.file_stem().is_some_and(|name| name == "tests" || name.to_string_lossy().ends_with("_tests"))
}

fn room(path: &Path) -> String {
    let first = path.components().next().unwrap().as_os_str().to_string_lossy();
    first.trim_end_matches(".rs").to_owned()
}

#[test]
fn imports_point_backwards() {
    let order: Vec<&str> = ROOMS.into_iter().chain(LATER).collect();
    let place = |name: &str| order.iter().position(|room| *room == name);
    let mut wrong = Vec::new();
    for (path, text) in sources() {
        let Some(own) = place(&room(&path)) else { continue };
        for line in without_tests(&text).lines().filter(|line| !line.trim_start().starts_with("//")) {
            for used in line.split("crate::").skip(1) {
                let used: String =
                    used.chars().take_while(|letter| letter.is_alphanumeric() || *letter == '_').collect();
                if place(&used).is_some_and(|used| used > own) {
                    wrong.push(format!("{}: {}", path.display(), line.trim()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "a room uses one after it:\n{}", wrong.join("\n"));
}

#[test]
fn every_room_has_its_place() {
    let known = ["lib", "main"];
    let unknown: Vec<String> = sources()
        .iter()
        .map(|(path, _)| room(path))
        .filter(|room| !ROOMS.contains(&room.as_str()) && !LATER.contains(&room.as_str()))
        .filter(|room| !known.contains(&room.as_str()))
        .collect();
    assert!(unknown.is_empty(), "put these rooms in their order: {unknown:?}");
}

#[test]
fn files_can_be_read_in_one_go() {
    let long: Vec<String> = sources()
        .iter()
        .filter(|(_, text)| text.lines().count() > LONGEST)
        .map(|(path, text)| format!("{}: {} lines", path.display(), text.lines().count()))
        .collect();
    assert!(long.is_empty(), "split these files:\n{}", long.join("\n"));
}

#[test]
fn no_domain_stands_in_code() {
    let rules = whoowns::Ruleset::embedded().unwrap();
    let facts = rules.facts().iter().map(|fact| &fact.name);
    let roles = rules.roles().iter().map(|role| &role.id);
    let rows = rules.owner().iter().map(|row| &row.id).chain(rules.contact().iter().map(|row| &row.id));
    // Short names such as `it` or `project` are words of every language.
    let names: Vec<&String> =
        facts.chain(roles).chain(rows).filter(|name| name.contains(['_', '-'])).collect();
    let mut found = Vec::new();
    for (path, text) in sources().iter().filter(|(path, _)| !is_test(path)) {
        let code = without_tests(text).lines().filter(|line| !line.trim_start().starts_with("//"));
        // What a help text gives as an example is no code: it is a whole command line.
        for line in code.filter(|line| !line.contains("whoowns ")) {
            found.extend(
                names
                    .iter()
                    .filter(|name| line.contains(&format!("\"{name}\"")))
                    .map(|name| format!("{}: `{name}` in {}", path.display(), line.trim())),
            );
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn errors_say_their_cause_once() {
    let mut wrong = Vec::new();
    for (path, text) in sources() {
        for (at, _) in text.match_indices("#[error(\"") {
            let attribute = text[at..].lines().next().unwrap();
            let after: String =
                text[at..].lines().skip(1).take_while(|line| !line.contains("#[error")).take(6).collect();
            // What is a source is printed after the error itself by whoever prints the chain.
            let positional =
                attribute.contains("{0}") && (after.contains("(#[from]") || after.contains("(#[source]"));
            if positional || attribute.contains("{source}") {
                wrong.push(format!("{}: {attribute}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "leave the cause to the chain:\n{}", wrong.join("\n"));
}
