//! The words people write around numbers, and for yes, no and "not known", in every language of `vocabulary.toml`.
//!
//! Two texts are one word where they differ in case, in compatible forms of a letter, or in the accents of Latin
//! letters. Scripts written without spaces are matched letter by letter, so that `人以上` is two words.

mod letters;
mod meanings;
mod phrases;
mod whole_texts;
mod written;

pub(super) use letters::{is_letter, word_length};
pub(super) use meanings::{Meanings, Role};
pub(super) use phrases::VOCABULARY;
pub(super) use whole_texts::{unknown, whole};
