//! Client lists.
mod blocks;
mod columns;
pub mod delimited;
pub mod error;
mod facts;
mod kind;
mod memory;
mod order;
mod output;
mod utf16;
mod text;
