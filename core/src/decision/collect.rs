//! Rows that hold in every state: stakeholders, risks, actions, questions.

use super::parts::{Appointed, Stakeholder};
use super::pieces::{Outcome, Piece, Standing, axis_standing, derived_standing};
use crate::ruleset::{Condition, Involvement, Party, Raci, RoleId, Row, Ruleset, Subject};
use crate::space::Region;

/// How a condition stands in a set of pieces.
pub fn standing(ruleset: &Ruleset, pieces: &[&Piece], when: &Condition) -> Standing {
    let regions = || pieces.iter().map(|piece| &piece.region);
    Standing::of_all(
        when.tests.iter().map(|test| test_standing(ruleset, regions(), test.subject, &test.test)),
    )
}

/// How one test stands in a set of states.
pub fn test_standing<'a>(
    ruleset: &Ruleset,
    regions: impl IntoIterator<Item = &'a Region> + Clone,
    subject: Subject,
    test: &crate::ruleset::Test,
) -> Standing {
    let compiled = ruleset.compiled();
    match subject {
        Subject::Owner => axis_standing(ruleset, regions, compiled.owner_axis(), test),
        Subject::Contact => axis_standing(ruleset, regions, compiled.contact_axis(), test),
        Subject::Fact(fact) => match compiled.axis(fact) {
            Some(axis) => axis_standing(ruleset, regions, axis, test),
            None => derived_standing(ruleset, regions, fact, test),
        },
    }
}

/// The rows that hold in every state, as places in their table.
pub fn rows<Then>(ruleset: &Ruleset, pieces: &[&Piece], rows: &[Row<Then>]) -> Vec<usize> {
    let holds = |at: &usize| standing(ruleset, pieces, &rows[*at].when) == Standing::Holds;
    (0..rows.len()).filter(holds).collect()
}

/// The role that a party is in a decision; `None` for the vendor, and for a role that is not decided.
pub fn role_of(party: Party, outcome: Outcome) -> Option<RoleId> {
    match party {
        Party::Role(role) => Some(role),
        Party::Owner => outcome.owner,
        Party::Contact => outcome.contact,
        Party::Vendor => None,
    }
}

/// The roles that have a say, each once, at its first row's place.
pub fn stakeholders(
    ruleset: &Ruleset,
    pieces: &[&Piece],
    outcome: Outcome,
    appoint: impl Fn(RoleId) -> Option<Appointed>,
) -> Vec<Stakeholder> {
    let mut involved: Vec<Stakeholder> = Vec::new();
    for row in rows(ruleset, pieces, ruleset.stakeholder()) {
        let involvement = &ruleset.stakeholder()[row].then;
        let Some(role) = role_of(involvement.role, outcome) else { continue };
        match involved.iter_mut().find(|known| known.role == role) {
            Some(known) => {
                known.raci = known.raci.join(involvement.raci);
                known.core |= involvement.core;
            }
            None => {
                let Involvement { raci, core, .. } = *involvement;
                involved.push(Stakeholder { row, role, raci, core, person: appoint(role) });
            }
        }
    }
    for holder in &mut involved {
        holder.core |= holder.raci >= Raci::Responsible;
    }
    involved
}
