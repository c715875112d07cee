//! A profile as the file it can be read from again.

use serde_json::Value as Json;

use crate::profile::{Known, Person, Profile};
use crate::ruleset::{Kind, Ruleset, Value};
use crate::source::toml_key;

/// The profile as TOML, the facts in the ruleset's order.
pub fn toml(ruleset: &Ruleset, profile: &Profile) -> String {
    let mut text = String::new();
    let mut put = |name: &str, value: String| text.push_str(&format!("{} = {value}\n", toml_key(name)));
    if let Some(name) = &profile.name {
        put("name", string(name));
    }
    for (fact, given) in profile.all_given() {
        let declared = ruleset.fact(fact);
        let value = match (&given.known, declared.kind) {
            (Known::Exact(Value::Number(number)), Kind::Integer) => number.to_string(),
            (Known::Exact(value @ Value::Named(_)), _) => json(&value.to_json(declared)),
            _ => json(&given.written),
        };
        put(&declared.name, value);
    }
    if let Some(notes) = &profile.notes {
        put("notes", string(notes));
    }
    for person in &profile.contacts {
        text.push_str(&self::person(person));
    }
    text
}

fn person(person: &Person) -> String {
    let mut text = format!("\n[[contacts]]\nname = {}\n", string(&person.name));
    for (name, value) in [("title", &person.title), ("email", &person.email), ("region", &person.region)] {
        if let Some(value) = value {
            text.push_str(&format!("{name} = {}\n", string(value)));
        }
    }
    text
}

/// A text as TOML quotes it.
fn string(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

fn json(value: &Json) -> String {
    match value {
        Json::String(text) => string(text),
        Json::Array(items) => format!("[{}]", items.iter().map(json).collect::<Vec<_>>().join(", ")),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_reads_the_same_again() {
        let ruleset = Ruleset::embedded().unwrap();
        let mut settings: Vec<String> =
            ["headcount=201-500", "hr_team=yes", "ld_team=yes", "team_structure=joint", "regions=IN;SG"]
                .map(str::to_owned)
                .to_vec();
        settings.push("name=Größe \"&\" Söhne\n<b>".to_owned());
        settings.push("project_region=a\\b'''c".to_owned());
        let mut profile = Profile::read(&ruleset, None, &settings).unwrap();
        profile.notes = Some("line\nline \"\"\" \u{1}".to_owned());
        profile.contacts =
            vec![Person { name: "R. Iyer".into(), email: Some("r@x".into()), ..Person::default() }];
        let again = Profile::from_toml(&ruleset, "again", &toml(&ruleset, &profile)).unwrap();
        assert_eq!(
            (again.name, again.notes, again.contacts),
            (profile.name, profile.notes, profile.contacts)
        );
        assert_eq!(toml(&ruleset, &Profile::unknown(&ruleset)), "");
    }
}
