//! JSON objects, one a line or in an array. What is nested in them is found by its path: `firmographics.employees`.

use super::blocks::{Block, Blocks, Records};
use super::json_array::{self, Element};
use super::row::{BlockEnd, ListRow, RecordReader, Reject, Row, RowVisitor, Supply, Written};
use crate::clients::encoding::Encoding;
use crate::clients::error::ListError;
use crate::clients::value::{Value, push_json_text};
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;
use std::io::{BufReader, Read};

/// Objects nested deeper than this are taken as they are written.
const DEEPEST: usize = 8;

/// How objects stand in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum JsonShape {
    /// One a line.
    Lines,
    /// In an array.
    Array,
}

impl JsonShape {
    /// The blocks of a text of this shape.
    ///
    /// # Errors
    /// If reading fails, or an array does not begin.
    pub(crate) fn blocks(self, text: Box<dyn Read + Send>, encoding: Encoding) -> Result<Blocks, ListError> {
        if self == JsonShape::Lines {
            return Ok(Blocks::new(text, Records::Lines));
        }
        let mut text = BufReader::with_capacity(1 << 16, text);
        let mut letter = [b' '];
        while letter[0].is_ascii_whitespace() {
            if text.read(&mut letter).map_err(ListError::Read)? == 0 {
                break;
            }
        }
        if letter[0] != b'[' {
            return Err(ListError::NoHeader(
                "it is no JSON array, which begins with `[`; for one object a line say `--input-format jsonl`".into(),
            ));
        }
        Ok(Blocks::new(Box::new(text), Records::Elements(encoding.letters())))
    }

    /// The records of a block, as far as each can be told from the others.
    fn records(self, text: &[u8], encoding: Encoding) -> Vec<Element<'_>> {
        if self == JsonShape::Array {
            return json_array::elements(text, encoding.letters());
        }
        let mut at = 0;
        let lines = text.split_inclusive(|byte| *byte == b'\n').map(|text| {
            at += text.len();
            Element { at: at - text.len(), text, fault: None }
        });
        lines.filter(|line| !line.text.trim_ascii().is_empty()).collect()
    }
}

/// The paths of all that stands in the objects, in the order in which they come first.
///
/// # Errors
/// If reading fails, or there is not one object.
pub(crate) fn keys(
    mut blocks: Blocks,
    shape: JsonShape,
    encoding: Encoding,
) -> Result<Vec<String>, ListError> {
    let mut found: HashMap<String, usize> = HashMap::new();
    let mut block = Block::default();
    while blocks.next(&mut block)?.is_some() {
        let records = shape.records(block.text(), encoding);
        if shape == JsonShape::Lines && found.is_empty() && goes_over_lines(&records) {
            return Err(ListError::NoHeader(OVER_LINES.into()));
        }
        for record in records {
            // What is no object is rejected when its row is read.
            let utf8 = encoding.utf8(record.text);
            let Ok(Entries(entries)) = serde_json::from_slice(&utf8) else { continue };
            each_leaf(&entries, &mut |path, _| {
                if !found.contains_key(path) {
                    found.insert(path.to_owned(), found.len());
                }
            });
        }
    }
    let mut keys: Vec<(String, usize)> = found.into_iter().collect();
    if keys.is_empty() {
        return Err(ListError::NoHeader(match shape {
            JsonShape::Array => "there is no JSON object with a key in the array".into(),
            JsonShape::Lines => OVER_LINES.into(),
        }));
    }
    keys.sort_by_key(|(_, at)| *at);
    Ok(keys.into_iter().map(|(key, _)| key).collect())
}

/// That lines are no objects, and what a list is.
const OVER_LINES: &str = "no line of it is a JSON object with a key; a list is an array of objects, or one object a line, as `jq -c` writes them";

/// Whether the first object goes on in the next line, as people read it.
fn goes_over_lines(records: &[Element]) -> bool {
    let [first, second, ..] = records else { return false };
    let is_cut = serde_json::from_slice::<serde_json::Value>(first.text).is_err_and(|error| error.is_eof());
    is_cut && !second.text.trim_ascii_start().starts_with(b"{")
}

/// The entries of one object, values as written.
struct Entries<'l>(Vec<(Cow<'l, str>, &'l RawValue)>);

/// Goes through what stands in an object: the path and the text of each value that is no object itself.
fn each_leaf<'l>(entries: &[(Cow<'l, str>, &'l RawValue)], each: &mut impl FnMut(&str, &'l str)) {
    for (key, value) in entries {
        leaves(key, value.get(), 1, each);
    }
}

fn leaves<'l>(path: &str, value: &'l str, depth: usize, each: &mut impl FnMut(&str, &'l str)) {
    if depth < DEEPEST
        && value.starts_with('{')
        && let Ok(Entries(entries)) = serde_json::from_str::<Entries>(value)
        && !entries.is_empty()
    {
        for (key, value) in entries {
            leaves(&format!("{path}.{key}"), value.get(), depth + 1, each);
        }
        return;
    }
    each(path, value);
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

/// Reads objects as rows.
#[derive(Clone, Copy, Debug)]
pub(crate) struct JsonReader<'p> {
    pub(crate) shape: JsonShape,
    /// The column of each path.
    pub(crate) columns: &'p HashMap<String, usize>,
    /// The path of each column.
    pub(crate) titles: &'p [String],
    pub(crate) encoding: Encoding,
}

/// An object as a row.
struct ObjectRow<'l> {
    /// The object without its last bracket, and that bracket with what stands around it.
    written: (&'l [u8], &'l [u8]),
    /// Values as written, by column.
    values: Vec<Option<&'l str>>,
    titles: &'l [String],
    is_empty: bool,
}

impl Row for ObjectRow<'_> {
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
            Value::Text(Cow::Borrowed(text)) => Cow::Borrowed(text.as_bytes()),
            Value::Number(Cow::Borrowed(text)) => match Value::read_number(text) {
                Cow::Borrowed(text) => Cow::Borrowed(text.as_bytes()),
                Cow::Owned(text) => Cow::Owned(text.into_bytes()),
            },
            other => Cow::Owned(other.text().into_owned().into_bytes()),
        }
    }
}

impl ListRow for ObjectRow<'_> {
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

impl RecordReader for JsonReader<'_> {
    type Block = Block;

    fn read(&mut self, block: &Block, visitor: &mut impl RowVisitor) -> BlockEnd {
        let text = block.text();
        let breaks = |text: &[u8]| memchr::memchr_iter(b'\n', text).count() as u64;
        let (mut lines, mut at) = (0, 0);
        for record in self.shape.records(text, self.encoding) {
            lines += breaks(&text[at..record.at]);
            at = record.at;
            let failed = match record.fault {
                Some(fault) => Err(fault.to_owned()),
                None => self.object(record.text, visitor),
            };
            if let Err(reason) = failed {
                let before = record.text.len() - record.text.trim_ascii_start().len();
                let line = lines + breaks(&record.text[..before]);
                visitor.reject(Reject { line, reason, record: one_line(record.text, self.shape) });
            }
        }
        BlockEnd { lines: lines + breaks(&text[at..]), bytes: text.len() as u64, ..BlockEnd::default() }
    }
}

/// A record as it stands among rejects, of which each is a line.
fn one_line(record: &[u8], shape: JsonShape) -> Vec<u8> {
    match shape {
        JsonShape::Lines => record.to_vec(),
        JsonShape::Array => record
            .trim_ascii()
            .iter()
            .map(|byte| if matches!(byte, b'\n' | b'\r') { b' ' } else { *byte })
            .collect(),
    }
}

impl JsonReader<'_> {
    /// Shows one object, or says why it cannot be read.
    fn object(&self, text: &[u8], visitor: &mut impl RowVisitor) -> Result<(), String> {
        if !self.encoding.is_valid(text) {
            return Err(format!("bad encoding: not valid {}", self.encoding.name()));
        }
        let utf8 = self.encoding.utf8(text.trim_ascii());
        let Entries(entries) = serde_json::from_slice(&utf8).map_err(|error| wrong(&error))?;
        let mut values = vec![None; self.titles.len()];
        each_leaf(&entries, &mut |path, value| {
            if let Some(column) = self.columns.get(path) {
                values[*column] = Some(value);
            }
        });
        // An object ends with its bracket; what stands before it is kept, and what stands behind it too.
        let bracket = text.iter().rposition(|byte| *byte == b'}').unwrap_or(0);
        let inner = text[..bracket].trim_ascii_end().len();
        // What separates the elements of an array is written by whoever puts them together.
        let text = if self.shape == JsonShape::Array { text.trim_ascii_end() } else { text };
        let written = (&text[..inner], &text[inner..]);
        visitor.row(&ObjectRow { written, values, titles: self.titles, is_empty: entries.is_empty() });
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

    fn found(text: &'static str, shape: JsonShape) -> Vec<String> {
        keys(shape.blocks(Box::new(text.as_bytes()), Encoding::UTF_8).unwrap(), shape, Encoding::UTF_8)
            .unwrap()
    }

    #[test]
    fn keys_are_found_in_their_order_and_by_their_paths() {
        let text = "{\"b\":1,\"a\":{\"x\":2,\"y\":{\"z\":[{\"w\":1}]}}}\nnonsense\n\n{\"c\":null,\"a\":[],\"d\":{}}\n";
        assert_eq!(found(text, JsonShape::Lines), ["b", "a.x", "a.y.z", "c", "a", "d"]);
        assert_eq!(found("\n [{\"b\":1}, 3, {\"a\":\n2}]", JsonShape::Array), ["b", "a"]);
    }

    #[test]
    fn what_is_nested_too_deep_is_taken_as_it_is() {
        let deep = "{\"a\":".repeat(10_000) + "1" + &"}".repeat(10_000);
        let keys = keys(
            JsonShape::Lines
                .blocks(Box::new(std::io::Cursor::new(deep.into_bytes())), Encoding::UTF_8)
                .unwrap(),
            JsonShape::Lines,
            Encoding::UTF_8,
        );
        assert_eq!(keys.unwrap(), [["a"; DEEPEST].join(".")]);
    }

    #[test]
    fn what_is_no_array_is_said() {
        assert!(JsonShape::Array.blocks(Box::new(&b"  {}"[..]), Encoding::UTF_8).is_err());
        assert!(JsonShape::Array.blocks(Box::new(&b""[..]), Encoding::UTF_8).is_err());
    }
}
