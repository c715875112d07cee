//! The words people write around numbers, and for yes, no and "not known", in every language of `vocabulary.toml`.
//!
//! Two texts are one word where they differ in case, in compatible forms of a letter, or in the accents of Latin
//! letters. Scripts written without spaces are matched letter by letter, so that `人以上` is two words.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::LazyLock;

use serde::Deserialize;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// What a word can mean. The headings of `vocabulary.toml`, explained there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Role {
    People,
    Label,
    Everywhere,
    About,
    AboutAfter,
    From,
    To,
    Between,
    BetweenAfter,
    And,
    Over,
    OverAfter,
    AtLeast,
    OrMore,
    Under,
    UnderAfter,
    UpTo,
    OrLess,
    Currency,
    Unknown,
    Withheld,
    One,
    Yes,
    No,
}

/// Everything one word can mean: several languages may share it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Meanings {
    roles: u32,
    /// What it counts after a number, where it is a unit: a thousand for `K`.
    pub(super) unit: Option<i128>,
}

impl Meanings {
    pub(super) fn has(self, role: Role) -> bool {
        self.roles & (1 << role as u32) != 0
    }

    fn add(&mut self, role: Role) {
        self.roles |= 1 << role as u32;
    }
}

/// The data file as it is written.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    zeros: String,
    footnotes: Vec<String>,
    endings: Vec<String>,
    units: BTreeMap<String, Vec<String>>,
    money: Money,
    months: BTreeMap<String, Vec<String>>,
    languages: BTreeMap<String, BTreeMap<Role, Vec<String>>>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Money {
    signs: Vec<String>,
    names: Vec<String>,
}

/// The data file, ready to be looked up.
pub(super) struct Vocabulary {
    /// The zeros of other scripts.
    zeros: HashSet<char>,
    footnotes: Vec<String>,
    endings: Vec<String>,
    /// Signs of money, the longest first.
    signs: Vec<String>,
    months: HashMap<String, i128>,
    /// Words and phrases within a text, folded.
    phrases: HashMap<String, Meanings>,
    /// The first words of phrases that go on.
    beginnings: HashSet<String>,
    /// Texts that are a word as a whole, folded.
    wholes: HashMap<String, Meanings>,
    /// Those of them that mean "not known", in small letters, as they are written and folded.
    pub(super) unknown: BTreeSet<String>,
}

/// The words of every language.
pub(super) static VOCABULARY: LazyLock<Vocabulary> =
    LazyLock::new(|| Vocabulary::new(read().unwrap_or_default()));

/// A test reads the file, so that what is built holds it whole.
fn read() -> Result<Written, toml::de::Error> {
    toml::from_str(include_str!("vocabulary.toml"))
}

impl Vocabulary {
    fn new(written: Written) -> Vocabulary {
        let Written { zeros, footnotes, endings, units, money, months, languages } = written;
        let mut signs = money.signs;
        signs.sort_by_key(|sign| std::cmp::Reverse(sign.len()));
        let names_of_months = |names: Vec<String>| {
            (1..).zip(names).flat_map(|(number, names)| {
                names.split_whitespace().map(|name| (folded(name), number)).collect::<Vec<_>>()
            })
        };
        let mut vocabulary = Vocabulary {
            zeros: zeros.chars().collect(),
            footnotes,
            endings,
            signs,
            months: months.into_values().flat_map(names_of_months).collect(),
            phrases: HashMap::new(),
            beginnings: HashSet::new(),
            wholes: HashMap::new(),
            unknown: BTreeSet::new(),
        };
        for (size, names) in units {
            for name in &names {
                vocabulary.phrase(name).unit = size.parse().ok();
            }
        }
        for name in &money.names {
            vocabulary.phrase(name).add(Role::Currency);
        }
        for (role, word) in languages
            .into_values()
            .flatten()
            .flat_map(|(role, words)| words.into_iter().map(move |word| (role, word)).collect::<Vec<_>>())
        {
            if role == Role::Unknown {
                vocabulary.unknown.extend([word.to_lowercase(), folded(&word)]);
            }
            match role {
                Role::Unknown | Role::Withheld | Role::One | Role::Yes | Role::No => {
                    vocabulary.wholes.entry(folded(&word)).or_default().add(role);
                }
                _ => vocabulary.phrase(&word).add(role),
            }
        }
        vocabulary
    }

    fn phrase(&mut self, written: &str) -> &mut Meanings {
        let mut pieces = Pieces::new(written);
        while pieces.next() {
            self.beginnings.insert(pieces.key.clone());
        }
        self.phrases.entry(pieces.key).or_default()
    }

    /// The longest word or phrase at the start of a text, which begins with a letter, and its length in bytes.
    pub(super) fn longest(&self, text: &str) -> Option<(Meanings, usize)> {
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

    /// What a text means as a whole.
    pub(super) fn whole(&self, text: &str) -> Meanings {
        self.wholes.get(&folded(text)).copied().unwrap_or_default()
    }

    /// The number of a month, from 1, by a short name.
    pub(super) fn month(&self, name: &str) -> Option<i128> {
        self.months.get(&folded(name.trim_end_matches('.'))).copied()
    }

    /// The length of the sign of money at the start of a text.
    pub(super) fn money_sign(&self, text: &str) -> Option<usize> {
        starting(&self.signs, text)
    }

    /// The length of the mark of a footnote at the start of a text.
    pub(super) fn footnote(&self, text: &str) -> Option<usize> {
        starting(&self.footnotes, text)
    }

    /// The length of an ending at the start of a text that follows a word for people, such as `(innen)`.
    pub(super) fn ending(&self, text: &str) -> Option<usize> {
        let length = starting(&self.endings, text)?;
        let goes_on = text[length..].starts_with(is_letter);
        if goes_on { None } else { Some(length) }
    }

    /// A letter with the digits of every script as `0` to `9`, and full-width signs as plain ones.
    pub(super) fn plain(&self, letter: char) -> char {
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

fn starting(list: &[String], text: &str) -> Option<usize> {
    // Nearly every sign is ruled out by its first byte.
    let first = text.as_bytes().first();
    let begins = |sign: &&String| sign.as_bytes().first() == first && text.starts_with(sign.as_str());
    list.iter().find(begins).map(String::len)
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

/// The length of the word at the start of a text: letters with the apostrophes, slashes and hyphens within it, `&`,
/// or one letter of a script without spaces.
pub(super) fn word_length(text: &str) -> usize {
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

pub(super) fn is_letter(letter: char) -> bool {
    letter.is_alphabetic() || is_combining_mark(letter)
}

/// Scripts written without spaces: Chinese characters and the Japanese syllables.
fn is_unspaced(letter: char) -> bool {
    matches!(letter, '\u{3005}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}')
}

/// A text as words are compared: lower case, without the accents of Latin letters, single spaces.
pub(super) fn folded(text: &str) -> String {
    if text.is_ascii() {
        return text.split_ascii_whitespace().collect::<Vec<_>>().join(" ").to_ascii_lowercase();
    }
    let is_accent = |letter: &char| ('\u{300}'..='\u{36f}').contains(letter);
    let plain = |letter: char| if letter == '\u{2019}' { '\'' } else { letter };
    let folded: String =
        text.nfkd().filter(|letter| !is_accent(letter)).map(plain).flat_map(char::to_lowercase).collect();
    folded.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_is_read_whole() {
        let written = read().unwrap();
        assert_eq!(written.languages.len(), 10);
        for (language, names) in &written.months {
            assert!(written.languages.contains_key(language) && names.len() == 12, "{language}");
        }
        for (language, words) in &written.languages {
            for role in [Role::People, Role::About, Role::To, Role::OrMore, Role::Yes, Role::No] {
                assert!(words.contains_key(&role), "{language} has no {role:?}");
            }
        }
        for (size, names) in &written.units {
            assert!(size.parse::<i128>().is_ok() && !names.is_empty(), "{size}");
        }
    }

    #[test]
    fn every_phrase_is_found_whole() {
        for (role, word) in read()
            .unwrap()
            .languages
            .into_values()
            .flatten()
            .flat_map(|(role, words)| words.into_iter().map(move |word| (role, word)).collect::<Vec<_>>())
        {
            let meanings = match role {
                Role::Unknown | Role::Withheld | Role::One | Role::Yes | Role::No => VOCABULARY.whole(&word),
                _ => {
                    let (meanings, length) = VOCABULARY.longest(&word).unwrap_or_default();
                    assert_eq!(length, word.len(), "{word}");
                    meanings
                }
            };
            assert!(meanings.has(role), "{word} as {role:?}");
        }
    }

    #[test]
    fn yes_is_never_no() {
        for (word, meanings) in &VOCABULARY.wholes {
            assert!(!(meanings.has(Role::Yes) && meanings.has(Role::No)), "{word}");
            assert!(!(meanings.has(Role::Yes) && meanings.has(Role::Unknown)), "{word}");
        }
    }
}
