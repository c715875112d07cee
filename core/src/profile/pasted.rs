//! People as they are pasted from a table: which column holds what is told by its title, or else by its cells.

use super::people::{Person, Spellings};
use super::places::words;
use crate::ruleset::Ruleset;

/// What a column holds of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entry {
    /// The name.
    Name,
    /// The job title.
    Title,
    /// The address to write to.
    Email,
    /// The country or region.
    Region,
}

impl Entry {
    /// In the order in which they are taken where nothing tells them apart.
    pub const ALL: [Entry; 4] = [Entry::Name, Entry::Title, Entry::Email, Entry::Region];

    /// Its key in a profile.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Entry::Name => "name",
            Entry::Title => "title",
            Entry::Email => "email",
            Entry::Region => "region",
        }
    }
}

/// A column of what was pasted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its title, where the table has a line of titles.
    pub title: Option<String>,
    /// What is taken from it.
    pub entry: Option<Entry>,
}

/// What was found in what was pasted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pasted {
    /// The columns, from left to right.
    pub columns: Vec<Column>,
    /// The people, in order.
    pub people: Vec<Person>,
    /// Lines in which there is no name, as they were pasted.
    pub nameless: Vec<String>,
}

/// Reads people from a table as it is copied from a spreadsheet, a mail or a text file: cells with tabs, semicolons, bars
/// or commas between them, one person a line, with a line of titles above them or without.
#[must_use]
pub fn pasted(ruleset: &Ruleset, text: &str) -> Pasted {
    let mut records = records(text);
    let titles = records.first().filter(|first| is_header(ruleset, first)).cloned();
    if titles.is_some() {
        records.remove(0);
    }
    let width = records.iter().chain(&titles).map(Vec::len).max().unwrap_or(0);
    let mut entries: Vec<Option<Entry>> = vec![None; width];
    for (at, title) in titles.iter().flatten().enumerate() {
        let told = told(ruleset, title);
        entries[at] = told.filter(|told| !entries.contains(&Some(*told)));
    }
    fill(ruleset, &records, titles.is_some(), &mut entries);
    let columns = entries.iter().enumerate().map(|(at, entry)| Column {
        title: titles.as_ref().map(|titles| titles.get(at).cloned().unwrap_or_default()),
        entry: *entry,
    });
    let mut pasted = Pasted { columns: columns.collect(), ..Pasted::default() };
    for record in records {
        let person = person(&record, &entries);
        match person.name.is_empty() {
            true => pasted.nameless.push(record.join(" ").trim().to_owned()),
            false => pasted.people.push(person),
        }
    }
    pasted
}

/// The cells of each line that has any.
fn records(text: &str) -> Vec<Vec<String>> {
    let lines = || text.lines().filter(|line| !line.trim().is_empty());
    let separator = [b'\t', b';', b'|', b','].into_iter().find(|separator| {
        let with = lines().filter(|line| line.as_bytes().contains(separator)).count();
        2 * with > lines().count() || *separator == b'\t' && with > 0
    });
    let mut reader = csv::ReaderBuilder::new();
    reader.has_headers(false).flexible(true).trim(csv::Trim::All).delimiter(separator.unwrap_or(b'\t'));
    let records = reader.from_reader(text.as_bytes()).into_records().filter_map(Result::ok);
    let cells = records.map(|record| record.iter().map(str::to_owned).collect::<Vec<_>>());
    cells.filter(|cells| cells.iter().any(|cell| !cell.is_empty())).collect()
}

/// What the title of a column says it holds.
fn told(ruleset: &Ruleset, title: &str) -> Option<Entry> {
    let title = words(title).concat();
    Entry::ALL.into_iter().find(|entry| {
        let columns = ruleset.columns();
        let titles: Vec<&String> = match entry {
            Entry::Name => columns.contact_name.iter().collect(),
            Entry::Title => columns.contact_title.iter().collect(),
            Entry::Email => columns.contact_email.iter().collect(),
            Entry::Region => ruleset
                .roles()
                .iter()
                .filter_map(|role| role.region)
                .flat_map(|fact| &ruleset.fact(fact).columns)
                .collect(),
        };
        title == entry.key() || titles.iter().any(|one| words(one).concat() == title)
    })
}

/// Whether a line holds titles: one of them is known, and nothing in it is an address.
fn is_header(ruleset: &Ruleset, cells: &[String]) -> bool {
    cells.iter().any(|cell| told(ruleset, cell).is_some()) && !cells.iter().any(|cell| cell.contains('@'))
}

/// Finds what no title has told: addresses and job titles by the cells, the rest by the usual order. Under titles nothing
/// is guessed but the name, without which there is nobody.
fn fill(ruleset: &Ruleset, records: &[Vec<String>], titled: bool, entries: &mut [Option<Entry>]) {
    let roles: Vec<Spellings> = ruleset
        .roles()
        .iter()
        .map(|role| Spellings::new(&role.titles, &ruleset.people().qualifiers, &ruleset.people().wide))
        .collect();
    let is_title = |cell: &str| roles.iter().any(|role| role.find(cell).is_some());
    let is_address = |cell: &str| cell.contains('@') && !cell.contains('<');
    let most = |entries: &[Option<Entry>], holds: &dyn Fn(&str) -> bool| {
        let count = |at: &usize| {
            records.iter().filter(|record| record.get(*at).is_some_and(|cell| holds(cell))).count()
        };
        let free = (0..entries.len()).filter(|at| entries[*at].is_none());
        free.map(|at| (count(&at), at))
            .filter(|(count, _)| *count > 0)
            .max_by_key(|(count, at)| (*count, usize::MAX - at))
    };
    if !titled {
        if let Some((_, at)) = most(entries, &is_address) {
            entries[at] = Some(Entry::Email);
        }
        if let Some((_, at)) = most(entries, &is_title) {
            entries[at] = Some(Entry::Title);
        }
    }
    for entry in Entry::ALL.into_iter().filter(|entry| !titled || *entry == Entry::Name) {
        let free = entries.iter().position(Option::is_none);
        if let Some(free) = free.filter(|_| !entries.contains(&Some(entry))) {
            entries[free] = Some(entry);
        }
    }
}

/// The person of a line. An address may stand behind the name, as mail programs write it: `R. Iyer <r.iyer@acme.example>`.
fn person(record: &[String], entries: &[Option<Entry>]) -> Person {
    let cell = |entry: Entry| {
        let at = entries.iter().position(|one| *one == Some(entry))?;
        record.get(at).filter(|cell| !cell.is_empty()).cloned()
    };
    let mut person = Person {
        name: cell(Entry::Name).unwrap_or_default(),
        title: cell(Entry::Title),
        email: cell(Entry::Email),
        region: cell(Entry::Region),
    };
    let behind = person.name.split_once('<').and_then(|(name, rest)| Some((name, rest.strip_suffix('>')?)));
    let behind = behind.filter(|(_, address)| address.contains('@'));
    if let Some((name, address)) = behind.map(|(name, address)| (name.trim().to_owned(), address.to_owned()))
    {
        person.name = if name.is_empty() { address.clone() } else { name };
        person.email.get_or_insert(address);
    }
    person
}

#[cfg(test)]
mod tests {
    use super::*;
    use Entry::{Email, Name, Region, Title};

    fn read(text: &str) -> (Vec<Option<Entry>>, Vec<String>, Vec<String>) {
        let found = pasted(&Ruleset::embedded().unwrap(), text);
        let line = |person: &Person| {
            let rest = [&person.title, &person.email, &person.region];
            let rest = rest.map(|entry| entry.clone().unwrap_or_else(|| "-".to_owned()));
            format!("{}|{}", person.name, rest.join("|"))
        };
        (
            found.columns.iter().map(|column| column.entry).collect(),
            found.people.iter().map(line).collect(),
            found.nameless,
        )
    }

    #[test]
    fn people_are_found_in_tables_of_any_shape() {
        let both = ["R. Iyer|Head of L&D|r@a.example|-", "B. Okafor|CFO|-|-"];
        for (text, entries) in [
            (
                "Full Name\tJob Title\tE-mail\nR. Iyer\tHead of L&D\tr@a.example\nB. Okafor\tCFO\t\n",
                vec![Some(Name), Some(Title), Some(Email)],
            ),
            (
                "Email;Phone;name;TITLE\r\nr@a.example;1;R. Iyer;Head of L&D\r\n;2;B. Okafor;CFO",
                vec![Some(Email), None, Some(Name), Some(Title)],
            ),
            (
                "r@a.example\tR. Iyer\tHead of L&D\n\n\tB. Okafor\tCFO",
                vec![Some(Email), Some(Name), Some(Title)],
            ),
            ("Head of L&D,R. Iyer,r@a.example\nCFO,B. Okafor,", vec![Some(Title), Some(Name), Some(Email)]),
            ("R. Iyer <r@a.example> | Head of L&D\nB. Okafor | CFO", vec![Some(Name), Some(Title)]),
            (
                "Contact person | Position | Email\nR. Iyer | Head of L&D | r@a.example\nB. Okafor | CFO |",
                vec![Some(Name), Some(Title), Some(Email)],
            ),
        ] {
            assert_eq!(read(text), (entries, both.map(str::to_owned).to_vec(), vec![]), "{text}");
        }
    }

    #[test]
    fn nothing_that_was_pasted_is_lost() {
        assert_eq!(read(""), (vec![], vec![], vec![]));
        let (entries, people, nameless) = read("R. Iyer\tBaker\tr@a.example\tSingapore\n\tCook\tc@a.example");
        assert_eq!(entries, [Some(Name), Some(Title), Some(Email), Some(Region)]);
        assert_eq!(people, ["R. Iyer|Baker|r@a.example|Singapore"]);
        assert_eq!(nameless, ["Cook c@a.example"]);
        assert_eq!(read("\"Iyer, R.\",\"Head of L&D, APAC\"").1, ["Iyer, R.|Head of L&D, APAC|-|-"]);
        assert_eq!(read("<script>alert(1)</script>").1, ["<script>alert(1)</script>|-|-|-"]);
    }
}
