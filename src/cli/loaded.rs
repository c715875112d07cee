//! Rulesets named on the command line.

use std::path::Path;

use anyhow::bail;
use whoowns::Ruleset;
use whoowns::diagnostic::nearest;
use whoowns::ruleset::{BUILT_IN, built_in};

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
    {
        if let Some(text) = built_in(name) {
            return Ok(Text { name: name.to_owned(), text: text.to_owned() });
        }
        // A bare name without an ending is more likely meant for a built-in ruleset than for a file.
        if path.extension().is_none() && path.components().count() == 1 && name != "-" {
            let known: Vec<&str> = BUILT_IN.iter().map(|(known, _)| *known).collect();
            match nearest(name, known.iter().copied()) {
                Some(near) => bail!("there is no ruleset `{name}`; did you mean `{near}`?"),
                None => bail!(
                    "there is no file and no built-in ruleset `{name}`; built in are `{}`",
                    known.join("`, `")
                ),
            }
        }
    }
    input::read(path)
}
