//! RACI by person: who of the profile's people has which role.

use crate::decision::{Decision, person};
use crate::profile::{Person, Profile};
use crate::report::map::Holder;
use crate::ruleset::{RoleId, Ruleset};

/// A person in one line: name, title and region.
pub fn person_line(person: &Person) -> String {
    let about: Vec<&str> =
        [&person.title, &person.region].into_iter().flatten().map(String::as_str).collect();
    if about.is_empty() { person.name.clone() } else { format!("{} ({})", person.name, about.join(", ")) }
}

/// Everyone who has a say, with the best match for each role among the profile's people; those who only stand in for a
/// role are named for the contact alone, as the decision does.
pub fn holders(ruleset: &Ruleset, profile: &Profile, decision: &Decision) -> Vec<Holder> {
    let named = |role: RoleId| {
        if let Some(found) = decision.person.as_ref().filter(|_| decision.contact == Some(role)) {
            return vec![found.person.name.clone()];
        }
        let found = person(ruleset, profile, role).filter(|found| found.role == role);
        found.map(|found| found.person.name.clone()).into_iter().collect()
    };
    decision
        .stakeholders
        .iter()
        .map(|holder| Holder {
            raci: holder.raci,
            title: ruleset.role(holder.role).title.clone(),
            people: named(holder.role),
        })
        .collect()
}
