//! Whether two paths lead to the same file, by whatever way.

use std::io;
use std::path::{Path, PathBuf};

use anyhow::bail;

/// Where a path leads.
#[derive(Debug, PartialEq, Eq)]
enum Place {
    /// Standard input or output.
    Standard,
    /// A file that is there.
    There(there::Id),
    /// A file that is not there yet, in a folder that is.
    New(PathBuf),
}

/// Refuses two paths that lead to the same file, unless both are read; each comes with what it is for. The first `inputs`
/// are read.
pub fn refuse(paths: &[(PathBuf, &str)], inputs: usize) -> anyhow::Result<()> {
    let places: Vec<Option<Place>> = paths.iter().map(|(path, _)| place(path)).collect();
    for (at, place) in places.iter().enumerate().skip(inputs) {
        let Some(first) = places[..at].iter().position(|other| place.is_some() && other == place) else {
            continue;
        };
        let ((path, later), (_, earlier)) = (&paths[at], &paths[first]);
        // A list may come in by standard input while its answers go out by standard output.
        if *place == Some(Place::Standard) && first < inputs {
            continue;
        }
        let name =
            if *place == Some(Place::Standard) { "standard output" } else { &*path.display().to_string() };
        bail!("{earlier} and {later} would be the same file, `{name}`: write {later} to another one");
    }
    Ok(())
}

/// Where a path leads; nothing for devices and pipes, which take whatever comes.
fn place(path: &Path) -> Option<Place> {
    if path == Path::new("-") {
        return Some(Place::Standard);
    }
    match path.metadata() {
        Ok(there) if there.is_file() => there::id(path, &there).ok().map(Place::There),
        Ok(_) => None,
        Err(_) => new(path, 0).ok().map(Place::New),
    }
}

/// A path to no file, with its folder and its links as they really are.
fn new(path: &Path, links: usize) -> io::Result<PathBuf> {
    const MOST_LINKS: usize = 40;
    let folder = path.parent().filter(|folder| *folder != Path::new("")).unwrap_or(Path::new("."));
    match path.read_link() {
        Ok(next) if links < MOST_LINKS => new(&folder.join(next), links + 1),
        _ => Ok(folder.canonicalize()?.join(path.file_name().unwrap_or_default())),
    }
}

#[cfg(unix)]
mod there {
    use std::fs::Metadata;
    use std::io;
    use std::os::unix::fs::MetadataExt;
    use std::path::Path;

    /// The file itself, under whatever name.
    pub type Id = (u64, u64);

    pub fn id(_: &Path, there: &Metadata) -> io::Result<Id> {
        Ok((there.dev(), there.ino()))
    }
}

#[cfg(not(unix))]
mod there {
    use std::fs::Metadata;
    use std::io;
    use std::path::{Path, PathBuf};

    /// The path with its links followed.
    pub type Id = PathBuf;

    pub fn id(path: &Path, _: &Metadata) -> io::Result<Id> {
        path.canonicalize()
    }
}
