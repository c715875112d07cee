//! What is said of tests, claims and values, each held to brute force over every state.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use whoowns::Ruleset;
use whoowns::analysis::{Effort, Finding, Report, check};
use whoowns::diagnostic::Code;
use whoowns::ruleset::{Condition, Fact, FactId, FactTest, RoleId, Subject, Table, Test, Value};

use super::brute::{self, State};
use super::random;

fn load(text: &str) -> Ruleset {
    Ruleset::from_toml("random.toml", text).unwrap_or_else(|problems| panic!("{problems}\n{text}"))
}

fn of(report: &Report, code: Code) -> Vec<&Finding> {
    report.findings.iter().filter(|finding| finding.code == code).collect()
}

/// The words between backticks of a message.
fn quoted(message: &str) -> Vec<String> {
    message.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

/// Every state with its derived facts.
fn full_states(ruleset: &Ruleset) -> Vec<State> {
    brute::states(ruleset).iter().map(|state| brute::derived(ruleset, state)).collect()
}

fn facts(ruleset: &Ruleset) -> impl Iterator<Item = (FactId, &Fact)> {
    ruleset.facts().iter().enumerate().map(|(at, fact)| (FactId(at), fact))
}

/// The conditions of rows, each with the table and the id of its row.
fn conditions(ruleset: &Ruleset) -> Vec<(Table, &str, &Condition)> {
    let mut all: Vec<(Table, &str, &Condition)> = Vec::new();
    all.extend(ruleset.derive().iter().map(|row| (Table::Derive, row.id.as_str(), &row.when)));
    all.extend(ruleset.owner().iter().map(|row| (Table::Owner, row.id.as_str(), &row.when)));
    all.extend(ruleset.contact().iter().map(|row| (Table::Contact, row.id.as_str(), &row.when)));
    all.extend(ruleset.typical().iter().map(|row| (Table::Typical, row.id.as_str(), &row.when)));
    all.extend(ruleset.stakeholder().iter().map(|row| (Table::Stakeholder, row.id.as_str(), &row.when)));
    all
}

/// Whether every value that a fact can take passes a test; of numbers that are derived, every one that a row gives.
fn passes_every_value(ruleset: &Ruleset, id: FactId, test: &Test) -> bool {
    let fact = ruleset.fact(id);
    let given = ruleset.derive().iter().filter(|row| row.then.fact == id).map(|row| row.then.value);
    match (fact.kind.is_number(), fact.derived) {
        (true, true) => given.into_iter().all(|value| test.passes(value)),
        (true, false) => (fact.lowest..=fact.highest).all(|number| test.passes(Value::Number(number))),
        (false, _) => (0..fact.values.len() as u32).all(|value| test.passes(Value::Named(value))),
    }
}

/// The tests that could be left out of their rows: whatever owner and contact are, where the other tests of the row
/// hold, the fact has a value, and every value passes.
fn always_passing(ruleset: &Ruleset) -> BTreeSet<(Table, String, String)> {
    let states = full_states(ruleset);
    let roles: Vec<Option<RoleId>> =
        (0..ruleset.roles().len()).map(|role| Some(RoleId(role))).chain([None]).collect();
    let mut found = BTreeSet::new();
    for (table, id, when) in conditions(ruleset) {
        for test in &when.tests {
            let Subject::Fact(fact) = test.subject else { continue };
            let others: Vec<FactTest> =
                when.tests.iter().filter(|other| other.subject != test.subject).cloned().collect();
            let others = Condition { tests: others };
            let somebody = |state: &State, when: &Condition| {
                roles
                    .iter()
                    .any(|owner| roles.iter().any(|contact| brute::holds(state, *owner, *contact, when)))
            };
            let mut asked = states.iter().filter(|state| somebody(state, &others)).peekable();
            let happens = asked.peek().is_some();
            let has_rows =
                ruleset.fact(fact).is_base() || ruleset.derive().iter().any(|row| row.then.fact == fact);
            if happens
                && has_rows
                && asked.all(|state| state[fact.0].is_some())
                && passes_every_value(ruleset, fact, &test.test)
            {
                found.insert((table, id.to_owned(), ruleset.fact(fact).name.clone()));
            }
        }
    }
    found
}

/// Pairs of rows of one table, or of one derived fact, that hold in one state; of contact rows, with its owner.
fn overlapping(ruleset: &Ruleset) -> BTreeSet<(Table, String, String)> {
    let mut found = BTreeSet::new();
    for state in brute::states(ruleset) {
        let full = brute::derived(ruleset, &state);
        let owner = brute::decide(ruleset, &state).roles.0;
        let applies = |fact: FactId| brute::holds(&full, None, None, &ruleset.fact(fact).only_when);
        let derive = ruleset.derive().iter().filter(|row| applies(row.then.fact));
        let mut holding: Vec<(Table, Option<FactId>, &str)> = Vec::new();
        for row in derive.filter(|row| brute::holds(&full, None, None, &row.when)) {
            holding.push((Table::Derive, Some(row.then.fact), &row.id));
        }
        for row in ruleset.owner().iter().filter(|row| brute::holds(&full, None, None, &row.when)) {
            holding.push((Table::Owner, None, &row.id));
        }
        for row in ruleset.contact().iter().filter(|row| brute::holds(&full, owner, None, &row.when)) {
            holding.push((Table::Contact, None, &row.id));
        }
        for (at, below) in holding.iter().enumerate() {
            let above = holding[..at].iter().filter(|above| (above.0, above.1) == (below.0, below.1));
            found.extend(above.map(|above| (below.0, above.2.to_owned(), below.2.to_owned())));
        }
    }
    found
}

/// Whether two states that differ in one number alone have values of a derived fact that fall as the number grows.
fn falls(ruleset: &Ruleset, id: FactId, fact: &Fact) -> bool {
    let Some(claim) = &fact.never_falls else { return false };
    let rank = |state: &State| match state[id.0]? {
        Value::Number(number) => Some(number),
        Value::Named(value) => claim.by.iter().position(|other| *other == value).map(|at| at as i128),
    };
    let states = brute::states(ruleset);
    states.iter().any(|low| {
        states.iter().any(|high| {
            let alike = (0..low.len()).all(|at| at == claim.fact.0 || low[at] == high[at]);
            let number = |state: &State| state[claim.fact.0];
            alike
                && number(low).is_some()
                && number(low) < number(high)
                && rank(&brute::derived(ruleset, low)) > rank(&brute::derived(ruleset, high))
                && rank(&brute::derived(ruleset, high)).is_some()
        })
    })
}

/// Whether two states that differ in a fact alone have different outcomes.
fn matters(ruleset: &Ruleset, fact: FactId) -> bool {
    let states = brute::states(ruleset);
    let outcomes: Vec<_> = states.iter().map(|state| brute::decide(ruleset, state).roles).collect();
    let alike = |a: &State, b: &State| (0..a.len()).all(|at| at == fact.0 || a[at] == b[at]);
    let pairs = |at: usize| (0..at).filter(move |other| *other != at);
    (0..states.len()).any(|at| {
        pairs(at).any(|other| outcomes[at] != outcomes[other] && alike(&states[at], &states[other]))
    })
}

/// A generator that never has anything to say would prove nothing.
#[test]
fn every_code_that_is_proved_is_met() {
    let mut met: BTreeMap<Code, usize> = BTreeMap::new();
    let mut chains = 0;
    for seed in 0..300 {
        for text in [random::ruleset(seed), random::claiming(seed)] {
            let ruleset = load(&text);
            for finding in check(&ruleset, Effort::default()).findings {
                *met.entry(finding.code).or_default() += 1;
            }
            let requires = |fact: FactId| ruleset.fact(fact).only_when.facts().map(|(fact, _)| fact);
            let deep =
                |fact: FactId| requires(fact).flat_map(requires).any(|fact| requires(fact).count() > 0);
            chains += usize::from(facts(&ruleset).any(|(id, _)| deep(id)));
        }
    }
    for code in [
        Code::Uncovered,
        Code::Unreachable,
        Code::Redundant,
        Code::Accountable,
        Code::AlwaysPasses,
        Code::Overlap,
        Code::Falls,
        Code::NeverMatters,
        Code::NoValue,
        Code::TypicalOutOfReach,
    ] {
        assert!(met.get(&code).is_some_and(|times| *times >= 10), "{code}: {met:?}");
    }
    assert!(chains >= 20, "only {chains} rulesets have a fact that hangs on a chain of three");
}

/// What is said to have no value has none in all states of which it is said, and the row offered gives it one there.
fn assert_no_value(text: &str) {
    let ruleset = load(text);
    let report = check(&ruleset, Effort::default());
    let (header, _) = text.split_once("[[").unwrap();
    for finding in of(&report, Code::NoValue) {
        let fact = ruleset.fact_named(&quoted(&finding.message)[0]).unwrap();
        let fix = load(&format!("{header}\n{}", finding.fix.as_ref().unwrap()));
        let row = &fix.derive()[0];
        let mut shown = 0;
        for state in brute::states(&ruleset) {
            let full = brute::derived(&ruleset, &state);
            // The condition of the row is what the message says of the states.
            if brute::holds(&full, None, None, &row.when) {
                assert!(full[fact.0].is_none(), "{}\n{state:?}\n{text}", finding.message);
                shown += usize::from(brute::misses(&ruleset, &state, fact));
            }
        }
        assert!(shown > 0, "{}\n{text}", finding.message);
    }
}

#[test]
fn a_value_that_only_an_offered_row_takes_away_is_not_missed() {
    assert_no_value(include_str!("small/value-opened-by-another.toml"));
}

proptest! {
    #![proptest_config(random::config(150))]

    #[test]
    fn tests_that_every_value_passes_are_exactly_those(seed in any::<u64>()) {
        let text = random::ruleset(seed);
        let ruleset = load(&text);
        let report = check(&ruleset, Effort::default());
        let said: BTreeSet<(Table, String, String)> = of(&report, Code::AlwaysPasses)
            .into_iter()
            .map(|finding| {
                (finding.table.unwrap(), finding.rule.clone().unwrap(), quoted(&finding.message)[0].clone())
            })
            .collect();
        prop_assert_eq!(said, always_passing(&ruleset), "{}", text);
    }

    #[test]
    fn rows_that_overlap_are_exactly_those(seed in any::<u64>()) {
        let text = random::claiming(seed);
        let ruleset = load(&text);
        let report = check(&ruleset, Effort::default());
        let found = of(&report, Code::Overlap);
        let pair = |finding: &&Finding| {
            let words = quoted(&finding.message);
            (finding.table.unwrap(), words[1].clone(), words[2].clone())
        };
        let said: BTreeSet<(Table, String, String)> = found.iter().map(pair).collect();
        prop_assert_eq!(said.len(), found.len(), "one is said twice\n{}", text);
        prop_assert_eq!(said, overlapping(&ruleset), "{}", text);
    }

    #[test]
    fn a_value_that_falls_is_said_and_no_other(seed in any::<u64>()) {
        let text = random::claiming(seed);
        let ruleset = load(&text);
        let report = check(&ruleset, Effort::default());
        let said: BTreeSet<String> =
            of(&report, Code::Falls).into_iter().map(|finding| quoted(&finding.message)[0].clone()).collect();
        let expected: BTreeSet<String> =
            facts(&ruleset).filter(|(id, fact)| falls(&ruleset, *id, fact)).map(|(_, fact)| fact.name.clone()).collect();
        prop_assert_eq!(said, expected, "{}", text);
    }

    #[test]
    fn facts_that_never_matter_are_exactly_those(seed in any::<u64>()) {
        let text = random::ruleset(seed);
        let ruleset = load(&text);
        let report = check(&ruleset, Effort::default());
        let said: BTreeSet<String> =
            of(&report, Code::NeverMatters).into_iter().map(|finding| quoted(&finding.message)[0].clone()).collect();
        // What only rows test that are said to be without use is not said again.
        let useless: BTreeSet<(Table, &str)> = report
            .findings
            .iter()
            .filter(|finding| matches!(finding.code, Code::Unreachable | Code::Redundant))
            .filter_map(|finding| Some((finding.table?, finding.rule.as_deref()?)))
            .collect();
        let expected: BTreeSet<String> = facts(&ruleset)
            .filter(|(id, fact)| {
                let subject = Subject::Fact(*id);
                let tests = |when: &Condition| when.on(subject).is_some();
                let tested = conditions(&ruleset)
                    .into_iter()
                    .any(|(table, row, when)| tests(when) && !useless.contains(&(table, row)));
                let required = ruleset.facts().iter().any(|other| tests(&other.only_when));
                fact.is_base() && tested && !required && !brute::is_told(&ruleset, *id) && !matters(&ruleset, *id)
            })
            .map(|(_, fact)| fact.name.clone())
            .collect();
        prop_assert_eq!(said, expected, "{}", text);
    }

    /// Whatever is said to have no value has none, in all states that agree with the profile shown; and the row offered
    /// gives it one there.
    #[test]
    fn what_is_said_to_have_no_value_has_none(seed in any::<u64>()) {
        assert_no_value(&random::ruleset(seed));
    }
}
