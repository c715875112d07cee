//! A profile to fill in.

use crate::ruleset::{Fact, Kind, Ruleset};
use crate::source::{toml_key, toml_text};
use crate::space::NO_END;

/// Every fact of a ruleset as a line to uncomment, with its question.
pub fn toml(ruleset: &Ruleset) -> String {
    let mut text = format!(
        "# A profile for the ruleset {} {}.\n\
         # Uncomment what you know; what stays out is unknown, never \"no\".\n\n\
         # name = \"Acme Ltd\"\n",
        ruleset.name(),
        ruleset.version()
    );
    for fact in ruleset.facts().iter().filter(|fact| !fact.derived) {
        text.push('\n');
        for line in fact.ask.iter().flat_map(|ask| ask.lines()) {
            text.push_str(&format!("# {line}\n"));
        }
        text.push_str(&format!("# {} = {}\n", toml_key(&fact.name), example(fact)));
    }
    text.push_str(
        "\n# notes = \"free text, carried along\"\n\n\
         # People, if known; repeat for each.\n\
         # [[contacts]]\n# name = \"\"\n# title = \"\"\n# email = \"\"\n# region = \"\"\n",
    );
    text
}

fn example(fact: &Fact) -> String {
    match fact.kind {
        Kind::Integer => {
            let (low, high) = (fact.lowest, fact.highest);
            let number = if high == NO_END { low.max(300) } else { low.max(1).min(high) };
            format!("{number}    # a number, or a band such as \"201-500\"")
        }
        Kind::Boolean => "true    # or false".to_owned(),
        Kind::Choice => {
            let quoted: Vec<String> = fact.values.iter().map(|value| toml_text(value)).collect();
            format!("{}    # one of {}", quoted.first().cloned().unwrap_or_default(), quoted.join(", "))
        }
        Kind::Set => "[\"…\"]    # the members, or their number".to_owned(),
        Kind::Text => "\"…\"".to_owned(),
    }
}
