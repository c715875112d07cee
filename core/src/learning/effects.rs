//! From rows of a list to what a new owner row could change of them: each situation is decided once, by the engine.

use std::collections::HashMap;

use num_bigint::BigUint;

use super::axes::LearnAxis;
use super::boxes::{boxes, join, part, whole_box};
use super::groups::{Grouping, Groups};
use super::items::{Effect, FOLDS, Part, Rows};
use super::pieces::{Piece, pieces};
use crate::clients::{Actual, Cell, Gathered};
use crate::decision::{Outcome, Status, TooEntangled, Verdict};
use crate::ruleset::{RoleId, Ruleset};
use crate::space::Region;
use crate::space::cells::{Budget, Rows as TableRows, all_cells};

/// Steps allowed for finding the contacts of one part.
const STEPS: u64 = 200_000;

/// What the rules say of the rows of a list, and what a new row could change.
#[derive(Debug)]
pub struct Effects {
    /// For each row gathered, who owns by the rules.
    pub owners: Vec<Option<RoleId>>,
    /// What a new row could change.
    pub groups: Groups,
}

/// What is decided of rows that no rule tells apart.
struct Decided {
    owner: Option<RoleId>,
    outcome: Outcome,
    /// How much must agree.
    needed: u128,
    /// Nothing where the parts cannot be weighed one by one.
    pieces: Option<Vec<Piece>>,
    /// For each role asked for: how much is needed, and the places of the pieces that could agree on it.
    with_role: HashMap<RoleId, Option<(u128, Vec<usize>)>>,
}

/// Works out what a new row could change. `roles` are the roles that it could name.
///
/// # Errors
/// When the rules are too entangled.
pub fn effects(
    ruleset: &Ruleset,
    gathered: &Gathered,
    axes: &[LearnAxis],
    roles: &[RoleId],
) -> Result<Effects, TooEntangled> {
    let axes: Vec<LearnAxis> = axes.iter().map(|axis| axis.told_apart_by(ruleset)).collect();
    let axes = &axes[..];
    let mut work = Work { ruleset, gathered, known: HashMap::new() };
    let mut owners = Vec::with_capacity(gathered.rows.len());
    let mut grouping = Grouping::new(axes);
    let mut dealt = 0;
    for row in &gathered.rows {
        let rows = deal(row.rows, &mut dealt);
        let decided = work.decided(&row.cells)?;
        owners.push(decided.owner);
        let actual: &[RoleId] = match row.owner {
            Actual::Roles(at) => &gathered.roles[at as usize],
            Actual::Unknown | Actual::Other => &[],
        };
        let right = decided.owner.is_some_and(|owner| actual.contains(&owner));
        if decided.pieces.is_none() {
            grouping.unmoved += row.rows;
            continue;
        }
        let place = |role: RoleId| roles.iter().position(|known| *known == role).map(|at| at as u16);
        let owner = decided.owner;
        if let Some(owner) = owner.filter(|_| right).and_then(place) {
            let (needed, parts) = touched(axes, &row.cells, decided);
            grouping.add(Effect::Break(owner), rows, needed, parts);
            spoil(&mut grouping, rows, (ruleset, axes, &row.cells), decided, (owner, roles))?;
        }
        for role in actual.iter().filter(|role| Some(**role) != owner) {
            let Some(place) = place(*role) else { continue };
            if let Some((needed, parts)) = taken_in(ruleset, axes, &row.cells, decided, *role)? {
                let effect = match owner {
                    Some(_) if right => Effect::Keep(place),
                    Some(_) => Effect::Correct(place),
                    None => Effect::Answer(place),
                };
                grouping.add(effect, rows, needed, parts);
            }
        }
    }
    Ok(Effects { owners, groups: grouping.finish() })
}

/// Deals rows that say the same to the folds, in turn.
fn deal(rows: u64, dealt: &mut usize) -> Rows {
    let mut folds = [u32::try_from(rows / FOLDS as u64).unwrap_or(u32::MAX); FOLDS];
    for _ in 0..rows % FOLDS as u64 {
        folds[*dealt % FOLDS] += 1;
        *dealt += 1;
    }
    folds
}

struct Work<'a> {
    ruleset: &'a Ruleset,
    gathered: &'a Gathered,
    /// What is decided, by what the rules can tell of the cells.
    known: HashMap<Vec<Cell>, Decided>,
}

impl Work<'_> {
    /// What is decided of a row.
    fn decided(&mut self, cells: &[Cell]) -> Result<&mut Decided, TooEntangled> {
        let mut told = cells.to_vec();
        let compiled = self.ruleset.compiled();
        for (cell, fact) in told.iter_mut().zip(&self.gathered.facts) {
            if let (Cell::Numbers { min, max }, Some(axis)) = (&mut *cell, compiled.axis(*fact))
                && min == max
            {
                let line = &compiled.space.axes[axis];
                let first = line.bounds(line.atom(*min)).0;
                (*min, *max) = (first, first);
            }
        }
        if !self.known.contains_key(&told) {
            let decided = self.decide(&told)?;
            self.known.insert(told.clone(), decided);
        }
        Ok(self.known.entry(told).or_insert_with(Decided::nobody))
    }

    fn decide(&self, cells: &[Cell]) -> Result<Decided, TooEntangled> {
        let profile = self.gathered.profile(self.ruleset, cells);
        if profile.contradiction(self.ruleset).is_some() {
            return Ok(Decided::nobody());
        }
        let verdict = Verdict::reach(self.ruleset, &profile)?;
        let whole: BigUint = verdict.presumed.parts().iter().map(|part| &part.weight).sum();
        let needed = match verdict.presumed.share_asked {
            None => Some(whole.clone()),
            Some(share) => fewest(&whole, |part| share.reached_by(part, &whole)),
        };
        let pieces = pieces(self.ruleset, &verdict);
        let needed = needed.and_then(|needed| u128::try_from(needed).ok());
        let is_answered = verdict.status != Status::Open && verdict.status != Status::Unmatched;
        Ok(Decided {
            owner: verdict.outcome.owner.filter(|_| is_answered),
            outcome: verdict.outcome,
            needed: needed.unwrap_or(0),
            pieces: pieces.filter(|_| needed.is_some()),
            with_role: HashMap::new(),
        })
    }
}

impl Decided {
    /// How much of which pieces a role must own so that it owns the row; nothing where it cannot.
    fn able(&mut self, ruleset: &Ruleset, role: RoleId) -> Result<Option<(u128, Vec<usize>)>, TooEntangled> {
        let Decided { pieces: Some(pieces), needed, with_role, .. } = self else { return Ok(None) };
        if let Some(able) = with_role.get(&role) {
            return Ok(able.clone());
        }
        let able = able(ruleset, pieces, *needed, role)?;
        with_role.insert(role, able.clone());
        Ok(able)
    }

    /// What is decided where facts exclude each other.
    fn nobody() -> Decided {
        Decided {
            owner: None,
            outcome: Outcome::default(),
            needed: 0,
            pieces: Some(Vec::new()),
            with_role: HashMap::new(),
        }
    }
}

/// The smallest part of a whole that is enough.
fn fewest(whole: &BigUint, enough: impl Fn(&BigUint) -> bool) -> Option<BigUint> {
    let (mut low, mut high) = (BigUint::ZERO, whole.clone());
    while low < high {
        let middle: BigUint = (&low + &high) >> 1;
        if enough(&middle) {
            high = middle;
        } else {
            low = middle + 1u32;
        }
    }
    enough(&low).then_some(low)
}

/// What must be changed of rows that are right so that they turn wrong.
fn touched(axes: &[LearnAxis], cells: &[Cell], decided: &Decided) -> (u128, Vec<Part>) {
    let pieces = decided.pieces.iter().flatten();
    let agreeing = pieces.filter(|piece| piece.left.iter().all(|(_, outcome)| *outcome == decided.outcome));
    let mut total = 0_u128;
    let mut parts = Vec::new();
    for piece in agreeing {
        total += piece.weight;
        let boxes = piece.left.iter().flat_map(|(region, _)| boxes(axes, cells, piece, region)).collect();
        parts.push(part(axes, piece, boxes));
    }
    (total.saturating_sub(decided.needed) + 1, parts)
}

/// Adds which roles rows that are right would have instead of their owner.
fn spoil(
    grouping: &mut Grouping<'_>,
    rows: Rows,
    (ruleset, axes, cells): (&Ruleset, &[LearnAxis], &[Cell]),
    decided: &mut Decided,
    (owner, roles): (u16, &[RoleId]),
) -> Result<(), TooEntangled> {
    let others = |at: &usize| *at != usize::from(owner);
    let mut each = Vec::with_capacity(roles.len());
    for at in (0..roles.len()).filter(others) {
        each.push((at as u16, decided.able(ruleset, roles[at])?));
    }
    // What it takes is nearly always the same for all roles: for those that own nothing of the row so far.
    let owns = |decided: &Decided, at: u16| {
        let mut left = decided.pieces.iter().flatten().flat_map(|piece| &piece.left);
        left.any(|(_, outcome)| outcome.owner == Some(roles[usize::from(at)]))
    };
    let like = each.iter().find(|(at, able)| able.is_some() && !owns(decided, *at)).cloned();
    let Some((one, Some(alike))) = like else {
        for (at, able) in each {
            if let Some((needed, places)) = able {
                let parts = parts(axes, cells, decided, &places, roles[usize::from(at)]);
                grouping.add(Effect::SpoilBy(at), rows, needed, parts);
            }
        }
        return Ok(());
    };
    let common = parts(axes, cells, decided, &alike.1, roles[usize::from(one)]);
    for (at, able) in each {
        if able.as_ref() == Some(&alike) && !owns(decided, at) {
            continue;
        }
        grouping.add(Effect::SpareBy(at), rows, alike.0, common.clone());
        if let Some((needed, places)) = able {
            let parts = parts(axes, cells, decided, &places, roles[usize::from(at)]);
            grouping.add(Effect::SpoilBy(at), rows, needed, parts);
        }
    }
    grouping.add(Effect::Spoil(owner), rows, alike.0, common);
    Ok(())
}

/// What must be changed of rows so that this role owns them; nothing where it cannot.
fn taken_in(
    ruleset: &Ruleset,
    axes: &[LearnAxis],
    cells: &[Cell],
    decided: &mut Decided,
    role: RoleId,
) -> Result<Option<(u128, Vec<Part>)>, TooEntangled> {
    let able = decided.able(ruleset, role)?;
    Ok(able.map(|(needed, places)| (needed, parts(axes, cells, decided, &places, role))))
}

/// What a row that names a role must take in of pieces that could agree on it.
fn parts(axes: &[LearnAxis], cells: &[Cell], decided: &Decided, places: &[usize], role: RoleId) -> Vec<Part> {
    let Some(pieces) = &decided.pieces else { return Vec::new() };
    let part = |at: &usize| {
        let piece = &pieces[*at];
        let mut hull: Option<Box<[u64]>> = None;
        for (region, _) in piece.left.iter().filter(|(_, outcome)| outcome.owner != Some(role)) {
            let own = whole_box(axes, cells, piece, region);
            match &mut hull {
                Some(hull) => join(axes, hull, &own),
                None => hull = Some(own),
            }
        }
        Some(part(axes, piece, vec![hull?]))
    };
    places.iter().filter_map(part).collect()
}

/// The pieces that could agree on a role, in which it does not own already, and how much of them is needed.
fn able(
    ruleset: &Ruleset,
    pieces: &[Piece],
    needed: u128,
    role: RoleId,
) -> Result<Option<(u128, Vec<usize>)>, TooEntangled> {
    let mut by_contact: Vec<(Option<RoleId>, u128, Vec<usize>)> = Vec::new();
    for (at, piece) in pieces.iter().enumerate() {
        let Some(contact) = contact(ruleset, piece, role)? else { continue };
        match by_contact.iter_mut().find(|(known, ..)| *known == contact) {
            Some((_, weight, places)) => {
                *weight += piece.weight;
                places.push(at);
            }
            None => by_contact.push((contact, piece.weight, vec![at])),
        }
    }
    // More than half is needed, so that one contact at most can be agreed on.
    let enough = by_contact.into_iter().find(|(_, weight, _)| *weight >= needed);
    Ok(enough.and_then(|(_, _, places)| {
        let owned = |at: &usize| pieces[*at].left.iter().all(|(_, outcome)| outcome.owner == Some(role));
        let (own, other): (Vec<usize>, Vec<usize>) = places.into_iter().partition(owned);
        let own: u128 = own.iter().map(|at| pieces[*at].weight).sum();
        let rest = needed.saturating_sub(own);
        (rest > 0).then_some((rest, other))
    }))
}

/// The contact of all states of a piece where this role owns; nothing where they have several.
fn contact(ruleset: &Ruleset, piece: &Piece, role: RoleId) -> Result<Option<Option<RoleId>>, TooEntangled> {
    let compiled = ruleset.compiled();
    let axis = compiled.owner_axis();
    let only = compiled.space.axes[axis].only(compiled.role_atom(Some(role)));
    let contact_axis = compiled.contact_axis();
    let mut found: Option<Option<RoleId>> = None;
    let mut several = false;
    for (region, _) in &piece.left {
        let all = compiled.space.axes[contact_axis].all();
        let region = region.with(axis, only).with(contact_axis, all);
        let rows = TableRows { space: &compiled.space, boxed: &compiled.contact };
        let visit = &mut |_: Region, row: Option<u32>| {
            let contact = row.map(|row| ruleset.contact()[row as usize].then);
            several |= found.is_some_and(|known| known != contact);
            found = Some(contact);
        };
        all_cells(rows, &region, &mut Budget::new(STEPS), visit)?;
    }
    Ok(found.filter(|_| !several))
}
