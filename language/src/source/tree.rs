//! One tree for TOML and JSON: what was written, with the place of every key and value.

use std::collections::HashSet;

use super::{SourceId, Span};

/// A value as written.
#[derive(Debug, Clone)]
pub struct Node {
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub content: Content,
}

/// What a [`Node`] can be.
#[derive(Debug, Clone)]
pub enum Content {
    /// JSON's `null`.
    Null,
    /// `true` or `false`.
    Boolean(bool),
    /// A whole number that fits 128 bits.
    Integer(i128),
    /// A number with a fraction or an exponent, or one too large to be whole.
    Float(f64),
    /// A text.
    String(String),
    /// A list.
    Array(Vec<Node>),
    /// A table or object, in the order written.
    Table(Vec<Entry>),
    /// A TOML date or time, which nothing here takes.
    Date,
}

/// A key and its value.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The key, unquoted.
    pub key: String,
    /// Where the key stands.
    pub key_span: Span,
    /// The value.
    pub value: Node,
}

impl Node {
    /// What this is, in a user's words, for "expected …, found …".
    pub fn kind(&self) -> &'static str {
        match &self.content {
            Content::Null => "null",
            Content::Boolean(_) => "true or false",
            Content::Integer(_) => "a whole number",
            Content::Float(_) => "a number with a fraction",
            Content::String(_) => "a text",
            Content::Array(_) => "a list",
            Content::Table(_) => "a table",
            Content::Date => "a date",
        }
    }

    /// The text, if it is one.
    pub fn as_str(&self) -> Option<&str> {
        match &self.content {
            Content::String(text) => Some(text),
            _ => None,
        }
    }

    /// The entries, if it is a table.
    pub fn entries(&self) -> Option<&[Entry]> {
        match &self.content {
            Content::Table(entries) => Some(entries),
            _ => None,
        }
    }

    /// The entries, in it and in all it holds, whose key stands in the same table before: JSON leaves open what that
    /// means, and nobody can have meant both.
    pub fn repeated(&self) -> Vec<&Entry> {
        let mut repeated = Vec::new();
        self.find_repeated(&mut repeated);
        repeated
    }

    fn find_repeated<'a>(&'a self, repeated: &mut Vec<&'a Entry>) {
        match &self.content {
            Content::Array(items) => items.iter().for_each(|item| item.find_repeated(repeated)),
            Content::Table(entries) => {
                let mut seen = HashSet::with_capacity(entries.len());
                for entry in entries {
                    if !seen.insert(entry.key.as_str()) {
                        repeated.push(entry);
                    }
                    entry.value.find_repeated(repeated);
                }
            }
            _ => {}
        }
    }

    /// The value of a key, if it is a table that has it.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entries()?.iter().find(|entry| entry.key == key).map(|entry| &entry.value)
    }
}

/// Text that is no TOML or no JSON, and where.
#[derive(Debug, Clone)]
pub struct SyntaxError {
    /// The sentence, from the parser.
    pub message: String,
    /// Where.
    pub span: Span,
}

impl SyntaxError {
    pub(super) fn new(message: impl Into<String>, source: SourceId, range: std::ops::Range<usize>) -> Self {
        SyntaxError { message: message.into(), span: Span::new(source, range) }
    }
}
