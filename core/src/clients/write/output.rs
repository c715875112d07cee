//! Files that appear whole or not at all.

#[cfg(feature = "cli")]
use crate::clients::compression::Compression;
use crate::clients::compression::Packing;
use crate::clients::error::ListError;
use std::fs;
#[cfg(feature = "cli")]
use std::fs::{Metadata, OpenOptions};
use std::io::{self, Write};
#[cfg(feature = "cli")]
use std::path::Path;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
#[cfg(feature = "cli")]
use tempfile::NamedTempFile;

#[cfg(feature = "cli")]
use super::synced_file::SyncedFile;

/// The files that are being written, so that a signal can have them removed.
#[derive(Clone, Debug, Default)]
pub struct Unfinished(Arc<Mutex<Vec<PathBuf>>>);

impl Unfinished {
    /// Removes every file that is being written. What stood at their places before stays.
    pub fn remove(&self) {
        for path in self.paths().drain(..) {
            // Nothing more can be done for a file that does not go.
            let _ = fs::remove_file(path);
        }
    }

    fn paths(&self) -> std::sync::MutexGuard<'_, Vec<PathBuf>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Where something is written.
pub struct Output {
    to: Layer,
    #[cfg(feature = "cli")]
    unfinished: Unfinished,
}

/// Written as it comes, or packed before.
enum Layer {
    Plain(To),
    #[cfg_attr(not(feature = "cli"), allow(dead_code, reason = "only files are packed"))]
    Packed(Box<Packing<To>>),
}

enum To {
    /// Written where it is: standard output, a device, a pipe.
    Stream(Box<dyn Write + Send>),
    /// Written beside its place, and put there at the end.
    #[cfg(feature = "cli")]
    Place { beside: SyncedFile, place: PathBuf },
}

impl Output {
    /// What is written where it is: standard output, a device, a pipe.
    pub fn stream(stream: Box<dyn Write + Send>) -> Self {
        Output {
            to: Layer::Plain(To::Stream(stream)),
            #[cfg(feature = "cli")]
            unfinished: Unfinished::default(),
        }
    }

    /// A file at `path`, packed if its name says so.
    ///
    /// # Errors
    /// If nothing can be written there.
    #[cfg(feature = "cli")]
    pub fn at(path: &Path, unfinished: &Unfinished) -> Result<Self, ListError> {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if name.to_ascii_lowercase().ends_with(".zip") {
            return Err(ListError::Usage(format!(
                "`{}` would be a zip, which is read, but not written; write `.gz` or `.zst` instead",
                path.display()
            )));
        }
        let output = Output::unpacked_at(path, unfinished)?;
        Ok(match (Compression::of_name(name), output) {
            (Some((compression, _)), Output { to: Layer::Plain(to), unfinished }) => {
                Output { to: Layer::Packed(Box::new(Packing::new(compression, to))), unfinished }
            }
            (_, output) => output,
        })
    }

    #[cfg(feature = "cli")]
    fn unpacked_at(path: &Path, unfinished: &Unfinished) -> Result<Self, ListError> {
        let failed = |source| ListError::File { doing: "write", path: path.to_owned(), source };
        let place = followed(path).map_err(failed)?;
        match fs::metadata(&place) {
            Ok(there) if there.is_dir() => Err(failed(io::ErrorKind::IsADirectory.into())),
            Ok(there) if !there.is_file() => {
                let device = OpenOptions::new().write(true).open(&place).map_err(failed)?;
                Ok(Output::stream(Box::new(device)))
            }
            there => {
                // A file that may not be written stays as it is, also where its folder would allow a new one.
                if there.is_ok() {
                    OpenOptions::new().write(true).open(&place).map_err(failed)?;
                }
                let beside = beside(&place, there.ok().as_ref()).map_err(failed)?;
                unfinished.paths().push(beside.path().to_owned());
                let to = Layer::Plain(To::Place { beside: SyncedFile::new(beside), place });
                Ok(Output { to, unfinished: unfinished.clone() })
            }
        }
    }

    /// How the name of the file ends, in small letters, where it is a file.
    pub(crate) fn ending(&self) -> Option<String> {
        #[cfg(feature = "cli")]
        if let Layer::Plain(To::Place { place, .. }) = &self.to {
            return Some(place.extension()?.to_str()?.to_ascii_lowercase());
        }
        None
    }

    /// Puts a finished file in its place.
    ///
    /// # Errors
    /// If the last of it cannot be written or put there.
    pub fn finish(self) -> Result<(), ListError> {
        let mut to = match self.to {
            Layer::Plain(to) => to,
            Layer::Packed(packing) => packing.finish().map_err(ListError::Write)?,
        };
        to.flush().map_err(ListError::Write)?;
        #[cfg(feature = "cli")]
        if let To::Place { beside, place } = to {
            let beside = beside.synced().map_err(ListError::Write)?;
            let path = beside.path().to_owned();
            beside.persist(&place).map_err(|error| ListError::File {
                doing: "write",
                path: place,
                source: error.error,
            })?;
            self.unfinished.paths().retain(|unfinished| *unfinished != path);
        }
        Ok(())
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.to {
            Layer::Plain(to) => to.write(bytes),
            Layer::Packed(packing) => packing.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match &mut self.to {
            Layer::Plain(to) => to.flush(),
            Layer::Packed(packing) => packing.flush(),
        }
    }
}

impl Write for To {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            To::Stream(stream) => stream.write(bytes),
            #[cfg(feature = "cli")]
            To::Place { beside, .. } => beside.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            To::Stream(stream) => stream.flush(),
            #[cfg(feature = "cli")]
            To::Place { beside, .. } => beside.flush(),
        }
    }
}

/// Where a path leads, its links followed, whether or not there is a file at their end.
#[cfg(feature = "cli")]
fn followed(path: &Path) -> io::Result<PathBuf> {
    const MOST_LINKS: usize = 40;
    let mut place = path.to_owned();
    for _ in 0..MOST_LINKS {
        let Ok(next) = fs::read_link(&place) else { return Ok(place) };
        place = place.parent().unwrap_or(Path::new("")).join(next);
    }
    Err(io::Error::other("too many links"))
}

/// A file in the same folder as `place`, with the permissions that the file there has, or that a new one gets.
#[cfg(feature = "cli")]
fn beside(place: &Path, there: Option<&Metadata>) -> io::Result<NamedTempFile> {
    let folder = match place.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    };
    let mut builder = tempfile::Builder::new();
    builder.prefix(".whoowns-").suffix(".part");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // What the user's mask forbids is taken away from it.
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    let file = builder.tempfile_in(folder)?;
    if let Some(there) = there {
        file.as_file().set_permissions(there.permissions())?;
    }
    Ok(file)
}

#[cfg(feature = "cli")]
#[cfg(test)]
mod tests {
    use super::*;

    fn write(path: &Path, text: &[u8]) -> Result<(), ListError> {
        let mut output = Output::at(path, &Unfinished::default())?;
        output.write_all(text).map_err(ListError::Write)?;
        output.finish()
    }

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn a_file_appears_at_the_end_only() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("answers.csv");
        fs::write(&path, "old").unwrap();
        let unfinished = Unfinished::default();
        let mut output = Output::at(&path, &unfinished).unwrap();
        output.write_all(b"new").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"old");
        drop(output);
        assert_eq!(
            (names(folder.path()), fs::read(&path).unwrap()),
            (vec!["answers.csv".into()], b"old".to_vec())
        );
        write(&path, b"new").unwrap();
        assert_eq!(
            (names(folder.path()), fs::read(&path).unwrap()),
            (vec!["answers.csv".into()], b"new".to_vec())
        );
    }

    #[test]
    fn a_signal_removes_what_is_unfinished() {
        let folder = tempfile::tempdir().unwrap();
        let unfinished = Unfinished::default();
        let output = Output::at(&folder.path().join("a"), &unfinished).unwrap();
        assert_eq!(names(folder.path()).len(), 1);
        unfinished.remove();
        assert_eq!(names(folder.path()).len(), 0);
        drop(output);
    }

    #[cfg(unix)]
    #[test]
    fn links_are_followed_and_permissions_kept() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let folder = tempfile::tempdir().unwrap();
        let (path, link) = (folder.path().join("real"), folder.path().join("link"));
        symlink("real", &link).unwrap();
        write(&link, b"one").unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        write(&link, b"two").unwrap();
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::read(&path).unwrap(), b"two");
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o640);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn devices_are_written_directly() {
        write(Path::new("/dev/null"), b"gone").unwrap();
        assert!(write(Path::new("/dev/full"), b"no room").is_err());
        assert!(write(Path::new("/no/such/folder/file"), b"").is_err());
        assert!(write(Path::new("/tmp"), b"").is_err());
    }
}
