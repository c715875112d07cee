//! The words and signs that people write around numbers.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use toml::Value;

use super::letters::{folded, is_letter, word_length};
use super::meanings::{Meanings, Role};
use super::written::{texts, under, value, words};

/// The words and signs around numbers, ready to be looked up.
pub(in crate::profile) struct Vocabulary {
    /// The zeros of other scripts.
    zeros: HashSet<char>,
    footnotes: Vec<&'static str>,
    endings: Vec<&'static str>,
    /// Signs of money, the longest first.
    signs: Vec<&'static str>,
    months: HashMap<String, i128>,
    /// Words and phrases within a text, folded.
    phrases: HashMap<String, Meanings>,
    /// The first words of phrases that go on.
    beginnings: HashSet<String>,
}

/// The words around numbers, of every language.
pub(in crate::profile) static VOCABULARY: LazyLock<Vocabulary> = LazyLock::new(Vocabulary::new);

impl Vocabulary {
    fn new() -> Vocabulary {
        let money =
            |heading| under(value("money")).find(|(known, _)| *known == heading).map(|(_, list)| list);
        let mut signs: Vec<&str> = texts(money("signs")).collect();
        signs.sort_by_key(|sign| std::cmp::Reverse(sign.len()));
        let mut vocabulary = Vocabulary {
            zeros: value("zeros").and_then(Value::as_str).unwrap_or_default().chars().collect(),
            footnotes: texts(value("footnotes")).collect(),
            endings: texts(value("endings")).collect(),
            signs,
            months: HashMap::new(),
            phrases: HashMap::new(),
            beginnings: HashSet::new(),
        };
        for (_, names) in under(value("months")) {
            for (number, names) in (1..).zip(texts(Some(names))) {
                vocabulary.months.extend(names.split_whitespace().map(|name| (folded(name), number)));
            }
        }
        for (size, names) in under(value("units")) {
            texts(Some(names)).for_each(|name| vocabulary.phrase(name).unit = size.parse().ok());
        }
        texts(money("names")).for_each(|name| vocabulary.phrase(name).add(Role::Currency));
        for (role, word) in words().filter(|(role, _)| !role.is_whole()) {
            vocabulary.phrase(word).add(role);
        }
        vocabulary
    }

    fn phrase(&mut self, written: &str) -> &mut Meanings {
        let mut pieces = Pieces::new(written);
        while pieces.next() {
            if !self.beginnings.contains(&pieces.key) {
                self.beginnings.insert(pieces.key.clone());
            }
        }
        self.phrases.entry(pieces.key).or_default()
    }

    /// The longest word or phrase at the start of a text, which begins with a letter, and its length in bytes.
    pub(in crate::profile) fn longest(&self, text: &str) -> Option<(Meanings, usize)> {
        let mut pieces = Pieces::new(text);
        let mut best = None;
        while pieces.next() {
            if let Some(meanings) = self.phrases.get(&pieces.key) {
                best = Some((*meanings, pieces.at));
            }
            if !self.beginnings.contains(&pieces.key) {
                break;
            }
        }
        best
    }

    /// The number of a month, from 1, by a short name.
    pub(in crate::profile) fn month(&self, name: &str) -> Option<i128> {
        self.months.get(&folded(name.trim_end_matches('.'))).copied()
    }

    /// The length of the sign of money at the start of a text.
    pub(in crate::profile) fn money_sign(&self, text: &str) -> Option<usize> {
        starting(&self.signs, text)
    }

    /// The length of the mark of a footnote at the start of a text.
    pub(in crate::profile) fn footnote(&self, text: &str) -> Option<usize> {
        starting(&self.footnotes, text)
    }

    /// The length of an ending at the start of a text that follows a word for people, such as `(innen)`.
    pub(in crate::profile) fn ending(&self, text: &str) -> Option<usize> {
        let length = starting(&self.endings, text)?;
        let goes_on = text[length..].starts_with(is_letter);
        if goes_on { None } else { Some(length) }
    }

    /// A letter with the digits of every script as `0` to `9`, and full-width signs as plain ones.
    pub(in crate::profile) fn plain(&self, letter: char) -> char {
        match letter {
            '！'..='～' => char::from_u32(u32::from(letter) - FULL_WIDTH).unwrap_or(letter),
            '\u{3000}' => ' ',
            _ if letter.is_numeric() => {
                let digit = (0..10_u32).find(|digit| {
                    char::from_u32(u32::from(letter) - digit).is_some_and(|zero| self.zeros.contains(&zero))
                });
                digit.and_then(|digit| char::from_digit(digit, 10)).unwrap_or(letter)
            }
            _ => letter,
        }
    }
}

/// How far the full-width form of a sign stands from the sign.
const FULL_WIDTH: u32 = 0xfee0;

fn starting(list: &[&str], text: &str) -> Option<usize> {
    // Nearly every sign is ruled out by its first byte.
    let first = text.as_bytes().first();
    let begins = |sign: &&&str| sign.as_bytes().first() == first && text.starts_with(**sign);
    list.iter().find(begins).map(|sign| sign.len())
}

/// The words at the start of a text, one more with each step, as the key under which a phrase is kept.
struct Pieces<'a> {
    text: &'a str,
    key: String,
    /// Where the last word ends.
    at: usize,
}

impl<'a> Pieces<'a> {
    fn new(text: &'a str) -> Pieces<'a> {
        Pieces { text, key: String::new(), at: 0 }
    }

    /// Takes the next word; `false` where none follows.
    fn next(&mut self) -> bool {
        let rest = &self.text[self.at..];
        let next = rest.trim_start();
        let length = word_length(next);
        if length == 0 {
            return false;
        }
        if !self.key.is_empty() && next.len() < rest.len() {
            self.key.push(' ');
        }
        self.key.push_str(&folded(&next[..length]));
        self.at += rest.len() - next.len() + length;
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_phrase_is_found_whole() {
        for (role, word) in words().filter(|(role, _)| !role.is_whole()) {
            let (meanings, length) = VOCABULARY.longest(word).unwrap_or_default();
            assert_eq!(length, word.len(), "{word}");
            assert!(meanings.has(role), "{word} as {role:?}");
        }
    }
}
