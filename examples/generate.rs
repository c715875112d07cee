//! Writes large rulesets to measure with: `cargo run --example generate -- tree 1496 7 1 > table.toml`, or `overlap`.
#![allow(clippy::indexing_slicing, reason = "a table is made of facts and rows that were counted")]

#[path = "../tests/rules_tools/generate.rs"]
mod generate;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let number =
        |at: usize, otherwise: u64| arguments.get(at).and_then(|text| text.parse().ok()).unwrap_or(otherwise);
    let (rows, facts, seed) = (number(1, 1_496) as usize, number(2, 7) as usize, number(3, 1));
    let leaves = match arguments.first().map(String::as_str) {
        Some("overlap") => generate::overlapping(rows, facts, seed),
        _ => generate::leaves(rows, facts, seed),
    };
    use std::io::Write;
    let _ = std::io::stdout().write_all(generate::ruleset(&leaves, seed).as_bytes());
}
