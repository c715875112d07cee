//! A file that extends another and leaves a fact fewer values, or a tighter range: what the rows below ask of what is
//! gone falls away, and is said where the author narrowed it.

use std::collections::{BTreeMap, HashMap};

use super::test::in_quotes;
use crate::diagnostic::{Code, Diagnostic};
use crate::ruleset::facts::Fact;
use crate::ruleset::numbers::{self, Stretch};
use crate::ruleset::tables::Table;
use crate::ruleset::value::Kind;
use crate::source::{Content, Entry, Node, Sources, Span};
use crate::space::NO_END;

/// A fact that a file narrows: what it then is, and the line that says so.
struct Narrowed<'a> {
    fact: &'a Fact,
    by: Span,
}

/// Takes out of the rows what asks for values that are gone, and whole rows that ask for nothing else. What fell away is
/// said in one note for each line that narrows.
pub(super) fn narrow(
    rows: &mut HashMap<Table, Vec<Node>>,
    written: &[Entry],
    facts: &[Fact],
) -> Vec<Diagnostic> {
    let narrowed: HashMap<&str, Narrowed<'_>> = facts
        .iter()
        .filter_map(|fact| {
            let entries = written.iter().find(|entry| entry.key == fact.name)?.value.entries()?;
            let own = entries.iter().filter(|entry| matches!(entry.key.as_str(), "values" | "range"));
            let by = own.map(|entry| entry.value.span).min_by_key(|span| span.source)?;
            Some((fact.name.as_str(), Narrowed { fact, by }))
        })
        .collect();
    let mut fallen: BTreeMap<Span, (String, BTreeMap<Table, Vec<String>>)> = BTreeMap::new();
    for table in Table::ALL {
        let Some(rows) = rows.get_mut(&table) else { continue };
        rows.retain_mut(|row| {
            let Some(gone) = row_without(row, &narrowed) else { return true };
            let id = row.get("id").and_then(Node::as_str).unwrap_or_default().to_owned();
            let (_, ids) = fallen.entry(gone.by).or_insert_with(|| (gone.fact.name.clone(), BTreeMap::new()));
            ids.entry(table).or_default().push(id);
            false
        });
    }
    fallen.into_iter().map(|(by, (fact, ids))| note(by, &fact, &ids)).collect()
}

fn note(by: Span, fact: &str, ids: &BTreeMap<Table, Vec<String>>) -> Diagnostic {
    let count: usize = ids.values().map(Vec::len).sum();
    let rows = if count == 1 { "1 row of it falls".to_owned() } else { format!("{count} rows of it fall") };
    let message = format!("`{fact}` is narrower than in the base, so {rows} away");
    let list = |(table, ids): (&Table, &Vec<String>)| {
        let ids: Vec<String> = ids.iter().map(|id| in_quotes(id)).collect();
        format!("{table} = [{}]", ids.join(", "))
    };
    let remove: Vec<String> = ids.iter().map(list).collect();
    Diagnostic::new(Code::Narrowed, by, message)
        .help(format!("say that you mean it by dropping them\n[remove]\n{}", remove.join("\n")))
}

/// The fact because of which a row falls away; a row that stays loses what asks for values that are gone.
fn row_without<'a>(row: &mut Node, narrowed: &'a HashMap<&str, Narrowed<'a>>) -> Option<&'a Narrowed<'a>> {
    let source = row.get("id").map_or(row.span, |id| id.span).source;
    let applies = |name: &str| narrowed.get(name).filter(|narrowed| narrowed.by.source < source);
    if let (Some(fact), Some(value)) = (row.get("fact").and_then(Node::as_str), row.get("value"))
        && let Some(narrowed) = applies(fact)
        && what_is_left(narrowed.fact, value) == Left::Nothing
    {
        return Some(narrowed);
    }
    let Content::Table(entries) = &mut row.content else { return None };
    if let Some(when) = entries.iter_mut().find(|entry| entry.key == "when")
        && let Content::Table(tests) = &mut when.value.content
    {
        let gone = tests.iter_mut().find_map(|test| {
            let narrowed = applies(&test.key)?;
            (keep_left(narrowed.fact, &mut test.value) == Left::Nothing).then_some(narrowed)
        });
        if gone.is_some() {
            return gone;
        }
        tests.retain(|test| !is_any(&test.value));
    }
    if let Some(set) = entries.iter_mut().find(|entry| entry.key == "set")
        && let Content::Table(presumed) = &mut set.value.content
    {
        let mut gone = None;
        presumed.retain_mut(|entry| {
            let Some(narrowed) = applies(&entry.key) else { return true };
            let stays = keep_left(narrowed.fact, &mut entry.value) != Left::Nothing;
            gone = gone.or((!stays).then_some(narrowed));
            stays && !is_any(&entry.value)
        });
        return gone.filter(|_| presumed.is_empty());
    }
    None
}

/// What a narrowed fact leaves of a test.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Left {
    /// As much as it asked for, or what is a mistake of another kind.
    All,
    /// Some of the values it names.
    Some,
    /// No value passes it any more.
    Nothing,
    /// Every value passes it: all that it excluded are gone.
    Any,
}

fn what_is_left(fact: &Fact, test: &Node) -> Left {
    let items = match &test.content {
        Content::Array(items) => items.as_slice(),
        _ => std::slice::from_ref(test),
    };
    if fact.kind.is_number() {
        let possible = |item: &Node| {
            let read = match &item.content {
                Content::Integer(number) => numbers::parse(&number.to_string(), numbers::LOWEST),
                Content::String(text) => numbers::parse(text, numbers::LOWEST),
                _ => return true,
            };
            read.is_err()
                || read.is_ok_and(|read| {
                    read.iter().any(|stretch| stretch.first <= fact.highest && stretch.last >= fact.lowest)
                })
        };
        return if items.iter().any(possible) { Left::All } else { Left::Nothing };
    }
    if fact.kind != Kind::Choice || items.iter().any(|item| item.as_str().is_none()) {
        return Left::All;
    }
    let is_known = |item: &Node| fact.value_named(bare(item)).is_some();
    let negative = items.iter().any(|item| item.as_str().is_some_and(|text| text.starts_with('!')));
    match items.iter().filter(|item| is_known(item)).count() {
        known if known == items.len() => Left::All,
        0 if negative => Left::Any,
        0 => Left::Nothing,
        _ => Left::Some,
    }
}

/// Leaves of a test what a narrowed fact leaves of it; a test that every value passes becomes one that says nothing.
fn keep_left(fact: &Fact, test: &mut Node) -> Left {
    let left = what_is_left(fact, test);
    let begins_at_zero = fact.kind.is_number() && fact.lowest >= 0;
    match (left, &mut test.content) {
        (Left::Some, Content::Array(items)) => items.retain(|item| fact.value_named(bare(item)).is_some()),
        (Left::Any, content) => *content = Content::Null,
        (Left::All, Content::Array(items)) if begins_at_zero => items.retain_mut(not_below_zero),
        (Left::All, _) if begins_at_zero => drop(not_below_zero(test)),
        _ => {}
    }
    left
}

/// Cuts a test of a number to 0 and more, where it names numbers below; says whether something is left of it.
fn not_below_zero(test: &mut Node) -> bool {
    let read = match &test.content {
        Content::Integer(number) => number.to_string(),
        Content::String(text) => text.clone(),
        _ => return true,
    };
    let (Err(_), Ok(stretches)) = (numbers::parse(&read, 0), numbers::parse(&read, numbers::LOWEST)) else {
        return true;
    };
    let Some(last) = stretches.iter().map(|stretch| stretch.last).max().filter(|last| *last >= 0) else {
        return false;
    };
    let first = stretches.iter().map(|stretch| stretch.first).max().unwrap_or(0).max(0);
    test.content = Content::String(numbers::write(Stretch { first, last }, 0, NO_END));
    true
}

/// Whether a test was taken out, since every value passes it.
fn is_any(test: &Node) -> bool {
    matches!(test.content, Content::Null)
}

/// A value without the `!` in front that excludes it.
fn bare(item: &Node) -> &str {
    let text = item.as_str().unwrap_or_default();
    text.strip_prefix('!').map_or(text, str::trim)
}

/// A mistake that shows in a base because a file above has changed a fact: said at the line that changes it, since the
/// base alone is right.
pub(super) fn where_it_was_changed(problem: Diagnostic, facts: &[Entry], sources: &Sources) -> Diagnostic {
    let shown = problem.span;
    let is_above = |span: Span| span.source < shown.source;
    let changed = facts.iter().filter(|fact| problem.message.contains(&format!("`{}`", fact.key)));
    let own = changed.filter_map(|fact| fact.value.entries()).flatten().find(|key| is_above(key.key_span));
    let Some(own) = own else { return problem };
    let (name, place) = (sources.get(shown.source).name(), sources.place(shown));
    let help = format!("it is what {name}:{place} asks for; change that row too, or drop it by `[remove]`");
    Diagnostic { span: own.key_span, mend: None, ..problem }.help(help)
}
