//! What is said about a decision, and the ways to write it.
//!
//! Texts come from the ruleset and the profile; here are only the frame and the order.

pub mod brief;
pub mod csv;
pub mod explanation;
pub mod list;
pub mod map;
pub mod markdown;
pub mod page;
pub mod phrases;
pub mod profile_file;
pub mod profile_schema;
pub mod profile_template;
pub mod rules;
#[cfg(feature = "cli")]
mod sheet;
#[cfg(feature = "cli")]
pub mod terminal;
pub mod words;
