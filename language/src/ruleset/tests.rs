//! What a ruleset's author may write wrongly, by kinds.

use super::Ruleset;
use crate::diagnostic::{Code, Problems};

const HEADER: &str = "[ruleset]\nname = \"t\"\nversion = \"1.0.0\"\ntitle = \"t\"\n";

/// The mistakes in a ruleset that goes on after its header like this.
fn wrong(rest: &str) -> Problems {
    Ruleset::from_toml("t.toml", &format!("{HEADER}{rest}")).expect_err("it should not load")
}

fn codes(problems: &Problems) -> Vec<Code> {
    problems.list.iter().map(|problem| problem.code).collect()
}

/// The text that a mistake points at.
fn pointed_at(problems: &Problems, at: usize) -> &str {
    problems.sources.snippet(problems.list[at].span)
}

#[test]
fn limits_are_checked_before_memory_is_taken() {
    let odd = |count: u32| (0..count).map(|number| (2 * number).to_string()).collect::<Vec<_>>().join(", ");
    let mut text = String::new();
    for fact in ["a", "b", "c"] {
        text.push_str(&format!("[facts.{fact}]\nkind = \"integer\"\n"));
    }
    let list = odd(1_300);
    text.push_str("[roles.r]\ntitle = \"R\"\n[[owner]]\nid = \"o\"\nrole = \"r\"\n");
    text.push_str(&format!("when = {{ a = [{list}], b = [{list}], c = [{list}] }}\n"));
    assert_eq!(codes(&wrong(&text)), [Code::TooComplex]);
}

#[test]
fn a_set_is_never_empty() {
    for range in ["0", "< 1", "<= 0", "..=0", "..1"] {
        let problems = wrong(&format!(
            "[facts.s]\nkind = \"set\"\nrange = \"{range}\"\n[roles.r]\ntitle = \"R\"\n\
             [[owner]]\nid = \"o\"\nwhen = {{ s = 1 }}\nrole = \"r\"\n"
        ));
        assert_eq!(codes(&problems), [Code::Contradiction], "{range}");
    }
}

#[test]
fn a_row_that_takes_the_place_of_another_does_so_once() {
    let row = "[[owner]]\nid = \"small-founder\"\nrole = \"it\"\n";
    let text = format!("{HEADER}extends = \"training-platform\"\n{row}{row}{row}");
    let problems = Ruleset::from_toml("t.toml", &text).expect_err("two rows have one id");
    assert_eq!(codes(&problems), [Code::DuplicateId, Code::DuplicateId]);
    let second = text.match_indices("\"small-founder\"").nth(1).map(|(at, _)| at);
    assert_eq!(Some(problems.list[0].span.start), second);
    assert_eq!(pointed_at(&problems, 0), "\"small-founder\"");
}

#[test]
fn thousands_of_mistakes_are_told_as_fast_as_they_are_read() {
    let mut text = String::from(HEADER);
    for number in 0..1_000 {
        text.push_str(&format!("[roles.role-{number}]\ntitle = \"R\"\n"));
    }
    for number in 0..2_500 {
        text.push_str(&format!(
            "[[owner]]\nid = \"o{number}\"\nwhen = {{ f{number} = 1 }}\nrole = \"rolle-{number}\"\n"
        ));
    }
    let problems = Ruleset::from_toml("t.toml", &text).expect_err("no row is right");
    assert_eq!(problems.list.len(), 5_000);
    let rendered = crate::diagnostic::render(&problems, crate::diagnostic::Style::Plain);
    assert_eq!(rendered.matches("error[").count(), 5_000);
    // All of them on one line are as fast.
    let rows: Vec<String> =
        (0..2_500).map(|number| format!("{{ id = \"é{number}\", role = \"x{number}\" }}")).collect();
    let text = format!("owner = [{}]\n{HEADER}", rows.join(", "));
    let problems = Ruleset::from_toml("t.toml", &text).expect_err("no row is right");
    assert_eq!(problems.list.len(), 2_500);
    let rendered = crate::diagnostic::render(&problems, crate::diagnostic::Style::Plain);
    assert!(rendered.len() < 2_500 * 2_000, "an excerpt of a long line is short");
}

/// A ruleset that loads, with places in which things are written wrongly in turn.
const WHOLE: &str = r#"# remarks and layout stay as they are
[ruleset]
name = "t"
version = "1.0.0"
title = "Who owns it?"

[facts.headcount]
kind = "integer"
near = "10%"

[facts.ld_team]
kind = "boolean"

[facts.regions]
kind = "set"

[facts.size]
kind = "choice"
values = ["small", "mid", "large"]
labels = { small = "small", mid = "mid-sized", large = "large" }
derived = true

[roles.hr-head]
title = "Head of HR"

[roles.board]
title = "The board"

[[derive]]
id = "small"
fact = "size"
value = "small"
when = { headcount = "< 500" }

[[owner]]
id = "first"
when = { size = "mid", ld_team = true,   regions = ">= 2" }   # with a remark
role = "hr-head"

[[contact]]
id = "second"
when = { owner = "board" }
role = "board"
basis = "inferred"

[[stakeholder]]
id = "third"
role = "owner"
raci = "A"
"#;

/// What is written, what is written wrongly instead, and the mend.
const MISTAKES: [(&str, &str, &str); 34] = [
    (r#"headcount = "< 500""#, r#"headcount = "500-1000""#, r#"headcount = "500..=1000""#),
    (r#"headcount = "< 500""#, r#"headcount = ">500 and <1000""#, r#"headcount = "501..=999""#),
    (r#"headcount = "< 500""#, r#"headcount = "≥ 500""#, r#"headcount = ">= 500""#),
    (r#"headcount = "< 500""#, r#"headcount = "<500 employees""#, r#"headcount = "< 500""#),
    (r#"headcount = "< 500""#, r#"headcount = "500+""#, r#"headcount = ">= 500""#),
    (r#"headcount = "< 500""#, r#"headcount = < 500"#, r#"headcount = "< 500""#),
    (r#"headcount = "< 500""#, r#"headcount = 500-1000"#, r#"headcount = "500..=1000""#),
    (r#"headcount = "< 500""#, r#"headcount = 500.0"#, r#"headcount = 500"#),
    (r#"headcount = "< 500""#, r#"headcount = ["< 5", "≥ 7"]"#, r#"headcount = ["< 5", ">= 7"]"#),
    (r#"regions = ">= 2""#, r#"regions = "at least 2""#, r#"regions = ">= 2""#),
    ("ld_team = true", "ld_team = True", "ld_team = true"),
    ("ld_team = true", r#"ld_team = "yes""#, "ld_team = true"),
    ("ld_team = true", "ld_team = no", "ld_team = false"),
    ("ld_team = true", "ld_team = 1", "ld_team = true"),
    ("ld_team = true", "ld_team: true", "ld_team = true"),
    (r#"size = "mid""#, r#"size = “mid”"#, r#"size = "mid""#),
    (r#"size = "mid""#, r#"size = "mid”"#, r#"size = "mid""#),
    (r#"size = "mid""#, "size = ‘mid’", r#"size = "mid""#),
    (r#"size = "mid""#, "size = mid", r#"size = "mid""#),
    (r#"size = "mid""#, r#"size = "Mid-sized""#, r#"size = "mid""#),
    (r#"size = "mid""#, r#"size = "small or large""#, r#"size = ["small", "large"]"#),
    (r#"size = "mid""#, r#"size = "!Small""#, r#"size = "!small""#),
    (r#"size = "mid""#, r#"size = ["mid", "Large"]"#, r#"size = ["mid", "large"]"#),
    (r#"role = "hr-head""#, r#"role = "Head of HR""#, r#"role = "hr-head""#),
    (r#"role = "hr-head""#, r#"role: "Head of HR""#, r#"role = "hr-head""#),
    (r#"owner = "board""#, r#"owner = "the board""#, r#"owner = "board""#),
    (r#"basis = "inferred""#, r#"basis = "Inferred""#, r#"basis = "inferred""#),
    (r#"raci = "A""#, r#"raci = "accountable""#, r#"raci = "A""#),
    (r#"near = "10%""#, "near = 10", r#"near = "10%""#),
    (r#"version = "1.0.0""#, r#"version = "1.0""#, r#"version = "1.0.0""#),
    ("derived = true", r#"derived = "yes""#, "derived = true"),
    ("[[owner]]", "[owner]", "[[owner]]"),
    ("# remarks and layout", "; remarks and layout", "# remarks and layout"),
    (r#"title = "Who owns it?""#, "title = Who owns it?", r#"title = "Who owns it?""#),
];

/// A ruleset mended until nothing is left to mend, and how many mistakes were seen on the way.
fn mended(mut text: String) -> (String, usize) {
    let mut seen = 0;
    for _ in 0..4 {
        let Err(problems) = Ruleset::from_toml("t.toml", &text) else { break };
        seen += problems.list.len();
        let mends: Vec<_> =
            problems.list.iter().filter_map(|problem| problem.mend.as_deref().cloned()).collect();
        text = crate::diagnostic::mended(crate::source::SourceId::FIRST, &text, &mends).0;
    }
    (text, seen)
}

#[test]
fn each_obvious_mend_gives_a_ruleset_that_loads_and_leaves_all_else() {
    assert!(Ruleset::from_toml("t.toml", WHOLE).is_ok());
    for ends in ["\n", "\r\n"] {
        for (right, wrong, meant) in MISTAKES {
            let whole = WHOLE.replace('\n', ends);
            let written = whole.replacen(right, wrong, 1);
            assert_ne!(written, whole, "{wrong}");
            let (text, _) = mended(written);
            assert_eq!(text, whole.replacen(right, meant, 1), "{wrong}");
            assert!(Ruleset::from_toml("t.toml", &text).is_ok(), "{wrong}");
        }
    }
}

#[test]
fn many_mistakes_are_each_one_error_and_mended_together() {
    // Each place once, and no two in one list of values.
    let mut written = WHOLE.to_owned();
    let mut places = Vec::new();
    for (right, wrong, _) in MISTAKES {
        if !places.contains(&right) {
            written = written.replacen(right, wrong, 1);
            places.push(right);
        }
    }
    let (text, seen) = mended(written);
    assert!(Ruleset::from_toml("t.toml", &text).is_ok(), "{text}");
    assert_eq!(seen, places.len());
}

#[test]
fn what_is_no_toml_is_told_once_as_what_it_is() {
    let header = HEADER.replace('\n', "\r");
    let utf16: String = HEADER.chars().flat_map(|letter| [letter, '\0']).collect();
    for (text, what) in [
        ("name: rules\nfacts:\n  headcount:\n    kind: integer\nowner:\n  - id: a\n    role: b\n", "YAML"),
        ("---\nowner:\n- id: a\n", "YAML"),
        ("[\n  {\"id\": \"a\"}\n]\n", "JSON"),
        (utf16.as_str(), "UTF-16"),
        (header.as_str(), "CR alone"),
        ("<!DOCTYPE html>\n<html></html>\n", "HTML"),
        (
            "[ruleset]\nname = \"a\"\n| id | when |\n|---|---|\n| a | b |\n| c | d |\n",
            "a table from elsewhere",
        ),
        ("id\twhen\trole\na\tb\tc\nd\te\tf\n", "a table from elsewhere"),
        ("id,when,role\na,b,c\nd,e,f\n", "a table from elsewhere"),
        ("id;when;role\na;b;c\n", "a table from elsewhere"),
    ] {
        let problems = Ruleset::from_toml("t.toml", text).expect_err(what);
        assert_eq!(codes(&problems), [Code::Syntax], "{problems}");
        assert!(problems.list[0].message.contains(what), "{problems}");
    }
}

#[test]
fn one_mistake_hides_no_other() {
    let text = format!("{HEADER}; a remark\n[roles.r]\ntitle = “R”\n[[owner]]\nid = = 3\n");
    let problems = Ruleset::from_toml("t.toml", &text).expect_err("three mistakes");
    assert_eq!(codes(&problems), [Code::Syntax; 3], "{problems}");
    let lines: Vec<usize> =
        problems.list.iter().map(|problem| problems.sources.place(problem.span).line).collect();
    assert_eq!(lines, [5, 7, 9], "{problems}");
}

/// A ruleset on top of the built-in one.
fn on_top(rest: &str) -> Result<Ruleset, Problems> {
    Ruleset::from_toml("own.toml", &format!("{HEADER}extends = \"training-platform\"\n{rest}"))
}

#[test]
fn a_fact_with_fewer_values_takes_the_rows_of_the_base_with_it() {
    let ruleset = on_top("[facts.project]\nvalues = [\"new-lms\", \"upgrade\"]\n").expect("it narrows");
    let [note] = ruleset.notes() else { panic!("{:?}", ruleset.notes()) };
    assert_eq!(ruleset.sources().snippet(note.span), "[\"new-lms\", \"upgrade\"]");
    let remove = note.help.iter().find_map(|help| help.split_once("[remove]")).expect("what to paste").1;
    assert!(remove.contains("contact = [\"help-desk-admin\", \"lcms-content\"]"), "{remove}");
    assert!(ruleset.contact().iter().all(|row| row.id != "lcms-content"));
    // What is offered is what falls away: pasted, nothing is left to say.
    let pasted = format!("[facts.project]\nvalues = [\"new-lms\", \"upgrade\"]\n[remove]{remove}");
    let again = on_top(&pasted).expect("it narrows");
    assert!(again.notes().is_empty());
    let ids = |ruleset: &Ruleset| ruleset.action().iter().map(|row| row.id.clone()).collect::<Vec<_>>();
    assert_eq!(ids(&again), ids(&ruleset));
}

#[test]
fn a_tighter_range_takes_what_is_beyond_it() {
    let ruleset = on_top("[facts.headcount]\nrange = \"1..=900\"\n").expect("it narrows");
    assert!(ruleset.derive().iter().all(|row| row.id != "large" && row.id != "large-transition"));
    assert!(ruleset.owner().iter().any(|row| row.id == "large-national"), "it tests no headcount");
    assert_eq!(ruleset.notes().len(), 1);
    // Lists keep what is left of them.
    let ruleset = on_top("[facts.size]\nvalues = [\"small\", \"mid\"]\n").expect("it narrows");
    let asked = ruleset.stakeholder().iter().find(|row| row.id == "procurement-is-asked");
    assert!(asked.is_some(), "mid is left of mid and large");
}

#[test]
fn a_mistake_is_said_in_the_file_that_makes_it() {
    for (rest, at) in [
        ("[facts.ld_team]\nkind = \"choice\"\nvalues = [\"a\"]\n", "kind"),
        ("[facts.project_scope]\nvalues = [\"organization\"]\n", "values"),
        ("[facts.regions]\nkind = \"text\"\n", "kind"),
        ("[facts.size]\nderived = false\n", "derived"),
    ] {
        let problems = on_top(rest).expect_err(rest);
        assert!(
            problems.list.iter().all(|problem| problem.span.source == crate::source::SourceId::FIRST),
            "{problems}"
        );
        assert!((0..problems.list.len()).any(|place| pointed_at(&problems, place) == at), "{problems}");
    }
}
