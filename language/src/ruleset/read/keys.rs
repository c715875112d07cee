//! Reading on after a mistake, and the keys of one table.

use std::collections::BTreeMap;

use super::test::{in_quotes, meant_flag};
use crate::diagnostic::{Code, Diagnostic};
use crate::percent::Percent;
use crate::source::{Content, Entry, Node, Span};

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
                let message = format!("`{key}` is `true` or `false`, found {}", node.kind());
                let problem = meant_flag(Diagnostic::new(Code::WrongKind, node.span, message), node);
                // What was meant is read on with, so that one mistake is not the cause of others.
                let meant = problem.mend.as_ref().is_some_and(|mend| mend.text == "true");
                reader.report(problem);
                meant
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

/// A percentage, written as a text.
pub(super) fn percent(reader: &mut Reader, key: &str, node: &Node) -> Option<Percent> {
    match node.as_str().map(Percent::parse) {
        Some(Ok(percent)) => Some(percent),
        Some(Err(error)) => {
            let problem = Diagnostic::new(Code::UnknownValue, node.span, error.to_string());
            reader.report(meant_percent(problem, key, node));
            None
        }
        None => {
            let message = format!("`{key}` is a percentage, found {}", node.kind());
            reader.report(meant_percent(Diagnostic::new(Code::WrongKind, node.span, message), key, node));
            None
        }
    }
}

/// Adds the percentage that was meant by a number without its sign, if it is one.
fn meant_percent(problem: Diagnostic, key: &str, node: &Node) -> Diagnostic {
    let number = match &node.content {
        Content::Integer(number) => number.to_string(),
        Content::String(text) => text.trim().to_owned(),
        _ => String::new(),
    };
    let meant = format!("{number}%");
    match Percent::parse(&meant) {
        Ok(_) => problem.mend(node.span, in_quotes(&meant)),
        Err(_) => problem.help(format!("write a percentage as a text, as in `{key} = \"10%\"`")),
    }
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
