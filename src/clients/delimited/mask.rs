//! Where given bytes stand in 64 bytes of text: one bit a byte, the first byte the lowest bit.
//!
//! Delimited text has a mark every ten bytes or so. Looking for them one at a time costs more than everything
//! else that happens to a row, so they are found 64 bytes at a time.

use wide::u8x16;

/// How many bytes one mask covers.
pub(super) const WIDTH: usize = 64;

/// The 64 bytes from `at` on; past the end of the text there are zeros, which are no mark.
#[inline]
pub(super) fn word(text: &[u8], at: usize) -> [u8; WIDTH] {
    let rest = &text[at..];
    if let Some(full) = rest.first_chunk::<WIDTH>() {
        return *full;
    }
    let mut padded = [0; WIDTH];
    padded[..rest.len()].copy_from_slice(rest);
    padded
}

/// The places of `wanted`.
#[inline]
pub(super) fn equal(word: &[u8; WIDTH], wanted: u8) -> u64 {
    let wanted = u8x16::splat(wanted);
    let mut mask = 0;
    for (quarter, bytes) in word.as_chunks::<16>().0.iter().enumerate() {
        let same = u8x16::new(*bytes).simd_eq(wanted);
        mask |= u64::from(same.to_bitmask()) << (16 * quarter);
    }
    mask
}

/// For each bit whether the number of bits set up to and with it is odd: of quotes, which bytes are quoted (the
/// opening quote with them, the closing one not).
#[inline]
pub(super) fn odd_so_far(mut bits: u64) -> u64 {
    for shift in [1, 2, 4, 8, 16, 32] {
        bits ^= bits << shift;
    }
    bits
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_bits() {
        let text = b"a,b\n,\"".repeat(20);
        for at in 0..text.len() {
            let word = word(&text, at);
            for wanted in [b',', b'\n', b'"', b'x', 0xff] {
                for bit in 0..WIDTH {
                    let there = text.get(at + bit) == Some(&wanted);
                    assert_eq!(equal(&word, wanted) >> bit & 1 == 1, there);
                }
            }
        }
    }

    #[test]
    fn what_is_quoted_is_odd() {
        assert_eq!(odd_so_far(0b0001_0010), 0b0000_1110);
        assert_eq!(odd_so_far(0b1), u64::MAX);
    }
}
