//! A JSON Schema (draft 2020-12) of profiles for a ruleset.

use serde_json::{Map, Value as Json, json};

use crate::ruleset::{Fact, Kind, Ruleset};
use crate::source::json_number;
use crate::space::NO_END;

/// The schema, as text.
pub fn json(ruleset: &Ruleset) -> String {
    let mut properties = Map::new();
    properties.insert("name".to_owned(), text("The organization's name."));
    properties.insert("notes".to_owned(), text("Free text, carried along."));
    properties.insert("contacts".to_owned(), contacts());
    for fact in ruleset.facts().iter().filter(|fact| !fact.derived) {
        properties.insert(fact.name.clone(), schema(fact));
    }
    let schema = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": format!("A profile for {} {}", ruleset.name(), ruleset.version()),
        "description": "What is known about one organization. What is absent is unknown, never \"no\".",
        "type": "object",
        "properties": properties,
        "additionalProperties": false,
    });
    serde_json::to_string_pretty(&schema).unwrap_or_default() + "\n"
}

fn text(description: &str) -> Json {
    json!({"type": ["string", "null"], "description": description})
}

fn contacts() -> Json {
    json!({
        "type": ["array", "null"],
        "description": "People, if known.",
        "items": {
            "type": "object",
            "properties": {
                "name": {"type": "string", "minLength": 1},
                "title": text("The job title."),
                "email": text("The e-mail address."),
                "region": text("The country or region the person works for."),
            },
            "required": ["name"],
            "additionalProperties": false,
        },
    })
}

fn schema(fact: &Fact) -> Json {
    let unknown = json!({"enum": ["", "unknown", null]});
    let mut schema = match fact.kind {
        Kind::Integer => json!({"anyOf": [number(fact), {"type": ["string", "null"]}]}),
        Kind::Boolean => {
            json!({"anyOf": [{"type": "boolean"}, {"enum": ["yes", "no", "y", "n", "true", "false"]}, unknown]})
        }
        // Any further value is "other", and editors may still offer those there are.
        Kind::Choice if fact.other.is_some() => {
            json!({"anyOf": [{"enum": fact.values}, {"type": ["string", "null"]}]})
        }
        Kind::Choice => json!({"anyOf": [{"enum": fact.values}, unknown]}),
        Kind::Set => json!({"anyOf": [
            {"type": "array", "items": {"type": "string"}},
            number(fact),
            {"type": ["string", "null"]},
        ]}),
        Kind::Text => json!({"type": ["string", "null"]}),
    };
    if let (Some(ask), Some(schema)) = (&fact.ask, schema.as_object_mut()) {
        schema.insert("description".to_owned(), ask.as_str().into());
    }
    schema
}

fn number(fact: &Fact) -> Json {
    let unknown: Vec<i128> =
        fact.unknown.iter().filter_map(|spelling| spelling.trim().parse().ok()).collect();
    let lowest = unknown.iter().copied().fold(fact.lowest, i128::min);
    match fact.highest {
        NO_END => json!({"type": "integer", "minimum": json_number(lowest)}),
        highest => {
            json!({"type": "integer", "minimum": json_number(lowest), "maximum": json_number(highest)})
        }
    }
}
