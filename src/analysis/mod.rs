//! What can be proved of a ruleset: that every state is covered, that every row counts, where two rulesets differ, and
//! what known cases reach. Nothing is sampled; what was not settled within the steps allowed is said.
#![allow(
    clippy::indexing_slicing,
    reason = "rows and facts are named by their places in the ruleset that is looked at, which stay as they are"
)]

mod accountability;
mod accountable;
mod alignment;
mod always_passes;
mod candidate;
pub mod cases;
mod changes;
mod check;
mod choice;
mod conditions;
mod count;
pub mod coverage;
pub mod diff;
mod dropped;
mod effort;
mod falls;
mod fewest;
mod finding;
mod gaps;
mod mends;
pub mod mutations;
mod never_matters;
mod no_question;
mod no_source;
mod no_value;
mod no_words;
mod not_proved;
mod offer;
mod offers;
mod outcome_at;
mod outcomes;
mod overlap;
mod overlay;
mod redundant;
mod refused;
mod report;
pub mod suggest;
mod suggested;
mod survey;
pub mod test_results;
mod typical_out_of_reach;
mod uncovered;
mod unreachable;
mod unused_fact;
mod unused_role;
mod variant;
mod vocabulary;

pub use changes::NotCompared;
pub use check::check;
pub use count::Count;
pub use effort::Effort;
pub use finding::{Finding, Placed};
pub use refused::refused;
pub use report::{Report, TableCount};
pub use suggested::Suggested;
