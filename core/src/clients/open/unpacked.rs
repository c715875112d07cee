//! What an input is when all that it is packed in has been taken off: a text, or a workbook.

use super::input::Input;
use crate::clients::archive::{Archived, archived};
use crate::clients::content::{Content, TELLING, content};
use crate::clients::encoding::peeked;
use crate::clients::error::ListError;
use crate::clients::kind::Kind;
use crate::clients::workbook::{Format, Source};
use std::io::{Cursor, Read};
use std::path::Path;

/// An input as it can be read.
pub(crate) enum Unpacked {
    /// A text of this kind.
    Text(Kind, Input),
    /// A workbook.
    Workbook(Format, Source),
}

/// A list is packed in so much at most: a zip in which it is packed once more.
const MOST_LAYERS: usize = 3;

/// Takes off what a list is packed in. `told`: the kind that the user says it is.
///
/// # Errors
/// If it is no list, by its first bytes: what it is, and what to do.
pub(crate) fn unpacked(input: Input, told: Option<Kind>) -> Result<Unpacked, ListError> {
    let mut named = input.named_kind();
    let mut input = input;
    for _ in 0..MOST_LAYERS {
        let (beginning, whole) = begun(input)?;
        if let Some(format) = told.and_then(Kind::workbook) {
            if let Ok(Content::Packed(compression)) = content(&beginning) {
                input = Input::Stream(compression.unpacking(whole.open()?));
                continue;
            }
            return Ok(Unpacked::Workbook(format, source(whole)?));
        }
        let found = match content(&beginning) {
            Err(_) if told.is_some() => Content::Text,
            found => found?,
        };
        input = match found {
            Content::Packed(compression) => Input::Stream(compression.unpacking(whole.open()?)),
            Content::Compound => return Ok(Unpacked::Workbook(Format::Xls, source(whole)?)),
            Content::Zip => {
                let source = source(whole)?;
                match archived(&source)? {
                    Archived::Workbook(format) => return Ok(Unpacked::Workbook(format, source)),
                    Archived::List(name, content) => {
                        named = Kind::of(Path::new(&name));
                        Input::Stream(content)
                    }
                }
            }
            text => return Ok(Unpacked::Text(told.unwrap_or_else(|| kind_of(text, named)), whole)),
        };
    }
    Err(ListError::Damaged("this is packed several times over; unpack it and give the list itself".into()))
}

/// The kind of a list, by its content.
///
/// # Errors
/// If it is none: what it is, and what to do.
pub fn kind(input: Input, told: Option<Kind>) -> Result<Kind, ListError> {
    Ok(match unpacked(input, told)? {
        Unpacked::Text(kind, _) => kind,
        Unpacked::Workbook(format, _) => Kind::of_workbook(format),
    })
}

/// The kind of a text: what it looks like, and what its name says.
fn kind_of(found: Content, named: Option<Kind>) -> Kind {
    match (found, named) {
        (Content::Array, _) => Kind::Json,
        (Content::Objects, _) | (_, Some(Kind::JsonLines)) => Kind::JsonLines,
        (_, Some(kind)) if kind.workbook().is_none() => kind,
        // A text that is named as a workbook, as some programs export it.
        _ => Kind::Csv,
    }
}

/// The first bytes of an input, and the input with them.
fn begun(input: Input) -> Result<(Vec<u8>, Input), ListError> {
    #[cfg(feature = "cli")]
    if let Some(beginning) = input.beginning(TELLING)? {
        return Ok((beginning, input));
    }
    let (beginning, rest) = peeked(input.open()?, TELLING).map_err(ListError::Read)?;
    let whole = Cursor::new(beginning.clone()).chain(rest);
    Ok((beginning, Input::Stream(Box::new(whole))))
}

fn source(input: Input) -> Result<Source, ListError> {
    Source::new(input.again()?).map_err(ListError::Read)
}
