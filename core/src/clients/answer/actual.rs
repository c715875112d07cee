//! Who really had a role, where a column of the list says so: a role by its id or title, or a person by their job title.

use super::cache::CellCache;
use crate::clients::cell_text::error_value;
use crate::clients::encoding::Encoding;
use crate::clients::read::Row;
use crate::profile::Profile;
use crate::profile::headcount::is_usual_unknown;
use crate::profile::people::Spellings;
use crate::profile::places::words;
use crate::ruleset::{RoleId, Ruleset};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// Who really had a role.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Actual {
    /// The row does not say.
    Unknown,
    /// The row names nobody that is a role of the ruleset.
    Other,
    /// One of these roles, as a place in [`Actuals::roles`].
    Roles(u32),
}

/// Rows that say the same of who really had the roles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ActualRows {
    /// Who owned.
    pub owner: Actual,
    /// Who was the contact.
    pub contact: Actual,
    /// Whether an exact number of these rows is borderline.
    pub is_borderline: bool,
    /// How many rows.
    pub rows: u64,
}

/// Rows that say the same of every fact, and so have the same answer.
#[derive(Clone, Debug)]
pub struct Situation {
    /// What they say.
    pub profile: Profile,
    /// The status of their answer.
    pub status: &'static str,
    /// The role that owns, by the rules.
    pub owner: Option<RoleId>,
    /// The contact, by the rules.
    pub contact: Option<RoleId>,
    /// The ids of the owner rules used.
    pub rules: Vec<String>,
    /// The confidence, and what it is where an exact number is borderline.
    pub confidence: [&'static str; 2],
    /// How many rows, those without an actual included.
    pub rows: u64,
    /// Who really had the roles.
    pub actuals: Vec<ActualRows>,
}

/// What a list says of who really had the roles.
#[derive(Clone, Debug, Default)]
pub struct Actuals {
    /// The rows that were decided, or could have been.
    pub situations: Vec<Situation>,
    /// Rows with a cell that cannot be read.
    pub invalid: Vec<ActualRows>,
    /// What actuals mean: the roles that each may be, the likeliest first.
    pub roles: Vec<Vec<RoleId>>,
    /// What names no role, for owners and for contacts: each text with its rows, the commonest first.
    pub others: [Vec<(String, u64)>; 2],
}

impl Actuals {
    /// All rows that say something of who had the roles.
    fn all(&self) -> impl Iterator<Item = &ActualRows> {
        self.situations.iter().flat_map(|situation| &situation.actuals).chain(&self.invalid)
    }

    /// Whether no row says who owned.
    #[must_use]
    pub fn says_nothing(&self) -> bool {
        self.all().all(|rows| rows.owner == Actual::Unknown)
    }

    /// Whether no row says of a role of the ruleset that it owned.
    #[must_use]
    pub fn names_no_role(&self) -> bool {
        !self.all().any(|rows| matches!(rows.owner, Actual::Roles(_)))
    }
}

/// How texts become roles, and the roles that were found, shared by all threads.
pub(crate) struct RoleNames<'r> {
    whole: HashMap<String, RoleId>,
    spellings: Vec<Spellings>,
    found: Mutex<Vec<Arc<[RoleId]>>>,
    ruleset: &'r Ruleset,
}

/// What a cell says of who had a role.
#[derive(Clone)]
struct Named {
    actual: Actual,
    roles: Arc<[RoleId]>,
    /// Its place among the texts that name no role.
    other: usize,
}

impl<'r> RoleNames<'r> {
    pub(crate) fn new(ruleset: &'r Ruleset) -> Self {
        let mut whole = HashMap::new();
        let ids = ruleset.roles().iter().map(|role| &role.id);
        let titles = ruleset.roles().iter().map(|role| &role.title);
        let places = || (0..ruleset.roles().len()).map(RoleId);
        for (text, role) in ids.zip(places()).chain(titles.zip(places())) {
            whole.entry(words(text).concat()).or_insert(role);
        }
        let people = ruleset.people();
        let spellings = ruleset.roles().iter();
        let spellings = spellings.map(|role| Spellings::new(&role.titles, &people.qualifiers, &people.wide));
        RoleNames { whole, spellings: spellings.collect(), found: Mutex::default(), ruleset }
    }

    /// The roles that a text may mean: the one it names, or those whose people have such a job title, the most senior
    /// spelling first.
    fn roles(&self, text: &str) -> Vec<RoleId> {
        if let Some(role) = self.ruleset.role_named(text) {
            return vec![role];
        }
        if let Some(role) = self.whole.get(&words(text).concat()) {
            return vec![*role];
        }
        let found = self.spellings.iter().enumerate();
        let mut found: Vec<(usize, RoleId)> =
            found.filter_map(|(at, role)| Some((role.find(text)?.spelling, RoleId(at)))).collect();
        found.sort_unstable();
        found.into_iter().map(|(_, role)| role).collect()
    }

    fn named(&self, text: &str) -> (Actual, Arc<[RoleId]>) {
        let none = || Arc::from(Vec::new());
        if is_usual_unknown(text) || error_value(text).is_some() {
            return (Actual::Unknown, none());
        }
        let roles = self.roles(text);
        if roles.is_empty() {
            return (Actual::Other, none());
        }
        let mut found = self.found.lock().unwrap_or_else(PoisonError::into_inner);
        let place = found.iter().position(|known| **known == *roles).unwrap_or_else(|| {
            found.push(roles.into());
            found.len() - 1
        });
        (Actual::Roles(place as u32), Arc::clone(&found[place]))
    }

    /// Every meaning that was found.
    pub(crate) fn found(&self) -> Vec<Vec<RoleId>> {
        let found = self.found.lock().unwrap_or_else(PoisonError::into_inner);
        found.iter().map(|roles| roles.to_vec()).collect()
    }
}

/// Reads who had the roles, in the rows that one thread sees.
pub(crate) struct ActualReader<'r> {
    names: &'r RoleNames<'r>,
    encoding: Encoding,
    /// Those of the owner and of the contact, as far as there are any.
    columns: [Option<Column>; 2],
}

struct Column {
    column: usize,
    cache: CellCache<Named>,
    others: Others,
}

/// Texts that name no role, and how many rows have each.
#[derive(Clone, Debug, Default)]
pub(crate) struct Others {
    places: HashMap<String, usize>,
    rows: Vec<u64>,
}

impl Others {
    /// Texts are told apart up to this many; a column with more is no column of roles.
    const MOST: usize = 1 << 16;

    fn place(&mut self, text: &str) -> usize {
        if let Some(place) = self.places.get(text) {
            return *place;
        }
        let text = if self.rows.len() < Self::MOST { text } else { "" };
        let next = self.rows.len();
        let place = *self.places.entry(text.to_owned()).or_insert(next);
        if place == next {
            self.rows.push(0);
        }
        place
    }

    /// Adds what another thread found.
    pub(crate) fn add(&mut self, other: &Others) {
        let mut texts: Vec<(&String, &usize)> = other.places.iter().collect();
        texts.sort_unstable();
        for (text, place) in texts {
            let own = self.place(text);
            self.rows[own] += other.rows[*place];
        }
    }

    /// The texts, the commonest first.
    pub(crate) fn commonest(&self) -> Vec<(String, u64)> {
        let mut texts: Vec<(String, u64)> =
            self.places.iter().map(|(text, place)| (text.clone(), self.rows[*place])).collect();
        texts.sort_by(|one, other| other.1.cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
        texts
    }
}

impl Column {
    fn new(column: usize) -> Self {
        Column { column, cache: CellCache::new(), others: Others::default() }
    }

    #[inline]
    fn read(&mut self, row: &impl Row, names: &RoleNames, encoding: Encoding) -> &Named {
        let bytes = row.cell(self.column);
        let Column { cache, others, .. } = self;
        let named = cache.get(&bytes, || {
            let utf8 = encoding.utf8(&bytes);
            let text = String::from_utf8_lossy(&utf8);
            let (actual, roles) = names.named(text.trim());
            let other = if actual == Actual::Other { others.place(text.trim()) } else { 0 };
            Named { actual, roles, other }
        });
        if named.actual == Actual::Other {
            others.rows[named.other] += 1;
        }
        named
    }
}

/// Who really had the roles in a row, and whether that is what the rules say.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Said {
    pub(crate) owner: Actual,
    pub(crate) contact: Actual,
    /// Whether the rules named somebody else, or nobody.
    pub(crate) is_missed: bool,
}

impl<'r> ActualReader<'r> {
    pub(crate) fn new(names: &'r RoleNames<'r>, columns: [Option<usize>; 2], encoding: Encoding) -> Self {
        ActualReader { names, encoding, columns: columns.map(|column| column.map(Column::new)) }
    }

    /// Who had the roles in a row; `owner` and `contact` are what the rules say.
    #[inline]
    pub(crate) fn read(&mut self, row: &impl Row, owner: Option<RoleId>, contact: Option<RoleId>) -> Said {
        let mut actuals = [Actual::Unknown; 2];
        let mut is_missed = false;
        for ((column, role), actual) in self.columns.iter_mut().zip([owner, contact]).zip(&mut actuals) {
            let Some(column) = column else { continue };
            let named = column.read(row, self.names, self.encoding);
            *actual = named.actual;
            is_missed |=
                named.actual != Actual::Unknown && role.is_none_or(|role| !named.roles.contains(&role));
        }
        Said { owner: actuals[0], contact: actuals[1], is_missed }
    }

    /// The texts that name no role, for owners and for contacts.
    pub(crate) fn others(self) -> [Others; 2] {
        self.columns.map(|column| column.map(|column| column.others).unwrap_or_default())
    }
}

/// Counts of rows by what they say of who had the roles; few are distinct.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tally(Vec<ActualRows>);

impl Tally {
    #[inline]
    pub(crate) fn add(&mut self, said: Said, is_borderline: bool) {
        self.put(ActualRows { owner: said.owner, contact: said.contact, is_borderline, rows: 1 });
    }

    #[inline]
    pub(crate) fn put(&mut self, rows: ActualRows) {
        let key = |rows: &ActualRows| (rows.owner, rows.contact, rows.is_borderline);
        match self.0.iter_mut().find(|known| key(known) == key(&rows)) {
            Some(known) => known.rows += rows.rows,
            None => self.0.push(rows),
        }
    }

    /// The counts, without rows that say nothing.
    pub(crate) fn known(self) -> Vec<ActualRows> {
        let is_known = |rows: &ActualRows| rows.owner != Actual::Unknown || rows.contact != Actual::Unknown;
        self.0.into_iter().filter(is_known).collect()
    }

    /// All of them.
    pub(crate) fn rows(&self) -> &[ActualRows] {
        &self.0
    }
}
