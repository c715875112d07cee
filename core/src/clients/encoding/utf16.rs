//! UTF-16 as UTF-8, and back to the very same bytes.
//!
//! A half of a surrogate pair on its own is no text. It becomes the three bytes that UTF-8 would have for it if it
//! were allowed to, and an odd last byte becomes `0xff` and two bytes with its halves: neither is valid UTF-8, so
//! such a record is found to be broken later, and can still be written as it was.

use std::io::{self, Read};

const ODD: u8 = 0xff;

/// Reads UTF-16 as UTF-8.
pub(crate) struct Decoding<R> {
    input: R,
    big_endian: bool,
    raw: Vec<u8>,
    high: Option<u16>,
    ready: Vec<u8>,
    given: usize,
}

impl<R: Read> Decoding<R> {
    pub(crate) fn new(input: R, big_endian: bool) -> Self {
        Decoding { input, big_endian, raw: Vec::new(), high: None, ready: Vec::new(), given: 0 }
    }

    /// Decodes what the next reading brings. False at the end.
    fn more(&mut self) -> io::Result<bool> {
        const CHUNK: usize = 1 << 16;
        self.ready.clear();
        self.given = 0;
        let kept = self.raw.len();
        self.raw.resize(kept + CHUNK, 0);
        let count = loop {
            match self.input.read(&mut self.raw[kept..]) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                other => break other?,
            }
        };
        self.raw.truncate(kept + count);
        let (units, odd) = self.raw.as_chunks::<2>();
        for unit in units {
            let unit = if self.big_endian { u16::from_be_bytes(*unit) } else { u16::from_le_bytes(*unit) };
            push_unit(unit, &mut self.high, &mut self.ready);
        }
        let odd = odd.first().copied();
        self.raw.clear();
        self.raw.extend(odd);
        if count == 0 {
            if let Some(high) = self.high.take() {
                push_code(u32::from(high), &mut self.ready);
            }
            if let Some(byte) = self.raw.pop() {
                self.ready.extend([ODD, 0x80 | byte >> 4, 0x80 | byte & 0xf]);
            }
        }
        Ok(count > 0 || !self.ready.is_empty())
    }
}

impl<R: Read> Read for Decoding<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        while self.given == self.ready.len() {
            if !self.more()? {
                return Ok(0);
            }
        }
        let count = into.len().min(self.ready.len() - self.given);
        into[..count].copy_from_slice(&self.ready[self.given..self.given + count]);
        self.given += count;
        Ok(count)
    }
}

fn push_unit(unit: u16, high: &mut Option<u16>, out: &mut Vec<u8>) {
    let low = (0xdc00..0xe000).contains(&unit);
    match high.take() {
        Some(first) if low => {
            let code = 0x1_0000 + (u32::from(first & 0x3ff) << 10 | u32::from(unit & 0x3ff));
            return push_code(code, out);
        }
        Some(first) => push_code(u32::from(first), out),
        None => {}
    }
    if (0xd800..0xdc00).contains(&unit) {
        *high = Some(unit);
    } else {
        push_code(u32::from(unit), out);
    }
}

fn push_code(code: u32, out: &mut Vec<u8>) {
    let tail = |shift: u32| 0x80 | (code >> shift & 0x3f) as u8;
    match code {
        0..0x80 => out.push(code as u8),
        0x80..0x800 => out.extend([0xc0 | (code >> 6) as u8, tail(0)]),
        0x800..0x1_0000 => out.extend([0xe0 | (code >> 12) as u8, tail(6), tail(0)]),
        _ => out.extend([0xf0 | (code >> 18) as u8, tail(12), tail(6), tail(0)]),
    }
}

/// Appends as UTF-16 what [`Decoding`] gave, or any UTF-8.
pub(crate) fn encode(text: &[u8], big_endian: bool, out: &mut Vec<u8>) {
    let mut push = |unit: u16| {
        out.extend(if big_endian { unit.to_be_bytes() } else { unit.to_le_bytes() });
    };
    let mut rest = text;
    while let Some(&first) = rest.first() {
        let bits = |at: usize| u32::from(rest.get(at).copied().unwrap_or(0) & 0x3f);
        let lead = u32::from(first);
        let (code, length) = match first {
            0..0x80 => (lead, 1),
            0x80..0xe0 => ((lead & 0x1f) << 6 | bits(1), 2),
            0xe0..0xf0 => ((lead & 0xf) << 12 | bits(1) << 6 | bits(2), 3),
            0xf0..ODD => ((lead & 7) << 18 | bits(1) << 12 | bits(2) << 6 | bits(3), 4),
            ODD => {
                let byte = (bits(1) << 4 | bits(2) & 0xf).to_le_bytes()[0];
                out.push(byte);
                return;
            }
        };
        match u16::try_from(code) {
            Ok(unit) => push(unit),
            Err(_) => {
                let above = (code - 0x1_0000) & 0xf_ffff;
                push(0xd800 | lower(above >> 10));
                push(0xdc00 | lower(above & 0x3ff));
            }
        }
        rest = rest.get(length..).unwrap_or_default();
    }
}

/// The lower half of a number that is known to fit.
fn lower(code: u32) -> u16 {
    let [low, high, ..] = code.to_le_bytes();
    u16::from_le_bytes([low, high])
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn decode(bytes: &[u8], big_endian: bool) -> Vec<u8> {
        let mut out = Vec::new();
        Decoding::new(bytes, big_endian).read_to_end(&mut out).unwrap();
        out
    }

    proptest! {
        #[test]
        fn any_bytes_come_back(bytes in proptest::collection::vec(any::<u8>(), 0..200), big_endian: bool) {
            let mut back = Vec::new();
            encode(&decode(&bytes, big_endian), big_endian, &mut back);
            prop_assert_eq!(back, bytes);
        }

        #[test]
        fn text_becomes_its_utf8(text: String) {
            let bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
            prop_assert_eq!(decode(&bytes, true), text.into_bytes());
        }
    }

    #[test]
    fn what_is_no_text_is_no_utf8() {
        for bytes in [&b"\x00\xd8a\0"[..], b"a\0\x00\xdc", b"a\0b"] {
            assert!(std::str::from_utf8(&decode(bytes, false)).is_err());
        }
    }
}
