//! A decision as data: roles, facts and values are what they are until a format writes them.

use std::collections::BTreeSet;

use super::conditions::Conjunction;
use super::pieces::Outcome;
use super::{Confidence, Status};
use crate::profile::{Given, Person};
use crate::ruleset::{FactId, Presumption as Presumed, Raci, RoleId, Row, Ruleset, Stretch, Typical, Value};

/// What a ruleset says about a profile. Roles, facts and rows are places in the [`Ruleset`] it was decided by.
#[derive(Debug, Clone)]
pub struct Decision {
    /// The organization's name, if the profile has one.
    pub name: Option<String>,
    /// How sure it is.
    pub status: Status,
    /// The role that owns; nobody when open or unmatched.
    pub owner: Option<RoleId>,
    /// The single point of contact; nobody when open or unmatched.
    pub contact: Option<RoleId>,
    /// The person who is the contact, where the profile names one who fits.
    pub person: Option<Appointed>,
    /// How far it can be relied on.
    pub confidence: Confidence,
    /// Derived facts on which all states left agree.
    pub derived: Vec<(FactId, Value)>,
    /// The rows that decide.
    pub rules: RowsUsed,
    /// What was given.
    pub facts: Vec<(FactId, Given)>,
    /// Facts so near to a threshold that a small change flips the answer.
    pub borderline: Vec<FactId>,
    /// What was presumed.
    pub presumed: Vec<Presumption>,
    /// What else is possible, and when.
    pub candidates: Vec<Candidate>,
    /// The facts to ask for, best first.
    pub ask: Vec<FactId>,
    /// The nearest changes that change the answer.
    pub flips: Vec<Flip>,
    /// Who has a say.
    pub stakeholders: Vec<Stakeholder>,
    /// What could go wrong, as places in [`Ruleset::risk`].
    pub risks: Vec<usize>,
    /// What to do, as places in [`Ruleset::action`].
    pub actions: Vec<usize>,
    /// The dates of the project, as places in [`Ruleset::milestone`].
    pub milestones: Vec<usize>,
    /// What to ask on the first call, beyond the facts.
    pub questions: Vec<FirstCall>,
    /// What is to be known about the answer.
    pub warnings: Vec<Warning>,
}

impl Decision {
    /// Owner and contact.
    pub fn outcome(&self) -> Outcome {
        Outcome { owner: self.owner, contact: self.contact }
    }

    /// The candidates that are not the answer itself.
    pub fn others(&self) -> impl Iterator<Item = &Candidate> {
        self.candidates.iter().filter(|candidate| self.owner.is_none() || candidate.outcome != self.outcome())
    }
}

/// A person for a role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Appointed {
    /// The person.
    pub person: Person,
    /// The role by which they were found: the one asked for, or one that stands in.
    pub role: RoleId,
}

/// The rows that decide, as places in their tables.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RowsUsed {
    /// Of the derive table.
    pub derive: BTreeSet<u32>,
    /// Of the owner table.
    pub owner: BTreeSet<u32>,
    /// Of the contact table.
    pub contact: BTreeSet<u32>,
}

/// A fact that was presumed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Presumption {
    /// The fact.
    pub fact: FactId,
    /// The typical row that says so, as a place in [`Ruleset::typical`].
    pub row: usize,
    /// The place of the fact in what the row sets.
    pub place: usize,
    /// The part of a band for which it is presumed; `None` where it is presumed throughout.
    pub part: Option<BandPart>,
}

impl Presumption {
    /// The typical row that says so.
    pub fn of<'a>(&self, ruleset: &'a Ruleset) -> &'a Row<Typical> {
        &ruleset.typical()[self.row]
    }

    /// What is presumed of the fact.
    pub fn set<'a>(&self, ruleset: &'a Ruleset) -> &'a Presumed {
        &self.of(ruleset).then.set[self.place]
    }
}

/// A part of what a band leaves open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BandPart {
    /// The fact known as a band.
    pub fact: FactId,
    /// Its numbers, in order, without neighbours.
    pub numbers: Vec<Stretch>,
    /// The first and the last number of the whole band.
    pub band: Stretch,
}

impl BandPart {
    /// Whether a number is where the band begins.
    pub fn begins(&self, number: i128) -> bool {
        number <= self.band.first
    }

    /// Whether a number is where the band ends.
    pub fn ends(&self, number: i128) -> bool {
        number >= self.band.last
    }
}

/// An outcome that is possible.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    /// Owner and contact.
    pub outcome: Outcome,
    /// Conditions, any of which may hold.
    pub when: Vec<Conjunction>,
    /// Its part of the band's numbers, from 0 to 1, if it is still possible after presuming and the band ends.
    pub share: Option<f64>,
}

/// A change to one known fact that changes the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Flip {
    /// The fact.
    pub fact: FactId,
    /// Its other value.
    pub value: Value,
    /// Who would own and be the contact; nobody where it becomes open or unmatched.
    pub outcome: Outcome,
}

/// A role that has a say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stakeholder {
    /// The first row that names it, as a place in [`Ruleset::stakeholder`].
    pub row: usize,
    /// The role.
    pub role: RoleId,
    /// Its letters, those of all rows that name it joined.
    pub raci: Raci,
    /// Whether it belongs to the few who decide: those who answer for it, those who do it, and whom a row says so of.
    pub core: bool,
    /// The person who has it, where the profile names one who fits.
    pub person: Option<Appointed>,
}

impl Stakeholder {
    /// Whether it is one of the few who decide, and nobody is known for it.
    pub fn is_empty_chair(&self) -> bool {
        self.core && self.person.is_none()
    }
}

/// A question for the first call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FirstCall {
    /// A row of [`Ruleset::question`].
    Row(usize),
    /// Who the contact is, by name.
    ContactName(RoleId),
    /// Who has a role of those who decide, by name.
    EmptyChair(RoleId),
}

/// Something to be known about the answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Warning {
    /// What was repaired in reading a fact.
    Repaired(String),
    /// Nobody given has the contact's role: this one stands in.
    StandsIn {
        /// The role that nobody has.
        role: RoleId,
        /// Who stands in, and as what.
        by: Appointed,
    },
}
