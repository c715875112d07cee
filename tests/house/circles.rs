//! No file uses another that uses it in turn.
//!
//! An import counts for the file in which the imported name is declared: what a room only hands on from one of its files
//! (`pub use`) is a use of that file, and handing on is no use. So a room's `mod.rs` may hold what its files share, or use
//! its files, but not both. A path in the code counts as an import does.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::{PACKAGES, is_test, sources_under, without_tests};

/// The path of a module, `clients::open::list`, as its parts.
type Module = Vec<String>;

struct File {
    /// Every import, as the parts of its path, and whether it only hands on.
    imports: Vec<(Vec<String>, bool)>,
}

fn module(path: &Path) -> Module {
    let text = path.with_extension("").to_string_lossy().replace('\\', "/");
    let mut parts: Module = text.split('/').map(str::to_owned).collect();
    if parts.last().is_some_and(|last| last == "mod" || last == "lib" || last == "main") {
        parts.pop();
    }
    parts
}

/// The paths in a `use`, braces taken apart.
fn expanded(prefix: &str, tree: &str, into: &mut Vec<String>) {
    let Some(open) = tree.find('{') else {
        into.push(format!("{prefix}{}", tree.split(" as ").next().unwrap_or_default().trim()));
        return;
    };
    let prefix = format!("{prefix}{}", tree[..open].trim());
    let inside = &tree[open + 1..tree.rfind('}').unwrap_or(tree.len())];
    let (mut depth, mut start) = (0, 0);
    for (at, letter) in inside.char_indices().chain([(inside.len(), ',')]) {
        match letter {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                if !inside[start..at].trim().is_empty() {
                    expanded(&prefix, inside[start..at].trim(), into);
                }
                start = at + 1;
            }
            _ => {}
        }
    }
}

/// A file without its tests and comments.
fn code(text: &str) -> String {
    let lines = without_tests(text).lines().filter(|line| !line.trim_start().starts_with("//"));
    lines.collect::<Vec<_>>().join("\n")
}

/// The imports of a file, wherever in it they stand, made to begin at the crate.
fn imports(own: &Module, text: &str) -> Vec<(Vec<String>, bool)> {
    let code = code(text);
    let mut found = Vec::new();
    for statement in code.split(';') {
        let Some(line) = statement.lines().map(str::trim_start).find(|line| {
            line.starts_with("use ")
                || line.starts_with("pub") && line.contains(" use ") && !line.contains("fn ")
        }) else {
            continue;
        };
        let from = statement.find(line).unwrap();
        let (before, tree) = statement[from..].split_once("use ").unwrap();
        let mut paths = Vec::new();
        expanded("", &tree.replace('\n', " "), &mut paths);
        for path in paths {
            let parts: Vec<String> = path.split("::").map(|part| part.trim().to_owned()).collect();
            found.push((from_crate(own, parts), before.contains("pub")));
        }
    }
    found
}

fn from_crate(own: &Module, parts: Vec<String>) -> Vec<String> {
    let supers = parts.iter().take_while(|part| *part == "super").count();
    let (base, rest) = match parts.first().map(String::as_str) {
        Some("crate") => (Vec::new(), &parts[1..]),
        Some("self") => (own.clone(), &parts[1..]),
        Some("super") => (own[..own.len().saturating_sub(supers)].to_vec(), &parts[supers..]),
        _ => (own.clone(), &parts[..]),
    };
    base.into_iter().chain(rest.iter().cloned()).collect()
}

/// The file that declares what a path names, through all that hands it on.
fn declared(files: &BTreeMap<Module, File>, path: &[String], depth: usize) -> Option<Module> {
    let length = (1..=path.len()).rev().find(|length| files.contains_key(&path[..*length]))?;
    let (holder, rest) = path.split_at(length);
    let Some(name) = rest.first().filter(|_| depth < 9) else { return Some(holder.to_vec()) };
    let handed_on = files[holder].imports.iter().find(|(import, only)| *only && import.last() == Some(name));
    match handed_on {
        Some((import, _)) if import.as_slice() != path => {
            declared(files, import, depth + 1).or(Some(holder.to_vec()))
        }
        _ => Some(holder.to_vec()),
    }
}

/// What stands in the code as a path that begins at the crate or at a room around.
fn paths(own: &Module, code: &str) -> Vec<Vec<String>> {
    let begins = |at: &usize| {
        let before = code[..*at].chars().next_back();
        before.is_none_or(|letter| !letter.is_alphanumeric() && !matches!(letter, '_' | ':' | '$'))
    };
    let starts = ["crate::", "super::"].into_iter().flat_map(|start| code.match_indices(start));
    let starts = starts.map(|(at, _)| at).filter(begins);
    let path = |at: usize| {
        let end = code[at..].find(|letter: char| !letter.is_alphanumeric() && letter != '_' && letter != ':');
        let path = &code[at..end.map_or(code.len(), |end| at + end)];
        let parts = path.split("::").filter(|part| !part.is_empty()).map(str::to_owned).collect();
        from_crate(own, parts)
    };
    starts.map(path).collect()
}

/// The files of a folder of sources that reach themselves by what they use, each with those it uses of them.
fn in_circles(folder: &str) -> Vec<String> {
    let files: BTreeMap<Module, File> = sources_under(folder)
        .into_iter()
        .filter(|(path, _)| !is_test(path))
        .map(|(path, text)| {
            let own = module(&path);
            let imports = imports(&own, &text);
            let paths = paths(&own, &code(&text)).into_iter().map(|path| (path, false));
            let handed_on: BTreeSet<_> =
                imports.iter().filter(|(_, only)| *only).map(|(path, _)| path.clone()).collect();
            let own_use = |(path, _): &(Vec<String>, bool)| !handed_on.contains(path);
            let paths: Vec<_> = paths.filter(own_use).collect();
            (own, File { imports: imports.into_iter().chain(paths).collect() })
        })
        .collect();
    let mut uses: BTreeMap<&Module, BTreeSet<Module>> = BTreeMap::new();
    for (own, file) in &files {
        let used = file.imports.iter().filter(|(_, only)| !only);
        let used = used.filter_map(|(path, _)| declared(&files, path, 0)).filter(|used| used != own);
        uses.insert(own, used.collect());
    }
    let reaches = |from: &Module| {
        let mut seen: BTreeSet<&Module> = BTreeSet::new();
        let mut next: Vec<&Module> = uses[from].iter().collect();
        while let Some(file) = next.pop() {
            if seen.insert(file) {
                next.extend(uses.get(file).into_iter().flatten());
            }
        }
        seen
    };
    let circular: Vec<&Module> = uses.keys().copied().filter(|file| reaches(file).contains(file)).collect();
    let told = |file: &&Module| {
        let used = uses[*file].iter().filter(|used| circular.contains(used)).map(|used| used.join("::"));
        format!("{folder}: {} uses {}", file.join("::"), used.collect::<Vec<_>>().join(", "))
    };
    circular.iter().map(told).collect()
}

#[test]
fn no_files_use_each_other_in_a_circle() {
    let found: Vec<String> = PACKAGES.into_iter().chain(["page/src"]).flat_map(in_circles).collect();
    assert!(found.is_empty(), "files use each other in a circle:\n{}", found.join("\n"));
}
