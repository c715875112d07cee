//! Large rulesets: exact where it can be, honest where it cannot, and never endless.

use std::fmt::Write;

use whoowns::Ruleset;
use whoowns::analysis::{Effort, check};
use whoowns::diagnostic::Code;

use super::generate;

fn load(text: &str) -> Ruleset {
    Ruleset::from_toml("large.toml", text).unwrap_or_else(|problems| panic!("{problems}"))
}

#[test]
fn a_tree_without_changes_has_no_hole() {
    let leaves: Vec<_> = generate::leaves(300, 4, 5);
    let report = check(&load(&generate::ruleset(&leaves, 5)), Effort::default());
    let shrunk = report.findings.iter().filter(|finding| finding.code == Code::Uncovered).count();
    assert!(shrunk > 0, "shrunk leaves leave holes");
    assert_eq!(report.tables[0].states.as_ref().unwrap().to_string(), "10000000000000000");
    assert!(report.findings.iter().all(|finding| finding.code != Code::NotProved));
}

#[test]
fn a_long_table_takes_few_steps() {
    // What is proved and offered of it is the same with a tenth of the steps that there are.
    let text = generate::ruleset(&generate::leaves(1_492, 3, 1), 1);
    let told = |steps: u64| {
        let report = check(&load(&text), Effort { steps });
        assert!(report.findings.iter().all(|finding| finding.code != Code::NotProved));
        let placed = report.findings.iter().map(|finding| finding.placed(&report.sources));
        serde_json::to_string(&placed.collect::<Vec<_>>()).unwrap()
    };
    let all = told(Effort::default().steps);
    assert!(all == told(Effort::default().steps / 10));
    assert!(all.matches("\"uncovered\"").count() > 300);
}

/// The beginning of a ruleset with eight roles and these facts.
fn begun(facts: &str) -> String {
    let mut text = format!("[ruleset]\nname = \"t\"\nversion = \"1.0.0\"\ntitle = \"T\"\n{facts}");
    (0..8).for_each(|role| write!(text, "[roles.r{role}]\ntitle = \"R{role}\"\n").unwrap());
    text
}

const ENDED: &str =
    "[[contact]]\nid = \"c\"\nrole = \"r0\"\n[[stakeholder]]\nid = \"s\"\nrole = \"owner\"\nraci = \"A\"\n";

/// Facts derived from each other, sixty in a row, each without a value in many states.
fn chain() -> String {
    let mut random = generate::Random::new(3);
    let mut facts = String::new();
    for fact in 0..6 {
        write!(facts, "[facts.f{fact}]\nkind = \"integer\"\nrange = \"0..=9999\"\nask = \"f{fact}?\"\n")
            .unwrap();
    }
    for fact in 0..60 {
        write!(facts, "[facts.d{fact}]\nkind = \"choice\"\nvalues = [\"a\", \"b\", \"c\"]\nderived = true\n")
            .unwrap();
    }
    let mut text = begun(&facts);
    for fact in 0..60 {
        for row in 0..6 {
            let value = ["a", "b", "c"][row % 3];
            let (one, other) = (random.below(9_999), random.below(9_999));
            let (first, last, base) = (one.min(other), one.max(other), (fact + row) % 6);
            let before = if fact == 0 { String::new() } else { format!(", d{} = \"{value}\"", fact - 1) };
            let when = format!("f{base} = \"{first}..={last}\"{before}");
            write!(text, "[[derive]]\nid = \"d{fact}-{row}\"\nfact = \"d{fact}\"\nvalue = \"{value}\"\nwhen = {{ {when} }}\n").unwrap();
        }
    }
    for row in 0..9 {
        let value = ["a", "b", "c"][row % 3];
        write!(
            text,
            "[[owner]]\nid = \"o{row}\"\nrole = \"r{}\"\nwhen = {{ d{} = \"{value}\" }}\n",
            row % 8,
            59 - row % 3
        )
        .unwrap();
    }
    text + ENDED
}

/// Rows that test long sets of values, all overlapping.
fn value_sets() -> String {
    let mut random = generate::Random::new(5);
    let values: Vec<String> = (0..50).map(|value| format!("\"v{value}\"")).collect();
    let mut facts = String::new();
    for fact in 0..8 {
        write!(
            facts,
            "[facts.f{fact}]\nkind = \"choice\"\nask = \"f{fact}?\"\nvalues = [{}]\n",
            values.join(", ")
        )
        .unwrap();
    }
    let mut text = begun(&facts);
    for row in 0..600 {
        let mut when: Vec<String> = Vec::new();
        for place in 0..3 {
            let some: Vec<&str> = values.iter().filter(|_| random.below(5) < 2).map(String::as_str).collect();
            when.push(format!("f{} = [{}]", (row * 3 + place * 5) % 8, some.join(", ")));
        }
        write!(
            text,
            "[[owner]]\nid = \"o{row}\"\nrole = \"r{}\"\nwhen = {{ {} }}\n",
            row % 8,
            when.join(", ")
        )
        .unwrap();
    }
    text + ENDED
}

/// No work goes on outside the steps allowed: the system would end it. These take a second to five of it, and several times
/// that where little is optimized.
#[cfg(unix)]
#[test]
fn whatever_the_table_a_check_ends_within_its_time_and_memory() {
    let folder = tempfile::tempdir().unwrap();
    let tables = [
        ("tree", generate::ruleset(&generate::leaves(5_000, 7, 1), 1)),
        ("overlapping", generate::ruleset(&generate::overlapping(2_000, 4, 1), 1)),
        ("chain", chain()),
        ("value-sets", value_sets()),
    ];
    for (name, text) in tables {
        let path = folder.path().join(name).with_extension("toml");
        std::fs::write(&path, text).unwrap();
        let done = std::process::Command::new("sh")
            .args([
                "-c",
                "set -e; ulimit -t 60; ulimit -v 1000000; exec \"$0\" rules check \"$1\" --format json",
            ])
            .args([env!("CARGO_BIN_EXE_whoowns").as_ref(), path.as_os_str()])
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&done.stderr);
        assert!(matches!(done.status.code(), Some(0 | 1)) && said.is_empty(), "{name}: {said}");
    }
}

#[test]
fn what_explodes_ends_and_is_said() {
    let rows = generate::overlapping(120, 7, 3);
    let report = check(&load(&generate::ruleset(&rows, 3)), Effort { steps: 40_000 });
    let said: Vec<_> = report.findings.iter().filter(|finding| finding.code == Code::NotProved).collect();
    assert!(!said.is_empty());
    // What is found without the proof still holds: the counts that are given are none.
    assert!(report.tables.iter().any(|table| table.uncovered.is_none()));
}

#[test]
fn a_thousand_derived_values_are_checked() {
    let mut text = String::from(
        "[ruleset]\nname = \"t\"\nversion = \"1.0.0\"\ntitle = \"T\"\n\n[facts.n]\nkind = \"integer\"\nrange = \">= 0\"\nask = \"n?\"\nsay = \"n is {}\"\n\n\
         [roles.a]\ntitle = \"A\"\n\n[roles.b]\ntitle = \"B\"\n\n[facts.step]\nkind = \"choice\"\nderived = true\nvalues = [",
    );
    (0..1_000).for_each(|at| write!(text, "\"v{at}\", ").unwrap());
    text.push_str("]\n");
    for at in 0..1_000 {
        let last = if at == 999 { String::new() } else { format!("={}", at * 10 + 9) };
        let _ = write!(
            text,
            "[[derive]]\nid = \"d{at}\"\nfact = \"step\"\nvalue = \"v{at}\"\nwhen = {{ n = \"{}..{last}\" }}\n",
            at * 10
        );
        let role = ["a", "b"][at % 2];
        let _ = write!(text, "[[owner]]\nid = \"o{at}\"\nwhen = {{ step = \"v{at}\" }}\nrole = \"{role}\"\n");
    }
    text.push_str("[[contact]]\nid = \"c\"\nrole = \"a\"\n[[stakeholder]]\nid = \"s\"\nrole = \"owner\"\nraci = \"A\"\n");
    let report = check(&load(&text), Effort::default());
    assert!(report.findings.is_empty(), "{:?}", report.findings);
    assert_eq!(report.tables[0].states.as_ref().unwrap().to_string(), "unbounded");
}

#[test]
fn value_sets_that_meet_in_pairs_need_not_meet_at_all() {
    let row = |id: &str, values: &str| {
        format!("[[owner]]\nid = \"{id}\"\nwhen = {{ x = [{values}] }}\nrole = \"{id}\"\n")
    };
    let text = format!(
        "[ruleset]\nname = \"t\"\nversion = \"1.0.0\"\ntitle = \"T\"\n[facts.x]\nkind = \"choice\"\nvalues = [\"a\", \"b\", \"c\"]\nask = \"x?\"\nsay = \"x is {{}}\"\n\
         [roles.p]\ntitle = \"P\"\n[roles.q]\ntitle = \"Q\"\n[roles.r]\ntitle = \"R\"\n{}{}{}\
         [[contact]]\nid = \"c\"\nrole = \"p\"\n[[stakeholder]]\nid = \"s\"\nrole = \"owner\"\nraci = \"A\"\n",
        row("p", "\"a\", \"b\""),
        row("q", "\"b\", \"c\""),
        row("r", "\"a\", \"c\""),
    );
    let report = check(&load(&text), Effort::default());
    let found: Vec<_> =
        report.findings.iter().map(|finding| (finding.code, finding.rule.as_deref())).collect();
    assert_eq!(found, [(Code::Unreachable, Some("r"))]);
}
