//! What `rules diff` says is presumed otherwise, against the oracle: each profile shown is answered as it says by either
//! ruleset, and none is answered otherwise where it says nothing.

use proptest::prelude::*;
use serde_json::{Value, json};
use whoowns::analysis::diff::{Answered, diff};

use super::generate::case;
use super::oracle;
use super::profile::Profile;
use super::random::config;
use super::ruleset::Ruleset;

/// The blocks of `[[typical]]` rows: where each begins and ends.
fn typical_blocks(text: &str) -> Vec<(usize, usize)> {
    let starts = text.match_indices("\n[[typical]]").map(|(at, _)| at + 1);
    starts.map(|at| (at, text[at..].find("\n[[").map_or(text.len(), |length| at + length + 1))).collect()
}

/// A ruleset that presumes otherwise, if there is something of the kind to change.
fn presuming_otherwise(text: &str, which: usize) -> Option<String> {
    let rows = typical_blocks(text);
    let replaced = |key: &str, values: [&str; 2]| {
        let at = text.find(&format!("{key} = \""))? + key.len() + 4;
        let end = at + text[at..].find('"')?;
        let value = values.into_iter().find(|value| *value != &text[at..end])?;
        Some(format!("{}{value}{}", &text[..at], &text[end..]))
    };
    match which {
        0 => rows.first().map(|(from, to)| format!("{}{}", &text[..*from], &text[*to..])),
        1 => rows.last().map(|(from, to)| format!("{}{}", &text[..*from], &text[*to..])),
        2 => replaced("share", ["51%", "95%"]),
        3 => replaced("near", ["10%", "50%"]),
        4 => replaced("support", ["20%", "70%"]),
        _ => match rows.as_slice() {
            [(from, middle), (second, to), ..] if middle == second => Some(format!(
                "{}{}{}{}",
                &text[..*from],
                &text[*second..*to],
                &text[*from..*middle],
                &text[*to..]
            )),
            _ => None,
        },
    }
}

/// Status, owner, contact and confidence, as the oracle answers; `None` where it refuses the profile.
fn answered(text: &str, profile: &str) -> Option<Value> {
    let ruleset = Ruleset::read(text);
    let answer = oracle::decide(&ruleset, &Profile::read(&ruleset, profile).ok()?).ok()?;
    let role = |place: Option<i64>| place.map_or(Value::Null, |place| ruleset.json(ruleset.owner, place));
    let status = format!("{:?}", answer.status).to_lowercase();
    let (owner, contact) = (role(answer.outcome.0), role(answer.outcome.1));
    Some(json!({ "status": status, "owner": owner, "contact": contact, "confidence": answer.confidence }))
}

proptest! {
    #![proptest_config(config(400))]

    #[test]
    fn what_is_presumed_otherwise_is_said_and_true(case in case(), which in 0usize..6) {
        let Some(changed) = presuming_otherwise(&case.ruleset, which) else { return Ok(()) };
        let load = |text: &str| whoowns::Ruleset::from_toml("random.toml", text).expect("a right ruleset");
        let found = diff(&load(&case.ruleset), &load(&changed)).expect("small rulesets can be compared");
        prop_assert!(found.changes.is_empty(), "no state comes out otherwise");
        for change in &found.presumptions {
            let Some(witness) = &change.witness else { continue };
            let profile = Value::Object(witness.clone()).to_string();
            let said = |answered: &Option<Answered>| serde_json::to_value(answered).expect("an answer is JSON");
            let (before, after) = (answered(&case.ruleset, &profile), answered(&changed, &profile));
            prop_assert_ne!(&before, &after, "{}", profile);
            prop_assert_eq!(before, Some(said(&change.from)), "{}\n{}", profile, changed);
            prop_assert_eq!(after, Some(said(&change.to)), "{}\n{}", profile, changed);
        }
        if answered(&case.ruleset, &case.profile) != answered(&changed, &case.profile) {
            prop_assert!(!found.presumptions.is_empty(), "nothing is said of {}", case.profile);
        }
    }
}
