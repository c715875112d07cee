//! RACI by person: who of the profile's people has which role.

use crate::decision::{Decision, person};
use crate::profile::{Person, Profile};
use crate::report::map::Holder;
use crate::ruleset::Ruleset;

/// A person in one line: name, title and region.
pub fn person_line(person: &Person) -> String {
    let about: Vec<&str> =
        [&person.title, &person.region].into_iter().flatten().map(String::as_str).collect();
    if about.is_empty() { person.name.clone() } else { format!("{} ({})", person.name, about.join(", ")) }
}

/// Everyone who has a say, with the best match for each role among the profile's people; those who only stand in for a
/// role are named for the contact alone, as the decision does.
pub fn holders(ruleset: &Ruleset, profile: &Profile, decision: &Decision) -> Vec<Holder> {
    let contact = decision.contact.as_ref();
    let named = |role: &str| {
        if let Some(found) =
            contact.filter(|contact| contact.role == role).and_then(|contact| contact.person.as_ref())
        {
            return vec![found.name.clone()];
        }
        let Some(id) = ruleset.role_named(role) else { return Vec::new() };
        let found = person(ruleset, profile, id).filter(|found| found.role == id);
        found.map(|found| found.person.name.clone()).into_iter().collect()
    };
    decision
        .stakeholders
        .iter()
        .map(|holder| Holder {
            raci: holder.raci.clone(),
            title: holder.title.clone(),
            people: named(&holder.role),
        })
        .collect()
}
