//! The JSON Schema of a decision, as `decide --format json` prints it.

use serde_json::{Value as Json, json};

use super::json::SCHEMA_VERSION;
use crate::decision::{Confidence, Status};

/// The JSON Schema of a decision. Keys are only ever added within a `schema_version`, so unknown ones are allowed.
pub fn schema() -> Json {
    let confidence =
        [Confidence::High, Confidence::Medium, Confidence::Low, Confidence::None].map(Confidence::as_str);
    let texts = json!({ "type": "array", "items": { "type": "string" } });
    let optional = json!({ "type": ["string", "null"] });
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "whoowns decision",
        "type": "object",
        "required": [
            "schema_version", "ruleset", "name", "status", "owner", "contact", "confidence", "derived", "rules",
            "because", "facts", "borderline", "presumed", "candidates", "ask", "flips", "stakeholders", "risks",
            "actions", "questions", "warnings",
        ],
        "properties": {
            "schema_version": { "const": SCHEMA_VERSION },
            "ruleset": object(&["name", "version", "digest"], json!({
                "name": { "type": "string" },
                "version": { "type": "string" },
                "digest": { "type": "string", "pattern": "^blake3:[0-9a-f]{64}$" },
            })),
            "name": optional,
            "status": { "enum": Status::ALL.map(Status::as_str) },
            "owner": { "anyOf": [{ "type": "null" }, object(&["role", "title"], role())] },
            "contact": { "anyOf": [{ "type": "null" }, object(&["role", "title", "person"], json!({
                "role": { "type": "string" },
                "title": { "type": "string" },
                "person": { "anyOf": [{ "type": "null" }, { "$ref": "#/$defs/person" }] },
            }))] },
            "confidence": { "enum": confidence },
            "derived": { "type": "object", "additionalProperties": { "type": ["string", "integer", "boolean"] } },
            "rules": object(&["derive", "owner", "contact"], json!({ "derive": texts, "owner": texts, "contact": texts })),
            "because": texts,
            "facts": { "type": "object", "additionalProperties": { "$ref": "#/$defs/given" } },
            "borderline": texts,
            "presumed": list(&["fact", "value", "rule", "support", "source", "text"], json!({
                "fact": { "type": "string" }, "value": { "$ref": "#/$defs/test" }, "rule": { "type": "string" },
                "support": optional, "source": optional, "text": { "type": "string" },
            })),
            "candidates": list(&["owner", "contact", "when", "text"], json!({
                "owner": optional,
                "contact": optional,
                "when": { "type": "array", "items": { "type": "object", "additionalProperties": { "$ref": "#/$defs/test" } } },
                "share": { "type": "number", "minimum": 0, "maximum": 1 },
                "text": { "type": "string" },
            })),
            "ask": list(&["fact", "title", "question"], json!({ "fact": { "type": "string" }, "title": { "type": "string" }, "question": { "type": "string" } })),
            "flips": list(&["fact", "value", "owner", "contact", "text"], json!({
                "fact": { "type": "string" },
                "value": { "type": ["string", "integer", "boolean"] },
                "owner": optional,
                "contact": optional,
                "text": { "type": "string" },
            })),
            "stakeholders": list(&["id", "role", "title", "raci", "core", "person"], json!({
                "id": { "type": "string" },
                "role": { "type": "string" },
                "title": { "type": "string" },
                "raci": { "enum": ["R", "A", "C", "I", "AR"] },
                "core": { "type": "boolean" },
                "person": { "anyOf": [{ "type": "null" }, { "$ref": "#/$defs/person" }] },
            })),
            "risks": list(&["id", "text", "mitigation"], json!({
                "id": { "type": "string" }, "text": { "type": "string" }, "mitigation": optional,
            })),
            "actions": list(&["id", "topic", "by", "text"], json!({
                "id": { "type": "string" }, "topic": optional, "by": optional, "text": { "type": "string" },
            })),
            "questions": list(&["id", "text"], json!({ "id": { "type": "string" }, "text": { "type": "string" } })),
            "warnings": texts,
        },
        "$defs": definitions(),
    })
}

/// The parts that stand in several places of a decision.
fn definitions() -> Json {
    let optional = json!({ "type": ["string", "null"] });
    json!({
        "test": { "anyOf": [{ "$ref": "#/$defs/plain-test" }, { "type": "array", "items": { "$ref": "#/$defs/plain-test" } }] },
        "plain-test": { "type": ["boolean", "integer", "string"] },
        "person": object(&["name"], json!({
            "name": { "type": "string" }, "title": optional, "email": optional, "region": optional,
        })),
        "given": {
            "description": "known exactly, or as a band",
            "anyOf": [
                object(&["title", "text", "given", "value"], json!({ "title": { "type": "string" }, "text": { "type": "string" }, "given": true, "value": { "type": ["string", "integer", "boolean"] } })),
                object(&["title", "text", "given", "min", "max"], json!({
                    "title": { "type": "string" },
                    "text": { "type": "string" },
                    "given": true,
                    "min": { "type": "integer", "minimum": 0 },
                    "max": { "type": ["integer", "null"], "minimum": 0 },
                })),
            ],
        },
    })
}

fn role() -> Json {
    json!({ "role": { "type": "string" }, "title": { "type": "string" } })
}

fn object(required: &[&str], properties: Json) -> Json {
    json!({ "type": "object", "required": required, "properties": properties })
}

fn list(required: &[&str], properties: Json) -> Json {
    json!({ "type": "array", "items": object(required, properties) })
}
