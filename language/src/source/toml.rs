//! TOML into a [`Node`] tree, every syntax error at once.

use serde_spanned::Spanned;
use toml::de::{DeInteger, DeTable, DeValue};

use super::{Content, Entry, Node, SourceId, Span, SyntaxError};

/// Reads a TOML text.
///
/// # Errors
/// Every syntax error of the text.
pub fn read_toml(source: SourceId, text: &str) -> Result<Node, Vec<SyntaxError>> {
    // Windows editors put a mark in front; the offsets must still be those of the text as it is.
    let mark = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let (table, errors) = DeTable::parse_recoverable(&text[mark..]);
    if errors.is_empty() {
        let reader = Reader { source, mark };
        return Ok(Node { span: reader.span(&table), content: reader.table(table.get_ref()) });
    }
    Err(errors
        .iter()
        .map(|error| {
            let range = error.span().unwrap_or(0..0);
            SyntaxError::new(error.message(), source, range.start + mark..range.end + mark)
        })
        .collect())
}

struct Reader {
    source: SourceId,
    mark: usize,
}

impl Reader {
    fn span<T>(&self, spanned: &Spanned<T>) -> Span {
        let range = spanned.span();
        Span::new(self.source, range.start + self.mark..range.end + self.mark)
    }

    fn table(&self, table: &DeTable<'_>) -> Content {
        let mut entries: Vec<Entry> = table
            .iter()
            .map(|(key, value)| Entry {
                key: key.get_ref().to_string(),
                key_span: self.span(key),
                value: self.value(value),
            })
            .collect();
        // The parser sorts by name; the order written is the order that counts.
        entries.sort_by_key(|entry| entry.key_span.start);
        Content::Table(entries)
    }

    fn value(&self, value: &Spanned<DeValue<'_>>) -> Node {
        let content = match value.get_ref() {
            DeValue::String(text) => Content::String(text.to_string()),
            DeValue::Integer(number) => integer(number),
            DeValue::Float(number) => Content::Float(number.as_str().parse().unwrap_or(f64::NAN)),
            DeValue::Boolean(flag) => Content::Boolean(*flag),
            DeValue::Datetime(_) => Content::Date,
            DeValue::Array(items) => Content::Array(items.iter().map(|item| self.value(item)).collect()),
            DeValue::Table(table) => self.table(table),
        };
        Node { span: self.span(value), content }
    }
}

fn integer(number: &DeInteger<'_>) -> Content {
    match i128::from_str_radix(number.as_str(), number.radix()) {
        Ok(number) => Content::Integer(number),
        Err(_) => Content::Float(number.as_str().parse().unwrap_or(f64::INFINITY)),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Source, Sources};
    use super::*;

    #[test]
    fn keys_keep_their_order_and_their_place() {
        let text = "\u{feff}zebra = 1\napple = \"x\"\n";
        let mut sources = Sources::new();
        let id = sources.add(Source::new("t", text));
        let node = read_toml(id, text).unwrap();
        let keys: Vec<_> = node.entries().unwrap().iter().map(|entry| entry.key.as_str()).collect();
        assert_eq!(keys, ["zebra", "apple"]);
        assert_eq!(sources.snippet(node.get("apple").unwrap().span), "\"x\"");
    }

    #[test]
    fn every_syntax_error_is_reported() {
        let text = "a = \nb = 1\nc = [1,\n";
        let mut sources = Sources::new();
        let id = sources.add(Source::new("t", text));
        assert!(read_toml(id, text).unwrap_err().len() >= 2);
    }

    #[test]
    fn deep_nesting_is_refused_not_overflowed() {
        let text = format!("a = {}{}", "[".repeat(1_000), "]".repeat(1_000));
        let mut sources = Sources::new();
        let id = sources.add(Source::new("t", text.clone()));
        assert!(read_toml(id, &text).is_err());
    }
}
