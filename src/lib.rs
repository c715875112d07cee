//! Who owns the training platform at an organization, and who is the one person to talk to.
pub mod clients;
pub mod analysis;
pub mod decision;
pub mod diagnostic;
pub mod percent;
pub mod profile;
pub mod report;
pub mod ruleset;
pub mod source;
pub mod space;

pub use decision::{Decision, decide};
pub use profile::Profile;
pub use ruleset::Ruleset;
