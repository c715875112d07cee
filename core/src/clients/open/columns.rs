//! Which column of a list gives which fact.

use super::called::{column_called, did_you_mean, is_place};
use super::samples::{Fit, Samples};
use super::titles::{TitleWords, WordSet, folded};
use crate::clients::error::ListError;
use crate::clients::options::ByHand;
use crate::profile::headcount::DecimalStyle;
use crate::ruleset::{FactId, Kind, Ruleset};

/// Which column of a list gives what; columns are counted from 0.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mapping {
    /// Facts in the ruleset's order, each with its columns; only an integer has several.
    pub facts: Vec<(FactId, Vec<usize>)>,
    /// The organization's name.
    pub name: Option<usize>,
    /// A person's name.
    pub contact_name: Option<usize>,
    /// A person's job title.
    pub contact_title: Option<usize>,
    /// A person's e-mail address.
    pub contact_email: Option<usize>,
    /// Columns in which it is known what a point means.
    pub styles: Vec<(usize, DecimalStyle)>,
    /// What was chosen among several columns, in sentences.
    pub choices: Vec<String>,
}

impl Mapping {
    /// What a point means in a column.
    pub(crate) fn style(&self, column: usize) -> DecimalStyle {
        let settled = self.styles.iter().find(|(settled, _)| *settled == column);
        settled.map_or(DecimalStyle::Unknown, |(_, style)| *style)
    }

    /// Adds what points mean in the columns that give numbers, and says where thousands were found.
    fn settle_points(&mut self, ruleset: &Ruleset, titles: &[String], samples: &Samples) {
        let facts = self.facts.iter();
        let counted = facts.filter(|(fact, _)| matches!(ruleset.fact(*fact).kind, Kind::Integer | Kind::Set));
        for column in counted.flat_map(|(_, columns)| columns) {
            self.styles.push((*column, samples.style(*column)));
            if let Some(number) = samples.thousands(*column) {
                let digits: String =
                    number.chars().take_while(|letter| *letter != ',').filter(char::is_ascii_digit).collect();
                self.choices.push(format!(
                    "a point stands between thousands in `{}`, so that `{number}` is {digits}; if not, add `--decimal point`",
                    titles[*column]
                ));
            }
        }
    }
}

/// Something a column can give.
struct Wanted<'r> {
    name: &'r str,
    fact: Option<FactId>,
    kind: Kind,
    /// Whether rules that decide test it.
    decides: bool,
    /// Folded titles, the preferred first.
    titles: Vec<String>,
    /// Words that mean it wherever they stand in a title.
    words: WordSet,
}

/// Finds columns for a ruleset.
pub(crate) struct ColumnFinder<'r> {
    ruleset: &'r Ruleset,
    by_hand: &'r ByHand,
    wanted: Vec<Wanted<'r>>,
    filler: WordSet,
}

impl<'r> ColumnFinder<'r> {
    pub(crate) fn new(ruleset: &'r Ruleset, by_hand: &'r ByHand) -> Self {
        let filler = WordSet::new(&ruleset.columns().filler);
        ColumnFinder { ruleset, by_hand, wanted: wanted(ruleset), filler }
    }

    /// Whether a header with these titles gives a fact that decides, or has a title that was named by hand.
    pub(crate) fn gives_fact(&self, titles: &[String]) -> bool {
        let by_hand = |name: &str| column_called(titles, name).is_ok() && !is_place(name);
        self.by_hand.map.iter().any(|(_, column)| by_hand(column))
            || (0..titles.len()).any(|column| {
                let whole = self.whole(&titles[column]);
                let wanted = whole.or_else(|| self.by_words(&titles[column]));
                wanted.or_else(|| self.by_leaf(&titles[column])).is_some_and(|at| self.wanted[at].decides)
            })
    }

    /// What claims a title whole.
    fn whole(&self, title: &str) -> Option<usize> {
        let title = folded(title);
        let claims = |wanted: &Wanted| !title.is_empty() && wanted.titles.contains(&title);
        self.wanted.iter().position(claims)
    }

    /// The fact that a title means by its words.
    fn by_words(&self, title: &str) -> Option<usize> {
        let words = TitleWords::new(title);
        self.wanted.iter().position(|wanted| words.mean(&wanted.words, &self.filler))
    }

    /// What the last part of a path such as `firmographics.employees` means.
    fn by_leaf(&self, title: &str) -> Option<usize> {
        let part = |part: &str| {
            !part.is_empty()
                && part.chars().all(|letter| letter.is_alphanumeric() || matches!(letter, '_' | '-'))
        };
        let (path, leaf) = title.rsplit_once('.')?;
        if !path.split('.').chain([leaf]).all(part) {
            return None;
        }
        self.whole(leaf).or_else(|| self.by_words(leaf))
    }

    /// Finds the columns of everything wanted among the titles of a list.
    ///
    /// # Errors
    /// Two columns for what only one can give, and names by hand that do not exist.
    pub(crate) fn find(&self, titles: &[String], samples: &Samples) -> Result<Mapping, ListError> {
        let settled = self.settled(titles)?;
        let taken: Vec<usize> = settled.iter().flatten().copied().collect();
        let free = |column: &usize| !taken.contains(column);
        let mut mapping = Mapping::default();
        let mut found: Vec<Vec<usize>> = vec![Vec::new(); self.wanted.len()];
        let mut leaves = found.clone();
        for column in (0..titles.len()).filter(free) {
            let title = &titles[column];
            if let Some(at) = self.whole(title) {
                found[at].push(column);
            } else if let Some(at) = self.by_words(title) {
                if self.is_confirmed(at, (title, column), samples, &mut mapping.choices) {
                    found[at].push(column);
                }
            } else if let Some(at) = self.by_leaf(title)
                && self.is_confirmed(at, (title, column), samples, &mut mapping.choices)
            {
                leaves[at].push(column);
            }
        }
        for (at, (wanted, settled)) in self.wanted.iter().zip(settled).enumerate() {
            let columns = if !settled.is_empty() {
                settled
            } else {
                let found =
                    std::mem::take(if found[at].is_empty() { &mut leaves[at] } else { &mut found[at] });
                chosen(wanted, preferred_first(wanted, found, titles), titles, &mut mapping.choices)?
            };
            place(&mut mapping, wanted, columns);
        }
        mapping.settle_points(self.ruleset, titles, samples);
        Ok(mapping)
    }

    /// Whether the cells of a column can be read as what its title means by its words.
    fn is_confirmed(
        &self,
        at: usize,
        (title, column): (&str, usize),
        samples: &Samples,
        choices: &mut Vec<String>,
    ) -> bool {
        let Some(fact) = self.wanted[at].fact else { return true };
        let Fit { cells, read, .. } = samples.fit(self.ruleset.fact(fact), column);
        let confirmed = 2 * read >= cells;
        if !confirmed {
            let name = self.wanted[at].name;
            let read = match (read, cells) {
                (0, 1) => "its first cell cannot be read".to_owned(),
                (0, _) => format!("none of its first {cells} cells can be read"),
                _ => format!("only {read} of its first {cells} cells can be read"),
            };
            choices.push(format!("`{title}` is not taken for {name}: {read}"));
        }
        confirmed
    }

    /// Whether some column gives a fact that decides, where any fact does.
    pub(crate) fn has_deciding(&self, mapping: &Mapping) -> bool {
        let decides =
            |fact: FactId| self.wanted.iter().any(|wanted| wanted.fact == Some(fact) && wanted.decides);
        self.deciding().next().is_none() || mapping.facts.iter().any(|(fact, _)| decides(*fact))
    }

    /// The facts that decide.
    pub(crate) fn deciding(&self) -> impl Iterator<Item = FactId> {
        self.wanted.iter().filter(|wanted| wanted.decides).filter_map(|wanted| wanted.fact)
    }

    /// For each thing wanted, the columns that the user gave by hand.
    fn settled(&self, titles: &[String]) -> Result<Vec<Vec<usize>>, ListError> {
        let mut settled = vec![Vec::new(); self.wanted.len()];
        let name_column = self.by_hand.name_column.iter().map(|column| ("name", column));
        let pairs = self.by_hand.map.iter().map(|(fact, column)| (fact.as_str(), column));
        for (name, column) in pairs.chain(name_column) {
            let at = self.wanted.iter().position(|wanted| wanted.name == name).ok_or_else(|| {
                let known = self.wanted.iter().map(|wanted| wanted.name);
                let near = did_you_mean(name, known);
                ListError::Columns(format!("`--map` names `{name}`, which no column can give{near}"))
            })?;
            let column = column_called(titles, column)?;
            let columns: &mut Vec<usize> = &mut settled[at];
            if !columns.contains(&column) {
                columns.push(column);
            }
            if columns.len() > 1 && self.wanted[at].kind != Kind::Integer {
                let (first, second) = (&titles[columns[0]], &titles[columns[1]]);
                return Err(ListError::Columns(format!(
                    "`{name}` is mapped to both `{first}` and `{second}`; only an integer may have several columns"
                )));
            }
        }
        Ok(settled)
    }
}

/// Everything that a column of a list can give.
fn wanted(ruleset: &Ruleset) -> Vec<Wanted<'_>> {
    let deciding = deciding(ruleset);
    let given = ruleset.facts().iter().enumerate().filter(|(_, fact)| !fact.derived);
    let facts = given.map(|(at, fact)| Wanted {
        name: &fact.name,
        fact: Some(FactId(at)),
        kind: fact.kind,
        decides: deciding[at] && fact.kind != Kind::Text,
        titles: fact.columns.iter().chain([&fact.name]).map(|title| folded(title)).collect(),
        words: WordSet::new(&fact.column_words),
    });
    let columns = ruleset.columns();
    let others = [
        ("name", &columns.name),
        ("contact_name", &columns.contact_name),
        ("contact_title", &columns.contact_title),
        ("contact_email", &columns.contact_email),
    ];
    let others = others.map(|(name, titles)| Wanted {
        name,
        fact: None,
        kind: Kind::Text,
        decides: false,
        titles: titles.iter().map(|title| folded(title)).collect(),
        words: WordSet::new(&[]),
    });
    let mut all: Vec<Wanted> = facts.chain(others).collect();
    for wanted in &mut all {
        // A title of punctuation only would be the same as any other such title.
        wanted.titles.retain(|title| !title.is_empty());
    }
    all
}

/// For each fact, whether rows that decide or presume test it.
fn deciding(ruleset: &Ruleset) -> Vec<bool> {
    let mut deciding = vec![false; ruleset.facts().len()];
    let derive = ruleset.derive().iter().map(|row| &row.when);
    let tables = ruleset.owner().iter().chain(ruleset.contact()).map(|row| &row.when);
    let typical = ruleset.typical().iter().map(|row| &row.when);
    for when in derive.chain(tables).chain(typical) {
        for (fact, _) in when.facts() {
            deciding[fact.0] = true;
        }
    }
    deciding
}

/// Columns in the ruleset's order of their titles; those found otherwise come last, in the order of the list.
fn preferred_first(wanted: &Wanted, mut found: Vec<usize>, titles: &[String]) -> Vec<usize> {
    let place = |column: &usize| {
        let title = folded(&titles[*column]);
        wanted.titles.iter().position(|known| *known == title).unwrap_or(usize::MAX)
    };
    found.sort_by_key(place);
    found
}

/// Which of the columns found are used.
fn chosen(
    wanted: &Wanted,
    mut found: Vec<usize>,
    titles: &[String],
    choices: &mut Vec<String>,
) -> Result<Vec<usize>, ListError> {
    let &[first, second, ..] = &found[..] else { return Ok(found) };
    match wanted.kind {
        Kind::Integer => found.sort_unstable(),
        Kind::Text => {
            found.truncate(1);
            let (name, first, second) = (wanted.name, &titles[first], &titles[second]);
            choices.push(format!("{name} is taken from `{first}`, not from `{second}`"));
        }
        Kind::Boolean | Kind::Choice | Kind::Set => {
            let (name, first, second) = (wanted.name, &titles[first.min(second)], &titles[first.max(second)]);
            return Err(ListError::Columns(format!(
                "both `{first}` and `{second}` give `{name}`; settle it with `--map {name}='{first}'`"
            )));
        }
    }
    Ok(found)
}

fn place(mapping: &mut Mapping, wanted: &Wanted, columns: Vec<usize>) {
    let Some(&first) = columns.first() else { return };
    match (wanted.fact, wanted.name) {
        (Some(fact), _) => mapping.facts.push((fact, columns)),
        (None, "contact_name") => mapping.contact_name = Some(first),
        (None, "contact_title") => mapping.contact_title = Some(first),
        (None, "contact_email") => mapping.contact_email = Some(first),
        (None, _) => mapping.name = Some(first),
    }
}
