//! The answers that a statement can add as columns.

use super::request::{NotExported, Request};
use crate::diagnostic::nearest;
use crate::ruleset::{FactId, Kind, Ruleset};

/// An answer as a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    /// How sure it is.
    Status,
    /// The role that owns.
    Owner,
    /// The contact's role.
    Contact,
    /// How far it can be relied on.
    Confidence,
    /// The owner rules used.
    Rule,
    /// The fact best asked for.
    Ask,
    /// A derived fact.
    Derived(FactId),
    /// The least that a number can be, as read.
    Least(FactId),
    /// The most that it can be.
    Most(FactId),
}

const USUAL: [(&str, Column); 6] = [
    ("status", Column::Status),
    ("owner", Column::Owner),
    ("contact", Column::Contact),
    ("confidence", Column::Confidence),
    ("rule", Column::Rule),
    ("ask", Column::Ask),
];

/// The columns asked for, by name, or the usual ones.
pub fn columns(ruleset: &Ruleset, request: &Request) -> Result<Vec<(String, Column)>, NotExported> {
    let prefix = request.prefix.as_deref().unwrap_or(ruleset.prefix());
    let mut all: Vec<(String, Column)> =
        USUAL.iter().map(|(name, column)| ((*name).to_owned(), *column)).collect();
    for (at, fact) in ruleset.facts().iter().enumerate() {
        if fact.derived {
            all.push((fact.name.clone(), Column::Derived(FactId(at))));
        } else if fact.kind == Kind::Integer {
            all.push((format!("{}_min", fact.name), Column::Least(FactId(at))));
            all.push((format!("{}_max", fact.name), Column::Most(FactId(at))));
        }
    }
    let named = |name: &str| {
        let name = format!("{prefix}{name}");
        match request.dialect.no_column(&name) {
            Some(why) => Err(NotExported::NoName { name, why }),
            None => Ok(name),
        }
    };
    let Some(asked) = &request.columns else {
        let usual = all.into_iter().take(USUAL.len());
        return usual.map(|(name, column)| Ok((named(&name)?, column))).collect();
    };
    let mut chosen: Vec<(String, Column)> = Vec::new();
    for name in asked {
        let name = name.trim();
        let bare = name.strip_prefix(prefix).filter(|rest| !rest.is_empty()).unwrap_or(name);
        let Some((known, column)) = all.iter().find(|(known, _)| known == bare) else {
            let names = || all.iter().map(|(name, _)| name.as_str());
            let hint = match nearest(bare, names()) {
                Some(near) => format!("; did you mean `{near}`?"),
                None => format!("; there are `{}`", names().collect::<Vec<_>>().join("`, `")),
            };
            return Err(NotExported::UnknownColumn { name: name.to_owned(), hint });
        };
        let full = named(known)?;
        if chosen.iter().any(|(other, _)| *other == full) {
            return Err(NotExported::Twice(full));
        }
        chosen.push((full, *column));
    }
    Ok(chosen)
}
