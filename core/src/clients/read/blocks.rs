//! A long text as blocks of whole records, so that it never has to be in memory as a whole.

use super::delimited::{Cutter, Odd};
use super::json_array;
use super::row::Supply;
use crate::clients::encoding::Letters;
use crate::clients::error::ListError;
use std::io::Read;
use std::ops::Range;

/// Large enough that handing blocks around costs nothing, small enough to stay in a core's cache.
const SIZE: usize = 256 * 1024;

/// No record of a client list is as long as this. Longer means: a quote that nothing closes, or no list at all.
pub(crate) const LONGEST: usize = 64 * 1024 * 1024;

/// Whole records, one after the other.
#[derive(Debug, Default)]
pub(crate) struct Block {
    /// Its place among the blocks, from 0.
    pub(crate) number: u64,
    bytes: Vec<u8>,
    length: usize,
    /// What of it is not simply well quoted.
    pub(crate) odd: Vec<(Range<usize>, Odd)>,
}

impl Block {
    /// The records.
    pub(crate) fn text(&self) -> &[u8] {
        &self.bytes[..self.length]
    }
}

/// Where records end.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Records {
    /// At line breaks outside of quotes.
    Delimited(Cutter),
    /// At every line break.
    Lines,
    /// At the commas between the elements of a JSON array.
    Elements(Letters),
}

impl Records {
    /// How much of `text` is whole records, and what of it is not simply well quoted.
    fn cut(self, text: &[u8], last: bool) -> (usize, Vec<(Range<usize>, Odd)>) {
        match self {
            Records::Delimited(cutter) => {
                let cut = cutter.cut(text, last);
                (cut.length, cut.odd)
            }
            Records::Elements(letters) => (json_array::cut(text, last, letters), Vec::new()),
            Records::Lines if last => (text.len(), Vec::new()),
            Records::Lines => (memchr::memrchr(b'\n', text).map_or(0, |end| end + 1), Vec::new()),
        }
    }
}

/// Reads blocks.
pub(crate) struct Blocks {
    input: Box<dyn Read + Send>,
    records: Records,
    /// Read, but not given yet.
    kept: Vec<u8>,
    ended: bool,
    given: u64,
}

impl Blocks {
    /// Blocks of `input`, in which records end as told.
    pub(crate) fn new(input: Box<dyn Read + Send>, records: Records) -> Self {
        Blocks { input, records, kept: Vec::new(), ended: false, given: 0 }
    }

    /// Puts text back: it is read again, before the rest.
    pub(crate) fn put_back(&mut self, text: &[u8]) {
        self.kept.splice(..0, text.iter().copied());
    }

    /// Reads the next block into `block`. False at the end.
    ///
    /// # Errors
    /// If reading fails, or a record is longer than any list has.
    pub(crate) fn fill(&mut self, block: &mut Block) -> Result<bool, ListError> {
        let mut filled = self.kept.len();
        if block.bytes.len() < filled.max(SIZE) {
            block.bytes.resize(filled.max(SIZE), 0);
        }
        block.bytes[..filled].copy_from_slice(&self.kept);
        loop {
            filled = self.read_up_to(&mut block.bytes, filled)?;
            if self.ended {
                filled = without_end_mark(&block.bytes[..filled]);
            }
            let (mut length, mut odd) = self.records.cut(&block.bytes[..filled], self.ended);
            if !self.ended {
                length -= end_mark(&block.bytes[..length]);
                if let Some((range, _)) = odd.last_mut() {
                    range.end = range.end.min(length);
                }
            }
            if length > 0 || self.ended {
                self.kept.clear();
                self.kept.extend_from_slice(&block.bytes[length..filled]);
                (block.length, block.odd, block.number) = (length, odd, self.given);
                self.given += 1;
                return Ok(length > 0);
            }
            if filled > LONGEST + SIZE {
                return Err(ListError::TooLong { longest: LONGEST });
            }
            block.bytes.resize(2 * filled, 0);
        }
    }

    /// Reads until `bytes` is full or the input ends; how much of it is filled then.
    fn read_up_to(&mut self, bytes: &mut [u8], mut filled: usize) -> Result<usize, ListError> {
        while !self.ended && filled < bytes.len() {
            match self.input.read(&mut bytes[filled..]) {
                Ok(0) => self.ended = true,
                Ok(count) => filled += count,
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                Err(error) => return Err(ListError::Read(error)),
            }
        }
        Ok(filled)
    }
}

/// Old programs end a text with this character.
const END_MARK: u8 = 0x1a;

/// How long a text is without the marks that end it, and line breaks behind them.
fn without_end_mark(text: &[u8]) -> usize {
    let end = trimmed(text, b"\r\n");
    let content = trimmed(end, &[END_MARK]);
    if content.len() < end.len() { content.len() } else { text.len() }
}

/// How long the last line of a text is, if it is nothing but marks that may be the end.
fn end_mark(text: &[u8]) -> usize {
    let end = trimmed(text, b"\r\n");
    let content = trimmed(end, &[END_MARK]);
    if content.len() < end.len() && content.last() == Some(&b'\n') { text.len() - content.len() } else { 0 }
}

/// A text without any of these bytes at its end.
fn trimmed<'t>(text: &'t [u8], bytes: &[u8]) -> &'t [u8] {
    let end = text.iter().rposition(|byte| !bytes.contains(byte)).map_or(0, |last| last + 1);
    &text[..end]
}

impl Supply<Block> for Blocks {
    fn next(&mut self, block: &mut Block) -> Result<Option<u64>, ListError> {
        Ok(self.fill(block)?.then_some(block.number))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clients::encoding::Encoding;
    use crate::clients::read::delimited::Dialect;

    fn blocks(text: Vec<u8>) -> Vec<Block> {
        let dialect = Dialect::new(b',', b'\n', false, Encoding::UTF_8);
        let cutter = Cutter { dialect, longest: LONGEST };
        let mut blocks = Blocks::new(Box::new(std::io::Cursor::new(text)), Records::Delimited(cutter));
        let mut all = Vec::new();
        loop {
            let mut block = Block::default();
            if !blocks.fill(&mut block).unwrap() {
                return all;
            }
            all.push(block);
        }
    }

    #[test]
    fn blocks_are_the_text_and_end_with_records() {
        let row = b"1,\"a\nb\",\"\"\"\"\r\n";
        let mut text = row.repeat(100_000);
        text.extend(b"last");
        let blocks = blocks(text.clone());
        assert_eq!(blocks.iter().flat_map(|block| block.text().to_vec()).collect::<Vec<u8>>(), text);
        assert!(blocks.len() > 4);
        assert!(blocks[..blocks.len() - 1].iter().all(|block| block.text().ends_with(b"\"\r\n")));
        assert!(blocks.iter().all(|block| block.odd.is_empty()));
    }

    #[test]
    fn a_long_cell_is_one_block() {
        let text = [b"1,\"".to_vec(), b"x\n".repeat(2_500_000), b"\"\n2,b\n".to_vec()].concat();
        let blocks = blocks(text.clone());
        assert_eq!(blocks.iter().map(|block| block.text().len()).sum::<usize>(), text.len());
        assert!(blocks[0].text().len() > 5_000_000);
    }

    #[test]
    fn the_mark_of_old_programs_ends_a_text() {
        for (text, rest) in [
            ("1,2\n\u{1a}", "1,2\n"),
            ("1,2\n\u{1a}\r\n", "1,2\n"),
            ("1,2\u{1a}\n\n", "1,2"),
            ("1,2\n\u{1a}\u{1a}\u{1a}", "1,2\n"),
            ("1,2\n\u{1a}\n3,4\n", "1,2\n\u{1a}\n3,4\n"),
            ("\u{1a}", ""),
        ] {
            let whole: Vec<u8> = blocks(text.into()).iter().flat_map(|block| block.text().to_vec()).collect();
            assert_eq!(String::from_utf8(whole).unwrap(), rest, "{text:?}");
        }
    }
}
