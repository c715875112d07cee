//! The page, put together.

use std::io::Write;

use askama::Template;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::json;

use super::{PageError, for_script};
use crate::ruleset::{BUILT_IN, Ruleset};

/// The library, compiled for browsers; `templates/engine.txt` says what it was built from.
const ENGINE: &[u8] = include_bytes!("../../../templates/engine.wasm");

#[derive(Template)]
#[template(path = "page.html")]
struct Page<'a> {
    title: &'a str,
    ruleset: String,
    digest: &'a str,
    rules: String,
    engine: String,
}

/// The page for a ruleset.
///
/// # Errors
/// When the ruleset stands in several files, or the page cannot be written.
pub fn html(ruleset: &Ruleset) -> Result<String, PageError> {
    let page = Page {
        title: ruleset.title(),
        ruleset: format!("{} {}", ruleset.name(), ruleset.version()),
        digest: ruleset.digest(),
        rules: for_script(&rules(ruleset)?),
        engine: engine()?,
    };
    Ok(page.render()?)
}

/// The rule file as the engine reads it again; nothing for the ruleset that the engine has itself.
fn rules(ruleset: &Ruleset) -> Result<String, PageError> {
    let is_built_in = |name: &str| BUILT_IN.iter().any(|(built_in, _)| *built_in == name);
    let mut files = ruleset.sources().iter().filter(|source| !is_built_in(source.name()));
    let rules = match (files.next(), files.next()) {
        (_, Some(base)) => return Err(PageError::Extends(base.name().to_owned())),
        (Some(file), None) => json!({ "name": file.name(), "text": file.text() }),
        (None, None) => match BUILT_IN.iter().find(|(name, _)| *name == ruleset.name()) {
            Some((name, text)) if *name != BUILT_IN[0].0 => json!({ "name": name, "text": text }),
            _ => json!(null),
        },
    };
    Ok(serde_json::to_string(&rules)?)
}

/// The engine as a text that a page can hold.
fn engine() -> Result<String, PageError> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::best());
    packed.write_all(ENGINE)?;
    Ok(STANDARD.encode(packed.finish()?))
}
