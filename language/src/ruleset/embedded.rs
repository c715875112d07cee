//! The rulesets that come with the program.

pub use whoowns_rules::BUILT_IN;

/// The text of the built-in ruleset of this name.
pub fn built_in(name: &str) -> Option<&'static str> {
    BUILT_IN.iter().find(|(known, _)| *known == name).map(|(_, text)| *text)
}
