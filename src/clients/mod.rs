//! Client lists: a table of organizations in, the same table with answers out.
//!
//! A list is read in blocks of whole records, one thread after the other; several threads read the rows of their blocks,
//! look up what is decided for rows that say the same, and put the answers beside them; the blocks go out in the order
//! they came in. What differs between the kinds of file is how a row is read and how it is written, nothing else.

mod again;
mod answering;
mod answers;
mod bands;
mod blocks;
mod columns;
mod delimited;
mod error;
mod facts;
mod form;
mod input;
mod kind;
mod lines;
mod memory;
mod order;
mod out;
mod output;
mod people;
mod rejects;
mod rows;
mod run;
mod said;
mod sheet;
mod situation;
mod summary;
mod text;
mod utf16;
mod value;

pub use columns::{ByHand, Mapping};
pub use error::ListError;
pub use input::Input;
pub use kind::Kind;
pub use output::{Output, Unfinished};
pub use rejects::RejectsTo;
pub use run::{Listener, Options, Outputs, run};
pub use summary::{Count, Decided, Planned, Summary};
pub use text::Encoding;
