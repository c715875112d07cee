//! A ruleset as written, with what it extends put together, nothing checked yet.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use super::embedded::{BUILT_IN, built_in};
use super::tables::Table;
use crate::diagnostic::{Code, Diagnostic, no_toml};
use crate::source::{Content, Entry, Node, Source, SourceId, Sources, Span, read_json, read_toml};

/// The parts of a ruleset file that are tables of keys.
#[derive(Debug, Clone, Default)]
pub struct Document {
    /// `[ruleset]`.
    pub ruleset: Vec<Entry>,
    /// `[facts.*]`.
    pub facts: Vec<Entry>,
    /// `[roles.*]`.
    pub roles: Vec<Entry>,
    /// `[people]`.
    pub people: Vec<Entry>,
    /// `[map]`.
    pub map: Vec<Entry>,
    /// `[columns]`.
    pub columns: Vec<Entry>,
    /// The rows of each table.
    pub rows: HashMap<Table, Vec<Node>>,
    /// Where the file begins, for what is missing altogether.
    pub start: Option<Span>,
}

/// What came of loading: the document, the texts, and what was already found wrong.
#[derive(Debug)]
pub struct Loaded {
    /// The document, extensions resolved.
    pub document: Document,
    /// The texts read, the file itself first.
    pub sources: Sources,
    /// Mistakes in syntax and in what it extends.
    pub problems: Vec<Diagnostic>,
}

/// Extending more than this is taken for a mistake.
const DEEPEST: usize = 32;

impl Document {
    /// Reads a text and what it extends.
    pub fn load(name: &str, text: &str) -> Loaded {
        let mut loader = Loader { sources: Sources::new(), problems: Vec::new(), chain: Vec::new() };
        let document = loader.load(name, text);
        Loaded { document, sources: loader.sources, problems: loader.problems }
    }
}

struct Loader {
    sources: Sources,
    problems: Vec<Diagnostic>,
    /// What is being read, from the outermost in.
    chain: Vec<PathBuf>,
}

impl Loader {
    fn load(&mut self, name: &str, text: &str) -> Document {
        let id = self.sources.add(Source::new(name, text));
        self.chain.push(identity(name));
        let tree = if text.trim_start().starts_with('{') { read_json(id, text) } else { read_toml(id, text) };
        let document = match tree {
            Ok(node) => {
                let (mut own, remove) = self.take_apart(id, node);
                if let Some(base) = self.base(name, &own) {
                    own = self.extend(own, &remove, base);
                } else if let Some(stray) = remove.first()
                    && own.ruleset.iter().all(|entry| entry.key != "extends")
                {
                    self.problems.push(
                        Diagnostic::new(
                            Code::Extends,
                            stray.key_span,
                            "nothing to remove from: the file extends no other",
                        )
                        .help("add `extends = \"…\"` to `[ruleset]`, or drop `[remove]`"),
                    );
                }
                own
            }
            Err(errors) => {
                self.problems.extend(no_toml(id, text, errors, &Table::ALL.map(Table::as_str)));
                Document::default()
            }
        };
        self.chain.pop();
        document
    }

    /// Splits a file into its parts; the second is `[remove]`.
    fn take_apart(&mut self, id: SourceId, node: Node) -> (Document, Vec<Entry>) {
        let mut document = Document { start: Some(Span::new(id, 0..0)), ..Document::default() };
        let mut remove = Vec::new();
        let Content::Table(entries) = node.content else { return (document, remove) };
        for entry in entries {
            if let Some(table) = Table::ALL.into_iter().find(|table| table.as_str() == entry.key) {
                let rows = self.rows(table, entry.value);
                document.rows.insert(table, rows);
                continue;
            }
            let target = match entry.key.as_str() {
                "ruleset" => &mut document.ruleset,
                "facts" => &mut document.facts,
                "roles" => &mut document.roles,
                "people" => &mut document.people,
                "map" => &mut document.map,
                "columns" => &mut document.columns,
                "remove" => &mut remove,
                other => {
                    const PARTS: [&str; 7] =
                        ["ruleset", "facts", "roles", "people", "map", "columns", "remove"];
                    let known = PARTS.into_iter().chain(Table::ALL.map(Table::as_str));
                    let message = format!("a ruleset has no part `{other}`");
                    let unknown =
                        Diagnostic::new(Code::UnknownKey, entry.key_span, message).suggest(other, known);
                    // No part is a single value; keys that are stand in one.
                    self.problems.push(match entry.value.content {
                        Content::Table(_) | Content::Array(_) => unknown,
                        _ => unknown.help("a key stands below the head of its part: `[ruleset]`, `[facts.name]` and the like"),
                    });
                    continue;
                }
            };
            match entry.value.content {
                Content::Table(entries) => *target = entries,
                _ => self.problems.push(
                    Diagnostic::new(
                        Code::WrongKind,
                        entry.value.span,
                        format!("`{}` is a table of keys, found {}", entry.key, entry.value.kind()),
                    )
                    .help(format!("write `[{}]` on a line of its own", entry.key)),
                ),
            }
        }
        (document, remove)
    }

    fn rows(&mut self, table: Table, node: Node) -> Vec<Node> {
        let help = format!("write `[[{table}]]` above each row");
        let wrong = |node: &Node| {
            let message = format!("`{table}` is a list of rows, found {}", node.kind());
            Diagnostic::new(Code::WrongKind, node.span, message).help(&help)
        };
        match node.content {
            Content::Array(items) => {
                let (rows, strays): (Vec<Node>, Vec<Node>) =
                    items.into_iter().partition(|item| item.entries().is_some());
                self.problems.extend(strays.iter().map(wrong));
                rows
            }
            _ => {
                let problem = wrong(&node);
                let header = self.sources.get(node.span.source).header(table.as_str());
                self.problems.push(match header {
                    Some(range) => problem.mend(Span::new(node.span.source, range), format!("[[{table}]]")),
                    None => problem,
                });
                Vec::new()
            }
        }
    }

    /// What `extends` names, read.
    fn base(&mut self, name: &str, own: &Document) -> Option<Document> {
        let extends = own.ruleset.iter().find(|entry| entry.key == "extends")?;
        let span = extends.value.span;
        let Some(wanted) = extends.value.as_str() else {
            self.problems.push(
                Diagnostic::new(
                    Code::WrongKind,
                    span,
                    format!("`extends` is a text, found {}", extends.value.kind()),
                )
                .help("name a built-in ruleset, or a file beside this one"),
            );
            return None;
        };
        let (base_name, text) = match built_in(wanted) {
            Some(text) => (wanted.to_owned(), text.to_owned()),
            None => {
                let path = Path::new(name).parent().unwrap_or(Path::new("")).join(wanted);
                match std::fs::read_to_string(&path) {
                    Ok(text) => (path.display().to_string(), text),
                    Err(error) => {
                        self.problems.push(
                            Diagnostic::new(
                                Code::Extends,
                                span,
                                format!("cannot read `{}`: {error}", path.display()),
                            )
                            .suggest(wanted, BUILT_IN.iter().map(|(name, _)| *name)),
                        );
                        return None;
                    }
                }
            }
        };
        if self.chain.contains(&identity(&base_name)) || self.chain.len() >= DEEPEST {
            self.problems.push(
                Diagnostic::new(
                    Code::Extends,
                    span,
                    format!("extending `{wanted}` leads back to a file that is being read"),
                )
                .help("one of the files must stand alone"),
            );
            return None;
        }
        Some(self.load(&base_name, &text))
    }

    /// Puts a file on top of what it extends: its rows first, a row with a known id in the place of that row; facts,
    /// roles and the rest key by key.
    fn extend(&mut self, own: Document, remove: &[Entry], mut base: Document) -> Document {
        self.remove(remove, &mut base);
        for (table, rows) in own.rows {
            let below = base.rows.entry(table).or_default();
            self.put_rows(table, rows, below);
        }
        base.ruleset.retain(|entry| entry.key != "extends");
        merge(&mut base.ruleset, own.ruleset);
        merge_tables(&mut base.facts, own.facts);
        merge_tables(&mut base.roles, own.roles);
        merge(&mut base.people, own.people);
        merge(&mut base.map, own.map);
        merge(&mut base.columns, own.columns);
        base.start = own.start;
        base
    }

    /// Puts a file's rows on top of those of its base: one with a known id in the place of that row, the others first.
    fn put_rows(&mut self, table: Table, rows: Vec<Node>, below: &mut Vec<Node>) {
        let places: HashMap<String, usize> =
            below.iter().enumerate().filter_map(|(at, row)| Some((row_id(row)?.to_owned(), at))).collect();
        let mut own: HashSet<String> = HashSet::with_capacity(rows.len());
        let mut above = Vec::new();
        for row in rows {
            let id = row_id(&row).unwrap_or_default().to_owned();
            match places.get(&id) {
                // The first of two rows with one id has taken the place already, and must not vanish unsaid.
                Some(_) if own.contains(&id) => self.problems.push(duplicate_id(table, &id, &row)),
                Some(at) => below[*at] = row,
                None => above.push(row),
            }
            own.insert(id);
        }
        above.append(below);
        *below = above;
    }

    fn remove(&mut self, remove: &[Entry], base: &mut Document) {
        for entry in remove {
            let Some(table) = Table::ALL.into_iter().find(|table| table.as_str() == entry.key) else {
                self.problems.push(
                    Diagnostic::new(
                        Code::UnknownKey,
                        entry.key_span,
                        format!("there is no table `{}`", entry.key),
                    )
                    .suggest(&entry.key, Table::ALL.map(Table::as_str)),
                );
                continue;
            };
            let ids = match &entry.value.content {
                Content::Array(ids) => ids.as_slice(),
                _ => std::slice::from_ref(&entry.value),
            };
            let rows = base.rows.entry(table).or_default();
            let known: HashSet<String> = rows.iter().filter_map(row_id).map(str::to_owned).collect();
            let mut unwanted: HashSet<&str> = HashSet::with_capacity(ids.len());
            for id in ids {
                let found = id.as_str().filter(|id| known.contains(*id) && !unwanted.contains(id));
                match (found, id.as_str()) {
                    (Some(found), _) => {
                        unwanted.insert(found);
                    }
                    (None, Some(text)) => self.problems.push(
                        Diagnostic::new(
                            Code::UnknownRow,
                            id.span,
                            format!("the base has no `{table}` row `{text}`"),
                        )
                        .suggest(text, rows.iter().filter_map(row_id)),
                    ),
                    (None, None) => self.problems.push(Diagnostic::new(
                        Code::WrongKind,
                        id.span,
                        format!("expected the id of a row as a text, found {}", id.kind()),
                    )),
                }
            }
            rows.retain(|row| row_id(row).is_none_or(|id| !unwanted.contains(id)));
        }
    }
}

/// What tells two names of one file apart from two files.
fn identity(name: &str) -> PathBuf {
    Path::new(name).canonicalize().unwrap_or_else(|_| PathBuf::from(name))
}

fn row_id(row: &Node) -> Option<&str> {
    row.get("id")?.as_str()
}

/// Two rows of one table with the same id; `row` is the second.
pub(super) fn duplicate_id(table: Table, id: &str, row: &Node) -> Diagnostic {
    let span = row.get("id").map_or(row.span, |id| id.span);
    Diagnostic::new(Code::DuplicateId, span, format!("two rows of `{table}` have the id `{id}`"))
        .help("give each row an id of its own")
}

fn merge(base: &mut Vec<Entry>, own: Vec<Entry>) {
    put(base, own, |known, entry| *known = entry);
}

fn merge_tables(base: &mut Vec<Entry>, own: Vec<Entry>) {
    put(base, own, |known, entry| {
        // What is said of the whole table is said where the file itself speaks of it.
        known.key_span = entry.key_span;
        match (&mut known.value.content, entry.value.content) {
            (Content::Table(below), Content::Table(above)) => merge(below, above),
            (below, above) => *below = above,
        }
    });
}

/// Puts entries on top of others: those with a known key by `replace`, the others at the end.
fn put(base: &mut Vec<Entry>, own: Vec<Entry>, mut replace: impl FnMut(&mut Entry, Entry)) {
    let places: HashMap<String, usize> =
        base.iter().enumerate().map(|(at, entry)| (entry.key.clone(), at)).collect();
    for entry in own {
        match places.get(&entry.key) {
            Some(at) => replace(&mut base[*at], entry),
            None => base.push(entry),
        }
    }
}
