//! Titles of columns by their words: `Total Employees`, `company size (employees)`, `Employees on LinkedIn`.

use std::collections::HashSet;
use unicode_normalization::char::is_combining_mark;

/// A title as it is compared whole: case, spaces and punctuation do not count.
pub(crate) fn folded(title: &str) -> String {
    title
        .chars()
        .filter(|letter| letter.is_alphanumeric() || is_combining_mark(*letter))
        .flat_map(char::to_lowercase)
        .collect()
}

/// The words of a title, folded: it is cut at spaces, at punctuation and inside `camelCase`.
pub(crate) fn words(title: &str) -> Vec<String> {
    let letters: Vec<char> = title.chars().collect();
    let mut words: Vec<String> = Vec::new();
    let mut open = false;
    for (at, letter) in letters.iter().enumerate() {
        if !letter.is_alphanumeric() && !is_combining_mark(*letter) {
            open = false;
            continue;
        }
        let before = at.checked_sub(1).map(|at| letters[at]);
        let next = letters.get(at + 1);
        let begins = letter.is_uppercase()
            && before.is_some_and(|before| {
                // `numEmployees`, and the last letter of `FTECount` before small ones.
                before.is_lowercase() || before.is_uppercase() && next.is_some_and(|next| next.is_lowercase())
            });
        if !open || begins {
            words.push(String::new());
        }
        open = true;
        if let Some(word) = words.last_mut() {
            word.extend(letter.to_lowercase());
        }
    }
    words
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

/// Whether a title means a fact by its words: one of them is among `meaning`, and every other is too, or changes nothing.
pub(crate) fn means(title: &str, meaning: &WordSet, filler: &WordSet) -> bool {
    let words = words(title);
    words.iter().any(|word| meaning.has(word))
        && words.iter().all(|word| meaning.has(word) || filler.has(word))
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
            ("# FTEs", "ftes"),
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
