//! The columns that a run adds to a list.

use crate::clients::error::ListError;
use crate::clients::open::Mapping;
use crate::clients::value::Value;
use crate::diagnostic::nearest;
use crate::ruleset::{FactId, Kind, Ruleset};

/// A column that a run can add.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum AnswerColumn {
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
    /// The question that is best asked, in words.
    AskText,
    /// How often the least founded of what was presumed is so, where somebody has found that out.
    Support,
    /// The least that an integer can be, as read in the row.
    Least(FactId),
    /// The most that an integer can be, as read in the row; empty without an end.
    Most(FactId),
    /// The value of a derived fact.
    Derived(FactId),
    /// What has changed since an earlier output.
    Changed,
}

/// What is added where nothing else is asked for, in this order.
const USUAL: [(AnswerColumn, &str); 7] = [
    (AnswerColumn::Status, "status"),
    (AnswerColumn::Owner, "owner"),
    (AnswerColumn::Contact, "contact"),
    (AnswerColumn::Confidence, "confidence"),
    (AnswerColumn::Rule, "rule"),
    (AnswerColumn::Ask, "ask"),
    (AnswerColumn::Note, "note"),
];

/// What can be asked for beside it.
const MORE: [(AnswerColumn, &str); 5] = [
    (AnswerColumn::OwnerTitle, "owner_title"),
    (AnswerColumn::ContactTitle, "contact_title"),
    (AnswerColumn::ContactName, "contact_name"),
    (AnswerColumn::AskText, "ask_text"),
    (AnswerColumn::Support, "support"),
];

/// What has changed since an earlier output.
pub(crate) const CHANGED: &str = "changed";

/// The columns added, with their titles.
#[derive(Clone, Debug)]
pub(crate) struct AnswerColumns {
    pub(crate) columns: Vec<AnswerColumn>,
    pub(crate) titles: Vec<String>,
}

impl AnswerColumns {
    /// No column: what is decided is taken as it is.
    pub(crate) fn none() -> Self {
        AnswerColumns { columns: Vec::new(), titles: Vec::new() }
    }

    /// The answers of a row with their titles; numbers are numbers wherever the kind of file tells them from texts.
    pub(crate) fn cells<'t>(&'t self, texts: &'t [String]) -> impl Iterator<Item = (&'t String, Value<'t>)> {
        let cell = |(column, text): (&AnswerColumn, &'t String)| match column {
            _ if text.is_empty() => Value::Empty,
            AnswerColumn::Least(_) | AnswerColumn::Most(_) => Value::Number(text.as_str().into()),
            _ => Value::Text(text.as_str().into()),
        };
        self.titles.iter().zip(self.columns.iter().zip(texts).map(cell))
    }

    /// The titles as cells of a header.
    pub(crate) fn header(&self) -> impl Iterator<Item = (&String, Value<'_>)> {
        self.titles.iter().map(|title| (title, Value::Text(title.as_str().into())))
    }

    /// Where a column stands, if it was chosen.
    pub(crate) fn place(&self, column: AnswerColumn) -> Option<usize> {
        self.columns.iter().position(|chosen| *chosen == column)
    }

    /// Adds what has changed since an earlier output.
    ///
    /// # Errors
    /// If the list has such a column already.
    pub(crate) fn add_changed(&mut self, prefix: &str, titles: &[String]) -> Result<(), ListError> {
        let title = format!("{prefix}{CHANGED}");
        if titles.iter().any(|other| other.trim() == title) {
            return Err(taken(&title));
        }
        self.columns.push(AnswerColumn::Changed);
        self.titles.push(title);
        Ok(())
    }

    /// Whether a column of the row's own values was chosen, which rows that say the same need not share.
    pub(crate) fn has_bounds(&self) -> bool {
        self.columns.iter().any(|column| matches!(column, AnswerColumn::Least(_) | AnswerColumn::Most(_)))
    }

    /// The columns named, or the usual ones, and the person's name where the list has people.
    ///
    /// # Errors
    /// A name that no column has, or one that the list has already.
    pub(crate) fn new(
        ruleset: &Ruleset,
        named: Option<&[String]>,
        prefix: Option<&str>,
        mapping: &Mapping,
        titles: &[String],
    ) -> Result<Self, ListError> {
        let prefix = prefix.unwrap_or(ruleset.prefix());
        let chosen = match named {
            Some(named) => {
                named.iter().map(|name| by_name(ruleset, name, prefix)).collect::<Result<_, _>>()?
            }
            None => {
                let people = mapping.contact_name.and(mapping.contact_title).map(|_| MORE[2]);
                let named = USUAL.into_iter().chain(people);
                named.map(|(column, name)| (column, name.to_owned())).collect::<Vec<_>>()
            }
        };
        let added: Vec<String> = chosen.iter().map(|(_, name)| format!("{prefix}{name}")).collect();
        for (at, title) in added.iter().enumerate() {
            if titles.iter().any(|other| other.trim() == title) {
                return Err(taken(title));
            }
            if added[..at].contains(title) {
                return Err(ListError::Columns(format!("`--columns` names `{title}` twice")));
            }
        }
        Ok(AnswerColumns { columns: chosen.into_iter().map(|(answer, _)| answer).collect(), titles: added })
    }
}

fn taken(title: &str) -> ListError {
    ListError::Columns(format!(
        "the list already has a column `{title}`; choose another beginning with `--prefix`"
    ))
}

fn by_name(ruleset: &Ruleset, name: &str, prefix: &str) -> Result<(AnswerColumn, String), ListError> {
    let name = name.trim();
    let name = name.strip_prefix(prefix).filter(|rest| !rest.is_empty()).unwrap_or(name);
    let mut all = all(ruleset);
    if let Some(at) = all.iter().position(|(_, known)| known == name) {
        return Ok(all.swap_remove(at));
    }
    let names = all.iter().map(|(_, name)| name.as_str());
    let near = nearest(name, names.clone()).map_or_else(
        || format!("; there are {}", names.map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")),
        |near| format!("; did you mean `{near}`?"),
    );
    Err(ListError::Columns(format!("`--columns` names `{name}`, which is no answer{near}")))
}

/// Every column that can be added, with its name.
fn all(ruleset: &Ruleset) -> Vec<(AnswerColumn, String)> {
    let fixed = USUAL.into_iter().chain(MORE).map(|(column, name)| (column, name.to_owned()));
    let mut all: Vec<(AnswerColumn, String)> = fixed.collect();
    for (at, fact) in ruleset.facts().iter().enumerate() {
        if fact.derived {
            all.push((AnswerColumn::Derived(FactId(at)), fact.name.clone()));
        } else if fact.kind == Kind::Integer {
            all.push((AnswerColumn::Least(FactId(at)), format!("{}_min", fact.name)));
            all.push((AnswerColumn::Most(FactId(at)), format!("{}_max", fact.name)));
        }
    }
    all
}
