//! Where the library's decision, as JSON, differs from the oracle's answer.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::oracle::{Answer, Candidate, Status};
use super::ruleset::{Ruleset, read_condition};
use super::states::{Outcome, holds};

/// Every difference, a line each; empty where both agree.
pub fn differences(ruleset: &Ruleset, answer: &Answer, decision: &Value) -> Vec<String> {
    let mut found = Differences { lines: vec![] };
    let role = |place: Option<i64>| role_json(ruleset, place);
    found.check("status", &json!(format!("{:?}", answer.status).to_lowercase()), &decision["status"]);
    found.check("owner", &role(answer.outcome.0), role_of(decision, "owner"));
    found.check("contact", &role(answer.outcome.1), role_of(decision, "contact"));
    found.check("confidence", &json!(answer.confidence), &decision["confidence"]);
    found.check("derived", &json!(answer.derived), &sorted_table(&decision["derived"]));
    found.check("rules.derive", &json!(answer.derive_rules), &decision["rules"]["derive"]);
    found.check("rules.owner", &json!(answer.owner_rules), &decision["rules"]["owner"]);
    found.check("rules.contact", &json!(answer.contact_rules), &decision["rules"]["contact"]);
    found.check("borderline", &json!(answer.borderline), &sorted(&decision["borderline"]));
    found.check("ask", &json!(answer.ask), &each(&decision["ask"], |one| one["fact"].clone()));
    found.check("flips", &flips(answer), &sorted(&each(&decision["flips"], without_text)));
    found.check("stakeholders", &stakeholders(answer), &each(&decision["stakeholders"], stakeholder));
    found.check("risks", &json!(answer.risks), &ids(&decision["risks"], None));
    found.check("actions", &json!(answer.actions), &ids(&decision["actions"], None));
    // Where nobody is named, a question of the library's own asks for the name.
    let own: BTreeSet<&str> = ruleset.questions.iter().map(|row| row.id.as_str()).collect();
    found.check("questions", &json!(answer.questions), &ids(&decision["questions"], Some(&own)));
    presumed(&mut found, ruleset, answer, &decision["presumed"]);
    candidates(&mut found, ruleset, answer, &decision["candidates"]);
    found.lines
}

struct Differences {
    lines: Vec<String>,
}

impl Differences {
    fn check(&mut self, what: &str, oracle: &Value, library: &Value) {
        if oracle != library {
            self.lines.push(format!("{what}: oracle {oracle}, library {library}"));
        }
    }
}

fn role_json(ruleset: &Ruleset, place: Option<i64>) -> Value {
    place.map_or(Value::Null, |place| ruleset.json(ruleset.owner, place))
}

fn role_of<'a>(decision: &'a Value, key: &str) -> &'a Value {
    if decision[key].is_null() { &decision[key] } else { &decision[key]["role"] }
}

/// What stands in a row beside its words, which the oracle does not make.
fn without_text(one: &Value) -> Value {
    let mut ids = one.clone();
    if let Some(ids) = ids.as_object_mut() {
        ids.remove("text");
    }
    ids
}

fn each(list: &Value, one: impl Fn(&Value) -> Value) -> Value {
    list.as_array().map(|list| list.iter().map(one).collect()).unwrap_or(Value::Null)
}

fn sorted(list: &Value) -> Value {
    let mut list = list.as_array().cloned().unwrap_or_default();
    list.sort_by_key(ToString::to_string);
    Value::Array(list)
}

fn sorted_table(table: &Value) -> Value {
    let mut pairs: Vec<_> =
        table.as_object().into_iter().flatten().map(|(k, v)| (k.clone(), v.clone())).collect();
    pairs.sort_by(|a, b| a.0.cmp(&b.0));
    Value::Object(pairs.into_iter().collect())
}

fn ids(list: &Value, own: Option<&BTreeSet<&str>>) -> Value {
    let ids = list.as_array().into_iter().flatten().map(|one| one["id"].clone());
    ids.filter(|id| own.is_none_or(|own| id.as_str().is_some_and(|id| own.contains(id)))).collect()
}

fn flips(answer: &Answer) -> Value {
    let written = |(fact, value, owner, contact): &(String, Value, Option<String>, Option<String>)| json!({ "fact": fact, "value": value, "owner": owner, "contact": contact });
    sorted(&answer.flips.iter().map(written).collect())
}

fn stakeholders(answer: &Answer) -> Value {
    let written = |(id, role, raci): &(String, String, String)| json!([id, role, raci]);
    answer.stakeholders.iter().map(written).collect()
}

fn stakeholder(one: &Value) -> Value {
    json!([one["id"], one["role"], one["raci"]])
}

/// What is presumed must have narrowed a state away in a piece that counts; nothing of it may be left out where
/// the status rests on it.
fn presumed(found: &mut Differences, ruleset: &Ruleset, answer: &Answer, list: &Value) {
    let pair = |one: &Value| Some((one["fact"].as_str()?.to_owned(), one["rule"].as_str()?.to_owned()));
    let library: BTreeSet<_> = list.as_array().into_iter().flatten().filter_map(pair).collect();
    let oracle: BTreeSet<_> = answer
        .presumed
        .narrowed
        .iter()
        .map(|(fact, rule)| (ruleset.facts[*fact].name.clone(), rule.clone()))
        .collect();
    let agree = match answer.status {
        Status::Presumed => library == oracle,
        Status::Decided => library.is_subset(&oracle),
        Status::Open | Status::Unmatched => library.is_empty(),
    };
    if !agree {
        found.lines.push(format!("presumed: oracle {oracle:?}, library {library:?}"));
    }
}

/// The same outcomes, those still possible first, each under conditions that hold in exactly its states.
fn candidates(found: &mut Differences, ruleset: &Ruleset, answer: &Answer, list: &Value) {
    let outcome = |owner: &Value, contact: &Value| json!([owner, contact]).to_string();
    let written = |one: Outcome| outcome(&role_json(ruleset, one.0), &role_json(ruleset, one.1));
    let library: Vec<&Value> = list.as_array().into_iter().flatten().collect();
    let named: Vec<String> = library.iter().map(|one| outcome(&one["owner"], &one["contact"])).collect();
    let mut sorted_names = named.clone();
    sorted_names.sort();
    let mut expected: Vec<String> = answer.candidates.iter().map(|one| written(one.outcome)).collect();
    expected.sort();
    found.check("candidates", &json!(expected), &json!(sorted_names));
    if expected != sorted_names {
        return;
    }
    let possible = |name: &String| {
        answer.candidates.iter().any(|one| one.still_possible && written(one.outcome) == *name)
    };
    if !named.is_sorted_by_key(|name| !possible(name)) {
        found.lines.push(format!("candidates: those still possible do not come first in {named:?}"));
    }
    for (one, name) in library.into_iter().zip(&named) {
        let same = answer.candidates.iter().find(|known| written(known.outcome) == *name);
        share(found, answer, same, one);
        conditions(found, ruleset, answer, one, name, &written);
    }
}

/// The part of the integers for which a candidate is still possible.
fn share(found: &mut Differences, answer: &Answer, known: Option<&Candidate>, candidate: &Value) {
    let part = known.and_then(|known| answer.presumed.parts.get(&known.outcome));
    let oracle = part.map(|(_, possible)| *possible as f64 / answer.presumed.integers as f64);
    let library = candidate["share"].as_f64();
    if oracle.is_some() != library.is_some() || oracle.zip(library).is_some_and(|(a, b)| (a - b).abs() > 1e-9)
    {
        found.lines.push(format!("share: oracle {oracle:?}, library {candidate}"));
    }
}

fn conditions(
    found: &mut Differences,
    ruleset: &Ruleset,
    answer: &Answer,
    candidate: &Value,
    name: &str,
    written: &dyn Fn(Outcome) -> String,
) {
    let any: Vec<_> = candidate["when"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|when| read_condition(when, &ruleset.facts))
        .collect();
    for (fact, _) in any.iter().flatten() {
        if ruleset.facts[*fact].derived || answer.exact.contains(fact) {
            let fact = &ruleset.facts[*fact].name;
            found.lines.push(format!("candidate {name}: tests `{fact}`, which is derived or exactly known"));
        }
    }
    let wrong = answer.all.iter().find(|state| {
        let holds = any.iter().any(|condition| holds(condition, &state.values));
        holds != (written(state.outcome) == name)
    });
    if let Some(state) = wrong {
        let values =
            ruleset.base().filter_map(|f| Some((&ruleset.facts[f].name, ruleset.json(f, state.values[f]?))));
        let values: Vec<String> = values.map(|(name, value)| format!("{name} = {value}")).collect();
        let when = &candidate["when"];
        found.lines.push(format!("candidate {name}: {when} is wrong at {}", values.join(", ")));
    }
}
