//! From a document to a checked ruleset: every name known, every test possible, every mistake found in one go.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::compile::Compiled;
use super::document::{Document, Loaded};
use super::roles::People;
use super::tables::Table;
use super::{Columns, Map, Overlap, Ruleset, read_facts, read_roles, read_rows};
use crate::diagnostic::{Code, Diagnostic, Problems, Severity};
use crate::source::{Content, Entry, Node, Span};

/// Checks a loaded document and compiles it.
///
/// # Errors
/// Every mistake in it. What does not parse, or extends what cannot be read, is reported alone: the rest would be
/// full of mistakes that are none.
pub fn read(loaded: Loaded) -> Result<Ruleset, Problems> {
    let Loaded { document, sources, problems } = loaded;
    if problems.iter().any(|problem| matches!(problem.code, Code::Syntax | Code::Extends)) {
        return Err(Problems::new(sources, problems));
    }
    let mut reader = Reader { problems };
    let mut ruleset = reader.ruleset(&document);
    let wrong = |problem: &Diagnostic| problem.code.severity() == Severity::Error;
    if reader.problems.iter().any(wrong) {
        return Err(Problems::new(sources, reader.problems));
    }
    match Compiled::new(&ruleset) {
        Ok(compiled) => ruleset.compiled = Arc::new(compiled),
        Err(problem) => return Err(Problems::new(sources, vec![problem])),
    }
    ruleset.sources = sources;
    Ok(ruleset)
}

/// Collects mistakes while reading on.
pub(super) struct Reader {
    pub(super) problems: Vec<Diagnostic>,
}

impl Reader {
    pub(super) fn report(&mut self, problem: Diagnostic) {
        self.problems.push(problem);
    }

    /// Turns a mistake into `None`, and remembers it.
    pub(super) fn keep<T>(&mut self, result: Result<T, Diagnostic>) -> Option<T> {
        result.map_err(|problem| self.report(problem)).ok()
    }

    /// The tests of a condition as entries; `key` is what it stands under.
    pub(super) fn condition<'a>(&mut self, key: &str, node: &'a Node) -> &'a [Entry] {
        node.entries().unwrap_or_else(|| {
            let message = format!("`{key}` is a condition, found {}", node.kind());
            self.report(
                Diagnostic::new(Code::WrongKind, node.span, message)
                    .help(format!("write it as in `{key} = {{ fact = true }}`")),
            );
            &[]
        })
    }

    fn ruleset(&mut self, document: &Document) -> Ruleset {
        let mut header = Keys::new(&document.ruleset, "[ruleset]", document.start);
        let name = header.required_text(self, "name").unwrap_or_default();
        let version = self.version(&mut header);
        let title = header.required_text(self, "title").unwrap_or_default();
        let prefix = header.text(self, "prefix").unwrap_or_default();
        let overlap = self.overlap(&mut header);
        header.skip("extends");
        header.finish(self);
        let facts = read_facts::read(self, &document.facts);
        let roles = read_roles::read(self, &document.roles, &facts);
        let names = read_rows::Names { facts: &facts, roles: &roles };
        let rows = |table| document.rows.get(&table).map_or(&[][..], Vec::as_slice);
        Ruleset {
            name,
            version,
            title,
            prefix,
            overlap,
            digest: digest(document),
            people: self.people(&document.people),
            map: self.map(&document.map, &names),
            columns: self.columns(&document.columns),
            derive: read_rows::derive(self, &names, rows(Table::Derive)),
            owner: read_rows::appoint(self, &names, Table::Owner, rows(Table::Owner)),
            contact: read_rows::appoint(self, &names, Table::Contact, rows(Table::Contact)),
            typical: read_rows::typical(self, &names, rows(Table::Typical)),
            stakeholder: read_rows::stakeholder(self, &names, rows(Table::Stakeholder)),
            risk: read_rows::risk(self, &names, rows(Table::Risk)),
            action: read_rows::action(self, &names, rows(Table::Action)),
            question: read_rows::question(self, &names, rows(Table::Question)),
            milestone: read_rows::milestone(self, &names, rows(Table::Milestone)),
            facts,
            roles,
            sources: Default::default(),
            compiled: Default::default(),
        }
    }

    fn version(&mut self, header: &mut Keys<'_>) -> semver::Version {
        let none = semver::Version::new(0, 0, 0);
        let Some(node) = header.required(self, "version") else { return none };
        match node.as_str().map(semver::Version::parse) {
            Some(Ok(version)) => version,
            _ => {
                self.report(
                    Diagnostic::new(Code::WrongKind, node.span, "`version` is no semantic version")
                        .help("write three numbers, as in `version = \"1.0.0\"`"),
                );
                none
            }
        }
    }

    fn overlap(&mut self, header: &mut Keys<'_>) -> Overlap {
        let Some(node) = header.take("overlap") else { return Overlap::Allowed };
        match node.as_str() {
            Some("allowed") => Overlap::Allowed,
            Some("forbidden") => Overlap::Forbidden,
            written => {
                self.report(
                    Diagnostic::new(Code::UnknownValue, node.span, "`overlap` is `allowed` or `forbidden`")
                        .suggest(written.unwrap_or_default(), ["allowed", "forbidden"])
                        .help("where it is forbidden, each case is meant to fit one row of a table alone"),
                );
                Overlap::Allowed
            }
        }
    }

    fn people(&mut self, entries: &[Entry]) -> People {
        let mut keys = Keys::new(entries, "[people]", None);
        let people = People { qualifiers: keys.texts(self, "qualifiers"), wide: keys.texts(self, "wide") };
        keys.finish(self);
        people
    }

    fn columns(&mut self, entries: &[Entry]) -> Columns {
        let mut keys = Keys::new(entries, "[columns]", None);
        let columns = Columns {
            name: keys.texts(self, "name"),
            contact_name: keys.texts(self, "contact_name"),
            contact_title: keys.texts(self, "contact_title"),
            contact_email: keys.texts(self, "contact_email"),
            filler: keys.words(self, "filler"),
        };
        keys.finish(self);
        columns
    }

    fn map(&mut self, entries: &[Entry], names: &read_rows::Names<'_>) -> Option<Map> {
        if entries.is_empty() {
            return None;
        }
        let start = entries.first().map(|entry| entry.key_span);
        let mut keys = Keys::new(entries, "[map]", start);
        let axis = keys.required(self, "axis");
        let lanes = keys.take("lanes");
        keys.finish(self);
        let axis = axis.and_then(|node| {
            let fact = self.keep(names.base_fact(node))?;
            if names.facts[fact.0].kind.is_number() {
                return Some(fact);
            }
            self.report(Diagnostic::new(Code::WrongKind, node.span, "the axis of the map is a whole number"));
            None
        });
        let lanes = match lanes.map(|node| &node.content) {
            Some(Content::Array(items)) => {
                items.iter().filter_map(|item| self.keep(names.base_fact(item))).collect()
            }
            Some(_) => {
                self.report(Diagnostic::new(
                    Code::WrongKind,
                    lanes.map_or_else(|| entries[0].key_span, |node| node.span),
                    "`lanes` is a list of facts",
                ));
                Vec::new()
            }
            None => Vec::new(),
        };
        Some(Map { axis: axis?, lanes })
    }
}

/// The keys of one table: taken one by one, and what is left over is unknown.
pub(super) struct Keys<'a> {
    entries: &'a [Entry],
    /// What the table is, for messages: `[facts.headcount]`, `the owner row`.
    what: String,
    /// Where to point when a key is missing.
    at: Option<Span>,
    known: Vec<&'static str>,
}

impl<'a> Keys<'a> {
    pub(super) fn new(entries: &'a [Entry], what: impl Into<String>, at: Option<Span>) -> Self {
        let at = entries.first().map(|entry| entry.key_span).filter(|_| at.is_none()).or(at);
        Keys { entries, what: what.into(), at, known: Vec::new() }
    }

    pub(super) fn take(&mut self, key: &'static str) -> Option<&'a Node> {
        self.known.push(key);
        self.entries.iter().find(|entry| entry.key == key).map(|entry| &entry.value)
    }

    pub(super) fn skip(&mut self, key: &'static str) {
        self.known.push(key);
    }

    pub(super) fn required(&mut self, reader: &mut Reader, key: &'static str) -> Option<&'a Node> {
        let found = self.take(key);
        if found.is_none()
            && let Some(at) = self.at
        {
            reader.report(
                Diagnostic::new(Code::MissingKey, at, format!("{} has no `{key}`", self.what))
                    .help(format!("add `{key} = …`")),
            );
        }
        found
    }

    pub(super) fn text(&mut self, reader: &mut Reader, key: &'static str) -> Option<String> {
        let node = self.take(key)?;
        reader.keep(text(node, key))
    }

    pub(super) fn required_text(&mut self, reader: &mut Reader, key: &'static str) -> Option<String> {
        let node = self.required(reader, key)?;
        let text = reader.keep(text(node, key))?;
        if text.trim().is_empty() {
            reader.report(Diagnostic::new(Code::MissingKey, node.span, format!("`{key}` is empty")));
            return None;
        }
        Some(text)
    }

    pub(super) fn flag(&mut self, reader: &mut Reader, key: &'static str) -> bool {
        match self.take(key).map(|node| (node, &node.content)) {
            None => false,
            Some((_, Content::Boolean(flag))) => *flag,
            Some((node, _)) => {
                reader.report(Diagnostic::new(
                    Code::WrongKind,
                    node.span,
                    format!("`{key}` is `true` or `false`, found {}", node.kind()),
                ));
                false
            }
        }
    }

    /// A list of texts; a single text stands for a list of one, and a number for the text it is written as.
    pub(super) fn texts(&mut self, reader: &mut Reader, key: &'static str) -> Vec<String> {
        let Some(node) = self.take(key) else { return Vec::new() };
        let items = match &node.content {
            Content::Array(items) => items.as_slice(),
            _ => std::slice::from_ref(node),
        };
        let read = items.iter().filter_map(|item| match &item.content {
            Content::Integer(number) => Some(number.to_string()),
            _ => reader.keep(text(item, key)),
        });
        read.collect()
    }

    /// A list of single words.
    pub(super) fn words(&mut self, reader: &mut Reader, key: &'static str) -> Vec<String> {
        let several = |word: &String| {
            word.trim().is_empty()
                || word.contains(|letter: char| letter.is_whitespace() || letter.is_ascii_punctuation())
        };
        let words = self.texts(reader, key);
        if let (Some(word), Some(node)) = (words.iter().find(|word| several(word)), self.take(key)) {
            reader.report(
                Diagnostic::new(Code::WrongKind, node.span, format!("`{word}` in `{key}` is not one word"))
                    .help("titles are cut into words at spaces and punctuation; a whole title belongs in `columns`"),
            );
        }
        words
    }

    pub(super) fn finish(self, reader: &mut Reader) {
        for entry in self.entries {
            if !self.known.contains(&entry.key.as_str()) {
                reader.report(
                    Diagnostic::new(
                        Code::UnknownKey,
                        entry.key_span,
                        format!("{} has no key `{}`", self.what, entry.key),
                    )
                    .suggest(&entry.key, self.known.iter().copied()),
                );
            }
        }
    }
}

fn text(node: &Node, key: &str) -> Result<String, Diagnostic> {
    node.as_str().map(str::to_owned).ok_or_else(|| {
        Diagnostic::new(Code::WrongKind, node.span, format!("`{key}` is a text, found {}", node.kind()))
    })
}

/// The hash of a document: what it says, whatever its layout and comments.
fn digest(document: &Document) -> String {
    let parts = [
        ("ruleset", &document.ruleset),
        ("facts", &document.facts),
        ("roles", &document.roles),
        ("people", &document.people),
        ("map", &document.map),
        ("columns", &document.columns),
    ];
    let mut whole = serde_json::Map::new();
    for (name, entries) in parts {
        // The order of facts and roles counts, so keys stay in order there; within one of them it does not.
        let ordered =
            entries.iter().map(|entry| serde_json::json!([entry.key, plain(&entry.value)])).collect();
        whole.insert(name.to_owned(), serde_json::Value::Array(ordered));
    }
    for table in Table::ALL {
        let rows = document.rows.get(&table).into_iter().flatten().map(plain).collect();
        whole.insert(table.as_str().to_owned(), serde_json::Value::Array(rows));
    }
    let hash = blake3::hash(serde_json::Value::Object(whole).to_string().as_bytes());
    format!("blake3:{}", hash.to_hex())
}

/// A value as JSON, keys sorted.
pub(super) fn plain(node: &Node) -> serde_json::Value {
    match &node.content {
        Content::Null | Content::Date => serde_json::Value::Null,
        Content::Boolean(flag) => (*flag).into(),
        Content::Integer(number) => match i64::try_from(*number) {
            Ok(number) => number.into(),
            Err(_) => number.to_string().into(),
        },
        Content::Float(number) => (*number).into(),
        Content::String(text) => text.as_str().into(),
        Content::Array(items) => items.iter().map(plain).collect(),
        Content::Table(entries) => {
            let sorted: BTreeMap<&str, serde_json::Value> =
                entries.iter().map(|entry| (entry.key.as_str(), plain(&entry.value))).collect();
            serde_json::Value::Object(
                sorted.into_iter().map(|(key, value)| (key.to_owned(), value)).collect(),
            )
        }
    }
}
