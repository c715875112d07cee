//! Whether what two rulesets say is the same, by name and not by place.

use std::collections::BTreeMap;

use crate::ruleset::{Condition, Party, RoleId, Ruleset, Subject, Test};
use crate::space::NO_END;

/// What one test lets pass: the names, or the stretches of numbers, joined where they meet.
#[derive(PartialEq, Eq)]
enum Passing {
    Names(Vec<String>),
    Numbers(Vec<(i128, i128)>),
}

/// Whether two conditions, each of a ruleset, test the same of the same facts.
pub fn same_condition(a: (&Ruleset, &Condition), b: (&Ruleset, &Condition)) -> bool {
    passing(a.0, a.1) == passing(b.0, b.1)
}

/// Whether two tests of one fact let the same pass.
pub fn same_test(fact: &str, a: (&Ruleset, &Test), b: (&Ruleset, &Test)) -> bool {
    let of = |(ruleset, test): (&Ruleset, &Test)| {
        ruleset.fact_named(fact).map(|fact| test_of(ruleset, Subject::Fact(fact), test))
    };
    of(a) == of(b)
}

fn passing(ruleset: &Ruleset, when: &Condition) -> BTreeMap<String, Passing> {
    let named = |subject: Subject| match subject {
        Subject::Fact(fact) => ruleset.fact(fact).name.clone(),
        // No fact has a name with a space.
        Subject::Owner => " owner".to_owned(),
        Subject::Contact => " contact".to_owned(),
    };
    let tests = when.tests.iter();
    tests.map(|test| (named(test.subject), test_of(ruleset, test.subject, &test.test))).collect()
}

fn test_of(ruleset: &Ruleset, subject: Subject, test: &Test) -> Passing {
    match test {
        Test::Named(accepted) => {
            let name = |at: usize| match subject {
                Subject::Fact(fact) => ruleset.fact(fact).values.get(at).cloned(),
                _ => ruleset.roles().get(at).map(|role| role.id.clone()),
            };
            let places = accepted.iter().enumerate().filter(|(_, yes)| **yes);
            let mut names: Vec<String> = places.filter_map(|(at, _)| name(at)).collect();
            names.sort_unstable();
            Passing::Names(names)
        }
        Test::Numbers(stretches) => {
            let (lowest, highest) = match subject {
                Subject::Fact(fact) => (ruleset.fact(fact).lowest, ruleset.fact(fact).highest),
                _ => (0, NO_END),
            };
            let within = stretches.iter().map(|one| (one.first.max(lowest), one.last.min(highest)));
            let mut sorted: Vec<(i128, i128)> = within.filter(|(first, last)| first <= last).collect();
            sorted.sort_unstable();
            let mut joined: Vec<(i128, i128)> = Vec::new();
            for (first, last) in sorted {
                match joined.last_mut() {
                    Some(open) if first <= open.1 + 1 => open.1 = open.1.max(last),
                    _ => joined.push((first, last)),
                }
            }
            Passing::Numbers(joined)
        }
    }
}

/// What a party is called.
pub fn party(ruleset: &Ruleset, party: Party) -> String {
    match party {
        Party::Role(role) => role_id(ruleset, role),
        Party::Owner => "owner".to_owned(),
        Party::Contact => "contact".to_owned(),
        Party::Vendor => "vendor".to_owned(),
    }
}

fn role_id(ruleset: &Ruleset, role: RoleId) -> String {
    ruleset.roles().get(role.0).map(|role| role.id.clone()).unwrap_or_default()
}
