//! What is known about one organization and its project.
//!
//! Absent is unknown, never "no": a profile stands for every state that agrees with it.
#![allow(
    clippy::indexing_slicing,
    reason = "facts are named by their places in the ruleset that the profile was read for"
)]

mod given;
pub mod headcount;
pub mod pasted;
pub mod people;
pub mod places;
mod read;
mod states;
mod vocabulary;

pub use given::{Given, Known, Unread, bare_spellings, read_text, read_text_as};
pub use people::Person;
pub use read::Format;
pub use states::Contradiction;

use crate::diagnostic::Problems;
use crate::ruleset::{FactId, Ruleset};
use crate::source::Source;

/// What is known about one organization and its project.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Profile {
    /// The organization's name.
    pub name: Option<String>,
    /// Free text, carried along.
    pub notes: Option<String>,
    /// People, if known.
    pub contacts: Vec<Person>,
    /// What is given of each fact, by [`FactId`].
    given: Vec<Option<Given>>,
}

impl Profile {
    /// A profile of which nothing is known.
    pub fn unknown(ruleset: &Ruleset) -> Profile {
        Profile { given: vec![None; ruleset.facts().len()], ..Profile::default() }
    }

    /// Reads a profile from a text, and facts on top of it from `FACT=VALUE` settings, the last one of a fact winning.
    ///
    /// # Errors
    /// Every mistake in it, and facts that exclude each other.
    pub fn read(
        ruleset: &Ruleset,
        text: Option<(Source, Format)>,
        settings: &[String],
    ) -> Result<Profile, Problems> {
        read::read(ruleset, text, settings)
    }

    /// Reads a profile from TOML.
    ///
    /// # Errors
    /// Every mistake in it.
    pub fn from_toml(ruleset: &Ruleset, name: &str, text: &str) -> Result<Profile, Problems> {
        Self::read(ruleset, Some((Source::new(name, text), Format::Toml)), &[])
    }

    /// Reads a profile from JSON.
    ///
    /// # Errors
    /// Every mistake in it.
    pub fn from_json(ruleset: &Ruleset, name: &str, text: &str) -> Result<Profile, Problems> {
        Self::read(ruleset, Some((Source::new(name, text), Format::Json)), &[])
    }

    /// Reads a profile that stands within another file, such as a list of known cases.
    ///
    /// # Errors
    /// Every mistake in it, at its place in that file.
    pub fn from_entries(
        ruleset: &Ruleset,
        entries: &[crate::source::Entry],
    ) -> Result<Profile, Vec<crate::diagnostic::Diagnostic>> {
        read::read_entries(ruleset, entries)
    }

    /// What is given of a fact.
    pub fn given(&self, fact: FactId) -> Option<&Given> {
        self.given.get(fact.0)?.as_ref()
    }

    /// Everything that is given, in the order of the facts.
    pub fn all_given(&self) -> impl Iterator<Item = (FactId, &Given)> {
        self.given.iter().enumerate().filter_map(|(at, given)| Some((FactId(at), given.as_ref()?)))
    }

    /// Gives a fact, or with `None` makes it unknown.
    pub fn set(&mut self, fact: FactId, given: Option<Given>) {
        if self.given.len() <= fact.0 {
            self.given.resize(fact.0 + 1, None);
        }
        self.given[fact.0] = given;
    }
}
