//! `title`, `say`, `yes`, `no` and `labels` of a fact.

use super::keys::{Keys, Reader};
use crate::diagnostic::{Code, Diagnostic};
use crate::ruleset::value::Kind;
use crate::ruleset::words::{Given, Part, Words, parts};
use crate::source::{Node, SourceId};

/// The fact whose words are read; `values_in` is the file that lists its values.
pub(super) struct Spoken<'a> {
    pub name: &'a str,
    pub kind: Kind,
    pub values: &'a [String],
    pub values_in: Option<SourceId>,
}

/// Reads the words of a fact.
pub(super) fn read(reader: &mut Reader, keys: &mut Keys<'_>, fact: &Spoken<'_>) -> Words {
    let given = Given {
        title: words(reader, keys.take("title"), "title"),
        labels: keys.take("labels").map_or_else(Vec::new, |node| labels(reader, node, fact)),
        say: keys.take("say").and_then(|node| say(reader, node, fact)),
        yes: keys.take("yes").and_then(|node| answer(reader, node, "yes", fact)),
        no: keys.take("no").and_then(|node| answer(reader, node, "no", fact)),
    };
    Words::new(fact.name, fact.kind, fact.values, given)
}

/// Words to be read by people: one line, neither empty nor with anything that a page or a terminal would act upon.
fn words(reader: &mut Reader, node: Option<&Node>, key: &str) -> Option<String> {
    let node = node?;
    let Some(text) = node.as_str() else {
        reader.report(Diagnostic::new(
            Code::WrongKind,
            node.span,
            format!("`{key}` is a text, found {}", node.kind()),
        ));
        return None;
    };
    if text.trim().is_empty() {
        reader.report(
            Diagnostic::new(Code::MissingKey, node.span, format!("`{key}` is empty"))
                .help("write what people call it, or leave the key out"),
        );
        return None;
    }
    if let Some(wrong) = unspoken(text) {
        reader.report(
            Diagnostic::new(Code::UnknownValue, node.span, format!("`{key}` holds {wrong}"))
                .help("write plain words on one line, as they are said"),
        );
        return None;
    }
    Some(text.trim().to_owned())
}

/// What cannot be said aloud in a text, if there is any.
fn unspoken(text: &str) -> Option<String> {
    let control = |letter: &char| {
        letter.is_control()
            || matches!(letter, '\u{200e}' | '\u{200f}' | '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    if let Some(letter) = text.chars().find(control) {
        return Some(format!("the control character U+{:04X}", u32::from(letter)));
    }
    let tag = text.match_indices('<').any(|(at, _)| {
        let after = text.get(at + 1..).unwrap_or_default();
        after.starts_with(|letter: char| letter.is_ascii_alphabetic() || matches!(letter, '/' | '!' | '?'))
    });
    let entity = text.split('&').skip(1).any(|after| {
        let name = after.split_once(';').map_or("", |(name, _)| name);
        !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'#')
    });
    let markdown = ["**", "__", "`", "]("].into_iter().any(|mark| text.contains(mark));
    (tag || entity || markdown).then(|| "markup".to_owned())
}

/// The clause with a place for what is so.
fn say(reader: &mut Reader, node: &Node, fact: &Spoken<'_>) -> Option<String> {
    if fact.kind == Kind::Boolean {
        reader.report(
            Diagnostic::new(
                Code::WrongKind,
                node.span,
                format!("`{}` is a boolean, which has no `say`", fact.name),
            )
            .help("write `yes = \"there is …\"` and `no = \"there is no …\"`"),
        );
        return None;
    }
    let clause = words(reader, Some(node), "say")?;
    let wrong = |message: String| {
        Diagnostic::new(Code::UnknownValue, node.span, message)
            .help("`{}` stands for what is so, `{s}` for the s of a plural, `{country|countries}` for a word that changes")
    };
    match parts(&clause) {
        Err(brace) => reader.report(wrong(format!("`{brace}` in `say` means nothing"))),
        Ok(parts) if parts.iter().filter(|part| **part == Part::What).count() != 1 => {
            reader.report(wrong("`say` needs one `{}`, the place for what is so".to_owned()));
        }
        Ok(parts)
            if !fact.kind.is_number() && parts.iter().any(|part| matches!(part, Part::Plural { .. })) =>
        {
            reader.report(wrong(format!(
                "only numbers have a plural, and `{}` is {}",
                fact.name,
                fact.kind.with_article()
            )));
        }
        Ok(_) => return Some(clause),
    }
    None
}

/// The clause of a boolean for one of its values.
fn answer(reader: &mut Reader, node: &Node, key: &str, fact: &Spoken<'_>) -> Option<String> {
    if fact.kind != Kind::Boolean {
        reader.report(
            Diagnostic::new(
                Code::WrongKind,
                node.span,
                format!("`{key}` goes with a boolean, and `{}` is {}", fact.name, fact.kind.with_article()),
            )
            .help("write `say = \"… {} …\"`, with `{}` in the place of what is so"),
        );
        return None;
    }
    words(reader, Some(node), key)
}

/// What the values are called, in the order of the values.
fn labels(reader: &mut Reader, node: &Node, fact: &Spoken<'_>) -> Vec<Option<String>> {
    let mut labels = vec![None; fact.values.len()];
    if fact.kind != Kind::Choice {
        reader.report(Diagnostic::new(
            Code::WrongKind,
            node.span,
            format!("`labels` go with a choice, and `{}` is {}", fact.name, fact.kind.with_article()),
        ));
        return labels;
    }
    let Some(entries) = node.entries() else {
        reader.report(
            Diagnostic::new(
                Code::WrongKind,
                node.span,
                format!("`labels` is a table, found {}", node.kind()),
            )
            .help("write it as in `labels = { value = \"what it is called\" }`"),
        );
        return labels;
    };
    for entry in entries {
        match fact.values.iter().position(|value| *value == entry.key) {
            Some(at) => labels[at] = words(reader, Some(&entry.value), &entry.key),
            // A file that extends another may have fewer values, and need not repeat the labels for that.
            None if fact.values_in.is_some_and(|values_in| values_in < entry.key_span.source) => {}
            None => reader.report(
                Diagnostic::new(
                    Code::UnknownValue,
                    entry.key_span,
                    format!("`{}` is no value of `{}`", entry.key, fact.name),
                )
                .suggest(&entry.key, fact.values.iter().map(String::as_str)),
            ),
        }
    }
    labels
}
