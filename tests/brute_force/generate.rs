//! Random rulesets as TOML and random profiles as JSON, as a person might have written them.

use std::fmt;

use proptest::prelude::*;
use serde_json::{Map, Value, json};

use super::genes::{FactGene, Genes, RowGene, TestGene, genes};
use super::ruleset::Kind;

/// One ruleset and one profile, shown as the two files they are.
#[derive(Clone, PartialEq, Eq)]
pub struct Case {
    pub ruleset: String,
    pub profile: String,
}

impl fmt::Debug for Case {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "--- ruleset\n{}--- profile\n{}\n", self.ruleset, self.profile)
    }
}

/// How many states all base facts together may have at most, so that a case takes no time.
const MOST_STATES: i64 = 2500;
const ROLES: [&str; 4] = ["red", "blue", "green", "gray"];
const VALUES: [&str; 4] = ["p", "q", "r", "s"];

pub fn case() -> impl Strategy<Value = Case> {
    genes().prop_map(|genes| Writer::new(&genes).case(&genes))
}

/// A fact as far as tests, rows and profiles need to know it.
#[derive(Clone)]
struct Known {
    name: String,
    kind: Kind,
    low: i64,
    /// The last number that tests and profiles name; the end of the range where it is bounded.
    last: i64,
    values: Vec<String>,
}

struct Writer {
    base: Vec<(Known, FactGene)>,
    derived: Vec<Known>,
    /// For each derive row, which derived fact it gives.
    derive: Vec<usize>,
}

impl Writer {
    fn new(genes: &Genes) -> Self {
        let mut states = 1;
        let mut base = vec![];
        for (place, gene) in genes.facts.iter().enumerate() {
            let known = base_fact(place, gene);
            let size = match known.kind {
                Kind::Text => 1,
                Kind::Integer | Kind::Set if !gene.bounded => known.last - known.low + 4,
                _ => known.last - known.low + 1,
            };
            if states * size <= MOST_STATES {
                states *= size;
                base.push((known, gene.clone()));
            }
        }
        let derived: Vec<Known> =
            genes.derived.iter().enumerate().map(|(p, d)| derived_fact(p, d.kind)).collect();
        let derive = match derived.len() {
            0 => vec![],
            count => genes.derive.iter().map(|row| row.gives.0 % count).collect(),
        };
        Self { base, derived, derive }
    }

    fn case(&self, genes: &Genes) -> Case {
        let mut text =
            String::from("[ruleset]\nname = \"random\"\nversion = \"1.0.0\"\ntitle = \"Who?\"\n\n[facts]\n");
        let base: String = (0..self.base.len()).map(|place| self.base_line(place)).collect();
        let derived: String = self.derived.iter().map(derived_line).collect();
        text += &if genes.derived_first { derived + &base } else { base + &derived };
        text += "\n[roles]\n";
        for role in ROLES {
            text += &format!("{role} = {{ title = \"{role}\" }}\n");
        }
        text += &self.derive_rows(genes);
        text += &self.ordered("owner", &genes.owner, genes.catch_all.0, &self.tested(&[]));
        text += &self.ordered("contact", &genes.contact, genes.catch_all.1, &self.tested(&["owner"]));
        text += &self.typical_rows(genes);
        text += &self.collected("stakeholder", &genes.stakeholder);
        text += &self.collected("risk", &genes.risk);
        text += &self.collected("action", &genes.action);
        text += &self.collected("question", &genes.question);
        let given =
            self.base.iter().filter_map(|(known, gene)| Some((known.name.clone(), given(known, gene)?)));
        Case { ruleset: text, profile: Value::Object(given.collect::<Map<_, _>>()).to_string() }
    }

    fn base_line(&self, place: usize) -> String {
        let (known, gene) = &self.base[place];
        let mut line = format!("{} = {{ kind = \"{}\"", known.name, kind_name(known.kind));
        if known.kind == Kind::Choice {
            line += &format!(", values = {:?}", known.values);
        }
        if matches!(known.kind, Kind::Integer | Kind::Set) {
            let least = i64::from(known.kind == Kind::Set);
            if gene.bounded {
                line += &format!(", range = \"{}..={}\"", known.low, known.last);
            } else if known.low != least {
                line += &format!(", range = \">= {}\"", known.low);
            }
        }
        if known.kind == Kind::Integer {
            if let Some(share) = ["51%", "60%", "75%", "90%"].get(gene.share) {
                line += &format!(", share = \"{share}\"");
            }
            if let Some(near) = ["10%", "25%", "50%"].get(gene.near) {
                line += &format!(", near = \"{near}\"");
            }
        }
        if gene.first && known.kind != Kind::Text {
            line += ", first = true";
        }
        let above: Vec<Known> = self.base[..place].iter().map(|(known, _)| known.clone()).collect();
        let mut tests = gene.only_when.clone();
        if let Some(test) = tests.first_mut().filter(|_| gene.chained) {
            test.fact = above.iter().filter(|known| known.kind != Kind::Text).count().saturating_sub(1);
        }
        let only_when = condition(&tests, &above);
        if only_when != "{}" {
            line += &format!(", only_when = {only_when}");
        }
        line + " }\n"
    }

    /// The facts that a row may test: all, and those named.
    fn tested(&self, roles: &[&str]) -> Vec<Known> {
        let base = self.base.iter().map(|(known, _)| known.clone());
        let roles = roles.iter().map(|&name| Known {
            name: name.to_owned(),
            kind: Kind::Choice,
            low: 0,
            last: ROLES.len() as i64 - 1,
            values: words(&ROLES),
        });
        roles.chain(self.derived.iter().cloned()).chain(base).collect()
    }

    fn derive_rows(&self, genes: &Genes) -> String {
        let mut text = String::new();
        for (place, (&fact, gene)) in self.derive.iter().zip(&genes.derive).enumerate() {
            // A row may test only derived facts all of whose rows stand above it.
            let finished = |other: usize| !self.derive[place..].contains(&other);
            let derived =
                self.derived.iter().enumerate().filter(|(other, _)| finished(*other)).map(|(_, k)| k.clone());
            let tested: Vec<Known> =
                derived.chain(self.base.iter().map(|(known, _)| known.clone())).collect();
            let known = &self.derived[fact];
            text += &format!("\n[[derive]]\nid = \"derive-{place}\"\nfact = \"{}\"\n", known.name);
            let value = known.low + gene.gives.1 as i64 % (known.last - known.low + 1);
            text += &format!("value = {}\n", plain(known, value));
            text += &when_and_basis(gene, &tested);
        }
        text
    }

    fn ordered(&self, table: &str, rows: &[RowGene], catch_all: bool, tested: &[Known]) -> String {
        let mut text = String::new();
        for (place, gene) in rows.iter().enumerate() {
            text +=
                &format!("\n[[{table}]]\nid = \"{table}-{place}\"\nrole = \"{}\"\n", ROLES[gene.gives.0 % 4]);
            text += &when_and_basis(gene, tested);
        }
        if catch_all {
            text += &format!(
                "\n[[{table}]]\nid = \"{table}-rest\"\nrole = \"{}\"\nbasis = \"stated\"\n",
                ROLES[0]
            );
        }
        text
    }

    fn typical_rows(&self, genes: &Genes) -> String {
        let base: Vec<Known> = self.base.iter().map(|(known, _)| known.clone()).collect();
        let mut text = String::new();
        for (place, gene) in genes.typical.iter().enumerate() {
            let set = condition(&gene.set, &base);
            if set == "{}" {
                continue;
            }
            text += &format!("\n[[typical]]\nid = \"typical-{place}\"\nset = {set}\n");
            if let Some(support) = ["20%", "49.999999%", "50%", "70%"].get(gene.support) {
                text += &format!("support = \"{support}\"\nsource = \"Somebody\"\n");
            }
            text += &when(&gene.tests, &self.tested(&[]));
        }
        text
    }

    fn collected(&self, table: &str, rows: &[RowGene]) -> String {
        let mut text = String::new();
        for (place, gene) in rows.iter().enumerate() {
            text += &format!("\n[[{table}]]\nid = \"{table}-{place}\"\n");
            if table == "stakeholder" {
                let role = ["owner", "contact", "red", "blue", "green"][gene.gives.0 % 5];
                let raci = ["A", "R", "C", "I"][gene.gives.1 % 4];
                text += &format!("role = \"{role}\"\nraci = \"{raci}\"\n");
            } else {
                text += "text = \"Said\"\n";
            }
            text += &when(&gene.tests, &self.tested(&["owner", "contact"]));
        }
        text
    }
}

fn base_fact(place: usize, gene: &FactGene) -> Known {
    let (kind, letter) = match gene.kind {
        0..=2 => (Kind::Boolean, 'b'),
        3..=6 => (Kind::Integer, 'n'),
        7..=8 => (Kind::Choice, 'c'),
        9..=10 => (Kind::Set, 's'),
        _ => (Kind::Text, 't'),
    };
    let name = format!("{letter}{place}");
    let (low, last, values) = match kind {
        Kind::Boolean => (0, 1, vec![]),
        Kind::Choice if gene.long => (0, 69, (0..70).map(|value| format!("v{value}")).collect()),
        Kind::Choice => (0, 1 + gene.length % 3, words(&VALUES[..2 + gene.length as usize % 3])),
        Kind::Set => {
            let low = 1 + gene.low.max(0) / 2;
            (low, low + 1 + gene.length % 4, vec![])
        }
        Kind::Integer if gene.long => (gene.low, gene.low + 80 + gene.length, vec![]),
        Kind::Integer | Kind::Text => (gene.low, gene.low + gene.length, vec![]),
    };
    Known { name, kind, low, last, values }
}

fn words(words: &[&str]) -> Vec<String> {
    words.iter().map(ToString::to_string).collect()
}

fn derived_fact(place: usize, kind: usize) -> Known {
    let name = format!("d{place}");
    match kind {
        0 => Known { name, kind: Kind::Choice, low: 0, last: 2, values: words(&["x", "y", "z"]) },
        1 => Known { name, kind: Kind::Boolean, low: 0, last: 1, values: vec![] },
        _ => Known { name, kind: Kind::Integer, low: 0, last: 3, values: vec![] },
    }
}

fn derived_line(known: &Known) -> String {
    let values =
        if known.values.is_empty() { String::new() } else { format!(", values = {:?}", known.values) };
    format!("{} = {{ kind = \"{}\"{values}, derived = true }}\n", known.name, kind_name(known.kind))
}

fn kind_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Integer => "integer",
        Kind::Boolean => "boolean",
        Kind::Choice => "choice",
        Kind::Set => "set",
        Kind::Text => "text",
    }
}

fn when_and_basis(gene: &RowGene, tested: &[Known]) -> String {
    let basis = if gene.stated { "basis = \"stated\"\n" } else { "" };
    format!("{}{basis}", when(&gene.tests, tested))
}

fn when(tests: &[TestGene], tested: &[Known]) -> String {
    let condition = condition(tests, tested);
    if condition == "{}" { String::new() } else { format!("when = {condition}\n") }
}

/// A conjunction, one test for each fact it names.
fn condition(genes: &[TestGene], tested: &[Known]) -> String {
    let tested: Vec<&Known> = tested.iter().filter(|known| known.kind != Kind::Text).collect();
    let mut named: Vec<&str> = vec![];
    let mut tests = vec![];
    for gene in genes {
        let Some(known) = tested.get(gene.fact % tested.len().max(1)) else { continue };
        if !named.contains(&known.name.as_str()) {
            named.push(&known.name);
            tests.push(format!("{} = {}", known.name, test(known, gene)));
        }
    }
    if tests.is_empty() { "{}".to_owned() } else { format!("{{ {} }}", tests.join(", ")) }
}

fn test(known: &Known, gene: &TestGene) -> String {
    match known.kind {
        Kind::Boolean => (gene.numbers.0 % 2 == 0).to_string(),
        Kind::Choice => choice_test(known, gene),
        Kind::Integer | Kind::Set | Kind::Text => number_test(known, gene),
    }
}

fn choice_test(known: &Known, gene: &TestGene) -> String {
    let value = |number: i64| &known.values[number as usize % known.values.len()];
    let (one, other) = (value(gene.numbers.0), value(gene.numbers.1));
    match gene.form {
        0..=4 => format!("\"{one}\""),
        5..=7 if known.values.len() > 60 => {
            format!("{:?}", known.values.iter().step_by(2).collect::<Vec<_>>())
        }
        5..=7 => format!("[\"{one}\", \"{other}\"]"),
        8..=11 => format!("\"!{one}\""),
        // Two values of two would leave none.
        _ if known.values.len() > 2 => format!("[\"!{one}\", \"!{other}\"]"),
        _ => format!("[\"!{one}\"]"),
    }
}

fn number_test(known: &Known, gene: &TestGene) -> String {
    let inside = |number: i64| known.low + number % (known.last - known.low + 1);
    let (a, b, c) = (inside(gene.numbers.0), inside(gene.numbers.1), inside(gene.numbers.2));
    let (low, high) = (a.min(b), a.max(b));
    match gene.form {
        0 => a.to_string(),
        1 => format!("\"{a}\""),
        2 => format!("\"< {}\"", a + 1),
        3 => format!("\"<= {a}\""),
        4 if a > known.low => format!("\"> {}\"", a - 1),
        4 | 5 => format!("\">= {a}\""),
        6 => format!("\"{low}..={high}\""),
        7 => format!("\"{low}..{}\"", high + 1),
        8 => format!("\"{a}..\""),
        9 => format!("\"..{}\"", a + 1),
        10 => format!("\"!= {a}\""),
        // So many thresholds that a set of the pieces no longer fits into a word.
        11..=13 if known.last - known.low > 60 => {
            let step = 2 + gene.numbers.1 % 2;
            format!("{:?}", (a..=known.last).step_by(step as usize).collect::<Vec<_>>())
        }
        11 => format!("[{a}, \"{low}..={high}\"]"),
        12 => format!("[\"<= {low}\", {c}]"),
        _ => format!("[{a}, {b}, {c}]"),
    }
}

/// A value of a fact as a rule gives it.
fn plain(known: &Known, value: i64) -> String {
    match known.kind {
        Kind::Boolean => (value != 0).to_string(),
        Kind::Choice => format!("{:?}", known.values[value as usize]),
        Kind::Integer | Kind::Set | Kind::Text => value.to_string(),
    }
}

/// What the profile says of a fact; nothing at all in most cases.
fn given(known: &Known, gene: &FactGene) -> Option<Value> {
    let (form, a, b) = gene.given;
    let inside = |number: i64| known.low + number % (known.last - known.low + 1);
    let number = inside(a);
    match (known.kind, form) {
        (_, 0) => None,
        (_, 1) => Some([Value::Null, json!(""), json!("unknown")][a as usize % 3].clone()),
        (Kind::Text, _) => Some(json!("a word")),
        (Kind::Boolean, _) => Some(json!(a % 2 == 0)),
        (Kind::Choice, _) => Some(json!(known.values[a as usize % known.values.len()])),
        (_, 2 | 3) => Some(json!(number)),
        (Kind::Set, 4) => Some((0..number).map(|member| json!(format!("member {member}"))).collect()),
        (_, 4) => Some(json!(number.to_string())),
        (_, 5) => Some(json!(format!("{number}+"))),
        (_, 6) if number > known.low.min(0) => Some(json!(format!("up to {number}"))),
        (_, _) => Some(json!(format!("{number}-{}", number + b + 1))),
    }
}
