//! Where a list comes from.

use crate::clients::again::Again;
use crate::clients::error::ListError;
use crate::clients::kind::Kind;
use std::io::Read;
use std::path::Path;
#[cfg(feature = "cli")]
use std::{fs::File, path::PathBuf};

/// Where a list comes from.
pub enum Input {
    /// A file.
    #[cfg(feature = "cli")]
    File(PathBuf),
    /// Something that can be read once, such as standard input.
    Stream(Box<dyn Read + Send>),
    /// The content of a file that somebody else has opened, with its name.
    Named(String, Box<dyn Read + Send>),
}

impl Input {
    /// The kind that the name of the file says.
    pub(crate) fn named_kind(&self) -> Option<Kind> {
        match self {
            #[cfg(feature = "cli")]
            Input::File(path) => Kind::of(path),
            Input::Named(name, _) => Kind::of(Path::new(name)),
            Input::Stream(_) => None,
        }
    }

    /// The first bytes of what can be read anew from its beginning; nothing of what cannot.
    #[cfg(feature = "cli")]
    pub(crate) fn beginning(&self, most: usize) -> Result<Option<Vec<u8>>, ListError> {
        let Input::File(path) = self else { return Ok(None) };
        let file = open(path.clone())?;
        if !file.metadata().is_ok_and(|about| about.is_file()) {
            return Ok(None);
        }
        let mut beginning = Vec::new();
        file.take(most as u64).read_to_end(&mut beginning).map_err(ListError::Read)?;
        Ok(Some(beginning))
    }

    /// Its bytes.
    pub(crate) fn open(self) -> Result<Box<dyn Read + Send>, ListError> {
        match self {
            #[cfg(feature = "cli")]
            Input::File(path) => Ok(Box::new(open(path)?)),
            Input::Stream(content) | Input::Named(_, content) => Ok(content),
        }
    }

    /// The same as something that can be read more than once, a copy where it is no file.
    pub(crate) fn again(self) -> Result<Again, ListError> {
        #[cfg(feature = "cli")]
        if let Input::File(path) = &self {
            let file = open(path.clone())?;
            if file.metadata().is_ok_and(|about| about.is_file()) {
                return Ok(Again::file(file));
            }
        }
        Again::copy(&mut self.open()?).map_err(ListError::Read)
    }
}

#[cfg(feature = "cli")]
fn open(path: PathBuf) -> Result<File, ListError> {
    let failed = |source| ListError::File { doing: "read", path: path.clone(), source };
    let file = File::open(&path).map_err(failed)?;
    if file.metadata().is_ok_and(|about| about.is_dir()) {
        return Err(ListError::Usage(format!(
            "`{}` is a folder; name the lists in it, and with `--output-dir DIR` another folder for their answers",
            path.display()
        )));
    }
    Ok(file)
}
