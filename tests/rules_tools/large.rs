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

/// No work goes on outside the steps allowed: the system would end it. These take a second or four of it.
#[cfg(unix)]
#[test]
fn whatever_the_table_a_check_ends_within_its_time_and_memory() {
    let folder = tempfile::tempdir().unwrap();
    let tables = [
        ("tree", generate::ruleset(&generate::leaves(5_000, 7, 1), 1)),
        ("overlapping", generate::ruleset(&generate::overlapping(2_000, 4, 1), 1)),
    ];
    for (name, text) in tables {
        let path = folder.path().join(name).with_extension("toml");
        std::fs::write(&path, text).unwrap();
        let done = std::process::Command::new("sh")
            .args(["-c", "ulimit -t 30 -v 1000000; exec \"$0\" rules check \"$1\" --format json"])
            .args([env!("CARGO_BIN_EXE_whoowns").as_ref(), path.as_os_str()])
            .output()
            .unwrap();
        assert_eq!(done.status.code(), Some(1), "{name}: {}", String::from_utf8_lossy(&done.stderr));
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
