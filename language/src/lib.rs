//! The rule language of `whoowns`: texts are read into rulesets, mistakes in them come back as diagnostics, and what rules
//! say is put into the ruleset's own words.
//!
//! Users of the library want the package `whoowns`, which hands this on.

pub mod diagnostic;
pub mod ruleset;
pub mod source;
pub mod words;

pub use ruleset::Ruleset;
#[doc(inline)]
pub use whoowns_space::{percent, space};
