//! The page's data, in the shape that its script reads.

use serde::Serialize;
use serde_json::Value as Json;

/// The whole ruleset.
#[derive(Serialize)]
pub(super) struct Model {
    pub(super) title: String,
    pub(super) ruleset: String,
    pub(super) digest: String,
    /// Whether sets of atoms need more bits than a plain number has; they are then written as texts.
    pub(super) wide: bool,
    /// The bit that stands for "does not apply".
    pub(super) absent: u32,
    pub(super) axes: Vec<Line>,
    pub(super) facts: Vec<Fact>,
    pub(super) roles: Vec<Role>,
    pub(super) cells: Vec<Cell>,
    /// The names of the derived facts, in the order of [`Cell::d`].
    pub(super) derived: Vec<String>,
    pub(super) derive: Vec<Rule>,
    pub(super) owner: Vec<Rule>,
    pub(super) contact: Vec<Rule>,
    pub(super) typical: Vec<Typical>,
    pub(super) stakeholder: Vec<Collected>,
    pub(super) risk: Vec<Collected>,
    pub(super) action: Vec<Collected>,
    pub(super) question: Vec<Collected>,
    pub(super) map: Option<Map>,
}

#[derive(Serialize)]
pub(super) struct Line {
    pub(super) fact: usize,
    pub(super) count: u32,
    /// The first number of each atom; empty for named values.
    pub(super) starts: Vec<u64>,
    /// The last number, if there is an end.
    pub(super) highest: Option<u64>,
    pub(super) thresholds: Vec<u64>,
    pub(super) all: Json,
}

#[derive(Serialize)]
pub(super) struct Fact {
    pub(super) name: String,
    pub(super) kind: String,
    pub(super) values: Vec<String>,
    pub(super) ask: Option<String>,
    pub(super) lowest: u64,
    pub(super) highest: Option<u64>,
    pub(super) near: Option<String>,
    pub(super) share: Option<String>,
    pub(super) unknown: Vec<String>,
    pub(super) derived: bool,
    pub(super) axis: Option<usize>,
    /// What must hold for it to apply.
    pub(super) requires: Vec<Required>,
}

#[derive(Serialize)]
pub(super) struct Required {
    pub(super) axis: usize,
    pub(super) mask: Json,
}

#[derive(Serialize)]
pub(super) struct Role {
    pub(super) id: String,
    pub(super) title: String,
}

/// States in which the same rows decide: every combination of the atoms of its masks is one.
#[derive(Serialize)]
pub(super) struct Cell {
    /// A mask an axis.
    pub(super) m: Vec<Json>,
    /// The owner row.
    pub(super) o: Option<u32>,
    /// The contact row.
    pub(super) c: Option<u32>,
    /// The row of each derived fact.
    pub(super) d: Vec<Option<u32>>,
}

#[derive(Serialize)]
pub(super) struct Rule {
    pub(super) id: String,
    /// The role, of owner and contact rows.
    pub(super) role: Option<usize>,
    /// The value, of derive rows.
    pub(super) value: Option<Json>,
    pub(super) because: Option<String>,
    pub(super) inferred: bool,
}

#[derive(Serialize)]
pub(super) struct Typical {
    pub(super) id: String,
    pub(super) when: Vec<When>,
    pub(super) set: Vec<Set>,
}

#[derive(Serialize)]
pub(super) struct Set {
    pub(super) fact: usize,
    pub(super) mask: Json,
    pub(super) written: Json,
}

/// One test: of an axis, of a derived fact by the rows that pass, or of a role decided.
#[derive(Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum When {
    Axis(usize, Json),
    Derived(usize, Vec<u32>),
    Owner(Vec<usize>),
    Contact(Vec<usize>),
}

#[derive(Serialize, Default)]
pub(super) struct Collected {
    pub(super) id: String,
    pub(super) when: Vec<When>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) role: Option<Json>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) raci: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) text: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) mitigation: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) topic: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) by: Option<Json>,
}

#[derive(Serialize)]
pub(super) struct Map {
    pub(super) axis: usize,
    pub(super) lanes: Vec<usize>,
}
