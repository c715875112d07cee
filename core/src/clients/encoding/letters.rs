//! Where letters end, in encodings in which a byte that is a mark can also be the second byte of a letter.

/// How many bytes letters take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Letters(pub(super) Option<&'static encoding_rs::Encoding>);

impl Letters {
    /// Every byte below 0x80 is a letter of its own.
    pub(crate) const ARE_BYTES: Letters = Letters(None);

    /// Whether every byte below 0x80 is a letter of its own.
    pub(crate) fn are_bytes(self) -> bool {
        self.0.is_none()
    }

    /// How many bytes the letter takes that begins at the beginning of `text`.
    pub(crate) fn length(self, text: &[u8]) -> usize {
        let Some(encoding) = self.0 else { return 1 };
        let (&[first, second], rest) = match text.first_chunk::<2>() {
            Some(pair) => (pair, &text[2..]),
            None => return 1,
        };
        let is_pair = match encoding.name() {
            "Shift_JIS" => {
                matches!(first, 0x81..=0x9f | 0xe0..=0xfc) && matches!(second, 0x40..=0x7e | 0x80..=0xfc)
            }
            "EUC-KR" => matches!(first, 0x81..=0xfe) && matches!(second, 0x41..=0xfe),
            _ => matches!(first, 0x81..=0xfe) && matches!(second, 0x40..=0x7e | 0x80..=0xfe),
        };
        // Letters of four bytes have a digit in the second place.
        let is_four = matches!(first, 0x81..=0xfe)
            && second.is_ascii_digit()
            && matches!(rest, [0x81..=0xfe, b'0'..=b'9', ..])
            && matches!(encoding.name(), "GBK" | "gb18030");
        match (is_pair, is_four) {
            (_, true) => 4,
            (true, false) => 2,
            (false, false) => 1,
        }
    }
}
