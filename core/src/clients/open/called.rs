//! A column as the user calls it.

use super::titles::folded;
use crate::clients::error::ListError;
use crate::diagnostic::nearest;

/// So many titles are named where none is near.
const NAMED: usize = 20;

/// Whether a column is called by its place, such as `#3`.
pub(super) fn is_place(name: &str) -> bool {
    name.strip_prefix('#').is_some_and(|place| place.parse::<usize>().is_ok())
}

/// The one column with a title, written exactly so, or else so but for case and punctuation, or at a place such as `#3`.
///
/// # Errors
/// If there is none, or more than one.
pub(crate) fn column_called(titles: &[String], wanted: &str) -> Result<usize, ListError> {
    let all = |same: &dyn Fn(&str) -> bool| -> Vec<usize> {
        titles.iter().enumerate().filter(|(_, title)| same(title)).map(|(column, _)| column).collect()
    };
    let mut found = all(&|title| title == wanted);
    if found.is_empty()
        && is_place(wanted)
        && let Some(place) = wanted.strip_prefix('#').and_then(|place| place.parse::<usize>().ok())
    {
        return match place.checked_sub(1).filter(|at| *at < titles.len()) {
            Some(at) => Ok(at),
            None => Err(ListError::Columns(format!(
                "there is no column `{wanted}`: the list has {} columns, from `#1` on",
                titles.len()
            ))),
        };
    }
    if found.is_empty() {
        found = all(&|title| !folded(wanted).is_empty() && folded(title) == folded(wanted));
    }
    match found[..] {
        [one] => Ok(one),
        [] => {
            let mut near = did_you_mean(wanted, titles.iter().map(String::as_str));
            if near.is_empty() {
                let named = titles.iter().take(NAMED).map(|title| format!("`{title}`"));
                let more = if titles.len() > NAMED { ", …" } else { "" };
                near = format!("; its titles are {}{more}", named.collect::<Vec<_>>().join(", "));
            }
            Err(ListError::Columns(format!("the list has no column `{wanted}`{near}")))
        }
        _ => Err(ListError::Columns(format!(
            "the list has {} columns `{wanted}`: say which by its place, such as `#{}`",
            found.len(),
            found[0] + 1
        ))),
    }
}

/// What is near a name that is not known, as the end of a message; nothing where nothing is.
pub(super) fn did_you_mean<'n>(wanted: &str, known: impl Iterator<Item = &'n str>) -> String {
    nearest(wanted, known).map_or_else(String::new, |near| format!("; did you mean `{near}`?"))
}
