//! The ruleset as the oracle reads it: straight from the TOML, in the order written.

use serde_json::{Map, Value};
use toml::de::{DeTable, DeValue};

use super::test::{Elementary, Test, read_elementary};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Integer,
    Boolean,
    Choice,
    Set,
    Text,
}

/// A part of a whole, kept as a fraction so that no comparison is rounded.
#[derive(Debug, Clone, Copy)]
pub struct Part {
    pub over: u64,
    pub under: u64,
}

#[derive(Debug, Clone)]
pub struct Fact {
    pub name: String,
    pub kind: Kind,
    pub values: Vec<String>,
    pub low: i64,
    pub high: Option<i64>,
    pub only_when: Condition,
    pub derived: bool,
    pub share: Option<Part>,
    pub near: Option<Part>,
    pub first: bool,
}

/// A conjunction: one test for each fact named, the fact by its place in [`Ruleset::facts`].
pub type Condition = Vec<(usize, Test)>;

#[derive(Debug, Clone)]
pub struct Row {
    pub id: String,
    pub when: Condition,
    pub inferred: bool,
    /// Of a typical row, how often it is so.
    pub support: Option<Part>,
    pub gives: Gives,
}

/// What follows when a row holds.
#[derive(Debug, Clone)]
pub enum Gives {
    /// A value of a fact: of a derived one, or of `owner` or `contact`.
    Value(usize, i64),
    /// What is typical.
    Narrowing(Condition),
    /// A stakeholder's role and letter.
    Letter(String, String),
    Nothing,
}

/// The facts, with `owner` and `contact` as two choices at the end, and the tables.
#[derive(Debug, Clone)]
pub struct Ruleset {
    pub facts: Vec<Fact>,
    pub owner: usize,
    pub contact: usize,
    pub derive: Vec<Row>,
    pub owners: Vec<Row>,
    pub contacts: Vec<Row>,
    pub typical: Vec<Row>,
    pub stakeholders: Vec<Row>,
    pub risks: Vec<Row>,
    pub actions: Vec<Row>,
    pub questions: Vec<Row>,
    pub milestones: Vec<Row>,
}

impl Ruleset {
    pub fn read(text: &str) -> Self {
        let written = as_written(text);
        let roles: Vec<String> = keys(&written["roles"]);
        let mut facts: Vec<Fact> = vec![];
        if let Some(table) = written["facts"].as_object() {
            for (name, fact) in table {
                let fact = read_fact(name, fact, &facts);
                facts.push(fact);
            }
        }
        let owner = facts.len();
        facts.push(role_fact("owner", &roles));
        facts.push(role_fact("contact", &roles));
        let reader = Reader { written: &written, facts: &facts };
        Self {
            derive: reader.rows("derive", |row| reader.value(row, reader.place(&row["fact"]), "value")),
            owners: reader.rows("owner", |row| reader.value(row, owner, "role")),
            contacts: reader.rows("contact", |row| reader.value(row, owner + 1, "role")),
            typical: reader.rows("typical", |row| Gives::Narrowing(read_condition(&row["set"], &facts))),
            stakeholders: reader
                .rows("stakeholder", |row| Gives::Letter(word(&row["role"]), word(&row["raci"]))),
            risks: reader.rows("risk", |_| Gives::Nothing),
            actions: reader.rows("action", |_| Gives::Nothing),
            questions: reader.rows("question", |_| Gives::Nothing),
            milestones: reader.rows("milestone", |_| Gives::Nothing),
            owner,
            contact: owner + 1,
            facts,
        }
    }

    /// The facts that a profile may give, `text` ones too.
    pub fn base(&self) -> impl Iterator<Item = usize> {
        (0..self.owner).filter(|&fact| !self.facts[fact].derived)
    }

    pub fn place(&self, name: &str) -> usize {
        self.facts.iter().position(|f| f.name == name).unwrap_or_else(|| panic!("no fact `{name}`"))
    }

    /// Every test of this fact in the tables whose thresholds cut bands: derive, owner, contact and typical.
    pub fn cutting_tests(&self, fact: usize) -> impl Iterator<Item = &Test> {
        let tables = [&self.derive, &self.owners, &self.contacts, &self.typical];
        tables
            .into_iter()
            .flatten()
            .flat_map(Row::tests)
            .filter(move |(of, _)| *of == fact)
            .map(|(_, test)| test)
    }

    /// Every test of this fact that is written anywhere.
    pub fn all_tests(&self, fact: usize) -> impl Iterator<Item = &Test> {
        let others = [&self.stakeholders, &self.risks, &self.actions, &self.questions, &self.milestones];
        let rows = others.into_iter().flatten().flat_map(Row::tests);
        let only_when = self.facts.iter().flat_map(|f| &f.only_when);
        let rest = rows.chain(only_when).filter(move |(of, _)| *of == fact).map(|(_, test)| test);
        self.cutting_tests(fact).chain(rest)
    }

    /// How a value of this fact is written in JSON.
    pub fn json(&self, fact: usize, value: i64) -> Value {
        match self.facts[fact].kind {
            Kind::Boolean => Value::Bool(value != 0),
            Kind::Choice => Value::String(self.facts[fact].values[value as usize].clone()),
            Kind::Integer | Kind::Set | Kind::Text => value.into(),
        }
    }
}

impl Row {
    fn tests(&self) -> impl Iterator<Item = &(usize, Test)> {
        let set = match &self.gives {
            Gives::Narrowing(set) => set.as_slice(),
            Gives::Value(..) | Gives::Letter(..) | Gives::Nothing => &[],
        };
        self.when.iter().chain(set)
    }
}

impl Part {
    /// Reads `"90%"`, `"12.5%"`.
    fn read(written: &Value) -> Option<Self> {
        let text = written.as_str()?.trim().strip_suffix('%').expect("a percentage");
        let (whole, rest) = text.trim().split_once('.').unwrap_or((text.trim(), ""));
        let over = format!("{whole}{rest}").parse().expect("digits");
        Some(Self { over, under: 100 * 10u64.pow(rest.len() as u32) })
    }
}

struct Reader<'a> {
    written: &'a Value,
    facts: &'a [Fact],
}

impl Reader<'_> {
    fn rows(&self, table: &str, gives: impl Fn(&Value) -> Gives) -> Vec<Row> {
        let rows = self.written[table].as_array().cloned().unwrap_or_default();
        let read = |row: &Value| Row {
            id: word(&row["id"]),
            when: read_condition(&row["when"], self.facts),
            inferred: row["basis"].as_str() != Some("stated"),
            support: Part::read(&row["support"]),
            gives: gives(row),
        };
        rows.iter().map(read).collect()
    }

    fn place(&self, name: &Value) -> usize {
        self.facts.iter().position(|f| Some(f.name.as_str()) == name.as_str()).expect("a declared fact")
    }

    fn value(&self, row: &Value, fact: usize, key: &str) -> Gives {
        Gives::Value(fact, read_value(&self.facts[fact], &row[key]))
    }
}

/// A value of a fact that a rule gives: `true`, `"small"`, `3`.
fn read_value(fact: &Fact, written: &Value) -> i64 {
    match Test::read(fact, written) {
        Test::OneOf(one) if one.len() == 1 => one[0],
        Test::Number(one) => match one[..] {
            [Elementary::Within(Some(low), Some(high))] if low == high => low,
            _ => panic!("no single number: {written}"),
        },
        _ => panic!("no single value: {written}"),
    }
}

/// Reads a `when`, a `set` or an `only_when`; absent, it is empty and holds.
pub fn read_condition(written: &Value, facts: &[Fact]) -> Condition {
    let Some(table) = written.as_object() else { return vec![] };
    let place =
        |name: &str| facts.iter().position(|f| f.name == name).unwrap_or_else(|| panic!("no fact `{name}`"));
    table.iter().map(|(name, test)| (place(name), Test::read(&facts[place(name)], test))).collect()
}

fn read_fact(name: &str, written: &Value, above: &[Fact]) -> Fact {
    let kind = match written["kind"].as_str() {
        Some("integer") => Kind::Integer,
        Some("boolean") => Kind::Boolean,
        Some("choice") => Kind::Choice,
        Some("set") => Kind::Set,
        Some("text") => Kind::Text,
        other => panic!("no kind: {other:?}"),
    };
    let values: Vec<String> = written["values"].as_array().into_iter().flatten().map(word).collect();
    let least = i64::from(kind == Kind::Set);
    let (low, high) = match (kind, written["range"].as_str().map(read_elementary)) {
        (Kind::Boolean, _) => (0, Some(1)),
        (Kind::Choice, _) => (0, Some(values.len() as i64 - 1)),
        (_, Some(Elementary::Within(low, high))) => (low.unwrap_or(least), high),
        (_, Some(Elementary::AnyBut(_))) => panic!("a range with a gap"),
        (_, None) => (least, None),
    };
    Fact {
        name: name.to_owned(),
        kind,
        values,
        low,
        high,
        only_when: read_condition(&written["only_when"], above),
        derived: written["derived"].as_bool().unwrap_or(false),
        share: Part::read(&written["share"]),
        near: Part::read(&written["near"]),
        first: written["first"] == true,
    }
}

fn role_fact(name: &str, roles: &[String]) -> Fact {
    Fact {
        name: name.to_owned(),
        kind: Kind::Choice,
        values: roles.to_vec(),
        low: 0,
        high: Some(roles.len() as i64 - 1),
        only_when: vec![],
        derived: true,
        share: None,
        near: None,
        first: false,
    }
}

fn keys(table: &Value) -> Vec<String> {
    table.as_object().map(|t| t.keys().cloned().collect()).unwrap_or_default()
}

fn word(written: &Value) -> String {
    written.as_str().unwrap_or_else(|| panic!("no word: {written}")).to_owned()
}

/// The TOML as JSON with its keys in the order of the file, which a plain TOML table forgets.
fn as_written(text: &str) -> Value {
    let table = DeTable::parse(text).unwrap_or_else(|error| panic!("no TOML: {error}\n{text}"));
    table_as_written(table.get_ref())
}

fn table_as_written(table: &DeTable<'_>) -> Value {
    let mut entries: Vec<_> = table.iter().collect();
    entries.sort_by_key(|(key, _)| key.span().start);
    let pairs = entries.into_iter().map(|(k, v)| (k.get_ref().to_string(), value_as_written(v.get_ref())));
    Value::Object(pairs.collect::<Map<_, _>>())
}

fn value_as_written(value: &DeValue<'_>) -> Value {
    match value {
        DeValue::String(text) => Value::String(text.to_string()),
        DeValue::Integer(number) => number.as_str().parse::<i64>().expect("a plain integer").into(),
        DeValue::Boolean(truth) => Value::Bool(*truth),
        DeValue::Array(list) => list.iter().map(|one| value_as_written(one.get_ref())).collect(),
        DeValue::Table(table) => table_as_written(table),
        DeValue::Float(_) | DeValue::Datetime(_) => panic!("rulesets have no such value"),
    }
}
