//! Why a client list could not be run at all. What is wrong with single rows is no error: it is said in the row.

use std::io;
use std::path::PathBuf;

/// A failure that ends the run; nothing appears at the output then.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ListError {
    /// A file that cannot be opened, read or written.
    #[error("cannot {doing} `{}`", path.display())]
    File {
        /// What was tried, as a verb: `read`, `write`.
        doing: &'static str,
        /// The file.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
    /// Reading what is no file, such as standard input, failed midway.
    #[error("cannot read the list")]
    Read(#[source] io::Error),
    /// Writing failed midway: a full disk, a closed pipe.
    #[error("cannot write the answers")]
    Write(#[source] io::Error),
    /// There is no header, so there are no columns.
    #[error("the list has no header: {0}")]
    NoHeader(String),
    /// The columns do not fit the ruleset, or each other.
    #[error("{0}")]
    Columns(String),
    /// A choice of the user that cannot be: a label, a separator, a combination of formats.
    #[error("{0}")]
    Usage(String),
    /// A file that is not what it claims to be.
    #[error("{0}")]
    Damaged(String),
    /// A record too long to be held in memory.
    #[error("a record is longer than {longest} bytes, which no client list has")]
    TooLong {
        /// The bound.
        longest: usize,
    },
    /// More rows that differ than are held in memory at once.
    #[error(
        "more than {most} rows differ in what they say, and one of each would be held in memory: learn from a part of the \
         list, such as every tenth row"
    )]
    TooManyDiffer {
        /// The bound.
        most: usize,
    },
    /// The numbers of rows in and out disagree: a defect of the program, never of the list.
    #[error("{read} records were read, but {written} came out: please report this")]
    Lost {
        /// Records in the input.
        read: u64,
        /// Answers and rejects together.
        written: u64,
    },
}
