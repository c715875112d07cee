//! Places people name: countries under any of their names and codes, and everything else by its own name.

use std::collections::{BTreeSet, HashMap};
use std::sync::LazyLock;

use rust_iso3166::ALL;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The names people use where ISO 3166 has an official one, by the country's code.
const COMMON_NAMES: [(&str, &[&str]); 50] = [
    ("AE", &["uae", "emirates"]),
    ("AG", &["antigua"]),
    ("BA", &["bosnia", "bosnia herzegovina"]),
    ("BN", &["brunei"]),
    ("CD", &["drc", "dr congo", "congo kinshasa", "democratic republic of congo"]),
    ("CG", &["republic of the congo", "republic of congo", "congo brazzaville"]),
    ("CI", &["ivory coast"]),
    ("CN", &["prc", "mainland china", "peoples republic of china"]),
    ("CV", &["cape verde"]),
    ("CZ", &["czech republic"]),
    ("FK", &["falkland islands", "falklands"]),
    ("FM", &["micronesia"]),
    ("GB", &["uk", "united kingdom", "great britain", "britain"]),
    ("HK", &["hong kong sar", "hong kong sar china"]),
    ("IR", &["iran"]),
    ("KG", &["kyrgyz republic"]),
    ("KN", &["st kitts", "saint kitts"]),
    ("KP", &["north korea", "dprk"]),
    ("KR", &["south korea", "korea", "s korea"]),
    ("LA", &["laos"]),
    ("LC", &["st lucia"]),
    ("MF", &["saint martin", "st martin"]),
    ("MK", &["macedonia"]),
    ("MM", &["burma"]),
    ("MO", &["macau", "macao sar", "macau sar"]),
    ("NL", &["netherlands", "holland"]),
    ("PN", &["pitcairn islands"]),
    ("PS", &["palestine", "palestinian territories"]),
    ("RU", &["russia"]),
    ("SA", &["ksa"]),
    ("SH", &["saint helena", "st helena"]),
    ("SK", &["slovak republic"]),
    ("ST", &["sao tome"]),
    ("SX", &["sint maarten"]),
    ("SY", &["syria"]),
    ("SZ", &["swaziland"]),
    ("TL", &["east timor"]),
    ("TR", &["turkey"]),
    ("TT", &["trinidad"]),
    ("TW", &["republic of china", "taiwan"]),
    ("US", &["united states", "usa", "us of a"]),
    ("VA", &["vatican", "vatican city"]),
    ("VC", &["saint vincent", "st vincent"]),
    ("VE", &["venezuela"]),
    ("VG", &["british virgin islands", "bvi"]),
    ("VI", &["us virgin islands", "usvi", "united states virgin islands"]),
    ("VN", &["vietnam"]),
    ("BO", &["bolivia"]),
    ("MD", &["moldova"]),
    ("TZ", &["tanzania"]),
];

/// What stands before a country's name on paper.
const FORMS_OF_STATE: [&str; 6] = [
    "republic of ",
    "federal republic of ",
    "kingdom of ",
    "sultanate of ",
    "principality of ",
    "grand duchy of ",
];

/// Regions of several countries, and parts of one, that titles name. A title that says one says where its holder works.
const REGIONS: [&str; 61] = [
    "africa",
    "america",
    "americas",
    "anz",
    "apac",
    "apj",
    "asean",
    "asia",
    "asia pac",
    "asia pacific",
    "asia pacific and japan",
    "australasia",
    "baltics",
    "benelux",
    "caribbean",
    "cee",
    "cemea",
    "central america",
    "central and eastern europe",
    "central asia",
    "central europe",
    "cis",
    "dach",
    "east africa",
    "east asia",
    "eastern europe",
    "emea",
    "england",
    "eu",
    "eurasia",
    "europe",
    "europe middle east and africa",
    "european union",
    "gcc",
    "greater china",
    "iberia",
    "indian subcontinent",
    "japac",
    "latam",
    "latin america",
    "mea",
    "mena",
    "middle east",
    "middle east and africa",
    "middle east and north africa",
    "nordics",
    "nordic",
    "north africa",
    "north america",
    "northern europe",
    "northern ireland",
    "oceania",
    "scandinavia",
    "scotland",
    "south america",
    "south asia",
    "southeast asia",
    "southern europe",
    "sub saharan africa",
    "wales",
    "western europe",
];

/// Codes that are read as a country inside a running text too: other codes are also words, such as `IN` or `IT`.
const CODES_IN_TEXT: [&str; 2] = ["us", "usa"];

/// A place, comparable: two spellings of one country are the same place.
///
/// ```
/// # use whoowns_core as whoowns;
/// use whoowns::profile::places::place;
///
/// assert_eq!(place("IN"), place("India"));
/// assert_eq!(place("ind"), place(" india "));
/// assert_eq!(place("Bavaria"), place("BAVARIA"));
/// assert_ne!(place("Bavaria"), place("Germany"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// A country or territory, by its ISO 3166 alpha-2 code.
    Country(&'static str),
    /// What ISO 3166 does not list as a country, by its name in lower case.
    Named(String),
}

/// The place a text names: an ISO 3166 code or an English name of a country, else the text itself.
#[must_use]
pub fn place(text: &str) -> Place {
    match country(&words(text).join(" ")) {
        Some(code) => Place::Country(code),
        None => Place::Named(plain(text)),
    }
}

/// How many different places the members name; empty members count for nothing.
///
/// ```
/// # use whoowns_core as whoowns;
/// use whoowns::profile::places::distinct;
///
/// assert_eq!(distinct(["IN", "India", "Singapore", "EMEA", "emea", ""]), 3);
/// ```
#[must_use]
pub fn distinct<'a>(members: impl IntoIterator<Item = &'a str>) -> usize {
    filled(members).map(place).collect::<BTreeSet<_>>().len()
}

/// How many different plain words the members are; case and surrounding space do not count.
///
/// ```
/// # use whoowns_core as whoowns;
/// use whoowns::profile::places::distinct_words;
///
/// assert_eq!(distinct_words(["IN", " in", "India"]), 2);
/// ```
#[must_use]
pub fn distinct_words<'a>(members: impl IntoIterator<Item = &'a str>) -> usize {
    filled(members).map(plain).collect::<BTreeSet<_>>().len()
}

/// A text as it is compared: compatible forms of a letter as one, lower case, single spaces.
#[must_use]
pub fn plain(text: &str) -> String {
    let folded: String = text.nfkc().collect::<String>().to_lowercase();
    folded.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text as words in lower case, without accents and punctuation, with `&` as `and`.
///
/// ```
/// # use whoowns_core as whoowns;
/// use whoowns::profile::places::words;
///
/// assert_eq!(words("Côte d’Ivoire & U.A.E."), ["cote", "divoire", "and", "uae"]);
/// ```
#[must_use]
pub fn words(text: &str) -> Vec<String> {
    let mut spaced = String::with_capacity(text.len());
    for letter in text.nfkd().filter(|letter| !is_combining_mark(*letter) || is_vowel_sign(*letter)) {
        match letter {
            '&' => spaced.push_str(" and "),
            '.' | '\'' | '\u{2018}' | '\u{2019}' => {}
            _ if letter.is_alphanumeric() || is_combining_mark(letter) => {
                spaced.extend(letter.to_lowercase())
            }
            _ => spaced.push(' '),
        }
    }
    spaced.split_whitespace().map(str::to_owned).collect()
}

/// The longest known place named by the words that begin at `start`, and how many words it takes.
///
/// Known are countries by name and regions such as `EMEA`; of the codes only those that are no English words.
#[must_use]
pub fn named_at(words: &[String], start: usize) -> Option<(usize, Place)> {
    let rest = words.get(start..)?;
    (1..=rest.len().min(KNOWN.longest)).rev().find_map(|length| {
        let name = rest[..length].join(" ");
        if let Some(code) = KNOWN.names.get(&name) {
            return Some((length, Place::Country(code)));
        }
        if CODES_IN_TEXT.contains(&name.as_str()) {
            return country(&name).map(|code| (length, Place::Country(code)));
        }
        REGIONS.contains(&name.as_str()).then_some((length, Place::Named(name)))
    })
}

fn filled<'a>(members: impl IntoIterator<Item = &'a str>) -> impl Iterator<Item = &'a str> {
    members.into_iter().filter(|member| !member.trim().is_empty())
}

/// Accents of Latin letters do not distinguish places; the vowel signs of other scripts are letters.
fn is_vowel_sign(mark: char) -> bool {
    !('\u{300}'..='\u{36f}').contains(&mark)
}

/// The names of countries, folded by [`words`].
struct Known {
    names: HashMap<String, &'static str>,
    longest: usize,
}

static KNOWN: LazyLock<Known> = LazyLock::new(|| {
    let mut names = HashMap::new();
    for country in ALL {
        names.insert(words(country.name).join(" "), country.alpha2);
    }
    for (code, common) in COMMON_NAMES {
        names.extend(common.iter().map(|name| ((*name).to_owned(), code)));
    }
    for country in ALL {
        // `Iran (Islamic Republic of)` is also `Iran` and `Islamic Republic of Iran`. Where two countries share the
        // name before the bracket, the common names have settled which one it is.
        if let Some((name, form)) = country.name.trim_end_matches(')').split_once(" (") {
            names.entry(words(name).join(" ")).or_insert(country.alpha2);
            let turned = words(&format!("{form} {name}")).join(" ");
            names.entry(turned).or_insert(country.alpha2);
        }
    }
    let longest = names.keys().map(|name| name.split(' ').count()).max().unwrap_or(1);
    Known { names, longest }
});

/// The code of the country with this folded name or code.
fn country(name: &str) -> Option<&'static str> {
    let name = name.strip_prefix("the ").unwrap_or(name);
    let code = name.to_uppercase();
    let by_code = match code.len() {
        2 => rust_iso3166::from_alpha2(&code),
        3 => rust_iso3166::from_alpha3(&code),
        _ => None,
    };
    let known = |name: &str| KNOWN.names.get(name).copied();
    by_code.map(|country| country.alpha2).or_else(|| known(name)).or_else(|| {
        FORMS_OF_STATE.iter().find_map(|form| known(name.strip_prefix(form)?.trim_start_matches("the ")))
    })
}

#[cfg(test)]
#[path = "places_tests.rs"]
mod tests;
