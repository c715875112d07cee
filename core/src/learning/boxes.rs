//! What sets of states say of the facts that conditions can test.

use smallvec::SmallVec;

use super::axes::{ABSENT_NUMBER, LearnAxis, Line, ends, range};
use super::items::{Part, said_of_names, said_of_numbers};
use super::pieces::Piece;
use crate::clients::Cell;
use crate::space::Region;

/// A piece with what its sets of states say.
pub fn part(axes: &[LearnAxis], piece: &Piece, boxes: Vec<Box<[u64]>>) -> Part {
    let mut part = Part { weight: 1, bands: SmallVec::new(), boxes };
    for (own, low, high) in &piece.numbers {
        match axes.iter().position(|axis| axis.axis == *own) {
            Some(place) => part.bands.push((place, *low, *high)),
            None => part.weight *= (high - low).unsigned_abs() + 1,
        }
    }
    part
}

/// What a region says of each axis, as one box that takes in all of it.
pub fn whole_box(axes: &[LearnAxis], cells: &[Cell], piece: &Piece, region: &Region) -> Box<[u64]> {
    let said = |axis: &LearnAxis| {
        let own = region.on(axis.axis);
        match axis.line {
            Line::Named(_) => said_of_names(own),
            // A test fails where its fact does not apply.
            Line::Numbers(..) if own.has_absent() => ABSENT_NUMBER,
            Line::Numbers(..) => said_of_numbers(axis, numbers(axis, cells, piece, own.ends())),
        }
    };
    axes.iter().map(said).collect()
}

/// The box that takes in another one too.
pub fn join(axes: &[LearnAxis], hull: &mut [u64], own: &[u64]) {
    for ((hull, own), axis) in hull.iter_mut().zip(own).zip(axes) {
        *hull = match axis.line {
            Line::Named(_) => *hull | own,
            Line::Numbers(..) if *hull == ABSENT_NUMBER || *own == ABSENT_NUMBER => ABSENT_NUMBER,
            Line::Numbers(..) => {
                let (one, other) = (ends(*hull), ends(*own));
                range(one.0.min(other.0), one.1.max(other.1))
            }
        };
    }
}

/// What a region says of each axis, as boxes that are exactly it: one for each combination of its stretches.
pub fn boxes(axes: &[LearnAxis], cells: &[Cell], piece: &Piece, region: &Region) -> Vec<Box<[u64]>> {
    let mut found: Vec<Vec<u64>> = vec![Vec::with_capacity(axes.len())];
    for axis in axes {
        let own = region.on(axis.axis);
        let said: Vec<u64> = match axis.line {
            Line::Named(_) => vec![said_of_names(own)],
            Line::Numbers(..) => {
                let stretches = own.stretches();
                let said = stretches
                    .iter()
                    .map(|stretch| said_of_numbers(axis, numbers(axis, cells, piece, Some(*stretch))));
                let absent = stretches.is_empty().then_some(ABSENT_NUMBER);
                said.chain(absent).collect()
            }
        };
        found =
            found.iter().flat_map(|known| said.iter().map(|own| [&known[..], &[*own]].concat())).collect();
    }
    found.into_iter().map(Vec::into_boxed_slice).collect()
}

/// The numbers that atoms from the first to the last stand for in a row; nothing where they are none.
fn numbers(
    axis: &LearnAxis,
    cells: &[Cell],
    piece: &Piece,
    atoms: Option<(u32, u32)>,
) -> Option<(i128, i128)> {
    let (first, last) = atoms?;
    if let Some((_, low, high)) = piece.numbers.iter().find(|(own, ..)| *own == axis.axis) {
        return Some((*low, *high));
    }
    let (low, high) = (axis.atoms[first as usize].0, axis.atoms[last as usize].1);
    match cells[axis.place] {
        Cell::Numbers { min, max } => Some((low.max(min), high.min(max))),
        Cell::Unknown | Cell::Text | Cell::Named(_) => Some((low, high)),
    }
}
