//! The JSON Schema of what `learn --format json` prints, with `--typical` and without.

use serde_json::{Value as Json, json};

use super::schema_parts::{
    count, list, nullable, object, optional_text, part, ruleset, shared, text, titled,
};
use crate::learning::Family;

/// The schema.
pub fn schema() -> Json {
    titled("whoowns learn", json!({ "anyOf": [learned(), typical()] }))
}

fn learned() -> Json {
    let mut made = proposal();
    made["diff"] = list(&json!({ "type": "object" }));
    made["check"] = list(&object(json!({
        "code": text(),
        "severity": text(),
        "message": text(),
        "rule": optional_text(),
    })));
    object(json!({
        "schema_version": { "const": 1 },
        "ruleset": ruleset(),
        "rows": count(),
        "right": count(),
        "contradictory": count(),
        "uncounted": count(),
        "invalid": count(),
        "rejects": count(),
        "facts": list(&text()),
        "tests": count(),
        "p": part(),
        "tried": list(&object(json!({
            "conditions": family(),
            "count": { "type": "number" },
            "factor": { "type": "number" },
        }))),
        "proposals": list(&object(made)),
        "ended": object(json!({
            "because": { "enum": [
                "enough", "nothing-better", "too-few", "one-owner", "chance", "not-held-out", "error",
            ] },
            "text": text(),
            "best": nullable(&object(proposal())),
        })),
    }))
}

fn family() -> Json {
    json!({ "enum": Family::ALL.map(Family::as_str) })
}

/// The properties of a row that is proposed.
fn proposal() -> Json {
    let example = object(json!({
        "name": optional_text(),
        "actual": optional_text(),
        "before": optional_text(),
        "after": optional_text(),
    }));
    let changed = object(json!({ "rows": count(), "open": count(), "examples": list(&example) }));
    json!({
        "id": text(),
        "when": { "type": "object" },
        "role": text(),
        "fixes": changed,
        "breaks": changed,
        "chance": part(),
        "corrected_for": family(),
        "held_out": { "type": ["integer", "null"] },
        "is_best": { "type": "boolean" },
        "is_exhaustive": { "type": "boolean" },
        "toml": text(),
    })
}

fn typical() -> Json {
    let value = shared(json!({ "value": {} }));
    object(json!({
        "schema_version": { "const": 1 },
        "ruleset": ruleset(),
        "typical": list(&shared(json!({
            "rule": text(),
            "fact": text(),
            "value": {},
            "support": optional_text(),
        }))),
        "stretches": list(&object(json!({
            "along": optional_text(),
            "stretch": optional_text(),
            "fact": text(),
            "presumed": nullable(&value),
            "commonest": value,
            "is_better": { "type": "boolean" },
        }))),
    }))
}
