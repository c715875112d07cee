//! A case that is suggested, and the small profiles that show where two rulesets part.

use serde_json::{Map, Value as Json};

use super::alignment::Alignment;
use super::cases::{Case, Suite};
use crate::decision::{Confidence, Status, decide};
use crate::profile::Profile;
use crate::ruleset::{RoleId, Ruleset, Table};
use crate::source::{toml_table, toml_text};
use crate::space::cells::Budget;
use crate::space::{ABSENT, Boxed, Region};

/// A case that reaches rows no case reached, or notices a change of the rules that no case noticed.
#[derive(Debug, Clone)]
pub struct Suggested {
    /// What it is called: no other case of the suggestion is called so.
    pub name: String,
    /// The facts it gives.
    pub profile: Map<String, Json>,
    /// How sure the decision is today.
    pub status: Status,
    /// The owner's id today.
    pub owner: Option<String>,
    /// The contact's id today.
    pub contact: Option<String>,
    /// The confidence today.
    pub confidence: Confidence,
    /// The ids of the rows it reaches that none did, by table.
    pub reaches: Vec<(Table, String)>,
}

impl Suggested {
    /// A case with the answer of today; `None` where the rules are too entangled for it.
    pub fn new(
        ruleset: &Ruleset,
        name: String,
        profile: &Profile,
        reaches: Vec<(Table, String)>,
    ) -> Option<Self> {
        let decision = decide(ruleset, profile).ok()?;
        let id = |role: Option<RoleId>| role.map(|role| ruleset.role(role).id.clone());
        Some(Suggested {
            name,
            profile: given(ruleset, profile),
            status: decision.status,
            owner: id(decision.owner),
            contact: id(decision.contact),
            confidence: decision.confidence,
            reaches,
        })
    }

    /// The case in TOML, ready to paste.
    pub fn toml(&self) -> String {
        let role = |role: Option<&String>| toml_text(role.map_or("none", String::as_str));
        format!(
            "[[case]]\nname = {}\nprofile = {}\nexpect = {{ status = {}, owner = {}, contact = {}, confidence = {} }}\n",
            toml_text(&self.name),
            toml_table(&self.profile),
            toml_text(self.status.as_str()),
            role(self.owner.as_ref()),
            role(self.contact.as_ref()),
            toml_text(self.confidence.as_str()),
        )
    }

    /// The case as if it stood in a file.
    pub fn as_known(&self, ruleset: &Ruleset) -> Option<Case> {
        let suite = Suite::read(ruleset, "suggested", &self.toml()).ok()?;
        suite.cases.into_iter().next()
    }
}

/// The facts that a profile gives, as written.
pub fn given(ruleset: &Ruleset, profile: &Profile) -> Map<String, Json> {
    profile
        .all_given()
        .map(|(fact, given)| (ruleset.fact(fact).name.clone(), given.written.clone()))
        .collect()
}

/// A small profile whose answer a changed ruleset does not give.
pub fn noticing(ruleset: &Ruleset, mutant: &Ruleset, regions: &[Region]) -> Option<Profile> {
    let alignment = Alignment::new(ruleset, mutant).ok()?;
    let (facts, roles) = alignment.names();
    let vocabulary = alignment.vocabulary(&facts, &roles);
    let boxed: Vec<Boxed> = regions.iter().map(|region| Boxed { region: region.clone(), row: 0 }).collect();
    let point = vocabulary.point(regions.first()?);
    let mut budget = Budget::new(EDGE);
    let small = vocabulary.smallest_profile(&point, |region| vocabulary.within(region, &boxed, &mut budget));
    let given = small.unwrap_or_else(|_| {
        vocabulary.profile(&point, &point.iter().map(|atom| *atom != ABSENT).collect::<Vec<_>>())
    });
    let text = Json::Object(given).to_string();
    Profile::from_json(ruleset, "suggested", &text).ok()
}

/// Steps allowed for making one profile small.
const EDGE: u64 = 50_000;
