//! Sets of states, and ordered lists of rows over them.
//!
//! A *state* gives every fact one value. Rules never tell two integers apart that lie between the same thresholds, so
//! each fact is an [`Axis`] of finitely many *atoms*: the stretches between thresholds, or the named values, and beside
//! them "does not apply". A [`Region`] is a set of states with one [`Extent`] an axis. Two operations on an ordered list
//! of rows carry everything else: [`Locator::locate`], the row that decides one state, and [`all_cells`](cells::all_cells), a
//! region cut into pieces, each with the one row that decides it.
#![allow(
    clippy::indexing_slicing,
    reason = "a region has one extent for each axis, and both are named by their places"
)]

mod axis;
pub mod cells;
mod cover;
mod extent;
mod frame;
mod index;
mod locate;
mod merge;
#[cfg(test)]
mod random;
mod region;
mod settle;
mod split;

pub use axis::{Axis, NO_END, Requirement};
pub use cover::Classes;
pub use extent::{ABSENT, Extent};
pub use frame::Frame;
pub use index::Index;
pub use locate::Locator;
pub use merge::merge;
pub use region::Region;
pub use settle::Space;
pub use split::Splitter;

/// One row of a table as a set of states; rows with several disjoint sets stand several times, one after the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Boxed {
    /// The states in which the row holds.
    pub region: Region,
    /// Which row of the table it is.
    pub row: u32,
}

/// The work was given up because it would have taken more steps than allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not finished within {steps} steps")]
pub struct OutOfBudget {
    /// The number of steps that was allowed.
    pub steps: u64,
}
