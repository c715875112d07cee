//! The person who has the contact's role.

use crate::profile::people::{Spellings, best_with_stand_ins};
use crate::profile::{Known, Person, Profile};
use crate::ruleset::{RoleId, Ruleset};

/// A person, and the role by which they were found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Match<'a> {
    /// The person.
    pub person: &'a Person,
    /// The role asked for, or one that stands in.
    pub role: RoleId,
}

/// The best match for a role among the profile's people, or for the roles that stand in.
pub fn person<'a>(ruleset: &Ruleset, profile: &'a Profile, role: RoleId) -> Option<Match<'a>> {
    if profile.contacts.is_empty() {
        return None;
    }
    let roles: Vec<RoleId> =
        std::iter::once(role).chain(ruleset.role(role).stand_ins.iter().copied()).collect();
    let spellings: Vec<Spellings> = roles
        .iter()
        .map(|role| {
            Spellings::new(&ruleset.role(*role).titles, &ruleset.people().qualifiers, &ruleset.people().wide)
        })
        .collect();
    let regions = roles.iter().map(|role| {
        let given = profile.given(ruleset.role(*role).region?)?;
        match &given.known {
            Known::Text(region) => Some(region.as_str()),
            Known::Exact(_) | Known::Band { .. } => None,
        }
    });
    let found = best_with_stand_ins(&profile.contacts, spellings.iter().zip(regions))?;
    Some(Match { person: &profile.contacts[found.person], role: roles[found.role] })
}
