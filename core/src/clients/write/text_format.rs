//! How rows and their answers are written as text.

use crate::clients::encoding::Encoding;
use crate::clients::read::delimited::{is_formula, push_cell};
use crate::clients::value::{Value, push_json_text};

/// A kind of text, and what it takes to write it.
#[derive(Clone, Debug)]
pub(crate) enum TextFormat {
    /// Cells with a separator between them.
    Delimited {
        /// Between two cells.
        separator: u8,
        /// Whether text that a spreadsheet would run is kept from it.
        guarded: bool,
        /// Ends a record that does not bring its own line end.
        line_end: &'static [u8],
        /// What the text is in, where it is not UTF-8 on its way.
        encoding: Encoding,
    },
    /// One JSON object a line, in an encoding.
    JsonLines(Encoding),
    /// JSON objects in an array, each behind a comma; the first one's is left out where the array is put together.
    JsonArray(Encoding),
}

impl TextFormat {
    /// Appends a header.
    pub(crate) fn push_titles<'t>(&self, titles: impl IntoIterator<Item = &'t String>, out: &mut Vec<u8>) {
        let TextFormat::Delimited { line_end, .. } = self else { return };
        self.push_record(titles, out);
        out.extend_from_slice(line_end);
    }

    /// Appends cells of delimited text, without a line end.
    pub(crate) fn push_record<'t>(&self, texts: impl IntoIterator<Item = &'t String>, out: &mut Vec<u8>) {
        for (at, text) in texts.into_iter().enumerate() {
            self.push_text(text, at == 0, out);
        }
    }

    /// Appends a row whose cells come from another kind of file.
    pub(crate) fn push_row<'v>(
        &self,
        cells: impl Iterator<Item = (&'v String, Value<'v>)>,
        answers: impl Iterator<Item = (&'v String, Value<'v>)>,
        out: &mut Vec<u8>,
    ) {
        match self {
            TextFormat::Delimited { line_end, .. } => {
                cells.enumerate().for_each(|(at, (_, value))| self.push_text(&value.text(), at == 0, out));
                answers.for_each(|(_, answer)| self.push_text(&answer.text(), false, out));
                out.extend_from_slice(line_end);
            }
            TextFormat::JsonLines(encoding) | TextFormat::JsonArray(encoding) => {
                let array = matches!(self, TextFormat::JsonArray(_));
                out.extend_from_slice(if array { b",\n{" } else { b"{" });
                cells.for_each(|(title, value)| push_entry(title, &value, *encoding, out));
                answers.for_each(|(title, answer)| push_entry(title, &answer, *encoding, out));
                if out.last() == Some(&b',') {
                    out.pop();
                }
                out.extend_from_slice(if array { b"}" } else { b"}\n" });
            }
        }
    }

    /// Appends answers to a record that is kept as it is: what stands behind its last cell or value.
    pub(crate) fn push_answers<'t>(
        &self,
        answers: impl Iterator<Item = (&'t String, Value<'t>)>,
        out: &mut Vec<u8>,
    ) {
        match self {
            TextFormat::Delimited { .. } => {
                answers.for_each(|(_, answer)| self.push_text(&answer.text(), false, out));
            }
            TextFormat::JsonLines(encoding) | TextFormat::JsonArray(encoding) => {
                for (title, answer) in answers {
                    out.push(b',');
                    push_entry(title, &answer, *encoding, out);
                    out.pop();
                }
            }
        }
    }

    /// Appends a cell of delimited text, behind a separator unless it is the first.
    fn push_text(&self, text: &str, is_first: bool, out: &mut Vec<u8>) {
        let TextFormat::Delimited { separator, guarded, encoding, .. } = self else { return };
        if !is_first {
            out.push(*separator);
        }
        let cell = encoding.inward(text);
        if *guarded && is_formula(&cell) {
            push_cell(out, &[b"'", &*cell].concat(), *separator);
        } else {
            push_cell(out, &cell, *separator);
        }
    }
}

/// Appends an entry of an object. Where the text around it is not UTF-8, letters beyond ASCII are written as JSON writes
/// them in any encoding.
fn push_entry(title: &str, value: &Value, encoding: Encoding, out: &mut Vec<u8>) {
    let start = out.len();
    push_json_text(title, out);
    out.push(b':');
    value.push_json(out);
    out.push(b',');
    if encoding.is_worked_on_as_utf8() || out[start..].is_ascii() {
        return;
    }
    let entry = out.split_off(start);
    for letter in String::from_utf8_lossy(&entry).chars() {
        match letter {
            '\0'..='\u{7f}' => out.push(letter as u8),
            _ => {
                for unit in letter.encode_utf16(&mut [0; 2]) {
                    out.extend_from_slice(format!("\\u{unit:04x}").as_bytes());
                }
            }
        }
    }
}
