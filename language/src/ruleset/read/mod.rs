//! From a document to a checked ruleset: every name known, every test possible, every mistake found in one go.

mod claims;
mod collected;
mod facts;
mod keys;
mod narrowed;
mod roles;
mod rows;
mod spellings;
mod test;
mod words;

use keys::{Keys, Reader, plain};

use super::checked::{Checked, Columns, Map, Overlap};
use super::document::{Document, Loaded};
use super::roles::People;
use super::tables::Table;
use crate::diagnostic::{Code, Diagnostic, Problems, Severity};
use crate::source::{Content, Entry, Sources};

/// Checks a loaded document: what it says, and the texts it says it in.
///
/// # Errors
/// Every mistake in it. What does not parse, or extends what cannot be read, is reported alone: the rest would be
/// full of mistakes that are none.
pub fn read(loaded: Loaded) -> Result<Read, Problems> {
    let Loaded { mut document, sources, problems } = loaded;
    if problems.iter().any(|problem| matches!(problem.code, Code::Syntax | Code::Extends)) {
        return Err(Problems::new(sources, problems));
    }
    let mut reader = Reader { problems };
    let checked = reader.checked(&mut document);
    let wrong = |problem: &Diagnostic| problem.code.severity() == Severity::Error;
    if reader.problems.iter().any(wrong) {
        let placed = |problem| narrowed::where_it_was_changed(problem, &document.facts, &sources);
        let list = reader.problems.into_iter().map(placed).collect();
        return Err(Problems::new(sources, list));
    }
    Ok(Read { checked, sources, notes: reader.problems })
}

/// A ruleset that can be used.
pub struct Read {
    /// What it says.
    pub checked: Checked,
    /// The texts it says it in.
    pub sources: Sources,
    /// What its author should know of it.
    pub notes: Vec<Diagnostic>,
}

impl Reader {
    fn checked(&mut self, document: &mut Document) -> Checked {
        let mut header = Keys::new(&document.ruleset, "[ruleset]", document.start);
        let name = header.required_text(self, "name").unwrap_or_default();
        let version = self.version(&mut header);
        let title = header.required_text(self, "title").unwrap_or_default();
        let prefix = header.text(self, "prefix").unwrap_or_default();
        let overlap = self.overlap(&mut header);
        header.skip("extends");
        header.finish(self);
        let facts = facts::read(self, &document.facts);
        self.problems.extend(narrowed::narrow(&mut document.rows, &document.facts, &facts));
        let document = &*document;
        let roles = roles::read(self, &document.roles, &facts);
        let names = rows::Names::new(&facts, &roles);
        let of = |table| document.rows.get(&table).map_or(&[][..], Vec::as_slice);
        Checked {
            name,
            version,
            title,
            prefix,
            overlap,
            digest: digest(document),
            people: self.people(&document.people),
            map: self.map(&document.map, &names),
            columns: self.columns(&document.columns),
            derive: rows::derive(self, &names, of(Table::Derive)),
            owner: rows::appoint(self, &names, Table::Owner, of(Table::Owner)),
            contact: rows::appoint(self, &names, Table::Contact, of(Table::Contact)),
            typical: rows::typical(self, &names, of(Table::Typical)),
            stakeholder: collected::stakeholder(self, &names, of(Table::Stakeholder)),
            risk: collected::risk(self, &names, of(Table::Risk)),
            action: collected::action(self, &names, of(Table::Action)),
            question: collected::question(self, &names, of(Table::Question)),
            milestone: collected::milestone(self, &names, of(Table::Milestone)),
            facts,
            roles,
        }
    }

    fn version(&mut self, header: &mut Keys<'_>) -> semver::Version {
        let none = semver::Version::new(0, 0, 0);
        let Some(node) = header.required(self, "version") else { return none };
        match node.as_str().map(semver::Version::parse) {
            Some(Ok(version)) => version,
            _ => {
                let problem = Diagnostic::new(Code::WrongKind, node.span, "`version` is no semantic version");
                let written = match &node.content {
                    Content::Integer(number) => number.to_string(),
                    Content::String(text) => text.trim().trim_start_matches(['v', 'V']).to_owned(),
                    _ => String::new(),
                };
                // One number or two are the beginning of three.
                let mut meant = ["", ".0", ".0.0"].iter().map(|rest| format!("{written}{rest}"));
                let meant = meant.find(|meant| semver::Version::parse(meant).is_ok());
                self.report(match meant {
                    Some(meant) => problem.mend(node.span, test::in_quotes(&meant)),
                    None => problem.help("write three numbers, as in `version = \"1.0.0\"`"),
                });
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

    fn map(&mut self, entries: &[Entry], names: &rows::Names<'_>) -> Option<Map> {
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

/// The hash of a document: what it says, whatever its layout and comments.
fn digest(document: &Document) -> String {
    // What it extends is in it already; the same rules written out in one file are the same rules.
    let head = document.ruleset.iter().filter(|entry| entry.key != "extends").cloned().collect();
    let parts = [
        ("ruleset", &head),
        ("facts", &document.facts),
        ("roles", &document.roles),
        ("people", &document.people),
        ("map", &document.map),
        ("columns", &document.columns),
    ];
    let mut whole = serde_json::Map::new();
    for (name, entries) in parts {
        // The order of facts and roles counts, so keys stay in order there; within one of them it does not.
        let pair = |entry: &Entry| vec![entry.key.as_str().into(), plain(&entry.value)].into();
        let ordered = entries.iter().map(pair).collect();
        whole.insert(name.to_owned(), serde_json::Value::Array(ordered));
    }
    for table in Table::ALL {
        let rows = document.rows.get(&table).into_iter().flatten().map(plain).collect();
        whole.insert(table.as_str().to_owned(), serde_json::Value::Array(rows));
    }
    let hash = blake3::hash(serde_json::Value::Object(whole).to_string().as_bytes());
    format!("blake3:{}", hash.to_hex())
}
