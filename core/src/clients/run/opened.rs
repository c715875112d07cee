//! A list opened for a ruleset: what it is, and which of its columns give which fact.

use crate::clients::error::ListError;
use crate::clients::open::{ColumnFinder, Detected, Input, List, Mapping, likely, without_fact};
use crate::clients::options::Options;
use crate::ruleset::Ruleset;

/// Opens a list for rulesets, each of which finds its own columns.
///
/// # Errors
/// Whatever keeps the list from being read, or that no column gives a fact that decides.
pub(crate) fn open_for<const N: usize>(
    rulesets: [&Ruleset; N],
    input: Input,
    options: &Options,
) -> Result<(List, [Mapping; N], Detected), ListError> {
    let (list, mappings, detected) = found_for(rulesets, input, options)?;
    let columns = (&list.titles[..], &list.samples);
    for (ruleset, mapping) in rulesets.iter().zip(&mappings) {
        let finder = ColumnFinder::new(ruleset, &options.by_hand);
        if !finder.has_deciding(mapping) {
            return Err(without_fact(ruleset, &finder, columns, mapping));
        }
    }
    Ok((list, mappings, detected))
}

/// The same, also where no column gives a fact that decides.
fn found_for<const N: usize>(
    rulesets: [&Ruleset; N],
    input: Input,
    options: &Options,
) -> Result<(List, [Mapping; N], Detected), ListError> {
    let finders = rulesets.map(|ruleset| ColumnFinder::new(ruleset, &options.by_hand));
    let gives_fact = |titles: &[String]| finders.iter().any(|finder| finder.gives_fact(titles));
    let mut list = List::open(input, options, &gives_fact)?;
    let mut mappings = [(); N].map(|()| Mapping::default());
    let mut detected = std::mem::take(&mut list.detected);
    let columns = (&list.titles[..], &list.samples);
    for (at, finder) in finders.iter().enumerate() {
        mappings[at] = finder.find(&list.titles, &list.samples)?;
    }
    if let ([ruleset, ..], [finder, ..], [mapping, ..]) = (&rulesets[..], &finders[..], &mappings[..]) {
        detected.add_columns(ruleset, columns, mapping);
        detected.answerable = finder.has_deciding(mapping);
        detected.likely = likely(ruleset, finder, columns, mapping);
    }
    Ok((list, mappings, detected))
}

/// Finds out what a list is, and answers nothing.
///
/// # Errors
/// Whatever keeps the list from being read.
pub fn look(ruleset: &Ruleset, input: Input, options: &Options) -> Result<Detected, ListError> {
    found_for([ruleset], input, options).map(|(.., detected)| detected)
}
