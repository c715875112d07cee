//! A JSON array, element by element, so that it never has to be in memory as a whole.
//!
//! The text of an array without the bracket that opens it is elements, each followed by a comma or by the bracket that
//! closes it, which is all that has to be known to cut it into blocks.

use crate::clients::encoding::Letters;

/// Where an element ends: at its comma, at the bracket that closes the array, or nowhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    Comma(usize),
    Bracket(usize),
    Missing,
}

/// Where the element that begins with `text` ends.
fn end(text: &[u8], letters: Letters) -> End {
    let mut depth = 0_usize;
    let mut at = 0;
    while let Some(byte) = text.get(at) {
        match byte {
            b'"' => match string_end(&text[at + 1..], letters) {
                Some(length) => at += length,
                None => return End::Missing,
            },
            b'{' | b'[' => depth += 1,
            b']' if depth == 0 => return End::Bracket(at),
            b',' if depth == 0 => return End::Comma(at),
            b'}' | b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        at += 1;
    }
    End::Missing
}

/// How long a string is behind its first quote, its last one included.
fn string_end(text: &[u8], letters: Letters) -> Option<usize> {
    let mut at = 0;
    while !letters.are_bytes() {
        match text.get(at)? {
            b'"' => return Some(at + 1),
            b'\\' => at += 2,
            _ => at += letters.length(&text[at..]),
        }
    }
    loop {
        at += memchr::memchr2(b'"', b'\\', &text[at..])?;
        if text[at] == b'"' {
            return Some(at + 1);
        }
        // What follows a backslash ends nothing.
        at += 2;
        if at >= text.len() {
            return None;
        }
    }
}

/// How much of a text is whole elements; `last`: nothing comes behind it.
pub(crate) fn cut(text: &[u8], last: bool, letters: Letters) -> usize {
    if last {
        return text.len();
    }
    let mut length = 0;
    loop {
        match end(&text[length..], letters) {
            End::Comma(at) => length += at + 1,
            // Behind the array nothing should come; if something does, it comes with the last element.
            End::Bracket(_) | End::Missing => return length,
        }
    }
}

/// An element as it stands in an array.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Element<'t> {
    /// Where it begins in the text.
    pub(crate) at: usize,
    /// Its bytes, with the white space around it.
    pub(crate) text: &'t [u8],
    /// What is wrong with it, where that is known before it is read.
    pub(crate) fault: Option<&'static str>,
}

/// The elements of a text that was cut by [`cut`]: only at the end of a file something can stand behind the last comma.
pub(crate) fn elements(text: &[u8], letters: Letters) -> Vec<Element<'_>> {
    let mut found = Vec::new();
    let mut at = 0;
    let blank = |text: &[u8]| text.trim_ascii().is_empty();
    loop {
        let rest = &text[at..];
        match end(rest, letters) {
            End::Comma(length) => {
                if !blank(&rest[..length]) {
                    found.push(Element { at, text: &rest[..length], fault: None });
                }
                at += length + 1;
            }
            End::Bracket(length) => {
                if !blank(&rest[..length]) {
                    found.push(Element { at, text: &rest[..length], fault: None });
                }
                let behind = &rest[length + 1..];
                if !blank(behind) {
                    let fault = Some("something stands behind the end of the array");
                    found.push(Element { at: at + length + 1, text: behind, fault });
                }
                return found;
            }
            End::Missing => {
                if !rest.is_empty() {
                    let fault = Some("the array has no end: the file may have been cut off");
                    found.push(Element { at, text: rest, fault });
                }
                return found;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = " {\"a\": \"x,]\\\"\\\\\"},\n {\"b\": [1, {\"c\": [2]}]} , 3,\n{}\n]\n";

    #[test]
    fn elements_end_outside_of_strings_and_brackets() {
        let texts: Vec<&str> = elements(TEXT.as_bytes(), Letters::ARE_BYTES)
            .iter()
            .map(|element| std::str::from_utf8(element.text).unwrap().trim())
            .collect();
        assert_eq!(texts, ["{\"a\": \"x,]\\\"\\\\\"}", "{\"b\": [1, {\"c\": [2]}]}", "3", "{}"]);
        assert_eq!(elements(b" ]\n", Letters::ARE_BYTES), []);
        assert_eq!(elements(b"{},]", Letters::ARE_BYTES).len(), 1);
    }

    #[test]
    fn wherever_a_text_is_cut_its_elements_are_the_same() {
        let whole = elements(TEXT.as_bytes(), Letters::ARE_BYTES);
        for size in 1..TEXT.len() {
            let (mut from, mut to, mut found) = (0, 0, Vec::new());
            while from < TEXT.len() {
                to = (to + size).min(TEXT.len());
                let last = to == TEXT.len();
                let length = cut(&TEXT.as_bytes()[from..to], last, Letters::ARE_BYTES);
                let part = &TEXT.as_bytes()[from..from + length];
                found.extend(
                    elements(part, Letters::ARE_BYTES)
                        .into_iter()
                        .map(|element| Element { at: element.at + from, ..element }),
                );
                from += length;
            }
            assert_eq!(found, whole, "{size}");
        }
    }

    #[test]
    fn what_is_cut_off_or_too_much_is_said() {
        let fault = |text: &str| elements(text.as_bytes(), Letters::ARE_BYTES).last().unwrap().fault.unwrap();
        assert!(fault("{\"a\": 1}, {\"b\": \"").contains("cut off"));
        assert!(fault("{\"a\": 1},\n").contains("cut off"));
        assert!(fault("{\"a\": 1}] {").contains("behind the end"));
    }
}
