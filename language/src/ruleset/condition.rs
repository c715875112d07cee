//! `when`: a conjunction of tests, one a fact.

use super::numbers::Stretch;
use super::value::{FactId, Value};
use crate::source::Span;

/// Tests that must all hold; without any it always does.
#[derive(Debug, Clone, Default)]
pub struct Condition {
    /// The tests in the order written.
    pub tests: Vec<FactTest>,
}

impl Condition {
    /// The tests of facts.
    pub fn facts(&self) -> impl Iterator<Item = (FactId, &Test)> {
        self.tests.iter().filter_map(|test| match test.subject {
            Subject::Fact(fact) => Some((fact, &test.test)),
            Subject::Owner | Subject::Contact => None,
        })
    }

    /// The test of one subject, if there is one.
    pub fn on(&self, subject: Subject) -> Option<&Test> {
        self.tests.iter().find(|test| test.subject == subject).map(|test| &test.test)
    }
}

/// One test of a condition.
#[derive(Debug, Clone)]
pub struct FactTest {
    /// What is tested.
    pub subject: Subject,
    /// What must be so.
    pub test: Test,
    /// The test as JSON writes it: `true`, `"joint"`, `"< 500"`, a list.
    pub written: serde_json::Value,
    /// Where it stands.
    pub span: Span,
}

/// What a condition can test.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Subject {
    /// A fact.
    Fact(FactId),
    /// The role that owns.
    Owner,
    /// The role that is the contact.
    Contact,
}

/// What must be so of one value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Test {
    /// A whole number in any of these stretches, each as it was written.
    Numbers(Vec<Stretch>),
    /// A named value (or a role) for which `true` stands here.
    Named(Vec<bool>),
}

impl Test {
    /// Whether a value passes.
    pub fn passes(&self, value: Value) -> bool {
        match (self, value) {
            (Test::Numbers(stretches), Value::Number(number)) => {
                stretches.iter().any(|stretch| stretch.holds(number))
            }
            (Test::Named(accepted), Value::Named(at)) => accepted.get(at as usize).copied().unwrap_or(false),
            _ => false,
        }
    }
}
