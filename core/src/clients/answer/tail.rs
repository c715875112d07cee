//! How answers are appended to a record that is kept as it is: whoever writes rows says so, and the bytes are
//! remembered with the answer.

/// Appends the answers, one text a column, as they stand behind a record.
pub(crate) type TailWriter<'t> = dyn Fn(&[String], &mut Vec<u8>) + Sync + 't;
