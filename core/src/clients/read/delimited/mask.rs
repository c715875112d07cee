//! Where given bytes stand in 64 bytes of text: one bit a byte, the first byte the lowest bit.
//!
//! Delimited text has a mark every ten bytes or so. Looking for them one at a time costs more than everything
//! else that happens to a row, so they are found 64 bytes at a time.

/// How many bytes one mask covers.
pub(crate) const WIDTH: usize = 64;

/// The 64 bytes from `at` on; past the end of the text there are zeros, which are no mark.
#[inline]
pub(crate) fn word(text: &[u8], at: usize) -> [u8; WIDTH] {
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
pub(crate) fn equal(word: &[u8; WIDTH], wanted: u8) -> u64 {
    #[cfg(target_arch = "x86_64")]
    return by_sse2(word, wanted);
    #[cfg(not(target_arch = "x86_64"))]
    return by_transposition(word, wanted);
}

/// Every processor of this kind compares sixteen bytes at once, and gathers one bit of each.
#[cfg(target_arch = "x86_64")]
#[inline]
fn by_sse2(word: &[u8; WIDTH], wanted: u8) -> u64 {
    use safe_arch::{cmp_eq_mask_i8_m128i, m128i, move_mask_i8_m128i, set_splat_i8_m128i};

    let wanted = set_splat_i8_m128i(wanted.cast_signed());
    let quarter = |bytes: &[u8; 16]| {
        let same = cmp_eq_mask_i8_m128i(m128i::from(*bytes), wanted);
        u64::from(move_mask_i8_m128i(same).cast_unsigned())
    };
    let quarters = word.as_chunks::<16>().0.iter().rev();
    quarters.fold(0, |places, bytes| places << 16 | quarter(bytes))
}

/// For each byte of a word the bit that its eighth of the word has.
#[cfg(any(test, not(target_arch = "x86_64")))]
const WEIGHTS: [u8; WIDTH] = {
    let mut weights = [0; WIDTH];
    let mut at = 0;
    while at < WIDTH {
        weights[at] = 1 << (at / 8);
        at += 1;
    }
    weights
};

/// Compilers turn the first loop into a few instructions that compare sixteen bytes at once. Each eighth of the word then
/// has a bit of its own, so that all eight fit into one number: bit `eighth` of its byte `at` is place `8 * eighth + at`.
#[cfg(any(test, not(target_arch = "x86_64")))]
#[inline]
fn by_transposition(word: &[u8; WIDTH], wanted: u8) -> u64 {
    let mut found = [0; WIDTH];
    for at in 0..WIDTH {
        found[at] = if word[at] == wanted { WEIGHTS[at] } else { 0 };
    }
    let eighths = found.as_chunks::<8>().0.iter().map(|eighth| u64::from_le_bytes(*eighth));
    transposed(eighths.fold(0, |all, eighth| all | eighth))
}

/// Eight bytes of eight bits with rows and columns exchanged, by three exchanges of blocks (Warren, Hacker's Delight,
/// second edition, section 7-3).
#[cfg(any(test, not(target_arch = "x86_64")))]
#[inline]
fn transposed(mut bits: u64) -> u64 {
    for (distance, block) in [(7, 0x00aa_00aa_00aa_00aa), (14, 0x0000_cccc_0000_cccc), (28, 0xf0f0_f0f0)] {
        let differing = (bits ^ bits >> distance) & block;
        bits ^= differing ^ differing << distance;
    }
    bits
}

/// For each bit whether the number of bits set up to and with it is odd: of quotes, which bytes are quoted (the
/// opening quote with them, the closing one not).
#[inline]
pub(crate) fn odd_so_far(mut bits: u64) -> u64 {
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
                assert_eq!(equal(&word, wanted), by_transposition(&word, wanted));
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
