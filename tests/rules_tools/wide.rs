//! The built-in ruleset for more than employees: sound, known by its cases, and the default where that is enough.

use std::collections::BTreeMap;

use serde_json::Value as Json;
use whoowns::Ruleset;
use whoowns::analysis::cases::Suite;
use whoowns::analysis::coverage::ids;
use whoowns::analysis::diff::diff;
use whoowns::analysis::{Effort, check};
use whoowns::profile::{Profile, read_text};
use whoowns::ruleset::{Table, built_in};

const NAME: &str = "training-platform-wide";
const CASES: &str = include_str!("../../rules/training-platform-wide.cases.toml");

fn wide() -> Ruleset {
    Ruleset::from_toml(NAME, built_in(NAME).unwrap()).unwrap()
}

#[test]
fn it_has_no_finding() {
    let report = check(&wide(), Effort::default());
    assert!(report.findings.is_empty(), "{:?}", report.findings);
}

#[test]
fn all_its_rows_are_inferred_and_cite_something() {
    let own: toml::Table = built_in(NAME).unwrap().parse().unwrap();
    let tables = own.iter().filter_map(|(name, rows)| Some((name, rows.as_array()?)));
    let mut rows = 0;
    for (table, row) in tables.flat_map(|(name, rows)| rows.iter().map(move |row| (name, row))) {
        rows += 1;
        assert_eq!(row["basis"].as_str(), Some("inferred"), "{table} {}", row["id"]);
        // What is presumed is sourced where there is a figure, and our judgement elsewhere.
        assert!(table == "typical" || row.get("cite").is_some(), "{table} {} cites nothing", row["id"]);
    }
    assert!(rows > 40, "only {rows} rows");
}

#[test]
fn every_row_is_reached_by_two_known_cases() {
    let ruleset = wide();
    let suite = Suite::read(&ruleset, "cases", CASES).unwrap();
    assert!(suite.cases.len() >= 60);
    let mut reached: BTreeMap<(Table, usize), usize> = BTreeMap::new();
    for case in &suite.cases {
        let outcome = case.run(&ruleset).unwrap();
        assert!(outcome.mismatches.is_empty(), "{}: {:?}", case.name, outcome.mismatches);
        for row in outcome.fired {
            *reached.entry(row).or_default() += 1;
        }
    }
    let seldom: Vec<_> = reached
        .iter()
        .filter(|(_, times)| **times < 2)
        .map(|((table, at), _)| (*table, ids(&ruleset, *table)[*at]))
        .collect();
    assert!(seldom.is_empty(), "{seldom:?}");
    let tables: std::collections::BTreeSet<Table> = reached.keys().map(|(table, _)| *table).collect();
    let rows: usize = tables.iter().map(|table| ids(&ruleset, *table).len()).sum();
    assert_eq!(reached.len(), rows, "a row is reached by no case");
}

/// The difference is exact, so what it does not name does not change: each of its conditions must leave out employees of
/// a corporation with central learning.
#[test]
fn for_employees_of_a_corporation_with_central_learning_it_is_the_default() {
    let changes = diff(&Ruleset::embedded().unwrap(), &wide()).unwrap().changes;
    assert!(changes.len() > 20, "only {} changes", changes.len());
    let leaves_out = |test: Option<&Json>, value: &str| -> bool {
        let Some(test) = test else { return false };
        let one = std::slice::from_ref(test);
        let names: Vec<&str> =
            test.as_array().map_or(one, Vec::as_slice).iter().map(|name| name.as_str().unwrap()).collect();
        match names.iter().all(|name| name.starts_with('!')) {
            true => names.iter().any(|name| name[1..] == *value),
            false => !names.contains(&value),
        }
    };
    for change in &changes {
        for when in &change.when {
            let elsewhere = leaves_out(when.get("audience"), "employees")
                || leaves_out(when.get("sector"), "corporate")
                || leaves_out(when.get("learning_organization"), "central");
            assert!(elsewhere, "{:?} becomes {:?} where {when:?}", change.from, change.to);
        }
    }
}

/// As many as in the default rules: three or four in a small organization, four to six in a mid-sized one, five to seven in
/// a large one. A works council comes on top, and is left out here.
#[test]
fn the_few_who_decide_are_few_for_every_audience_and_sector() {
    let ruleset = wide();
    let values = |fact: &str| ruleset.fact(ruleset.fact_named(fact).unwrap()).values.clone();
    for (headcount, few) in [(5, 3..=4), (300, 3..=4), (700, 4..=6), (5_000, 5..=7)] {
        for (audience, sector) in values("audience")
            .iter()
            .flat_map(|audience| values("sector").into_iter().map(move |sector| (audience, sector)))
        {
            for (teams, regions, project, learning) in [
                ("yes", 1, "new-lms", "central"),
                ("yes", 3, "help-desk", "federated"),
                ("no", 3, "new-lms", "business-units"),
                ("no", 1, "help-desk", "central"),
            ] {
                let mut settings = vec![
                    format!("headcount={headcount}"),
                    format!("audience={audience}"),
                    format!("sector={sector}"),
                    format!("ld_team={teams}"),
                    "hr_team=yes".to_owned(),
                    format!("regions={regions}"),
                    format!("project={project}"),
                ];
                if audience == "employees" {
                    settings.push(format!("learning_organization={learning}"));
                }
                let profile = Profile::read(&ruleset, None, &settings).unwrap();
                let decision = whoowns::decide(&ruleset, &profile).unwrap();
                let core = decision.stakeholders.iter().filter(|one| one.core).count();
                assert!(few.contains(&core), "{core} of them for {settings:?}");
            }
        }
    }
}

#[test]
fn lists_say_audience_and_sector_in_their_own_words() {
    let ruleset = wide();
    let read = |fact: &str, text: &str| {
        let fact = ruleset.fact(ruleset.fact_named(fact).unwrap());
        let given = read_text(fact, text).map_err(|unread| unread.message)?;
        Ok(given.and_then(|given| given.value()).map(|value| value.to_json(fact)))
    };
    for (fact, text, value) in [
        ("audience", "Customers", "customers"),
        ("audience", "partners, dealers or franchisees", "partners"),
        ("audience", "Franchisees", "partners"),
        ("audience", "STUDENTS", "members"),
        ("sector", "Pharmaceuticals", "regulated"),
        ("sector", "Hospital & Health Care", "health"),
        ("sector", "higher-education", "education"),
        ("sector", "Government", "public"),
        ("present_lms", "HR system", "hr-system"),
        ("present_lms", "none", "none"),
    ] {
        assert_eq!(read(fact, text), Ok(Some(value.into())), "{text}");
    }
    assert_eq!(read("sector", "n/a"), Ok(None));
    let unknown: Result<Option<Json>, String> = read("sector", "Beekeeping");
    let known = "`corporate`, `regulated`, `health`, `education`, `public`";
    assert_eq!(unknown, Err(format!("sector: `Beekeeping` is no known value, expected one of {known}")));
}

#[test]
fn people_are_found_by_the_titles_they_have() {
    let ruleset = wide();
    for (title, profile) in [
        ("VP of Customer Success", "headcount = 200\naudience = \"customers\""),
        ("Director, Customer Education", "headcount = 3000\naudience = \"customers\""),
        ("Global Head of Customer Education, EMEA", "headcount = 3000\naudience = \"customers\""),
        ("Channel Enablement Manager", "headcount = 800\naudience = \"partners\""),
        ("Franchise Director", "headcount = 100\naudience = \"partners\""),
        (
            "Head of QA",
            "headcount = 700\naudience = \"employees\"\nsector = \"regulated\"\nld_team = false\nlearning_organization = \"central\"",
        ),
        ("University Registrar", "headcount = 90\naudience = \"members\"\nsector = \"education\""),
        (
            "Director of Academic Technology",
            "headcount = 900\naudience = \"members\"\nsector = \"education\"",
        ),
    ] {
        let text = format!(
            "{profile}\nproject = \"new-lms\"\n[[contacts]]\nname = \"A. B.\"\ntitle = \"{title}\"\n"
        );
        let profile = Profile::from_toml(&ruleset, "profile.toml", &text).unwrap();
        let decision = whoowns::decide(&ruleset, &profile).unwrap();
        assert!(decision.person.is_some(), "nobody for {title}");
    }
}
