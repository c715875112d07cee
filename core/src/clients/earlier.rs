//! What an earlier output says, by the key of each row.

use super::error::ListError;
use serde::Serialize;
use std::collections::{HashMap, HashSet};

/// What an earlier output says, by the key of each row.
#[derive(Debug, Default)]
pub struct Earlier {
    key: String,
    /// Every status and role id that occurs, once.
    words: Vec<String>,
    places: HashMap<String, u32>,
    /// Places in `words`: the status, the owner and the contact of each key.
    rows: HashMap<String, [u32; 3]>,
}

/// What became of a row since an earlier output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ChangeKind {
    New,
    Owner,
    Contact,
    Status,
    Same,
}

/// What has changed since an earlier output.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Changes {
    /// Keys that were not there.
    pub new: u64,
    /// Rows with another owner.
    pub owner: u64,
    /// Rows with the same owner and another contact.
    pub contact: u64,
    /// Rows of which the status alone is another.
    pub status: u64,
    /// Rows without a change.
    pub same: u64,
    /// Keys that are no longer there.
    pub gone: u64,
    /// The first of those, in alphabetical order.
    pub gone_keys: Vec<String>,
}

impl Earlier {
    /// Nothing yet, by the column with this title.
    pub(crate) fn by(key: &str) -> Earlier {
        Earlier { key: key.to_owned(), ..Earlier::default() }
    }

    /// The title of the key's column.
    pub(crate) fn key(&self) -> &str {
        &self.key
    }

    /// Adds a row: its status, owner and contact.
    ///
    /// # Errors
    /// If the key is empty or was there before.
    pub(crate) fn add(&mut self, key: String, said: [&str; 3]) -> Result<(), ListError> {
        let said = said.map(|word| self.place(word));
        let twice = twice(&key, "the earlier output");
        if key.is_empty() || self.rows.insert(key, said).is_some() {
            return Err(twice);
        }
        Ok(())
    }

    /// Every role id in it, in alphabetical order.
    pub(crate) fn roles(&self) -> Vec<&str> {
        let places = self.rows.values().flat_map(|[_, roles @ ..]| roles);
        let words =
            places.collect::<HashSet<_>>().into_iter().map(|place| self.words[*place as usize].as_str());
        let mut roles: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
        roles.sort_unstable();
        roles
    }

    fn place(&mut self, word: &str) -> u32 {
        if let Some(place) = self.places.get(word) {
            return *place;
        }
        let place = self.words.len() as u32;
        self.words.push(word.to_owned());
        self.places.insert(word.to_owned(), place);
        place
    }

    /// What changed for a key with this status, owner and contact now, and how it is written.
    pub(crate) fn change(&self, key: &str, now: [&str; 3]) -> (ChangeKind, String) {
        let Some(before) = self.rows.get(key) else { return (ChangeKind::New, "new".to_owned()) };
        let before = before.map(|place| self.words[place as usize].as_str());
        let named = |word: &str| if word.is_empty() { "none".to_owned() } else { word.to_owned() };
        for (at, kind, what) in [
            (1, ChangeKind::Owner, "owner"),
            (2, ChangeKind::Contact, "contact"),
            (0, ChangeKind::Status, "status"),
        ] {
            if before[at] != now[at] {
                return (kind, format!("{what}: {} -> {}", named(before[at]), named(now[at])));
            }
        }
        (ChangeKind::Same, String::new())
    }
}

/// Counts what changed, and sees to it that no key stands twice.
pub(crate) struct ChangeCounter<'e> {
    earlier: &'e Earlier,
    seen: HashSet<String>,
    changes: Changes,
}

impl<'e> ChangeCounter<'e> {
    pub(crate) fn new(earlier: &'e Earlier) -> Self {
        ChangeCounter { earlier, seen: HashSet::new(), changes: Changes::default() }
    }

    /// Counts a row.
    ///
    /// # Errors
    /// If its key is empty or was there before.
    pub(crate) fn count(&mut self, key: String, kind: ChangeKind) -> Result<(), ListError> {
        let twice = twice(&key, "the list");
        if key.is_empty() || !self.seen.insert(key) {
            return Err(twice);
        }
        let Changes { new, owner, contact, status, same, .. } = &mut self.changes;
        *match kind {
            ChangeKind::New => new,
            ChangeKind::Owner => owner,
            ChangeKind::Contact => contact,
            ChangeKind::Status => status,
            ChangeKind::Same => same,
        } += 1;
        Ok(())
    }

    /// All of it, with the keys that are gone.
    pub(crate) fn changes(self) -> Changes {
        /// So many keys are named.
        const NAMED: usize = 20;
        let gone = self.earlier.rows.keys().filter(|key| !self.seen.contains(*key));
        let mut gone: Vec<&String> = gone.collect();
        gone.sort_unstable();
        let gone_keys = gone.iter().take(NAMED).map(|key| (*key).clone()).collect();
        Changes { gone: gone.len() as u64, gone_keys, ..self.changes }
    }
}

fn twice(key: &str, place: &str) -> ListError {
    ListError::Columns(match key {
        "" => format!(
            "a row of {place} has no key: `--key` names a column in which every row has a value of its own"
        ),
        key => format!(
            "the key `{key}` stands twice in {place}: `--key` names a column whose values are all different"
        ),
    })
}
