//! The fewest cases that reach what no case reaches.
//!
//! States are cut until each piece reaches the same of the rows asked for; then as few pieces are taken as together
//! reach all. Every case is decided before it is suggested, so that it reaches what it claims.

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use super::candidate::{Candidate, Item};
use super::cases::Case;
use super::fewest::fewest;
use super::mutations::{Mutation, Noticed, unnoticed};
use super::suggested::{Suggested, given, noticing};
use super::survey::all;
use super::{coverage, vocabulary};
use crate::decision::{Verdict, fired_rows};
use crate::profile::{Given, Profile};
use crate::ruleset::{FactId, Ruleset, Table};
use crate::space::cells::{Budget, Rows, search};
use crate::space::{ABSENT, Region};

/// Pieces looked at; beyond them the cases still reach what they claim, but fewer may do.
const PIECES: usize = 4_000;

/// The cases to add.
#[derive(Debug, Clone, Default)]
pub struct Suggestion {
    /// The cases.
    pub cases: Vec<Suggested>,
    /// Rows that no case was found to reach.
    pub out_of_reach: Vec<(Table, String)>,
}

/// The fewest cases that reach these rows, and those that then notice every small change of the rules that brings some
/// state another outcome: both sides of every threshold that tells outcomes apart.
pub fn suggest(ruleset: &Ruleset, missed: &[Item], known: &[&Case]) -> Suggestion {
    let mut suggestion = reaching(ruleset, missed);
    let names: BTreeSet<String> = known.iter().map(|case| case.name.clone()).collect();
    suggestion.cases.retain(|case| !names.contains(&case.name));
    let (mutations, _) = Mutation::tried(ruleset);
    let mut cases: Vec<Case> = known.iter().map(|case| (*case).clone()).collect();
    cases.extend(suggestion.cases.iter().filter_map(|case| case.as_known(ruleset)));
    let all: Vec<&Case> = cases.iter().collect();
    let left = unnoticed(ruleset, &all, &mutations, &mut Noticed::default());
    let mut added: Vec<Case> = Vec::new();
    for mutation in left {
        let Some(mutant) = mutation.of(ruleset) else { continue };
        if added.iter().any(|case| case.is_answered_otherwise(&mutant)) {
            continue;
        }
        let regions = mutation.changed(ruleset);
        let Some(profile) = noticing(ruleset, &mutant, &regions) else { continue };
        let (table, id) = named(ruleset, (mutation.table, mutation.row));
        let facts: Vec<String> = given(ruleset, &profile)
            .iter()
            .map(|(name, value)| format!("{name} = {}", crate::source::toml_value(value).replace('"', "")))
            .collect();
        let name = format!("edge of {table} {id}: {}", facts.join(", "));
        let is_known = |case: &Suggested| case.profile == given(ruleset, &profile);
        if suggestion.cases.iter().any(is_known) || names.contains(&name) {
            continue;
        }
        if let Some(case) = Suggested::new(ruleset, name, &profile, Vec::new()) {
            added.extend(case.as_known(ruleset));
            suggestion.cases.push(case);
        }
    }
    suggestion
}

/// The fewest cases that reach these rows.
fn reaching(ruleset: &Ruleset, missed: &[Item]) -> Suggestion {
    let mut wanted: BTreeSet<Item> = missed.iter().copied().collect();
    let mut candidates = states(ruleset, &wanted);
    candidates.extend(presuming(ruleset, &wanted));
    let mut suggestion = Suggestion::default();
    for candidate in fewest(&candidates, &wanted) {
        let claimed: BTreeSet<Item> = candidate.reaches.intersection(&wanted).copied().collect();
        if claimed.is_empty() {
            continue;
        }
        if let Some((profile, reached)) = shortened(ruleset, &candidate, &claimed) {
            let new: Vec<(Table, String)> =
                reached.intersection(&wanted).map(|item| named(ruleset, *item)).collect();
            let ids: Vec<String> = new.iter().map(|(table, id)| format!("{table} {id}")).collect();
            let name = format!("reaches {}", ids.join(", "));
            if let Some(case) = Suggested::new(ruleset, name, &profile, new) {
                wanted.retain(|item| !reached.contains(item));
                suggestion.cases.push(case);
            }
        }
    }
    suggestion.out_of_reach = wanted.into_iter().map(|item| named(ruleset, item)).collect();
    suggestion
}

fn named(ruleset: &Ruleset, (table, at): Item) -> (Table, String) {
    (table, coverage::ids(ruleset, table).get(at).map(|id| (*id).to_owned()).unwrap_or_default())
}

/// One state for each set of wanted rows that states reach together.
fn states(ruleset: &Ruleset, wanted: &BTreeSet<Item>) -> Vec<Candidate> {
    let compiled = ruleset.compiled();
    let space = &compiled.space;
    let mut pieces: Vec<(Region, BTreeSet<Item>)> = Vec::new();
    let owners = Rows { space, boxed: &compiled.owner };
    let contacts = Rows { space, boxed: &compiled.contact };
    let mut budget = Budget::new(1_000_000);
    for region in space.states() {
        let _ = search(owners, &all(owners), &region, &mut budget, &mut |cell, owner_row| {
            let owner = owner_row.map(|row| ruleset.owner()[row as usize].then);
            let axis = compiled.owner_axis();
            let owned = cell.with(axis, space.axes[axis].only(compiled.role_atom(owner)));
            let _ = search(
                contacts,
                &all(contacts),
                &owned,
                &mut Budget::new(100_000),
                &mut |cell, contact_row| {
                    let contact = contact_row.map(|row| ruleset.contact()[row as usize].then);
                    let axis = compiled.contact_axis();
                    let region = cell.with(axis, space.axes[axis].only(compiled.role_atom(contact)));
                    // Where nobody owns there is no answer, and no row has a part in it.
                    let contact_row = contact_row.filter(|_| owner.is_some());
                    let rows = [
                        owner_row.map(|row| (Table::Owner, row)),
                        contact_row.map(|row| (Table::Contact, row)),
                    ];
                    let rows = rows.into_iter().flatten().map(|(table, row)| (table, row as usize));
                    pieces.push((region, rows.filter(|item| wanted.contains(item)).collect()));
                    ControlFlow::Continue(())
                },
            );
            if pieces.len() < PIECES { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        });
    }
    for item in wanted {
        let regions = regions(ruleset, *item);
        if !regions.is_empty() {
            pieces = pieces.into_iter().flat_map(|piece| cut(ruleset, piece, *item, &regions)).collect();
            one_of_each(&mut pieces, wanted);
        }
    }
    let (facts, roles) = vocabulary::names(ruleset);
    let vocabulary = vocabulary::Vocabulary { space, facts: &facts, roles: &roles };
    let candidate = |(region, reaches): (Region, BTreeSet<Item>)| {
        let point = vocabulary.point(&region);
        let kept = point.iter().map(|atom| *atom != ABSENT).collect();
        Candidate { point, kept, reaches }
    };
    pieces.into_iter().filter(|(_, reaches)| !reaches.is_empty()).map(candidate).collect()
}

/// Where a row that collects or derives has a part; nothing for the other tables.
fn regions(ruleset: &Ruleset, (table, at): Item) -> Vec<Region> {
    let compiled = ruleset.compiled();
    let of = |when| compiled.regions(ruleset.derive(), when).unwrap_or_default();
    match table {
        Table::Derive => {
            let table = compiled.derived_table(ruleset.derive()[at].then.fact);
            let own =
                table.into_iter().flat_map(|table| &table.decided).filter(|(row, _)| *row as usize == at);
            own.flat_map(|(_, regions)| regions.iter().cloned()).collect()
        }
        Table::Stakeholder => of(&ruleset.stakeholder()[at].when),
        Table::Risk => of(&ruleset.risk()[at].when),
        Table::Action => of(&ruleset.action()[at].when),
        Table::Question => of(&ruleset.question()[at].when),
        Table::Milestone => of(&ruleset.milestone()[at].when),
        Table::Owner | Table::Contact | Table::Typical => Vec::new(),
    }
}

/// A piece in parts that do and do not reach a row.
fn cut(
    ruleset: &Ruleset,
    (region, reaches): (Region, BTreeSet<Item>),
    item: Item,
    regions: &[Region],
) -> Vec<(Region, BTreeSet<Item>)> {
    let compiled = ruleset.compiled();
    let space = &compiled.space;
    if item.0 == Table::Derive && region.on(compiled.owner_axis()).holds(compiled.role_atom(None)) {
        return vec![(region, reaches)];
    }
    let mut parts = Vec::new();
    let mut outside = vec![region];
    for own in regions {
        let mut left = Vec::new();
        for part in outside {
            let mut rest = part.clone();
            if !part.touches(own) {
                left.push(part);
                continue;
            }
            for axis in 0..space.axes.len() {
                for other in rest.on(axis).minus(own.on(axis)) {
                    left.extend(space.settle(rest.with(axis, other)));
                }
                rest.set(axis, rest.on(axis).meet(own.on(axis)));
            }
            let with: BTreeSet<Item> = reaches.iter().copied().chain([item]).collect();
            parts.extend(space.settle(rest).into_iter().map(|part| (part, with.clone())));
        }
        outside = left;
    }
    parts.extend(outside.into_iter().map(|part| (part, reaches.clone())));
    parts
}

/// Keeps the pieces few: beyond a number, of those that reach the same only one.
fn one_of_each(pieces: &mut Vec<(Region, BTreeSet<Item>)>, wanted: &BTreeSet<Item>) {
    if pieces.len() <= PIECES {
        return;
    }
    let mut seen: BTreeSet<Vec<Item>> = BTreeSet::new();
    let key = |reaches: &BTreeSet<Item>| reaches.intersection(wanted).copied().collect::<Vec<_>>();
    pieces.retain(|(_, reaches)| seen.insert(key(reaches)));
    pieces.truncate(PIECES);
}

/// Profiles that leave unknown what a wanted typical row presumes.
fn presuming(ruleset: &Ruleset, wanted: &BTreeSet<Item>) -> Vec<Candidate> {
    let compiled = ruleset.compiled();
    let (facts, roles) = vocabulary::names(ruleset);
    let vocabulary = vocabulary::Vocabulary { space: &compiled.space, facts: &facts, roles: &roles };
    let mut found = Vec::new();
    for (_, at) in wanted.iter().filter(|(table, _)| *table == Table::Typical) {
        let row = &ruleset.typical()[*at];
        let regions = compiled.regions(ruleset.derive(), &row.when).unwrap_or_default();
        'row: for region in regions.into_iter().flat_map(|region| compiled.space.settle(region)) {
            for presumption in &row.then.set {
                let Some(axis) = compiled.axis(presumption.fact) else { continue };
                for extent in compiled.extents(axis, &presumption.test) {
                    let narrowed = region.with(axis, region.on(axis).meet(extent));
                    for settled in compiled.space.settle(narrowed) {
                        let point = vocabulary.point(&settled);
                        let presumed = |axis: usize| {
                            row.then.set.iter().any(|set| compiled.axis(set.fact) == Some(axis))
                        };
                        let needs = |axis: usize| {
                            compiled.space.axes[axis].requires.iter().any(|one| presumed(one.axis))
                        };
                        let kept: Vec<bool> = (0..point.len())
                            .map(|axis| point[axis] != ABSENT && !presumed(axis) && !needs(axis))
                            .collect();
                        let candidate = Candidate { point, kept, reaches: BTreeSet::new() };
                        let reaches = reached(ruleset, &profile(ruleset, &candidate));
                        if reaches.contains(&(Table::Typical, *at)) {
                            found.push(Candidate {
                                reaches: reaches.intersection(wanted).copied().collect(),
                                ..candidate
                            });
                            break 'row;
                        }
                    }
                }
            }
        }
    }
    found
}

fn profile(ruleset: &Ruleset, candidate: &Candidate) -> Profile {
    let (facts, roles) = vocabulary::names(ruleset);
    let vocabulary =
        vocabulary::Vocabulary { space: &ruleset.compiled().space, facts: &facts, roles: &roles };
    let mut profile = Profile::unknown(ruleset);
    for (axis, fact) in ruleset.compiled().facts.iter().enumerate().filter(|(axis, _)| candidate.kept[*axis])
    {
        let value = vocabulary.value(axis, candidate.point[axis]);
        profile.set(*fact, Some(Given::exact(ruleset.fact(*fact), value)));
    }
    profile
}

fn reached(ruleset: &Ruleset, profile: &Profile) -> BTreeSet<Item> {
    Verdict::reach(ruleset, profile).map(|verdict| fired_rows(ruleset, &verdict)).unwrap_or_default()
}

/// The profile without the facts that it can do without, and what it reaches; `None` if it does not reach the claim.
fn shortened(
    ruleset: &Ruleset,
    candidate: &Candidate,
    claimed: &BTreeSet<Item>,
) -> Option<(Profile, BTreeSet<Item>)> {
    let mut short = profile(ruleset, candidate);
    let mut best = reached(ruleset, &short);
    if !claimed.is_subset(&best) {
        return None;
    }
    for at in (0..ruleset.facts().len()).rev() {
        let mut shorter = short.clone();
        shorter.set(FactId(at), None);
        let reaches = reached(ruleset, &shorter);
        // A case that gives nothing says nothing.
        if short.given(FactId(at)).is_some()
            && shorter.all_given().next().is_some()
            && claimed.is_subset(&reaches)
            && decided(ruleset, &shorter) == decided(ruleset, &short)
        {
            (short, best) = (shorter, reaches);
        }
    }
    Some((short, best))
}

fn decided(ruleset: &Ruleset, profile: &Profile) -> Option<crate::decision::Status> {
    Verdict::reach(ruleset, profile).ok().map(|verdict| verdict.status)
}
