//! JSON into a [`Node`] tree.

use jsonc_parser::ast::{ObjectPropName, Value};
use jsonc_parser::common::{Range, Ranged};
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};

use super::{Content, Entry, Node, SourceId, Span, SyntaxError};

/// The JSON of RFC 8259, without the parser's extensions.
const STRICT: ParseOptions = ParseOptions {
    allow_comments: false,
    allow_loose_object_property_names: false,
    allow_trailing_commas: false,
    allow_missing_commas: false,
    allow_single_quoted_strings: false,
    allow_hexadecimal_numbers: false,
    allow_unary_plus_numbers: false,
    allow_bare_decimal_point_numbers: false,
    allow_non_finite_numbers: false,
    allow_extended_string_escapes: false,
};

/// Reads a JSON text; `null` where it is empty.
///
/// # Errors
/// The syntax error that stopped the parser.
pub fn read_json(source: SourceId, text: &str) -> Result<Node, Vec<SyntaxError>> {
    // A mark in front is no JSON; blanks in its place keep the offsets.
    let unmarked = text.strip_prefix('\u{feff}').map(|rest| format!("   {rest}"));
    let parsed = parse_to_ast(unmarked.as_deref().unwrap_or(text), &CollectOptions::default(), &STRICT)
        .map_err(|error| {
            let range = error.range();
            vec![SyntaxError::new(error.kind().to_string(), source, range.start..range.end)]
        })?;
    let Some(value) = parsed.value else {
        return Ok(Node { span: Span::new(source, 0..text.len()), content: Content::Null });
    };
    Ok(node(source, &value))
}

/// A whole number as JSON writes it; as a text where it is so large that no program would read it back exactly.
pub fn json_number(number: i128) -> serde_json::Value {
    match (u64::try_from(number), i64::try_from(number)) {
        (Ok(number), _) => number.into(),
        (_, Ok(number)) => number.into(),
        _ => number.to_string().into(),
    }
}

fn node(source: SourceId, value: &Value<'_>) -> Node {
    let content = match value {
        Value::NullKeyword(_) => Content::Null,
        Value::BooleanLit(flag) => Content::Boolean(flag.value),
        Value::NumberLit(number) => self::number(number.value),
        Value::StringLit(text) => Content::String(text.value.to_string()),
        Value::Array(array) => Content::Array(array.elements.iter().map(|item| node(source, item)).collect()),
        Value::Object(object) => Content::Table(
            object
                .properties
                .iter()
                .map(|property| {
                    let name: Range = match &property.name {
                        ObjectPropName::String(text) => text.range,
                        ObjectPropName::Word(word) => word.range,
                    };
                    Entry {
                        key: property.name.as_str().to_owned(),
                        key_span: span(source, name),
                        value: node(source, &property.value),
                    }
                })
                .collect(),
        ),
    };
    Node { span: span(source, value.range()), content }
}

fn number(text: &str) -> Content {
    match text.parse::<i128>() {
        Ok(number) => Content::Integer(number),
        Err(_) => Content::Float(text.parse().unwrap_or(f64::NAN)),
    }
}

fn span(source: SourceId, range: Range) -> Span {
    Span::new(source, range.start..range.end)
}

#[cfg(test)]
mod tests {
    use super::super::{Source, Sources};
    use super::*;

    fn read(text: &str) -> Result<Node, Vec<SyntaxError>> {
        let mut sources = Sources::new();
        read_json(sources.add(Source::new("t", text)), text)
    }

    #[test]
    fn only_plain_json_is_taken() {
        assert!(read(r#"{"a": [1, 2.5, null, true, "x"]}"#).is_ok());
        for text in ["{a: 1}", "{'a': 1}", "[1,]", "// x\n{}", "0x10", "+1", "NaN", "{\"a\" 1}"] {
            assert!(read(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_key_that_stands_twice_is_found_however_deep() {
        let repeated = |text: &str| {
            let node = read(text).unwrap();
            node.repeated().iter().map(|entry| entry.key_span.start).collect::<Vec<_>>()
        };
        assert!(repeated(r#"{"a": {"b": 1}, "c": [{"b": 1}, {"b": 2}]}"#).is_empty());
        assert_eq!(repeated(r#"{"a": 1, "a": 1}"#), [9]);
        assert_eq!(repeated(r#"{"a": [{"b": 1, "b": 2}], "a": {"c": 1, "c": 1}}"#), [16, 26, 40]);
    }

    #[test]
    fn deep_nesting_is_refused_not_overflowed() {
        assert!(read(&format!("{}{}", "[".repeat(100_000), "]".repeat(100_000))).is_err());
    }
}
