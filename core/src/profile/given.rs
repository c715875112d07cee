//! One fact as a profile gives it.

use std::collections::HashSet;

use super::headcount::{self, Count, DecimalStyle, Reading, Wording};
use super::places;
use super::vocabulary::{Role, whole};
use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::percent::Percent;
use crate::ruleset::{Counted, Fact, Kind, Stretch, Test, Value};
use crate::source::{Content, Node, json_number};
use crate::space::NO_END;
use crate::words;

/// One fact as a profile gives it.
#[derive(Debug, Clone, PartialEq)]
pub struct Given {
    /// What was written.
    pub written: serde_json::Value,
    /// What that says.
    pub known: Known,
    /// What was repaired in reading it, as a sentence.
    pub repaired: Option<String>,
}

/// How much is known of a fact that is given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Known {
    /// Its value; of a set, the number of its members.
    Exact(Value),
    /// That it lies between two numbers.
    Band {
        /// The least it can be.
        min: i128,
        /// The most it can be, if there is an end.
        max: Option<i128>,
    },
    /// Its text.
    Text(String),
}

impl Given {
    /// What is known of its fact, as a clause: "it has 201 to 500 employees".
    pub fn clause(&self, fact: &Fact) -> String {
        match &self.known {
            Known::Exact(value) => words::clause_of_value(fact, *value),
            Known::Band { min, max } => {
                let band = Stretch { first: *min, last: max.unwrap_or(NO_END) };
                words::clause_of(fact, &Test::Numbers(vec![band]))
            }
            Known::Text(text) => words::clause_of_text(fact, text),
        }
    }

    /// An exact value, written as rules write it.
    pub fn exact(fact: &Fact, value: Value) -> Given {
        Given { written: value.to_json(fact), known: Known::Exact(value), repaired: None }
    }

    /// The value, if it is known exactly.
    pub fn value(&self) -> Option<Value> {
        match self.known {
            Known::Exact(value) => Some(value),
            Known::Band { .. } | Known::Text(_) => None,
        }
    }
}

/// Why a value could not be read: a sentence, and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unread {
    /// Which kind of mistake.
    pub code: Code,
    /// What is wrong.
    pub message: String,
    /// What was expected.
    pub help: Option<String>,
    /// What the value could have been, for "did you mean".
    pub choices: Vec<String>,
}

impl Unread {
    fn new(code: Code, message: String, help: impl Into<String>) -> Unread {
        Unread { code, message, help: Some(help.into()), choices: Vec::new() }
    }

    fn refused(fact: &Fact, refusal: &headcount::Refusal) -> Unread {
        Unread {
            code: Code::Unreadable,
            message: format!("{}: {refusal}", fact.title()),
            help: refusal.help(),
            choices: Vec::new(),
        }
    }

    /// The mistake at its place; `written` is what was meant to be a value.
    pub fn at(self, node: &Node) -> Diagnostic {
        let mut problem = Diagnostic::new(self.code, node.span, self.message);
        if let Some(help) = self.help {
            problem = problem.help(help);
        }
        // What there is to choose from stands in the message already.
        match node.as_str().and_then(|written| nearest(written, self.choices.iter().map(String::as_str))) {
            Some(near) => problem.help(format!("did you mean `{near}`?")),
            None => problem,
        }
    }
}

/// Reads what a profile gives of a fact; `None` where it says "unknown".
///
/// # Errors
/// When the value is of another kind or outside what the fact can be.
pub(super) fn read_node(fact: &Fact, node: &Node) -> Result<Option<Given>, Unread> {
    let number = |read: Result<Reading, headcount::Refusal>| {
        let reading = read.map_err(|refusal| Unread::refused(fact, &refusal))?;
        Ok(given(reading, written(node)))
    };
    let style = DecimalStyle::Unknown;
    let known = match (&node.content, fact.kind) {
        (Content::Null, _) => return Ok(None),
        (Content::String(text), _) => return read_text(fact, text),
        (Content::Integer(value), Kind::Integer | Kind::Set) => {
            return number(headcount::read_integer(*value, &wording(fact, style)));
        }
        (Content::Float(value), Kind::Integer | Kind::Set) => {
            return number(headcount::read_decimal(*value, &wording(fact, style)));
        }
        (Content::Boolean(flag), Kind::Boolean) => Some(Known::Exact(Value::Named(u32::from(*flag)))),
        (Content::Array(items), Kind::Set) => members(fact, items)?,
        _ => {
            let message = format!("{} is of kind `{}`, found {}", words::named(fact), fact.kind, node.kind());
            return Err(Unread::new(Code::WrongKind, message, expected(fact)));
        }
    };
    Ok(known.map(|known| Given { written: written(node), known, repaired: None }))
}

/// Reads what a text gives of a fact, as in `--set`; `None` where it says "unknown".
///
/// # Errors
/// When it cannot be read without guessing, or lies outside what the fact can be.
pub fn read_text(fact: &Fact, text: &str) -> Result<Option<Given>, Unread> {
    read_text_as(fact, text, DecimalStyle::Unknown)
}

/// Reads what a text gives of a fact, as in the cells of a list whose decimal style is known.
///
/// # Errors
/// As [`read_text`].
pub fn read_text_as(fact: &Fact, text: &str, style: DecimalStyle) -> Result<Option<Given>, Unread> {
    let trimmed = text.trim();
    let own_unknown = fact.unknown.iter().any(|spelling| spelling.trim().eq_ignore_ascii_case(trimmed));
    if own_unknown {
        return Ok(None);
    }
    match fact.kind {
        Kind::Integer => headcount::read(text, &wording(fact, style))
            .map(|reading| given(reading, trimmed.into()))
            .map_err(|refusal| Unread::refused(fact, &refusal)),
        Kind::Set => read_set(fact, trimmed, style),
        Kind::Text if headcount::is_usual_unknown(trimmed) => Ok(None),
        Kind::Text => Ok(Some(as_written(trimmed, Known::Text(trimmed.to_owned())))),
        Kind::Boolean => match flag(trimmed) {
            Some(at) => Ok(Some(Given::exact(fact, Value::Named(at)))),
            None => unnamed(fact, trimmed),
        },
        Kind::Choice => match choice(fact, trimmed) {
            Some(at) => Ok(Some(as_written(trimmed, Known::Exact(Value::Named(at))))),
            None => unnamed(fact, trimmed),
        },
    }
}

fn as_written(text: &str, known: Known) -> Given {
    Given { written: text.into(), known, repaired: None }
}

/// A text that is no value: unknown, or a mistake.
fn unnamed(fact: &Fact, text: &str) -> Result<Option<Given>, Unread> {
    if headcount::is_usual_unknown(text) {
        return Ok(None);
    }
    // A list shows the message alone, so the values that are known stand in it.
    let known = if fact.kind == Kind::Boolean { "expected yes or no".to_owned() } else { expected(fact) };
    Err(Unread {
        code: Code::UnknownValue,
        message: format!("{}: `{text}` is no known value, {known}", fact.title()),
        help: None,
        choices: if fact.kind == Kind::Choice { fact.values.clone() } else { Vec::new() },
    })
}

/// Yes or no, in any language of the vocabulary.
fn flag(text: &str) -> Option<u32> {
    let meanings = whole(text);
    let is = |role: Role, flag: u32| meanings.has(role).then_some(flag);
    is(Role::Yes, 1).or_else(|| is(Role::No, 0))
}

/// The value that a text names by its name, its label or another spelling, case, spaces, `-` and `_` aside. Of an open choice, any other
/// text is its value for others.
fn choice(fact: &Fact, text: &str) -> Option<u32> {
    let said = bare(text);
    let open = || fact.other.filter(|_| !headcount::is_usual_unknown(text));
    spellings(fact).find(|(spelling, _)| bare(spelling) == said).map(|(_, at)| at).or_else(open)
}

/// Every text for a value of a choice: names, labels, other spellings. Of those that are alike the first counts.
fn spellings(fact: &Fact) -> impl Iterator<Item = (&str, u32)> {
    let named = (0..).zip(&fact.values).map(|(at, value)| (value.as_str(), at));
    let labelled = (0..fact.values.len() as u32).map(|at| (fact.words.label(at), at));
    let others = fact.spellings.iter().map(|(spelling, at)| (spelling.as_str(), *at));
    named.chain(labelled).chain(others)
}

/// Every text for a value of a choice as it is compared: in small letters, without spaces, `-` and `_`.
pub fn bare_spellings(fact: &Fact) -> Vec<(String, u32)> {
    let mut known = HashSet::new();
    let bared = spellings(fact).map(|(spelling, at)| (bare(spelling), at));
    bared.filter(|(spelling, _)| known.insert(spelling.clone())).collect()
}

/// A name as choices are compared.
fn bare(text: &str) -> String {
    let kept = text.chars().filter(|letter| !letter.is_whitespace() && !matches!(letter, '-' | '_'));
    kept.flat_map(char::to_lowercase).collect()
}

/// Members, split at `;`, `|` or `,`, or their number.
fn read_set(fact: &Fact, text: &str, style: DecimalStyle) -> Result<Option<Given>, Unread> {
    let wording = wording(fact, style);
    let named = text.starts_with(char::is_alphabetic);
    // Most are names without a digit, of which it is seen sooner that they are no number.
    if named && !text.contains(char::is_numeric) {
        return match headcount::read_without_digits(text, &wording) {
            Some(count) => Ok(given(Reading::plain(count), text.into())),
            None => read_members(fact, text),
        };
    }
    match headcount::read(text, &wording) {
        Ok(reading) => Ok(given(reading, text.into())),
        // What begins with a letter and is no number is a name, or several.
        Err(_) if named => read_members(fact, text),
        Err(refusal) => Err(Unread::refused(fact, &refusal)),
    }
}

/// Names of members.
fn read_members(fact: &Fact, text: &str) -> Result<Option<Given>, Unread> {
    let separator = [';', '|', ','].into_iter().find(|separator| text.contains(*separator));
    let members: Vec<&str> = match separator {
        Some(separator) => text.split(separator).collect(),
        None => vec![text],
    };
    let known = count_members(fact, &members)?;
    let written = members.iter().map(|member| member.trim()).filter(|member| !member.is_empty());
    let written = written.collect::<Vec<_>>().into();
    Ok(known.map(|known| Given { written, known, repaired: None }))
}

fn members(fact: &Fact, items: &[Node]) -> Result<Option<Known>, Unread> {
    let mut members = Vec::with_capacity(items.len());
    for item in items {
        let Some(text) = item.as_str() else {
            let message = format!("a member of {} is a text, found {}", words::named(fact), item.kind());
            return Err(Unread::new(Code::WrongKind, message, expected(fact)));
        };
        members.push(text);
    }
    count_members(fact, &members)
}

fn count_members(fact: &Fact, members: &[&str]) -> Result<Option<Known>, Unread> {
    let named: Vec<&str> = members.iter().copied().filter(|member| !member.trim().is_empty()).collect();
    let count = match fact.of == Some(Counted::Places) {
        true => places::distinct(named.iter().copied()),
        false => places::distinct_words(named.iter().copied()),
    };
    let count = i128::try_from(count).unwrap_or(NO_END);
    if count == 0 {
        return Ok(None);
    }
    if (fact.lowest..=fact.highest).contains(&count) {
        return Ok(Some(Known::Exact(Value::Number(count))));
    }
    let message = format!("{}: {count} members are outside the range", fact.title());
    Err(Unread::new(Code::UnknownValue, message, expected(fact)))
}

/// What was read, as given; `None` where it says "unknown".
fn given(reading: Reading, written: serde_json::Value) -> Option<Given> {
    let known = match reading.count {
        Count::Unknown => return None,
        Count::Exact(number) => Known::Exact(Value::Number(number)),
        Count::Band { min, max } => Known::Band { min, max },
    };
    Some(Given { written, known, repaired: reading.repaired })
}

fn wording(fact: &Fact, style: DecimalStyle) -> Wording<'_> {
    Wording {
        near: fact.near.unwrap_or(Percent::TEN),
        lowest: fact.lowest,
        highest: (fact.highest != NO_END).then_some(fact.highest),
        unknown: &fact.unknown,
        of: fact.of,
        parts: fact.kind == Kind::Integer,
        style,
    }
}

/// What a fact takes, for messages.
fn expected(fact: &Fact) -> String {
    match fact.kind {
        Kind::Integer => "expected a number such as `300`, or a band such as `\"201-500\"`".to_owned(),
        Kind::Boolean => "expected `true` or `false`".to_owned(),
        Kind::Choice if fact.other.is_some() => "expected a text".to_owned(),
        Kind::Choice => format!("expected one of `{}`", fact.values.join("`, `")),
        Kind::Set => "expected a list of names, or their number".to_owned(),
        Kind::Text => "expected a text".to_owned(),
    }
}

/// A value as JSON, in the order written.
fn written(node: &Node) -> serde_json::Value {
    match &node.content {
        Content::Boolean(flag) => (*flag).into(),
        Content::Integer(number) => json_number(*number),
        Content::Float(number) => (*number).into(),
        Content::String(text) => text.as_str().into(),
        Content::Array(items) => items.iter().map(written).collect(),
        Content::Null | Content::Date | Content::Table(_) => serde_json::Value::Null,
    }
}
