//! `[[derive]]`, `[[owner]]` and the other tables.

use std::collections::HashMap;

use super::keys::{Keys, Reader, percent, plain};
use super::test::{meant_flag, meant_names, names_of, read_named, read_test};
use crate::diagnostic::{Code, Diagnostic};
use crate::ruleset::condition::{Condition, FactTest, Subject, Test};
use crate::ruleset::document::duplicate_id;
use crate::ruleset::facts::Fact;
use crate::ruleset::roles::{Role, RoleId};
use crate::ruleset::tables::{Basis, Derivation, Party, Presumption, Row, Table, Typical};
use crate::ruleset::value::{FactId, Kind, Value};
use crate::source::{Content, Entry, Node, Span};

/// What rows may name.
pub(super) struct Names<'a> {
    pub facts: &'a [Fact],
    fact_places: HashMap<&'a str, usize>,
    /// The id and the title of each role.
    roles: Vec<(&'a str, &'a str)>,
    role_places: HashMap<&'a str, usize>,
}

impl<'a> Names<'a> {
    pub(super) fn new(facts: &'a [Fact], roles: &'a [Role]) -> Names<'a> {
        let roles: Vec<(&str, &str)> =
            roles.iter().map(|role| (role.id.as_str(), role.title.as_str())).collect();
        Names {
            facts,
            fact_places: facts.iter().enumerate().map(|(at, fact)| (fact.name.as_str(), at)).collect(),
            role_places: roles.iter().enumerate().map(|(at, (id, _))| (*id, at)).collect(),
            roles,
        }
    }

    fn fact(&self, name: &str, span: Span) -> Result<FactId, Diagnostic> {
        self.fact_places.get(name).copied().map(FactId).ok_or_else(|| {
            Diagnostic::new(Code::UnknownFact, span, format!("there is no fact `{name}`"))
                .suggest(name, self.facts.iter().map(|fact| fact.name.as_str()))
        })
    }

    /// A fact that profiles give and rules test, named by a text.
    pub(super) fn base_fact(&self, node: &Node) -> Result<FactId, Diagnostic> {
        let name = node.as_str().unwrap_or_default();
        let id = self.fact(name, node.span)?;
        if self.facts[id.0].is_base() {
            return Ok(id);
        }
        Err(Diagnostic::new(
            Code::WrongKind,
            node.span,
            format!("`{name}` is no fact that a profile gives and rules test"),
        ))
    }

    fn role(&self, node: &Node) -> Result<RoleId, Diagnostic> {
        let id = node.as_str().unwrap_or_default();
        self.role_places.get(id).copied().map(RoleId).ok_or_else(|| {
            let message = match node.as_str() {
                Some(_) => format!("there is no role `{id}`"),
                None => format!("expected the name of a role, found {}", node.kind()),
            };
            let problem = Diagnostic::new(Code::UnknownRole, node.span, message);
            meant_names(problem, node, &self.roles, None).or_suggest(id, self.roles.iter().map(|(id, _)| *id))
        })
    }

    pub(super) fn party(&self, node: &Node, vendor_too: bool) -> Result<Party, Diagnostic> {
        match node.as_str() {
            Some("owner") => Ok(Party::Owner),
            Some("contact") => Ok(Party::Contact),
            Some("vendor") if vendor_too => Ok(Party::Vendor),
            _ => self.role(node).map(Party::Role),
        }
    }
}

/// Reads the rows of a table; `then` reads what is the table's own.
pub(super) fn rows<Then>(
    reader: &mut Reader,
    names: &Names<'_>,
    table: Table,
    nodes: &[Node],
    mut then: impl FnMut(&mut Reader, &mut Keys<'_>, Span) -> Option<Then>,
) -> Vec<Row<Then>> {
    let mut seen: HashMap<String, Span> = HashMap::with_capacity(nodes.len());
    let mut read = Vec::with_capacity(nodes.len());
    for node in nodes {
        let Some(entries) = node.entries() else { continue };
        let span = Span { end: node.span.start.saturating_add(table.as_str().len() + 4), ..node.span };
        let id_node = node.get("id");
        let span = id_node.map_or(span, |id| id.span);
        let what = match id_node.and_then(Node::as_str) {
            Some(id) => format!("the {table} row `{id}`"),
            None => format!("a row of `{table}`"),
        };
        let mut keys = Keys::new(entries, what, Some(span));
        let id = keys.required_text(reader, "id").unwrap_or_default();
        if !id.is_empty() && seen.insert(id.clone(), span).is_some() {
            reader.report(duplicate_id(table, &id, node));
        }
        let when =
            keys.take("when").map_or_else(Condition::default, |node| condition(reader, names, table, node));
        let basis = keys.take("basis").map_or(Basis::Inferred, |node| basis(reader, node));
        let because = keys.text(reader, "because");
        let cite = keys.text(reader, "cite");
        let then = then(reader, &mut keys, span);
        keys.finish(reader);
        if let Some(then) = then {
            read.push(Row { id, when, then, basis, because, cite, span });
        }
    }
    read
}

fn basis(reader: &mut Reader, node: &Node) -> Basis {
    let written = node.as_str().unwrap_or_default();
    if let Some((basis, _)) = Basis::ALL.iter().find(|(_, word)| *word == written) {
        return *basis;
    }
    let words = Basis::ALL.map(|(_, word)| (word, word));
    let problem =
        Diagnostic::new(Code::UnknownValue, node.span, "a basis is `stated`, `inferred` or `learned`");
    reader.report(
        meant_names(problem, node, &words, None).or_suggest(written, words.iter().map(|(word, _)| *word)),
    );
    Basis::Inferred
}

fn condition(reader: &mut Reader, names: &Names<'_>, table: Table, node: &Node) -> Condition {
    let mut condition = Condition::default();
    for entry in reader.condition("when", node) {
        let test = reader.keep(fact_test(names, table, entry));
        condition.tests.extend(test);
    }
    condition
}

fn fact_test(names: &Names<'_>, table: Table, entry: &Entry) -> Result<FactTest, Diagnostic> {
    let not_yet = |what: &str| {
        Diagnostic::new(Code::WrongOrder, entry.key_span, format!("a row of `{table}` cannot test `{what}`"))
            .help(format!("`{what}` is decided after the table `{table}`"))
    };
    let (subject, test) = match entry.key.as_str() {
        "owner" if !table.may_test_owner() => return Err(not_yet("owner")),
        "contact" if !table.may_test_contact() => return Err(not_yet("contact")),
        "owner" => (
            Subject::Owner,
            Test::Named(read_named(&names.roles, &entry.value, "a role", Code::UnknownRole)?),
        ),
        "contact" => (
            Subject::Contact,
            Test::Named(read_named(&names.roles, &entry.value, "a role", Code::UnknownRole)?),
        ),
        name => {
            let fact = names.fact(name, entry.key_span)?;
            (Subject::Fact(fact), read_test(&names.facts[fact.0], &entry.value)?)
        }
    };
    Ok(FactTest { subject, test, written: plain(&entry.value), span: entry.key_span })
}

/// `[[derive]]`, with the order of derived facts checked.
pub(super) fn derive(reader: &mut Reader, names: &Names<'_>, nodes: &[Node]) -> Vec<Row<Derivation>> {
    let rows = rows(reader, names, Table::Derive, nodes, |reader, keys, _| {
        let fact = keys.required(reader, "fact");
        let value = keys.required(reader, "value");
        let (fact, value) = (fact?, value?);
        let id = reader.keep(names.fact(fact.as_str().unwrap_or_default(), fact.span))?;
        let declared = &names.facts[id.0];
        if !declared.derived {
            reader.report(
                Diagnostic::new(
                    Code::WrongKind,
                    fact.span,
                    format!("`{}` is not declared as derived", declared.name),
                )
                .help(format!("add `derived = true` to `[facts.{}]`", declared.name)),
            );
            return None;
        }
        reader.keep(derived_value(declared, value)).map(|value| Derivation { fact: id, value })
    });
    let last: HashMap<FactId, usize> = rows.iter().enumerate().map(|(at, row)| (row.then.fact, at)).collect();
    for (at, row) in rows.iter().enumerate() {
        for test in &row.when.tests {
            let Subject::Fact(fact) = test.subject else { continue };
            if last.get(&fact).is_some_and(|last| *last >= at) {
                reader.report(
                    Diagnostic::new(
                        Code::WrongOrder,
                        test.span,
                        format!("`{}` is tested before all of its rows", names.facts[fact.0].name),
                    )
                    .help("move the rows that give it above this one"),
                );
            }
        }
    }
    rows
}

fn derived_value(fact: &Fact, node: &Node) -> Result<Value, Diagnostic> {
    let wrong = |expected: String| {
        Diagnostic::new(Code::UnknownValue, node.span, format!("this is no value of `{}`", fact.name))
            .help(format!("expected {expected}"))
    };
    match (fact.kind, &node.content) {
        (Kind::Boolean, Content::Boolean(flag)) => Ok(Value::Named(u32::from(*flag))),
        (Kind::Boolean, _) => Err(meant_flag(wrong("`true` or `false`".to_owned()), node)),
        (Kind::Integer, Content::Integer(number)) => Some(*number)
            .filter(|number| (fact.lowest..=fact.highest).contains(number))
            .map(Value::Number)
            .ok_or_else(|| wrong("a whole number within its range".to_owned())),
        (Kind::Integer, _) => Err(wrong("a whole number".to_owned())),
        (_, Content::String(text)) => fact.value_named(text).map(Value::Named).ok_or_else(|| {
            let message = format!("`{text}` is no value of `{}`", fact.name);
            let problem = Diagnostic::new(Code::UnknownValue, node.span, message);
            meant_names(problem, node, &names_of(fact).collect::<Vec<_>>(), None)
                .or_suggest(text, fact.values.iter().map(String::as_str))
        }),
        _ => Err(wrong(format!("one of `{}`", fact.values.join("`, `")))),
    }
}

/// `[[owner]]` and `[[contact]]`.
pub(super) fn appoint(
    reader: &mut Reader,
    names: &Names<'_>,
    table: Table,
    nodes: &[Node],
) -> Vec<Row<RoleId>> {
    rows(reader, names, table, nodes, |reader, keys, _| {
        let node = keys.required(reader, "role")?;
        reader.keep(names.role(node))
    })
}

/// `[[typical]]`.
pub(super) fn typical(reader: &mut Reader, names: &Names<'_>, nodes: &[Node]) -> Vec<Row<Typical>> {
    rows(reader, names, Table::Typical, nodes, |reader, keys, _| {
        let support = keys.take("support").and_then(|node| percent(reader, "support", node));
        let source = keys.text(reader, "source");
        let node = keys.required(reader, "set")?;
        let Some(entries) = node.entries() else {
            reader.report(
                Diagnostic::new(
                    Code::WrongKind,
                    node.span,
                    format!("`set` is a table of facts, found {}", node.kind()),
                )
                .help("write it as in `set = { fact = true }`"),
            );
            return None;
        };
        let mut presumptions = Vec::with_capacity(entries.len());
        for entry in entries {
            let Some(id) = reader.keep(names.fact(&entry.key, entry.key_span)) else { continue };
            let fact = &names.facts[id.0];
            if !fact.is_base() {
                let why = if fact.derived { "it is derived" } else { "it is a text" };
                reader.report(Diagnostic::new(
                    Code::WrongKind,
                    entry.key_span,
                    format!("`{}` cannot be presumed: {why}", fact.name),
                ));
                continue;
            }
            let test = reader.keep(read_test(fact, &entry.value));
            presumptions.extend(test.map(|test| Presumption {
                fact: id,
                test,
                written: plain(&entry.value),
            }));
        }
        Some(Typical { set: presumptions, support, source })
    })
}
