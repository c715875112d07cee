//! Bands that a spreadsheet took for dates: `1-50` became `Jan-50`, `1-10` became `10-Jan`.

use super::numbers::plain;
use super::refusal::{Refusal, shown};
use crate::profile::vocabulary::VOCABULARY;

/// The days a month can have: a date shows no other number before its month.
const DAYS: i128 = 31;

/// The band that a text like `Jan-50`, `10-Jan` or `01. Okt` was, or nothing where the text is no such date.
///
/// A month and a year (`Jan-50`) come from a band that began with the month. A day and a month come from either order:
/// `10-Jan` is 1-10 where months are written first, and `1-Oct` is 1-10 where days are. Since a band is in order, only
/// one of the two can have been meant.
///
/// # Errors
/// A date that no band in order can have become, such as `Nov-05`.
pub(super) fn repaired_band(text: &str) -> Result<Option<(i128, i128)>, Refusal> {
    let Some((left, right)) = text.split_once('-').or_else(|| text.split_once(". ")) else { return Ok(None) };
    let (left, right) = (left.trim(), right.trim());
    let month = |text| VOCABULARY.month(text);
    let band = match (month(left), number(right), number(left), month(right)) {
        (Some(month), Some(number), _, _) if month < number => Some((month, number)),
        (_, _, Some(day), Some(month)) if day <= DAYS && day != month => {
            Some((day.min(month), day.max(month)))
        }
        (Some(_), Some(_), _, _) | (_, _, Some(_), Some(_)) => None,
        _ => return Ok(None),
    };
    band.map(Some).ok_or_else(|| Refusal::Date(shown(text)))
}

/// One or two digits, as dates have them.
fn number(text: &str) -> Option<i128> {
    plain(text).filter(|number| text.len() <= 2 && *number > 0)
}
