//! Which columns of a list say who really had the roles.

use crate::clients::error::ListError;
use crate::clients::open::{Mapping, column_called};
use crate::clients::options::ActualColumns;
use crate::ruleset::Ruleset;

/// The columns of the owner and of the contact.
///
/// # Errors
/// A column that the list does not have, that gives a fact as well, or that is named for both.
pub(crate) fn actual_columns(
    ruleset: &Ruleset,
    titles: &[String],
    mapping: &Mapping,
    actual: &ActualColumns,
) -> Result<[Option<usize>; 2], ListError> {
    let column = |what: &str, called: &str| {
        let column = column_called(titles, called)?;
        let title = &titles[column];
        match mapping.facts.iter().find(|(_, columns)| columns.contains(&column)) {
            None => Ok(column),
            Some((fact, _)) => Err(ListError::Columns(format!(
                "`{title}` gives `{}`, so it cannot say who was the {what} as well; name the column that says who \
                 really was the {what}, or take the fact from another column with `--map`",
                ruleset.fact(*fact).name
            ))),
        }
    };
    let owner = actual.owner.as_ref().map(|called| column("owner", called)).transpose()?;
    let contact = actual.contact.as_ref().map(|called| column("contact", called)).transpose()?;
    if let (Some(owner), true) = (owner, contact == owner) {
        return Err(ListError::Columns(format!(
            "`--actual` names `{}` for both the owner and the contact: each needs a column of its own",
            titles[owner]
        )));
    }
    Ok([owner, contact])
}
