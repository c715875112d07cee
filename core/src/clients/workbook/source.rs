//! A workbook's bytes, read at several places at once.

use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::sync::{Arc, Mutex, PoisonError};

/// Something that can be read from any place: a file, or bytes in memory.
trait Seekable: Read + Seek + Send {}
impl<T: Read + Seek + Send> Seekable for T {}

/// The bytes of a workbook. Each copy has its own place in them; the bytes themselves are there once.
#[derive(Clone)]
pub(in crate::clients) struct Source {
    bytes: Arc<Mutex<dyn Seekable>>,
    length: u64,
    at: u64,
}

/// The bytes as the readers of workbooks take them.
pub(super) type Bytes = BufReader<Source>;

impl Source {
    /// A source of what can be read from any place.
    ///
    /// # Errors
    /// If its end cannot be found.
    pub(in crate::clients) fn new(mut bytes: impl Read + Seek + Send + 'static) -> io::Result<Self> {
        let length = bytes.seek(SeekFrom::End(0))?;
        Ok(Source { bytes: Arc::new(Mutex::new(bytes)), length, at: 0 })
    }

    /// The same bytes, read from the place `at`.
    pub(super) fn from(&self, at: u64) -> Self {
        Source { at, ..self.clone() }
    }
}

impl Read for Source {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        // Another reader may have moved the file's own place.
        let mut bytes = self.bytes.lock().unwrap_or_else(PoisonError::into_inner);
        bytes.seek(SeekFrom::Start(self.at))?;
        let read = bytes.read(into)?;
        self.at += read as u64;
        Ok(read)
    }
}

impl Seek for Source {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let place = match to {
            SeekFrom::Start(place) => Some(place),
            SeekFrom::End(offset) => self.length.checked_add_signed(offset),
            SeekFrom::Current(offset) => self.at.checked_add_signed(offset),
        };
        self.at = place.ok_or(io::ErrorKind::InvalidInput)?;
        Ok(self.at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Cursor;

    #[test]
    fn every_copy_has_its_own_place() {
        let mut one = Source::new(Cursor::new(b"0123456789".to_vec())).unwrap();
        let mut other = one.from(5);
        let mut read = [0; 3];
        one.read_exact(&mut read).unwrap();
        assert_eq!(&read, b"012");
        other.read_exact(&mut read).unwrap();
        assert_eq!(&read, b"567");
        one.seek(SeekFrom::End(-3)).unwrap();
        one.read_exact(&mut read).unwrap();
        assert_eq!(&read, b"789");
        assert!(one.seek(SeekFrom::Current(-11)).is_err());
    }
}
