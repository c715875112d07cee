//! A ruleset checked by the library: every state of which no row says who owns it is found, by proof.

use std::io::Write;

use whoowns::Ruleset;
use whoowns::analysis::{Effort, check};

const RULES: &str = r#"
[ruleset]
name = "who-signs"
version = "1.0.0"
title = "Who signs?"

[facts.amount]
kind = "integer"

[roles.clerk]
title = "Clerk"

[[owner]]
id = "small"
when = { amount = "< 1000" }
role = "clerk"
"#;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let ruleset = Ruleset::from_toml("who-signs.toml", RULES)?;
    let report = check(&ruleset, Effort::default());
    for finding in &report.findings {
        writeln!(std::io::stdout(), "{}: {}", finding.code, finding.message)?;
    }
    assert!(report.findings.iter().any(|finding| finding.code.as_str() == "uncovered"));
    Ok(())
}
