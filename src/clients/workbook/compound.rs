//! Compound files: the container of older workbooks, and of newer ones with a password.

use super::older;
use super::package::{damaged, locked};
use super::source::Source;
use crate::clients::error::ListError;
use cfb::CompoundFile;
use std::io::BufReader;

/// Where newer programs put a workbook that has a password.
const LOCKED: &str = "/EncryptedPackage";
/// Where the records of a workbook stand.
const WORKBOOKS: [&str; 2] = ["/Workbook", "/Book"];

/// Looks at what is in a compound file, and how much of it would be held in memory.
///
/// # Errors
/// If it is a workbook with a password or one that is too large or damaged, or none.
pub(super) fn check(source: Source) -> Result<(), ListError> {
    let mut file = CompoundFile::open(BufReader::new(source)).map_err(damaged)?;
    if file.exists(LOCKED) {
        return Err(locked());
    }
    let Some(name) = WORKBOOKS.into_iter().find(|name| file.is_stream(name)) else {
        return Err(ListError::Damaged(
            "this is an office file, but no workbook; save its list as xlsx or csv".into(),
        ));
    };
    older::check(BufReader::new(file.open_stream(name).map_err(damaged)?))
}
