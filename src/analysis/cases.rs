//! Organizations whose answer is known: `[[case]]` tables with a `name`, a `profile` and what to `expect`.

use std::collections::BTreeSet;

use serde_json::{Map, Value as Json};

use crate::decision::{Confidence, Decision, Status, TooEntangled, Verdict, decide, fired_rows};
use crate::diagnostic::{Code, Diagnostic, Problems, no_toml};
use crate::profile::Profile;
use crate::ruleset::{RoleId, Ruleset, Table};
use crate::source::{Content, Entry, Node, Source, SourceId, Sources, Span, json_number, read_toml};

/// The known cases of one file.
#[derive(Debug)]
pub struct Suite {
    /// The text.
    pub sources: Sources,
    /// The cases, in order.
    pub cases: Vec<Case>,
}

/// An organization whose answer is known.
#[derive(Debug, Clone)]
pub struct Case {
    /// What it is called.
    pub name: String,
    /// What is known of it.
    pub profile: Profile,
    /// What is expected, in the order written; `null` for nobody.
    pub expect: Vec<(String, Json)>,
    /// Where it stands.
    pub span: Span,
}

/// What came of a case.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// What is not as expected.
    pub mismatches: Vec<Mismatch>,
    /// The rows that had a part in it.
    pub fired: BTreeSet<(Table, usize)>,
    /// The decision.
    pub decision: Decision,
}

/// One thing that is not as expected.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Mismatch {
    /// What: `owner`, `status` and so on.
    pub key: String,
    /// What was expected.
    pub expected: Json,
    /// What it is.
    pub got: Json,
}

/// What a case may expect.
const EXPECTED: [&str; 5] = ["status", "owner", "contact", "confidence", "derived"];

impl Suite {
    /// Reads the cases of a file; `name` stands in messages.
    ///
    /// # Errors
    /// Every mistake in it, and that it has no case.
    pub fn read(ruleset: &Ruleset, name: &str, text: &str) -> Result<Suite, Problems> {
        let suite = Self::read_any(ruleset, name, text)?;
        if suite.cases.is_empty() {
            let span = Span::new(SourceId::FIRST, 0..0);
            let nothing = Diagnostic::new(Code::MissingKey, span, "there is no case, so nothing is tested")
                .help("write `[[case]]` with `name`, `profile` and `expect`, or let `rules test --suggest` write some");
            return Err(Problems::new(suite.sources, vec![nothing]));
        }
        Ok(suite)
    }

    /// As [`Suite::read`], of a file that may have no case yet.
    ///
    /// # Errors
    /// Every mistake in it.
    pub fn read_any(ruleset: &Ruleset, name: &str, text: &str) -> Result<Suite, Problems> {
        let mut sources = Sources::new();
        let id = sources.add(Source::new(name, text));
        let mut reader = Reader { ruleset, problems: Vec::new() };
        let cases = match read_toml(id, text) {
            Ok(root) => reader.cases(&root),
            Err(errors) => {
                reader.problems.extend(no_toml(id, text, errors, &["case"]));
                Vec::new()
            }
        };
        match reader.problems.is_empty() {
            true => Ok(Suite { sources, cases }),
            false => Err(Problems::new(sources, reader.problems)),
        }
    }
}

impl Case {
    /// Decides the case and compares.
    ///
    /// # Errors
    /// When the rules are too entangled for it.
    pub fn run(&self, ruleset: &Ruleset) -> Result<Outcome, TooEntangled> {
        let decision = decide(ruleset, &self.profile)?;
        let fired = fired_rows(ruleset, &Verdict::reach(ruleset, &self.profile)?);
        let mismatch = |(key, expected): &(String, Json)| {
            let got = answered(ruleset, &decision, key, expected);
            (got != *expected).then(|| Mismatch { key: key.clone(), expected: expected.clone(), got })
        };
        Ok(Outcome { mismatches: self.expect.iter().filter_map(mismatch).collect(), fired, decision })
    }
}

impl Case {
    /// Whether the status, the owner or the contact is not as expected: quicker than [`Case::run`].
    pub fn is_answered_otherwise(&self, ruleset: &Ruleset) -> bool {
        let Ok(verdict) = Verdict::reach(ruleset, &self.profile) else { return true };
        let outcome = verdict.outcome;
        let id = |role: Option<RoleId>| Json::from(role.map(|role| ruleset.role(role).id.clone()));
        self.expect.iter().any(|(key, expected)| match key.as_str() {
            "status" => *expected != verdict.status.as_str(),
            "owner" => *expected != id(outcome.owner),
            "contact" => *expected != id(outcome.contact),
            _ => false,
        })
    }
}

/// What a decision says of a key; of derived facts, those that are asked for.
fn answered(ruleset: &Ruleset, decision: &Decision, key: &str, expected: &Json) -> Json {
    let role = |role: Option<RoleId>| role.map(|role| ruleset.role(role).id.clone()).into();
    match key {
        "status" => decision.status.as_str().into(),
        "owner" => role(decision.owner),
        "contact" => role(decision.contact),
        "confidence" => decision.confidence.as_str().into(),
        _ => {
            let asked = expected.as_object().into_iter().flat_map(Map::keys);
            let value = |name: &String| {
                let agreed = decision.derived.iter().map(|(fact, value)| (ruleset.fact(*fact), value));
                let mut own =
                    agreed.filter(|(fact, _)| fact.name == *name).map(|(fact, value)| value.to_json(fact));
                (name.clone(), own.next().unwrap_or(Json::Null))
            };
            Json::Object(asked.map(value).collect())
        }
    }
}

struct Reader<'a> {
    ruleset: &'a Ruleset,
    problems: Vec<Diagnostic>,
}

impl Reader<'_> {
    fn cases(&mut self, root: &Node) -> Vec<Case> {
        let mut cases = Vec::new();
        for entry in root.entries().unwrap_or_default() {
            match (&entry.value.content, entry.key.as_str()) {
                (Content::Array(rows), "case") => {
                    cases.extend(rows.iter().filter_map(|row| self.case(row, entry)))
                }
                (_, key) => self.problems.push(
                    Diagnostic::new(
                        Code::UnknownKey,
                        entry.key_span,
                        format!("a file of cases has no part `{key}`"),
                    )
                    .help("write `[[case]]` above each case"),
                ),
            }
        }
        cases
    }

    fn case(&mut self, row: &Node, list: &Entry) -> Option<Case> {
        let Some(entries) = row.entries() else {
            self.problems.push(Diagnostic::new(Code::WrongKind, list.key_span, "`case` is a list of tables"));
            return None;
        };
        let mut case = Case {
            name: String::new(),
            profile: Profile::unknown(self.ruleset),
            expect: Vec::new(),
            span: row.get("name").map_or(row.span, |name| name.span),
        };
        for entry in entries {
            match (entry.key.as_str(), &entry.value.content) {
                ("name", Content::String(name)) => case.name.clone_from(name),
                ("profile", Content::Table(given)) => match Profile::from_entries(self.ruleset, given) {
                    Ok(profile) => case.profile = profile,
                    Err(problems) => self.problems.extend(problems),
                },
                ("expect", Content::Table(expected)) => {
                    case.expect = expected.iter().filter_map(|entry| self.expected(entry)).collect();
                }
                ("name" | "profile" | "expect", _) => self.problems.push(Diagnostic::new(
                    Code::WrongKind,
                    entry.value.span,
                    format!("`{}` of a case cannot be {}", entry.key, entry.value.kind()),
                )),
                (key, _) => self.problems.push(
                    Diagnostic::new(Code::UnknownKey, entry.key_span, format!("a case has no key `{key}`"))
                        .suggest(key, ["name", "profile", "expect"]),
                ),
            }
        }
        for (key, missing) in [("name", case.name.is_empty()), ("expect", case.expect.is_empty())] {
            if missing && self.problems.is_empty() {
                self.problems.push(Diagnostic::new(
                    Code::MissingKey,
                    case.span,
                    format!("a case has no `{key}`"),
                ));
            }
        }
        Some(case)
    }

    fn expected(&mut self, entry: &Entry) -> Option<(String, Json)> {
        let text = entry.value.as_str();
        let key = entry.key.as_str();
        let value = match (key, text) {
            ("status", Some(text)) => {
                self.word(entry, text, &Status::ALL.map(Status::as_str), Code::UnknownValue)?
            }
            ("confidence", Some(text)) => {
                let words = [Confidence::High, Confidence::Medium, Confidence::Low, Confidence::None];
                self.word(entry, text, &words.map(Confidence::as_str), Code::UnknownValue)?
            }
            ("owner" | "contact", Some("" | "none")) => Json::Null,
            ("owner" | "contact", Some(text)) => {
                let roles: Vec<&str> = self.ruleset.roles().iter().map(|role| role.id.as_str()).collect();
                self.word(entry, text, &roles, Code::UnknownRole)?
            }
            ("derived", _) if entry.value.entries().is_some() => self.derived(&entry.value),
            _ if EXPECTED.contains(&key) => {
                let message = format!("`{key}` cannot be {}", entry.value.kind());
                self.problems.push(Diagnostic::new(Code::WrongKind, entry.value.span, message));
                return None;
            }
            _ => {
                self.problems.push(
                    Diagnostic::new(
                        Code::UnknownKey,
                        entry.key_span,
                        format!("a case cannot expect `{key}`"),
                    )
                    .suggest(key, EXPECTED),
                );
                return None;
            }
        };
        Some((key.to_owned(), value))
    }

    fn word(&mut self, entry: &Entry, text: &str, known: &[&str], code: Code) -> Option<Json> {
        if known.contains(&text) {
            return Some(text.into());
        }
        let message = format!("`{text}` is no {} there is", entry.key);
        self.problems
            .push(Diagnostic::new(code, entry.value.span, message).suggest(text, known.iter().copied()));
        None
    }

    fn derived(&mut self, node: &Node) -> Json {
        let mut expected = Map::new();
        for entry in node.entries().unwrap_or_default() {
            let value = match &entry.value.content {
                Content::String(text) => text.as_str().into(),
                Content::Boolean(flag) => (*flag).into(),
                Content::Integer(number) => json_number(*number),
                _ => Json::Null,
            };
            if self.ruleset.fact_named(&entry.key).is_none_or(|fact| !self.ruleset.fact(fact).derived) {
                let names =
                    self.ruleset.facts().iter().filter(|fact| fact.derived).map(|fact| fact.name.as_str());
                let message = format!("there is no derived fact `{}`", entry.key);
                self.problems.push(
                    Diagnostic::new(Code::UnknownFact, entry.key_span, message).suggest(&entry.key, names),
                );
            }
            expected.insert(entry.key.clone(), value);
        }
        Json::Object(expected)
    }
}
