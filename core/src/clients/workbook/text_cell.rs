//! Cells that hold a text or a number, and nothing that a spreadsheet would run.

use super::place::Place;
use crate::clients::value::Value;
use std::fmt::Write as _;

/// Characters that a cell holds, as spreadsheets count them.
const LONGEST: usize = 32_767;

/// Appends a cell; `prefix` stands before the names of the sheet's elements, `style` is a number of a style.
pub(super) fn push(out: &mut String, prefix: &str, place: Place, style: Option<&str>, value: &Value) {
    let _ = write!(out, "<{prefix}c r=\"{place}\"");
    if let Some(style) = style {
        let _ = write!(out, " s=\"{style}\"");
    }
    if let Value::Number(number) = value {
        let _ = write!(out, "><{prefix}v>{number}</{prefix}v></{prefix}c>");
        return;
    }
    let text = value.text();
    if text.is_empty() {
        out.push_str("/>");
        return;
    }
    let space = if text.starts_with(char::is_whitespace)
        || text.ends_with(char::is_whitespace)
        || text.contains('\n')
    {
        " xml:space=\"preserve\""
    } else {
        ""
    };
    let _ = write!(out, " t=\"inlineStr\"><{prefix}is><{prefix}t{space}>");
    push_text(out, &shortened(&text));
    let _ = write!(out, "</{prefix}t></{prefix}is></{prefix}c>");
}

/// As much of a text as a cell holds.
fn shortened(text: &str) -> std::borrow::Cow<'_, str> {
    let mut units = 0;
    let end = text.char_indices().find(|(_, letter)| {
        units += letter.len_utf16();
        units > LONGEST
    });
    if end.is_none() {
        return text.into();
    }
    let mut units = 1;
    let kept: String = text
        .chars()
        .take_while(|letter| {
            units += letter.len_utf16();
            units <= LONGEST
        })
        .collect();
    (kept + "\u{2026}").into()
}

/// Appends a text as workbooks write it: what XML cannot hold stands in it as `_x0001_`.
fn push_text(out: &mut String, text: &str) {
    for (at, letter) in text.char_indices() {
        match letter {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '\r' | '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {
                let _ = write!(out, "_x{:04X}_", u32::from(letter));
            }
            '_' if looks_escaped(&text[at..]) => out.push_str("_x005F_"),
            letter => out.push(letter),
        }
    }
}

/// Whether a text begins as an escape does that is none: `_x0041_`.
fn looks_escaped(text: &str) -> bool {
    let text = text.as_bytes();
    text.len() >= 7 && text[1] == b'x' && text[2..6].iter().all(u8::is_ascii_hexdigit) && text[6] == b'_'
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(text: &str) -> String {
        let mut out = String::new();
        push(&mut out, "", Place { row: 2, column: 27 }, Some("4"), &Value::Text(text.into()));
        out
    }

    #[test]
    fn texts_stay_texts() {
        let inside = |text: &str| {
            cell(text).replace("<c r=\"AB2\" s=\"4\" t=\"inlineStr\"><is>", "").replace("</is></c>", "")
        };
        assert_eq!(inside("=1+1"), "<t>=1+1</t>");
        assert_eq!(inside("a<b & c>d"), "<t>a&lt;b &amp; c&gt;d</t>");
        assert_eq!(inside(" x"), "<t xml:space=\"preserve\"> x</t>");
        assert_eq!(
            inside("\u{1}_x0041_ _x41_\r"),
            "<t xml:space=\"preserve\">_x0001__x005F_x0041_ _x41__x000D_</t>"
        );
        assert_eq!(cell(""), "<c r=\"AB2\" s=\"4\"/>");
        let mut out = String::new();
        push(&mut out, "x:", Place { row: 2, column: 27 }, None, &Value::Number("300".into()));
        assert_eq!(out, "<x:c r=\"AB2\"><x:v>300</x:v></x:c>");
    }

    #[test]
    fn no_text_is_longer_than_a_cell_holds() {
        assert_eq!(shortened(&"x".repeat(LONGEST)).chars().count(), LONGEST);
        let short = shortened(&"\u{1f600}".repeat(LONGEST)).into_owned();
        assert!(short.ends_with('\u{2026}') && short.encode_utf16().count() <= LONGEST);
    }
}
