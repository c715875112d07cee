//! The first record of delimited text: the titles, and what tells the separator.

use crate::clients::encoding::Encoding;
use crate::clients::error::ListError;
use crate::clients::read::blocks::LONGEST;
use crate::clients::read::delimited::{Cutter, each_record};
use std::io::Read;

/// Separators to choose from, the likeliest first.
const SEPARATORS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// The header of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Header {
    /// Between two cells.
    pub(crate) separator: u8,
    /// The titles as they read.
    pub(crate) titles: Vec<String>,
    /// The record as written, without its line end.
    pub(crate) written: Vec<u8>,
    /// Its line end, empty where the file ends with it.
    pub(crate) line_end: Vec<u8>,
    /// How many line breaks there are up to its end, blank lines before it included.
    pub(crate) lines: u64,
}

/// Reads the header, and gives back what was read beyond it.
///
/// # Errors
/// If there is none, or it cannot be read.
pub(crate) fn read_header(
    input: &mut dyn Read,
    encoding: Encoding,
    separator: Option<u8>,
) -> Result<(Header, Vec<u8>), ListError> {
    let (text, end) = first_record(input)?;
    let blank = text.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
    let record = &text[blank..end];
    if record.is_empty() {
        return Err(ListError::NoHeader("it is empty".into()));
    }
    if !encoding.is_valid(record) {
        return Err(ListError::NoHeader(format!(
            "its first record is no valid {}; try `--encoding`",
            encoding.name()
        )));
    }
    let separator = separator.unwrap_or_else(|| likeliest_separator(record));
    if let Some((_, fault)) = (Cutter { separator, longest: LONGEST }).cut(record, true).broken.first() {
        return Err(ListError::NoHeader(fault.reason().into()));
    }
    let mut header = None;
    each_record(record, 0..record.len(), separator, |record| {
        let title = |cell| String::from_utf8_lossy(&encoding.utf8(&record.cell(cell))).into_owned();
        header.get_or_insert(Header {
            separator,
            titles: (0..record.width()).map(title).collect(),
            written: record.bytes().to_vec(),
            line_end: record.line_end().to_vec(),
            lines: memchr::memchr_iter(b'\n', &text[..end]).count() as u64,
        });
    });
    let header = header.ok_or_else(|| ListError::NoHeader("it is empty".into()))?;
    if header.written.contains(&b'\r') && !header.line_end.ends_with(b"\n") {
        return Err(ListError::NoHeader(
            "its lines end with carriage returns alone, which is not supported".into(),
        ));
    }
    Ok((header, text[end..].to_vec()))
}

/// The beginning of the text, with the end in it of the first record that is no blank line.
fn first_record(input: &mut dyn Read) -> Result<(Vec<u8>, usize), ListError> {
    const CHUNK: u64 = 1 << 16;
    let mut text = Vec::new();
    let (mut seen, mut quoted, mut begun) = (0, false, false);
    loop {
        if (&mut *input).take(CHUNK).read_to_end(&mut text).map_err(ListError::Read)? == 0 {
            let end = text.len();
            return Ok((text, end));
        }
        let mut end = None;
        for (at, byte) in text.iter().enumerate().skip(seen) {
            match byte {
                b'"' => (quoted, begun) = (!quoted, true),
                b'\n' if !quoted && begun => {
                    end = Some(at + 1);
                    break;
                }
                b'\n' | b'\r' => {}
                _ => begun = true,
            }
        }
        if let Some(end) = end {
            return Ok((text, end));
        }
        seen = text.len();
        if seen > LONGEST {
            return Err(ListError::TooLong { longest: LONGEST });
        }
    }
}

/// The separator that stands most often outside of quotes.
fn likeliest_separator(record: &[u8]) -> u8 {
    let mut counts = [0_usize; SEPARATORS.len()];
    let mut quoted = false;
    for byte in record {
        quoted ^= *byte == b'"';
        if let Some(at) = SEPARATORS.iter().position(|separator| separator == byte && !quoted) {
            counts[at] += 1;
        }
    }
    let most = counts.into_iter().max().unwrap_or(0);
    let at = counts.iter().position(|count| *count == most).unwrap_or(0);
    SEPARATORS[at]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(text: &[u8]) -> Result<(Header, Vec<u8>), String> {
        read_header(&mut &text[..], Encoding::UTF_8, None).map_err(|error| error.to_string())
    }

    #[test]
    fn separators_are_found() {
        for (text, separator, titles) in [
            ("a,b\n1,2\n", b',', vec!["a", "b"]),
            ("a;b,c;d\n", b';', vec!["a", "b,c", "d"]),
            ("\n\r\n\"a;\nx\"\tb\r\n", b'\t', vec!["a;\nx", "b"]),
            ("a|b", b'|', vec!["a", "b"]),
            ("one\n", b',', vec!["one"]),
            ("\"\"\"a\"\"\",\n", b',', vec!["\"a\"", ""]),
        ] {
            let (header, _) = header(text.as_bytes()).unwrap();
            assert_eq!(
                (header.separator, header.titles),
                (separator, titles.iter().map(ToString::to_string).collect())
            );
        }
    }

    #[test]
    fn the_rest_is_given_back() {
        let (header, rest) = header(b"\na\r\n1\n").unwrap();
        assert_eq!((header.written, header.line_end, header.lines), (b"a".to_vec(), b"\r\n".to_vec(), 2));
        assert_eq!(rest, b"1\n");
    }

    #[test]
    fn no_header_is_said() {
        for (text, reason) in [
            (&b""[..], "it is empty"),
            (b"\n\r\n", "it is empty"),
            (b"a,\xff\n", "no valid UTF-8"),
            (b"a,\"b\n1,2", "never closed"),
            (b"a,b\r1,2\r", "carriage returns"),
        ] {
            let error = header(text).unwrap_err();
            assert!(error.contains(reason), "{error}");
        }
    }
}
