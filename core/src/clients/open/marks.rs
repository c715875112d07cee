//! The marks of delimited text, before it is known what is one: what ends lines, and what may stand between cells.

/// What ends the lines of a text: carriage returns where there is no line feed outside of quotes.
pub(super) fn line_break(text: &[u8]) -> u8 {
    let mut quoted = false;
    let mut returns = false;
    for byte in text {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' if !quoted => return b'\n',
            b'\r' if !quoted => returns = true,
            _ => {}
        }
    }
    if returns { b'\r' } else { b'\n' }
}

/// The separator that a first line `sep=X` names, and where the text begins behind that line.
pub(super) fn named_separator(text: &[u8], line_break: u8) -> (Option<u8>, usize) {
    let end = memchr::memchr(line_break, text).unwrap_or(text.len());
    let line = text[..end].trim_ascii_end();
    // A tab is no letter of the line to be trimmed.
    let line = if line.len() == 4 { &text[..end.min(5)] } else { line };
    let line = line.strip_prefix(b"\"").and_then(|line| line.strip_suffix(b"\"")).unwrap_or(line);
    match line {
        [s, e, p, b'=', separator] if [*s, *e, *p].eq_ignore_ascii_case(b"sep") && separator.is_ascii() => {
            (Some(*separator), (end + 1).min(text.len()))
        }
        _ => (None, 0),
    }
}

/// How often a separator stands outside of quotes.
pub(super) fn outside_quotes(record: &[u8], separator: u8) -> usize {
    let mut quoted = false;
    let mut count = 0;
    for byte in record {
        quoted ^= *byte == b'"';
        count += usize::from(!quoted && *byte == separator);
    }
    count
}
