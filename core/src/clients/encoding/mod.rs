//! In which encoding a list is written, found by its mark or told by the user.

mod guess;
mod letters;
mod utf16;

use super::error::ListError;
pub(crate) use letters::Letters;
use std::borrow::Cow;
use std::io::{self, Read};

/// An encoding, and whether the text begins with its mark.
///
/// Inside the program a text is either UTF-8 or has its own bytes: the encodings that extend ASCII need no
/// translation to find separators, and so every byte of a record stays what it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Encoding {
    form: Form,
    mark: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Utf8,
    Utf16 {
        big_endian: bool,
    },
    /// An encoding that extends ASCII.
    Other(&'static encoding_rs::Encoding),
}

const UTF8_MARK: &[u8] = b"\xef\xbb\xbf";

impl Encoding {
    /// UTF-8 without a mark.
    pub const UTF_8: Encoding = Encoding { form: Form::Utf8, mark: false };

    /// The encoding that a label such as `windows-1252` names.
    ///
    /// # Errors
    /// If there is none, or it does not extend ASCII and is no UTF-16.
    pub fn by_label(label: &str) -> Result<Self, ListError> {
        let found = encoding_rs::Encoding::for_label(label.trim().as_bytes())
            .ok_or_else(|| ListError::Usage(format!("no encoding is called `{label}`")))?;
        let form = if found == encoding_rs::UTF_8 {
            Form::Utf8
        } else if found == encoding_rs::UTF_16LE || found == encoding_rs::UTF_16BE {
            Form::Utf16 { big_endian: found == encoding_rs::UTF_16BE }
        } else if found.is_ascii_compatible() && found != encoding_rs::REPLACEMENT {
            Form::Other(found)
        } else {
            return Err(ListError::Usage(format!("a list in `{label}` cannot be read")));
        };
        Ok(Encoding { form, mark: false })
    }

    /// The encoding of the text that begins with `block`, and how long its mark is. A mark settles it; without one it is
    /// as `told`, or what the bytes of the block say.
    pub(crate) fn detect(block: &[u8], told: Option<Encoding>) -> (Self, usize) {
        let marked = |form| Encoding { form, mark: true };
        match block {
            [0xef, 0xbb, 0xbf, ..] => (marked(Form::Utf8), 3),
            [0xff, 0xfe, ..] => (marked(Form::Utf16 { big_endian: false }), 2),
            [0xfe, 0xff, ..] => (marked(Form::Utf16 { big_endian: true }), 2),
            _ => (told.unwrap_or_else(|| Encoding { form: guess::form(block), mark: false }), 0),
        }
    }

    /// Whether a mark at the beginning of the text says so.
    pub(crate) fn has_mark(self) -> bool {
        self.mark
    }

    /// Where its letters end.
    pub(crate) fn letters(self) -> Letters {
        let names = ["Shift_JIS", "GBK", "gb18030", "Big5", "EUC-KR"];
        match self.form {
            Form::Other(encoding) if names.contains(&encoding.name()) => Letters(Some(encoding)),
            _ => Letters::ARE_BYTES,
        }
    }

    /// The encoding's name, as in messages.
    pub(crate) fn name(self) -> &'static str {
        match self.form {
            Form::Utf8 => "UTF-8",
            Form::Utf16 { big_endian: false } => "UTF-16LE",
            Form::Utf16 { big_endian: true } => "UTF-16BE",
            Form::Other(encoding) => encoding.name(),
        }
    }

    /// The text of `input`, behind its mark, as it is worked on.
    pub(crate) fn decoding<R: Read + Send + 'static>(self, input: R) -> Box<dyn Read + Send> {
        match self.form {
            Form::Utf16 { big_endian } => Box::new(utf16::Decoding::new(input, big_endian)),
            Form::Utf8 | Form::Other(_) => Box::new(input),
        }
    }

    /// Whether worked-on bytes are UTF-8.
    pub(crate) fn is_worked_on_as_utf8(self) -> bool {
        !matches!(self.form, Form::Other(_))
    }

    /// The bytes that stand at the beginning of an output.
    pub(crate) fn mark(self) -> &'static [u8] {
        match self {
            Encoding { mark: false, .. } | Encoding { form: Form::Other(_), .. } => b"",
            Encoding { form: Form::Utf8, .. } => UTF8_MARK,
            Encoding { form: Form::Utf16 { big_endian: false }, .. } => b"\xff\xfe",
            Encoding { form: Form::Utf16 { big_endian: true }, .. } => b"\xfe\xff",
        }
    }

    /// The worked-on bytes as they are written.
    pub(crate) fn outward(self, text: &[u8]) -> Cow<'_, [u8]> {
        match self.form {
            Form::Utf8 | Form::Other(_) => Cow::Borrowed(text),
            Form::Utf16 { big_endian } => {
                let mut out = Vec::with_capacity(2 * text.len());
                utf16::encode(text, big_endian, &mut out);
                Cow::Owned(out)
            }
        }
    }

    /// Whether worked-on bytes are text in this encoding.
    pub(crate) fn is_valid(self, text: &[u8]) -> bool {
        match self.form {
            // Most texts are ASCII, which is seen in less time.
            _ if text.is_ascii() => true,
            Form::Utf8 | Form::Utf16 { .. } => std::str::from_utf8(text).is_ok(),
            Form::Other(encoding) => {
                encoding.decode_without_bom_handling_and_without_replacement(text).is_some()
            }
        }
    }

    /// Valid worked-on bytes as UTF-8.
    pub(crate) fn utf8(self, text: &[u8]) -> Cow<'_, [u8]> {
        match self.form {
            Form::Utf8 | Form::Utf16 { .. } => Cow::Borrowed(text),
            Form::Other(_) if text.is_ascii() => Cow::Borrowed(text),
            Form::Other(encoding) => match encoding.decode_without_bom_handling(text).0 {
                Cow::Borrowed(text) => Cow::Borrowed(text.as_bytes()),
                Cow::Owned(text) => Cow::Owned(text.into_bytes()),
            },
        }
    }

    /// Text of ours as worked-on bytes. A character that the encoding does not have becomes `?`.
    pub(crate) fn inward(self, text: &str) -> Cow<'_, [u8]> {
        let Form::Other(encoding) = self.form else { return Cow::Borrowed(text.as_bytes()) };
        if text.is_ascii() {
            return Cow::Borrowed(text.as_bytes());
        }
        let mut out = Vec::with_capacity(text.len());
        let mut buffer = [0; 4];
        for character in text.chars() {
            let (bytes, _, unmappable) = encoding.encode(character.encode_utf8(&mut buffer));
            out.extend_from_slice(if unmappable { b"?" } else { &bytes });
        }
        Cow::Owned(out)
    }
}

/// A reader with its first bytes looked at, and put back.
pub(crate) fn peeked<R: Read>(mut input: R, count: usize) -> io::Result<(Vec<u8>, R)> {
    let mut beginning = Vec::with_capacity(count);
    input.by_ref().take(count as u64).read_to_end(&mut beginning)?;
    Ok((beginning, input))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_settle_the_encoding() {
        let told = Encoding::by_label("windows-1252").unwrap();
        assert_eq!(Encoding::detect(b"\xef\xbb\xbfa", Some(told)).0.name(), "UTF-8");
        assert_eq!(Encoding::detect(b"\xff\xfea\0", None).0.name(), "UTF-16LE");
        assert_eq!(Encoding::detect(b"\xfe\xff\0a", None).0.name(), "UTF-16BE");
        assert_eq!(Encoding::detect(b"ab", Some(told)), (told, 0));
    }

    #[test]
    fn labels_are_those_of_the_web() {
        assert_eq!(Encoding::by_label("latin1").unwrap().name(), "windows-1252");
        for label in ["utf-99", "iso-2022-jp", "replacement"] {
            assert!(Encoding::by_label(label).is_err(), "{label}");
        }
    }

    #[test]
    fn nothing_is_replaced_silently() {
        let windows = Encoding::by_label("windows-1252").unwrap();
        assert_eq!(&*windows.utf8(b"caf\xe9"), "caf\u{e9}".as_bytes());
        assert_eq!(&*windows.inward("caf\u{e9} \u{4e2d}"), b"caf\xe9 ?");
        assert!(windows.is_valid(b"caf\xe9") && !Encoding::UTF_8.is_valid(b"caf\xe9"));
        assert!(!Encoding::by_label("shift_jis").unwrap().is_valid(b"\x81"));
    }
}
