//! Small rulesets at random: facts of every kind, conditions on conditions, derived facts on derived facts.

use std::fmt::Write;

use proptest::prelude::ProptestConfig;
use proptest::test_runner::RngSeed;

use super::generate::Random;

/// As many cases as `PROPTEST_CASES` asks for, or this many, from a fixed seed so that a plain run always does the same;
/// `PROPTEST_RNG_SEED` sets another.
pub fn config(cases: u32) -> ProptestConfig {
    let asked = ProptestConfig::default();
    let set = |name: &str| std::env::var_os(name).is_some();
    ProptestConfig {
        cases: if set("PROPTEST_CASES") { asked.cases } else { cases },
        rng_seed: if set("PROPTEST_RNG_SEED") { asked.rng_seed } else { RngSeed::Fixed(1) },
        failure_persistence: None,
        ..asked
    }
}

/// How many states the base facts together may have at most, so that a ruleset takes no time.
const MOST_STATES: i64 = 300;

/// What kind of value a fact takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Integer,
    Boolean,
    Choice,
    Set,
}

/// A fact as far as rows need to know it.
#[derive(Debug, Clone)]
struct Fact {
    name: String,
    kind: Kind,
    lowest: i64,
    highest: i64,
    values: Vec<String>,
}

/// The facts and roles of random rulesets, with the head of the file that declares them.
struct Facts {
    base: Vec<Fact>,
    derived: Vec<Fact>,
    head: String,
}

/// A ruleset from a seed.
pub fn ruleset(seed: u64) -> String {
    over(seed, seed, "", false)
}

/// A ruleset whose author claims that no two rows hold in one state, and that what is derived never falls.
pub fn claiming(seed: u64) -> String {
    over(seed, seed, "overlap = \"forbidden\"\n", true)
}

/// Two rulesets over the same facts.
pub fn pair(facts: u64, seeds: [u64; 2]) -> [String; 2] {
    seeds.map(|seed| over(facts, seed, "", false))
}

/// The facts and roles alone, for a file that only tests conditions.
pub fn header(facts: u64) -> String {
    Facts::new(facts, false).head_with("")
}

fn over(facts: u64, seed: u64, claims: &str, never_falls: bool) -> String {
    let facts = Facts::new(facts, never_falls);
    let mut random = Random::new(seed ^ 0x5eed);
    let mut text = facts.head_with(claims);
    facts.derive_rows(&mut random, &mut text);
    let all: Vec<&Fact> = facts.base.iter().chain(&facts.derived).collect();
    ordered(&mut random, &mut text, "owner", &all, 7);
    let roles = roles_as_facts();
    let with_owner: Vec<&Fact> = [&roles[0]].into_iter().chain(all.iter().copied()).collect();
    ordered(&mut random, &mut text, "contact", &with_owner, 4);
    if random.below(3) == 0 {
        facts.typical_rows(&mut random, &mut text, &all);
    }
    // Rows that collect seldom test what is derived: what they test is told, and has its use by that alone.
    let told: Vec<&Fact> = if random.below(4) == 0 { with_owner } else { facts.base.iter().collect() };
    for at in 0..=random.below(2) {
        let role = pick(&mut random, &["owner", "a", "contact"]);
        let when = when(&mut random, &told, 1);
        let _ = write!(
            text,
            "\n[[stakeholder]]\nid = \"s-{at}\"\nrole = \"{role}\"\nraci = \"A\"\nwhen = {when}\n"
        );
    }
    text
}

impl Facts {
    fn new(seed: u64, never_falls: bool) -> Facts {
        let mut random = Random::new(seed);
        let mut facts = Facts { base: Vec::new(), derived: Vec::new(), head: String::new() };
        let mut states = 1;
        for at in 0..3 + random.below(3) {
            let fact = base_fact(&mut random, at);
            let values = fact.highest - fact.lowest + 1;
            if states * values <= MOST_STATES {
                states *= values;
                facts.declare(&mut random, fact);
            }
        }
        for at in 0..1 + random.below(3) {
            let fact = derived_fact(&mut random, at);
            let number = facts.base.iter().find(|fact| matches!(fact.kind, Kind::Integer | Kind::Set));
            let claim = match number.filter(|_| never_falls && fact.kind != Kind::Boolean) {
                Some(number) => format!("never_falls = {{ fact = \"{}\" }}\n", number.name),
                None => String::new(),
            };
            facts.head += &declaration(&fact);
            facts.head += &format!("derived = true\n{claim}");
            if random.below(6) == 0 {
                let base: Vec<&Fact> = facts.base.iter().collect();
                facts.head += &format!("only_when = {}\n", when(&mut random, &base, 1));
            }
            facts.derived.push(fact);
        }
        facts
    }

    /// Declares a base fact, which half of the time applies only where facts above it are so: the one just above it for
    /// the most part, so that chains come about.
    fn declare(&mut self, random: &mut Random, fact: Fact) {
        self.head += &declaration(&fact);
        self.head += &format!("ask = \"{}?\"\n", fact.name);
        if !self.base.is_empty() && random.below(2) == 0 {
            let mut above: Vec<&Fact> = self.base.iter().rev().collect();
            if random.below(3) > 0 {
                above.truncate(1);
            }
            let mut tests = vec![format!("{} = {}", above[0].name, test(random, above[0]))];
            for fact in &above[1..] {
                if tests.len() < 2 && random.below(2) == 0 {
                    tests.push(format!("{} = {}", fact.name, test(random, fact)));
                }
            }
            self.head += &format!("only_when = {{ {} }}\n", tests.join(", "));
        }
        self.base.push(fact);
    }

    fn head_with(&self, claims: &str) -> String {
        let roles = "\n[roles.a]\ntitle = \"A\"\n\n[roles.b]\ntitle = \"B\"\n\n[roles.c]\ntitle = \"C\"\n";
        format!("[ruleset]\nname = \"r\"\nversion = \"1.0.0\"\ntitle = \"R\"\n{claims}{}{roles}", self.head)
    }

    /// Rows that give the derived facts; a row tests base facts and the derived ones before its own.
    fn derive_rows(&self, random: &mut Random, text: &mut String) {
        for (place, fact) in self.derived.iter().enumerate() {
            let tested: Vec<&Fact> = self.derived[..place].iter().rev().chain(&self.base).collect();
            for at in 0..random.below(4) {
                let value = value(random, fact);
                let when = when(random, &tested, 2);
                let name = &fact.name;
                let _ = write!(
                    text,
                    "\n[[derive]]\nid = \"{name}-{at}\"\nfact = \"{name}\"\nvalue = {value}\nwhen = {when}\n"
                );
            }
        }
    }

    fn typical_rows(&self, random: &mut Random, text: &mut String, tested: &[&Fact]) {
        let presumed: Vec<&Fact> = self.base.iter().filter(|fact| fact.kind != Kind::Integer).collect();
        for at in 0..1 + random.below(2) {
            let Some(fact) = presumed.get(random.below(presumed.len().max(1) as u64) as usize) else {
                return;
            };
            let set = test(random, fact);
            let when = when(random, tested, 1);
            let _ = write!(
                text,
                "\n[[typical]]\nid = \"t-{at}\"\nset = {{ {} = {set} }}\nwhen = {when}\n",
                fact.name
            );
        }
    }
}

fn base_fact(random: &mut Random, at: u64) -> Fact {
    let (kind, letter) = [
        (Kind::Integer, 'n'),
        (Kind::Integer, 'n'),
        (Kind::Boolean, 'b'),
        (Kind::Choice, 'c'),
        (Kind::Choice, 'c'),
        (Kind::Set, 's'),
    ][random.below(6) as usize];
    let lowest = match kind {
        // A third of the numbers go below zero.
        Kind::Integer => between(random, -3, 5).min(2),
        Kind::Set => between(random, 1, 2),
        Kind::Boolean | Kind::Choice => 0,
    };
    let highest = match kind {
        Kind::Boolean => 1,
        // So many values that no word has a bit for each of them.
        Kind::Choice if random.below(24) == 0 => 65,
        Kind::Integer => lowest + between(random, 1, 5),
        Kind::Choice | Kind::Set => lowest + between(random, 1, 3),
    };
    let values = match kind {
        Kind::Choice => (0..=highest).map(|value| format!("v{value}")).collect(),
        _ => Vec::new(),
    };
    Fact { name: format!("{letter}{at}"), kind, lowest, highest, values }
}

fn derived_fact(random: &mut Random, at: u64) -> Fact {
    let kind = [Kind::Choice, Kind::Choice, Kind::Boolean, Kind::Integer][random.below(4) as usize];
    let values = match kind {
        Kind::Choice => vec!["small".to_owned(), "mid".to_owned(), "large".to_owned()],
        _ => Vec::new(),
    };
    let lowest = if kind == Kind::Integer { between(random, -1, 0) } else { 0 };
    let highest = if kind == Kind::Boolean { 1 } else { lowest + 2 };
    Fact { name: format!("d{at}"), kind, lowest, highest, values }
}

/// Owner and contact as rows test them.
fn roles_as_facts() -> [Fact; 2] {
    ["owner", "contact"].map(|name| Fact {
        name: name.to_owned(),
        kind: Kind::Choice,
        lowest: 0,
        highest: 2,
        values: ["a", "b", "c"].map(str::to_owned).to_vec(),
    })
}

fn declaration(fact: &Fact) -> String {
    let Fact { name, lowest, highest, values, .. } = fact;
    let range = format!("range = \"{lowest}..={highest}\"\n");
    let (kind, more) = match fact.kind {
        Kind::Integer => ("integer", range),
        Kind::Set => ("set", range),
        Kind::Boolean => ("boolean", String::new()),
        Kind::Choice => ("choice", format!("values = {values:?}\n")),
    };
    format!("\n[facts.{name}]\nkind = \"{kind}\"\n{more}")
}

/// A number from the first to the last.
fn between(random: &mut Random, first: i64, last: i64) -> i64 {
    first + random.below(first.abs_diff(last) + 1) as i64
}

fn pick(random: &mut Random, words: &[&str]) -> String {
    words[random.below(words.len() as u64) as usize].to_owned()
}

fn value(random: &mut Random, fact: &Fact) -> String {
    let number = between(random, fact.lowest, fact.highest);
    match fact.kind {
        Kind::Boolean => (number == 1).to_string(),
        Kind::Choice => format!("\"{}\"", fact.values[number as usize]),
        Kind::Integer | Kind::Set => number.to_string(),
    }
}

fn number_test(random: &mut Random, fact: &Fact) -> String {
    let mut inside = || between(random, fact.lowest, fact.highest);
    let (a, b, c) = (inside(), inside(), inside());
    let (low, high) = (a.min(b), a.max(b));
    match random.below(7) {
        0 => format!("\"<= {a}\""),
        1 | 2 => format!("\">= {a}\""),
        3 => format!("\"!= {a}\""),
        4 => format!("[{a}, {b}]"),
        5 => format!("[{c}, \"{low}..={high}\"]"),
        _ => format!("\"{low}..={high}\""),
    }
}

fn test(random: &mut Random, fact: &Fact) -> String {
    if matches!(fact.kind, Kind::Integer | Kind::Set) {
        return number_test(random, fact);
    }
    let (one, other) = (value(random, fact), value(random, fact));
    let but = |value: &str| format!("\"!{}", &value[1..]);
    match (fact.kind, random.below(6)) {
        (Kind::Boolean, _) | (_, 0 | 1) => one,
        (_, 2) => but(&one),
        (_, 3) if fact.values.len() > 2 => format!("[{}, {}]", but(&one), but(&other)),
        (_, 4) if fact.values.len() > 60 => {
            format!("{:?}", fact.values.iter().step_by(2).collect::<Vec<_>>())
        }
        _ => format!("[{one}, {other}]"),
    }
}

/// A conjunction of at most so many tests.
fn when(random: &mut Random, facts: &[&Fact], most: u64) -> String {
    let count = random.below(most + 1);
    let mut tests: Vec<String> = Vec::new();
    let from = random.below(facts.len() as u64) as usize;
    for fact in facts[from..].iter().chain(&facts[..from]) {
        if (tests.len() as u64) < count && random.below(2) == 0 {
            tests.push(format!("{} = {}", fact.name, test(random, fact)));
        }
    }
    format!("{{ {} }}", tests.join(", "))
}

fn ordered(random: &mut Random, text: &mut String, table: &str, facts: &[&Fact], most: u64) {
    for at in 0..=random.below(most) {
        let role = pick(random, &["a", "b", "c"]);
        let when = when(random, facts, 3);
        let _ = write!(text, "\n[[{table}]]\nid = \"{table}-{at}\"\nrole = \"{role}\"\nwhen = {when}\n");
    }
}
