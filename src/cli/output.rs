//! Where results go: standard output, or a file that appears whole or not at all.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::Args;

/// Where to write.
#[derive(Debug, Clone, Default, Args)]
pub struct Output {
    /// Write to this file instead of standard output
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

impl Output {
    /// Writes a result.
    pub fn write(&self, text: &str) -> anyhow::Result<()> {
        match &self.output {
            Some(path) if path != Path::new("-") => write_file(path, text.as_bytes())
                .with_context(|| format!("cannot write `{}`", path.display())),
            _ => {
                let mut out = io::stdout().lock();
                out.write_all(text.as_bytes())
                    .and_then(|()| out.flush())
                    .context("cannot write standard output")
            }
        }
    }
}

/// Writes beside the place and renames, so that an old file survives a failed run; a link is followed, and what is no
/// regular file is written directly.
fn write_file(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let place = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    if let Ok(there) = fs::metadata(&place)
        && !there.is_file()
    {
        return OpenOptions::new().write(true).open(&place)?.write_all(bytes);
    }
    let folder = place.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut beside = tempfile::NamedTempFile::new_in(folder)?;
    beside.write_all(bytes)?;
    if let Ok(there) = fs::metadata(&place) {
        beside.as_file().set_permissions(there.permissions())?;
    }
    beside.persist(&place).map_err(|error| error.error)?;
    Ok(())
}
