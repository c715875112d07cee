//! `spellings` of a choice: what lists write for its values.

use super::keys::{Keys, Reader};
use crate::diagnostic::{Code, Diagnostic};
use crate::ruleset::facts::Fact;
use crate::ruleset::value::Kind;
use crate::source::{Content, Entry, Node};

/// Reads what else each value is written as: the spelling and the value's place, in the order of the file.
pub(super) fn read(reader: &mut Reader, keys: &mut Keys<'_>, fact: &Fact) -> Vec<(String, u32)> {
    let Some(node) = keys.take("spellings") else { return Vec::new() };
    let entries = match (fact.kind, node.entries()) {
        (Kind::Choice, Some(entries)) => entries,
        (Kind::Choice, None) => {
            reader.report(
                wrong_kind(node, format!("`spellings` is a table, found {}", node.kind()))
                    .help("write it as in `spellings = { value = [\"what lists call it\"] }`"),
            );
            return Vec::new();
        }
        (kind, _) => {
            let message =
                format!("`spellings` go with a choice, and `{}` is {}", fact.name, kind.with_article());
            reader.report(wrong_kind(node, message));
            return Vec::new();
        }
    };
    let mut spellings: Vec<(String, u32)> = Vec::new();
    for entry in entries {
        let Some(value) = fact.value_named(&entry.key) else {
            reader.report(
                Diagnostic::new(
                    Code::UnknownValue,
                    entry.key_span,
                    format!("`{}` is no value of `{}`", entry.key, fact.name),
                )
                .suggest(&entry.key, fact.values.iter().map(String::as_str)),
            );
            continue;
        };
        for spelling in of_value(reader, entry) {
            spellings.push((spelling, value));
        }
    }
    spellings
}

fn of_value(reader: &mut Reader, entry: &Entry) -> Vec<String> {
    let items = match &entry.value.content {
        Content::Array(items) => items.as_slice(),
        _ => std::slice::from_ref(&entry.value),
    };
    let mut read = Vec::with_capacity(items.len());
    for item in items {
        match item.as_str().map(str::trim) {
            Some(text) if !text.is_empty() => read.push(text.to_owned()),
            _ => reader.report(
                wrong_kind(item, format!("a spelling is a text, found {}", item.kind()))
                    .help("write what a list calls the value, in quotes"),
            ),
        }
    }
    read
}

fn wrong_kind(node: &Node, message: String) -> Diagnostic {
    Diagnostic::new(Code::WrongKind, node.span, message)
}
