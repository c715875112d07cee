//! The best row against brute force: every condition and role tried in a ruleset that has it, every row decided anew.

use std::fmt::Write;

use whoowns::Ruleset;
use whoowns::clients::{Actual, Cell, Gathered, GatheredRow};
use whoowns::decision::Verdict;
use whoowns::learning::{Effort, best_row};
use whoowns::ruleset::{FactId, RoleId};

use crate::random::{Random, cases};

const ROLES: [&str; 3] = ["red", "blue", "green"];
/// The first and the last number of the integer fact.
const NUMBERS: (i64, i64) = (-3, 5);

/// A condition of a random row, of the facts `flag`, `kind`, `number` and `part`.
fn tests(random: &mut Random, most: u64, derived: bool) -> String {
    let mut facts = vec!["flag", "kind", "number", "part"];
    if derived {
        facts.push("size");
    }
    let mut tests = Vec::new();
    for _ in 0..random.below(most + 1) {
        let at = random.below(facts.len() as u64) as usize;
        let fact = facts.remove(at);
        let (low, high) = (number(random), number(random));
        tests.push(match fact {
            "flag" => format!("flag = {}", random.percent(50)),
            "kind" => format!("kind = \"{}{}\"", random.pick(&["", "!"]), random.pick(&["p", "q", "r"])),
            "part" => format!("part = \"{}\"", random.pick(&["s", "t"])),
            "size" => format!("size = \"{}\"", random.pick(&["low", "high"])),
            _ => format!("number = \"{}..={}\"", low.min(high), low.max(high)),
        });
    }
    tests.join(", ")
}

fn number(random: &mut Random) -> i64 {
    random.between(NUMBERS.0, NUMBERS.1)
}

fn ruleset(random: &mut Random) -> String {
    let share = random.pick(&["51%", "75%", "90%"]);
    let when = random.pick(&["", ", only_when = { flag = true }", ", only_when = { kind = \"!p\" }"]);
    let bounded = match random.percent(50) {
        true => format!("{}..={}", NUMBERS.0, NUMBERS.1),
        false => format!(">= {}", NUMBERS.0),
    };
    let cut = random.between(NUMBERS.0 + 1, NUMBERS.1 - 2);
    let mut text = format!(
        "[ruleset]\nname = \"random\"\nversion = \"1.0.0\"\ntitle = \"Who?\"\n
[facts]
flag = {{ kind = \"boolean\" }}
kind = {{ kind = \"choice\", values = [\"p\", \"q\", \"r\"] }}
number = {{ kind = \"integer\", range = \"{bounded}\", share = \"{share}\" }}
part = {{ kind = \"choice\", values = [\"s\", \"t\"]{when} }}
size = {{ kind = \"choice\", values = [\"low\", \"high\"], derived = true }}
[roles]
red = {{ title = \"Red\" }}
blue = {{ title = \"Blue\" }}
green = {{ title = \"Green\" }}
[[derive]]
id = \"low\"
fact = \"size\"
value = \"low\"
when = {{ number = \"< {cut}\" }}
[[derive]]
id = \"high\"
fact = \"size\"
value = \"high\"
"
    );
    for at in 0..1 + random.below(4) {
        let (when, role) = (tests(random, 2, true), random.pick(&ROLES));
        write!(text, "[[owner]]\nid = \"o{at}\"\nwhen = {{ {when} }}\nrole = \"{role}\"\n").unwrap();
    }
    if random.percent(80) {
        write!(text, "[[owner]]\nid = \"rest\"\nrole = \"{}\"\n", random.pick(&ROLES)).unwrap();
    }
    for at in 0..random.below(3) {
        let (when, role) = (tests(random, 1, true), random.pick(&ROLES));
        let owner = random.pick(&ROLES);
        let when = if when.is_empty() { when } else { format!(", {when}") };
        write!(
            text,
            "[[contact]]\nid = \"c{at}\"\nwhen = {{ owner = \"{owner}\"{when} }}\nrole = \"{role}\"\n"
        )
        .unwrap();
    }
    for at in 0..random.below(4) {
        let when = tests(random, 1, true);
        let set = match random.below(3) {
            0 => format!("flag = {}", random.percent(50)),
            1 => format!("kind = \"{}\"", random.pick(&["p", "q", "!r"])),
            _ => format!("part = \"{}\"", random.pick(&["s", "t"])),
        };
        write!(text, "[[typical]]\nid = \"t{at}\"\nwhen = {{ {when} }}\nset = {{ {set} }}\n").unwrap();
    }
    text
}

fn gathered(random: &mut Random, ruleset: &Ruleset) -> Gathered {
    let facts: Vec<FactId> = (0..4).map(FactId).collect();
    let roles = vec![vec![RoleId(0)], vec![RoleId(1)], vec![RoleId(2)], vec![RoleId(1), RoleId(2)]];
    let mut gathered = Gathered { facts, roles, ..Gathered::default() };
    for _ in 0..4 + random.below(9) {
        let named = |random: &mut Random, count: u64| match random.percent(30) {
            true => Cell::Unknown,
            false => Cell::Named(random.below(count) as u32),
        };
        let numbers = |random: &mut Random| {
            let (one, other) = (i128::from(number(random)), i128::from(number(random)));
            match random.below(10) {
                0 | 1 => Cell::Unknown,
                2..5 => Cell::Numbers { min: one.min(other), max: one.max(other) },
                _ => Cell::Numbers { min: one, max: one },
            }
        };
        let part = if random.percent(60) { Cell::Unknown } else { named(random, 2) };
        let cells = vec![named(random, 2), named(random, 3), numbers(random), part];
        if gathered.profile(ruleset, &cells).contradiction(ruleset).is_some() {
            continue;
        }
        let owner = match random.below(9) {
            0 => Actual::Other,
            at => Actual::Roles((at % 4) as u32),
        };
        gathered.rows.push(GatheredRow { cells, owner, rows: 1 + random.below(4), name: String::new() });
    }
    gathered
}

/// How many rows are right.
fn right(ruleset: &Ruleset, gathered: &Gathered) -> i64 {
    let is_right = |row: &&GatheredRow| {
        let verdict = Verdict::reach(ruleset, &gathered.profile(ruleset, &row.cells)).unwrap();
        match row.owner {
            Actual::Roles(at) => {
                verdict.outcome.owner.is_some_and(|owner| gathered.roles[at as usize].contains(&owner))
            }
            _ => false,
        }
    };
    gathered.rows.iter().filter(is_right).map(|row| row.rows as i64).sum()
}

/// Every test of a fact, as TOML: any set of values but none and all, and any stretch of numbers.
fn every_test() -> [Vec<String>; 4] {
    let sets = |name: &str, values: &[&str]| {
        (1..(1 << values.len()) - 1)
            .map(|set: usize| {
                let own: Vec<String> = values
                    .iter()
                    .enumerate()
                    .filter(|(at, _)| set >> at & 1 == 1)
                    .map(|(_, value)| format!("\"{value}\""))
                    .collect();
                format!("{name} = [{}]", own.join(", "))
            })
            .collect::<Vec<_>>()
    };
    let flags = vec!["flag = true".to_owned(), "flag = false".to_owned()];
    let mut numbers = Vec::new();
    for first in NUMBERS.0..=NUMBERS.1 {
        numbers.extend((first..=NUMBERS.1).map(|last| format!("number = \"{first}..={last}\"")));
        numbers.push(format!("number = \">= {first}\""));
    }
    [flags, sets("kind", &["p", "q", "r"]), numbers, sets("part", &["s", "t"])]
}

/// Every condition of at most two facts.
fn every_condition() -> Vec<String> {
    let all = every_test();
    let mut conditions: Vec<String> = all.iter().flatten().cloned().collect();
    for (at, own) in all.iter().enumerate() {
        for others in &all[at + 1..] {
            conditions
                .extend(own.iter().flat_map(|one| others.iter().map(move |other| format!("{one}, {other}"))));
        }
    }
    conditions
}

#[test]
fn the_best_row_is_the_best_of_all() {
    let conditions = every_condition();
    let effort = Effort { tests: 2, ..Effort::default() };
    let (mut found_some, mut none) = (0, 0);
    for seed in 0..cases(8) {
        let mut random = Random(seed);
        let text = ruleset(&mut random);
        let rules =
            Ruleset::from_toml("random.toml", &text).unwrap_or_else(|wrong| panic!("{wrong}\n{text}"));
        let gathered = gathered(&mut random, &rules);
        let before = right(&rules, &gathered);
        let found = best_row(&rules, &gathered, &effort).unwrap();
        let net = found.as_ref().map_or(0, |found| found.fixes.rows as i64 - found.breaks.rows as i64);
        if let Some(found) = &found {
            assert_eq!(
                found.net, net,
                "seed {seed}: what was searched is what is decided\n{text}\n{gathered:?}"
            );
            assert_eq!(right(&found.ruleset, &gathered) - before, net, "seed {seed}");
        }
        let mut best = (0, String::new());
        for condition in &conditions {
            for role in ROLES {
                let row = format!("[[owner]]\nid = \"new\"\nwhen = {{ {condition} }}\nrole = \"{role}\"\n");
                let with = text.replacen("[[owner]]", &format!("{row}[[owner]]"), 1);
                let with = Ruleset::from_toml("random.toml", &with).unwrap();
                let net = right(&with, &gathered) - before;
                if net > best.0 {
                    best = (net, row);
                }
            }
        }
        assert_eq!(net, best.0, "seed {seed}: {found:?}\nbest: {}\n{text}\n{gathered:?}", best.1);
        if net > 0 { found_some += 1 } else { none += 1 }
    }
    assert!(found_some > none, "the cases say something: {found_some} of {}", found_some + none);
}
