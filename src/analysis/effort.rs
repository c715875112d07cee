//! How much work the proofs may be, and how it is shared out.

/// How much work a check may be.
#[derive(Debug, Clone, Copy)]
pub struct Effort {
    /// Steps for all of it together; see [`Budget`](crate::space::cells::Budget).
    pub steps: u64,
}

impl Default for Effort {
    /// Some seconds at most.
    fn default() -> Self {
        Effort { steps: 6_000_000 }
    }
}

/// What a part of the work may take of all the steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Share {
    /// The pass over all states.
    Pass,
    /// The search for holes alone, where the pass was not finished.
    Holes,
    /// A question about the whole ruleset.
    Question,
    /// A question about one row or one finding.
    Row,
}

impl Share {
    /// All the steps divided by this are what the part may take.
    pub fn divisor(self) -> u64 {
        match self {
            Share::Pass => 2,
            Share::Holes => 4,
            Share::Question => 8,
            Share::Row => 300,
        }
    }
}
