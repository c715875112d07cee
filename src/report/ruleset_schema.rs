//! The JSON Schema of rule files.

use serde_json::{Map, Value as Json, json};

use crate::ruleset::{Basis, Counted, Kind, Table};

/// The JSON Schema of a rule file, for editors that complete and check TOML by one.
pub fn schema() -> Json {
    let mut properties = Map::new();
    properties.insert("ruleset".to_owned(), header());
    properties.insert("facts".to_owned(), each("what is known of an organization", fact()));
    properties.insert("roles".to_owned(), each("who an answer can name", role()));
    properties.insert("people".to_owned(), people());
    properties.insert("map".to_owned(), map());
    properties.insert("columns".to_owned(), columns());
    properties.insert("remove".to_owned(), remove());
    for table in Table::ALL {
        properties.insert(table.as_str().to_owned(), json!({ "type": "array", "items": row(table) }));
    }
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "whoowns ruleset",
        "description": "Facts, roles and tables of rules; see rules/README.md",
        "type": "object",
        "required": ["ruleset"],
        "additionalProperties": false,
        "properties": properties,
        "$defs": {
            "texts": { "anyOf": [{ "type": "string" }, { "type": "array", "items": { "type": ["string", "integer"] } }] },
            "condition": {
                "description": "tests that must all hold, one a fact; also `owner` and `contact` where they are decided",
                "type": "object",
                "additionalProperties": { "$ref": "#/$defs/test" },
            },
            "test": {
                "description": "a value, a test of a number such as \"< 500\" or \"500..=1000\", \"!value\", or a list of these",
                "anyOf": [
                    { "$ref": "#/$defs/plain-test" },
                    { "type": "array", "items": { "$ref": "#/$defs/plain-test" }, "minItems": 1 },
                ],
            },
            "plain-test": { "type": ["boolean", "integer", "string"] },
            "words": { "type": "string", "pattern": "^[^\\p{Cc}]*\\S[^\\p{Cc}]*$" },
            "moment": {
                "description": "start, go-live or a part of the time between, and some days or weeks: \"25%\", \"go-live + 2w\"",
                "type": "string",
                "pattern": "^\\s*(start|go-live|(100([.]0*)?|[0-9]{1,2}([.][0-9]+)?)\\s*%)\\s*([-+]\\s*[0-9]+\\s*[dw])?\\s*$",
            },
            "percent": { "description": "a percentage", "type": "string", "pattern": "^\\s*[0-9]+([.][0-9]+)?\\s*%\\s*$" },
        },
    })
}

fn text(description: &str) -> Json {
    json!({ "description": description, "type": "string" })
}

fn words(description: &str) -> Json {
    json!({ "description": description, "$ref": "#/$defs/words" })
}

fn moment(description: &str) -> Json {
    json!({ "description": description, "$ref": "#/$defs/moment" })
}

fn texts(description: &str) -> Json {
    json!({ "description": description, "$ref": "#/$defs/texts" })
}

fn each(description: &str, of: Json) -> Json {
    json!({ "description": description, "type": "object", "additionalProperties": of })
}

fn object(required: &[&str], properties: Json) -> Json {
    json!({ "type": "object", "required": required, "additionalProperties": false, "properties": properties })
}

fn header() -> Json {
    object(
        &["name", "version", "title"],
        json!({
            "name": text("what the ruleset is called"),
            "version": text("three numbers, as in 1.0.0"),
            "title": text("one line saying what it decides"),
            "prefix": text("what the names of columns added to a client list begin with"),
            "extends": text("a built-in ruleset, or a file beside this one"),
            "overlap": {
                "description": "forbidden: each case is meant to fit one row of a table alone, and `rules check` proves it",
                "enum": ["allowed", "forbidden"],
            },
        }),
    )
}

fn fact() -> Json {
    let kinds: Vec<&str> = Kind::ALL.iter().map(|(_, word)| *word).collect();
    let counted = Counted::ALL.map(|(_, word)| word);
    // A file that extends another may give some keys of a fact alone, so none is required here.
    object(
        &[],
        json!({
            "kind": { "description": "what values it takes", "enum": kinds },
            "values": texts("the values of a choice, in order"),
            "derived": { "description": "given by [[derive]] rows, never by a profile", "type": "boolean" },
            "range": { "description": "what a number can be, one test without gaps, such as `>= 1`, or `-100..=500` for numbers below zero", "type": ["string", "integer"] },
            "other": { "description": "any further value of the choice is taken as \"other\"", "type": "boolean" },
            "of": { "description": "what a set is of (places), or what an integer counts (people, money)", "enum": counted },
            "title": words("what it is called, in tables and maps"),
            "say": {
                "description": "a clause that says what is so; {} stands for it, {s} for the s of a plural, {country|countries} for a word that changes",
                "$ref": "#/$defs/words",
                "pattern": "\\{\\}",
            },
            "yes": words("of a boolean, the clause where it is so"),
            "no": words("of a boolean, the clause where it is not"),
            "labels": each("what the values of a choice are called", words("what the value is called")),
            "spellings": each("what else lists write for the values of a choice", texts("spellings of the value")),
            "first": { "description": "asked before other facts, as long as it can matter", "type": "boolean" },
            "never_falls": {
                "description": "of a derived fact: it never goes back as this number grows; `rules check` proves it",
                "type": "object",
                "required": ["fact"],
                "additionalProperties": false,
                "properties": {
                    "fact": text("the number"),
                    "by": { "description": "its values, from the lowest to the highest", "type": "array", "items": { "type": ["string", "integer"] } },
                },
            },
            "only_when": { "description": "elsewhere the fact does not apply", "$ref": "#/$defs/condition" },
            "ask": text("the question to ask for it"),
            "columns": texts("titles of its column in client lists, whole"),
            "column_words": texts("words that mean it in a column's title"),
            "near": { "description": "a number this close to a threshold is borderline", "$ref": "#/$defs/percent" },
            "share": { "description": "how much of a band must agree", "$ref": "#/$defs/percent" },
            "unknown": texts("spellings that mean that it is not known"),
        }),
    )
}

fn role() -> Json {
    object(
        &[],
        json!({
            "title": text("the role as people read it"),
            "titles": texts("spellings of job titles, most senior first"),
            "titles_of": text("the role whose spellings it has"),
            "region": text("the text fact that says which region's person it is"),
            "or": texts("roles whose people stand in, in this order"),
        }),
    )
}

fn people() -> Json {
    object(
        &[],
        json!({
            "qualifiers": texts("words in a title that do not change the role"),
            "wide": texts("those that mean the whole organization"),
        }),
    )
}

fn map() -> Json {
    object(
        &["axis"],
        json!({ "axis": text("the whole number along the map"), "lanes": texts("facts, a lane each combination") }),
    )
}

fn columns() -> Json {
    object(
        &[],
        json!({
            "name": texts("titles of the column with the organization's name"),
            "contact_name": texts("titles of the column with a person's name"),
            "contact_title": texts("titles of the column with a person's job title"),
            "contact_email": texts("titles of the column with a person's e-mail address"),
            "filler": texts("words that change nothing in the title of a fact's column"),
        }),
    )
}

fn remove() -> Json {
    let ids =
        |table: Table| (table.as_str().to_owned(), texts("ids of rows of the base that are not wanted"));
    let properties: Map<String, Json> = Table::ALL.into_iter().map(ids).collect();
    object(&[], Json::Object(properties))
}

fn row(table: Table) -> Json {
    let mut properties = Map::new();
    let mut key = |name: &str, schema: Json| properties.insert(name.to_owned(), schema);
    key("id", text("what the rule is called, for ever the same"));
    key("when", json!({ "description": "when it holds; left out, always", "$ref": "#/$defs/condition" }));
    key(
        "basis",
        json!({ "description": "whether the source says so", "enum": Basis::ALL.map(|(_, word)| word) }),
    );
    key("because", text("one sentence saying why"));
    key("cite", text("where the source says so"));
    let required: &[&str] = match table {
        Table::Derive => {
            key("fact", text("the derived fact"));
            key("value", json!({ "description": "its value", "type": ["boolean", "integer", "string"] }));
            &["id", "fact", "value"]
        }
        Table::Owner | Table::Contact => {
            key("role", text("the role"));
            &["id", "role"]
        }
        Table::Typical => {
            key("set", json!({ "description": "what to presume", "$ref": "#/$defs/condition" }));
            key(
                "support",
                json!({ "description": "how often that is so, by `source`", "$ref": "#/$defs/percent" }),
            );
            key("source", text("who found it, when, among how many"));
            &["id", "set"]
        }
        Table::Stakeholder => {
            key("role", text("a role, `owner` or `contact`"));
            key(
                "raci",
                json!({ "description": "responsible, accountable, consulted or informed", "enum": ["R", "A", "C", "I"] }),
            );
            key("core", json!({ "description": "belongs to the few who decide", "type": "boolean" }));
            &["id", "role", "raci"]
        }
        Table::Risk => {
            key("text", text("what could go wrong"));
            key("mitigation", text("what to do about it"));
            &["id", "text"]
        }
        Table::Action => {
            key("text", text("what to do"));
            key("topic", text("what it belongs to"));
            key("by", text("a role, `owner`, `contact` or `vendor`"));
            &["id", "text"]
        }
        Table::Question => {
            key("text", text("what to ask"));
            &["id", "text"]
        }
        Table::Milestone => {
            key("text", text("what happens"));
            key("topic", text("what it belongs to"));
            key("at", moment("when it is, or begins"));
            key("until", moment("when it ends, where it lasts"));
            &["id", "at", "text"]
        }
    };
    object(required, Json::Object(properties))
}
