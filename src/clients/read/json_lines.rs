//! JSON lines: one object a line.

use super::blocks::{Block, LONGEST};
use super::row::{BlockEnd, ListRow, RecordReader, Reject, Row, RowVisitor, Written};
use crate::clients::encoding::Encoding;
use crate::clients::error::ListError;
use crate::clients::value::{Value, push_json_text};
use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;
use std::io::{BufRead, BufReader, Read};

/// The keys of all objects, in the order in which they come first.
///
/// # Errors
/// If reading fails, or there is not one object.
pub(crate) fn keys(input: Box<dyn Read + Send>, encoding: Encoding) -> Result<Vec<String>, ListError> {
    let mut input = BufReader::with_capacity(1 << 16, input);
    let mut found = HashMap::new();
    let mut line = Vec::new();
    loop {
        line.clear();
        let bound = LONGEST as u64;
        if input.by_ref().take(bound).read_until(b'\n', &mut line).map_err(ListError::Read)? == 0 {
            break;
        }
        // What is no object is rejected when its row is read.
        if let Ok(Keys(keys)) = serde_json::from_slice(&encoding.utf8(&line)) {
            for key in keys {
                let next = found.len();
                found.entry(key).or_insert(next);
            }
        }
    }
    let mut keys: Vec<(String, usize)> = found.into_iter().collect();
    if keys.is_empty() {
        return Err(ListError::NoHeader("there is no JSON object with a key in it".into()));
    }
    keys.sort_by_key(|(_, at)| *at);
    Ok(keys.into_iter().map(|(key, _)| key).collect())
}

/// The keys of one object.
struct Keys(Vec<String>);

/// The entries of one object, values as written.
struct Entries<'l>(Vec<(Cow<'l, str>, &'l RawValue)>);

impl<'de> Deserialize<'de> for Keys {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct All;
        impl<'de> Visitor<'de> for All {
            type Value = Keys;
            fn expecting(&self, out: &mut fmt::Formatter) -> fmt::Result {
                out.write_str("an object")
            }
            fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Keys, M::Error> {
                let mut keys = Vec::new();
                while let Some((key, IgnoredAny)) = map.next_entry::<String, _>()? {
                    keys.push(key);
                }
                Ok(Keys(keys))
            }
        }
        deserializer.deserialize_map(All)
    }
}

impl<'de> Deserialize<'de> for Entries<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct All;
        impl<'de> Visitor<'de> for All {
            type Value = Entries<'de>;
            fn expecting(&self, out: &mut fmt::Formatter) -> fmt::Result {
                out.write_str("an object")
            }
            fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Entries<'de>, M::Error> {
                let mut entries = Vec::new();
                while let Some((key, value)) = map.next_entry::<Text<'de>, &'de RawValue>()? {
                    entries.push((key.0, value));
                }
                Ok(Entries(entries))
            }
        }
        deserializer.deserialize_map(All)
    }
}

/// A text that borrows where nothing in it is escaped.
#[derive(serde::Deserialize)]
struct Text<'l>(#[serde(borrow)] Cow<'l, str>);

/// Reads the rows of JSON lines.
#[derive(Clone, Copy, Debug)]
pub(crate) struct JsonLinesReader<'p> {
    /// The column of each key.
    pub(crate) columns: &'p HashMap<String, usize>,
    /// The key of each column.
    pub(crate) titles: &'p [String],
    pub(crate) encoding: Encoding,
}

/// An object as a row.
struct LineRow<'l> {
    /// The object without its last bracket, and that bracket with the line end.
    written: (&'l [u8], &'l [u8]),
    /// Values as written, by column.
    values: Vec<Option<&'l str>>,
    titles: &'l [String],
    is_empty: bool,
}

impl Row for LineRow<'_> {
    fn cell(&self, column: usize) -> Cow<'_, [u8]> {
        match self.value(column) {
            Value::Json(json) => match serde_json::from_str::<Vec<serde_json::Value>>(&json) {
                // Members, as a cell of text would list them.
                Ok(members) => {
                    let texts = members
                        .iter()
                        .map(|member| member.as_str().map_or(member.to_string(), str::to_owned));
                    Cow::Owned(texts.collect::<Vec<_>>().join(";").into_bytes())
                }
                Err(_) => Cow::Owned(json.into_owned().into_bytes()),
            },
            Value::Text(Cow::Borrowed(text)) | Value::Number(Cow::Borrowed(text)) => {
                Cow::Borrowed(text.as_bytes())
            }
            other => Cow::Owned(other.text().as_bytes().to_vec()),
        }
    }
}

impl ListRow for LineRow<'_> {
    fn written(&self, only: Option<usize>) -> Written<'_> {
        let (before, behind) = self.written;
        let Some(column) = only else {
            return Written { before: Cow::Borrowed(before), behind, is_empty: self.is_empty };
        };
        let mut out = vec![b'{'];
        push_json_text(&self.titles[column], &mut out);
        out.push(b':');
        self.value(column).push_json(&mut out);
        Written { before: Cow::Owned(out), behind, is_empty: false }
    }

    fn value(&self, column: usize) -> Value<'_> {
        let Some(json) = self.values[column] else { return Value::Empty };
        match json.as_bytes() {
            b"null" => Value::Empty,
            b"true" => Value::Flag(true),
            b"false" => Value::Flag(false),
            [b'"', ..] => match serde_json::from_str::<Text>(json) {
                Ok(Text(text)) => Value::Text(text),
                Err(_) => Value::Json(json.into()),
            },
            [b'[' | b'{', ..] => Value::Json(json.into()),
            _ => Value::Number(json.into()),
        }
    }
}

impl RecordReader for JsonLinesReader<'_> {
    type Block = Block;

    fn read(&mut self, block: &Block, visitor: &mut impl RowVisitor) -> BlockEnd {
        let text = block.text();
        for (at, line) in text.split_inclusive(|byte| *byte == b'\n').enumerate() {
            let record = line.trim_ascii();
            if record.is_empty() {
                continue;
            }
            if let Err(reason) = self.line(line, record, visitor) {
                visitor.reject(Reject { line: at as u64, reason, record: line.to_vec() });
            }
        }
        let lines = memchr::memchr_iter(b'\n', text).count() as u64;
        BlockEnd { lines, bytes: text.len() as u64, ..BlockEnd::default() }
    }
}

impl JsonLinesReader<'_> {
    /// Shows one line, or says why it cannot be read.
    fn line(&self, line: &[u8], record: &[u8], visitor: &mut impl RowVisitor) -> Result<(), String> {
        if !self.encoding.is_valid(record) {
            return Err(format!("bad encoding: not valid {}", self.encoding.name()));
        }
        let utf8 = self.encoding.utf8(record);
        let Entries(entries) = serde_json::from_slice(&utf8).map_err(|error| wrong(&error))?;
        let mut values = vec![None; self.titles.len()];
        for (key, value) in &entries {
            if let Some(column) = self.columns.get(key.as_ref()) {
                values[*column] = Some(value.get());
            }
        }
        // An object ends with its bracket; what stands before it is kept, and what stands behind it too.
        let bracket = line.iter().rposition(|byte| *byte == b'}').unwrap_or(0);
        let inner = line[..bracket].trim_ascii_end().len();
        let written = (&line[..inner], &line[bracket..]);
        visitor.row(&LineRow { written, values, titles: self.titles, is_empty: entries.is_empty() });
        Ok(())
    }
}

/// What is wrong with a line, without the place that the parser adds.
fn wrong(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let reason = text.split(" at line ").next().unwrap_or(&text);
    format!("not a JSON object: {}", reason.replace([',', ';', '\t', '"'], " "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_found_in_their_order() {
        let text = "{\"b\":1,\"a\":{\"x\":2}}\nnonsense\n\n{\"c\":null,\"a\":[]}\n";
        let keys = keys(Box::new(text.as_bytes()), Encoding::UTF_8).unwrap();
        assert_eq!(keys, ["b", "a", "c"]);
    }
}
