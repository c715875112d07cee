//! A decision as data, in the shape and the order of its JSON.

use indexmap::IndexMap;
use serde::Serialize;
use serde_json::{Map, Value as Json};

use super::{Confidence, Status};

/// The version of the shape; keys are only ever added within one.
pub const SCHEMA_VERSION: u32 = 1;

/// What a ruleset says about a profile.
#[derive(Debug, Clone, Serialize)]
pub struct Decision {
    /// [`SCHEMA_VERSION`].
    pub schema_version: u32,
    /// The ruleset used.
    pub ruleset: RulesetNamed,
    /// The organization's name, if the profile has one.
    pub name: Option<String>,
    /// How sure it is.
    pub status: Status,
    /// The role that owns; nobody when open or unmatched.
    pub owner: Option<RoleNamed>,
    /// The single point of contact; nobody when open or unmatched.
    pub contact: Option<Contact>,
    /// How far it can be relied on.
    pub confidence: Confidence,
    /// Derived facts on which all states left agree.
    pub derived: IndexMap<String, Json>,
    /// The rows that decide, by table.
    pub rules: RulesUsed,
    /// The reasons, as sentences.
    pub because: Vec<String>,
    /// What was given.
    pub facts: IndexMap<String, FactGiven>,
    /// Facts so near to a threshold that a small change flips the answer.
    pub borderline: Vec<Borderline>,
    /// What was presumed.
    pub presumed: Vec<Presumption>,
    /// What else is possible, and when.
    pub candidates: Vec<Candidate>,
    /// The facts to ask for, best first.
    pub ask: Vec<ToAsk>,
    /// The nearest changes that change the answer.
    pub flips: Vec<Flip>,
    /// Who has a say.
    pub stakeholders: Vec<Stakeholder>,
    /// What could go wrong.
    pub risks: Vec<Risk>,
    /// What to do.
    pub actions: Vec<Action>,
    /// What to ask on the first call, beyond the facts.
    pub questions: Vec<Question>,
    /// What was repaired, or is to be known about the answer.
    pub warnings: Vec<String>,
}

/// A fact near to a threshold, by name.
pub type Borderline = String;

/// The ruleset used.
#[derive(Debug, Clone, Serialize)]
pub struct RulesetNamed {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// The hash of it as used.
    pub digest: String,
}

/// A role.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RoleNamed {
    /// Its id.
    pub role: String,
    /// Its title.
    pub title: String,
}

/// The single point of contact.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Contact {
    /// The role's id.
    pub role: String,
    /// The role's title.
    pub title: String,
    /// The person, where the profile names one who fits.
    pub person: Option<PersonNamed>,
}

/// A person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PersonNamed {
    /// The name.
    pub name: String,
    /// The job title.
    pub title: Option<String>,
    /// The e-mail address.
    pub email: Option<String>,
    /// The region.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
}

/// The ids of the rows that decide.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct RulesUsed {
    /// Of the derive table.
    pub derive: Vec<String>,
    /// Of the owner table.
    pub owner: Vec<String>,
    /// Of the contact table.
    pub contact: Vec<String>,
}

/// A fact as given.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum FactGiven {
    /// Known exactly; of a set, `value` is the number of its members.
    Exact {
        /// What was written.
        given: Json,
        /// What it says.
        value: Json,
    },
    /// Known as a band.
    Band {
        /// What was written.
        given: Json,
        /// The least it can be.
        min: u64,
        /// The most it can be; `null` where there is no end.
        max: Option<u64>,
    },
}

impl FactGiven {
    /// What was written.
    pub fn given(&self) -> &Json {
        match self {
            FactGiven::Exact { given, .. } | FactGiven::Band { given, .. } => given,
        }
    }
}

/// A fact that was presumed.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Presumption {
    /// The fact.
    pub fact: String,
    /// What is presumed of it: a value, or a test of a number.
    pub value: Json,
    /// The typical row that says so.
    pub rule: String,
}

/// An outcome that is possible.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Candidate {
    /// The role that owns, by id.
    pub owner: Option<String>,
    /// The contact, by id.
    pub contact: Option<String>,
    /// Conditions, any of which may hold.
    pub when: Vec<Map<String, Json>>,
    /// Its part of the band's numbers, from 0 to 1, if it is still possible after presuming and the band ends.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub share: Option<f64>,
}

/// A fact to ask for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ToAsk {
    /// The fact.
    pub fact: String,
    /// The question.
    pub question: String,
}

/// A change that changes the answer.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Flip {
    /// The fact.
    pub fact: String,
    /// Its other value.
    pub value: Json,
    /// The role that would own, by id; `null` where it becomes open or unmatched.
    pub owner: Option<String>,
    /// Who would be the contact, by id.
    pub contact: Option<String>,
}

/// A role that has a say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Stakeholder {
    /// The row's id.
    pub id: String,
    /// The role.
    pub role: String,
    /// The role's title.
    pub title: String,
    /// R, A, C, I or AR.
    pub raci: String,
}

/// A risk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Risk {
    /// The row's id.
    pub id: String,
    /// The risk.
    pub text: String,
    /// What to do about it.
    pub mitigation: Option<String>,
}

/// An action.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Action {
    /// The row's id.
    pub id: String,
    /// What it belongs to.
    pub topic: Option<String>,
    /// Who does it: `owner`, `contact`, `vendor` or a role, as the row says.
    pub by: Option<String>,
    /// What to do.
    pub text: String,
}

/// A question for the first call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Question {
    /// The row's id.
    pub id: String,
    /// The question.
    pub text: String,
}
