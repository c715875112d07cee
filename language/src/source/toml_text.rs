//! Values as TOML writes them, each on one line.

use serde_json::{Map, Value as Json};
use toml_writer::{ToTomlKey, ToTomlValue, TomlKeyBuilder, TomlStringBuilder};

/// A key, in quotes where it needs them.
pub fn toml_key(name: &str) -> String {
    TomlKeyBuilder::new(name).as_default().to_toml_key()
}

/// A text in quotes.
pub fn toml_text(text: &str) -> String {
    TomlStringBuilder::new(text).as_basic().to_toml_value()
}

/// A table in braces.
pub fn toml_table(entries: &Map<String, Json>) -> String {
    let inner: Vec<String> =
        entries.iter().map(|(name, value)| format!("{} = {}", toml_key(name), toml_value(value))).collect();
    format!("{{ {} }}", inner.join(", "))
}

/// A value; what TOML has no word for becomes an empty text.
pub fn toml_value(value: &Json) -> String {
    match value {
        Json::Null => "\"\"".to_owned(),
        Json::Bool(flag) => flag.to_string(),
        Json::Number(number) => number.to_string(),
        Json::String(text) => toml_text(text),
        Json::Array(items) => format!("[{}]", items.iter().map(toml_value).collect::<Vec<_>>().join(", ")),
        Json::Object(entries) => toml_table(entries),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn whatever_is_written_is_read_back() {
        for text in [
            "",
            "plain",
            "a \"b\" \\ c",
            "two\nlines\r\n\ttab",
            "\u{0}\u{1f}\u{7f}\u{85}",
            "'single'",
            "größe 人",
        ] {
            let written = toml_table(&Map::from_iter([(text.to_owned(), json!([text, true, 7]))]));
            assert!(!written.contains('\n'), "{written}");
            let read: toml::Table = format!("t = {written}").parse().unwrap();
            let values = read["t"].as_table().unwrap()[text].as_array().unwrap();
            assert_eq!(values[0].as_str(), Some(text));
        }
    }
}
