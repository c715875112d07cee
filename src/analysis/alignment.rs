//! Two rulesets over the same axes, so that they can be compared state by state.
//!
//! Facts and roles are the same where their names are. Each axis is cut where either ruleset cuts it, and holds the
//! values that both allow; a fact that only one of them has takes the values it has there.

use std::collections::{HashMap, HashSet};

use super::vocabulary::Vocabulary;
use crate::ruleset::{Fact, Kind, RoleId, Row, Ruleset, Table};
use crate::space::{Axis, Boxed, Extent, Region, Requirement, Space};

/// Why two rulesets cannot be compared.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Incomparable {
    /// A fact is of one kind in one and of another in the other.
    #[error("`{fact}` is of kind `{old}` in the one and `{new}` in the other")]
    Kind {
        /// The fact.
        fact: String,
        /// Its kind in the old one.
        old: Kind,
        /// Its kind in the new one.
        new: Kind,
    },
    /// A fact has no value that both allow.
    #[error("no value of `{0}` is allowed by both")]
    NothingShared(String),
}

/// Two rulesets over the same axes.
pub struct Alignment {
    /// The axes: the facts, then owner and contact.
    pub space: Space,
    /// The fact of each axis but the last two, with the values of the axis.
    pub facts: Vec<Fact>,
    /// The roles of both, each once.
    pub roles: Vec<String>,
    /// What each of them is called, in the new ruleset where it has the role.
    pub titles: Vec<String>,
    /// The old ruleset.
    pub old: Side,
    /// The new ruleset.
    pub new: Side,
    /// What is not compared, as sentences.
    pub notes: Vec<String>,
}

/// One ruleset over the common axes; [`Boxed::row`] is the role given, as an atom of the axis of the owner.
#[derive(Default)]
pub struct Side {
    /// The owner table.
    pub owner: Vec<Boxed>,
    /// The contact table.
    pub contact: Vec<Boxed>,
}

impl Alignment {
    /// Puts two rulesets over the same axes.
    ///
    /// # Errors
    /// When a fact of both is of another kind in each, or has no value that both allow.
    pub fn new(old: &Ruleset, new: &Ruleset) -> Result<Alignment, Incomparable> {
        let mut roles: Vec<String> = old.roles().iter().map(|role| role.id.clone()).collect();
        roles
            .extend(new.roles().iter().map(|role| role.id.clone()).filter(|id| old.role_named(id).is_none()));
        let title = |id: &String| {
            let of = |ruleset: &Ruleset| Some(ruleset.role(ruleset.role_named(id)?).title.clone());
            of(new).or_else(|| of(old)).unwrap_or_else(|| id.clone())
        };
        let mut alignment = Alignment {
            space: Space::default(),
            facts: Vec::new(),
            titles: roles.iter().map(title).collect(),
            roles,
            old: Side::default(),
            new: Side::default(),
            notes: Vec::new(),
        };
        let names = old.compiled().facts.iter().map(|fact| &old.fact(*fact).name);
        let added = new.compiled().facts.iter().map(|fact| &new.fact(*fact).name);
        let mut ordered: Vec<&String> = names.collect();
        // A fact stands after those it requires in either ruleset: what the new one adds keeps its own order.
        ordered.extend(
            added.filter(|name| old.fact_named(name).is_none_or(|fact| old.compiled().axis(fact).is_none())),
        );
        for name in ordered {
            alignment.add_axis(old, new, name)?;
        }
        let count = alignment.roles.len() as u32 + 1;
        alignment.space.axes.extend([Axis::named(count), Axis::named(count)]);
        alignment.old = alignment.side(old);
        alignment.new = alignment.side(new);
        Ok(alignment)
    }

    /// A ruleset beside itself without some rows that name roles.
    pub fn without(ruleset: &Ruleset, rows: &[(Table, usize)]) -> Alignment {
        let left_out: HashSet<(Table, usize)> = rows.iter().copied().collect();
        let compiled = ruleset.compiled();
        let side = |table: Table, boxed: &[Boxed], rows: &[Row<RoleId>]| -> [Vec<Boxed>; 2] {
            let said = |boxed: &Boxed| Boxed {
                region: boxed.region.clone(),
                row: rows[boxed.row as usize].then.0 as u32,
            };
            let left = boxed.iter().filter(|boxed| !left_out.contains(&(table, boxed.row as usize)));
            [boxed.iter().map(said).collect(), left.map(said).collect()]
        };
        let [owner, fewer_owners] = side(Table::Owner, &compiled.owner, ruleset.owner());
        let [contact, fewer_contacts] = side(Table::Contact, &compiled.contact, ruleset.contact());
        Alignment {
            space: compiled.space.clone(),
            facts: compiled.facts.iter().map(|fact| ruleset.fact(*fact).clone()).collect(),
            roles: ruleset.roles().iter().map(|role| role.id.clone()).collect(),
            titles: ruleset.roles().iter().map(|role| role.title.clone()).collect(),
            old: Side { owner, contact },
            new: Side { owner: fewer_owners, contact: fewer_contacts },
            notes: Vec::new(),
        }
    }

    /// The facts and roles, for a [`Vocabulary`].
    pub fn names(&self) -> (Vec<&Fact>, Vec<&str>) {
        (self.facts.iter().collect(), self.roles.iter().map(String::as_str).collect())
    }

    /// What the roles are called, for [`Vocabulary::in_words`].
    pub fn called(&self) -> Vec<&str> {
        self.titles.iter().map(String::as_str).collect()
    }

    /// The axes with the names of what they stand for.
    pub fn vocabulary<'a>(&'a self, facts: &'a [&'a Fact], roles: &'a [&'a str]) -> Vocabulary<'a> {
        Vocabulary { space: &self.space, facts, roles }
    }

    /// The axis of the owner.
    pub fn owner_axis(&self) -> usize {
        self.facts.len()
    }

    /// The role of an atom, `None` for nobody.
    pub fn role(&self, atom: u32) -> Option<&str> {
        self.roles.get(atom as usize).map(String::as_str)
    }

    fn axis_of(&self, name: &str) -> Option<usize> {
        self.facts.iter().position(|fact| fact.name == name)
    }

    fn add_axis(&mut self, old: &Ruleset, new: &Ruleset, name: &str) -> Result<(), Incomparable> {
        let of = |ruleset: &Ruleset| {
            let fact = ruleset.fact_named(name)?;
            Some((
                ruleset.fact(fact).clone(),
                ruleset.compiled().space.axes[ruleset.compiled().axis(fact)?].clone(),
            ))
        };
        let (fact, mut axis, conditions) = match (of(old), of(new)) {
            (Some((fact, axis)), None) => (fact, axis.clone(), vec![self.requires(old, &axis)]),
            (None, Some((fact, axis))) => (fact, axis.clone(), vec![self.requires(new, &axis)]),
            (Some((a, old_axis)), Some((b, new_axis))) => {
                if a.kind != b.kind {
                    return Err(Incomparable::Kind { fact: name.to_owned(), old: a.kind, new: b.kind });
                }
                let conditions = vec![self.requires(old, &old_axis), self.requires(new, &new_axis)];
                let (fact, axis) = self.shared(a, &old_axis, &b, &new_axis)?;
                (fact, axis, conditions)
            }
            (None, None) => return Ok(()),
        };
        let alike = conditions.iter().all(|condition| *condition == conditions[0]);
        axis.requires = match conditions.into_iter().next().flatten() {
            Some(requires) if alike => requires,
            _ => {
                let message = "applies elsewhere in the one than in the other; states in which it does not are counted with each of its values";
                self.notes.push(format!("`{name}` {message}"));
                Vec::new()
            }
        };
        self.facts.push(fact);
        self.space.axes.push(axis);
        Ok(())
    }

    /// The values that both allow, cut where either is.
    fn shared(
        &mut self,
        mut fact: Fact,
        a: &Axis,
        other: &Fact,
        b: &Axis,
    ) -> Result<(Fact, Axis), Incomparable> {
        let nothing = || Incomparable::NothingShared(other.name.clone());
        if !a.is_ordered() {
            let before = fact.values.len().max(other.values.len());
            fact.values.retain(|value| other.values.contains(value));
            if fact.values.is_empty() {
                return Err(nothing());
            }
            if fact.values.len() < before {
                self.notes
                    .push(format!("values of `{}` that only one of the two has are not compared", fact.name));
            }
            let axis = Axis::named(fact.values.len() as u32);
            return Ok((fact, axis));
        }
        let (lowest, highest) = (fact.lowest.max(other.lowest), fact.highest.min(other.highest));
        if lowest > highest {
            return Err(nothing());
        }
        if (fact.lowest, fact.highest) != (other.lowest, other.highest) {
            self.notes
                .push(format!("numbers of `{}` that only one of the two allows are not compared", fact.name));
        }
        let cuts = [a, b].into_iter().flat_map(|axis| (0..axis.count()).map(|atom| axis.bounds(atom).0));
        let axis = Axis::ordered(lowest, highest, cuts.collect::<Vec<_>>());
        (fact.lowest, fact.highest) = (lowest, highest);
        Ok((fact, axis))
    }

    /// What an axis requires, on the common axes; `None` where that cannot be said there.
    fn requires(&self, ruleset: &Ruleset, axis: &Axis) -> Option<Vec<Requirement>> {
        axis.requires
            .iter()
            .map(|required| {
                let fact = ruleset.fact(ruleset.compiled().facts[required.axis]);
                let common = self.axis_of(&fact.name)?;
                let own = &ruleset.compiled().space.axes[required.axis];
                let extents = required.extents.iter();
                let extents = extents.flat_map(|extent| self.extents(common, fact, own, *extent)).collect();
                Some(Requirement { axis: common, extents })
            })
            .collect()
    }

    /// An extent of a ruleset's axis on the common one, "does not apply" aside.
    fn extents(&self, common: usize, fact: &Fact, own: &Axis, extent: Extent) -> Vec<Extent> {
        let axis = &self.space.axes[common];
        if own.is_ordered() {
            let stretches = extent.stretches();
            let numbers = stretches.iter().map(|(first, last)| (own.bounds(*first).0, own.bounds(*last).1));
            return axis.extents(numbers.filter_map(|(first, last)| axis.atoms_between(first, last)));
        }
        let place = |atom: u32| self.facts[common].value_named(fact.values.get(atom as usize)?);
        let mut atoms: Vec<u32> = extent.atoms().filter_map(place).collect();
        atoms.sort_unstable();
        axis.extents(atoms.into_iter().map(|atom| (atom, atom)))
    }

    fn side(&self, ruleset: &Ruleset) -> Side {
        let table = |boxed: &[Boxed], rows: &[Row<RoleId>]| {
            let mut common = Vec::with_capacity(boxed.len());
            for own in boxed {
                let role = self.role_atom(ruleset, rows[own.row as usize].then.0);
                let regions = self.regions(ruleset, &own.region);
                common.extend(regions.into_iter().map(|region| Boxed { region, row: role }));
            }
            common
        };
        let compiled = ruleset.compiled();
        Side {
            owner: table(&compiled.owner, ruleset.owner()),
            contact: table(&compiled.contact, ruleset.contact()),
        }
    }

    fn role_atom(&self, ruleset: &Ruleset, role: usize) -> u32 {
        let known =
            ruleset.roles().get(role).and_then(|role| self.roles.iter().position(|id| *id == role.id));
        known.unwrap_or(self.roles.len()) as u32
    }

    /// A region of a ruleset on the common axes.
    pub fn regions(&self, ruleset: &Ruleset, region: &Region) -> Vec<Region> {
        let own = &ruleset.compiled().space;
        // Where the condition of a fact could not be kept, the rows that test it say it themselves.
        let lost: Vec<usize> = (0..ruleset.compiled().facts.len())
            .filter(|axis| own.axes[*axis].is_conditional())
            .filter(|axis| {
                self.common(ruleset, *axis).is_some_and(|at| !self.space.axes[at].is_conditional())
            })
            .collect();
        let settled = if own.is_conditional() { own.settle(region.clone()) } else { vec![region.clone()] };
        let parts = settled.into_iter().flat_map(|part| own.determine(&part, &lost));
        parts.flat_map(|part| self.carried(ruleset, &part)).collect()
    }

    fn common(&self, ruleset: &Ruleset, axis: usize) -> Option<usize> {
        self.axis_of(&ruleset.fact(ruleset.compiled().facts[axis]).name)
    }

    fn carried(&self, ruleset: &Ruleset, region: &Region) -> Vec<Region> {
        let own = ruleset.compiled();
        let mut carried = vec![Region::new(self.space.axes.iter().map(Axis::all))];
        let mut narrow = |axis: usize, extents: &[Extent]| {
            let parts =
                carried.iter().flat_map(|region| extents.iter().map(|extent| region.with(axis, *extent)));
            carried = parts.collect();
        };
        for (at, fact) in own.facts.iter().enumerate() {
            let (line, extent, fact) = (&own.space.axes[at], region.on(at), ruleset.fact(*fact));
            let Some(common) = self.axis_of(&fact.name) else { continue };
            if extent == line.all() {
                continue;
            }
            let axis = &self.space.axes[common];
            let mut extents = self.extents(common, fact, line, extent);
            if extent.has_absent() && axis.is_conditional() {
                match extents.first_mut() {
                    Some(first) => *first = first.with_absent(),
                    None => extents.push(axis.none().with_absent()),
                }
            } else if extent.has_absent() {
                extents = vec![axis.all()];
            }
            narrow(common, &extents);
        }
        for (at, common) in
            [(own.owner_axis(), self.owner_axis()), (own.contact_axis(), self.owner_axis() + 1)]
        {
            let (line, extent) = (&own.space.axes[at], region.on(at));
            if extent == line.all() {
                continue;
            }
            let mut atoms: Vec<u32> =
                extent.atoms().map(|atom| self.role_atom(ruleset, atom as usize)).collect();
            atoms.sort_unstable();
            narrow(common, &self.space.axes[common].extents(atoms.into_iter().map(|atom| (atom, atom))));
        }
        carried
    }
}

/// A number for each distinct row of two lists, so that lists of rows can be compared quickly.
pub fn numbered<'a>(old: &'a [Boxed], new: &'a [Boxed]) -> [Vec<u32>; 2] {
    let mut known: HashMap<(&'a Region, u32), u32> = HashMap::with_capacity(old.len());
    [old, new].map(|rows| {
        let number = |boxed: &'a Boxed| {
            let next = known.len() as u32;
            *known.entry((&boxed.region, boxed.row)).or_insert(next)
        };
        rows.iter().map(number).collect()
    })
}
