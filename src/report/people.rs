//! People as reports name them.

use crate::decision::{Appointed, Decision};
use crate::profile::Person;
use crate::profile::people::Spellings;
use crate::ruleset::{People, Role, RoleId, Ruleset};

/// A person in one line: name, title and, where the title does not say it, region.
pub fn person_line(person: &Person) -> String {
    let says = |title: &String, region: &str| title.to_lowercase().contains(&region.to_lowercase());
    let region = person.region.as_deref();
    let region = region.filter(|region| !person.title.as_ref().is_some_and(|title| says(title, region)));
    let about: Vec<&str> = person.title.as_deref().into_iter().chain(region).collect();
    if about.is_empty() { person.name.clone() } else { format!("{} ({})", person.name, about.join(", ")) }
}

/// What part a person has in a decision, and why none: a sentence without its end.
pub fn part(ruleset: &Ruleset, decision: &Decision, person: &Person) -> String {
    let title = |role: RoleId| format!("“{}”", ruleset.role(role).title);
    let own = |appointed: &Option<Appointed>| {
        appointed.as_ref().filter(|found| found.person == *person).map(|found| found.role)
    };
    if let Some(role) = own(&decision.person) {
        return format!("the one person to talk to, as {}", title(role));
    }
    let parts: Vec<String> =
        decision.stakeholders.iter().filter_map(|holder| own(&holder.person)).map(title).collect();
    if !parts.is_empty() {
        return parts.join(", ");
    }
    let People { qualifiers, wide } = ruleset.people();
    let fits = |role: &Role| {
        let spellings = Spellings::new(&role.titles, qualifiers, wide);
        person.title.as_ref().is_some_and(|title| spellings.find(title).is_some())
    };
    match ruleset.roles().iter().position(fits) {
        Some(role) => format!("could be {}, who is not asked for or is somebody else", title(RoleId(role))),
        None if person.title.is_none() => "no job title, so no role".to_owned(),
        None => "no role has this job title".to_owned(),
    }
}
