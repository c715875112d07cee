//! A profile in TOML or JSON: whatever loads is decided, and the decision is JSON that says the same twice.
#![no_main]

use libfuzzer_sys::fuzz_target;
use whoowns::{Profile, decide, report};
use whoowns_fuzz::embedded;

fuzz_target!(|text: &str| {
    let ruleset = embedded();
    let read = match text.strip_prefix('#') {
        Some(json) => Profile::from_json(ruleset, "fuzzed.json", json),
        None => Profile::from_toml(ruleset, "fuzzed.toml", text),
    };
    match read {
        Ok(profile) => {
            let decision =
                decide(ruleset, &profile).expect("no profile entangles the ruleset in the program");
            let once = report::json::pretty(ruleset, &decision);
            let twice = decide(ruleset, &profile).map(|again| report::json::pretty(ruleset, &again));
            assert_eq!(twice.ok(), Some(once));
        }
        Err(problems) => assert!(!problems.to_string().is_empty()),
    }
});
