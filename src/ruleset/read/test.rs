//! Tests of a fact: a value, a test of a number, a list of these.

use crate::diagnostic::{Code, Diagnostic};
use crate::ruleset::condition::Test;
use crate::ruleset::facts::Fact;
use crate::ruleset::numbers::{self, NumberTestError, Stretch};
use crate::ruleset::value::Kind;
use crate::source::{Content, Node};

/// Reads a test of a fact.
///
/// # Errors
/// What is wrong with it: of another kind than the fact, outside its values, or such that nothing can pass.
pub fn read_test(fact: &Fact, node: &Node) -> Result<Test, Diagnostic> {
    match fact.kind {
        Kind::Integer | Kind::Set => read_numbers(fact, node),
        Kind::Boolean => match node.content {
            Content::Boolean(flag) => Ok(Test::Named(vec![!flag, flag])),
            _ => Err(wrong_kind(fact, node, "`true` or `false`")),
        },
        Kind::Choice => {
            read_named(&fact.values, node, &format!("a value of `{}`", fact.name), Code::UnknownValue)
                .map(Test::Named)
        }
        Kind::Text => Err(Diagnostic::new(
            Code::WrongKind,
            node.span,
            format!("`{}` is a text, and texts cannot be tested", fact.name),
        )
        .help("declare it as a `choice` to test it")),
    }
}

fn wrong_kind(fact: &Fact, node: &Node, expected: &str) -> Diagnostic {
    Diagnostic::new(
        Code::WrongKind,
        node.span,
        format!("`{}` is of kind `{}`, which is not tested with {}", fact.name, fact.kind, node.kind()),
    )
    .help(format!("expected {expected}"))
}

fn read_numbers(fact: &Fact, node: &Node) -> Result<Test, Diagnostic> {
    let items = match &node.content {
        Content::Array(items) => items.as_slice(),
        _ => std::slice::from_ref(node),
    };
    let mut stretches = Vec::new();
    for item in items {
        stretches.extend(read_number_test(fact, item)?);
    }
    let possible = |stretch: &Stretch| stretch.first <= fact.highest && stretch.last >= fact.lowest;
    if stretches.iter().any(possible) {
        return Ok(Test::Numbers(stretches));
    }
    let range = numbers::write(Stretch { first: fact.lowest, last: fact.highest }, 0, u64::MAX);
    Err(Diagnostic::new(
        Code::Contradiction,
        node.span,
        format!("no value of `{}` can pass this test", fact.name),
    )
    .help(format!("the range of `{}` is `{range}`", fact.name)))
}

/// Reads one test of a whole number: a number, or a text of one of the [`numbers::FORMS`].
pub(super) fn read_number_test(fact: &Fact, node: &Node) -> Result<Vec<Stretch>, Diagnostic> {
    let read = match &node.content {
        Content::Integer(number) => numbers::parse(&number.to_string()),
        Content::String(text) => numbers::parse(text),
        _ => return Err(wrong_kind(fact, node, "a whole number or a test such as `\"< 500\"`")),
    };
    read.map_err(|error| {
        let code = match error {
            NumberTestError::Impossible(_) => Code::Contradiction,
            NumberTestError::Unknown(_) => Code::WrongKind,
            NumberTestError::TooLarge(_) | NumberTestError::Negative(_) => Code::UnknownValue,
        };
        Diagnostic::new(code, node.span, error.to_string()).help(numbers::FORMS)
    })
}

/// Reads a test of named values: one, a list of any of them, `"!x"`, or a list of none of them.
pub(super) fn read_named<Name: AsRef<str>>(
    names: &[Name],
    node: &Node,
    what: &str,
    unknown: Code,
) -> Result<Vec<bool>, Diagnostic> {
    let items = match &node.content {
        Content::Array(items) => items.as_slice(),
        _ => std::slice::from_ref(node),
    };
    let mut wanted = vec![false; names.len()];
    let mut excluded = vec![false; names.len()];
    let (mut any_wanted, mut any_excluded) = (false, false);
    for item in items {
        let Some(text) = item.as_str() else {
            return Err(Diagnostic::new(
                Code::WrongKind,
                item.span,
                format!("expected {what} as a text, found {}", item.kind()),
            ));
        };
        let (name, target, flag) = match text.strip_prefix('!') {
            Some(name) => (name.trim(), &mut excluded, &mut any_excluded),
            None => (text, &mut wanted, &mut any_wanted),
        };
        let Some(at) = names.iter().position(|known| known.as_ref() == name) else {
            return Err(Diagnostic::new(unknown, item.span, format!("`{name}` is not {what}"))
                .suggest(name, names.iter().map(AsRef::as_ref)));
        };
        target[at] = true;
        *flag = true;
    }
    if any_wanted && any_excluded {
        return Err(Diagnostic::new(
            Code::WrongKind,
            node.span,
            "a list names either what is meant or what is not, never both",
        )
        .help("write all with `!` in front, or none"));
    }
    let accepted: Vec<bool> = if any_excluded { excluded.iter().map(|no| !no).collect() } else { wanted };
    if accepted.contains(&true) {
        return Ok(accepted);
    }
    Err(Diagnostic::new(Code::Contradiction, node.span, format!("nothing that is {what} can pass this test")))
}
