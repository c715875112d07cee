//! What decides in `whoowns`: everything that a row of a client list passes, and what is proved of rules.
//!
//! Users of the library want the package `whoowns`, which hands all of this on and says it to people. The two are apart
//! since only this one is worth optimizing while the program is built for the first time.

pub mod analysis;
pub mod clients;
pub mod decision;
pub mod diagnostic;
pub mod learning;
pub mod percent;
pub mod profile;
pub mod ruleset;
pub mod sentences;
pub mod source;
pub mod space;
pub mod words;

pub use decision::{Decision, decide};
pub use profile::Profile;
pub use ruleset::Ruleset;
