//! A ruleset: what loads can be checked, what is checked without an error decides, and what is exported reads back.
#![no_main]

use libfuzzer_sys::fuzz_target;
use whoowns::analysis::{Effort, check};
use whoowns::{Profile, Ruleset, decide, export};

fuzz_target!(|text: &str| {
    let ruleset = match Ruleset::from_toml("fuzzed.toml", text) {
        Ok(ruleset) => ruleset,
        Err(problems) => {
            assert!(!problems.to_string().is_empty());
            return;
        }
    };
    let report = check(&ruleset, Effort::default());
    let unknown = decide(&ruleset, &Profile::unknown(&ruleset));
    if report.findings.is_empty() {
        assert!(unknown.is_ok(), "what the checks accept is not decided");
    }
    let exported = export::json(&ruleset);
    let again = Ruleset::from_toml("exported.json", &exported).expect("what is exported reads back");
    assert_eq!(again.digest(), ruleset.digest(), "what is exported reads back as something else");
});
