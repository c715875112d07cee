//! A run: from the list that comes in to the sinks that its rows go to.

mod actual_columns;
mod answers;
mod compare;
mod gathered;
mod listener;
mod opened;
mod parallel;
mod since;
mod summary;
mod tasks;
mod through;

pub use answers::{Outputs, run};
pub use compare::{Compared, compare};
pub use gathered::{Cell, Gathered, GatheredRow, gather};
pub use listener::{Listener, Silent};
pub use opened::look;
pub use summary::{Count, Decided, FailedList, ListSummary, Planned, Summary};
