//! A cell on its way from one kind of file to another.

use super::moment::Moment;
use std::borrow::Cow;

/// What a cell holds.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Value<'v> {
    /// Nothing.
    Empty,
    /// A text.
    Text(Cow<'v, str>),
    /// A cell of delimited text, which does not say whether it is a number.
    Untyped(Cow<'v, str>),
    /// A number, as it is written.
    Number(Cow<'v, str>),
    /// Yes or no.
    Flag(bool),
    /// A date or a time.
    Date(Moment),
    /// What stands where a formula has failed, such as `#REF!`.
    Error(Cow<'v, str>),
    /// A list or an object, as JSON.
    Json(Cow<'v, str>),
}

impl<'v> Value<'v> {
    /// The value as text, as a cell of delimited text holds it.
    pub(crate) fn text(&self) -> Cow<'_, str> {
        match self {
            Value::Empty => "".into(),
            Value::Text(text)
            | Value::Untyped(text)
            | Value::Number(text)
            | Value::Json(text)
            | Value::Error(text) => Cow::Borrowed(text),
            Value::Flag(true) => "true".into(),
            Value::Flag(false) => "false".into(),
            Value::Date(moment) => moment.to_string().into(),
        }
    }

    /// The value as the text of a cell that is read. A point in a typed number stands before decimals, so that three of
    /// them, which might be thousands in a text, become four.
    pub(crate) fn read_text(&self) -> Cow<'_, str> {
        match self {
            Value::Number(text) => Value::read_number(text),
            other => other.text(),
        }
    }

    /// The same of a typed number.
    pub(crate) fn read_number(text: &str) -> Cow<'_, str> {
        let decimals = text.split_once('.').map_or("", |(_, decimals)| decimals);
        let digits = decimals.bytes().take_while(u8::is_ascii_digit).count();
        if digits != 3 {
            return Cow::Borrowed(text);
        }
        let end = text.len() - decimals.len() + digits;
        Cow::Owned(format!("{}0{}", &text[..end], &text[end..]))
    }

    /// Appends the value as JSON.
    pub(crate) fn push_json(&self, out: &mut Vec<u8>) {
        match self {
            Value::Empty => out.extend_from_slice(b"null"),
            Value::Number(text) | Value::Json(text) => out.extend_from_slice(text.as_bytes()),
            Value::Flag(flag) => out.extend_from_slice(if *flag { b"true" } else { b"false" }),
            Value::Text(text) | Value::Untyped(text) | Value::Error(text) => push_json_text(text, out),
            Value::Date(moment) => push_json_text(&moment.to_string(), out),
        }
    }

    /// The value with its own copy of what it borrows.
    pub(crate) fn owned(self) -> Value<'static> {
        let own = |text: Cow<'v, str>| Cow::Owned(text.into_owned());
        match self {
            Value::Empty => Value::Empty,
            Value::Text(text) => Value::Text(own(text)),
            Value::Untyped(text) => Value::Untyped(own(text)),
            Value::Error(text) => Value::Error(own(text)),
            Value::Number(text) => Value::Number(own(text)),
            Value::Flag(flag) => Value::Flag(flag),
            Value::Date(moment) => Value::Date(moment),
            Value::Json(text) => Value::Json(own(text)),
        }
    }
}

/// Appends a text as JSON writes it.
pub(crate) fn push_json_text(text: &str, out: &mut Vec<u8>) {
    out.push(b'"');
    let mut plain = 0;
    for (at, byte) in text.bytes().enumerate() {
        let escape: Option<&[u8]> = match byte {
            b'"' => Some(b"\\\""),
            b'\\' => Some(b"\\\\"),
            b'\n' => Some(b"\\n"),
            b'\r' => Some(b"\\r"),
            b'\t' => Some(b"\\t"),
            0..0x20 => None,
            _ => continue,
        };
        out.extend_from_slice(&text.as_bytes()[plain..at]);
        match escape {
            Some(escape) => out.extend_from_slice(escape),
            None => out.extend_from_slice(format!("\\u{byte:04x}").as_bytes()),
        }
        plain = at + 1;
    }
    out.extend_from_slice(&text.as_bytes()[plain..]);
    out.push(b'"');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_typed_number_has_no_thousands() {
        for (number, text) in
            [("1.234", "1.2340"), ("-1.234e5", "-1.2340e5"), ("1.23", "1.23"), ("1234", "1234")]
        {
            assert_eq!(Value::Number(number.into()).read_text(), text);
        }
        assert_eq!(Value::Text("1.234".into()).read_text(), "1.234");
    }

    #[test]
    fn json_text_is_json() {
        for text in ["", "a\"b\\c", "line\nbreak\r\t", "\0\u{1f}", "caf\u{e9} \u{1f600}"] {
            let mut out = Vec::new();
            push_json_text(text, &mut out);
            assert_eq!(serde_json::from_slice::<String>(&out).unwrap(), text);
        }
    }
}
