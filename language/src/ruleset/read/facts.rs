//! `[facts.*]`.

use std::collections::HashSet;

use super::claims;
use super::keys::{Keys, Reader, percent, plain};
use super::spellings;
use super::test::{read_number_test, read_test};
use super::words::{self, Spoken};
use crate::diagnostic::{Code, Diagnostic};
use crate::ruleset::condition::{Condition, FactTest, Subject};
use crate::ruleset::facts::{Counted, Fact};
use crate::ruleset::numbers::{self, Stretch};
use crate::ruleset::value::{FactId, Kind};
use crate::ruleset::words::{Given, Words};
use crate::source::{Entry, Node};
use crate::space::NO_END;

/// Names that mean something else in a profile or a condition.
pub const RESERVED: [&str; 5] = ["owner", "contact", "name", "notes", "contacts"];

/// The value of an open choice that stands for any further one.
const OTHER: &str = "other";

/// Reads all facts, in order.
pub(super) fn read(reader: &mut Reader, entries: &[Entry]) -> Vec<Fact> {
    let mut facts: Vec<Fact> = Vec::with_capacity(entries.len());
    let mut claims = Vec::new();
    for entry in entries {
        if RESERVED.contains(&entry.key.as_str()) {
            reader.report(
                Diagnostic::new(
                    Code::DuplicateId,
                    entry.key_span,
                    format!("`{}` cannot name a fact", entry.key),
                )
                .help(format!("`{}` are names of something else", RESERVED.join("`, `"))),
            );
        }
        let Some(keys) = entry.value.entries() else {
            reader.report(Diagnostic::new(
                Code::WrongKind,
                entry.value.span,
                format!("a fact is a table of keys, found {}", entry.value.kind()),
            ));
            continue;
        };
        let fact = read_fact(reader, entry, keys, &facts, entries);
        let values_in = entry.value.get("values").map(|node| node.span.source);
        claims.extend(entry.value.get("never_falls").map(|node| (facts.len(), node, values_in)));
        facts.push(fact);
    }
    // A claim may name a fact that is declared below.
    for (at, node, values_in) in claims {
        facts[at].never_falls = claims::never_falls(reader, node, &facts[at], &facts, values_in);
    }
    facts
}

fn read_fact(reader: &mut Reader, entry: &Entry, keys: &[Entry], above: &[Fact], all: &[Entry]) -> Fact {
    let mut keys = Keys::new(keys, format!("[facts.{}]", entry.key), Some(entry.key_span));
    let kind = read_kind(reader, &mut keys);
    let derived = keys.flag(reader, "derived");
    let mut fact = Fact {
        name: entry.key.clone(),
        // What has no kind is reported; what then tests it should not be reported as well, so it is a text no longer.
        kind: kind.unwrap_or(Kind::Text),
        values: Vec::new(),
        lowest: i128::from(kind == Some(Kind::Set)),
        highest: NO_END,
        only_when: Condition::default(),
        derived,
        other: None,
        of: None,
        words: Words::new(&entry.key, Kind::Text, &[], Given::default()),
        spellings: Vec::new(),
        first: keys.flag(reader, "first"),
        never_falls: None,
        ask: keys.text(reader, "ask"),
        columns: keys.texts(reader, "columns"),
        column_words: keys.words(reader, "column_words"),
        near: None,
        share: None,
        unknown: keys.texts(reader, "unknown"),
        span: entry.key_span,
    };
    if derived && matches!(fact.kind, Kind::Set | Kind::Text) && kind.is_some() {
        reader.report(
            Diagnostic::new(
                Code::WrongKind,
                entry.key_span,
                format!("a derived fact cannot be a {}", fact.kind),
            )
            .help("a derived fact is an `integer`, a `boolean` or a `choice`"),
        );
    }
    read_values(reader, &mut keys, &mut fact);
    read_numbers(reader, &mut keys, &mut fact);
    fact.of = keys.take("of").and_then(|node| reader.keep(read_counted(&fact, node)));
    let values_in = keys.take("values").map(|node| node.span.source);
    let spoken = Spoken { name: &fact.name, kind: fact.kind, values: &fact.values, values_in };
    fact.words = words::read(reader, &mut keys, &spoken);
    fact.spellings = spellings::read(reader, &mut keys, &fact);
    if fact.first
        && (derived || fact.kind == Kind::Text)
        && let Some(node) = keys.take("first")
    {
        reader.report(
            Diagnostic::new(Code::WrongKind, node.span, format!("`{}` cannot be asked first", fact.name))
                .help("only what a profile gives and rules test is asked because it matters"),
        );
    }
    keys.skip("never_falls");
    if let Some(node) = keys.take("only_when") {
        fact.only_when = read_only_when(reader, node, above, all);
    }
    if kind.is_some() {
        keys.finish(reader);
    }
    fact
}

fn read_counted(fact: &Fact, node: &Node) -> Result<Counted, Diagnostic> {
    let written = node.as_str().unwrap_or_default();
    let known = Counted::ALL.into_iter().find(|(_, word)| *word == written).map(|(counted, _)| counted);
    let Some(counted) = known else {
        return Err(Diagnostic::new(Code::UnknownValue, node.span, "`of` says what is counted")
            .suggest(written, Counted::ALL.map(|(_, word)| word))
            .help("leave it out for plain words and plain numbers"));
    };
    if counted.goes_with(fact.kind) {
        return Ok(counted);
    }
    let (name, kind) = (&fact.name, fact.kind);
    Err(Diagnostic::new(
        Code::WrongKind,
        node.span,
        format!("`{name}` is {}, which is not `of` {written}", kind.with_article()),
    )
    .help("a set is of `places`, an integer of `people` or `money`"))
}

fn read_kind(reader: &mut Reader, keys: &mut Keys<'_>) -> Option<Kind> {
    let node = keys.required(reader, "kind")?;
    let written = node.as_str().unwrap_or_default();
    let kind = Kind::ALL.iter().find(|(_, word)| *word == written).map(|(kind, _)| *kind);
    if kind.is_none() {
        reader.report(
            Diagnostic::new(Code::WrongKind, node.span, format!("there is no kind of fact `{written}`"))
                .suggest(written, Kind::ALL.iter().map(|(_, word)| *word)),
        );
    }
    kind
}

fn read_values(reader: &mut Reader, keys: &mut Keys<'_>, fact: &mut Fact) {
    match fact.kind {
        Kind::Boolean => fact.values = vec!["false".to_owned(), "true".to_owned()],
        Kind::Choice => {
            let Some(node) = keys.required(reader, "values") else { return };
            fact.values = keys.texts(reader, "values");
            if fact.values.is_empty() {
                reader.report(Diagnostic::new(
                    Code::MissingKey,
                    node.span,
                    "a choice needs at least one value",
                ));
            }
            let mut seen = HashSet::with_capacity(fact.values.len());
            for value in &fact.values {
                let folded = value.trim().to_lowercase();
                if !seen.insert(value) {
                    reader.report(Diagnostic::new(
                        Code::DuplicateId,
                        node.span,
                        format!("the value `{value}` stands twice"),
                    ));
                } else if folded.is_empty() || folded == "unknown" || folded.starts_with('!') {
                    reader.report(
                        Diagnostic::new(
                            Code::UnknownValue,
                            node.span,
                            format!("`{value}` cannot be a value"),
                        )
                        .help(
                            "an empty text and `unknown` mean that a fact is not known, and `!` means `not`",
                        ),
                    );
                }
            }
        }
        _ => {}
    }
    let is_open = keys.flag(reader, "other");
    if !is_open {
        return;
    }
    if fact.kind == Kind::Choice && !fact.derived {
        let at = fact.value_named(OTHER).unwrap_or(fact.values.len() as u32);
        if at as usize == fact.values.len() {
            fact.values.push(OTHER.to_owned());
        }
        fact.other = Some(at);
    } else if let Some(node) = keys.take("other") {
        reader.report(
            Diagnostic::new(Code::WrongKind, node.span, format!("`{}` cannot have other values", fact.name))
                .help("`other` opens a choice that profiles give"),
        );
    }
}

fn read_numbers(reader: &mut Reader, keys: &mut Keys<'_>, fact: &mut Fact) {
    let is_number = fact.kind.is_number();
    let range = keys.take("range");
    let near = keys.take("near");
    let share = keys.take("share");
    for (key, node) in [("range", range), ("near", near), ("share", share)] {
        if let Some(node) = node
            && !is_number
        {
            reader.report(Diagnostic::new(
                Code::WrongKind,
                node.span,
                format!(
                    "`{key}` goes with an `integer` or a `set`, and `{}` is {}",
                    fact.name,
                    fact.kind.with_article()
                ),
            ));
        }
    }
    if !is_number {
        return;
    }
    if let Some(node) = range {
        // Where the range is a mistake, what tests the fact is not said to be one as well.
        let any = Stretch { first: numbers::LOWEST, last: NO_END };
        let range = read_range(reader, fact, node).unwrap_or(any);
        (fact.lowest, fact.highest) = (range.first, range.last);
    }
    fact.near = near.and_then(|node| percent(reader, "near", node));
    fact.share = share.and_then(|node| {
        let share = percent(reader, "share", node)?;
        if share.is_majority() {
            return Some(share);
        }
        reader.report(
            Diagnostic::new(Code::UnknownValue, node.span, "a share is above 50 %")
                .help("with less, two answers could both be presumed"),
        );
        None
    });
}

fn read_range(reader: &mut Reader, fact: &Fact, node: &Node) -> Option<Stretch> {
    // A set has no fewer members than none.
    let parse = |text: &str| match fact.kind {
        Kind::Set => numbers::parse(text, 0),
        _ => numbers::parse_range(text),
    };
    let stretches = reader.keep(read_number_test(fact, node, parse))?;
    match stretches.as_slice() {
        [range] if fact.kind == Kind::Set && range.last == 0 => {
            reader.report(
                Diagnostic::new(Code::Contradiction, node.span, "a set has at least one member")
                    .help("an empty set is one that is not known; write `range = \">= 1\"`"),
            );
            None
        }
        [range] => {
            let first = if fact.kind == Kind::Set { range.first.max(1) } else { range.first };
            Some(Stretch { first, last: range.last })
        }
        _ => {
            reader.report(
                Diagnostic::new(Code::WrongKind, node.span, "a range has no gaps")
                    .help("write one test, as in `range = \">= 1\"`"),
            );
            None
        }
    }
}

fn read_only_when(reader: &mut Reader, node: &Node, above: &[Fact], all: &[Entry]) -> Condition {
    let mut condition = Condition::default();
    for entry in reader.condition("only_when", node) {
        let Some(at) = above.iter().position(|fact| fact.name == entry.key) else {
            let below = all.iter().any(|fact| fact.key == entry.key);
            reader.report(match below {
                true => Diagnostic::new(
                    Code::WrongOrder,
                    entry.key_span,
                    format!("`only_when` tests `{}`, which is not declared above", entry.key),
                )
                .help(format!("move `[facts.{}]` up", entry.key)),
                false => Diagnostic::new(
                    Code::UnknownFact,
                    entry.key_span,
                    format!("there is no fact `{}`", entry.key),
                )
                .suggest(&entry.key, above.iter().map(|fact| fact.name.as_str())),
            });
            continue;
        };
        if above[at].derived {
            reader.report(Diagnostic::new(
                Code::WrongOrder,
                entry.key_span,
                format!("`only_when` cannot test `{}`, which is derived", entry.key),
            ));
            continue;
        }
        if let Some(test) = reader.keep(read_test(&above[at], &entry.value)) {
            condition.tests.push(FactTest {
                subject: Subject::Fact(FactId(at)),
                test,
                written: plain(&entry.value),
                span: entry.key_span,
            });
        }
    }
    condition
}
