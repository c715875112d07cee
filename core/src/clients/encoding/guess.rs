//! The encoding of a text without a mark, by its bytes.

use super::Form;
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};

/// What the first block of a text is written in.
pub(super) fn form(block: &[u8]) -> Form {
    if let Some(big_endian) = utf16(block) {
        return Form::Utf16 { big_endian };
    }
    if is_mostly_utf8(block) {
        return Form::Utf8;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(block, true);
    Form::Other(detector.guess(None, Utf8Detection::Deny))
}

/// Whether what is no ASCII is UTF-8, but for single letters that were damaged: they are rejected with their records.
fn is_mostly_utf8(block: &[u8]) -> bool {
    // Nearly every text is whole, and to see that takes far less than to look at its letters. The block may end within one.
    if std::str::from_utf8(block).map_or_else(|error| error.error_len().is_none(), |_| true) {
        return true;
    }
    let (mut letters, mut damaged) = (0_usize, 0_usize);
    let mut chunks = block.utf8_chunks().peekable();
    while let Some(chunk) = chunks.next() {
        letters += chunk.valid().chars().filter(|letter| !letter.is_ascii()).count();
        let is_cut = chunks.peek().is_none()
            && std::str::from_utf8(chunk.invalid()).is_err_and(|error| error.error_len().is_none());
        damaged += usize::from(!chunk.invalid().is_empty() && !is_cut);
    }
    letters > damaged
}

/// Whether a text is UTF-16, and with which byte first: marks and digits have a zero beside them.
fn utf16(block: &[u8]) -> Option<bool> {
    /// One of so many letters at least is a mark, a digit or a letter of ours, or else several and one of more: a text with
    /// a byte a letter has no zero, but for one that was damaged.
    const SHARE: usize = 5;
    const SEVERAL: usize = 8;
    const LEAST_SHARE: usize = 20;
    /// So many times as many zeros stand on one side.
    const SIDED: usize = 5;
    memchr::memchr(0, block)?;
    let (pairs, _) = block.as_chunks::<2>();
    let zeros = |at: usize| pairs.iter().filter(|pair| pair[at] == 0 && pair[1 - at] != 0).count();
    let (first, second) = (zeros(0), zeros(1));
    let big_endian = first > second;
    let units = pairs
        .iter()
        .map(|pair| if big_endian { u16::from_be_bytes(*pair) } else { u16::from_le_bytes(*pair) });
    let (most, least) = (first.max(second), first.min(second));
    let share = if most >= SEVERAL { LEAST_SHARE } else { SHARE };
    let is_enough = most * share >= pairs.len() && most > SIDED * least;
    (pairs.len() > 1 && is_enough && is_text(units)).then_some(big_endian)
}

/// Whether UTF-16 is text; it may end within a letter.
fn is_text(units: impl Iterator<Item = u16>) -> bool {
    let mut letters = char::decode_utf16(units).peekable();
    while let Some(letter) = letters.next() {
        let is_seen = |letter: char| !letter.is_control() || matches!(letter, '\t' | '\n' | '\r' | '\u{1a}');
        let is_sound = letter.map_or(letters.peek().is_none(), is_seen);
        if !is_sound {
            return false;
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(block: &[u8]) -> String {
        match form(block) {
            Form::Utf8 => "UTF-8".to_owned(),
            Form::Utf16 { big_endian } => format!("UTF-16 {big_endian}"),
            Form::Other(encoding) => encoding.name().to_owned(),
        }
    }

    #[test]
    fn encodings_are_told_by_their_bytes() {
        let little: Vec<u8> =
            "a,Employees\n\u{4e2d}\u{6587},300\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = "a,Employees\n".encode_utf16().flat_map(u16::to_be_bytes).collect();
        let cyrillic: Vec<u8> = "Акционерное общество Прогресс;300\n"
            .repeat(2)
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        for (block, expected) in [
            (&b"a,Employees\n\0,300\n"[..], "UTF-8"),
            (b"", "UTF-8"),
            ("Caf\u{e9},300".as_bytes(), "UTF-8"),
            (b"Caf\xc3", "UTF-8"),
            ("\u{e9}\u{e9}\u{e9},1\n\u{e9}".as_bytes(), "UTF-8"),
            (b"\xc3\xa9\xc3\xa9,1\n\xe9,2\n", "UTF-8"),
            (b"Firma;Mitarbeiter\nM\xfcller GmbH;300\nB\xe4cker;20\n", "windows-1252"),
            (b"Name,Employees\n\x83\x7c\x83\x93\x83\x5e,300\n\x93\x8c\x8b\x9e,20\n", "Shift_JIS"),
            (&little, "UTF-16 false"),
            (&big, "UTF-16 true"),
            (&cyrillic, "UTF-16 false"),
        ] {
            assert_eq!(name(block), expected, "{:?}", String::from_utf8_lossy(block));
        }
    }
}
