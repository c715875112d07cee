//! The rulesets that come with the program.

/// Name and text of each; the first is the default.
pub const BUILT_IN: &[(&str, &str)] = &[
    ("training-platform", include_str!("../../rules/training-platform.toml")),
    ("training-platform-wide", include_str!("../../rules/training-platform-wide.toml")),
];

/// The text of the built-in ruleset of this name.
pub fn built_in(name: &str) -> Option<&'static str> {
    BUILT_IN.iter().find(|(known, _)| *known == name).map(|(_, text)| *text)
}
