//! Profiles from TOML, JSON and `--set`.

use super::given::read_node;
use super::{Person, Profile};
use crate::diagnostic::{Code, Diagnostic, Problems, nearest, no_toml};
use crate::ruleset::{FactId, Ruleset};
use crate::source::{Content, Entry, Node, Source, SourceId, Sources, Span, read_json, read_toml};
use crate::words;

/// The format of a profile.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// TOML.
    Toml,
    /// JSON.
    Json,
}

impl Format {
    /// The format of a text: JSON if it begins with `{`, else TOML.
    pub fn of(text: &str) -> Format {
        if text.trim_start_matches('\u{feff}').trim_start().starts_with('{') {
            Format::Json
        } else {
            Format::Toml
        }
    }
}

/// The name of the source that a `--set` is.
const SETTING: &str = "--set";

pub(super) fn read(
    ruleset: &Ruleset,
    text: Option<(Source, Format)>,
    settings: &[String],
) -> Result<Profile, Problems> {
    let mut reader = Reader { ruleset, sources: Sources::new(), problems: Vec::new(), places: Vec::new() };
    let mut entries = match text {
        Some((source, format)) => reader.file(source, format),
        None => Vec::new(),
    };
    for setting in settings {
        if let Some(entry) = reader.setting(setting) {
            entries.retain(|earlier| earlier.key != entry.key);
            entries.push(entry);
        }
    }
    let profile = reader.profile(&entries);
    if reader.problems.is_empty() {
        reader.contradiction(&profile);
    }
    if reader.problems.is_empty() { Ok(profile) } else { Err(Problems::new(reader.sources, reader.problems)) }
}

/// Reads a profile that stands within another file, such as a list of known cases.
///
/// # Errors
/// Every mistake in it.
pub(super) fn read_entries(ruleset: &Ruleset, entries: &[Entry]) -> Result<Profile, Vec<Diagnostic>> {
    let mut reader = Reader { ruleset, sources: Sources::new(), problems: Vec::new(), places: Vec::new() };
    let profile = reader.profile(entries);
    if reader.problems.is_empty() {
        reader.contradiction(&profile);
    }
    if reader.problems.is_empty() { Ok(profile) } else { Err(reader.problems) }
}

struct Reader<'a> {
    ruleset: &'a Ruleset,
    sources: Sources,
    problems: Vec<Diagnostic>,
    /// Where each fact was given.
    places: Vec<(FactId, Span)>,
}

impl Reader<'_> {
    fn file(&mut self, source: Source, format: Format) -> Vec<Entry> {
        let id = self.sources.add(source);
        let text = self.sources.get(id).text().to_owned();
        let read = match format {
            Format::Toml => read_toml(id, &text).map_err(|errors| no_toml(id, &text, errors, &["contacts"])),
            Format::Json => {
                read_json(id, &text).map_err(|errors| errors.into_iter().map(Diagnostic::from).collect())
            }
        };
        let node = match read {
            Ok(node) => node,
            Err(errors) => {
                self.problems.extend(errors);
                return Vec::new();
            }
        };
        for entry in node.repeated() {
            let message = format!("`{}` is given twice", entry.key);
            self.problems.push(Diagnostic::new(Code::DuplicateId, entry.key_span, message));
        }
        let kind = node.kind();
        match node.content {
            Content::Table(entries) => entries,
            _ => {
                let message = format!("a profile is one organization's facts, found {kind}");
                self.problems.push(
                    Diagnostic::new(Code::WrongKind, Span::new(id, 0..0), message)
                        .help("write an object such as `{\"name\": \"Acme\"}`"),
                );
                Vec::new()
            }
        }
    }

    fn setting(&mut self, setting: &str) -> Option<Entry> {
        let id = self.sources.add(Source::new(SETTING, setting));
        let Some((key, value)) = setting.split_once('=') else {
            let whole = Span::new(id, 0..setting.len());
            self.problems.push(
                Diagnostic::new(Code::Syntax, whole, format!("`{setting}` does not say what the fact is"))
                    .help("write `--set FACT=VALUE`"),
            );
            return None;
        };
        let span = |from: usize, to: usize| Span::new(id, from..to);
        Some(Entry {
            key: key.trim().to_owned(),
            key_span: span(0, key.len()),
            value: Node {
                span: span(key.len() + 1, setting.len()),
                content: Content::String(value.trim().to_owned()),
            },
        })
    }

    fn profile(&mut self, entries: &[Entry]) -> Profile {
        let mut profile = Profile::unknown(self.ruleset);
        for entry in entries {
            match entry.key.as_str() {
                "name" => profile.name = self.text(entry),
                "notes" => profile.notes = self.text(entry),
                "contacts" => profile.contacts = self.contacts(&entry.value),
                _ => self.fact(entry, &mut profile),
            }
        }
        profile
    }

    fn fact(&mut self, entry: &Entry, profile: &mut Profile) {
        let Some(id) = self.ruleset.fact_named(&entry.key) else {
            self.problems.push(self.unknown(entry));
            return;
        };
        let fact = self.ruleset.fact(id);
        if fact.derived {
            self.problems.push(
                Diagnostic::new(
                    Code::UnknownKey,
                    entry.key_span,
                    format!("`{}` is derived from other facts", entry.key),
                )
                .help("give the facts it comes from, and leave it out"),
            );
            return;
        }
        match read_node(fact, &entry.value) {
            Ok(given) => {
                if given.is_some() {
                    self.places.push((id, entry.key_span));
                }
                profile.set(id, given);
            }
            Err(unread) => self.problems.push(unread.at(&entry.value)),
        }
    }

    /// A key that no fact has: the one that is meant, or all there are.
    fn unknown(&self, entry: &Entry) -> Diagnostic {
        /// More names than this are no help.
        const MOST: usize = 30;
        let key = &entry.key;
        let message = match key.is_empty() {
            true => "no fact is named".to_owned(),
            false => format!("there is no fact or field `{key}`"),
        };
        let problem = Diagnostic::new(Code::UnknownKey, entry.key_span, message);
        let facts = || self.ruleset.facts().iter().filter(|fact| !fact.derived);
        // People know a fact by its title, or by what lists call it.
        let is_called = |title: &str| title.trim().eq_ignore_ascii_case(key.trim());
        let called =
            facts().find(|fact| is_called(fact.title()) || fact.columns.iter().any(|title| is_called(title)));
        let names: Vec<&str> =
            facts().map(|fact| fact.name.as_str()).chain(["name", "notes", "contacts"]).collect();
        match called.map(|fact| fact.name.as_str()).or_else(|| nearest(key, names.iter().copied())) {
            Some(meant) => problem.help(format!("did you mean `{meant}`?")),
            None if names.len() > MOST => problem,
            None => problem.help(format!("expected one of `{}`", names.join("`, `"))),
        }
    }

    fn text(&mut self, entry: &Entry) -> Option<String> {
        match &entry.value.content {
            Content::Null => None,
            Content::String(text) if is_unknown(text) => None,
            Content::String(text) => Some(text.clone()),
            _ => {
                let message = format!("`{}` is a text, found {}", entry.key, entry.value.kind());
                self.problems.push(Diagnostic::new(Code::WrongKind, entry.value.span, message));
                None
            }
        }
    }

    fn contacts(&mut self, node: &Node) -> Vec<Person> {
        let items = match &node.content {
            Content::Null => return Vec::new(),
            Content::Array(items) => items.as_slice(),
            _ => {
                let message = format!("`contacts` is a list of people, found {}", node.kind());
                self.problems.push(
                    Diagnostic::new(Code::WrongKind, node.span, message)
                        .help("write `[[contacts]]` above each person"),
                );
                return Vec::new();
            }
        };
        items.iter().filter_map(|item| self.person(item)).collect()
    }

    fn person(&mut self, node: &Node) -> Option<Person> {
        let Some(entries) = node.entries() else {
            let message = format!("a person is a table with a `name`, found {}", node.kind());
            self.problems.push(Diagnostic::new(Code::WrongKind, node.span, message));
            return None;
        };
        let mut person = Person::default();
        for entry in entries {
            let text = self.text(entry);
            match entry.key.as_str() {
                "name" => person.name = text.unwrap_or_default(),
                "title" => person.title = text,
                "email" => person.email = text,
                "region" => person.region = text,
                other => self.problems.push(
                    Diagnostic::new(Code::UnknownKey, entry.key_span, format!("a person has no `{other}`"))
                        .suggest(other, ["name", "title", "email", "region"]),
                ),
            }
        }
        if person.name.trim().is_empty() {
            // A name of another kind was said to be one, and is not missing beside that.
            if entries.iter().any(is_no_name) {
                return None;
            }
            self.problems.push(
                Diagnostic::new(Code::MissingKey, node.span, "a person has no `name`")
                    .help("add `name = \"…\"`"),
            );
            return None;
        }
        Some(person)
    }

    fn contradiction(&mut self, profile: &Profile) {
        let Some(found) = profile.contradiction(self.ruleset) else { return };
        let nowhere =
            || Span::new(self.places.first().map_or(SourceId::FIRST, |(_, span)| span.source), 0..0);
        let place =
            |fact: FactId| self.places.iter().find(|(given, _)| *given == fact).map(|(_, span)| *span);
        let name = |fact: FactId| words::named(self.ruleset.fact(fact));
        let tests = self.ruleset.fact(found.fact).only_when.tests.iter();
        let required: Vec<String> = tests
            .filter_map(|test| match test.subject {
                crate::ruleset::Subject::Fact(_) => {
                    Some(words::clause(self.ruleset, test.subject, &test.test))
                }
                _ => None,
            })
            .collect();
        let message = match found.because_of {
            Some(other) => {
                let said = profile.given(other).map(|given| given.clause(self.ruleset.fact(other)));
                format!(
                    "{} is given, but does not apply where {}",
                    name(found.fact),
                    said.unwrap_or_default()
                )
            }
            None => format!("{} is given, but cannot apply with the other facts given", name(found.fact)),
        };
        self.problems.push(
            Diagnostic::new(Code::Contradiction, place(found.fact).unwrap_or_else(nowhere), message)
                .help(format!("it applies only where {}", words::joined(required))),
        );
    }
}

/// Whether an entry gives something as a name that is no text.
fn is_no_name(entry: &Entry) -> bool {
    entry.key == "name" && !matches!(entry.value.content, Content::Null | Content::String(_))
}

/// What means "not known" in a text that is no fact; `NA` may be a name.
fn is_unknown(text: &str) -> bool {
    let text = text.trim();
    text.is_empty() || text.eq_ignore_ascii_case("unknown")
}
