//! What can be read more than once: a file, or bytes in memory.

use std::io::{self, Read, Seek, SeekFrom};
#[cfg(feature = "cli")]
use {std::fs::File, std::io::BufReader};
#[cfg(not(feature = "cli"))]
use {std::io::Cursor, std::sync::Arc};

/// What can be read more than once.
pub(crate) struct Again {
    #[cfg(feature = "cli")]
    from: BufReader<File>,
    #[cfg(not(feature = "cli"))]
    from: Cursor<Arc<[u8]>>,
}

impl Again {
    /// A file, from where it stands.
    #[cfg(feature = "cli")]
    pub(crate) fn file(file: File) -> Self {
        Again { from: BufReader::new(file) }
    }

    /// A copy of what can be read only once, kept in a file that nobody sees.
    #[cfg(feature = "cli")]
    pub(crate) fn copy(stream: &mut dyn Read) -> io::Result<Self> {
        let mut copy = tempfile::tempfile()?;
        io::copy(stream, &mut copy)?;
        copy.rewind()?;
        Ok(Again::file(copy))
    }

    /// A copy of what can be read only once, kept in memory.
    #[cfg(not(feature = "cli"))]
    pub(crate) fn copy(stream: &mut dyn Read) -> io::Result<Self> {
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes)?;
        Ok(Again { from: Cursor::new(bytes.into()) })
    }

    /// The same once more; the two share their place in it, so that one is read after the other.
    pub(crate) fn again(&self) -> io::Result<Self> {
        #[cfg(feature = "cli")]
        return Ok(Again::file(self.from.get_ref().try_clone()?));
        #[cfg(not(feature = "cli"))]
        Ok(Again { from: self.from.clone() })
    }
}

impl Read for Again {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        self.from.read(into)
    }
}

impl Seek for Again {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.from.seek(to)
    }
}
