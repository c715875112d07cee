//! A list of rows is answered as each of its rows would be alone.

use std::io::Cursor;
use std::num::NonZeroUsize;
use std::path::Path;

use crate::lists::run_with;
use proptest::prelude::*;
use whoowns::clients::{Input, Options};
use whoowns::profile::read_text;
use whoowns::ruleset::{Fact, FactId, Kind, RoleId};
use whoowns::{Profile, Ruleset, decide};

const ANSWERS: [&str; 6] = ["status", "owner", "contact", "confidence", "rule", "ask"];

/// The facts that a list can give.
fn given(ruleset: &Ruleset) -> Vec<(FactId, &Fact)> {
    let facts = ruleset.facts().iter().enumerate();
    facts.filter(|(_, fact)| !fact.derived).map(|(at, fact)| (FactId(at), fact)).collect()
}

fn derived(ruleset: &Ruleset) -> Vec<String> {
    ruleset.facts().iter().filter(|fact| fact.derived).map(|fact| fact.name.clone()).collect()
}

/// Cells of one fact, mostly around the numbers that rules name.
fn cells(ruleset: &Ruleset, (id, fact): (FactId, &Fact)) -> BoxedStrategy<String> {
    let unknown = prop_oneof![Just(String::new()), Just("n/a".to_owned()), Just("?".to_owned())];
    match fact.kind {
        Kind::Boolean => prop_oneof![
            3 => prop::sample::select(vec!["yes", "No", "x", "0", "TRUE"]).prop_map(str::to_owned),
            2 => unknown,
            1 => prop::sample::select(vec!["maybe", "yes"]).prop_map(str::to_owned),
        ]
        .boxed(),
        Kind::Choice => prop_oneof![5 => prop::sample::select(fact.values.clone()), 2 => unknown].boxed(),
        Kind::Text => prop_oneof![3 => unknown, 1 => Just("Singapore".to_owned())].boxed(),
        Kind::Integer | Kind::Set => {
            let axis = ruleset.compiled().axis(id).unwrap();
            let mut near = vec![1, 2, 3, 10_000, 60_000];
            for threshold in
                ruleset.compiled().thresholds[axis].iter().filter(|threshold| **threshold < 1 << 40)
            {
                let percent =
                    [80, 90, 91, 95, 100, 105, 110, 112, 130].map(|percent| threshold * percent / 100);
                near.extend(
                    percent.into_iter().flat_map(|number| [number.saturating_sub(1), number, number + 1]),
                );
            }
            let number = prop::sample::select(near);
            let band =
                (number.clone(), number.clone()).prop_map(|(a, b)| format!("{}-{}", a.min(b), a.max(b) + 1));
            let places = prop::sample::select(vec!["IN", "IN;US", "DE|FR|India", "Bavaria, Kenya", "in;IN"]);
            let members = if fact.kind == Kind::Set { 4 } else { 0 };
            prop_oneof![
                6 => number.clone().prop_map(|number| number.to_string()),
                3 => band,
                2 => number.clone().prop_map(|number| format!("~{number}")),
                1 => number.clone().prop_map(|number| format!("{number}+")),
                1 => number.prop_map(|number| format!("less than {number}")),
                2 => unknown,
                1 => Just("5 founders and 20 to 30 teachers".to_owned()),
                members => places.prop_map(str::to_owned),
            ]
            .boxed()
        }
    }
}

/// The answers for one row, by the decision alone.
fn alone(ruleset: &Ruleset, cells: &[String]) -> Vec<String> {
    let invalid = || {
        let mut answers = vec![String::new(); ANSWERS.len() + derived(ruleset).len()];
        answers[0] = "invalid".to_owned();
        answers
    };
    let mut profile = Profile::unknown(ruleset);
    for ((id, fact), cell) in given(ruleset).into_iter().zip(cells) {
        match read_text(fact, cell) {
            Ok(given) => profile.set(id, given),
            Err(_) => return invalid(),
        }
    }
    if profile.contradiction(ruleset).is_some() {
        return invalid();
    }
    let decision = decide(ruleset, &profile).unwrap();
    let id = |role: Option<RoleId>| role.map(|role| ruleset.role(role).id.clone()).unwrap_or_default();
    let mut answers = vec![
        decision.status.to_string(),
        id(decision.owner),
        id(decision.contact),
        decision.confidence.to_string(),
        decision.rules.owner_ids(ruleset).join("|"),
        decision.ask.first().map(|fact| ruleset.fact(*fact).name.clone()).unwrap_or_default(),
    ];
    answers.extend(derived(ruleset).iter().map(|name| {
        let agreed = decision.derived.iter().find(|(fact, _)| ruleset.fact(*fact).name == *name);
        let value = agreed.map(|(fact, value)| value.to_json(ruleset.fact(*fact)));
        value.as_ref().and_then(|value| value.as_str()).unwrap_or_default().to_owned()
    }));
    answers
}

/// The answers for many rows, as a list.
fn together(ruleset: &Ruleset, rows: &[Vec<String>], threads: usize) -> Vec<Vec<String>> {
    let mut text = csv::Writer::from_writer(Vec::new());
    let names = given(ruleset).into_iter().map(|(_, fact)| fact.name.clone());
    text.write_record(names.chain(["id".to_owned()])).unwrap();
    for (at, row) in rows.iter().enumerate() {
        text.write_record(row.iter().chain([&at.to_string()])).unwrap();
    }
    let columns = ANSWERS.iter().map(ToString::to_string).chain(derived(ruleset));
    let options = Options {
        columns: Some(columns.collect()),
        only_answers: Some("id".into()),
        threads: NonZeroUsize::new(threads),
        ..Options::default()
    };
    let input = Input::Stream(Box::new(Cursor::new(text.into_inner().unwrap())));
    let ran = run_with(ruleset, input, &options).unwrap();
    assert_eq!((ran.summary.rows, ran.summary.answers), (rows.len() as u64, rows.len() as u64));
    let mut reader = csv::Reader::from_reader(&ran.answers[..]);
    reader.records().map(|row| row.unwrap().iter().skip(1).map(str::to_owned).collect()).collect()
}

fn compare(ruleset: &Ruleset, cases: u32) {
    let row: Vec<BoxedStrategy<String>> =
        given(ruleset).into_iter().map(|fact| cells(ruleset, fact)).collect();
    let rows = prop::collection::vec(row, 150);
    let mut runner =
        proptest::test_runner::TestRunner::new(ProptestConfig { cases, ..ProptestConfig::default() });
    let compared = runner.run(&(rows, 1..4_usize), |(rows, threads)| {
        for (row, answers) in rows.iter().zip(together(ruleset, &rows, threads)) {
            prop_assert_eq!(&answers, &alone(ruleset, row), "{:?}", row);
        }
        Ok(())
    });
    if let Err(error) = compared {
        panic!("{error}");
    }
}

#[test]
fn with_the_embedded_ruleset() {
    compare(&Ruleset::embedded().unwrap(), 25);
}

#[test]
fn with_another_ruleset() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/own-rules/purchase-approval.toml");
    compare(&Ruleset::from_file(&path).unwrap(), 25);
}

/// More that cells side by side can say than is remembered, so that all of it is forgotten halfway: each answer is still
/// that of its row. The owner hangs on two facts of five, so that it is seen in the row itself.
#[test]
fn with_more_combinations_than_are_remembered() {
    const VALUES: usize = 10;
    let facts: String = (0..5)
        .map(|fact| {
            let values: Vec<String> = (0..VALUES).map(|value| format!("\"v{value}\"")).collect();
            format!(
                "[facts.f{fact}]\nkind = \"choice\"\ntitle = \"F{fact}\"\nvalues = [{}]\n",
                values.join(", ")
            )
        })
        .collect();
    let text = format!(
        "[ruleset]\nname = \"wide\"\nversion = \"1.0.0\"\ntitle = \"Who?\"\n{facts}
         [roles.same]\ntitle = \"Same\"\n[roles.other]\ntitle = \"Other\"\n{}
         [[owner]]\nid = \"other\"\nwhen = {{}}\nrole = \"other\"\nbecause = \"They differ.\"
         [[contact]]\nid = \"anybody\"\nwhen = {{}}\nrole = \"same\"\nbecause = \"One is enough.\"\n",
        (0..VALUES)
            .map(|value| format!(
                "[[owner]]\nid = \"same-{value}\"\nwhen = {{ f0 = \"v{value}\", f4 = \"v{value}\" }}\nrole = \"same\"\nbecause = \"They are the same.\"\n"
            ))
            .collect::<String>()
    );
    let ruleset = Ruleset::from_toml("wide.toml", &text).unwrap();
    let digits = |row: usize| (0..5).map(move |fact| row / VALUES.pow(fact) % VALUES);
    let rows: Vec<Vec<String>> = (0..140_000)
        .map(|row| digits(row * 7 % VALUES.pow(5)).map(|value| format!("v{value}")).collect())
        .collect();
    for (row, answers) in rows.iter().zip(together(&ruleset, &rows, 1)) {
        let owner = if row[0] == row[4] { "same" } else { "other" };
        assert_eq!((answers[0].as_str(), answers[1].as_str()), ("decided", owner), "{row:?}");
    }
}
