//! A file that is on the disk before it replaces another: what the disk refuses afterwards would be lost, and what stood
//! there before too.
//!
//! To wait for the disk costs least where its bytes go past the memory in which the system keeps files, in large blocks, and
//! by a thread that does nothing else: a list of a million rows is then on the disk when it has been worked out, and writing
//! it takes a quarter of the processor time. Files smaller than a block, and file systems that offer no such way, are
//! written as usual.

use std::fs::File;
use std::io::{self, ErrorKind, Write};
use std::panic::resume_unwind;
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
use std::thread::{Builder, JoinHandle};
use tempfile::NamedTempFile;

/// So many bytes go to the disk at once: with less the disk is slower, and more is not faster.
const BLOCK: usize = 1 << 21;
/// Where blocks begin in memory, in the file, and how long they are: in multiples of this, which every disk takes.
const ALIGNED: usize = 1 << 12;
/// So many full blocks wait for the disk at most.
const WAITING: usize = 2;

/// Bytes on their way to the disk.
struct Block {
    bytes: Vec<u8>,
    /// Where in `bytes` it begins, so that it is aligned.
    start: usize,
    filled: usize,
}

impl Block {
    fn new() -> Block {
        let bytes = vec![0; BLOCK + ALIGNED];
        Block { start: bytes.as_ptr().align_offset(ALIGNED).min(ALIGNED), filled: 0, bytes }
    }

    /// Takes as many bytes as it has room for, and says how many.
    fn take(&mut self, bytes: &[u8]) -> usize {
        let taken = bytes.len().min(BLOCK - self.filled);
        let at = self.start + self.filled;
        self.bytes[at..at + taken].copy_from_slice(&bytes[..taken]);
        self.filled += taken;
        taken
    }

    fn content(&self) -> &[u8] {
        &self.bytes[self.start..self.start + self.filled]
    }
}

/// A thread that writes full blocks, and gives them back empty.
struct BlockWriter {
    full: SyncSender<Block>,
    empty: Receiver<Block>,
    thread: JoinHandle<io::Result<()>>,
}

impl BlockWriter {
    /// Nothing where there is no thread to be had.
    fn new(file: &File) -> io::Result<Option<BlockWriter>> {
        let mut file = file.try_clone()?;
        let (full, to_write) = sync_channel(WAITING);
        let (written, empty) = channel();
        let thread = Builder::new().spawn(move || write_blocks(&mut file, to_write, written));
        Ok(thread.ok().map(|thread| BlockWriter { full, empty, thread }))
    }

    /// Waits until all blocks are written.
    fn finish(self) -> io::Result<()> {
        drop(self.full);
        self.thread.join().unwrap_or_else(|panic| resume_unwind(panic))
    }
}

fn write_blocks(file: &mut File, full: Receiver<Block>, empty: Sender<Block>) -> io::Result<()> {
    for mut block in full {
        store(file, block.content())?;
        block.filled = 0;
        // Nobody waits for it after the last one.
        let _ = empty.send(block);
    }
    Ok(())
}

/// Writes bytes; what the disk does not take past the system's memory goes through it.
fn store(file: &mut File, mut bytes: &[u8]) -> io::Result<()> {
    while !bytes.is_empty() {
        match file.write(bytes) {
            Ok(0) => return Err(ErrorKind::WriteZero.into()),
            Ok(written) => bytes = &bytes[written..],
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) if error.kind() == ErrorKind::InvalidInput && past_memory(file, false)? => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// Lets what is written go past the memory in which the system keeps files, or through it again. Whether that is another way
/// than before.
#[cfg(target_os = "linux")]
fn past_memory(file: &File, past: bool) -> io::Result<bool> {
    use rustix::fs::{OFlags, fcntl_getfl, fcntl_setfl};
    let before = fcntl_getfl(file)?;
    let mut after = before;
    after.set(OFlags::DIRECT, past);
    if before != after {
        fcntl_setfl(file, after)?;
    }
    Ok(before != after)
}

/// Elsewhere everything goes through it.
#[cfg(not(target_os = "linux"))]
fn past_memory(_file: &File, _past: bool) -> io::Result<bool> {
    Ok(false)
}

/// A file whose bytes the disk takes while the next ones are worked out.
pub(super) struct SyncedFile {
    file: NamedTempFile,
    /// What does not fill a block yet.
    filling: Block,
    writer: Option<BlockWriter>,
    /// Whether a block was written.
    is_begun: bool,
}

impl SyncedFile {
    pub(super) fn new(file: NamedTempFile) -> SyncedFile {
        SyncedFile { file, filling: Block::new(), writer: None, is_begun: false }
    }

    /// The file, all of it on the disk.
    ///
    /// # Errors
    /// What the disk refused, now or before.
    pub(super) fn synced(mut self) -> io::Result<NamedTempFile> {
        self.writer.take().map_or(Ok(()), BlockWriter::finish)?;
        // What is left fills no block.
        past_memory(self.file.as_file(), false)?;
        self.file.write_all(self.filling.content())?;
        self.file.as_file().sync_all()?;
        Ok(self.file)
    }

    /// Sends the full block on its way.
    fn send(&mut self) -> io::Result<()> {
        if !self.is_begun {
            self.is_begun = true;
            // A file system that has no such way says so here, or when it is written.
            let _ = past_memory(self.file.as_file(), true);
            self.writer = BlockWriter::new(self.file.as_file())?;
        }
        let Some(writer) = &self.writer else {
            store(self.file.as_file_mut(), self.filling.content())?;
            self.filling.filled = 0;
            return Ok(());
        };
        let empty = writer.empty.try_recv().unwrap_or_else(|_| Block::new());
        let full = std::mem::replace(&mut self.filling, empty);
        if writer.full.send(full).is_ok() {
            return Ok(());
        }
        // The thread has ended before its time, and says why.
        self.writer.take().map_or(Ok(()), BlockWriter::finish)?;
        Err(io::Error::other("nobody writes the file any more"))
    }
}

impl Write for SyncedFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let taken = self.filling.take(bytes);
        if self.filling.filled == BLOCK {
            self.send()?;
        }
        Ok(taken)
    }

    /// Bytes that fill no block wait for the end.
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Writes so many bytes in pieces of a length, and reads them again.
    fn check(folder: &std::path::Path, length: usize, piece: usize) {
        let bytes: Vec<u8> = (0..length).map(|at| (at % 251) as u8).collect();
        let mut file = SyncedFile::new(NamedTempFile::new_in(folder).unwrap());
        bytes.chunks(piece).for_each(|piece| file.write_all(piece).unwrap());
        let file = file.synced().unwrap();
        assert!(std::fs::read(file.path()).unwrap() == bytes, "{length} bytes in pieces of {piece}");
    }

    #[test]
    fn every_byte_is_there_in_its_place() {
        let folder = tempfile::tempdir().unwrap();
        // In memory, where there is a file system there: it has no other way.
        let folders = [folder.path(), std::path::Path::new("/dev/shm")];
        for folder in folders.into_iter().filter(|folder| folder.is_dir()) {
            check(folder, 0, 1);
            check(folder, 10, 3);
            for length in [BLOCK - 1, BLOCK, BLOCK + 1, 9 * BLOCK + 77] {
                check(folder, length, 300_007);
                check(folder, length, 3 * BLOCK + 5);
            }
        }
    }

    #[test]
    fn blocks_are_aligned() {
        for block in std::iter::repeat_with(Block::new).take(20) {
            assert_eq!(block.bytes[block.start..].as_ptr() as usize % ALIGNED, 0);
        }
    }

    #[test]
    fn what_the_disk_takes_only_through_memory_is_written_too() {
        let folder = tempfile::tempdir().unwrap();
        let mut file = NamedTempFile::new_in(folder.path()).unwrap();
        let _ = past_memory(file.as_file(), true);
        // No disk takes so few bytes past it.
        store(file.as_file_mut(), b"0123456789").unwrap();
        store(file.as_file_mut(), b"abc").unwrap();
        assert_eq!(std::fs::read(file.path()).unwrap(), b"0123456789abc");
    }

    #[test]
    fn what_the_disk_refuses_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let named = NamedTempFile::new_in(folder.path()).unwrap();
        let (_, path) = named.into_parts();
        // A file that can only be read takes nothing.
        let only_read = File::open(&path).unwrap();
        let mut file = SyncedFile::new(NamedTempFile::from_parts(only_read, path));
        let refused = (0..20).find_map(|_| file.write_all(&vec![b'x'; BLOCK]).err());
        assert!(refused.or_else(|| file.synced().err()).is_some());
    }
}
