//! Texts that are one word as a whole: yes, no, "not known". Apart from the words around numbers, since a list that says
//! nothing else need not wait for those.

use std::collections::{BTreeSet, HashMap};
use std::sync::LazyLock;

use super::letters::folded;
use super::meanings::{Meanings, Role};
use super::written::words;

struct WholeTexts {
    /// What each means, folded.
    meanings: HashMap<String, Meanings>,
    /// Those that mean "not known", in small letters, as they are written and folded.
    unknown: BTreeSet<String>,
}

static WHOLE_TEXTS: LazyLock<WholeTexts> = LazyLock::new(|| {
    let mut texts = WholeTexts { meanings: HashMap::new(), unknown: BTreeSet::new() };
    for (role, word) in words().filter(|(role, _)| role.is_whole()) {
        if role == Role::Unknown {
            texts.unknown.extend([word.to_lowercase(), folded(word)]);
        }
        texts.meanings.entry(folded(word)).or_default().add(role);
    }
    texts
});

/// What a text means as a whole.
pub(in crate::profile) fn whole(text: &str) -> Meanings {
    WHOLE_TEXTS.meanings.get(&folded(text)).copied().unwrap_or_default()
}

/// Every text that means "not known", in small letters.
pub(in crate::profile) fn unknown() -> impl Iterator<Item = &'static str> {
    WHOLE_TEXTS.unknown.iter().map(String::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_is_found() {
        for (role, word) in words().filter(|(role, _)| role.is_whole()) {
            assert!(whole(word).has(role), "{word} as {role:?}");
        }
    }

    #[test]
    fn yes_is_never_no() {
        for (word, meanings) in &WHOLE_TEXTS.meanings {
            assert!(!(meanings.has(Role::Yes) && meanings.has(Role::No)), "{word}");
            assert!(!(meanings.has(Role::Yes) && meanings.has(Role::Unknown)), "{word}");
        }
    }
}
