//! A ruleset as the page's script reads it.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use super::PageError;
use super::shape::{Cell, Collected, Fact, Line, Map, Model, Required, Role, Rule, Set, Typical, When};
use crate::decision::Verdict;
use crate::profile::Profile;
use crate::ruleset::{Basis, Condition, Kind, Party, RoleId, Row, Ruleset, Subject, Test};
use crate::space::{Extent, Region, merge};

/// More cells than this make a browser wait.
const CELLS: usize = 20_000;
/// Bits that a script's whole numbers take without becoming another kind.
const NARROW: u32 = 29;

impl Model {
    pub fn new(ruleset: &Ruleset) -> Result<Model, PageError> {
        let compiled = ruleset.compiled();
        let count = compiled.facts.len();
        let widest = compiled.space.axes[..count].iter().map(|axis| axis.count()).max().unwrap_or(0);
        let writer = Writer { ruleset, wide: widest > NARROW, absent: widest };
        let map = ruleset.map().as_ref().and_then(|map| {
            let lanes = map.lanes.iter().filter_map(|fact| compiled.axis(*fact)).collect();
            Some(Map { axis: compiled.axis(map.axis)?, lanes })
        });
        Ok(Model {
            title: ruleset.title().to_owned(),
            ruleset: format!("{} {}", ruleset.name(), ruleset.version()),
            digest: ruleset.digest().to_owned(),
            wide: writer.wide,
            absent: writer.absent,
            axes: (0..count).map(|axis| writer.line(axis)).collect(),
            facts: ruleset.facts().iter().enumerate().map(|(at, fact)| writer.fact(at, fact)).collect(),
            roles: ruleset
                .roles()
                .iter()
                .map(|role| Role { id: role.id.clone(), title: role.title.clone() })
                .collect(),
            cells: writer.cells()?,
            derived: compiled.derived.iter().map(|table| ruleset.fact(table.fact).name.clone()).collect(),
            derive: ruleset
                .derive()
                .iter()
                .map(|row| rule(row, None, Some(row.then.value.to_json(ruleset.fact(row.then.fact)))))
                .collect(),
            owner: ruleset.owner().iter().map(|row| rule(row, Some(row.then), None)).collect(),
            contact: ruleset.contact().iter().map(|row| rule(row, Some(row.then), None)).collect(),
            typical: writer.typical(),
            stakeholder: writer.collect(ruleset.stakeholder(), |involved, into| {
                into.role = Some(party(involved.role));
                into.raci = Some(involved.raci.as_str());
            }),
            risk: writer.collect(ruleset.risk(), |risk, into| {
                into.text = Some(risk.text.clone());
                into.mitigation.clone_from(&risk.mitigation);
            }),
            action: writer.collect(ruleset.action(), |action, into| {
                into.text = Some(action.text.clone());
                into.topic.clone_from(&action.topic);
                into.by = action.by.map(party);
            }),
            question: writer.collect(ruleset.question(), |text, into| into.text = Some(text.clone())),
            map,
        })
    }
}

fn rule<Then>(row: &Row<Then>, role: Option<RoleId>, value: Option<Json>) -> Rule {
    Rule {
        id: row.id.clone(),
        role: role.map(|role| role.0),
        value,
        because: row.because.clone(),
        inferred: row.basis != Basis::Stated,
    }
}

/// A role's place, or the word for one that the decision names.
fn party(party: Party) -> Json {
    match party {
        Party::Role(role) => role.0.into(),
        Party::Owner => "owner".into(),
        Party::Contact => "contact".into(),
        Party::Vendor => "vendor".into(),
    }
}

fn end(highest: u64) -> Option<u64> {
    (highest != u64::MAX).then_some(highest)
}

struct Writer<'a> {
    ruleset: &'a Ruleset,
    wide: bool,
    absent: u32,
}

impl Writer<'_> {
    /// A set of atoms as bits: a number, or in a wide model its hexadecimal digits.
    fn mask(&self, extents: &[Extent]) -> Json {
        let mut bits = vec![false; self.absent as usize + 1];
        for extent in extents {
            for atom in extent.atoms() {
                bits[atom as usize] = true;
            }
            bits[self.absent as usize] |= extent.has_absent();
        }
        let value = |bits: &[bool]| bits.iter().rev().fold(0u32, |sum, bit| sum * 2 + u32::from(*bit));
        match self.wide {
            false => value(&bits).into(),
            true => {
                let digits = bits.chunks(4).rev().map(|four| format!("{:x}", value(four)));
                format!("0x{}", digits.collect::<String>()).into()
            }
        }
    }

    fn line(&self, axis: usize) -> Line {
        let compiled = self.ruleset.compiled();
        let line = &compiled.space.axes[axis];
        let starts = if line.is_ordered() {
            (0..line.count()).map(|atom| line.bounds(atom).0).collect()
        } else {
            vec![]
        };
        Line {
            fact: compiled.facts[axis].0,
            count: line.count(),
            starts,
            highest: end(line.highest()),
            thresholds: compiled.thresholds[axis].clone(),
            all: self.mask(&[line.all()]),
        }
    }

    fn fact(&self, at: usize, fact: &crate::ruleset::Fact) -> Fact {
        let requires = fact.only_when.facts().filter_map(|(required, test)| {
            let axis = self.ruleset.compiled().axis(required)?;
            Some(Required { axis, mask: self.test(axis, test) })
        });
        Fact {
            name: fact.name.clone(),
            kind: fact.kind.to_string(),
            values: if fact.kind == Kind::Boolean { Vec::new() } else { fact.values.clone() },
            ask: fact.ask.clone(),
            lowest: fact.lowest,
            highest: end(fact.highest),
            near: fact.near.map(|near| near.to_string()),
            share: fact.share.map(|share| share.to_string()),
            unknown: fact.unknown.clone(),
            derived: fact.derived,
            axis: self.ruleset.compiled().axis(crate::ruleset::FactId(at)),
            requires: requires.collect(),
        }
    }

    fn test(&self, axis: usize, test: &Test) -> Json {
        self.mask(&self.ruleset.compiled().extents(axis, test))
    }

    fn when(&self, condition: &Condition) -> Vec<When> {
        let compiled = self.ruleset.compiled();
        let roles = |test: &Test| match test {
            Test::Named(accepted) => (0..accepted.len()).filter(|at| accepted[*at]).collect(),
            Test::Numbers(_) => Vec::new(),
        };
        let one = |subject: Subject, test: &Test| match subject {
            Subject::Owner => Some(When::Owner(roles(test))),
            Subject::Contact => Some(When::Contact(roles(test))),
            Subject::Fact(fact) => match compiled.axis(fact) {
                Some(axis) => Some(When::Axis(axis, self.test(axis, test))),
                None => {
                    let table = compiled.derived.iter().position(|table| table.fact == fact)?;
                    let derive = self.ruleset.derive().iter().enumerate();
                    let passing =
                        derive.filter(|(_, row)| row.then.fact == fact && test.passes(row.then.value));
                    Some(When::Derived(table, passing.map(|(at, _)| at as u32).collect()))
                }
            },
        };
        condition.tests.iter().filter_map(|test| one(test.subject, &test.test)).collect()
    }

    fn typical(&self) -> Vec<Typical> {
        let set = |row: &Row<crate::ruleset::Typical>| {
            let presumed = row.then.set.iter().filter_map(|presumed| {
                let axis = self.ruleset.compiled().axis(presumed.fact)?;
                let mask = self.test(axis, &presumed.test);
                Some(Set { fact: presumed.fact.0, mask, written: presumed.written.clone() })
            });
            presumed.collect()
        };
        let rows = self.ruleset.typical().iter();
        rows.map(|row| Typical { id: row.id.clone(), when: self.when(&row.when), set: set(row) }).collect()
    }

    fn collect<Then>(&self, rows: &[Row<Then>], fill: impl Fn(&Then, &mut Collected)) -> Vec<Collected> {
        let row = |row: &Row<Then>| {
            let mut collected =
                Collected { id: row.id.clone(), when: self.when(&row.when), ..Collected::default() };
            fill(&row.then, &mut collected);
            collected
        };
        rows.iter().map(row).collect()
    }

    /// All states, cut until the same rows decide throughout a cell, each fact applies throughout or not at all, and
    /// each derived fact has one row.
    fn cells(&self) -> Result<Vec<Cell>, PageError> {
        let compiled = self.ruleset.compiled();
        let space = &compiled.space;
        let verdict = Verdict::reach(self.ruleset, &Profile::unknown(self.ruleset))?;
        let conditional: Vec<usize> =
            (0..compiled.facts.len()).filter(|axis| space.axes[*axis].is_conditional()).collect();
        let nobody = |region: &Region| {
            // The roles decided follow from the rows, and must not keep cells apart.
            let all = space.all();
            let free = region.with(compiled.owner_axis(), all.on(compiled.owner_axis()));
            free.with(compiled.contact_axis(), all.on(compiled.contact_axis()))
        };
        type Key = (Option<u32>, Option<u32>, Vec<Option<u32>>);
        let mut by_rows: BTreeMap<Key, Vec<Region>> = BTreeMap::new();
        let mut count = 0;
        for piece in &verdict.pieces {
            let mut parts = vec![(nobody(&piece.region), Vec::new())];
            for table in &compiled.derived {
                let giving = table.decided.iter().map(|(row, regions)| (Some(*row), regions));
                let all: Vec<_> = giving.chain([(None, &table.without)]).collect();
                let mut finer = Vec::new();
                for (region, rows) in &parts {
                    for (row, others) in &all {
                        for other in others.iter() {
                            let longer: Vec<Option<u32>> = rows.iter().copied().chain([*row]).collect();
                            let both = space.meet(region, &nobody(other));
                            finer.extend(both.into_iter().map(|region| (region, longer.clone())));
                        }
                    }
                    if finer.len() > CELLS {
                        return Err(PageError::TooLarge(finer.len()));
                    }
                }
                parts = finer;
            }
            for (region, rows) in parts {
                let determined = space.determine(&region, &conditional);
                count += determined.len();
                if count > CELLS * 10 {
                    return Err(PageError::TooLarge(count));
                }
                by_rows.entry((piece.owner_row, piece.contact_row, rows)).or_default().extend(determined);
            }
        }
        let mut cells = Vec::new();
        for ((o, c, d), regions) in by_rows {
            for region in merge(regions) {
                let m = (0..compiled.facts.len()).map(|axis| self.mask(&[region.on(axis)])).collect();
                cells.push(Cell { m, o, c, d: d.clone() });
            }
        }
        if cells.len() > CELLS { Err(PageError::TooLarge(cells.len())) } else { Ok(cells) }
    }
}
