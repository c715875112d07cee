//! Compound files: the container of older workbooks, and of newer ones with a password.

use super::source::Source;
use crate::clients::error::ListError;
use std::io::Read;

/// Looks for what is in a compound file.
///
/// # Errors
/// If it is a workbook with a password, or none.
pub(super) fn check(mut source: Source) -> Result<(), ListError> {
    let wide = |name: &str| name.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let names = ["EncryptedPackage", "Workbook", "Book"].map(wide);
    let finders = names.each_ref().map(memchr::memmem::Finder::new);
    let mut found = [false; 3];
    let (mut bytes, mut kept) = (vec![0; 1 << 16], 0);
    loop {
        let read = source.read(&mut bytes[kept..]).map_err(ListError::Read)?;
        if read == 0 {
            break;
        }
        let filled = kept + read;
        for (finder, found) in finders.iter().zip(&mut found) {
            *found |= finder.find(&bytes[..filled]).is_some();
        }
        // A name may be cut by the end of what was read.
        kept = filled.min(64);
        bytes.copy_within(filled - kept..filled, 0);
    }
    match found {
        [true, ..] => Err(locked()),
        [_, false, false] => Err(ListError::Damaged(
            "this is an office file, but no workbook; save its list as xlsx or csv".into(),
        )),
        _ => Ok(()),
    }
}

/// That a workbook has a password.
pub(super) fn locked() -> ListError {
    ListError::Damaged(
        "this workbook has a password; open it in a spreadsheet and save it without one (or as csv)".into(),
    )
}
