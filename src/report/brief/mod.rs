//! The page for the proposal: what it says, once; [`markdown`] and [`html`] are two ways to write it.

mod content;
pub mod dates;
mod html;
mod markdown;
mod people;
mod schedule;

pub use content::{Brief, Known, Practice, Reason, RiskNoted, RuleUsed, Source, Step};
pub use dates::Date;
pub use html::html;
pub use markdown::markdown;
pub use people::{holders, person_line};
pub use schedule::{Milestone, Span};
