//! Texts from files and from standard input.

use std::io::{self, Read};
use std::path::Path;

use anyhow::{Context, bail};
use whoowns::source::Source;

/// A text, and the name that stands for it in messages.
#[derive(Debug)]
pub struct Text {
    /// The path, or `<stdin>`.
    pub name: String,
    /// The text.
    pub text: String,
}

/// Reads a text; `-` is standard input.
pub fn read(path: &Path) -> anyhow::Result<Text> {
    let (name, bytes) = if path == Path::new("-") {
        let mut bytes = Vec::new();
        io::stdin().lock().read_to_end(&mut bytes).context("cannot read standard input")?;
        ("<stdin>".to_owned(), bytes)
    } else {
        let name = path.display().to_string();
        if path.is_dir() {
            bail!("cannot read `{name}`: it is a folder; name a file in it");
        }
        let bytes = std::fs::read(path).with_context(|| format!("cannot read `{name}`"))?;
        (name, bytes)
    };
    match String::from_utf8(bytes) {
        Ok(text) => Ok(Text { name, text }),
        Err(error)
            if error.as_bytes().starts_with(b"\xff\xfe") || error.as_bytes().starts_with(b"\xfe\xff") =>
        {
            bail!("{name}:1:1: the file is UTF-16; save it as UTF-8");
        }
        Err(error) => {
            let valid = error.utf8_error().valid_up_to();
            let before = String::from_utf8_lossy(&error.as_bytes()[..valid]).into_owned();
            let place = Source::new("", before).place(valid);
            bail!("{name}:{place}: not UTF-8 from here on; save the file as UTF-8");
        }
    }
}
