//! The form that decides: every table as an ordered list of regions over the base facts.
//!
//! Each base fact is an axis, cut at every number that any rule names, so that a test is always a set of whole atoms.
//! Two axes more stand for the roles decided, owner and contact, so that conditions on them are regions like all others.
//! Derived facts are substituted: a test of one becomes the regions in which its rows give a value that passes.

use std::collections::BTreeMap;

use super::checked::Checked;
use super::condition::{Condition, Subject, Test};
use super::facts::Fact;
use super::roles::RoleId;
use super::tables::{Derivation, Row, Table};
use super::value::FactId;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;
use crate::space::cells::{Budget, Rows, all_cells};
use crate::space::{Axis, Boxed, Extent, Locator, NO_END, Region, Requirement, Space, merge};

/// Steps allowed for cutting the tables of all derived facts together.
const STEPS: u64 = 4_000_000;
/// Extents allowed in the regions of one table, an extent being what a region says of one axis. With the
/// index of the rows and what is made on the way that is about 200 MB.
const EXTENTS: usize = 3_000_000;

/// The compiled form of what was checked.
#[derive(Debug, Clone, Default)]
pub struct Compiled {
    /// An axis for each base fact, in the order declared, then one for the owner and one for the contact.
    pub space: Space,
    /// The fact of each axis but the last two.
    pub facts: Vec<FactId>,
    /// The axis of each fact, by [`FactId`]; `None` for derived facts and texts.
    axes: Vec<Option<usize>>,
    /// The numbers before which a band is cut to presume and to ask: those in derive, owner, contact and typical rows,
    /// sorted, by axis.
    pub thresholds: Vec<Vec<i128>>,
    /// The tables of the derived facts, each after those it tests.
    pub derived: Vec<DerivedTable>,
    /// The rows of the owner table.
    pub owner: Vec<Boxed>,
    /// The rows of the contact table.
    pub contact: Vec<Boxed>,
    /// How many regions were made to compile it, which says what it takes to compile one that is much the same.
    pub regions_made: usize,
    /// The owner row of a state.
    pub owner_locator: Locator,
    /// The contact row of a state.
    pub contact_locator: Locator,
    roles: usize,
}

/// The rows of one derived fact, and what they give where.
#[derive(Debug, Clone)]
pub struct DerivedTable {
    /// The fact.
    pub fact: FactId,
    /// Its rows; [`Boxed::row`] is a place in [`Checked::derive`].
    pub rows: Vec<Boxed>,
    /// The row that gives its value, and the regions in which it does.
    pub decided: Vec<(u32, Vec<Region>)>,
    /// The regions in which it has no value.
    pub without: Vec<Region>,
}

impl Compiled {
    /// Compiles what was checked.
    ///
    /// # Errors
    /// When its derived facts are too entangled to be substituted within the limits.
    pub fn new(checked: &Checked) -> Result<Compiled, Diagnostic> {
        let mut compiled = Self::with_axes(checked);
        compiled.substitute_derived(checked)?;
        compiled.owner = compiled.table(&checked.derive, Table::Owner, &checked.owner)?;
        compiled.contact = compiled.table(&checked.derive, Table::Contact, &checked.contact)?;
        compiled.regions_made += compiled.owner.len() + compiled.contact.len();
        compiled.owner_locator = Locator::new(&compiled.space, &compiled.owner);
        compiled.contact_locator = Locator::new(&compiled.space, &compiled.contact);
        Ok(compiled)
    }

    /// The axis of a base fact.
    pub fn axis(&self, fact: FactId) -> Option<usize> {
        self.axes.get(fact.0).copied().flatten()
    }

    /// The axis of the role that owns.
    pub fn owner_axis(&self) -> usize {
        self.facts.len()
    }

    /// The axis of the role that is the contact.
    pub fn contact_axis(&self) -> usize {
        self.facts.len() + 1
    }

    /// The atom of a role, or of "nobody", on the axes of owner and contact.
    pub fn role_atom(&self, role: Option<RoleId>) -> u32 {
        role.map_or(self.roles, |RoleId(at)| at) as u32
    }

    /// The extents of a test on an axis; several only where an axis is too long for any subset.
    pub fn extents(&self, axis: usize, test: &Test) -> Vec<Extent> {
        extents(&self.space.axes[axis], test)
    }

    /// The regions in which a condition holds; `derive` are the ruleset's own rows.
    ///
    /// # Errors
    /// When there are more of them than the limit.
    pub fn regions(&self, derive: &[Row<Derivation>], when: &Condition) -> Result<Vec<Region>, TooMany> {
        let mut regions = vec![self.space.all()];
        for test in &when.tests {
            let axis = match test.subject {
                Subject::Owner => Some(self.owner_axis()),
                Subject::Contact => Some(self.contact_axis()),
                Subject::Fact(fact) => self.axis(fact),
            };
            let narrowed: Vec<Region> = match (axis, test.subject) {
                (Some(axis), _) => {
                    let extents = self.extents(axis, &test.test);
                    self.check(regions.len().saturating_mul(extents.len()))?;
                    let narrow = |region: &Region| {
                        let narrowed = extents.iter().map(|extent| region.on(axis).meet(*extent));
                        let kept = narrowed.filter(|extent| !extent.is_empty());
                        kept.map(|extent| region.with(axis, extent)).collect::<Vec<_>>()
                    };
                    regions.iter().flat_map(narrow).collect()
                }
                (None, Subject::Fact(fact)) => {
                    let passing = self.passing(derive, fact, &test.test);
                    self.check(regions.len().saturating_mul(passing.len()))?;
                    regions
                        .iter()
                        .flat_map(|region| passing.iter().filter_map(|other| region.meet(other)))
                        .collect()
                }
                (None, _) => Vec::new(),
            };
            regions = narrowed;
        }
        Ok(regions)
    }

    /// Whether so many regions may be made, asked before there are any.
    fn check(&self, regions: usize) -> Result<(), TooMany> {
        let extents = regions.saturating_mul(self.space.axes.len().max(Region::HELD));
        if extents > EXTENTS { Err(TooMany) } else { Ok(()) }
    }

    /// The table of a derived fact.
    pub fn derived_table(&self, fact: FactId) -> Option<&DerivedTable> {
        self.derived.iter().find(|table| table.fact == fact)
    }

    /// The regions in which a derived fact has a value that passes.
    fn passing(&self, derive: &[Row<Derivation>], fact: FactId, test: &Test) -> Vec<Region> {
        let Some(table) = self.derived_table(fact) else { return Vec::new() };
        let passing = table.decided.iter().filter(|(row, _)| test.passes(derive[*row as usize].then.value));
        merge(passing.flat_map(|(_, regions)| regions.iter().cloned()).collect())
    }

    fn with_axes(checked: &Checked) -> Compiled {
        let mut compiled = Compiled { roles: checked.roles.len(), ..Compiled::default() };
        let deciding = deciding_tests(checked);
        let all = all_tests(checked);
        for (at, fact) in checked.facts.iter().enumerate() {
            if !fact.is_base() {
                compiled.axes.push(None);
                continue;
            }
            let cuts = |tests: &[(FactId, &Test)]| -> Vec<i128> {
                let own = tests.iter().filter(|(tested, _)| tested.0 == at);
                let mut cuts: Vec<i128> = own.flat_map(|(_, test)| cuts(test)).collect();
                cuts.sort_unstable();
                cuts.dedup();
                cuts
            };
            let mut axis = match fact.kind.is_number() {
                true => Axis::ordered(fact.lowest, fact.highest, cuts(&all)),
                false => Axis::named(fact.values.len() as u32),
            };
            axis.requires = compiled.requirements(fact);
            compiled.axes.push(Some(compiled.space.axes.len()));
            compiled.space.axes.push(axis);
            compiled.facts.push(FactId(at));
            compiled.thresholds.push(cuts(&deciding));
        }
        let roles = Axis::named(checked.roles.len() as u32 + 1);
        compiled.space.axes.extend([roles.clone(), roles]);
        compiled
    }

    /// What a fact requires of the axes before it.
    fn requirements(&self, fact: &Fact) -> Vec<Requirement> {
        let requirement = |(required, test)| {
            let axis = self.axis(required)?;
            Some(Requirement { axis, extents: self.extents(axis, test).into() })
        };
        fact.only_when.facts().filter_map(requirement).collect()
    }

    fn substitute_derived(&mut self, checked: &Checked) -> Result<(), Diagnostic> {
        let mut order: Vec<FactId> = Vec::new();
        for row in &checked.derive {
            // The last row of a fact stands after all it may test.
            order.retain(|fact| *fact != row.then.fact);
            order.push(row.then.fact);
        }
        let mut budget = Budget::new(STEPS);
        for fact in order {
            let declared = &checked.facts[fact.0];
            let mut rows = Vec::new();
            for (at, row) in checked.derive.iter().enumerate().filter(|(_, row)| row.then.fact == fact) {
                let mut when = declared.only_when.clone();
                when.tests.extend(row.when.tests.iter().cloned());
                let regions = self
                    .regions(&checked.derive, &when)
                    .map_err(|_| too_complex(row.span, &declared.name))?;
                rows.extend(regions.into_iter().map(|region| Boxed { region, row: at as u32 }));
                self.check(rows.len()).map_err(|_| too_complex(row.span, &declared.name))?;
            }
            let table = self.derived_cells(fact, rows, &mut budget);
            let (table, cells) = table.map_err(|_| too_complex(declared.span, &declared.name))?;
            // Each is held against the others several times, to make fewer of them.
            self.regions_made += 4 * (table.rows.len() + cells);
            self.derived.push(table);
        }
        Ok(())
    }

    /// The table of a derived fact, and how many cells its rows were cut into.
    fn derived_cells(
        &self,
        fact: FactId,
        rows: Vec<Boxed>,
        budget: &mut Budget,
    ) -> Result<(DerivedTable, usize), TooMany> {
        let mut decided: BTreeMap<u32, Vec<Region>> = BTreeMap::new();
        let mut without = Vec::new();
        let mut cells = 0;
        for region in self.space.states() {
            let rows = Rows { space: &self.space, boxed: &rows };
            all_cells(rows, &region, budget, &mut |cell, row| {
                cells += 1;
                match row {
                    // Nothing is kept beyond the limit, so that no memory is taken for what is refused below.
                    _ if self.check(cells).is_err() => {}
                    Some(row) => decided.entry(row).or_default().push(cell),
                    None => without.push(cell),
                }
            })
            .map_err(|_| TooMany)?;
        }
        self.check(cells)?;
        let decided = decided.into_iter().map(|(row, regions)| (row, merge(regions))).collect();
        Ok((DerivedTable { fact, rows, decided, without: merge(without) }, cells))
    }

    fn table(
        &self,
        derive: &[Row<Derivation>],
        table: Table,
        rows: &[Row<RoleId>],
    ) -> Result<Vec<Boxed>, Diagnostic> {
        let mut boxed = Vec::with_capacity(rows.len());
        for (at, row) in rows.iter().enumerate() {
            let regions = self
                .regions(derive, &row.when)
                .ok()
                .filter(|regions| self.check(regions.len() + boxed.len()).is_ok());
            let regions = regions.ok_or_else(|| too_complex(row.span, table.as_str()))?;
            boxed.extend(regions.into_iter().map(|region| Boxed { region, row: at as u32 }));
        }
        Ok(boxed)
    }
}

/// More regions than the limit allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("more regions than can be held")]
pub struct TooMany;

fn too_complex(span: Span, what: &str) -> Diagnostic {
    Diagnostic::new(Code::TooComplex, span, format!("`{what}` is too entangled to be evaluated exactly"))
        .help("test fewer derived facts in one row, give them fewer overlapping rows, or write shorter lists of numbers")
}

fn extents(axis: &Axis, test: &Test) -> Vec<Extent> {
    match test {
        Test::Named(accepted) => {
            let places = accepted.iter().enumerate().filter(|(_, yes)| **yes);
            axis.extents(places.map(|(at, _)| (at as u32, at as u32)))
        }
        Test::Numbers(stretches) => {
            let mut atoms: Vec<(u32, u32)> = stretches
                .iter()
                .filter_map(|stretch| axis.atoms_between(stretch.first, stretch.last))
                .collect();
            atoms.sort_unstable();
            axis.extents(atoms)
        }
    }
}

/// The numbers before which a test tells values apart.
fn cuts(test: &Test) -> Vec<i128> {
    match test {
        Test::Named(_) => Vec::new(),
        Test::Numbers(stretches) => {
            let ends =
                stretches.iter().filter(|stretch| stretch.last != NO_END).map(|stretch| stretch.last + 1);
            stretches.iter().map(|stretch| stretch.first).chain(ends).collect()
        }
    }
}

/// The tests that decide or presume.
fn deciding_tests(checked: &Checked) -> Vec<(FactId, &Test)> {
    let mut tests: Vec<(FactId, &Test)> = Vec::new();
    tests.extend(checked.derive.iter().flat_map(|row| row.when.facts()));
    tests.extend(checked.owner.iter().flat_map(|row| row.when.facts()));
    tests.extend(checked.contact.iter().flat_map(|row| row.when.facts()));
    for row in &checked.typical {
        tests.extend(row.when.facts());
        tests.extend(row.then.set.iter().map(|presumed| (presumed.fact, &presumed.test)));
    }
    tests
}

/// Every test there is.
fn all_tests(checked: &Checked) -> Vec<(FactId, &Test)> {
    let mut tests = deciding_tests(checked);
    tests.extend(checked.facts.iter().flat_map(|fact| fact.only_when.facts()));
    tests.extend(checked.stakeholder.iter().flat_map(|row| row.when.facts()));
    tests.extend(checked.risk.iter().flat_map(|row| row.when.facts()));
    tests.extend(checked.action.iter().flat_map(|row| row.when.facts()));
    tests.extend(checked.question.iter().flat_map(|row| row.when.facts()));
    tests.extend(checked.milestone.iter().flat_map(|row| row.when.facts()));
    tests
}
