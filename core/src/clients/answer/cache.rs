//! Caches of what was worked out before: by the bytes of a cell, and by the codes of a row.
//!
//! A list says the same few things over and over. Both caches here answer a repeated question in a few
//! nanoseconds, and forget everything when they grow beyond a bound, so that no list can fill the cache.

use std::collections::HashMap;

/// How many different things a cache holds at most.
const MOST: usize = 1 << 16;

/// A text of up to 28 bytes, and where its value is. What is looked at lies in one line of the processor's memory.
#[derive(Clone, Copy)]
#[repr(align(32))]
struct Near {
    /// The text; the words of its beginning and of its end may overlap.
    words: [u64; 3],
    end: u32,
    length: u16,
    at: u16,
}

/// What cells with the same bytes were read as.
pub(crate) struct CellCache<T> {
    /// Where texts that are short are found at once, by their hash. The length is a power of two, and grows with the
    /// values up to `MOST`, since two texts cannot have one place.
    near: Vec<Near>,
    all: HashMap<Box<[u8]>, u32>,
    values: Vec<T>,
}

/// The first length of the table for short texts.
const NEAR: usize = 1 << 10;
/// No text is as long as this and short.
const FREE: Near = Near { words: [0; 3], end: 0, length: u16::MAX, at: 0 };

impl Near {
    /// The text, if it is short.
    #[inline]
    fn new(bytes: &[u8]) -> Option<Near> {
        let word = |from: usize| bytes[from..].first_chunk::<8>().map_or(0, |word| u64::from_le_bytes(*word));
        let half = |from: usize| bytes[from..].first_chunk::<4>().map_or(0, |half| u32::from_le_bytes(*half));
        let length = bytes.len();
        let (words, end) = match length {
            0 => ([0; 3], 0),
            1..4 => {
                let at = |place: usize| u64::from(bytes[place]);
                ([at(0) | at(length / 2) << 8 | at(length - 1) << 16, 0, 0], 0)
            }
            4..8 => ([u64::from(half(0)), 0, 0], half(length - 4)),
            8..=16 => ([word(0), word(length - 8), 0], 0),
            17..=28 => ([word(0), word(8), word(length - 12)], half(length - 4)),
            _ => return None,
        };
        Some(Near { words, end, length: length as u16, at: 0 })
    }

    /// Whether both are the same text. Texts that were just made are in registers, and compared there.
    #[inline]
    fn says(&self, other: &Near) -> bool {
        let [first, second, third] = self.words;
        let differing = (first ^ other.words[0]) | (second ^ other.words[1]) | (third ^ other.words[2]);
        differing | u64::from(self.end ^ other.end) | u64::from(self.length ^ other.length) == 0
    }
}

impl<T> CellCache<T> {
    pub(crate) fn new() -> Self {
        CellCache { near: vec![FREE; NEAR], all: HashMap::new(), values: Vec::new() }
    }

    /// What `bytes` was read as; `read` is asked the first time.
    #[inline]
    pub(crate) fn get(&mut self, bytes: &[u8], read: impl FnOnce() -> T) -> &T {
        let at = self.find(bytes, read);
        self.value(at)
    }

    /// What was found at a place, until the next one is looked for.
    #[inline]
    pub(crate) fn value(&self, at: u32) -> &T {
        &self.values[at as usize]
    }

    /// The place of what `bytes` was read as; `read` is asked the first time.
    #[inline]
    pub(crate) fn find(&mut self, bytes: &[u8], read: impl FnOnce() -> T) -> u32 {
        let Some(short) = Near::new(bytes) else { return self.slow(bytes, read) };
        let known = &self.near[self.place(&short)];
        if known.says(&short) {
            return u32::from(known.at);
        }
        let at = self.slow(bytes, read);
        let place = self.place(&short);
        // There are no more values than `MOST`.
        self.near[place] = Near { at: at as u16, ..short };
        at
    }

    #[inline]
    fn place(&self, short: &Near) -> usize {
        let [first, second, third] = short.words;
        let end = u64::from(short.end);
        let hash = spread(first ^ second.rotate_left(17) ^ third.rotate_left(31) ^ end.rotate_left(47));
        hash & (self.near.len() - 1)
    }

    fn slow(&mut self, bytes: &[u8], read: impl FnOnce() -> T) -> u32 {
        if let Some(&at) = self.all.get(bytes) {
            return at;
        }
        if self.values.len() >= MOST {
            *self = Self::new();
        }
        let at = index(self.values.len());
        self.values.push(read());
        self.all.insert(bytes.into(), at);
        if self.values.len() > self.near.len() && self.near.len() < MOST {
            self.grow();
        }
        at
    }

    #[cold]
    fn grow(&mut self) {
        let length = 2 * self.near.len();
        let known = std::mem::replace(&mut self.near, vec![FREE; length]);
        for one in known.into_iter().filter(|one| one.length != FREE.length) {
            let place = self.place(&one);
            self.near[place] = one;
        }
    }
}

/// Spreads the bits of a hash, and takes those that are spread best.
#[inline]
fn spread(bits: u64) -> usize {
    (bits.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32) as usize
}

fn index(length: usize) -> u32 {
    length as u32
}

/// What rows with the same codes lead to. All rows have the same number of codes.
pub(crate) struct AnswerCache<T> {
    width: usize,
    /// Places in `values`, from 1; zero is free. The length is a power of two.
    table: Vec<u32>,
    codes: Vec<u32>,
    values: Vec<T>,
}

impl<T> AnswerCache<T> {
    pub(crate) fn new(width: usize) -> Self {
        AnswerCache { width, table: vec![0; 1 << 10], codes: Vec::new(), values: Vec::new() }
    }

    /// The place of what rows with these codes lead to, if there was one.
    #[inline]
    pub(crate) fn find(&self, codes: &[u32]) -> Option<usize> {
        let mut place = self.first_place(codes);
        loop {
            let at = (self.table[place] as usize).checked_sub(1)?;
            if self.codes[at * self.width..(at + 1) * self.width] == *codes {
                return Some(at);
            }
            place = (place + 1) & (self.table.len() - 1);
        }
    }

    /// Remembers where `codes`, which were not found, lead to.
    pub(crate) fn insert(&mut self, codes: &[u32], value: T) -> usize {
        if 2 * (self.values.len() + 1) > self.table.len() {
            self.table = vec![0; 2 * self.table.len()];
            for at in 0..self.values.len() {
                let place = self.free_place(&self.codes[at * self.width..(at + 1) * self.width]);
                self.table[place] = index(at + 1);
            }
        }
        let place = self.free_place(codes);
        self.codes.extend_from_slice(codes);
        self.values.push(value);
        self.table[place] = index(self.values.len());
        self.values.len() - 1
    }

    /// What was found or inserted at a place.
    #[inline]
    pub(crate) fn value(&mut self, at: usize) -> &mut T {
        &mut self.values[at]
    }

    pub(crate) fn is_full(&self) -> bool {
        self.values.len() >= MOST
    }

    /// Forgets everything, and gives it away.
    pub(crate) fn take(&mut self) -> Vec<T> {
        let values = std::mem::take(&mut self.values);
        *self = Self::new(self.width);
        values
    }

    fn first_place(&self, codes: &[u32]) -> usize {
        let mix = |hash: u64, code: &u32| {
            (hash.rotate_left(9) ^ u64::from(*code)).wrapping_mul(0x51_7c_c1_b7_27_22_0a_95)
        };
        spread(codes.iter().fold(0, mix)) & (self.table.len() - 1)
    }

    fn free_place(&self, codes: &[u32]) -> usize {
        let mut place = self.first_place(codes);
        while self.table[place] != 0 {
            place = (place + 1) & (self.table.len() - 1);
        }
        place
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_read_once() {
        let mut cache = CellCache::new();
        let texts: Vec<String> =
            (0..3000).map(|number| "x".repeat(number % 40) + &number.to_string()).collect();
        for round in 0..2 {
            for text in &texts {
                let read = || if round == 0 { text.clone() } else { "again".into() };
                assert_eq!(cache.get(text.as_bytes(), read), text);
            }
        }
        for text in ["", "a", "aa", "aaa", "aaaa", "aaaaaaa", "aaaaaaaa", "aaaaaaaaaaaaaaaa"] {
            assert_eq!(cache.get(text.as_bytes(), || text.into()), text);
        }
        assert_eq!(cache.get(b"\0", || "zero".into()), "zero");
    }

    #[test]
    fn every_byte_of_a_cell_counts() {
        let mut cache = CellCache::new();
        for length in 0..=40 {
            let plain = vec![b'a'; length];
            assert_eq!(*cache.get(&plain, || plain.clone()), plain);
            for at in 0..length {
                let mut other = plain.clone();
                other[at] = b'b';
                for _ in 0..2 {
                    assert_eq!(*cache.get(&other, || other.clone()), other);
                }
            }
        }
    }

    #[test]
    fn a_cache_is_bounded() {
        let mut cache = CellCache::new();
        for number in 0..=MOST {
            cache.get(number.to_string().as_bytes(), || number);
        }
        assert!(cache.values.len() < MOST);
        assert_eq!(*cache.get(b"5", || 5), 5);
    }

    #[test]
    fn codes_are_found_again() {
        let mut cache = AnswerCache::new(3);
        for number in 0..5000_u32 {
            let codes = [number % 7, number / 7, 0];
            assert_eq!(cache.find(&codes), None);
            cache.insert(&codes, number);
        }
        for number in 0..5000_u32 {
            let at = cache.find(&[number % 7, number / 7, 0]).unwrap();
            assert_eq!(*cache.value(at), number);
        }
        assert_eq!(cache.take().len(), 5000);
        assert_eq!(cache.find(&[0, 0, 0]), None);
    }

    #[test]
    fn rows_without_codes_are_all_the_same() {
        let mut cache = AnswerCache::new(0);
        assert_eq!(cache.find(&[]), None);
        cache.insert(&[], "all");
        assert_eq!(cache.find(&[]), Some(0));
    }
}
