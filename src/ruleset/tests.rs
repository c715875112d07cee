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
