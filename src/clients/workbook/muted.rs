//! A writer that fails once.

use std::io::{self, Write};

/// Writes until that fails, and then keeps silent: the archive's writer closes an archive that is given up, and would
/// complain of it on standard error.
pub(super) struct Muted<W> {
    out: W,
    failed: bool,
}

impl<W: Write> Muted<W> {
    pub(super) fn new(out: W) -> Self {
        Muted { out, failed: false }
    }

    /// What was written to.
    ///
    /// # Errors
    /// If writing has failed.
    pub(super) fn into_inner(self) -> io::Result<W> {
        if self.failed { Err(io::ErrorKind::Other.into()) } else { Ok(self.out) }
    }

    fn first<T>(&mut self, result: io::Result<T>) -> io::Result<T> {
        self.failed |= result.as_ref().is_err_and(|error| error.kind() != io::ErrorKind::Interrupted);
        result
    }
}

impl<W: Write> Write for Muted<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.failed {
            return Ok(bytes.len());
        }
        let result = self.out.write(bytes);
        self.first(result)
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.failed {
            return Ok(());
        }
        let result = self.out.flush();
        self.first(result)
    }
}
