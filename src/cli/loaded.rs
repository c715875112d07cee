//! Rulesets named on the command line.

use std::path::Path;

use whoowns::Ruleset;
use whoowns::ruleset::built_in;

use super::input::{self, Text};

/// Loads a ruleset from a file, or the built-in one of that name where there is no such file.
pub fn ruleset(path: &Path) -> anyhow::Result<Ruleset> {
    let Text { name, text } = text(path)?;
    Ok(Ruleset::from_toml(&name, &text)?)
}

/// The text of a ruleset, from a file or built in.
pub fn text(path: &Path) -> anyhow::Result<Text> {
    if !path.exists()
        && let Some(name) = path.to_str()
        && let Some(text) = built_in(name)
    {
        return Ok(Text { name: name.to_owned(), text: text.to_owned() });
    }
    input::read(path)
}
