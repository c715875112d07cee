//! What an author claims of a ruleset, which `rules check` proves and which changes no answer.

use super::keys::{Keys, Reader};
use crate::diagnostic::{Code, Diagnostic};
use crate::ruleset::facts::{Fact, NeverFalls};
use crate::ruleset::value::{FactId, Kind};
use crate::source::{Node, SourceId, Span};

/// The claim `never_falls`: the number it speaks of, and the values of the fact from the lowest to the highest;
/// `values_in` is the file that lists its values.
pub(super) fn never_falls(
    reader: &mut Reader,
    node: &Node,
    fact: &Fact,
    facts: &[Fact],
    values_in: Option<SourceId>,
) -> Option<NeverFalls> {
    let entries = node.entries().or_else(|| {
        let message = format!("`never_falls` is a table, found {}", node.kind());
        reader.report(
            Diagnostic::new(Code::WrongKind, node.span, message)
                .help("write it as in `never_falls = { fact = \"a_number\", by = [\"low\", \"high\"] }`"),
        );
        None
    })?;
    let mut keys = Keys::new(entries, "`never_falls`", Some(node.span));
    let number = keys.required(reader, "fact").and_then(|node| reader.keep(number_named(node, facts)));
    let by = keys.take("by").map(|by| (by.span, keys.texts(reader, "by")));
    keys.finish(reader);
    if !fact.derived {
        let message =
            format!("`never_falls` goes with a derived fact, and `{}` is given by profiles", fact.name);
        reader.report(Diagnostic::new(Code::WrongKind, node.span, message));
        return None;
    }
    let order = match by {
        None if fact.kind == Kind::Integer => Vec::new(),
        None => (0..fact.values.len() as u32).collect(),
        Some((span, mut names)) => {
            // A file above may have left the fact fewer values than the claim knows.
            if values_in.is_some_and(|values_in| values_in < span.source) {
                names.retain(|name| fact.value_named(name).is_some());
            }
            reader.keep(order(fact, &names, span))?
        }
    };
    Some(NeverFalls { fact: number?, by: order, span: node.span })
}

/// A whole number or a set, named by a text.
fn number_named(node: &Node, facts: &[Fact]) -> Result<FactId, Diagnostic> {
    let name = node.as_str().unwrap_or_default();
    let is_number = |fact: &&Fact| fact.is_base() && fact.kind.is_number();
    let numbers = || facts.iter().filter(is_number).map(|fact| fact.name.as_str());
    match facts.iter().position(|fact| fact.name == name) {
        Some(at) if is_number(&&facts[at]) => Ok(FactId(at)),
        Some(_) => Err(Diagnostic::new(
            Code::WrongKind,
            node.span,
            format!("`{name}` is no number that a profile gives"),
        )
        .suggest(name, numbers())),
        None => Err(Diagnostic::new(Code::UnknownFact, node.span, format!("there is no fact `{name}`"))
            .suggest(name, numbers())),
    }
}

/// All values of a fact, each once, as `by` orders them.
fn order(fact: &Fact, names: &[String], span: Span) -> Result<Vec<u32>, Diagnostic> {
    if fact.kind == Kind::Integer {
        return Err(Diagnostic::new(
            Code::WrongKind,
            span,
            format!("`{}` is a whole number, which needs no `by`", fact.name),
        ));
    }
    let mut order = Vec::with_capacity(names.len());
    for name in names {
        let Some(value) = fact.value_named(name) else {
            return Err(Diagnostic::new(
                Code::UnknownValue,
                span,
                format!("`{name}` is no value of `{}`", fact.name),
            )
            .suggest(name, fact.values.iter().map(String::as_str)));
        };
        if order.contains(&value) {
            return Err(Diagnostic::new(Code::DuplicateId, span, format!("the value `{name}` stands twice")));
        }
        order.push(value);
    }
    match (0..fact.values.len() as u32).find(|value| !order.contains(value)) {
        None => Ok(order),
        Some(missing) => Err(Diagnostic::new(
            Code::MissingKey,
            span,
            format!("`by` leaves out `{}`", fact.values[missing as usize]),
        )
        .help("name every value, from the lowest to the highest")),
    }
}
