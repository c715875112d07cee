//! The page, put together.

use std::io::Write;

use askama::Template;
use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::json;

use super::PageError;
use crate::export;
use crate::report::scripts;
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
    script: &'static str,
    policy: String,
}

/// The page for a ruleset.
///
/// # Errors
/// When the page cannot be written.
pub fn html(ruleset: &Ruleset) -> Result<String, PageError> {
    let page = Page {
        title: ruleset.title(),
        ruleset: format!("{} {}", ruleset.name(), ruleset.version()),
        digest: ruleset.digest(),
        rules: scripts::data(&rules(ruleset)?),
        engine: engine()?,
        script: scripts::OF_PAGE,
        // The report about a list is shown in a frame, which obeys the policies of both.
        policy: scripts::policy(&[scripts::OF_PAGE, scripts::OF_LIST]),
    };
    Ok(page.render()?)
}

/// The rule file as the engine reads it again; nothing for the ruleset that the engine has itself.
fn rules(ruleset: &Ruleset) -> Result<String, PageError> {
    let is_built_in = |name: &str| BUILT_IN.iter().any(|(built_in, _)| *built_in == name);
    let mut files = ruleset.sources().iter().filter(|source| !is_built_in(source.name()));
    let rules = match (files.next(), files.next()) {
        // A page has no folder in which the other files would be found.
        (Some(file), Some(_)) => json!({ "name": file.name(), "text": in_one_file(ruleset)? }),
        (Some(file), None) => json!({ "name": file.name(), "text": file.text() }),
        (None, _) => match BUILT_IN.iter().find(|(name, _)| *name == ruleset.name()) {
            Some((name, text)) if *name != BUILT_IN[0].0 => json!({ "name": name, "text": text }),
            _ => json!(null),
        },
    };
    Ok(serde_json::to_string(&rules)?)
}

/// The ruleset as used, as one rule file that extends no other.
fn in_one_file(ruleset: &Ruleset) -> Result<String, PageError> {
    let whole: serde_json::Value = serde_json::from_str(&export::json(ruleset))?;
    Ok(toml::to_string_pretty(&whole)?)
}

/// The engine as a text that a page can hold: how many bytes it is when packed, and after a space these, as in [`letters`].
fn engine() -> Result<String, PageError> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::best());
    packed.write_all(ENGINE)?;
    let packed = packed.finish()?;
    Ok(format!("{} {}", packed.len(), letters(&packed)))
}

/// Bytes as printable letters that neither end a `<script>` nor begin anything in it: 13 bits in two of 91, a twelfth less
/// than base 64 takes. `templates/page/worker.js` reads them.
fn letters(bytes: &[u8]) -> String {
    const BITS: u32 = 13;
    let alphabet: Vec<char> = ('!'..='~').filter(|letter| !"&<>".contains(*letter)).collect();
    let base = alphabet.len();
    let mut text = String::with_capacity(bytes.len() * 5 / 4 + 2);
    let (mut waiting, mut bits) = (0_usize, 0);
    let mut push = |value: usize| text.extend([alphabet[value % base], alphabet[value / base]]);
    for byte in bytes {
        waiting |= usize::from(*byte) << bits;
        bits += u8::BITS;
        if bits >= BITS {
            push(waiting & ((1 << BITS) - 1));
            waiting >>= BITS;
            bits -= BITS;
        }
    }
    if bits > 0 {
        push(waiting);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The bytes again, as the page reads them.
    fn bytes(text: &str, length: usize) -> Vec<u8> {
        let alphabet: Vec<char> = ('!'..='~').filter(|letter| !"&<>".contains(*letter)).collect();
        let values: Vec<usize> =
            text.chars().map(|letter| alphabet.iter().position(|one| *one == letter).unwrap()).collect();
        let (mut waiting, mut bits) = (0, 0);
        let mut bytes = Vec::new();
        for pair in values.chunks(2) {
            waiting |= (pair[0] + pair[1] * 91) << bits;
            bits += 13;
            while bits >= 8 {
                bytes.push(waiting as u8);
                waiting >>= 8;
                bits -= 8;
            }
        }
        bytes.truncate(length);
        bytes
    }

    #[test]
    fn rules_in_several_files_become_one_that_decides_the_same() {
        let folder = tempfile::tempdir().unwrap();
        let put = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
        let head = |name: &str, base: &str| {
            format!(
                "[ruleset]\nname = \"{name}\"\nversion = \"1.0.0\"\ntitle = \"T\"\nextends = \"{base}\"\n"
            )
        };
        put(
            "base.toml",
            &(head("base", "training-platform")
                + "[[owner]]\nid = \"own\"\nwhen = { headcount = 7 }\nrole = \"hr-head\"\n"),
        );
        put("mine.toml", &(head("mine", "base.toml") + "[remove]\nowner = [\"mid-joint\"]\n"));
        let ruleset = Ruleset::from_file(&folder.path().join("mine.toml")).unwrap();
        let text = in_one_file(&ruleset).unwrap();
        let again = Ruleset::from_toml("mine.toml", &text).unwrap();
        assert_eq!(again.digest(), ruleset.digest());
        assert!(rules(&ruleset).unwrap().contains("mine.toml"));
    }

    #[test]
    fn letters_hold_all_bytes_and_no_markup() {
        let all: Vec<u8> = (0..=u8::MAX).chain((0..=u8::MAX).rev()).collect();
        for length in 0..all.len() {
            let text = letters(&all[..length]);
            assert_eq!(bytes(&text, length), &all[..length]);
            assert!(
                text.chars().all(|letter| letter.is_ascii_graphic() && !"&<>".contains(letter)),
                "{text}"
            );
            assert!(text.len() <= length * 16 / 13 + 2);
        }
    }
}
