//! What is a word, and when two words are one.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The length of the word at the start of a text: letters with the apostrophes, slashes and hyphens within it, `&`,
/// or one letter of a script without spaces.
pub(in crate::profile) fn word_length(text: &str) -> usize {
    let mut letters = text.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        if is_unspaced(letter) {
            return if at == 0 { letter.len_utf8() } else { at };
        }
        let after = letters.peek().map(|(_, next)| *next);
        let joins = at > 0 && matches!(letter, '\'' | '\u{2019}' | '/' | '-') && after.is_some_and(is_letter);
        if !is_letter(letter) && !joins {
            return if at == 0 && letter == '&' { 1 } else { at };
        }
    }
    text.len()
}

pub(in crate::profile) fn is_letter(letter: char) -> bool {
    letter.is_alphabetic() || is_combining_mark(letter)
}

/// Scripts written without spaces: Chinese characters and the Japanese syllables.
fn is_unspaced(letter: char) -> bool {
    matches!(letter, '\u{3005}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}')
}

/// A text as words are compared: lower case, without the accents of Latin letters, single spaces.
pub(in crate::profile) fn folded(text: &str) -> String {
    if text.is_ascii() {
        let mut folded = spaced_once(text.split_ascii_whitespace(), text.len());
        folded.make_ascii_lowercase();
        return folded;
    }
    let is_accent = |letter: &char| ('\u{300}'..='\u{36f}').contains(letter);
    let plain = |letter: char| if letter == '\u{2019}' { '\'' } else { letter };
    let folded: String =
        text.nfkd().filter(|letter| !is_accent(letter)).map(plain).flat_map(char::to_lowercase).collect();
    spaced_once(folded.split_whitespace(), folded.len())
}

/// Words with one space between them.
fn spaced_once<'w>(words: impl Iterator<Item = &'w str>, length: usize) -> String {
    let mut text = String::with_capacity(length);
    for word in words {
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(word);
    }
    text
}
