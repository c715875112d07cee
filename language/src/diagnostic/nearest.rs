//! "Did you mean": the known word nearest to a written one.

/// The one of `known` that is near enough to `written` to be meant, if any.
///
/// Near enough is a Jaro-Winkler similarity of 0.8 after folding case and `_`, `-` and spaces, the measure and bound
/// that command-line parsers use for subcommands. Of very many words only those are looked at that begin alike, and no
/// more than a few hundred, so that thousands of unknown words among thousands of known ones are told at once.
pub fn nearest<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    const NEAR_ENOUGH: f64 = 0.8;
    const MANY: usize = 300;
    let fold = |text: &str| text.to_lowercase().replace(['_', '-', ' '], "");
    let written = fold(written);
    let mut known: Vec<&str> = known.into_iter().collect();
    if known.len() > MANY {
        known.retain(|word| {
            word.chars().next().map(|letter| letter.to_ascii_lowercase()) == written.chars().next()
        });
        known.truncate(MANY);
    }
    known
        .into_iter()
        .map(|word| (strsim::jaro_winkler(&written, &fold(word)), word))
        .filter(|(similarity, _)| *similarity >= NEAR_ENOUGH)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, word)| word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_words_are_found_and_far_ones_are_not() {
        let known = ["headcount", "ld_team", "hr_team"];
        assert_eq!(nearest("headcuont", known), Some("headcount"));
        assert_eq!(nearest("LD-Team", known), Some("ld_team"));
        assert_eq!(nearest("colour", known), None);
        assert_eq!(nearest("", []), None);
    }
}
