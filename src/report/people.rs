//! People as reports name them.

use crate::profile::Person;

/// A person in one line: name, title and region.
pub fn person_line(person: &Person) -> String {
    let about: Vec<&str> =
        [&person.title, &person.region].into_iter().flatten().map(String::as_str).collect();
    if about.is_empty() { person.name.clone() } else { format!("{} ({})", person.name, about.join(", ")) }
}
