//! Hears of a run while it goes on.

use crate::clients::open::Detected;

/// Hears of a run while it goes on.
pub trait Listener: Send {
    /// What the list is has been found out.
    fn opened(&mut self, _detected: &Detected) {}
    /// So many more records and bytes of the input are done.
    fn advanced(&mut self, _records: u64, _bytes: u64) {}
}

/// Hears nothing.
pub struct Silent;

impl Listener for Silent {}
