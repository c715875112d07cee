//! The best row against brute force: every condition and role tried in a ruleset that has it, every row decided anew.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use whoowns::clients::{Actual, Cell, Gathered, GatheredRow};
use whoowns::decision::Verdict;
use whoowns::learning::{Effort, best_row, best_shown_row};
use whoowns::ruleset::{FactId, RoleId, Value};
use whoowns::space::NO_END;
use whoowns::{Profile, Ruleset, decide};

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

fn gathered(random: &mut Random, ruleset: &Ruleset, most: u64) -> Gathered {
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
        gathered.rows.push(GatheredRow { cells, owner, rows: 1 + random.below(most), name: String::new() });
    }
    gathered
}

/// Whether each row has an owner, and whether that is right.
fn right(ruleset: &Ruleset, gathered: &Gathered) -> Vec<(bool, bool)> {
    let is_right = |row: &GatheredRow| {
        let owner = Verdict::reach(ruleset, &gathered.profile(ruleset, &row.cells)).unwrap().outcome.owner;
        let is_right = match row.owner {
            Actual::Roles(at) => owner.is_some_and(|owner| gathered.roles[at as usize].contains(&owner)),
            _ => false,
        };
        (owner.is_some(), is_right)
    };
    gathered.rows.iter().map(is_right).collect()
}

/// What a new row changes.
#[derive(Clone, Copy, Default)]
struct Changed {
    /// Rows that had a wrong owner and turn right, and those that had none.
    fixed: [u64; 2],
    /// Rows that turn wrong and have another owner, and those that have none.
    broken: [u64; 2],
}

impl Changed {
    fn net(self) -> i64 {
        self.fixed.iter().sum::<u64>() as i64 - self.broken.iter().sum::<u64>() as i64
    }
}

fn changed(gathered: &Gathered, before: &[(bool, bool)], after: &[(bool, bool)]) -> Changed {
    let mut changed = Changed::default();
    for (row, own) in gathered.rows.iter().zip(before.iter().zip(after)) {
        match own {
            ((has_owner, false), (_, true)) => changed.fixed[usize::from(!has_owner)] += row.rows,
            ((_, true), (has_owner, false)) => changed.broken[usize::from(!has_owner)] += row.rows,
            _ => {}
        }
    }
    changed
}

/// A test of a fact: the places of the values that pass, or the first and the last number; and the same in TOML.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
struct Tested {
    fact: usize,
    passes: (i128, i128),
}

const NAMED: [(usize, &str, &[&str]); 3] =
    [(0, "flag", &["false", "true"]), (1, "kind", &["p", "q", "r"]), (3, "part", &["s", "t"])];
const NUMBER: usize = 2;

impl Tested {
    fn text(&self) -> String {
        if self.fact == NUMBER {
            let (first, last) = self.passes;
            let end = if last == NO_END { String::new() } else { format!("={last}") };
            return format!("number = \"{first}..{end}\"");
        }
        let (_, name, values) = NAMED.iter().find(|(fact, ..)| *fact == self.fact).unwrap();
        let own = values.iter().enumerate().filter(|(at, _)| self.passes.0 >> at & 1 == 1);
        let own: Vec<&str> = own.map(|(_, value)| *value).collect();
        match *name {
            "flag" => format!("flag = {}", own[0]),
            name => format!("{name} = [\"{}\"]", own.join("\", \"")),
        }
    }
}

/// Where a stretch of the number may begin: where the rules cut it, where a band begins or another ends, and once between
/// neighbouring numbers, at a multiple of 10 or 5 if there is one.
fn starts(ruleset: &Ruleset, gathered: &Gathered) -> (Vec<i128>, Vec<i128>) {
    let axis = &ruleset.compiled().space.axes[NUMBER];
    let ruled: Vec<i128> = (0..axis.count()).map(|atom| axis.bounds(atom).0).collect();
    let mut starts = ruled.clone();
    let mut numbers = Vec::new();
    for row in &gathered.rows {
        match row.cells[NUMBER] {
            Cell::Numbers { min, max } if min == max => numbers.push(min),
            Cell::Numbers { min, max } => starts.extend([min, max + 1]),
            _ => {}
        }
    }
    numbers.sort_unstable();
    let bands = starts.clone();
    for pair in numbers.windows(2).filter(|pair| pair[0] < pair[1]) {
        if !bands.iter().any(|start| pair[0] < *start && *start <= pair[1]) {
            let round = [10, 5].map(|step| (pair[0].div_euclid(step) + 1) * step);
            let round = round.into_iter().find(|round| *round <= pair[1]);
            starts.push(round.unwrap_or(pair[0] + 1));
        }
    }
    starts.retain(|start| *start <= axis.highest());
    starts.sort_unstable();
    starts.dedup();
    (starts, ruled)
}

/// Every condition of at most two facts: any set of values but none and all, and any stretch of numbers.
fn every_condition(ruleset: &Ruleset, starts: &[i128]) -> Vec<Vec<Tested>> {
    let highest = ruleset.compiled().space.axes[NUMBER].highest();
    let mut all: Vec<Tested> = Vec::new();
    for (fact, _, values) in NAMED {
        all.extend((1..(1 << values.len()) - 1).map(|set| Tested { fact, passes: (set, 0) }));
    }
    let ends: Vec<i128> = starts[1..].iter().map(|start| start - 1).chain([highest]).collect();
    for (at, first) in starts.iter().enumerate() {
        all.extend(ends[at..].iter().map(|last| Tested { fact: NUMBER, passes: (*first, *last) }));
    }
    let pairs = all.iter().flat_map(|one| {
        all.iter().filter(|other| one.fact < other.fact).map(|other| vec![one.clone(), other.clone()])
    });
    all.iter().map(|one| vec![one.clone()]).chain(pairs).collect()
}

/// The places of the values of each fact where a row decides, whether the part does not apply, and the numbers.
type Seen = ([i128; 4], bool, (i128, i128));

/// The narrowest condition of at most two facts that holds wherever an owner row decides, for each of them: found by
/// going through every state.
fn owner_rows(ruleset: &Ruleset) -> Vec<Vec<Tested>> {
    let highest = ruleset.compiled().space.axes[NUMBER].highest();
    let beyond = i128::from(NUMBERS.1) + i128::from(highest == NO_END);
    let lowest = i128::from(NUMBERS.0);
    let part = ruleset.fact(FactId(3));
    let mut seen: BTreeMap<String, Seen> = BTreeMap::new();
    for (flag, kind, number, at) in (0..2).flat_map(|flag| {
        (0..3).flat_map(move |kind| {
            (lowest..=beyond).flat_map(move |number| (0..2).map(move |at| (flag, kind, number, at)))
        })
    }) {
        let values = [Value::Named(flag), Value::Named(kind)];
        let applies = part.only_when.facts().all(|(fact, test)| test.passes(values[fact.0]));
        let parts = if applies { format!(", \"part\": \"{}\"", ["s", "t"][at]) } else { String::new() };
        let text = format!(
            "{{\"flag\": {}, \"kind\": \"{}\", \"number\": {number}{parts}}}",
            flag == 1,
            ["p", "q", "r"][kind as usize]
        );
        let profile = Profile::from_json(ruleset, "state", &text).unwrap();
        let decision = decide(ruleset, &profile).unwrap();
        for row in decision.rules.owner_ids(ruleset) {
            let (sets, absent, numbers) = seen.entry(row).or_insert(([0; 4], false, (number, number)));
            sets[0] |= 1 << flag;
            sets[1] |= 1 << kind;
            sets[3] |= if applies { 1 << at } else { 0 };
            *absent |= !applies;
            *numbers = (numbers.0.min(number), numbers.1.max(number));
        }
    }
    let mut found: Vec<Vec<Tested>> = Vec::new();
    for (sets, absent, (first, last)) in seen.into_values() {
        let mut tests: Vec<Tested> = Vec::new();
        for (fact, _, values) in NAMED {
            if sets[fact] != (1 << values.len()) - 1 && !(fact == 3 && absent) {
                tests.push(Tested { fact, passes: (sets[fact], 0) });
            }
        }
        if (first, last) != (lowest, beyond) {
            let last = if last == beyond { highest } else { last };
            tests.push(Tested { fact: NUMBER, passes: (first, last) });
        }
        // What must hold for the part to apply need not be tested beside it.
        if tests.iter().any(|tested| tested.fact == 3) {
            for (fact, test) in part.only_when.facts() {
                let required =
                    (0..3).filter(|at| test.passes(Value::Named(*at))).fold(0, |set, at| set | 1 << at);
                tests.retain(|tested| tested.fact != fact.0 || required & !tested.passes.0 != 0);
            }
        }
        tests.sort();
        if (1..=2).contains(&tests.len()) && !found.contains(&tests) {
            found.push(tests);
        }
    }
    found
}

/// What the chance of a sign test must be below, as its logarithm, for so many fixed and broken: the exact tail of the
/// binomial distribution, added up term by term.
fn ln_chance(fixes: u64, breaks: u64) -> f64 {
    let n = fixes + breaks;
    let mut term = 1.0_f64;
    let mut sum = 1.0;
    for at in 1..=breaks.min(fixes) {
        term *= (n - at + 1) as f64 / at as f64;
        sum += term;
    }
    (2.0 * sum).ln() - n as f64 * 2.0_f64.ln()
}

#[test]
fn the_best_row_is_the_best_of_all() {
    let (mut found_some, mut shown_some, mut second) = (0, 0, 0);
    let all = cases(100);
    for seed in 0..all {
        let mut random = Random(seed);
        let text = ruleset(&mut random);
        let rules =
            Ruleset::from_toml("random.toml", &text).unwrap_or_else(|wrong| panic!("{wrong}\n{text}"));
        let most = *random.pick(&[4, 40]);
        let gathered = gathered(&mut random, &rules, most);
        let chance = *random.pick(&[0.05, 0.5]);
        let threads = 1 + (seed % 3) as usize;
        let effort = Effort { tests: 2, chance, threads, ..Effort::default() };
        let before = right(&rules, &gathered);
        let found = best_row(&rules, &gathered, &effort).unwrap();
        let shown = best_shown_row(&rules, &gathered, &effort).unwrap();
        for found in found.iter().chain(&shown) {
            let changed = changed(&gathered, &before, &right(&found.ruleset, &gathered));
            let (fixed, broken) = (changed.fixed, changed.broken);
            assert_eq!(
                (found.net, [found.fixes.rows, found.fixes.open, found.breaks.rows, found.breaks.open]),
                (changed.net(), [fixed[0] + fixed[1], fixed[1], broken[0] + broken[1], broken[1]]),
                "seed {seed}: what was searched is what is decided\n{text}\n{gathered:?}"
            );
        }
        // Every condition with every role: the ruleset with it, and every row decided anew.
        let (starts, ruled) = starts(&rules, &gathered);
        let conditions = every_condition(&rules, &starts);
        let is_ruled = |tests: &[Tested]| {
            let begins = |number: i128| ruled.contains(&number);
            tests.iter().all(|own| {
                let highest = rules.compiled().space.axes[NUMBER].highest();
                own.fact != NUMBER
                    || begins(own.passes.0) && (own.passes.1 == highest || begins(own.passes.1 + 1))
            })
        };
        let owner_rows = owner_rows(&rules);
        let roles: BTreeSet<RoleId> = gathered
            .rows
            .iter()
            .flat_map(|row| match row.owner {
                Actual::Roles(at) => gathered.roles[at as usize].clone(),
                _ => Vec::new(),
            })
            .collect();
        let tries = |number: usize, part: f64| (number * roles.len()) as f64 / part;
        let number_ruled = conditions.iter().filter(|tests| is_ruled(tests)).count();
        let factors =
            [tries(owner_rows.len(), 0.5), tries(number_ruled, 0.25), tries(conditions.len(), 0.25)];
        let (mut best, mut best_shown) = ((0, String::new()), (0, String::new()));
        for tests in &conditions {
            let when: Vec<String> = tests.iter().map(Tested::text).collect();
            let family = if owner_rows.contains(tests) {
                0
            } else if is_ruled(tests) {
                1
            } else {
                2
            };
            for role in ROLES {
                let row =
                    format!("[[owner]]\nid = \"new\"\nwhen = {{ {} }}\nrole = \"{role}\"\n", when.join(", "));
                let with = text.replacen("[[owner]]", &format!("{row}[[owner]]"), 1);
                let with = Ruleset::from_toml("random.toml", &with).unwrap();
                let changed = changed(&gathered, &before, &right(&with, &gathered));
                if changed.net() > best.0 {
                    best = (changed.net(), row.clone());
                }
                // Rows that have no owner before or after are no proof.
                let (corrected, spoiled) = (changed.fixed[0], changed.broken[0]);
                // A chance that is just the one allowed is not below it, whatever logarithms are rounded to.
                let ln_corrected = ln_chance(corrected, spoiled) + factors[family].ln();
                let is_shown = corrected > spoiled && ln_corrected < chance.ln() - 1e-9;
                if is_shown && changed.net() > best_shown.0 {
                    best_shown = (changed.net(), row);
                }
            }
        }
        let said = format!("seed {seed}\n{text}\n{gathered:?}");
        assert_eq!(
            found.as_ref().map_or(0, |found| found.net),
            best.0,
            "{found:?}\nbest: {}\n{said}",
            best.1
        );
        assert_eq!(
            shown.as_ref().map_or(0, |found| found.net),
            best_shown.0,
            "{shown:?}\nbest: {}\n{said}",
            best_shown.1
        );
        found_some += u64::from(best.0 > 0);
        shown_some += u64::from(best_shown.0 > 0);
        second += u64::from(best_shown.0 > 0 && best_shown.0 < best.0);
    }
    eprintln!(
        "{all} cases: {found_some} with a best row, {shown_some} with one that is shown, {second} where that is another"
    );
    assert!(2 * found_some > all && 8 * shown_some > all && second > 0, "the cases say something");
}
