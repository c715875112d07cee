//! Which column of a list gives which fact.

use crate::clients::error::ListError;
use crate::clients::options::ByHand;
use crate::diagnostic::nearest;
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
    /// What was chosen among several columns, in sentences.
    pub choices: Vec<String>,
}

/// A title as it is compared: case, spaces and punctuation do not count.
pub(crate) fn folded(title: &str) -> String {
    title.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Something a column can give.
struct Wanted<'r> {
    name: &'r str,
    fact: Option<FactId>,
    kind: Kind,
    /// Folded titles, the preferred first.
    titles: Vec<String>,
}

impl Wanted<'_> {
    /// Whether the first title in the ruleset's order simply wins.
    fn is_text(&self) -> bool {
        self.kind == Kind::Text
    }
}

/// Finds the columns of every fact among the titles of a list.
///
/// # Errors
/// Two columns for one fact that only one can give, and names by hand that do not exist.
pub fn find(ruleset: &Ruleset, titles: &[String], by_hand: &ByHand) -> Result<Mapping, ListError> {
    let wanted = wanted(ruleset);
    let folded_titles: Vec<String> = titles.iter().map(|title| folded(title)).collect();
    let settled = settled(&wanted, titles, by_hand)?;
    let taken: Vec<usize> = settled.iter().flatten().copied().collect();
    let mut mapping = Mapping::default();
    for (wanted, settled) in wanted.iter().zip(settled) {
        let columns = if settled.is_empty() {
            let free = |column: &usize| !taken.contains(column);
            let matching = |title: &String| {
                let same = folded_titles.iter().enumerate().filter(move |(_, other)| *other == title);
                same.map(|(column, _)| column).collect::<Vec<_>>()
            };
            // In the ruleset's order, and each column once.
            let mut found: Vec<usize> = Vec::new();
            for column in wanted.titles.iter().flat_map(matching).filter(free) {
                if !found.contains(&column) {
                    found.push(column);
                }
            }
            chosen(wanted, found, titles, &mut mapping.choices)?
        } else {
            settled
        };
        place(&mut mapping, wanted, columns);
    }
    Ok(mapping)
}

/// Everything that a column of a list can give.
fn wanted(ruleset: &Ruleset) -> Vec<Wanted<'_>> {
    let given = ruleset.facts().iter().enumerate().filter(|(_, fact)| !fact.derived);
    let facts = given.map(|(at, fact)| {
        let titles = fact.columns.iter().chain([&fact.name]).map(|title| folded(title)).collect();
        Wanted { name: &fact.name, fact: Some(FactId(at)), kind: fact.kind, titles }
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
        titles: titles.iter().map(|title| folded(title)).collect(),
    });
    let mut all: Vec<Wanted> = facts.chain(others).collect();
    for wanted in &mut all {
        // A title of punctuation only would be the same as any other such title.
        wanted.titles.retain(|title| !title.is_empty());
    }
    all
}

/// For each thing wanted, the columns that the user gave by hand.
fn settled(wanted: &[Wanted], titles: &[String], by_hand: &ByHand) -> Result<Vec<Vec<usize>>, ListError> {
    let mut settled = vec![Vec::new(); wanted.len()];
    let name_column = by_hand.name_column.iter().map(|column| ("name", column));
    let pairs = by_hand.map.iter().map(|(fact, column)| (fact.as_str(), column)).chain(name_column);
    for (name, column) in pairs {
        let at = wanted.iter().position(|wanted| wanted.name == name).ok_or_else(|| {
            let known = wanted.iter().map(|wanted| wanted.name);
            ListError::Columns(format!(
                "`--map` names `{name}`, which no column can give{}",
                did_you_mean(name, known)
            ))
        })?;
        let column = column_called(titles, column)?;
        let columns: &mut Vec<usize> = &mut settled[at];
        if !columns.contains(&column) {
            columns.push(column);
        }
        if columns.len() > 1 && wanted[at].kind != Kind::Integer {
            let (first, second) = (&titles[columns[0]], &titles[columns[1]]);
            return Err(ListError::Columns(format!(
                "`{name}` is mapped to both `{first}` and `{second}`; only an integer may have several columns"
            )));
        }
    }
    Ok(settled)
}

/// The one column with a title, written exactly so, or else so but for case and punctuation.
///
/// # Errors
/// If there is none, or more than one.
pub(crate) fn column_called(titles: &[String], wanted: &str) -> Result<usize, ListError> {
    let all = |same: &dyn Fn(&str) -> bool| -> Vec<usize> {
        titles.iter().enumerate().filter(|(_, title)| same(title)).map(|(column, _)| column).collect()
    };
    let mut found = all(&|title| title == wanted);
    if found.is_empty() {
        found = all(&|title| !folded(wanted).is_empty() && folded(title) == folded(wanted));
    }
    match found[..] {
        [one] => Ok(one),
        [] => {
            let near = did_you_mean(wanted, titles.iter().map(String::as_str));
            Err(ListError::Columns(format!("the list has no column `{wanted}`{near}")))
        }
        _ => Err(ListError::Columns(format!(
            "the list has {} columns `{wanted}`: rename all but one",
            found.len()
        ))),
    }
}

fn did_you_mean<'n>(wanted: &str, known: impl Iterator<Item = &'n str>) -> String {
    nearest(wanted, known).map_or_else(String::new, |near| format!("; did you mean `{near}`?"))
}

/// Which of the columns found are used.
fn chosen(
    wanted: &Wanted,
    mut found: Vec<usize>,
    titles: &[String],
    choices: &mut Vec<String>,
) -> Result<Vec<usize>, ListError> {
    let &[first, second, ..] = &found[..] else { return Ok(found) };
    if wanted.kind == Kind::Integer {
        found.sort_unstable();
    } else if wanted.is_text() {
        found.truncate(1);
        choices.push(format!(
            "`{}` is taken from `{}`, not from `{}`",
            wanted.name, titles[first], titles[second]
        ));
    } else {
        let (name, first, second) = (wanted.name, &titles[first.min(second)], &titles[first.max(second)]);
        return Err(ListError::Columns(format!(
            "both `{first}` and `{second}` give `{name}`; settle it with `--map {name}='{first}'`"
        )));
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

impl Mapping {
    /// What gives which fact, and which facts no column gives, in sentences.
    #[must_use]
    pub fn lines(&self, ruleset: &Ruleset, titles: &[String]) -> Vec<String> {
        let quoted = |columns: &[usize]| {
            columns.iter().map(|column| format!("`{}`", titles[*column])).collect::<Vec<_>>().join(" and ")
        };
        let facts =
            self.facts.iter().map(|(fact, columns)| (ruleset.fact(*fact).name.as_str(), columns.clone()));
        let others = [
            ("name", self.name),
            ("contact_name", self.contact_name),
            ("contact_title", self.contact_title),
            ("contact_email", self.contact_email),
        ];
        let others = others.into_iter().filter_map(|(name, column)| Some((name, vec![column?])));
        let mapped = facts.chain(others).map(|(name, columns)| format!("{name} from {}", quoted(&columns)));
        let mapped: Vec<String> = mapped.collect();
        let without = ruleset
            .facts()
            .iter()
            .enumerate()
            .filter(|(at, fact)| !fact.derived && self.facts.iter().all(|(mapped, _)| mapped.0 != *at));
        let without: Vec<&str> = without.map(|(_, fact)| fact.name.as_str()).collect();
        let mut lines = Vec::new();
        if !mapped.is_empty() {
            lines.push(format!("columns: {}", mapped.join(", ")));
        }
        lines.extend(self.choices.iter().cloned());
        if !without.is_empty() {
            lines.push(format!("no column gives: {}", without.join(", ")));
        }
        lines
    }
}
