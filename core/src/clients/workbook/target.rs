//! Where a workbook's bytes go. Whoever writes an archive keeps its writer to itself, so that the writer is shared; and it is
//! one type whatever is behind it, so that the code of archives is there once.

use std::io::{self, Write};
use std::sync::{Arc, Mutex, PoisonError};

/// A writer that fails once.
struct FailsOnce<W: ?Sized> {
    failed: bool,
    out: W,
}

/// What is written to, and given back when all is written.
pub(in crate::clients) struct Target<W>(Arc<Mutex<FailsOnce<W>>>);

impl<W: Write + Send + 'static> Target<W> {
    pub(in crate::clients) fn new(out: W) -> Self {
        Target(Arc::new(Mutex::new(FailsOnce { failed: false, out })))
    }

    /// What an archive is written to.
    pub(in crate::clients) fn writer(&self) -> TargetWriter {
        TargetWriter(self.0.clone())
    }

    /// What was written to, when its writers are gone.
    ///
    /// # Errors
    /// If writing has failed.
    pub(in crate::clients) fn into_inner(self) -> io::Result<W> {
        let target =
            Arc::into_inner(self.0).map(|target| target.into_inner().unwrap_or_else(PoisonError::into_inner));
        match target {
            Some(target) if !target.failed => Ok(target.out),
            _ => Err(io::ErrorKind::Other.into()),
        }
    }
}

/// Writes until that fails, and then keeps silent: the archive's writer closes an archive that is given up, and would
/// complain of it on standard error.
pub(in crate::clients) struct TargetWriter(Arc<Mutex<FailsOnce<dyn Write + Send>>>);

impl TargetWriter {
    fn unless_failed<T>(
        &self,
        otherwise: T,
        write: impl FnOnce(&mut (dyn Write + Send)) -> io::Result<T>,
    ) -> io::Result<T> {
        let mut target = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if target.failed {
            return Ok(otherwise);
        }
        let result = write(&mut target.out);
        target.failed = result.as_ref().is_err_and(|error| error.kind() != io::ErrorKind::Interrupted);
        result
    }
}

impl Write for TargetWriter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.unless_failed(bytes.len(), |out| out.write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.unless_failed((), |out| out.flush())
    }
}
