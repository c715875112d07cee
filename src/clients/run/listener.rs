//! Hears of a run while it goes on.

use crate::clients::open::Mapping;
use crate::ruleset::Ruleset;

/// Hears of a run while it goes on.
pub trait Listener: Send {
    /// The columns have been found.
    fn mapped(&mut self, _ruleset: &Ruleset, _mapping: &Mapping, _titles: &[String]) {}
    /// So many more records and bytes of the input are done.
    fn advanced(&mut self, _records: u64, _bytes: u64) {}
}

/// Hears nothing.
pub struct Silent;

impl Listener for Silent {}
