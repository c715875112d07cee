//! Tests of a fact: a value, a test of a number, a list of these.

use crate::diagnostic::{Code, Diagnostic};
use crate::ruleset::condition::Test;
use crate::ruleset::facts::Fact;
use crate::ruleset::nearly;
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
            _ => Err(meant_flag(wrong_kind(fact, node, "`true` or `false`"), node)),
        },
        Kind::Choice => {
            let names: Vec<(&str, &str)> = names_of(fact).collect();
            read_named(&names, node, &format!("a value of `{}`", fact.name), Code::UnknownValue)
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
        stretches.extend(read_number_test(fact, item, |text| numbers::parse(text, fact.beginning()))?);
    }
    let possible = |stretch: &Stretch| stretch.first <= fact.highest && stretch.last >= fact.lowest;
    if stretches.iter().any(possible) {
        return Ok(Test::Numbers(stretches));
    }
    let range = fact.range();
    Err(Diagnostic::new(
        Code::Contradiction,
        node.span,
        format!("no value of `{}` can pass this test", fact.name),
    )
    .help(format!("the range of `{}` is `{range}`", fact.name)))
}

/// Reads one test of a whole number, or a range: a number, or a text of one of the [`numbers::FORMS`].
pub(super) fn read_number_test(
    fact: &Fact,
    node: &Node,
    parse: impl Fn(&str) -> Result<Vec<Stretch>, NumberTestError>,
) -> Result<Vec<Stretch>, Diagnostic> {
    let mended = |problem, written: &str| mended_number(problem, node, written, &parse);
    let read = match &node.content {
        Content::Integer(number) => parse(&number.to_string()),
        Content::String(text) => parse(text),
        Content::Float(number) if number.fract() == 0.0 => {
            let problem = wrong_kind(fact, node, "a whole number");
            return Err(mended(problem, &number.to_string()));
        }
        _ => return Err(wrong_kind(fact, node, "a whole number or a test such as `\"< 500\"`")),
    };
    read.map_err(|error| {
        let code = match error {
            NumberTestError::Impossible(_) => Code::Contradiction,
            NumberTestError::Unknown(_) => Code::WrongKind,
            NumberTestError::TooLarge(_)
            | NumberTestError::TooSmall(_)
            | NumberTestError::Negative(_)
            | NumberTestError::Endless(_) => Code::UnknownValue,
        };
        let problem = Diagnostic::new(code, node.span, error.to_string());
        if let NumberTestError::Endless(_) = error {
            return problem.help("a range that goes below zero has a first number, as in `\"-100..=0\"`");
        }
        if matches!(error, NumberTestError::Negative(_)) && fact.kind == Kind::Integer {
            let name = &fact.name;
            return problem.help(format!(
                "for numbers below zero say where `{name}` begins, as in `range = \">= -100\"`"
            ));
        }
        let problem = mended(problem, node.as_str().unwrap_or_default());
        if problem.mend.is_some() { problem } else { problem.help(numbers::FORMS) }
    })
}

/// Adds the test of a whole number that was meant, if that is plain and can be read.
fn mended_number(
    problem: Diagnostic,
    node: &Node,
    written: &str,
    parse: impl Fn(&str) -> Result<Vec<Stretch>, NumberTestError>,
) -> Diagnostic {
    match nearly::number_test(written).filter(|meant| parse(meant).is_ok()) {
        Some(meant) if meant.parse::<i128>().is_ok() => problem.mend(node.span, meant),
        Some(meant) => problem.mend(node.span, in_quotes(&meant)),
        None => problem,
    }
}

/// Adds the yes or no that was meant, if that is plain.
pub(super) fn meant_flag(problem: Diagnostic, node: &Node) -> Diagnostic {
    let meant = match &node.content {
        Content::String(text) => nearly::flag(text),
        Content::Integer(number) => nearly::flag(&number.to_string()),
        _ => None,
    };
    match meant {
        Some(flag) => problem.mend(node.span, flag.to_string()),
        None => problem,
    }
}

/// The values of a choice, and what they are called.
pub(super) fn names_of(fact: &Fact) -> impl Iterator<Item = (&str, &str)> {
    fact.values.iter().enumerate().map(|(at, value)| (value.as_str(), fact.label(at as u32)))
}

/// Adds the name or names that were meant, if that is plain; several stand in a list, unless they stand in one already.
pub(super) fn meant_names(
    problem: Diagnostic,
    node: &Node,
    names: &[(&str, &str)],
    list: Option<bool>,
) -> Diagnostic {
    let Some(written) = node.as_str() else { return problem };
    let (not, written) = written.strip_prefix('!').map_or(("", written), |rest| ("!", rest));
    let Some(meant) = nearly::named(written, names) else { return problem };
    let quoted: Vec<String> = meant.iter().map(|name| in_quotes(&format!("{not}{name}"))).collect();
    match (quoted.as_slice(), list) {
        ([only], _) => problem.mend(node.span, only.clone()),
        (_, Some(true)) => problem.mend(node.span, quoted.join(", ")),
        (_, Some(false)) => problem.mend(node.span, format!("[{}]", quoted.join(", "))),
        (_, None) => problem,
    }
}

/// A text as TOML writes it.
pub(super) fn in_quotes(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

/// Reads a test of named values: one, a list of any of them, `"!x"`, or a list of none of them.
///
/// `names` are what may stand there, and what each is called.
pub(super) fn read_named(
    names: &[(&str, &str)],
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
        let Some(at) = names.iter().position(|(known, _)| *known == name) else {
            let problem = Diagnostic::new(unknown, item.span, format!("`{name}` is not {what}"));
            let is_list = matches!(node.content, Content::Array(_));
            let problem = meant_names(problem, item, names, Some(is_list));
            return Err(problem.or_suggest(name, names.iter().map(|(name, _)| *name)));
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
