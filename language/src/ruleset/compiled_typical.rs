//! The typical rows in the form that decides: where their tests pass, and what they presume.

use super::compile::Compiled;
use super::condition::{Subject, Test};
use super::tables::{Derivation, Row, Typical};
use super::value::FactId;
use crate::space::{Extent, Index, Region};

/// A typical row, made ready to be held against many sets of states.
#[derive(Debug, Clone)]
pub struct CompiledTypical {
    /// Its tests of facts.
    pub tests: Vec<CompiledTest>,
    /// For each fact that it presumes something of, in the order written: its axis, and what passes there; `None` for a
    /// fact that is no axis.
    pub presumed: Vec<Option<(usize, Vec<Extent>)>>,
}

/// One test of a typical row.
#[derive(Debug, Clone)]
pub enum CompiledTest {
    /// Of a base fact: its axis, and what passes.
    Base(usize, Vec<Extent>),
    /// Of a derived fact: where it passes and where it does not.
    Derived {
        /// The regions of the fact's rows, each with whether the test passes in it.
        parts: Vec<(Region, bool)>,
        /// The parts by where they lie.
        index: Index,
    },
}

impl CompiledTypical {
    pub(super) fn new(compiled: &Compiled, derive: &[Row<Derivation>], row: &Row<Typical>) -> Self {
        let tests = row.when.tests.iter().filter_map(|test| match test.subject {
            Subject::Fact(fact) => Some(CompiledTest::new(compiled, derive, fact, &test.test)),
            Subject::Owner | Subject::Contact => None,
        });
        let presumed = row.then.set.iter().map(|presumption| {
            let axis = compiled.axis(presumption.fact)?;
            Some((axis, compiled.extents(axis, &presumption.test)))
        });
        CompiledTypical { tests: tests.collect(), presumed: presumed.collect() }
    }
}

impl CompiledTest {
    fn new(compiled: &Compiled, derive: &[Row<Derivation>], fact: FactId, test: &Test) -> Self {
        if let Some(axis) = compiled.axis(fact) {
            return CompiledTest::Base(axis, compiled.extents(axis, test));
        }
        let mut parts: Vec<(Region, bool)> = Vec::new();
        if let Some(table) = compiled.derived_table(fact) {
            for (row, regions) in &table.decided {
                let passes = test.passes(derive[*row as usize].then.value);
                parts.extend(regions.iter().map(|region| (region.clone(), passes)));
            }
            parts.extend(table.without.iter().map(|region| (region.clone(), false)));
        }
        let index = Index::new(parts.iter().map(|(region, _)| region));
        CompiledTest::Derived { parts, index }
    }
}
