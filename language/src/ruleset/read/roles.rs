//! `[roles.*]`.

use std::collections::HashSet;

use super::keys::{Keys, Reader};
use crate::diagnostic::{Code, Diagnostic};
use crate::ruleset::facts::Fact;
use crate::ruleset::roles::{Role, RoleId};
use crate::ruleset::value::{FactId, Kind};
use crate::source::{Content, Entry, Node};

/// Names that mean whoever a decision names, or the vendor.
const RESERVED: [&str; 3] = ["owner", "contact", "vendor"];

/// Reads all roles, in order.
pub(super) fn read(reader: &mut Reader, entries: &[Entry], facts: &[Fact]) -> Vec<Role> {
    let mut roles = Vec::with_capacity(entries.len());
    let mut borrowed: Vec<Option<&Node>> = Vec::with_capacity(entries.len());
    let known: Vec<&str> = entries.iter().map(|entry| entry.key.as_str()).collect();
    for entry in entries {
        if RESERVED.contains(&entry.key.as_str()) {
            reader.report(
                Diagnostic::new(
                    Code::DuplicateId,
                    entry.key_span,
                    format!("`{}` cannot name a role", entry.key),
                )
                .help("it stands for whoever the decision names"),
            );
        }
        let Some(keys) = entry.value.entries() else {
            reader.report(Diagnostic::new(
                Code::WrongKind,
                entry.value.span,
                format!("a role is a table of keys, found {}", entry.value.kind()),
            ));
            roles.push(empty(entry));
            borrowed.push(None);
            continue;
        };
        let mut keys = Keys::new(keys, format!("[roles.{}]", entry.key), Some(entry.key_span));
        let role = Role {
            title: keys.required_text(reader, "title").unwrap_or_default(),
            titles: keys.texts(reader, "titles"),
            region: keys.take("region").and_then(|node| reader.keep(region(node, facts))),
            stand_ins: keys.take("or").map_or_else(Vec::new, |node| stand_ins(reader, node, &known)),
            ..empty(entry)
        };
        borrowed.push(keys.take("titles_of"));
        keys.finish(reader);
        roles.push(role);
    }
    for (at, source) in borrowed.iter().enumerate() {
        let Some(node) = source else { continue };
        let titles = borrowed_titles(reader, node, &known, &roles, &borrowed);
        roles[at].titles.extend(titles);
        roles[at].titles_of = role(node, &known).ok();
    }
    roles
}

fn empty(entry: &Entry) -> Role {
    Role {
        id: entry.key.clone(),
        title: String::new(),
        titles: Vec::new(),
        titles_of: None,
        region: None,
        stand_ins: Vec::new(),
        span: entry.key_span,
    }
}

fn role(node: &Node, known: &[&str]) -> Result<RoleId, Diagnostic> {
    let Some(id) = node.as_str() else {
        return Err(Diagnostic::new(
            Code::WrongKind,
            node.span,
            format!("expected the name of a role, found {}", node.kind()),
        ));
    };
    known.iter().position(|role| *role == id).map(RoleId).ok_or_else(|| {
        Diagnostic::new(Code::UnknownRole, node.span, format!("there is no role `{id}`"))
            .suggest(id, known.iter().copied())
    })
}

fn region(node: &Node, facts: &[Fact]) -> Result<FactId, Diagnostic> {
    let name = node.as_str().unwrap_or_default();
    let texts = || facts.iter().filter(|fact| fact.kind == Kind::Text).map(|fact| fact.name.as_str());
    match facts.iter().position(|fact| fact.name == name) {
        Some(at) if facts[at].kind == Kind::Text => Ok(FactId(at)),
        Some(_) => Err(Diagnostic::new(Code::WrongKind, node.span, "`region` names a fact of kind `text`")
            .suggest(name, texts())),
        None => Err(Diagnostic::new(Code::UnknownFact, node.span, format!("there is no fact `{name}`"))
            .suggest(name, texts())),
    }
}

fn stand_ins(reader: &mut Reader, node: &Node, known: &[&str]) -> Vec<RoleId> {
    let items = match &node.content {
        Content::Array(items) => items.as_slice(),
        _ => std::slice::from_ref(node),
    };
    items.iter().filter_map(|item| reader.keep(role(item, known))).collect()
}

/// The titles of the role that `titles_of` names, which may borrow its own in turn.
fn borrowed_titles(
    reader: &mut Reader,
    node: &Node,
    known: &[&str],
    roles: &[Role],
    borrowed: &[Option<&Node>],
) -> Vec<String> {
    let mut titles = Vec::new();
    let mut seen = HashSet::new();
    let mut next = Some(node);
    while let Some(node) = next {
        let Some(RoleId(at)) = reader.keep(role(node, known)) else { return titles };
        if !seen.insert(at) {
            reader.report(
                Diagnostic::new(Code::WrongOrder, node.span, "`titles_of` leads back to a role it came from")
                    .help("one of the roles must have `titles` of its own"),
            );
            return titles;
        }
        // Roles further up may already have what they borrow; what they wrote themselves comes first either way.
        titles.extend(roles[at].titles.iter().cloned());
        next = if roles[at].titles.is_empty() { borrowed[at] } else { None };
    }
    titles
}
