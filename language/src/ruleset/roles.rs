//! Roles, and the job titles of the people who have them.

use super::value::FactId;
use crate::source::Span;

/// The place of a role in [`Ruleset::roles`](super::Ruleset::roles).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RoleId(pub usize);

/// A declared role.
#[derive(Debug, Clone)]
pub struct Role {
    /// The id, as rules write it.
    pub id: String,
    /// The title, as people read it.
    pub title: String,
    /// Spellings of job titles, most senior first; those of another role where `titles_of` names one.
    pub titles: Vec<String>,
    /// The role whose spellings it has, where it names one.
    pub titles_of: Option<RoleId>,
    /// The text fact that says which region's person it is.
    pub region: Option<FactId>,
    /// Roles whose people stand in, in this order.
    pub stand_ins: Vec<RoleId>,
    /// Where it is declared.
    pub span: Span,
}

/// How job titles are read.
#[derive(Debug, Clone, Default)]
pub struct People {
    /// Words in a title that do not change the role.
    pub qualifiers: Vec<String>,
    /// Those that mean the whole organization.
    pub wide: Vec<String>,
}
