//! Rule files: what a page shows of them, what can be proved of them.

use serde_json::json;
use whoowns::analysis::diff::diff;
use whoowns::analysis::{self, CheckedFile, Effort, check_json};
use whoowns::diagnostic::{Problems, Style, render};
use whoowns::interview::Question;
use whoowns::ruleset::{FactId, built_in};
use whoowns::{Ruleset, sentences};

use crate::calls::{Answer, Named, said};

/// A rule file, or a built-in ruleset asked for by its name alone.
pub(crate) fn named(name: &str, text: &str) -> Result<Ruleset, Problems> {
    match built_in(name) {
        Some(built_in) if text.is_empty() => Ruleset::from_toml(name, built_in),
        _ => Ruleset::from_toml(name, text),
    }
}

/// What the page builds its form from.
pub(crate) fn shown(ruleset: &Ruleset) -> Answer {
    let facts = ruleset.facts().iter().enumerate().filter(|(_, fact)| !fact.derived).map(|(at, fact)| {
        let question = Question::new(FactId(at), fact);
        json!({
            "name": fact.name,
            "kind": fact.kind.to_string(),
            "title": fact.title(),
            "ask": question.text,
            "form": question.form,
            "choices": question.choices.iter()
                .map(|choice| json!({ "label": choice.label, "value": choice.value })).collect::<Vec<_>>(),
        })
    });
    let said = json!({
        "title": ruleset.title(),
        "name": ruleset.name(),
        "version": ruleset.version().to_string(),
        "digest": ruleset.digest(),
        "facts": facts.collect::<Vec<_>>(),
        "text": ruleset.sources().iter().next().map(|source| source.text()),
        "axis": ruleset.map().as_ref().map(|map| &ruleset.fact(map.axis).name),
    });
    Ok((said, Vec::new()))
}

/// The findings as `rules check --format json` writes them, behind the answer; in it the same for people, and what
/// differs from the rules in use.
pub(crate) fn check(in_use: &Ruleset, file: &Named) -> Answer {
    let loaded = Ruleset::from_toml(&file.name, &file.text);
    let (report, loaded) = match loaded {
        Ok(ruleset) => (analysis::check(&ruleset, Effort::default()), Some(ruleset)),
        Err(problems) => (analysis::refused(&problems), None),
    };
    let words = report.findings.iter().map(|finding| {
        let problems = Problems { sources: report.sources.clone(), list: vec![finding.diagnostic()] };
        render(&problems, Style::Plain)
    });
    let words: Vec<String> = words.collect();
    let difference = match loaded.as_ref().map(|new| (new, diff(in_use, new))) {
        None => json!(null),
        Some((new, Ok(found))) => {
            let changes = found.changes.iter().map(|change| {
                let rulesets = [new, in_use];
                let said =
                    |one: &analysis::diff::Answer| sentences::titled(rulesets, [&one.owner, &one.contact]);
                json!({
                    "from": said(&change.from),
                    "to": said(&change.to),
                    "where": change.when_said,
                    "states": change.states,
                    "witness": sentences::example(rulesets, &change.witness),
                })
            });
            json!({ "changes": changes.collect::<Vec<_>>(), "notes": found.notes })
        }
        Some((_, Err(error))) => json!({ "refused": error.to_string() }),
    };
    let said_of = json!({ "loads": loaded.is_some(), "words": words, "difference": difference });
    let files = [CheckedFile { name: file.name.clone(), report }];
    let text = serde_json::to_string_pretty(&check_json(&files)).map_err(said)? + "\n";
    Ok((said_of, text.into_bytes()))
}
