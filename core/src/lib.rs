//! What decides in `whoowns`: everything that a row of a client list passes.
//!
//! Users of the library want the package `whoowns`, which hands all of this on, proves rules and says it to people.

pub mod clients;
pub mod decision;
pub mod learning;
pub mod profile;
pub mod sentences;

pub use decision::{Decision, decide};
pub use profile::Profile;
#[doc(inline)]
pub use whoowns_language::{Ruleset, diagnostic, percent, ruleset, source, space, words};
