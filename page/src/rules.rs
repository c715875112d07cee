//! Rule files: what a page shows of them, what can be proved of them.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};
use whoowns::analysis::diff::{self, diff};
use whoowns::analysis::{self, Effort, Finding};
use whoowns::diagnostic::{Problems, Style, render};
use whoowns::interview::Question;
use whoowns::report::findings::{CheckedFile, check_json};
use whoowns::ruleset::{FactId, built_in};
use whoowns::source::{SourceId, Span};
use whoowns::{Ruleset, sentences};

use crate::answer::{Answer, Named, said};

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

/// The findings as `rules check --format json` writes them, behind the answer; in it the same for people, where they
/// stand in the text, and what differs from the rules in use.
pub(crate) fn check(in_use: &Ruleset, file: &Named) -> Answer {
    let loaded = Ruleset::from_toml(&file.name, &file.text);
    let (report, loaded) = match loaded {
        Ok(ruleset) => (analysis::check(&ruleset, Effort::default()), Some(ruleset)),
        Err(problems) => (analysis::refused(&problems), None),
    };
    let places = Places::new(&file.text, &report.findings);
    let findings = report.findings.iter().map(|finding| {
        let problems = Problems { sources: report.sources.clone(), list: vec![finding.diagnostic()] };
        let mend = finding.mend.as_ref().and_then(|mend| {
            places.of(mend.span).map(|[from, to]| json!({ "from": from, "to": to, "text": mend.text }))
        });
        json!({
            "words": render(&problems, Style::Plain),
            "message": finding.message,
            "help": finding.help,
            "severity": finding.severity.to_string(),
            "place": places.of(finding.span),
            "line": report.sources.place(finding.span).line,
            "mend": mend,
            "row": finding.fix.as_ref().filter(|_| finding.mend.is_none()),
        })
    });
    let said_of = json!({
        "loads": loaded.is_some(),
        "findings": findings.collect::<Vec<_>>(),
        "difference": loaded.as_ref().map(|new| difference(in_use, new)),
    });
    let files = [CheckedFile { name: file.name.clone(), report }];
    let text = serde_json::to_string_pretty(&check_json(&files)).map_err(said)? + "\n";
    Ok((said_of, text.into_bytes()))
}

/// Where findings stand in a text, counted as a browser counts letters.
struct Places(BTreeMap<usize, usize>);

impl Places {
    fn new(text: &str, findings: &[Finding]) -> Places {
        let spans = findings.iter().flat_map(|finding| {
            [Some(finding.span), finding.mend.as_ref().map(|mend| mend.span)].into_iter().flatten()
        });
        let mut places: BTreeMap<usize, usize> =
            spans.flat_map(|span| [span.start, span.end]).map(|byte| (byte, 0)).collect();
        let mut letters = text.char_indices().peekable();
        let mut units = 0;
        for (byte, place) in &mut places {
            while let Some((_, letter)) = letters.next_if(|(at, _)| at < byte) {
                units += letter.len_utf16();
            }
            *place = units;
        }
        Places(places)
    }

    /// Nothing for a place in another text, that of a base.
    fn of(&self, span: Span) -> Option<[usize; 2]> {
        if span.source != SourceId::FIRST {
            return None;
        }
        Some([*self.0.get(&span.start)?, *self.0.get(&span.end)?])
    }
}

/// What differs between two rulesets, in words.
fn difference(old: &Ruleset, new: &Ruleset) -> Json {
    let found = match diff(old, new) {
        Ok(found) => found,
        Err(error) => return json!({ "refused": error.to_string() }),
    };
    let rulesets = [new, old];
    let titled = |answer: &diff::Answer| sentences::titled(rulesets, [&answer.owner, &answer.contact]);
    let changes = found.changes.iter().map(|change| {
        json!({
            "from": titled(&change.from),
            "to": titled(&change.to),
            "where": change.when_said,
            "states": change.states,
            "witness": sentences::example(rulesets, &change.witness),
        })
    });
    let with_lines = |sentence: String, lines: Vec<String>| {
        std::iter::once(sentence).chain(lines).collect::<Vec<_>>().join("; ")
    };
    let presumed = found.presumptions.iter().map(|one| {
        let example = one.example(rulesets).into_iter().collect();
        with_lines(one.in_words(rulesets), example)
    });
    let rows = found.rows.iter().map(|row| with_lines(row.in_words(), row.places()));
    let more: Vec<String> =
        found.facts.iter().map(|one| one.in_words(rulesets)).chain(presumed).chain(rows).collect();
    json!({ "changes": changes.collect::<Vec<_>>(), "more": more, "notes": found.notes })
}
