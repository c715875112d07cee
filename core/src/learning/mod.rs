//! Rules held against what really happened: how often they were right, and which few changes would have been right more
//! often.
#![allow(
    clippy::indexing_slicing,
    reason = "rows, facts and roles are counted by their places in tables of fixed widths, in the innermost of loops"
)]

mod asked;
mod axes;
mod boxes;
mod candidate;
mod effects;
mod families;
mod groups;
mod items;
mod learn;
mod owner_rows;
mod parted_steps;
mod patterns;
mod pieces;
mod presumed_right;
mod proposal;
mod score;
mod search;
mod share;
mod side_by_side;
mod sign_test;
mod sought;
mod stretches;
mod sweep;
mod typical;
mod weighed;

pub use families::{Family, Tries};
pub use learn::{best_row, best_shown_row, learn};
pub use presumed_right::{PresumedRight, presumed_right};
pub use proposal::{Changed, Effort, Ended, Example, Learned, NotLearned, Proposal};
pub use score::{Confusion, Counted, OpenRows, OwnerScore, RuleScore, Score, score};
pub use share::Share;
pub use sign_test::Chance;
pub use typical::{StretchSeen, TypicalSeen, ValueSeen, typical_seen};
