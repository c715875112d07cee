//! Lists that are packed, as `.gz` or `.zst`.

use flate2::read::MultiGzDecoder;
use flate2::write::GzEncoder;
use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};
use ruzstd::encoding::{CompressionLevel, compress_to_vec};
use std::io::{self, BufRead, BufReader, Read, Write};

/// How a list is packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Compression {
    /// gzip: `.gz`.
    Gzip,
    /// Zstandard: `.zst`.
    Zstandard,
}

/// How much is packed at once.
const CHUNK: usize = 1 << 20;

impl Compression {
    /// What the name of a file says, and the name without it: `clients.csv.gz` is `clients.csv`, packed.
    pub(crate) fn of_name(name: &str) -> Option<(Self, &str)> {
        let (rest, ending) = name.rsplit_once('.')?;
        match ending.to_ascii_lowercase().as_str() {
            "gz" | "gzip" => Some((Compression::Gzip, rest)),
            "zst" | "zstd" => Some((Compression::Zstandard, rest)),
            _ => None,
        }
    }

    /// What the first bytes of a file say.
    pub(crate) fn of_content(beginning: &[u8]) -> Option<Self> {
        match beginning {
            [0x1f, 0x8b, ..] => Some(Compression::Gzip),
            [0x28, 0xb5, 0x2f, 0xfd, ..] => Some(Compression::Zstandard),
            // A frame to be skipped, before the first that holds something.
            [0x50..=0x5f, 0x2a, 0x4d, 0x18, ..] => Some(Compression::Zstandard),
            _ => None,
        }
    }

    /// The ending of such files.
    pub(crate) fn ending(self) -> &'static str {
        match self {
            Compression::Gzip => "gz",
            Compression::Zstandard => "zst",
        }
    }

    /// What was packed, unpacked as it is read; memory does not grow with it.
    pub(crate) fn unpacking(self, packed: impl Read + Send + 'static) -> Box<dyn Read + Send> {
        let packed = BufReader::with_capacity(1 << 16, packed);
        let unpacked: Box<dyn Read + Send> = match self {
            Compression::Gzip => Box::new(MultiGzDecoder::new(packed)),
            Compression::Zstandard => Box::new(Frames { packed, frame: FrameDecoder::new(), within: false }),
        };
        Box::new(Told { unpacked, of: self })
    }
}

/// Says of a failure what the user can do.
struct Told {
    unpacked: Box<dyn Read + Send>,
    of: Compression,
}

impl Read for Told {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        self.unpacked.read(into).map_err(|error| {
            let ending = self.of.ending();
            match error.kind() {
                io::ErrorKind::Interrupted => error,
                io::ErrorKind::UnexpectedEof => io::Error::new(
                    io::ErrorKind::UnexpectedEof,
                    format!("the .{ending} file ends in the middle: it was cut off; get it anew"),
                ),
                kind => io::Error::new(kind, format!("the .{ending} file is damaged: {error}; get it anew")),
            }
        })
    }
}

/// The frames of a Zstandard file, one after the other.
struct Frames<R> {
    packed: R,
    frame: FrameDecoder,
    /// Whether `frame` has not come to its end.
    within: bool,
}

impl<R: BufRead> Read for Frames<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        loop {
            if !self.within && !self.next()? {
                return Ok(0);
            }
            while self.frame.can_collect() == 0 && !self.frame.is_finished() {
                let one = BlockDecodingStrategy::UptoBlocks(1);
                self.frame.decode_blocks(&mut self.packed, one).map_err(|error| why(&error))?;
            }
            let read = self.frame.read(into)?;
            if read > 0 || into.is_empty() {
                return Ok(read);
            }
            let (said, found) = (self.frame.get_checksum_from_data(), self.frame.get_calculated_checksum());
            if said.is_some() && said != found {
                return Err(io::Error::other("its check sum is wrong"));
            }
            self.within = false;
        }
    }
}

impl<R: BufRead> Frames<R> {
    /// Goes into the next frame that holds something; false at the end.
    fn next(&mut self) -> io::Result<bool> {
        while !self.packed.fill_buf()?.is_empty() {
            match self.frame.reset(&mut self.packed) {
                Ok(()) => {
                    self.within = true;
                    return Ok(true);
                }
                Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame {
                    length,
                    ..
                })) => {
                    let length = u64::from(length);
                    if io::copy(&mut self.packed.by_ref().take(length), &mut io::sink())? < length {
                        return Err(io::ErrorKind::UnexpectedEof.into());
                    }
                }
                Err(error) => return Err(why(&error)),
            }
        }
        Ok(false)
    }
}

/// Why a frame cannot be read: whether it is cut off is known at the bottom only.
fn why(error: &FrameDecoderError) -> io::Error {
    let mut bottom: &dyn std::error::Error = error;
    while let Some(source) = bottom.source() {
        bottom = source;
    }
    match bottom.downcast_ref::<io::Error>() {
        Some(io) => io::Error::new(io.kind(), io.to_string()),
        None => io::Error::other(bottom.to_string()),
    }
}

/// Packs what is written.
pub(crate) enum Packing<W: Write> {
    /// As gzip does.
    Gzip(Box<GzEncoder<W>>),
    /// As Zstandard does, a frame a chunk.
    Zstandard { out: W, chunk: Vec<u8> },
}

impl<W: Write> Packing<W> {
    /// Packs into `out`.
    pub(crate) fn new(compression: Compression, out: W) -> Self {
        match compression {
            Compression::Gzip => Packing::Gzip(Box::new(GzEncoder::new(out, flate2::Compression::default()))),
            Compression::Zstandard => Packing::Zstandard { out, chunk: Vec::with_capacity(CHUNK) },
        }
    }

    /// Packs what is left, and gives back what it was written to.
    pub(crate) fn finish(self) -> io::Result<W> {
        match self {
            Packing::Gzip(encoder) => encoder.finish(),
            Packing::Zstandard { mut out, chunk } => {
                out.write_all(&compress_to_vec(&chunk[..], CompressionLevel::Fastest))?;
                Ok(out)
            }
        }
    }
}

impl<W: Write> Write for Packing<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Packing::Gzip(encoder) => encoder.write(bytes),
            Packing::Zstandard { out, chunk } => {
                let taken = bytes.len().min(CHUNK - chunk.len());
                chunk.extend_from_slice(&bytes[..taken]);
                if chunk.len() == CHUNK {
                    out.write_all(&compress_to_vec(&chunk[..], CompressionLevel::Fastest))?;
                    chunk.clear();
                }
                Ok(taken)
            }
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        // What is not packed yet is so at the end only: flushing early would pack it worse.
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Cursor;

    const BOTH: [Compression; 2] = [Compression::Gzip, Compression::Zstandard];

    fn packed(compression: Compression, text: &[u8]) -> Vec<u8> {
        let mut packing = Packing::new(compression, Vec::new());
        packing.write_all(text).unwrap();
        packing.finish().unwrap()
    }

    fn unpacked(compression: Compression, bytes: Vec<u8>) -> Result<Vec<u8>, String> {
        let mut text = Vec::new();
        let read = compression.unpacking(Cursor::new(bytes)).read_to_end(&mut text);
        read.map(|_| text).map_err(|error| error.to_string())
    }

    #[test]
    fn what_is_packed_is_unpacked() {
        let long: Vec<u8> = (0..700_000_u32)
            .flat_map(|number| format!("Company {number},{}\n", number % 977).into_bytes())
            .collect();
        for compression in BOTH {
            for text in [&b""[..], b"a,b\n1,2\n", &long] {
                let packed = packed(compression, text);
                assert_eq!(Compression::of_content(&packed), Some(compression));
                assert!(text.len() < 100 || packed.len() < text.len() / 2);
                assert_eq!(unpacked(compression, packed), Ok(text.to_vec()));
            }
        }
    }

    #[test]
    fn pieces_that_are_put_together_are_read_as_one() {
        for compression in BOTH {
            let both = [packed(compression, b"one\n"), packed(compression, b"two\n")].concat();
            assert_eq!(unpacked(compression, both), Ok(b"one\ntwo\n".to_vec()));
        }
        let skipped =
            [&[0x51, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3][..], &packed(Compression::Zstandard, b"x")]
                .concat();
        assert_eq!(unpacked(Compression::Zstandard, skipped), Ok(b"x".to_vec()));
    }

    #[test]
    fn what_is_cut_or_damaged_is_said() {
        let text: Vec<u8> =
            (0..20_000_u32).flat_map(|number| number.wrapping_mul(2_654_435_761).to_le_bytes()).collect();
        for compression in BOTH {
            let packed = packed(compression, &text);
            for end in [5, packed.len() / 2, packed.len() - 1] {
                let error = unpacked(compression, packed[..end].to_vec()).unwrap_err();
                assert!(error.contains("ends in the middle"), "{compression:?} {end}: {error}");
            }
            let mut damaged = packed.clone();
            let middle = damaged.len() / 2;
            damaged[middle..middle + 40].fill(0x55);
            assert!(unpacked(compression, damaged).unwrap_err().contains("is damaged"));
        }
    }

    #[test]
    fn names_say_how_a_file_is_packed() {
        assert_eq!(Compression::of_name("a.csv.GZ"), Some((Compression::Gzip, "a.csv")));
        assert_eq!(Compression::of_name("a.zst"), Some((Compression::Zstandard, "a")));
        assert_eq!(Compression::of_name("a.csv"), None);
    }
}
