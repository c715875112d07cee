//! Mends: what to write instead of a mistake, where there is one obvious thing.

use crate::source::{SourceId, Span};

/// What to write in the place of a span.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mend {
    /// The bytes to replace.
    pub span: Span,
    /// What to write instead, ready to paste.
    pub text: String,
}

/// A text with mends made in it, every other byte as it was, and those that were made: those of this source, of which
/// none lies within another.
pub fn mended<'a>(
    source: SourceId,
    text: &str,
    mends: impl IntoIterator<Item = &'a Mend>,
) -> (String, Vec<&'a Mend>) {
    let mut own: Vec<&Mend> = mends.into_iter().filter(|mend| mend.span.source == source).collect();
    own.sort_by_key(|mend| (mend.span.start, mend.span.end));
    let (mut result, mut made, mut at) = (String::with_capacity(text.len()), Vec::new(), 0);
    for mend in own {
        let (Some(kept), Some(_)) = (text.get(at..mend.span.start), text.get(mend.span.range())) else {
            continue;
        };
        result.push_str(kept);
        result.push_str(&mend.text);
        at = mend.span.end;
        made.push(mend);
    }
    result.push_str(text.get(at..).unwrap_or_default());
    (result, made)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mends_leave_every_other_byte_and_never_overlap() {
        let mend = |start, end, text: &str| Mend {
            span: Span::new(SourceId::FIRST, start..end),
            text: text.to_owned(),
        };
        let mends = [mend(9, 10, "="), mend(0, 3, "é"), mend(1, 2, "?"), mend(99, 100, "?")];
        let (text, made) = mended(SourceId::FIRST, "abc  \u{f6}\r\n:#", &mends);
        assert_eq!((text.as_str(), made), ("é  \u{f6}\r\n=#", vec![&mends[1], &mends[0]]));
    }
}
