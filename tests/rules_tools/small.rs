//! Small rulesets, each of which was once told something wrong.

use std::collections::BTreeSet;
use std::path::Path;

use proptest::prelude::*;
use whoowns::Ruleset;
use whoowns::analysis::cases::Suite;
use whoowns::analysis::coverage::missed;
use whoowns::analysis::diff::{diff, outcomes};
use whoowns::analysis::suggest::suggest;
use whoowns::analysis::{Effort, Finding, check};
use whoowns::diagnostic::Code;
use whoowns::ruleset::Table;

use super::{brute, random};

fn load(name: &str) -> Ruleset {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rules_tools/small").join(name);
    Ruleset::from_file(&path).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn messages(name: &str, code: Code) -> Vec<String> {
    let report = check(&load(name), Effort::default());
    let own = report.findings.into_iter().filter(|finding| finding.code == code);
    own.map(|finding| format!("{}; {}", finding.message, finding.help.join("; "))).collect()
}

#[test]
fn what_is_presumed_otherwise_is_a_difference() {
    let (old, new) = (load("typ.toml"), load("typ2.toml"));
    assert!(outcomes(&old, &new).unwrap().is_empty());
    let found = diff(&old, &new).unwrap();
    let [change] = found.presumptions.as_slice() else { panic!("{found:?}") };
    assert_eq!((change.key, change.of.as_str(), change.change), ("typical", "t", "changed"));
    let owner =
        |answered: &Option<whoowns::analysis::diff::Answered>| answered.clone().unwrap().owner.unwrap();
    assert_eq!((owner(&change.from), owner(&change.to)), ("a".to_owned(), "b".to_owned()));
    assert!(diff(&old, &old).unwrap().is_empty());
}

#[test]
fn conditions_say_where_a_fact_applies_only_sometimes() {
    let when = |old: &str, new: &str| -> Vec<String> {
        let found = diff(&load(old), &load(new)).unwrap();
        let all = found.changes.into_iter().flat_map(|change| change.when);
        all.map(|when| serde_json::Value::Object(when).to_string()).collect()
    };
    assert_eq!(when("chain-old.toml", "chain-new.toml"), [r#"{"hr_team":true}"#]);
    assert!(when("diff-old.toml", "diff-new.toml").iter().any(|when| when.contains("\"f3\":6")));
}

#[test]
fn what_is_never_used_is_said() {
    assert_eq!(messages("typdead.toml", Code::TypicalOutOfReach).len(), 1);
    assert_eq!(messages("irrelevant.toml", Code::NeverMatters).len(), 1);
    assert_eq!(messages("s6.toml", Code::AlwaysPasses).len(), 1);
    let reason = messages("drop-it-base.toml", Code::Redundant);
    assert!(
        reason.len() == 1 && reason[0].contains("no owner and no contact depends on the value"),
        "{reason:?}"
    );
}

#[test]
fn suggested_cases_are_named_distinct_and_say_something() {
    for name in ["s6.toml", "irrelevant.toml", "typ.toml", "diff-old.toml"] {
        let ruleset = load(name);
        let cases = suggest(&ruleset, &missed(&ruleset, &BTreeSet::new()), &[]).cases;
        let names: BTreeSet<&str> = cases.iter().map(|case| case.name.as_str()).collect();
        let profiles: BTreeSet<String> = cases.iter().map(|case| format!("{:?}", case.profile)).collect();
        assert_eq!((names.len(), profiles.len()), (cases.len(), cases.len()), "{name}");
        assert!(
            cases.iter().all(|case| !case.profile.is_empty() && case.name.len() > "reaches ".len()),
            "{name}"
        );
    }
    let ruleset = load("s6.toml");
    assert!(Suite::read(&ruleset, "none.cases.toml", "# none\n").is_err());
}

proptest! {
    #![proptest_config(random::config(300))]

    #[test]
    fn what_is_called_useless_can_be_dropped_at_once(seed in any::<u64>()) {
        let text = random::ruleset(seed);
        let ruleset = Ruleset::from_toml("random.toml", &text).unwrap();
        let report = check(&ruleset, Effort::default());
        let depends = |finding: &&Finding| {
            finding.help.iter().any(|help| help.contains("not both") || help.contains("last") || help.contains("but then"))
        };
        let useless: Vec<(Table, &str)> = report
            .findings
            .iter()
            .filter(|finding| matches!(finding.code, Code::Unreachable | Code::Redundant))
            .filter(|finding| !depends(finding))
            .filter_map(|finding| Some((finding.table?, finding.rule.as_deref()?)))
            .collect();
        let kept = |table: Table, id: &str| !useless.contains(&(table, id));
        let without = ruleset
            .changed(|checked| {
                checked.derive.retain(|row| kept(Table::Derive, &row.id));
                checked.owner.retain(|row| kept(Table::Owner, &row.id));
                checked.contact.retain(|row| kept(Table::Contact, &row.id));
            })
            .unwrap();
        for state in brute::states(&ruleset) {
            let (before, after) = (brute::decide(&ruleset, &state).roles, brute::decide(&without, &state).roles);
            prop_assert_eq!(before, after, "{:?}\n{}", useless, text);
        }
        let missing = |report: &whoowns::analysis::Report| report.findings.iter().any(|one| one.code == Code::NoValue);
        prop_assert!(missing(&report) || !missing(&check(&without, Effort::default())), "{}", text);
    }
}
