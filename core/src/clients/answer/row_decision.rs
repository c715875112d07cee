//! What is decided for a row, before it has texts.

use crate::decision::{self, Presumption};
use crate::percent::Percent;
use crate::profile::Profile;
use crate::ruleset::{FactId, RoleId, Ruleset, Value};
use crate::sentences;

/// The status of a row that cannot be decided.
pub(crate) const INVALID: &str = "invalid";

/// What is decided for rows that say the same, or what is wrong with all of them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct RowDecision {
    pub(crate) status: &'static str,
    pub(crate) owner: Option<RoleId>,
    pub(crate) contact: Option<RoleId>,
    /// The ids of the owner rules used.
    pub(crate) rules: Vec<String>,
    pub(crate) derived: Vec<(FactId, Value)>,
    /// The best question, and whether every answer to it settles the matter.
    pub(crate) ask: Option<(FactId, bool)>,
    /// What was presumed, or what is wrong.
    pub(crate) note: String,
    /// The lowest support of what was presumed.
    pub(crate) support: Option<Percent>,
    /// The confidence, and what it is where an exact number is borderline.
    pub(crate) confidence: [&'static str; 2],
    /// Numbers with which the answer changes, each with the place of its fact in the row and how near is borderline.
    pub(crate) changes: Vec<(usize, i128, Percent)>,
}

impl RowDecision {
    /// Decides a profile; `place` says where in a row a fact stands.
    pub(crate) fn of(
        ruleset: &Ruleset,
        profile: &Profile,
        place: impl Fn(FactId) -> Option<usize>,
    ) -> RowDecision {
        if let Some(contradiction) = profile.contradiction(ruleset) {
            return RowDecision::wrong(sentences::contradiction(ruleset, profile, contradiction));
        }
        let short = match decision::decide_in_short(ruleset, profile) {
            Ok(short) => short,
            Err(entangled) => return RowDecision::wrong(entangled.to_string()),
        };
        let near = |fact: FactId| ruleset.fact(fact).near;
        let changes = short.changes.iter();
        RowDecision {
            status: short.status.as_str(),
            owner: short.outcome.owner,
            contact: short.outcome.contact,
            note: presumed(ruleset, &short.presumed),
            support: short.presumed.iter().filter_map(|one| one.of(ruleset).then.support).min(),
            confidence: short.confidence.map(decision::Confidence::as_str),
            changes: changes
                .filter_map(|(fact, number)| Some((place(*fact)?, *number, near(*fact)?)))
                .collect(),
            rules: short.rules,
            derived: short.derived,
            ask: short.ask,
        }
    }

    /// What is wrong with a row.
    pub(crate) fn wrong(note: String) -> RowDecision {
        RowDecision { status: INVALID, note, ..RowDecision::default() }
    }
}

fn presumed(ruleset: &Ruleset, presumed: &[Presumption]) -> String {
    let clauses = sentences::presumptions(ruleset, presumed);
    if clauses.is_empty() { String::new() } else { format!("presumed: {}", clauses.join("; ")) }
}
