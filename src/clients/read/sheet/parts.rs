//! How large the parts of a spreadsheet would become: a small file can be made to fill any memory.

use crate::clients::error::ListError;
use std::io::{Read, Seek};

/// A part smaller than this harms nobody.
const HARMLESS: u64 = 64 << 20;
/// Real sheets shrink to a tenth or a fiftieth.
const MOST_SHRUNK: u64 = 200;
/// Texts are held in memory all at once.
const MOST_TEXTS: u64 = 1 << 30;

/// Looks at the sizes that the file declares; the reader holds the file to them.
///
/// # Errors
/// If it is no zip archive, or a part is far larger than what is left of it in the file.
pub(crate) fn check(file: impl Read + Seek) -> Result<(), ListError> {
    let no_sheet = |error| ListError::Damaged(format!("this is no xlsx file, or it is damaged: {error}"));
    let mut archive = zip::ZipArchive::new(file).map_err(no_sheet)?;
    for at in 0..archive.len() {
        let part = archive.by_index_raw(at).map_err(no_sheet)?;
        let name = part.name().map_err(no_sheet)?;
        let (size, packed) = (part.size(), part.compressed_size());
        let swollen = size > HARMLESS && size / MOST_SHRUNK > packed;
        if swollen || name.ends_with("sharedStrings.xml") && size > MOST_TEXTS {
            return Err(ListError::Damaged(format!(
                "`{name}` in this xlsx would take {} MB, from {} kB: it is not read",
                size >> 20,
                packed >> 10
            )));
        }
    }
    Ok(())
}
