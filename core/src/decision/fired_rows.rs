//! Which rows have a part in a decision.

use std::collections::BTreeSet;

use super::Verdict;
use super::pieces::{Piece, derived_rows};
use crate::ruleset::{Row, Ruleset, Table};

/// Every row that decides, presumes or is collected, as a place in its table.
pub fn fired_rows(ruleset: &Ruleset, verdict: &Verdict) -> BTreeSet<(Table, usize)> {
    let mut fired = BTreeSet::new();
    let deciding = verdict.deciding();
    for piece in &deciding {
        fired.extend(piece.owner_row.map(|row| (Table::Owner, row as usize)));
        fired.extend(piece.contact_row.map(|row| (Table::Contact, row as usize)));
    }
    if !deciding.is_empty() {
        for table in &ruleset.compiled().derived {
            let (rows, _) = derived_rows(ruleset, deciding.iter().map(|piece| &piece.region), table.fact);
            fired.extend(rows.into_iter().map(|row| (Table::Derive, row as usize)));
        }
    }
    let narrowed = verdict.left().into_iter().flat_map(|left| &left.narrowed);
    fired.extend(narrowed.map(|narrowing| (Table::Typical, narrowing.row)));
    let collected = verdict.collected_in();
    holding(ruleset, &collected, Table::Stakeholder, ruleset.stakeholder(), &mut fired);
    holding(ruleset, &collected, Table::Risk, ruleset.risk(), &mut fired);
    holding(ruleset, &collected, Table::Action, ruleset.action(), &mut fired);
    holding(ruleset, &collected, Table::Question, ruleset.question(), &mut fired);
    holding(ruleset, &collected, Table::Milestone, ruleset.milestone(), &mut fired);
    fired
}

fn holding<Then>(
    ruleset: &Ruleset,
    pieces: &[&Piece],
    table: Table,
    rows: &[Row<Then>],
    fired: &mut BTreeSet<(Table, usize)>,
) {
    fired.extend(super::collect::rows(ruleset, pieces, rows).into_iter().map(|at| (table, at)));
}
