//! Checks, diff and suggestions against brute force over all states of small random rulesets.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use serde_json::{Map, Value as Json};
use whoowns::analysis::cases::Suite;
use whoowns::analysis::coverage::missed;
use whoowns::analysis::diff::diff;
use whoowns::analysis::suggest::suggest;
use whoowns::analysis::{Effort, Finding, Report, check};
use whoowns::diagnostic::Code;
use whoowns::ruleset::{Checked, FactId, Kind, RoleId, Table, Value};
use whoowns::source::toml_table;
use whoowns::{Ruleset, analysis};

use super::brute::{self, State};
use super::random;

fn load(text: &str) -> Ruleset {
    Ruleset::from_toml("random.toml", text).unwrap_or_else(|problems| panic!("{problems}\n{text}"))
}

fn of(report: &Report, code: Code) -> Vec<&Finding> {
    report.findings.iter().filter(|finding| finding.code == code).collect()
}

/// The states that agree with a profile written as JSON.
fn agreeing<'s>(ruleset: &Ruleset, states: &'s [State], profile: &Map<String, Json>) -> Vec<&'s State> {
    let given: Vec<(FactId, Value)> = profile
        .iter()
        .map(|(name, value)| {
            let id = ruleset.fact_named(name).unwrap();
            let fact = ruleset.fact(id);
            let value = match (fact.kind, value) {
                (Kind::Boolean, Json::Bool(flag)) => Value::Named(u32::from(*flag)),
                (Kind::Choice, Json::String(text)) => Value::Named(fact.value_named(text).unwrap()),
                (_, Json::Number(number)) => Value::Number(number.as_i64().unwrap().into()),
                _ => panic!("{name} = {value}"),
            };
            (id, value)
        })
        .collect();
    states.iter().filter(|state| given.iter().all(|(fact, value)| state[fact.0] == Some(*value))).collect()
}

fn is_hole(ruleset: &Ruleset, table: Table, state: &State) -> bool {
    let (owner, contact) = brute::decide(ruleset, state).roles;
    match table {
        Table::Owner => owner.is_none(),
        _ => owner.is_some() && contact.is_none(),
    }
}

/// Whether removing a row changes an outcome.
fn missed_when_removed(ruleset: &Ruleset, states: &[State], remove: impl Fn(&mut Checked)) -> bool {
    let without = ruleset.changed(remove).unwrap();
    states.iter().any(|state| brute::decide(ruleset, state).roles != brute::decide(&without, state).roles)
}

fn expected(ruleset: &Ruleset, states: &[State]) -> (BTreeSet<String>, BTreeSet<String>) {
    let decided: Vec<_> = states.iter().map(|state| brute::decide(ruleset, state)).collect();
    let (mut unreachable, mut redundant) = (BTreeSet::new(), BTreeSet::new());
    let mut judge = |id: &str, decides: bool, missed: bool| {
        if !decides {
            unreachable.insert(id.to_owned());
        } else if !missed {
            redundant.insert(id.to_owned());
        }
    };
    for (at, row) in ruleset.derive().iter().enumerate() {
        let without = ruleset.changed(|without| drop(without.derive.remove(at))).unwrap();
        let fact = row.then.fact;
        let value = |ruleset: &Ruleset, state: &State| brute::derived(ruleset, state)[fact.0];
        // What rows that presume or collect test, or what is derived from it, is said to users by its value.
        let missed = match brute::is_told(ruleset, fact) {
            true => states.iter().any(|state| value(ruleset, state) != value(&without, state)),
            false => missed_when_removed(ruleset, states, |without| drop(without.derive.remove(at))),
        };
        judge(&row.id, decided.iter().any(|one| one.derive.contains(&at)), missed);
    }
    for (at, row) in ruleset.owner().iter().enumerate() {
        let missed = missed_when_removed(ruleset, states, |without| drop(without.owner.remove(at)));
        judge(&row.id, decided.iter().any(|one| one.owner == Some(at)), missed);
    }
    for (at, row) in ruleset.contact().iter().enumerate() {
        let missed = missed_when_removed(ruleset, states, |without| drop(without.contact.remove(at)));
        judge(&row.id, decided.iter().any(|one| one.contact == Some(at)), missed);
    }
    (unreachable, redundant)
}

proptest! {
    #![proptest_config(random::config(400))]

    #[test]
    fn holes_are_all_found_counted_and_mended(seed in any::<u64>()) {
        let text = random::ruleset(seed);
        let ruleset = load(&text);
        let states = brute::states(&ruleset);
        let report = check(&ruleset, Effort::default());
        let tested = brute::tested(&ruleset);
        for table in &report.tables {
            let holes = || states.iter().filter(|state| is_hole(&ruleset, table.table, state));
            let all = brute::assignments(states.iter(), &tested).to_string();
            prop_assert_eq!(table.states.as_ref().unwrap().to_string(), all, "{}", text);
            let uncovered = brute::assignments(holes(), &tested).to_string();
            prop_assert_eq!(table.uncovered.as_ref().unwrap().to_string(), uncovered, "{:?}\n{}", table.table, text);
        }
        for finding in of(&report, Code::Uncovered) {
            let agreeing = agreeing(&ruleset, &states, finding.witness.as_ref().unwrap());
            prop_assert!(!agreeing.is_empty());
            for state in agreeing {
                prop_assert!(is_hole(&ruleset, finding.table.unwrap(), state), "{:?}\n{}", finding, text);
            }
        }
        // Each mend makes its own finding go away, and changes no answer there is.
        let mends: Vec<&Finding> = of(&report, Code::Uncovered);
        for finding in &mends {
            let mended = load(&format!("{text}\n{}", finding.fix.as_ref().unwrap()));
            let table = finding.table.unwrap();
            for state in agreeing(&ruleset, &states, finding.witness.as_ref().unwrap()) {
                prop_assert!(!is_hole(&mended, table, state), "{:?}\n{}", finding, text);
            }
            for state in &states {
                let (owner, contact) = brute::decide(&ruleset, state).roles;
                let after = brute::decide(&mended, state).roles;
                prop_assert!(owner.is_none() || after.0 == owner);
                prop_assert!(owner.is_none() || contact.is_none() || after.1 == contact);
            }
        }
    }

    #[test]
    fn rows_without_use_are_exactly_those(seed in any::<u64>()) {
        let text = random::ruleset(seed);
        let ruleset = load(&text);
        let states = brute::states(&ruleset);
        let report = check(&ruleset, Effort::default());
        let (unreachable, redundant) = expected(&ruleset, &states);
        let ids = |code: Code| -> BTreeSet<String> {
            let own = of(&report, code).into_iter().filter(|finding| finding.table != Some(Table::Stakeholder));
            own.filter_map(|finding| finding.rule.clone()).collect()
        };
        prop_assert_eq!(ids(Code::Unreachable), unreachable, "{}", text);
        prop_assert_eq!(ids(Code::Redundant), redundant, "{}", text);
        prop_assert!(of(&report, Code::NotProved).is_empty());
    }

    #[test]
    fn exactly_one_answers_or_it_is_said(seed in any::<u64>()) {
        let text = random::ruleset(seed);
        let ruleset = load(&text);
        let states = brute::states(&ruleset);
        let report = check(&ruleset, Effort::default());
        let owned = |state: &&State| brute::decide(&ruleset, state).roles.0.is_some();
        let wrong = states.iter().filter(owned).any(|state| brute::accountable(&ruleset, state) != 1);
        let findings = of(&report, Code::Accountable);
        prop_assert_eq!(!findings.is_empty(), wrong, "{}", text);
        for finding in &findings {
            let agreeing = agreeing(&ruleset, &states, finding.witness.as_ref().unwrap());
            prop_assert!(agreeing.iter().any(|state| brute::accountable(&ruleset, state) != 1), "{:?}\n{}", finding, text);
        }
        // The rows shown leave no state in which nobody answers.
        let mends: Vec<String> = findings.iter().filter_map(|finding| finding.fix.clone()).collect();
        let mended = load(&format!("{text}\n{}", mends.join("\n")));
        prop_assert!(states.iter().filter(owned).all(|state| brute::accountable(&mended, state) > 0), "{}", text);
    }

    #[test]
    fn the_difference_is_exact(facts in any::<u64>(), seeds in any::<[u64; 2]>()) {
        let texts = random::pair(facts, seeds);
        let [old, new] = [load(&texts[0]), load(&texts[1])];
        let states = brute::states(&old);
        let tested: Vec<FactId> = brute::tested(&old).into_iter().chain(brute::tested(&new)).collect();
        let mut changed: BTreeMap<Pair, Vec<&State>> = BTreeMap::new();
        for state in &states {
            let pair = (brute::decide(&old, state).roles, brute::decide(&new, state).roles);
            if pair.0 != pair.1 {
                changed.entry(pair).or_default().push(state);
            }
        }
        let found = diff(&old, &new).unwrap();
        prop_assert!(found.notes.is_empty());
        prop_assert_eq!(found.changes.len(), changed.len());
        let role = |id: &Option<String>| id.as_ref().map(|id| old.role_named(id).unwrap());
        for change in &found.changes {
            let pair = ((role(&change.from.owner), role(&change.from.contact)), (role(&change.to.owner), role(&change.to.contact)));
            let own = &changed[&pair];
            prop_assert_eq!(&change.states, &brute::assignments(own.iter().copied(), &tested).to_string(), "{:?}\nOLD\n{}\nNEW\n{}", change, texts[0], texts[1]);
            for state in agreeing(&old, &states, &change.witness) {
                prop_assert!(own.contains(&state), "{:?}", change);
            }
            let rows: Vec<String> = change
                .when
                .iter()
                .enumerate()
                .map(|(at, when)| format!("[[owner]]\nid = \"w{at}\"\nrole = \"a\"\nwhen = {}\n", toml_table(when)))
                .collect();
            let conditions = load(&format!("{}{}", random::header(facts), rows.join("\n")));
            for state in &states {
                let said = conditions.owner().iter().any(|row| brute::holds(state, None, None, &row.when));
                prop_assert_eq!(said, own.contains(&state), "{:?}\n{:?}", state, change);
            }
        }
    }

    #[test]
    fn suggested_cases_reach_what_they_claim(seed in any::<u64>()) {
        let text = random::ruleset(seed);
        let ruleset = load(&text);
        let states = brute::states(&ruleset);
        let all = missed(&ruleset, &BTreeSet::new());
        let suggestion = suggest(&ruleset, &all, &[]);
        let pasted: String = suggestion.cases.iter().map(|case| case.toml() + "\n").collect();
        // Where nobody ever owns, no case is suggested, and a file without one is refused when it is tested.
        prop_assert_eq!(Suite::read(&ruleset, "pasted.cases.toml", &pasted).is_err(), suggestion.cases.is_empty());
        let suite = Suite::read_any(&ruleset, "pasted.cases.toml", &pasted).unwrap();
        let mut fired = BTreeSet::new();
        for (case, suggested) in suite.cases.iter().zip(&suggestion.cases) {
            let outcome = case.run(&ruleset).unwrap();
            prop_assert!(outcome.mismatches.is_empty(), "{:?}", outcome.mismatches);
            for (table, id) in &suggested.reaches {
                let at = analysis::coverage::ids(&ruleset, *table).iter().position(|other| other == id).unwrap();
                prop_assert!(outcome.fired.contains(&(*table, at)), "{} {}\n{}", table, id, text);
            }
            fired.extend(outcome.fired);
        }
        // Every row that decides in some state is reached.
        for state in &states {
            let decided = brute::decide(&ruleset, state);
            let rows = decided.owner.map(|at| (Table::Owner, at)).into_iter()
                .chain(decided.contact.map(|at| (Table::Contact, at)));
            for row in rows.chain(decided.derive.iter().map(|at| (Table::Derive, *at))).filter(|_| decided.owner.is_some()) {
                prop_assert!(fired.contains(&row), "{:?}\n{}\n{}", row, pasted, text);
            }
        }
    }
}

type Pair = ((Option<RoleId>, Option<RoleId>), (Option<RoleId>, Option<RoleId>));
