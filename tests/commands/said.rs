//! What commands print for people beside decisions: summaries, differences, tables and messages, in the rulesets' words.

use std::process::Command;

use whoowns::decision::{FirstCall, Stakeholder};
use whoowns::profile::Person;
use whoowns::ruleset::{BUILT_IN, Party};
use whoowns::{Profile, Ruleset, decide};

/// What a command prints, to standard output and to standard error.
fn printed(arguments: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_whoowns"));
    let output = command.args(arguments).current_dir(env!("CARGO_MANIFEST_DIR")).output().unwrap();
    String::from_utf8([output.stdout, output.stderr].concat()).unwrap()
}

fn rulesets() -> Vec<Ruleset> {
    BUILT_IN.iter().map(|(name, text)| Ruleset::from_toml(name, text).unwrap()).collect()
}

/// Names of facts, values and roles that are no words.
fn ids() -> Vec<String> {
    let mut ids = Vec::new();
    for ruleset in rulesets() {
        for fact in ruleset.facts() {
            ids.extend(fact.name.contains('_').then(|| fact.name.clone()));
            let labels: Vec<&str> = (0..fact.values.len() as u32).map(|at| fact.label(at)).collect();
            let is_word = |value: &&String| labels.iter().any(|label| label.contains(value.as_str()));
            ids.extend(fact.values.iter().filter(|value| value.contains('-') && !is_word(value)).cloned());
        }
        ids.extend(ruleset.roles().iter().map(|role| role.id.clone()).filter(|id| id.contains('-')));
    }
    ids
}

/// The text without what stands in backticks: what options take, rows by their names, what the user wrote.
fn prose(text: &str) -> String {
    let mut prose = String::new();
    for line in text.lines() {
        prose.extend(line.split('`').step_by(2));
        prose.push('\n');
    }
    prose
}

#[test]
fn no_id_stands_in_what_lists_and_rules_tools_say() {
    let own = "examples/own-rules/training-platform-250.toml";
    let list = "examples/clients/clients.csv";
    let ids = ids();
    for arguments in [
        vec!["batch", list, "-o", "/dev/null"],
        vec!["batch", list, "-o", "/dev/null", "--rules", "training-platform-wide"],
        vec!["batch", list, "--look"],
        vec!["rules", "diff", "training-platform", own],
        vec!["rules", "diff", "training-platform", own, "--over", list],
        vec!["rules", "diff", "training-platform", "training-platform-wide"],
        vec!["rules", "diff", "training-platform-wide", own],
    ] {
        let text = printed(&arguments);
        assert!(text.lines().count() > 3, "{arguments:?}\n{text}");
        let prose = prose(&text);
        for id in &ids {
            let is_said = |line: &&str| line.contains(id.as_str()) && !line.starts_with("the  row");
            assert_eq!(prose.lines().find(is_said), None, "`{id}` in {arguments:?}");
        }
    }
}

#[test]
fn no_id_stands_in_the_notes_of_a_list() {
    let list = "examples/clients/clients.csv";
    let notes = printed(&[
        "batch",
        list,
        "--columns",
        "note,contact_name",
        "--only-answers",
        "Account Name",
        "--quiet",
    ]);
    assert!(notes.contains("L&D manager stands in as the contact"), "{notes}");
    for id in ids() {
        assert!(!notes.contains(&id), "`{id}` in {notes}");
    }
}

#[test]
fn a_fact_that_options_take_is_named_beside_its_title() {
    let text = printed(&["batch", "examples/clients/clients.csv", "-o", "/dev/null"]);
    let rulesets = rulesets();
    for fact in rulesets[0].facts() {
        let named = format!("`{}`", fact.name);
        for line in text.lines().filter(|line| line.contains(&named)) {
            let beside = format!("({named})");
            assert!(line.contains(&beside), "{line}");
        }
    }
    assert!(text.contains("L&D team (`ld_team`)"), "{text}");
}

#[test]
fn a_message_about_a_profile_calls_facts_by_their_titles() {
    for (setting, said) in [
        ("hr_team=perhaps", "HR team: `perhaps` is no known value, expected yes or no"),
        ("regions=0", "countries or regions: `0` is outside the range"),
        ("headcount=1.200", "headcount: `1.200` can be read as"),
        ("Industry=Retail", "did you mean `sector`?"),
        ("Works council=yes", "did you mean `works_council`?"),
        ("nonsense=1", "expected one of `headcount`, `ld_team`"),
        ("=3", "no fact is named"),
    ] {
        let text = printed(&["decide", "--rules", "training-platform-wide", "--set", setting]);
        assert!(text.contains(said), "{setting}: {text}");
    }
    let text = printed(&["decide", "--set", "team_structure=joint", "--set", "ld_team=no"]);
    let said =
        "how HR and L&D work (`team_structure`) is given, but does not apply where there is no L&D team";
    assert!(text.contains(said), "{text}");
    let text = printed(&["decide", "--set", "requirements=confused"]);
    assert_eq!(text.matches("expected one of").count(), 1, "{text}");
}

#[test]
fn the_tables_show_how_presumptions_are_founded_and_who_the_few_are() {
    for ruleset in rulesets() {
        let text = printed(&["rules", "show", ruleset.name(), "--format", "markdown"]);
        for row in ruleset.typical() {
            let line = text.lines().find(|line| line.starts_with(&format!("| {} |", row.id))).unwrap();
            let founded = match (&row.then.support, &row.then.source) {
                (Some(support), Some(source)) => line.contains(&support.to_string()) && line.contains(source),
                _ => line.contains("our judgement"),
            };
            assert!(founded, "{line}");
        }
        for row in ruleset.stakeholder() {
            let line = text.lines().find(|line| line.starts_with(&format!("| {} |", row.id))).unwrap();
            let decides = row.then.core || matches!(row.then.role, Party::Owner | Party::Contact);
            assert_eq!(line.ends_with("| yes |"), decides, "{line}");
        }
    }
}

#[test]
fn the_few_who_decide_stand_first_and_alike_changes_are_said_together() {
    let settings = ["headcount=5000", "audience=members", "sector=education", "regions=3", "project=new-lms"]
        .map(|set| ["--set", set]);
    let arguments =
        [&["decide", "--rules", "training-platform-wide", "--full"], settings.as_flattened()].concat();
    let text = printed(&arguments);
    let place = |part: &str| text.find(part).unwrap_or_else(|| panic!("no {part} in {text}"));
    assert!(place("  Consulted first ") < place("  Also consulted "), "{text}");
    assert!(text.contains("If its sector is anything but education: Head of member education"), "{text}");
}

#[test]
fn the_few_who_decide_are_few_and_an_empty_chair_asks_for_a_name() {
    let ruleset = &rulesets()[0];
    let mut seen = 0;
    for (headcount, few) in
        [(5, 3..=4), (30, 3..=4), (300, 3..=4), (700, 4..=6), (1_500, 5..=7), (5_000, 5..=7)]
    {
        for at in 0..48 {
            let answer = |bit: usize| if at >> bit & 1 == 1 { "yes" } else { "no" };
            let project = ["new-lms", "lcms", "help-desk"][at / 16];
            let settings = [
                format!("headcount={headcount}"),
                format!("hr_team={}", answer(0)),
                format!("ld_team={}", answer(1)),
                format!("regions={}", if answer(2) == "yes" { 3 } else { 1 }),
                format!("project_scope={}", if answer(3) == "yes" { "region" } else { "organization" }),
                format!("project={project}"),
            ];
            let mut profile = Profile::read(ruleset, None, &settings).unwrap();
            let finance = Person { name: "F. A.".into(), title: Some("CFO".into()), ..Person::default() };
            profile.contacts.push(finance);
            let decided = decide(ruleset, &profile).unwrap();
            let core: Vec<&Stakeholder> = decided.stakeholders.iter().filter(|one| one.core).collect();
            assert!(few.contains(&core.len()), "{} of them for {settings:?}", core.len());
            let asked = |role| {
                decided.questions.iter().any(|one| matches!(one, FirstCall::EmptyChair(of) if *of == role))
            };
            for one in core {
                assert_eq!(asked(one.role), one.person.is_none(), "{settings:?}");
            }
            seen += 1;
        }
    }
    assert_eq!(seen, 6 * 48);
}
