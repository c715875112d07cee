//! The tables of rules.

use std::collections::HashSet;
use std::fmt;

use serde::Serialize;

use super::condition::{Condition, Test};
use super::moment::Moment;
use super::roles::RoleId;
use super::value::{FactId, Value};
use crate::percent::Percent;
use crate::source::Span;

/// The tables a ruleset may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Table {
    /// Facts computed from facts.
    Derive,
    /// Who owns.
    Owner,
    /// Who is the single point of contact.
    Contact,
    /// What to presume.
    Typical,
    /// Who has a say.
    Stakeholder,
    /// What could go wrong.
    Risk,
    /// What to do.
    Action,
    /// What to ask beyond the facts.
    Question,
    /// The dates of a project.
    Milestone,
}

impl Table {
    /// Every table, in the order a ruleset is read.
    pub const ALL: [Table; 9] = [
        Table::Derive,
        Table::Owner,
        Table::Contact,
        Table::Typical,
        Table::Stakeholder,
        Table::Risk,
        Table::Action,
        Table::Question,
        Table::Milestone,
    ];

    /// The name, as in `[[owner]]`.
    pub fn as_str(self) -> &'static str {
        match self {
            Table::Derive => "derive",
            Table::Owner => "owner",
            Table::Contact => "contact",
            Table::Typical => "typical",
            Table::Stakeholder => "stakeholder",
            Table::Risk => "risk",
            Table::Action => "action",
            Table::Question => "question",
            Table::Milestone => "milestone",
        }
    }

    /// Whether every row that holds counts, not the first alone.
    pub fn collects(self) -> bool {
        matches!(self, Table::Stakeholder | Table::Risk | Table::Action | Table::Question | Table::Milestone)
    }

    /// Whether its rows may test who owns.
    pub fn may_test_owner(self) -> bool {
        !matches!(self, Table::Derive | Table::Owner | Table::Typical)
    }

    /// Whether its rows may test who the contact is.
    pub fn may_test_contact(self) -> bool {
        self.may_test_owner() && self != Table::Contact
    }
}

impl fmt::Display for Table {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

/// One row of a table.
#[derive(Debug, Clone)]
pub struct Row<Then> {
    /// The id, unique within the table.
    pub id: String,
    /// When it holds.
    pub when: Condition,
    /// What follows.
    pub then: Then,
    /// Whether the source says so or it is our judgement.
    pub basis: Basis,
    /// One sentence saying why.
    pub because: Option<String>,
    /// Where the source says so.
    pub cite: Option<String>,
    /// Where the row stands.
    pub span: Span,
}

/// Ids that no row of the table has, for rows that are offered together.
pub fn fresh_ids<Then>(stem: &str, rows: &[Row<Then>]) -> impl Iterator<Item = String> + use<Then> {
    let taken: HashSet<String> = rows.iter().map(|row| row.id.clone()).collect();
    let stem = stem.to_owned();
    let numbered = (1usize..).map(move |number| format!("{stem}-{number}"));
    numbered.filter(move |id| !taken.contains(id))
}

/// Whether the source says so or it is judgement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Basis {
    /// The source says so.
    Stated,
    /// Judgement.
    Inferred,
    /// Found in data on who really owned; it counts as judgement.
    Learned,
}

impl Basis {
    /// Every one with the word a ruleset uses.
    pub const ALL: [(Basis, &'static str); 3] =
        [(Basis::Stated, "stated"), (Basis::Inferred, "inferred"), (Basis::Learned, "learned")];

    /// The word.
    pub fn as_str(self) -> &'static str {
        Basis::ALL.iter().find(|(basis, _)| *basis == self).map_or("", |(_, word)| word)
    }
}

/// What a `[[derive]]` row gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Derivation {
    /// The derived fact.
    pub fact: FactId,
    /// Its value.
    pub value: Value,
}

/// What a `[[typical]]` row says.
#[derive(Debug, Clone)]
pub struct Typical {
    /// What it presumes, fact by fact.
    pub set: Vec<Presumption>,
    /// How often that is so among such organizations, where somebody has found out.
    pub support: Option<Percent>,
    /// Who found it, when, among how many.
    pub source: Option<String>,
}

/// What a `[[typical]]` row presumes of one fact.
#[derive(Debug, Clone)]
pub struct Presumption {
    /// The fact.
    pub fact: FactId,
    /// What its value then passes.
    pub test: Test,
    /// The value or test as JSON writes it: `false`, `"joint"`, `1`, `">= 2"`.
    pub written: serde_json::Value,
}

/// A role, or one that the decision names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Party {
    /// A declared role.
    Role(RoleId),
    /// The owner decided.
    Owner,
    /// The contact decided.
    Contact,
    /// The vendor.
    Vendor,
}

/// Responsible, accountable, consulted or informed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Raci {
    /// Kept informed.
    Informed,
    /// Consulted.
    Consulted,
    /// Does the work.
    Responsible,
    /// Answers for it.
    Accountable,
    /// Both answers for it and does it.
    AccountableResponsible,
}

impl Raci {
    /// The letter or letters.
    pub fn as_str(self) -> &'static str {
        match self {
            Raci::Informed => "I",
            Raci::Consulted => "C",
            Raci::Responsible => "R",
            Raci::Accountable => "A",
            Raci::AccountableResponsible => "AR",
        }
    }

    /// The letter of a row, if it is one of R, A, C, I.
    pub fn from_letter(letter: &str) -> Option<Raci> {
        match letter {
            "R" => Some(Raci::Responsible),
            "A" => Some(Raci::Accountable),
            "C" => Some(Raci::Consulted),
            "I" => Some(Raci::Informed),
            _ => None,
        }
    }

    /// The letter that was meant by a word or by a small letter.
    pub(super) fn meant(written: &str) -> Option<Raci> {
        match written.trim().to_lowercase().as_str() {
            "r" | "responsible" => Some(Raci::Responsible),
            "a" | "accountable" => Some(Raci::Accountable),
            "c" | "consulted" => Some(Raci::Consulted),
            "i" | "informed" => Some(Raci::Informed),
            _ => None,
        }
    }

    /// What one who is named with both letters is: the stronger, and `AR` for A and R.
    #[must_use]
    pub fn join(self, other: Raci) -> Raci {
        let (weak, strong) = (self.min(other), self.max(other));
        if weak == Raci::Responsible && strong == Raci::Accountable {
            return Raci::AccountableResponsible;
        }
        strong
    }

    /// Whether it answers for the whole.
    pub fn is_accountable(self) -> bool {
        self >= Raci::Accountable
    }
}

/// What a `[[stakeholder]]` row says.
#[derive(Debug, Clone, Copy)]
pub struct Involvement {
    /// Who.
    pub role: Party,
    /// How.
    pub raci: Raci,
    /// Whether the row says that it belongs to the few who decide, which those who answer and who do the work always do.
    pub core: bool,
}

/// What a `[[risk]]` row says.
#[derive(Debug, Clone)]
pub struct Safeguard {
    /// The risk.
    pub text: String,
    /// What to do about it.
    pub mitigation: Option<String>,
}

/// What an `[[action]]` row says.
#[derive(Debug, Clone)]
pub struct Measure {
    /// What it belongs to.
    pub topic: Option<String>,
    /// Who does it.
    pub by: Option<Party>,
    /// What to do.
    pub text: String,
}

/// What a `[[milestone]]` row says.
#[derive(Debug, Clone)]
pub struct Milestone {
    /// What it belongs to.
    pub topic: Option<String>,
    /// When it is, or begins.
    pub at: Moment,
    /// When it ends, where it lasts.
    pub until: Option<Moment>,
    /// What happens.
    pub text: String,
}
