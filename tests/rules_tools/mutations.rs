//! The known cases of the default ruleset notice every change that the diff says is one.

use whoowns::Ruleset;
use whoowns::analysis::cases::Suite;
use whoowns::analysis::diff::diff;
use whoowns::ruleset::{Checked, Condition, FactTest, Stretch, Test};
use whoowns::space::NO_END;

const CASES: &str = include_str!("../../rules/training-platform.cases.toml");

/// A changed ruleset, and what was changed.
type Mutant = (String, Ruleset);

fn mutants(ruleset: &Ruleset) -> Vec<Mutant> {
    let mut found = Vec::new();
    let mut add = |what: String, change: &dyn Fn(&mut Checked)| {
        found.extend(ruleset.changed(change).ok().map(|mutant| (what, mutant)));
    };
    macro_rules! table {
        ($table:ident) => {
            for (at, row) in ruleset.$table().iter().enumerate() {
                let place = format!("{} `{}`", stringify!($table), row.id);
                add(format!("{place} dropped"), &|mutant| drop(mutant.$table.remove(at)));
                for (test_at, test) in row.when.tests.iter().enumerate() {
                    for (what, changed) in changes(test) {
                        add(format!("{place}: {what}"), &|mutant| {
                            mutant.$table[at].when.tests[test_at].test = changed.clone();
                        });
                    }
                    add(format!("{place}: a test left out"), &|mutant| {
                        let tests: &mut Condition = &mut mutant.$table[at].when;
                        tests.tests.remove(test_at);
                    });
                }
            }
        };
    }
    table!(derive);
    table!(owner);
    table!(contact);
    found
}

/// Each threshold one up and one down, and the test flipped.
fn changes(test: &FactTest) -> Vec<(String, Test)> {
    match &test.test {
        Test::Named(accepted) => {
            vec![("flipped".to_owned(), Test::Named(accepted.iter().map(|yes| !yes).collect()))]
        }
        Test::Numbers(stretches) => {
            let mut changed = Vec::new();
            let mut add = |what: &str, first: i128, last: i128| {
                if first <= last {
                    changed.push((
                        format!("{} {what}", test.written),
                        Test::Numbers(vec![Stretch { first, last }]),
                    ));
                }
            };
            let [only] = stretches.as_slice() else { return changed };
            let Stretch { first, last } = *only;
            if first > 0 {
                add("begins one lower", first - 1, last);
                add("begins one higher", first + 1, last);
                add("flipped", 0, first - 1);
            }
            if last < NO_END {
                add("ends one lower", first, last - 1);
                add("ends one higher", first, last + 1);
                add("flipped", last + 1, NO_END);
            }
            changed
        }
    }
}

#[test]
fn known_cases_notice_every_change_of_an_outcome() {
    let ruleset = Ruleset::embedded().unwrap();
    let suite = Suite::read(&ruleset, "cases", CASES).unwrap();
    for case in &suite.cases {
        let mismatches = case.run(&ruleset).unwrap().mismatches;
        assert!(mismatches.is_empty(), "{}: {mismatches:?}", case.name);
    }
    let mut survived = Vec::new();
    let mutants = mutants(&ruleset);
    assert!(mutants.len() > 100, "{}", mutants.len());
    for (what, mutant) in mutants {
        if diff(&ruleset, &mutant).unwrap().changes.is_empty() {
            continue;
        }
        let noticed = suite.cases.iter().any(|case| !case.run(&mutant).unwrap().mismatches.is_empty());
        if !noticed {
            survived.push(what);
        }
    }
    assert!(survived.is_empty(), "no case notices:\n{}", survived.join("\n"));
}

#[test]
fn known_cases_reach_every_row() {
    let ruleset = Ruleset::embedded().unwrap();
    let suite = Suite::read(&ruleset, "cases", CASES).unwrap();
    let fired = suite.cases.iter().flat_map(|case| case.run(&ruleset).unwrap().fired).collect();
    let missed = whoowns::analysis::coverage::missed(&ruleset, &fired);
    assert!(missed.is_empty(), "{missed:?}");
}
