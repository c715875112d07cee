//! People as reports name them.

use crate::profile::Person;

/// A person in one line: name, title and, where the title does not say it, region.
pub fn person_line(person: &Person) -> String {
    let says = |title: &String, region: &str| title.to_lowercase().contains(&region.to_lowercase());
    let region = person.region.as_deref();
    let region = region.filter(|region| !person.title.as_ref().is_some_and(|title| says(title, region)));
    let about: Vec<&str> = person.title.as_deref().into_iter().chain(region).collect();
    if about.is_empty() { person.name.clone() } else { format!("{} ({})", person.name, about.join(", ")) }
}
