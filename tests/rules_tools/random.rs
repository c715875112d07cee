//! Small rulesets at random: every kind of fact, conditions on conditions, derived facts on derived facts.

use std::fmt::Write;

use super::generate::Random;

const FACTS: &str = r#"
[facts.n]
kind = "integer"
range = "0..=5"
ask = "n?"

[facts.yes]
kind = "boolean"
ask = "yes?"

[facts.color]
kind = "choice"
values = ["red", "green", "blue"]
only_when = { yes = true }
ask = "color?"

[facts.places]
kind = "set"
range = "1..=3"
only_when = { color = "!red", n = "> 1" }
ask = "places?"

[facts.size]
kind = "choice"
values = ["small", "large"]
derived = true

[facts.odd]
kind = "boolean"
derived = true

[roles.a]
title = "A"

[roles.b]
title = "B"

[roles.c]
title = "C"
"#;

/// The facts and roles alone, for a file that only tests conditions.
pub fn header() -> String {
    format!("[ruleset]\nname = \"r\"\nversion = \"1.0.0\"\ntitle = \"R\"\n{FACTS}")
}

fn number_test(random: &mut Random, highest: u64) -> String {
    let a = random.below(highest + 1);
    let b = random.below(highest + 1);
    match random.below(5) {
        0 => format!("\"<= {a}\""),
        1 => format!("\">= {a}\""),
        2 => format!("\"!= {}\"", a.max(1)),
        3 => format!("[{a}, {b}]"),
        _ => format!("\"{}..={}\"", a.min(b), a.max(b)),
    }
}

fn test(random: &mut Random, fact: &str) -> String {
    let pick =
        |random: &mut Random, words: &[&str]| words[random.below(words.len() as u64) as usize].to_owned();
    match fact {
        "n" => number_test(random, 5),
        "places" => format!("\">= {}\"", 1 + random.below(3)),
        "yes" | "odd" => pick(random, &["true", "false"]),
        "color" => pick(
            random,
            &[
                "\"red\"",
                "\"green\"",
                "\"!blue\"",
                "[\"red\", \"blue\"]",
                "[\"green\", \"blue\"]",
                "[\"red\", \"green\"]",
            ],
        ),
        "size" => pick(random, &["\"small\"", "\"large\"", "\"!small\""]),
        _ => pick(random, &["\"a\"", "\"!a\"", "[\"b\", \"c\"]"]),
    }
}

fn when(random: &mut Random, facts: &[&str], most: u64) -> String {
    let mut tests = Vec::new();
    let count = random.below(most + 1);
    for fact in facts {
        if (tests.len() as u64) < count && random.below(2) == 0 {
            tests.push(format!("{fact} = {}", test(random, fact)));
        }
    }
    format!("{{ {} }}", tests.join(", "))
}

/// A ruleset from a seed.
pub fn ruleset(seed: u64) -> String {
    let mut random = Random::new(seed);
    let mut text = header();
    let base = ["n", "yes", "color", "places"];
    for at in 0..random.below(4) {
        let (value, when) = (["small", "large"][random.below(2) as usize], when(&mut random, &base, 2));
        let _ = write!(
            text,
            "\n[[derive]]\nid = \"size-{at}\"\nfact = \"size\"\nvalue = \"{value}\"\nwhen = {when}\n"
        );
    }
    for at in 0..random.below(3) {
        let (value, when) = (random.below(2) == 0, when(&mut random, &["size", "n"], 2));
        let _ =
            write!(text, "\n[[derive]]\nid = \"odd-{at}\"\nfact = \"odd\"\nvalue = {value}\nwhen = {when}\n");
    }
    let all = ["size", "n", "color", "yes", "places", "odd"];
    rows(&mut random, &mut text, "owner", &all, 7);
    let with_owner = ["owner", "n", "size", "color", "places"];
    rows(&mut random, &mut text, "contact", &with_owner, 4);
    for at in 0..=random.below(2) {
        let role = ["owner", "a", "contact"][random.below(3) as usize];
        let when = when(&mut random, &["owner", "n", "yes"], 1);
        let _ = write!(
            text,
            "\n[[stakeholder]]\nid = \"s-{at}\"\nrole = \"{role}\"\nraci = \"A\"\nwhen = {when}\n"
        );
    }
    text
}

fn rows(random: &mut Random, text: &mut String, table: &str, facts: &[&str], most: u64) {
    for at in 0..=random.below(most) {
        let role = ["a", "b", "c"][random.below(3) as usize];
        let when = when(random, facts, 3);
        let _ = write!(text, "\n[[{table}]]\nid = \"{table}-{at}\"\nrole = \"{role}\"\nwhen = {when}\n");
    }
}
