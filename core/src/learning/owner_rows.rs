//! The conditions under which the owner rows in use decide: where another role for one of them is all that is to change.

use std::collections::BTreeMap;

use super::axes::{LearnAxis, Line, Tested};
use super::items::said_of_names;
use crate::ruleset::Ruleset;
use crate::space::Region;
use crate::space::cells::{Budget, Rows, all_cells};

/// Steps allowed for cutting the owner table.
const STEPS: u64 = 400_000;

/// What the states that a row decides say of each axis: the values, or the first and the last number; nothing where
/// there are states to which the fact does not apply.
type Said = Vec<Option<(i128, i128)>>;

/// For each owner row that decides somewhere, the narrowest condition of at most `most` facts that holds wherever it
/// decides, without tests that others imply. None where the table is too entangled to be cut.
pub fn owner_rows(ruleset: &Ruleset, axes: &[LearnAxis], most: usize) -> Vec<Vec<(usize, Tested)>> {
    let compiled = ruleset.compiled();
    let rows = Rows { space: &compiled.space, boxed: &compiled.owner };
    let mut decided: BTreeMap<u32, Said> = BTreeMap::new();
    let visit = &mut |region: Region, row: Option<u32>| {
        let Some(row) = row else { return };
        let own: Said = axes.iter().map(|axis| said(axis, &region)).collect();
        match decided.get_mut(&row) {
            Some(known) => known.iter_mut().zip(&own).zip(axes).for_each(|((known, own), axis)| {
                *known = known.zip(*own).map(|(known, own)| joined(axis, known, own));
            }),
            None => drop(decided.insert(row, own)),
        }
    };
    let mut budget = Budget::new(STEPS);
    let states = compiled.space.states();
    let cut = states.iter().try_for_each(|region| all_cells(rows, region, &mut budget, visit));
    if cut.is_err() {
        return Vec::new();
    }
    let mut found: Vec<Vec<(usize, Tested)>> = Vec::new();
    for own in decided.into_values() {
        let tests = without_implied(ruleset, axes, tests(axes, &own));
        if (1..=most).contains(&tests.len()) && !found.contains(&tests) {
            found.push(tests);
        }
    }
    found
}

fn said(axis: &LearnAxis, region: &Region) -> Option<(i128, i128)> {
    let own = region.on(axis.axis);
    match axis.line {
        _ if own.has_absent() => None,
        Line::Named(_) => Some((said_of_names(own).into(), 0)),
        Line::Numbers(..) => {
            own.ends().map(|(first, last)| (axis.atoms[first as usize].0, axis.atoms[last as usize].1))
        }
    }
}

fn joined(axis: &LearnAxis, one: (i128, i128), other: (i128, i128)) -> (i128, i128) {
    match axis.line {
        Line::Named(_) => (one.0 | other.0, 0),
        Line::Numbers(..) => (one.0.min(other.0), one.1.max(other.1)),
    }
}

/// The tests that say so, those aside that every value passes.
fn tests(axes: &[LearnAxis], own: &Said) -> Vec<(usize, Tested)> {
    let each = axes.iter().zip(own).enumerate();
    each.filter_map(|(at, (axis, own))| {
        let (low, high) = (*own)?;
        let tested = match axis.line {
            Line::Named(values) if low == (1 << values.min(62)) - 1 => return None,
            Line::Named(_) => Tested::Named(low as u64),
            Line::Numbers(..) => Tested::Range(axis.stretch(low), axis.stretch(high)),
        };
        let is_whole = matches!(tested, Tested::Range(0, last) if last + 1 == axis.count());
        (!is_whole).then_some((at, tested))
    })
    .collect()
}

/// The same without tests that must pass wherever another fact that is tested applies.
fn without_implied(
    ruleset: &Ruleset,
    axes: &[LearnAxis],
    mut tests: Vec<(usize, Tested)>,
) -> Vec<(usize, Tested)> {
    let space = &ruleset.compiled().space;
    let mut at = 0;
    while at < tests.len() {
        let (place, tested) = tests[at];
        let implies = |(other, _): &(usize, Tested)| {
            let mut required = space.axes[axes[*other].axis].requires.iter();
            required.any(|required| match (required.axis == axes[place].axis, tested) {
                (true, Tested::Named(values)) => {
                    required.extents.iter().all(|own| said_of_names(*own) & !values == 0)
                }
                _ => false,
            })
        };
        if tests.iter().any(implies) {
            tests.remove(at);
        } else {
            at += 1;
        }
    }
    tests
}
