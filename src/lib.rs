//! Who owns the training platform at an organization, and who is the one person to talk to.
pub mod diagnostic;
pub mod percent;
pub mod profile;
pub mod ruleset;
pub mod source;
pub mod space;
