//! Client lists.
mod answers;
mod blocks;
mod columns;
pub mod delimited;
pub mod error;
mod facts;
mod kind;
mod memory;
mod order;
mod output;
mod summary;
mod utf16;
mod value;
mod text;
