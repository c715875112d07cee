//! What schemas of output are made of. Keys are only ever added within a `schema_version`, so unknown ones are allowed.

use serde_json::{Value as Json, json};

/// A text.
pub fn text() -> Json {
    json!({ "type": "string" })
}

/// A text or nothing.
pub fn optional_text() -> Json {
    json!({ "type": ["string", "null"] })
}

/// How many.
pub fn count() -> Json {
    json!({ "type": "integer", "minimum": 0 })
}

/// A part of a whole.
pub fn part() -> Json {
    json!({ "type": "number", "minimum": 0, "maximum": 1 })
}

/// A list of such items.
pub fn list(items: &Json) -> Json {
    json!({ "type": "array", "items": items })
}

/// This, or nothing.
pub fn nullable(schema: &Json) -> Json {
    json!({ "anyOf": [{ "type": "null" }, schema] })
}

/// An object that has all of these.
pub fn object(properties: Json) -> Json {
    let names: Vec<&String> = properties.as_object().into_iter().flat_map(|all| all.keys()).collect();
    json!({ "type": "object", "required": names, "properties": properties })
}

/// How many of how many, and more beside it.
pub fn shared(more: Json) -> Json {
    let interval = json!({ "type": "array", "items": part(), "minItems": 2, "maxItems": 2 });
    let mut properties = json!({
        "rows": count(),
        "right": count(),
        "share": nullable(&part()),
        "interval": nullable(&interval),
    });
    if let (Some(properties), Json::Object(more)) = (properties.as_object_mut(), more) {
        properties.extend(more);
    }
    object(properties)
}

/// The ruleset that decided.
pub fn ruleset() -> Json {
    object(json!({ "name": text(), "version": text(), "digest": text() }))
}

/// A schema with its head.
pub fn titled(title: &str, mut schema: Json) -> Json {
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema".into();
    schema["title"] = title.into();
    schema
}
