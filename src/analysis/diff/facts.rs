//! Facts and values that only one of two rulesets has: lists and profiles that use them are refused by the other.

use serde::Serialize;

use super::same::same_condition;
use crate::ruleset::{Fact, Kind, Ruleset};
use crate::words;

/// What a profile may say by one ruleset and not by the other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FactChange {
    /// The fact.
    pub fact: String,
    /// `gone`, `new`, `values`, `range` or `applies`.
    pub change: &'static str,
    /// Values that are gone, or the range as it was.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub gone: Vec<String>,
    /// Values that are new, or the range as it is.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub new: Vec<String>,
}

impl FactChange {
    /// The change in a sentence, in the words of the first of the rulesets that has the fact.
    pub fn in_words(&self, rulesets: [&Ruleset; 2]) -> String {
        let declared =
            rulesets.iter().find_map(|ruleset| Some(ruleset.fact(ruleset.fact_named(&self.fact)?)));
        let fact = declared.map_or_else(|| format!("`{}`", self.fact), words::named);
        let label = |value: &String| {
            let of = |ruleset: &&Ruleset| {
                let fact = ruleset.fact(ruleset.fact_named(&self.fact)?);
                Some(fact.label(fact.value_named(value)?).to_owned())
            };
            match rulesets.iter().find_map(of) {
                Some(label) if label != *value => format!("{label} (`{value}`)"),
                _ => format!("`{value}`"),
            }
        };
        let list = |values: &[String]| values.iter().map(label).collect::<Vec<_>>().join("; ");
        match self.change {
            "gone" => format!("the fact {fact} is gone: lists and profiles that give it are refused"),
            "new" => format!("the fact {fact} is new"),
            "range" => format!("the range of {fact}: {} → {}", list(&self.gone), list(&self.new)),
            "applies" => format!("the fact {fact} applies elsewhere (`only_when`)"),
            _ => {
                let gone = (!self.gone.is_empty()).then(|| {
                    format!("{} gone: lists and profiles that use it are refused", list(&self.gone))
                });
                let new = (!self.new.is_empty()).then(|| format!("{} new", list(&self.new)));
                let parts: Vec<String> = gone.into_iter().chain(new).collect();
                format!("values of {fact}: {}", parts.join("; "))
            }
        }
    }
}

/// What differs of the facts that profiles give.
pub fn facts(old: &Ruleset, new: &Ruleset) -> Vec<FactChange> {
    let given = |ruleset: &Ruleset| -> Vec<Fact> {
        ruleset.facts().iter().filter(|fact| !fact.derived).cloned().collect()
    };
    let (before, after) = (given(old), given(new));
    let mut changes = Vec::new();
    for fact in &before {
        let Some(other) = after.iter().find(|other| other.name == fact.name) else {
            changes.push(change(fact, "gone"));
            continue;
        };
        let only = |a: &Fact, b: &Fact| -> Vec<String> {
            a.values.iter().filter(|value| !b.values.contains(value)).cloned().collect()
        };
        let (gone, added) = (only(fact, other), only(other, fact));
        if fact.kind == Kind::Choice && !(gone.is_empty() && added.is_empty()) {
            changes.push(FactChange { gone, new: added, ..change(fact, "values") });
        }
        if fact.kind.is_number() && (fact.lowest, fact.highest) != (other.lowest, other.highest) {
            let (gone, new) = (vec![fact.range()], vec![other.range()]);
            changes.push(FactChange { gone, new, ..change(fact, "range") });
        }
        if !same_condition((old, &fact.only_when), (new, &other.only_when)) {
            changes.push(change(fact, "applies"));
        }
    }
    let added = after.iter().filter(|fact| before.iter().all(|other| other.name != fact.name));
    changes.extend(added.map(|fact| change(fact, "new")));
    changes
}

fn change(fact: &Fact, change: &'static str) -> FactChange {
    FactChange { fact: fact.name.clone(), change, gone: Vec::new(), new: Vec::new() }
}
