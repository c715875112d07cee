//! The beginning of a text, decoded: all that is needed to find out what the text is.

use crate::clients::encoding::Encoding;
use crate::clients::error::ListError;
use std::io::{Cursor, Read};

/// So much of a text is looked at.
pub(super) const BLOCK: u64 = 256 * 1024;

/// A text of which the beginning has been read.
pub(crate) struct OpenedText {
    pub(crate) encoding: Encoding,
    /// The beginning, behind the mark, in the bytes that are worked on.
    pub(crate) block: Vec<u8>,
    /// Whether that is all of it.
    pub(crate) is_whole: bool,
    /// What follows the beginning.
    pub(crate) rest: Box<dyn Read + Send>,
}

impl OpenedText {
    /// Reads the first block, and finds out its encoding unless it is told.
    ///
    /// # Errors
    /// If reading fails.
    pub(crate) fn new(mut input: Box<dyn Read + Send>, told: Option<Encoding>) -> Result<Self, ListError> {
        let mut raw = Vec::new();
        input.by_ref().take(BLOCK).read_to_end(&mut raw).map_err(ListError::Read)?;
        let (encoding, mark) = Encoding::detect(&raw, told);
        raw.drain(..mark);
        let rest = encoding.decoding(Cursor::new(raw).chain(input));
        let mut text = OpenedText { encoding, block: Vec::new(), is_whole: false, rest };
        text.read_more()?;
        Ok(text)
    }

    /// Reads as much again as has been read already.
    ///
    /// # Errors
    /// If reading fails.
    pub(crate) fn read_more(&mut self) -> Result<(), ListError> {
        let wanted = BLOCK.max(self.block.len() as u64);
        let read = self.rest.by_ref().take(wanted).read_to_end(&mut self.block).map_err(ListError::Read)?;
        self.is_whole = (read as u64) < wanted;
        Ok(())
    }
}
