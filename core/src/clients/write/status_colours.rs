//! The colours of statuses in a workbook.

use crate::clients::answer::INVALID;
use crate::decision::Status;

/// The colour behind each status.
pub(crate) fn status_colours() -> [(&'static str, u32); 5] {
    [
        (Status::Decided.as_str(), 0x00C6_EFCE),
        (Status::Presumed.as_str(), 0x00FF_EB9C),
        (Status::Open.as_str(), 0x00FC_E4D6),
        (Status::Unmatched.as_str(), 0x00F8_CBAD),
        (INVALID, 0x00FF_C7CE),
    ]
}
