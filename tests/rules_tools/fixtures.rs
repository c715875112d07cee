//! Every code has a page, a bad file that shows it and a good file that does not.

use std::path::{Path, PathBuf};

use whoowns::Ruleset;
use whoowns::analysis::{Effort, Finding, Report, check, refused};
use whoowns::diagnostic::Code;
use whoowns::profile::Profile;
use whoowns::report::check_pages::page;

fn fixture(code: Code, name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/checks").join(code.as_str()).join(name)
}

fn checked(path: &Path, effort: Effort) -> Report {
    let text = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    match Ruleset::from_toml(&path.display().to_string(), &text) {
        Ok(ruleset) => check(&ruleset, effort),
        Err(problems) => refused(&problems),
    }
}

/// Holds what a file is told to what stands beside it: place and message of each finding.
fn assert_told(path: &Path, report: &Report) {
    let line = |finding: &Finding| {
        let placed = finding.placed(&report.sources);
        format!("{}:{}: {}: {}\n", placed.line, placed.column, placed.severity, placed.message)
    };
    let told: String = report.findings.iter().map(line).collect();
    let told = told.replace(env!("CARGO_MANIFEST_DIR"), ".");
    if std::env::var_os("OVERWRITE_FIXTURES").is_some() {
        std::fs::write(path, &told).unwrap();
    }
    let expected =
        std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    assert_eq!(told, expected, "{}; `OVERWRITE_FIXTURES=1` writes it anew", path.display());
}

#[test]
fn every_code_has_a_bad_and_a_good_file() {
    for code in Code::ALL.iter().copied().filter(|code| *code != Code::Unreadable) {
        // So that the steps run out before the proof does.
        let effort = if code == Code::NotProved { Effort { steps: 60 } } else { Effort::default() };
        let bad = checked(&fixture(code, "bad.toml"), effort);
        assert!(bad.findings.iter().any(|finding| finding.code == code), "{code}: {:?}", bad.findings);
        assert!(bad.findings.iter().all(|finding| finding.code == code), "{code}: {:?}", bad.findings);
        assert_told(&fixture(code, "bad.txt"), &bad);
        let good = checked(&fixture(code, "good.toml"), Effort::default());
        assert!(good.findings.is_empty(), "{code}: {:?}", good.findings);
    }
}

#[test]
fn what_is_unreadable_stands_in_profiles() {
    let text =
        "[ruleset]\nname = \"p\"\nversion = \"1.0.0\"\ntitle = \"P\"\n[facts.people]\nkind = \"integer\"\n";
    let ruleset = Ruleset::from_toml("rules.toml", text).unwrap();
    let read = |name: &str| {
        let text = std::fs::read_to_string(fixture(Code::Unreadable, name)).unwrap();
        Profile::from_toml(&ruleset, name, &text)
    };
    assert!(read("bad.toml").unwrap_err().list.iter().all(|problem| problem.code == Code::Unreadable));
    assert!(read("good.toml").is_ok());
}

#[test]
fn every_page_says_what_why_and_how() {
    for code in Code::ALL {
        let page = page(*code);
        assert!(page.starts_with(&format!("# {code}\n")), "{code}");
        for heading in ["## What it means", "## Why it matters", "## A bad rule", "## A good rule"] {
            assert!(page.contains(heading), "{code}: {heading}");
        }
    }
}

#[test]
fn shipped_rulesets_have_no_finding() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let shipped = [
        "rules/training-platform.toml",
        "rules/starters/own.toml",
        "rules/starters/thresholds.toml",
        "examples/own-rules/purchase-approval.toml",
        "examples/own-rules/purchase-approval-extended.toml",
        "examples/own-rules/training-platform-250.toml",
    ];
    for path in shipped {
        let report = checked(&root.join(path), Effort::default());
        assert!(report.findings.is_empty(), "{path}: {:?}", report.findings);
    }
}

#[test]
fn a_mend_pasted_at_the_end_makes_its_finding_go_away() {
    for code in [Code::Uncovered, Code::Accountable] {
        let path = fixture(code, "bad.toml");
        let text = std::fs::read_to_string(&path).unwrap();
        let bad = checked(&path, Effort::default());
        let mends: Vec<String> = bad.findings.iter().filter_map(|finding| finding.fix.clone()).collect();
        let mended = Ruleset::from_toml("mended.toml", &format!("{text}\n{}", mends.join("\n"))).unwrap();
        assert!(check(&mended, Effort::default()).findings.is_empty(), "{code}");
    }
}
