//! Who owns the training platform at an organization, and who is the one person to talk to.
//!
//! Data goes one way: a [`source`] is read into a [`Ruleset`] or a [`Profile`], mistakes come back as [`diagnostic`]s,
//! and [`decide`] draws a [`Decision`] from both, exactly: for every state that agrees with what is known.
//!
//! ```
//! use whoowns::{Profile, Ruleset, decide};
//! use whoowns::decision::Status;
//!
//! let ruleset = Ruleset::embedded()?;
//! let profile = Profile::from_toml(&ruleset, "acme.toml", "name = 'Acme'\nheadcount = '201-500'")?;
//! let decision = decide(&ruleset, &profile)?;
//!
//! assert_eq!(decision.status, Status::Presumed);
//! assert_eq!(ruleset.fact(decision.ask[0]).title(), "L&D team");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! The library never prints, exits, or reads the environment; `ARCHITECTURE.md` shows its rooms.

pub mod analysis;
pub mod export;
pub mod interview;
pub mod report;

#[doc(inline)]
pub use whoowns_core::{
    Decision, Profile, Ruleset, clients, decide, decision, diagnostic, learning, percent, profile, ruleset,
    sentences, source, space, words,
};
