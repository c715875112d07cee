//! A file that is on the disk before it replaces another.

use std::fs::File;
use std::io::{self, Write};
use tempfile::NamedTempFile;

/// So many bytes are written before the disk is asked to take them: the fewer, the sooner it has something to do, and the
/// less is left at the end. Below this each asking costs as much as it saves.
const STRETCH: u64 = 4 << 20;

/// A file whose bytes the disk takes while the next ones are worked out, so that there is little to wait for at the end:
/// what the disk refuses after the file was put in its place would be lost, and what stood there before too.
pub(super) struct SyncedFile {
    file: NamedTempFile,
    /// Bytes written.
    written: u64,
    /// How many of them the disk was asked to take.
    asked: u64,
}

impl SyncedFile {
    pub(super) fn new(file: NamedTempFile) -> SyncedFile {
        SyncedFile { file, written: 0, asked: 0 }
    }

    /// The file, all of it on the disk.
    ///
    /// # Errors
    /// What the disk refused, now or before.
    pub(super) fn synced(self) -> io::Result<NamedTempFile> {
        self.file.as_file().sync_all()?;
        Ok(self.file)
    }
}

impl Write for SyncedFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.file.as_file_mut().write(bytes)?;
        self.written = self.written.saturating_add(written as u64);
        if self.written - self.asked >= STRETCH {
            begin_to_store(self.file.as_file(), self.asked, self.written);
            self.asked = self.written;
        }
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.as_file_mut().flush()
    }
}

/// Lets the disk begin to take what lies between two places of a file, without waiting for it. Linux does so when told
/// that it is not needed in memory any more, and keeps in memory what is on its way; whatever goes wrong is told when the
/// whole file is asked for.
#[cfg(target_os = "linux")]
fn begin_to_store(file: &File, from: u64, to: u64) {
    use rustix::fs::{Advice, fadvise};
    let _ = fadvise(file, from, std::num::NonZeroU64::new(to - from), Advice::DontNeed);
}

/// Elsewhere the disk takes it when the system sees fit, and the rest of it at the end.
#[cfg(not(target_os = "linux"))]
fn begin_to_store(_file: &File, _from: u64, _to: u64) {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_is_there_however_often_the_disk_was_asked() {
        let folder = tempfile::tempdir().unwrap();
        let mut file = SyncedFile::new(NamedTempFile::new_in(folder.path()).unwrap());
        let block = vec![b'x'; STRETCH as usize / 3];
        for _ in 0..10 {
            file.write_all(&block).unwrap();
        }
        let file = file.synced().unwrap();
        assert_eq!(file.as_file().metadata().unwrap().len(), 10 * block.len() as u64);
    }
}
