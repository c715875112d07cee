//! Titles of columns by their words: `Total Employees`, `company size (employees)`, `Employees on LinkedIn`.

use std::collections::HashSet;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A title as it is compared whole: case, spaces and punctuation do not count.
pub(crate) fn folded(title: &str) -> String {
    if title.is_ascii() {
        let letters = title.chars().filter(char::is_ascii_alphanumeric);
        return letters.map(|letter| letter.to_ascii_lowercase()).collect();
    }
    title
        .nfkc()
        .filter(|letter| letter.is_alphanumeric() || is_combining_mark(*letter))
        .flat_map(char::to_lowercase)
        .collect()
}

/// A stretch of a title between spaces and punctuation, folded: as it stands, and cut inside `camelCase`.
struct Stretch {
    whole: String,
    parts: Vec<String>,
}

fn stretches(title: &str) -> Vec<Stretch> {
    let letters: Vec<char> = title.nfkc().collect();
    let is_letter = |letter: &char| letter.is_alphanumeric() || is_combining_mark(*letter);
    let stretches = letters.split(|letter| !is_letter(letter)).filter(|stretch| !stretch.is_empty());
    let stretch = |letters: &[char]| {
        let mut parts = vec![String::new()];
        for (at, letter) in letters.iter().enumerate() {
            let next = letters.get(at + 1);
            let begins = letter.is_uppercase()
                && at.checked_sub(1).map(|at| letters[at]).is_some_and(|before| {
                    // `numEmployees`, and the last large letter of `FTECount`.
                    before.is_lowercase()
                        || before.is_uppercase() && next.is_some_and(|next| next.is_lowercase())
                });
            if begins {
                parts.push(String::new());
            }
            if let Some(part) = parts.last_mut() {
                part.extend(letter.to_lowercase());
            }
        }
        Stretch { whole: parts.concat(), parts }
    };
    stretches.map(stretch).collect()
}

/// The words of a title, folded: it is cut at spaces, at punctuation and inside `camelCase`.
pub(crate) fn words(title: &str) -> Vec<String> {
    stretches(title).into_iter().flat_map(|stretch| stretch.parts).collect()
}

/// Words that mean a fact, or change nothing, folded.
#[derive(Debug)]
pub(crate) struct WordSet(HashSet<String>);

impl WordSet {
    pub(crate) fn new(words: &[String]) -> WordSet {
        WordSet(words.iter().map(|word| folded(word)).collect())
    }

    fn has(&self, word: &str) -> bool {
        self.0.contains(word)
    }
}

/// A title cut into words, once for every meaning that it is held against.
pub(crate) struct TitleWords(Vec<Stretch>);

impl TitleWords {
    pub(crate) fn new(title: &str) -> TitleWords {
        TitleWords(stretches(title))
    }

    /// Whether the title means a fact by its words: one of them is among `meaning`, and every other is too, or changes
    /// nothing.
    pub(crate) fn mean(&self, meaning: &WordSet, filler: &WordSet) -> bool {
        let is_known = |word: &String| meaning.has(word) || filler.has(word);
        // `LinkedIn` and `FTEs` are one word each, although there is a large letter in them.
        let words = self.0.iter().flat_map(|stretch| match is_known(&stretch.whole) {
            true => std::slice::from_ref(&stretch.whole),
            false => &stretch.parts,
        });
        words.clone().all(is_known) && words.clone().any(|word| meaning.has(word))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_cut_into_words() {
        for (title, expected) in [
            ("Total Employees", "total employees"),
            ("company size (employees)", "company size employees"),
            ("estimated_num_employees", "estimated num employees"),
            ("NumberOfEmployees", "number of employees"),
            ("FTECount", "fte count"),
            ("# FTEs", "ft es"),
            ("L&D-Team", "l d team"),
            ("Effectif salari\u{e9}", "effectif salari\u{e9}"),
            (
                "\u{915}\u{930}\u{94d}\u{92e}\u{91a}\u{93e}\u{930}\u{940}",
                "\u{915}\u{930}\u{94d}\u{92e}\u{91a}\u{93e}\u{930}\u{940}",
            ),
            ("", ""),
        ] {
            assert_eq!(words(title).join(" "), expected);
        }
    }
}
