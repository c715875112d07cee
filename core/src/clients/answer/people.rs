//! The person of a row, where they have the contact's role.

use crate::clients::encoding::Encoding;
use crate::clients::open::Mapping;
use crate::clients::read::Row;
use crate::decision;
use crate::profile::{Given, Known, Person, Profile};
use crate::ruleset::{FactId, RoleId, Ruleset};
use std::collections::HashMap;

/// How many answers are remembered.
const MOST: usize = 1 << 16;

/// The person found, and what there is to say about it.
pub(crate) struct Found {
    pub(crate) name: String,
    pub(crate) remark: Option<String>,
}

/// Finds the person of a row.
pub(crate) struct PersonFinder<'r> {
    ruleset: &'r Ruleset,
    name: Option<usize>,
    title: Option<usize>,
    /// The columns of text facts that say which region's person a role is.
    regions: Vec<(FactId, usize)>,
    encoding: Encoding,
    /// The role by which a title was found, for each contact role and the texts that decide it.
    known: HashMap<(RoleId, Vec<String>), Option<RoleId>>,
}

impl<'r> PersonFinder<'r> {
    pub(crate) fn new(ruleset: &'r Ruleset, mapping: &Mapping, encoding: Encoding) -> Self {
        let is_region = |fact: &FactId| ruleset.roles().iter().any(|role| role.region == Some(*fact));
        let mapped = mapping.facts.iter().filter(|(fact, _)| is_region(fact));
        PersonFinder {
            ruleset,
            name: mapping.contact_name,
            title: mapping.contact_title,
            regions: mapped.filter_map(|(fact, columns)| Some((*fact, *columns.first()?))).collect(),
            encoding,
            known: HashMap::new(),
        }
    }

    /// The row's person, if their title is one of the contact's role or of one that stands in.
    pub(crate) fn find(&mut self, row: &impl Row, contact: RoleId) -> Option<Found> {
        let text =
            |column: usize| String::from_utf8_lossy(&self.encoding.utf8(&row.cell(column))).trim().to_owned();
        let name = text(self.name?);
        if name.is_empty() {
            return None;
        }
        let mut texts = vec![text(self.title?)];
        texts.extend(self.regions.iter().map(|(_, column)| text(*column)));
        if self.known.len() >= MOST {
            self.known.clear();
        }
        let PersonFinder { ruleset, regions, known, .. } = self;
        let role = *known.entry((contact, texts)).or_insert_with_key(|(_, texts)| {
            let mut profile = Profile::unknown(ruleset);
            for ((fact, _), region) in
                regions.iter().zip(&texts[1..]).filter(|(_, region)| !region.is_empty())
            {
                let known = Known::Text(region.clone());
                profile.set(*fact, Some(Given { written: serde_json::Value::Null, known, repaired: None }));
            }
            profile.contacts = vec![Person { title: Some(texts[0].clone()), ..Person::default() }];
            decision::person(ruleset, &profile, contact).map(|found| found.role)
        });
        let stands_in = role.filter(|role| *role != contact);
        let remark =
            stands_in.map(|role| format!("{} stands in as the contact", self.ruleset.role(role).title));
        role.map(|_| Found { name, remark })
    }
}
