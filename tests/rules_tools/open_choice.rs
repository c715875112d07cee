//! A choice that is open: what no ruleset lists is "other".

use serde_json::json;
use whoowns::decision::Status;
use whoowns::profile::Known;
use whoowns::ruleset::{FactId, Value};
use whoowns::{Profile, Ruleset, decide};

const RULES: &str = r#"
[ruleset]
name = "open"
version = "1.0.0"
title = "Who owns it?"

[facts.industry]
kind = "choice"
values = ["retail", "health"]
other = true

[roles.a]
title = "A"

[roles.b]
title = "B"

[[owner]]
id = "listed"
when = { industry = "!other" }
role = "a"

[[owner]]
id = "rest"
when = { industry = "other" }
role = "b"
"#;

#[test]
fn any_further_value_is_other_and_unknown_stays_unknown() {
    let ruleset = Ruleset::from_toml("t.toml", RULES).unwrap();
    let read = |value: &str| {
        let json = json!({ "industry": value }).to_string();
        let profile = Profile::from_json(&ruleset, "p", &json).unwrap();
        let decision = decide(&ruleset, &profile).unwrap();
        (profile, decision)
    };
    for (value, place, role) in
        [("retail", 0, "a"), ("Retail", 0, "a"), ("Mining", 2, "b"), ("other", 2, "b")]
    {
        let (profile, decision) = read(value);
        let given = profile.given(FactId(0)).unwrap();
        assert_eq!((&given.written, &given.known), (&json!(value), &Known::Exact(Value::Named(place))));
        assert_eq!(ruleset.role(decision.owner.unwrap()).id, role, "{value}");
    }
    for unknown in ["", "unknown", "n/a"] {
        assert_eq!(read(unknown).1.status, Status::Open, "{unknown}");
    }
}

#[test]
fn other_may_be_listed_and_stands_once() {
    let listed = RULES.replace("\"health\"]", "\"other\"]");
    assert_eq!(Ruleset::from_toml("t.toml", &listed).unwrap().facts()[0].values, ["retail", "other"]);
}
