//! The data file, `vocabulary.toml`, as it is written.

use std::sync::LazyLock;

use toml::{Table, Value};

use super::meanings::Role;

/// The file. A test goes through it, so that what is built holds it whole.
static WRITTEN: LazyLock<Table> =
    LazyLock::new(|| include_str!("vocabulary.toml").parse().unwrap_or_default());

/// What stands under a heading of the file itself.
pub(super) fn value(heading: &str) -> Option<&'static Value> {
    WRITTEN.get(heading)
}

/// The texts of a list.
pub(super) fn texts(list: Option<&'static Value>) -> impl Iterator<Item = &'static str> {
    list.and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str)
}

/// What stands under each heading of a table.
pub(super) fn under(table: Option<&'static Value>) -> impl Iterator<Item = (&'static str, &'static Value)> {
    table.and_then(Value::as_table).into_iter().flatten().map(|(heading, value)| (heading.as_str(), value))
}

/// The words of every language, each with what it means there.
pub(super) fn words() -> impl Iterator<Item = (Role, &'static str)> {
    under(value("languages")).flat_map(|(_, language)| under(Some(language))).flat_map(|(heading, words)| {
        let role = Role::under(heading);
        texts(Some(words)).filter_map(move |word| Some((role?, word)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_is_read_whole() {
        let headings: Vec<&String> = WRITTEN.keys().collect();
        let known = ["zeros", "footnotes", "endings", "units", "money", "months", "languages"];
        assert!(
            headings.iter().all(|heading| known.contains(&heading.as_str())) && headings.len() == known.len()
        );
        assert!(under(value("money")).map(|(heading, _)| heading).eq(["names", "signs"]));
        assert_eq!(under(value("languages")).count(), 10);
        for (language, names) in under(value("months")) {
            assert!(under(value("languages")).any(|(known, _)| known == language), "{language}");
            assert_eq!(texts(Some(names)).count(), 12, "{language}");
        }
        for (language, headings) in under(value("languages")) {
            for (heading, words) in under(Some(headings)) {
                assert!(Role::under(heading).is_some(), "{language}: {heading}");
                assert_eq!(
                    texts(Some(words)).count(),
                    words.as_array().unwrap().len(),
                    "{language}: {heading}"
                );
            }
            for heading in ["people", "about", "to", "or_more", "yes", "no"] {
                assert!(
                    under(Some(headings)).any(|(known, _)| known == heading),
                    "{language} has no {heading}"
                );
            }
        }
        for (size, names) in under(value("units")) {
            assert!(size.parse::<i128>().is_ok() && texts(Some(names)).count() > 0, "{size}");
        }
    }
}
