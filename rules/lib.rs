//! The rulesets that come with the program, as texts: nothing here reads them.

/// The built-in rulesets by name; the first is the default.
pub const BUILT_IN: &[(&str, &str)] = &[
    ("training-platform", include_str!("training-platform.toml")),
    ("training-platform-wide", include_str!("training-platform-wide.toml")),
];

/// Known cases of the built-in rulesets, by the name of their file.
pub const CASES: &[(&str, &str)] = &[
    ("training-platform.cases.toml", include_str!("training-platform.cases.toml")),
    ("training-platform-wide.cases.toml", include_str!("training-platform-wide.cases.toml")),
];

/// What `rules new` begins a ruleset with.
pub mod starters {
    /// A ruleset of its own.
    pub const OWN: &str = include_str!("starters/own.toml");
    /// Other thresholds on top of another ruleset.
    pub const THRESHOLDS: &str = include_str!("starters/thresholds.toml");
    /// Rows on top of another ruleset.
    pub const ON_TOP: &str = include_str!("starters/on-top.toml");
}
