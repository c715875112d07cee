//! How rows and their answers are written as text.

use super::delimited::{is_formula, push_cell};
use super::text::Encoding;
use super::value::{Value, push_json_text};

/// A kind of text, and what it takes to write it.
#[derive(Clone, Debug)]
pub(super) enum Form {
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
    /// One JSON object a line.
    JsonLines,
}

impl Form {
    /// Appends a header.
    pub(super) fn push_titles<'t>(&self, titles: impl IntoIterator<Item = &'t String>, out: &mut Vec<u8>) {
        let Form::Delimited { line_end, .. } = self else { return };
        self.push_record(titles, out);
        out.extend_from_slice(line_end);
    }

    /// Appends cells of delimited text, without a line end.
    pub(super) fn push_record<'t>(&self, texts: impl IntoIterator<Item = &'t String>, out: &mut Vec<u8>) {
        let from = out.len();
        for text in texts {
            self.push_text(text, from, out);
        }
    }

    /// Appends a row whose cells come from another kind of file.
    pub(super) fn push_row<'v>(
        &self,
        cells: impl Iterator<Item = (&'v String, Value<'v>)>,
        answers: impl Iterator<Item = (&'v String, &'v String)>,
        out: &mut Vec<u8>,
    ) {
        let from = out.len();
        match self {
            Form::Delimited { line_end, .. } => {
                cells.for_each(|(_, value)| self.push_text(value.text(), from, out));
                answers.for_each(|(_, text)| self.push_text(text, from, out));
                out.extend_from_slice(line_end);
            }
            Form::JsonLines => {
                out.push(b'{');
                cells.for_each(|(title, value)| push_entry(title, &value, out));
                answers.for_each(|(title, text)| push_entry(title, &answer_value(text), out));
                if out.last() == Some(&b',') {
                    out.pop();
                }
                out.extend_from_slice(b"}\n");
            }
        }
    }

    /// Appends answers to a record that is kept as it is: what stands behind its last cell or value.
    pub(super) fn push_answers<'t>(
        &self,
        answers: impl Iterator<Item = (&'t String, &'t String)>,
        out: &mut Vec<u8>,
    ) {
        match self {
            Form::Delimited { .. } => answers.for_each(|(_, text)| self.push_text(text, usize::MAX, out)),
            Form::JsonLines => {
                for (title, text) in answers {
                    out.push(b',');
                    push_entry(title, &answer_value(text), out);
                    out.pop();
                }
            }
        }
    }

    /// Appends a cell of delimited text, and before it a separator unless the record begins with it.
    fn push_text(&self, text: &str, record: usize, out: &mut Vec<u8>) {
        let Form::Delimited { separator, guarded, encoding, .. } = self else { return };
        if out.len() != record {
            out.push(*separator);
        }
        let start = out.len();
        if *guarded && is_formula(text.as_bytes()) {
            push_cell(out, format!("'{text}").as_bytes(), *separator);
        } else {
            push_cell(out, &encoding.inward(text), *separator);
        }
        // An empty first cell would leave no trace, and a record of one empty cell would be a blank line.
        if out.len() == start && start == record {
            out.extend_from_slice(b"\"\"");
        }
    }
}

fn push_entry(title: &str, value: &Value, out: &mut Vec<u8>) {
    push_json_text(title, out);
    out.push(b':');
    value.push_json(out);
    out.push(b',');
}

fn answer_value(text: &str) -> Value<'_> {
    if text.is_empty() { Value::Empty } else { Value::Text(text.into()) }
}
