//! A ruleset as JSON: what it says with all that it extends, in the shape of its TOML file, so that it can be read back.

use serde_json::{Map, Value as Json};

use crate::ruleset::document::Document;
use crate::ruleset::{Ruleset, Table};
use crate::source::{Content, Entry, Node, json_number};

/// The ruleset as used, extensions resolved.
pub fn json(ruleset: &Ruleset) -> String {
    let own = ruleset.sources().iter().next();
    let (name, text) = own.map_or(("", ""), |source| (source.name(), source.text()));
    let document = Document::load(name, text).document;
    let mut whole = Map::new();
    let head: Vec<Entry> = document.ruleset.iter().filter(|entry| entry.key != "extends").cloned().collect();
    for (name, entries) in [
        ("ruleset", &head),
        ("facts", &document.facts),
        ("roles", &document.roles),
        ("people", &document.people),
        ("map", &document.map),
        ("columns", &document.columns),
    ] {
        if !entries.is_empty() {
            whole.insert(name.to_owned(), table(entries));
        }
    }
    for kind in Table::ALL {
        let rows = document.rows.get(&kind).map(Vec::as_slice).unwrap_or_default();
        if !rows.is_empty() {
            whole.insert(kind.as_str().to_owned(), rows.iter().map(value).collect());
        }
    }
    let mut text = serde_json::to_string_pretty(&Json::Object(whole)).unwrap_or_default();
    text.push('\n');
    text
}

fn table(entries: &[Entry]) -> Json {
    Json::Object(entries.iter().map(|entry| (entry.key.clone(), value(&entry.value))).collect())
}

fn value(node: &Node) -> Json {
    match &node.content {
        // A checked ruleset has no date and no null in it.
        Content::Null | Content::Date => Json::Null,
        Content::Boolean(flag) => (*flag).into(),
        Content::Integer(number) => json_number(*number),
        Content::Float(number) => (*number).into(),
        Content::String(text) => text.as_str().into(),
        Content::Array(items) => items.iter().map(value).collect(),
        Content::Table(entries) => table(entries),
    }
}
