//! People, and the job titles that tell their role.
//!
//! A title matches a spelling when the two are the same with case, punctuation, `&`/`and`, qualifiers and names of
//! places aside, or when a whole part of the title is: the parts are cut at commas, semicolons, bars, slashes, brackets
//! and dashes, and neighbouring parts also count as one (`VP, Baking - APAC`). A hyphen between two letters is no cut
//! but a way to write one word, so that `Vice-President` is no `President`, and `Co-ordinator` is `Coordinator`.

use std::collections::{BTreeSet, HashMap};

use unicode_normalization::UnicodeNormalization;

use super::places::{self, Place};

/// The most parts of a title that are tried together.
const PARTS: usize = 12;

/// Words that say nothing at the end of a title once the place after them is gone: `Head of Baking for India`.
const LINKS: [&str; 8] = ["and", "for", "in", "of", "the", "across", "at", "from"];

/// A person a profile names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Person {
    /// The name, as written.
    pub name: String,
    /// The job title, as written.
    pub title: Option<String>,
    /// The address to write to.
    pub email: Option<String>,
    /// The country or region the person works for.
    pub region: Option<String>,
}

/// How a title fits a role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TitleMatch {
    /// Which spelling, from 0: the lower, the more senior.
    pub spelling: usize,
    /// Whether the title says that it is for the whole organization.
    pub wide: bool,
}

/// The spellings of one role's titles, ready to be compared with many titles.
///
/// ```
/// # use whoowns_core as whoowns;
/// use whoowns::profile::people::Spellings;
///
/// let words = |list: &[&str]| list.iter().map(|word| word.to_string()).collect::<Vec<_>>();
/// let roles = Spellings::new(&words(&["Head of Baking", "Baker"]), &words(&["Senior", "Group"]), &words(&["Group"]));
/// assert_eq!(roles.find("Senior Baker, India").unwrap().spelling, 1);
/// assert!(roles.find("Group Head of Baking (APAC)").unwrap().wide);
/// assert!(roles.find("Baker Street Manager").is_none());
/// ```
#[derive(Clone, Debug, Default)]
pub struct Spellings {
    /// Folded spelling to its place in the list.
    places: HashMap<String, usize>,
    /// The words of each qualifier, wide ones included.
    qualifiers: Vec<Vec<String>>,
    wide: Vec<Vec<String>>,
}

impl Spellings {
    /// Prepares the spellings of a role, most senior first, with the words that do not change a role (`qualifiers`) and
    /// those that mean the whole organization (`wide`, which count as qualifiers too).
    #[must_use]
    pub fn new(titles: &[String], qualifiers: &[String], wide: &[String]) -> Spellings {
        let folded = |list: &[String]| -> Vec<Vec<String>> {
            list.iter().map(|text| places::words(text)).filter(|words| !words.is_empty()).collect()
        };
        let wide = folded(wide);
        let mut qualifiers = folded(qualifiers);
        qualifiers.extend(wide.iter().cloned());
        // Of several qualifiers that begin alike, the longest falls away.
        qualifiers.sort_by_key(|words| std::cmp::Reverse(words.len()));
        let mut spellings = Spellings { places: HashMap::new(), qualifiers, wide };
        for (at, title) in titles.iter().enumerate() {
            let words = places::words(title);
            for key in [words.concat(), spellings.bare(&words, None).concat()] {
                if !key.is_empty() {
                    spellings.places.entry(key).or_insert(at);
                }
            }
        }
        spellings
    }

    /// The most senior spelling that the title, or a whole part of it, is.
    #[must_use]
    pub fn find(&self, title: &str) -> Option<TitleMatch> {
        self.find_in(title, None)
    }

    /// As [`Spellings::find`], with the words of one more place aside, which no list of places may know.
    fn find_in(&self, title: &str, place: Option<&[String]>) -> Option<TitleMatch> {
        let parts: Vec<Vec<String>> = parts(title).iter().map(|part| places::words(part)).collect();
        let mut best: Option<usize> = None;
        for first in 0..parts.len() {
            for last in first..parts.len().min(first + PARTS) {
                let words = parts[first..=last].concat();
                for key in [words.concat(), self.bare(&words, place).concat()] {
                    let found = self.places.get(&key).copied();
                    best = [best, found].into_iter().flatten().min();
                }
            }
        }
        let words = parts.concat();
        let wide = (0..words.len()).any(|at| phrase_at(&self.wide, &words, at).is_some());
        best.map(|spelling| TitleMatch { spelling, wide })
    }

    /// The words without qualifiers and places, and without what then links to nothing.
    fn bare<'a>(&self, words: &'a [String], place: Option<&[String]>) -> Vec<&'a str> {
        let mut kept: Vec<&str> = Vec::new();
        let mut at = 0;
        while at < words.len() {
            let qualifier = phrase_at(&self.qualifiers, words, at);
            let named = places::named_at(words, at).map(|(length, _)| length);
            let asked =
                place.filter(|name| !name.is_empty() && words[at..].starts_with(name)).map(<[_]>::len);
            match [qualifier, named, asked].into_iter().flatten().max() {
                Some(length) => at += length,
                None => {
                    kept.push(&words[at]);
                    at += 1;
                }
            }
        }
        if kept.len() < words.len() {
            while kept.last().is_some_and(|word| LINKS.contains(word)) {
                kept.pop();
            }
            while kept.first().is_some_and(|word| LINKS.contains(word)) {
                kept.remove(0);
            }
        }
        kept
    }
}

/// How many words the phrase that begins at a word has, if one of the phrases does.
fn phrase_at(phrases: &[Vec<String>], words: &[String], at: usize) -> Option<usize> {
    phrases.iter().find(|phrase| words[at..].starts_with(phrase)).map(Vec::len)
}

/// The parts of a title, cut at commas, semicolons, bars, slashes, brackets and dashes.
fn parts(title: &str) -> Vec<String> {
    let letters: Vec<char> = title.nfkc().collect();
    let mut parts = vec![String::new()];
    for (at, letter) in letters.iter().enumerate() {
        let beside_space = || {
            let space = |neighbour: Option<&char>| neighbour.is_none_or(|letter| letter.is_whitespace());
            space(at.checked_sub(1).and_then(|before| letters.get(before))) || space(letters.get(at + 1))
        };
        let cut = match letter {
            ',' | ';' | '|' | '/' | '\\' | '(' | ')' | '[' | ']' | '{' | '}' => true,
            '\u{2012}'..='\u{2015}' => true,
            '-' | '\u{2010}' | '\u{2011}' | '\u{2212}' => beside_space(),
            _ => false,
        };
        match parts.last_mut() {
            Some(part) if !cut => part.push(*letter),
            _ => parts.push(String::new()),
        }
    }
    parts.retain(|part| !part.trim().is_empty());
    parts
}

/// The person who fits a role best, by place in the list.
///
/// With a `region` (the role is one region's, and the profile says which), only people of that region match: those whose
/// region it is, or, where theirs is not given, whose title names it. Without one, titles for the whole organization and
/// people without a region come first. Then the earlier spelling decides, then the order of the list.
///
/// ```
/// # use whoowns_core as whoowns;
/// use whoowns::profile::people::{Person, Spellings, best};
///
/// let person = |title: &str| Person { title: Some(title.to_owned()), ..Person::default() };
/// let people = [person("Head of Baking, India"), person("Head of Baking, Japan"), person("Head of Baking")];
/// let role = Spellings::new(&["Head of Baking".to_owned()], &[], &[]);
/// assert_eq!(best(&people, &role, Some("JP")), Some(1));
/// assert_eq!(best(&people, &role, Some("Kenya")), None);
/// assert_eq!(best(&people, &role, None), Some(2));
/// ```
#[must_use]
pub fn best(people: &[Person], role: &Spellings, region: Option<&str>) -> Option<usize> {
    let asked = region.filter(|region| !region.trim().is_empty()).map(Asked::new);
    let rank = |(at, person): (usize, &Person)| {
        let title = person.title.as_deref()?;
        let found = role.find_in(title, asked.as_ref().map(|asked| asked.words.as_slice()))?;
        let second = match &asked {
            Some(asked) if !asked.covers(person, title) => return None,
            Some(_) => false,
            None => !found.wide && has_region(person, title),
        };
        Some((second, found.spelling, at))
    };
    people.iter().enumerate().filter_map(rank).min().map(|(_, _, at)| at)
}

/// Who fits, and which of the roles asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    /// The person's place in the list of people.
    pub person: usize,
    /// The role's place in the list of roles: 0 is the role itself, the others stand in.
    pub role: usize,
}

/// The best person for the first of several roles that has one: a role, then those that stand in for it, each with the
/// region it is limited to.
#[must_use]
pub fn best_with_stand_ins<'a>(
    people: &[Person],
    roles: impl IntoIterator<Item = (&'a Spellings, Option<&'a str>)>,
) -> Option<Found> {
    roles.into_iter().enumerate().find_map(|(role, (spellings, region))| {
        best(people, spellings, region).map(|person| Found { person, role })
    })
}

/// The region a role is limited to.
struct Asked {
    place: Place,
    words: Vec<String>,
}

impl Asked {
    fn new(region: &str) -> Asked {
        Asked { place: places::place(region), words: places::words(region) }
    }

    fn covers(&self, person: &Person, title: &str) -> bool {
        if let Some(region) = region_of(person) {
            return places::place(region) == self.place;
        }
        let words = places::words(title);
        parts(title).iter().any(|part| places::place(part) == self.place)
            || places_in(&words).contains(&self.place)
            // A short name may be a word or a code of its own within a title, so it counts as a part only.
            || (self.words.concat().len() > 3 && words.windows(self.words.len().max(1)).any(|run| run == self.words))
    }
}

fn has_region(person: &Person, title: &str) -> bool {
    region_of(person).is_some() || !places_in(&places::words(title)).is_empty()
}

fn region_of(person: &Person) -> Option<&str> {
    person.region.as_deref().filter(|region| !region.trim().is_empty())
}

/// The known places that a title names.
fn places_in(words: &[String]) -> BTreeSet<Place> {
    let mut found = BTreeSet::new();
    let mut at = 0;
    while at < words.len() {
        match places::named_at(words, at) {
            Some((length, place)) => {
                found.insert(place);
                at += length;
            }
            None => at += 1,
        }
    }
    found
}

#[cfg(test)]
#[path = "people_tests.rs"]
mod tests;
