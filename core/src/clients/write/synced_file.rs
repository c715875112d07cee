//! A file that is on the disk before it replaces another.

use std::fs::File;
use std::io::{self, Write};
use std::panic::resume_unwind;
use std::thread::{Builder, JoinHandle};
use tempfile::NamedTempFile;

/// So many bytes are written before the disk is asked to take them: the fewer, the sooner it has something to do, and the
/// less is left at the end. Below this each asking costs as much as it saves.
const STRETCH: usize = 4 << 20;

/// A file whose bytes the disk takes while the next ones are worked out, so that there is little to wait for at the end:
/// what the disk refuses after the file was put in its place would be lost, and what stood there before too.
pub(super) struct SyncedFile {
    file: NamedTempFile,
    /// Bytes written since the disk was last asked.
    since: usize,
    syncing: Option<JoinHandle<io::Result<()>>>,
}

impl SyncedFile {
    pub(super) fn new(file: NamedTempFile) -> SyncedFile {
        SyncedFile { file, since: 0, syncing: None }
    }

    /// The file, all of it on the disk.
    ///
    /// # Errors
    /// What the disk refused, now or before.
    pub(super) fn synced(mut self) -> io::Result<NamedTempFile> {
        self.wait()?;
        self.file.as_file().sync_all()?;
        Ok(self.file)
    }

    /// Waits for the disk. An error is told to one who asks alone, so it must not be passed over.
    fn wait(&mut self) -> io::Result<()> {
        let joined = self.syncing.take().map_or(Ok(Ok(())), JoinHandle::join);
        joined.unwrap_or_else(|panic| resume_unwind(panic))
    }

    /// Asks the disk to take what was written, unless it is still at work.
    fn ask(&mut self) -> io::Result<()> {
        if self.syncing.as_ref().is_some_and(|syncing| !syncing.is_finished()) {
            return Ok(());
        }
        self.wait()?;
        self.since = 0;
        let file: File = self.file.as_file().try_clone()?;
        // Where there is no thread to be had, all of it is taken at the end.
        self.syncing = Builder::new().spawn(move || file.sync_data()).ok();
        Ok(())
    }
}

impl Write for SyncedFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.file.as_file_mut().write(bytes)?;
        self.since = self.since.saturating_add(written);
        if self.since >= STRETCH {
            self.ask()?;
        }
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.as_file_mut().flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_is_there_however_often_the_disk_was_asked() {
        let folder = tempfile::tempdir().unwrap();
        let mut file = SyncedFile::new(NamedTempFile::new_in(folder.path()).unwrap());
        let block = vec![b'x'; STRETCH / 3];
        for _ in 0..10 {
            file.write_all(&block).unwrap();
        }
        let file = file.synced().unwrap();
        assert_eq!(file.as_file().metadata().unwrap().len(), 10 * block.len() as u64);
    }
}
