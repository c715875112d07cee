//! JSON lines: one object a line.

use super::answering::Answering;
use super::blocks::Block;
use super::error::ListError;
use super::facts::Row;
use super::order::Hand;
use super::rows::{Done, ListRow, Reject, RowWriter};
use super::text::Encoding;
use super::value::Value;
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
pub(super) fn keys(input: Box<dyn Read + Send>, encoding: Encoding) -> Result<Vec<String>, ListError> {
    let mut input = BufReader::with_capacity(1 << 16, input);
    let mut found = HashMap::new();
    let mut line = Vec::new();
    loop {
        line.clear();
        let bound = super::blocks::LONGEST as u64;
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

/// Answers the rows of JSON lines.
pub(super) struct LineHand<'p> {
    pub(super) columns: &'p HashMap<String, usize>,
    pub(super) encoding: Encoding,
    pub(super) answering: Answering<'p>,
    pub(super) writer: RowWriter<'p>,
}

/// An object as a row.
struct LineRow<'l> {
    /// The object without its last bracket, and that bracket with the line end.
    written: (&'l [u8], &'l [u8]),
    /// Values as written, by column.
    values: Vec<Option<&'l str>>,
    titles: &'l [String],
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
    fn written(&self, only: Option<usize>) -> (Cow<'_, [u8]>, &[u8]) {
        let Some(column) = only else { return (Cow::Borrowed(self.written.0), self.written.1) };
        let mut out = vec![b'{'];
        super::value::push_json_text(&self.titles[column], &mut out);
        out.push(b':');
        self.value(column).push_json(&mut out);
        (Cow::Owned(out), self.written.1)
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

impl Hand for LineHand<'_> {
    type Work = Block;
    type Done = Done;

    fn work(&mut self, block: &Block, done: &mut Done) -> Result<(), ListError> {
        let text = block.text();
        for (at, line) in text.split_inclusive(|byte| *byte == b'\n').enumerate() {
            let record = line.trim_ascii();
            if record.is_empty() {
                continue;
            }
            if let Err(reason) = self.line(line, record, done) {
                done.records += 1;
                done.rejects.push(Reject { line: at as u64, reason, record: line.to_vec() });
            }
        }
        done.lines = memchr::memchr_iter(b'\n', text).count() as u64;
        done.bytes = text.len() as u64;
        Ok(())
    }
}

impl LineHand<'_> {
    /// Answers one line, or says why it cannot be read.
    fn line(&mut self, line: &[u8], record: &[u8], done: &mut Done) -> Result<(), String> {
        if !self.encoding.is_valid(record) {
            return Err(format!("bad encoding: not valid {}", self.encoding.name()));
        }
        let utf8 = self.encoding.utf8(record);
        let Entries(entries) = serde_json::from_slice(&utf8).map_err(|error| wrong(&error))?;
        let mut values = vec![None; self.writer.titles.len()];
        for (key, value) in &entries {
            if let Some(column) = self.columns.get(key.as_ref()) {
                values[*column] = Some(value.get());
            }
        }
        // An object ends with its bracket; what stands before it is kept, and what stands behind it too.
        let bracket = line.iter().rposition(|byte| *byte == b'}').unwrap_or(0);
        let inner = line[..bracket].trim_ascii_end().len();
        let written = (&line[..inner], &line[bracket..]);
        let row = LineRow { written, values, titles: self.writer.titles };
        let answers = self.answering.answer(&row);
        let before = done.text.len();
        self.writer.put(&row, answers, done);
        if entries.is_empty() && done.text[before..].starts_with(b"{,") {
            done.text.remove(before + 1);
        }
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
