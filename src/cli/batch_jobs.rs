//! Several lists, each with the place that its answers go to.

use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use whoowns::clients::{self, FailedList, Input, Kind, ListError};

/// A list, and where its answers go.
pub struct Job<'b> {
    pub list: &'b Path,
    /// Standard output without it.
    pub output: Option<PathBuf>,
    /// Standard error without it.
    pub rejects: Option<PathBuf>,
}

/// What has to be done, and what cannot be.
#[derive(Default)]
pub struct Jobs<'b> {
    pub jobs: Vec<Job<'b>>,
    pub failures: Failures,
}

/// Lists that could not be answered, and why. None of them keeps the others from being answered.
#[derive(Default)]
pub struct Failures(Vec<FailedList>);

impl Failures {
    /// Notes that a list could not be answered.
    pub fn add(&mut self, list: &Path, why: &anyhow::Error) {
        self.0.push(FailedList { list: list.display().to_string(), error: format!("{why:#}") });
    }

    /// The lists, with what was wrong with each.
    pub fn lists(&self) -> &[FailedList] {
        &self.0
    }

    /// Names those lists, of so many in all.
    ///
    /// # Errors
    /// If there are any.
    pub fn refuse(&self, lists: usize) -> anyhow::Result<()> {
        let each: String =
            self.0.iter().map(|failed| format!("\n`{}`: {}", failed.list, failed.error)).collect();
        match (&self.0[..], lists) {
            ([], _) => Ok(()),
            ([only], 1) => bail!("`{}`: {}", only.list, only.error),
            (failed, _) if failed.len() == lists => {
                bail!("none of the {lists} lists could be answered:{each}")
            }
            (failed, _) => {
                bail!("{} of {lists} lists could not be answered, the others were:{each}", failed.len())
            }
        }
    }
}

/// Every list with its place in a folder: its own name, with the ending of the kind that is written. One that is no list by
/// its content is a failure of its own.
///
/// # Errors
/// A list that is not there or has no name, or would be answered where another one is.
pub fn in_folder<'b>(
    folder: &Path,
    lists: &'b [PathBuf],
    read_as: Option<Kind>,
    written_as: Option<Kind>,
) -> anyhow::Result<Jobs<'b>> {
    let Jobs { mut jobs, mut failures } = Jobs::default();
    for list in lists {
        if list.is_dir() {
            bail!("`{}` is a folder; name the lists in it", list.display());
        }
        let Some(name) = list.file_name().filter(|name| *name != "-") else {
            bail!("`{}` has no name under which it could be answered in a folder", list.display());
        };
        let kind = match kind(list, read_as) {
            Ok(kind) => kind,
            Err(no_list @ (ListError::Damaged(_) | ListError::Read(_))) => {
                failures.add(list, &no_list.into());
                continue;
            }
            Err(mistaken) => return Err(mistaken).with_context(|| format!("`{}`", list.display())),
        };
        let output = folder.join(match (written_as, name.to_str()) {
            (Some(told), Some(name)) => told.renamed(name, true).into(),
            // What is only read is written as csv.
            (None, Some(name)) if kind.is_only_read() => Kind::Csv.renamed(name, false).into(),
            (None, Some(name)) => kind.renamed(name, false).into(),
            (_, None) => name.to_owned(),
        });
        if jobs.iter().any(|job| job.output.as_ref() == Some(&output)) {
            bail!("two lists would be answered into `{}`: rename one of them", output.display());
        }
        let rejects = rejects_beside(&output);
        jobs.push(Job { list, output: Some(output), rejects });
    }
    Ok(Jobs { jobs, failures })
}

/// The kind of a list by its content; what can be read only once is what its name says.
fn kind(list: &Path, told: Option<Kind>) -> Result<Kind, ListError> {
    match list.metadata() {
        Ok(there) if !there.is_file() => Ok(told.or(Kind::of(list)).unwrap_or(Kind::Csv)),
        _ => clients::kind(Input::File(list.to_owned()), told),
    }
}

/// Where the rejects of a list go, unless its answers go to a device or a pipe.
pub fn rejects_beside(output: &Path) -> Option<PathBuf> {
    let is_file = !output.exists() || output.is_file();
    let mut name = output.as_os_str().to_owned();
    name.push(".rejects.csv");
    is_file.then(|| PathBuf::from(name))
}

/// A folder that goes away again if nothing was put into it.
pub struct Folder<'b> {
    path: &'b Path,
    is_new: bool,
}

impl<'b> Folder<'b> {
    /// The folder at a path, made if it is not there.
    ///
    /// # Errors
    /// If it cannot be made.
    pub fn at(path: &'b Path) -> anyhow::Result<Self> {
        let is_new = !path.exists();
        std::fs::create_dir_all(path)
            .with_context(|| format!("cannot make the folder `{}`", path.display()))?;
        Ok(Folder { path, is_new })
    }
}

impl Drop for Folder<'_> {
    fn drop(&mut self) {
        if self.is_new {
            // It stays where something is in it.
            let _ = std::fs::remove_dir(self.path);
        }
    }
}
