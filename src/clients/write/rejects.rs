//! Records that cannot be read, set aside as they are.

use super::output::Output;
#[cfg(feature = "cli")]
use super::output::Unfinished;
use crate::clients::encoding::Encoding;
use crate::clients::error::ListError;
use crate::clients::read::Reject;
use std::io::Write;
#[cfg(feature = "cli")]
use std::path::PathBuf;

/// Where rejects go.
pub enum RejectsTo {
    /// A file, made only when there is a reject; a signal has it removed while it is unfinished.
    #[cfg(feature = "cli")]
    File(PathBuf, Unfinished),
    /// Written at once, such as to standard error.
    Stream(Box<dyn Write + Send>),
}

/// Writes rejects.
pub(crate) struct Rejects {
    to: Option<RejectsTo>,
    output: Option<Output>,
    encoding: Encoding,
    separator: u8,
    /// The titles of the list as it writes them, so that a record mended in place can be cut out again.
    header: Vec<u8>,
    pub(crate) count: u64,
}

impl Rejects {
    pub(crate) fn new(to: RejectsTo, encoding: Encoding, separator: u8, header: &[u8]) -> Self {
        Rejects { to: Some(to), output: None, encoding, separator, header: header.to_vec(), count: 0 }
    }

    /// Writes rejects of a block; `lines`: how many lines there are before the block.
    pub(crate) fn write(&mut self, rejects: &[Reject], lines: u64) -> Result<(), ListError> {
        if rejects.is_empty() {
            return Ok(());
        }
        let mut text = Vec::new();
        let separator = char::from(self.separator);
        let output = match &mut self.output {
            Some(output) => output,
            closed => {
                text.extend_from_slice(format!("line{separator}reason{separator}").as_bytes());
                text.extend_from_slice(&self.header);
                text.push(b'\n');
                let output = match self.to.take() {
                    #[cfg(feature = "cli")]
                    Some(RejectsTo::File(path, unfinished)) => Output::at(&path, &unfinished)?,
                    Some(RejectsTo::Stream(stream)) => Output::stream(stream),
                    None => return Ok(()),
                };
                let output = closed.insert(output);
                output.write_all(self.encoding.mark()).map_err(ListError::Write)?;
                output
            }
        };
        for reject in rejects {
            let line = lines + reject.line + 1;
            text.extend_from_slice(format!("{line}{separator}{}{separator}", reject.reason).as_bytes());
            text.extend_from_slice(&reject.record);
            if !reject.record.ends_with(b"\n") {
                text.push(b'\n');
            }
        }
        self.count += rejects.len() as u64;
        output.write_all(&self.encoding.outward(&text)).map_err(ListError::Write)
    }

    /// Puts the file in its place, if there is one.
    pub(crate) fn finish(self) -> Result<(), ListError> {
        self.output.map_or(Ok(()), Output::finish)
    }
}
