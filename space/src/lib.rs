//! What `whoowns` counts with: sets of states, and exact shares of them.
//!
//! Users of the library want the package `whoowns`, which hands this on.

pub mod percent;
pub mod space;
