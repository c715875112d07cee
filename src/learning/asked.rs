//! What a search asks of a candidate beyond turning more rows right than wrong.

use super::sign_test::Chance;

/// What a search asks of a candidate.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Asked {
    /// That it turns more rows right than wrong.
    Better,
    /// That chance, corrected for so many tries, does not explain it either: its probability is below the limit. Of a
    /// number, those stretches are tried that are best with a loss counted once, twice, four and eight times.
    Significant {
        /// The limit.
        limit: f64,
        /// The tries.
        tries: f64,
    },
}

impl Asked {
    /// How often a loss counts in sweeps.
    pub fn penalties(self) -> &'static [i64] {
        match self {
            Asked::Better => &[1],
            Asked::Significant { .. } => &[1, 2, 4, 8],
        }
    }

    /// The fewest rows that must be fixed.
    pub fn fewest(self) -> i64 {
        match self {
            Asked::Better => 1,
            Asked::Significant { limit, tries } => Chance::fewest(limit, tries) as i64,
        }
    }

    /// Whether so many rows fixed and broken are what is asked for.
    pub fn allows(self, fixes: i64, breaks: i64) -> bool {
        match self {
            Asked::Better => true,
            Asked::Significant { limit, tries } => {
                fixes > breaks
                    && Chance::of_sign_test(fixes.unsigned_abs(), breaks.unsigned_abs())
                        .among(tries)
                        .is_below(limit)
            }
        }
    }
}
