//! What a candidate comes to in some folds of the rows.

use super::axes::LearnAxis;
use super::candidate::Candidate;
use super::items::{Effect, FOLDS, Items};

/// Which folds count.
pub type Folds = [bool; FOLDS];

/// What a candidate comes to in the folds that count.
pub fn net(
    items: &Items,
    axes: &[LearnAxis],
    meanings: &[Vec<u16>],
    folds: &Folds,
    candidate: &Candidate,
) -> i64 {
    let counted = |effect: Effect, rows: &[u32; FOLDS]| {
        let rows: i64 =
            rows.iter().zip(folds).filter(|(_, counts)| **counts).map(|(rows, _)| i64::from(*rows)).sum();
        match effect {
            Effect::Gain(role) if role == candidate.role => rows,
            Effect::Loss(actual) if !meanings[actual as usize].contains(&candidate.role) => -rows,
            _ => 0,
        }
    };
    let simple = (0..items.effects.len()).filter(|at| items.is_changed(*at, &candidate.tests));
    let simple: i64 = simple.map(|at| counted(items.effects[at], &items.rows[at])).sum();
    let parted = items.parted.iter().filter(|parted| parted.is_changed(&candidate.tests, axes));
    simple + parted.map(|parted| counted(parted.effect, &parted.rows)).sum::<i64>()
}
