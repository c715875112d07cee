//! What a row that is offered for a hole gives: which of the roles or values that it could.

/// Which role or value a row gets, of those that it could have.
#[derive(Debug, Clone, Copy)]
pub enum Choice {
    /// Each the first, which is the likeliest to be meant.
    First,
    /// Of one row so many further down the list.
    Other { row: usize, down: usize },
    /// Mixed, from a seed.
    Mixed(usize),
}

impl Choice {
    /// The choices that are tried where the first takes the use of a row.
    pub fn others(rows: usize) -> impl Iterator<Item = Choice> {
        let others = (0..rows.min(6)).flat_map(|row| (1..=2).map(move |down| Choice::Other { row, down }));
        others.chain((1..=8).map(Choice::Mixed))
    }

    /// What is chosen for the row at a place among those that are offered, of the candidates given.
    pub fn of<T: Copy>(self, candidates: &[T], row: usize) -> Option<T> {
        let down = match self {
            Choice::Other { row: other, down } if other == row => down,
            Choice::First | Choice::Other { .. } => 0,
            Choice::Mixed(seed) => (seed.wrapping_mul(2_654_435_761) >> (row % 16)) ^ row,
        };
        candidates.get(down.checked_rem(candidates.len())?).copied()
    }
}
