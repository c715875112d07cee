//! What is said about a decision, and the ways to write it.
//!
//! Texts come from the ruleset and the profile; here are only the frame and the order.
#![allow(
    clippy::indexing_slicing,
    reason = "roles and rows are named by their places in the ruleset that decided"
)]

pub mod brief;
pub mod check_pages;
pub mod csv;
pub mod decision;
pub mod decision_schema;
pub mod document;
pub mod docx;
#[cfg(feature = "cli")]
pub mod explained;
pub mod explanation;
pub mod findings;
pub mod html;
pub mod json;
pub mod labels;
pub mod learned;
pub mod learned_json;
pub mod learned_schema;
pub mod list;
pub mod map;
pub mod markdown;
pub mod page;
pub mod people;
pub mod profile_file;
pub mod profile_schema;
pub mod profile_template;
pub mod rules;
pub mod ruleset_schema;
pub mod schedule;
mod schema_parts;
pub mod score;
mod scripts;
#[cfg(feature = "cli")]
pub mod sectioned;
pub mod sections;
#[cfg(feature = "cli")]
mod sheet;
#[cfg(feature = "cli")]
pub mod terminal;
mod xml;
