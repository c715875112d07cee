//! The columns that a run adds to a list.

use super::columns::Mapping;
use super::error::ListError;
use crate::diagnostic::nearest;
use crate::ruleset::{FactId, Ruleset};

/// A column that a run can add.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Answer {
    /// `decided`, `presumed`, `open`, `unmatched` or `invalid`.
    Status,
    /// The id of the role that owns.
    Owner,
    /// The id of the contact's role.
    Contact,
    /// How sure the answer is.
    Confidence,
    /// The ids of the owner rules used.
    Rule,
    /// The fact that is best asked for.
    Ask,
    /// What was presumed, repaired or wrong.
    Note,
    /// The title of the role that owns.
    OwnerTitle,
    /// The title of the contact's role.
    ContactTitle,
    /// The person of the row, where they have the contact's role.
    ContactName,
    /// The value of a derived fact.
    Derived(FactId),
}

/// What is added where nothing else is asked for, in this order.
const USUAL: [(Answer, &str); 7] = [
    (Answer::Status, "status"),
    (Answer::Owner, "owner"),
    (Answer::Contact, "contact"),
    (Answer::Confidence, "confidence"),
    (Answer::Rule, "rule"),
    (Answer::Ask, "ask"),
    (Answer::Note, "note"),
];

/// What can be asked for beside it.
const MORE: [(Answer, &str); 3] = [
    (Answer::OwnerTitle, "owner_title"),
    (Answer::ContactTitle, "contact_title"),
    (Answer::ContactName, "contact_name"),
];

/// The columns added, with their titles.
#[derive(Clone, Debug)]
pub(super) struct Answers {
    pub(super) columns: Vec<Answer>,
    pub(super) titles: Vec<String>,
}

impl Answers {
    /// The columns named, or the usual ones, and the person's name where the list has people.
    ///
    /// # Errors
    /// A name that no column has, or one that the list has already.
    pub(super) fn new(
        ruleset: &Ruleset,
        named: Option<&[String]>,
        prefix: Option<&str>,
        mapping: &Mapping,
        titles: &[String],
    ) -> Result<Self, ListError> {
        let prefix = prefix.unwrap_or(&ruleset.prefix);
        let chosen = match named {
            Some(named) => {
                named.iter().map(|name| by_name(ruleset, name, prefix)).collect::<Result<_, _>>()?
            }
            None => {
                let people = mapping.contact_name.and(mapping.contact_title).map(|_| MORE[2]);
                USUAL.into_iter().chain(people).collect::<Vec<_>>()
            }
        };
        let added: Vec<String> = chosen.iter().map(|(_, name)| format!("{prefix}{name}")).collect();
        for (at, title) in added.iter().enumerate() {
            if titles.iter().any(|other| other.trim() == title) {
                return Err(ListError::Columns(format!(
                    "the list already has a column `{title}`; choose another beginning with `--prefix`"
                )));
            }
            if added[..at].contains(title) {
                return Err(ListError::Columns(format!("`--columns` names `{title}` twice")));
            }
        }
        Ok(Answers { columns: chosen.into_iter().map(|(answer, _)| answer).collect(), titles: added })
    }
}

fn by_name<'n>(ruleset: &'n Ruleset, name: &'n str, prefix: &str) -> Result<(Answer, &'n str), ListError> {
    let name = name.trim();
    let name = name.strip_prefix(prefix).filter(|rest| !rest.is_empty()).unwrap_or(name);
    let fixed = USUAL.into_iter().chain(MORE);
    let derived = ruleset.facts.iter().enumerate().filter(|(_, fact)| fact.derived);
    let derived = derived.map(|(at, fact)| (Answer::Derived(FactId(at)), fact.name.as_str()));
    let all: Vec<(Answer, &str)> = fixed.chain(derived).collect();
    all.iter().find(|(_, known)| *known == name).copied().ok_or_else(|| {
        let names = all.iter().map(|(_, name)| *name);
        let near = nearest(name, names.clone()).map_or_else(
            || {
                format!(
                    "; there are {}",
                    names.map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
                )
            },
            |near| format!("; did you mean `{near}`?"),
        );
        ListError::Columns(format!("`--columns` names `{name}`, which is no answer{near}"))
    })
}
