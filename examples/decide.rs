//! The library in a few lines: `cargo run --example decide`.

use whoowns::{Profile, Ruleset, decide};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let ruleset = Ruleset::embedded()?;
    let settings: Vec<String> = std::env::args().skip(1).collect();
    let profile = Profile::read(&ruleset, None, &settings)?;
    let decision = decide(&ruleset, &profile)?;
    let json = whoowns::report::json::pretty(&ruleset, &decision);
    #[expect(clippy::print_stdout, reason = "an example shows what it does")]
    {
        print!("{json}");
    }
    Ok(())
}
