//! What is left to decide once some facts are read: two pasts that leave the same have the same future.

use super::reading::Said;
use crate::profile::{Known, Profile};
use crate::ruleset::{FactId, Kind, Ruleset, TooMany};
use crate::space::{Extent, NO_END, Region};

/// What is left to decide; equal where the same is left.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Residual {
    /// How many facts are read.
    level: usize,
    /// Rows by table, each with what it says and what it still asks.
    rows: Vec<Asking>,
    /// What is known of the facts that something still asks for.
    known: Vec<(u32, Mode)>,
    /// Which integers with a share are known as a band that ends.
    shares: Vec<bool>,
}

/// A row: its part, what it says, and what it still asks, axis by axis.
type Asking = (Part, u32, Vec<(u32, Extent)>);

/// What a row is a part of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Part {
    Owner,
    Contact,
    Derive,
    Typical,
    Set,
    Requirement,
    TextRequirement,
}

/// What is known of a fact that was read.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Mode {
    Unknown,
    Exact(u32, Extent),
    Band(i128, Option<i128>),
}

/// The rows that a ruleset decides and presumes by, as regions.
pub struct Residuals<'a> {
    ruleset: &'a Ruleset,
    rows: Vec<(Part, u32, Region)>,
}

impl<'a> Residuals<'a> {
    /// Lays out the rows of a ruleset.
    ///
    /// # Errors
    /// When they are too many regions.
    pub fn new(ruleset: &'a Ruleset) -> Result<Residuals<'a>, TooMany> {
        let compiled = ruleset.compiled();
        let mut rows = Vec::new();
        for boxed in &compiled.owner {
            rows.push((Part::Owner, boxed.row, boxed.region.clone()));
        }
        for boxed in &compiled.contact {
            rows.push((
                Part::Contact,
                ruleset.contact()[boxed.row as usize].then.0 as u32,
                boxed.region.clone(),
            ));
        }
        for table in &compiled.derived {
            for (row, regions) in &table.decided {
                rows.extend(regions.iter().map(|region| (Part::Derive, *row, region.clone())));
            }
        }
        for (at, row) in ruleset.typical().iter().enumerate() {
            let regions = compiled.regions(ruleset.derive(), &row.when)?;
            rows.extend(regions.into_iter().map(|region| (Part::Typical, at as u32, region)));
        }
        Ok(Residuals { ruleset, rows })
    }

    /// What is left where the first facts were read so; `read` has what was said of each, `unread` are those to come.
    pub fn of(
        &self,
        profile: &Profile,
        read: &[(FactId, &Said)],
        unread: impl Iterator<Item = FactId>,
    ) -> Residual {
        let compiled = self.ruleset.compiled();
        let facts = compiled.facts.len();
        let mut known: Vec<Option<Extent>> = vec![None; facts];
        let mut modes: Vec<Option<Mode>> = vec![None; facts];
        for (fact, said) in read {
            let Some(axis) = compiled.axis(*fact) else { continue };
            let line = &compiled.space.axes[axis];
            (known[axis], modes[axis]) = match said.given.as_ref().map(|given| &given.known) {
                None | Some(Known::Text(_)) => (None, Some(Mode::Unknown)),
                Some(Known::Exact(value)) => {
                    let own = match *value {
                        crate::ruleset::Value::Named(at) => at,
                        crate::ruleset::Value::Number(number) => line.atom(number),
                    };
                    let reach = said.reach.unwrap_or(line.only(own));
                    (Some(reach), Some(Mode::Exact(own, reach)))
                }
                Some(Known::Band { min, max }) => {
                    let atoms = line.atoms_between(*min, max.unwrap_or(NO_END));
                    let extent = atoms.map_or(line.none(), |(first, last)| line.none().stretch(first, last));
                    (Some(extent), Some(Mode::Band(*min, *max)))
                }
            };
        }
        let mut rows = self.live(profile, &known);
        let live: Vec<u32> = rows.iter().filter(|row| row.0 == Part::Typical).map(|row| row.1).collect();
        for row in live {
            let sets = &self.ruleset.typical()[row as usize].then.set;
            for (place, presumption) in sets.iter().enumerate() {
                if profile.given(presumption.fact).is_none() {
                    rows.push((Part::Set, row, vec![(place as u32, Extent::Few(0))]));
                }
            }
        }
        let given = profile.all_given().map(|(fact, _)| fact);
        let texts = given.chain(unread).filter(|fact| compiled.axis(*fact).is_none());
        self.requirements(texts, &known, &mut rows);
        let asked_for = |axis: usize| {
            rows.iter().any(|(part, says, asks)| {
                *part != Part::Set
                    && (asks.iter().any(|(on, _)| *on as usize == axis)
                        || (*part == Part::Requirement && *says as usize == axis))
            })
        };
        let presumed = |axis: usize| {
            rows.iter().any(|(part, row, asks)| {
                let sets = &self.ruleset.typical();
                *part == Part::Set
                    && asks.iter().any(|(place, _)| {
                        let fact = sets[*row as usize].then.set[*place as usize].fact;
                        compiled.axis(fact) == Some(axis)
                    })
            })
        };
        let mut needed = Vec::new();
        let mut shares = Vec::new();
        for (axis, mode) in modes.into_iter().enumerate() {
            let fact = self.ruleset.fact(compiled.facts[axis]);
            let Some(mode) = mode else { continue };
            if fact.kind == Kind::Integer && fact.share.is_some() {
                shares.push(match mode {
                    Mode::Exact(..) => false,
                    Mode::Band(_, max) => max.is_some() || fact.highest != NO_END,
                    Mode::Unknown => fact.highest != NO_END,
                });
            }
            if asked_for(axis) || presumed(axis) {
                needed.push((axis as u32, mode));
            }
        }
        Residual { level: read.len(), rows, known: needed, shares }
    }

    /// The rows that may still hold, each with what it asks.
    fn live(&self, profile: &Profile, known: &[Option<Extent>]) -> Vec<Asking> {
        let mut rows: Vec<Asking> = Vec::new();
        let mut closed: Option<Part> = None;
        for (part, says, region) in &self.rows {
            if closed == Some(*part) {
                continue;
            }
            let Some(asks) = self.asked(region, known) else { continue };
            // A row that presumes what is given presumes nothing.
            if *part == Part::Typical && self.is_given(*says, profile) {
                continue;
            }
            // A row that always holds hides those below it; they follow each other.
            if asks.is_empty() && matches!(part, Part::Owner | Part::Contact) {
                closed = Some(*part);
            }
            rows.push((*part, *says, asks));
        }
        rows
    }

    /// Whether a profile gives all that a typical row presumes.
    fn is_given(&self, row: u32, profile: &Profile) -> bool {
        let set = &self.ruleset.typical()[row as usize].then.set;
        set.iter().all(|presumption| profile.given(presumption.fact).is_some())
    }

    fn requirements(
        &self,
        texts: impl Iterator<Item = FactId>,
        known: &[Option<Extent>],
        rows: &mut Vec<Asking>,
    ) {
        let compiled = self.ruleset.compiled();
        for (axis, line) in compiled.space.axes.iter().enumerate().filter(|(_, line)| line.is_conditional()) {
            for required in &line.requires {
                let all = known[required.axis].is_some_and(|known| required.holds_throughout(known));
                if !all {
                    let asks: Vec<Extent> = match known[required.axis] {
                        Some(known) => required.holding(known).collect(),
                        None => required.extents.to_vec(),
                    };
                    let asks = asks.into_iter().map(|extent| (required.axis as u32, extent)).collect();
                    rows.push((Part::Requirement, axis as u32, asks));
                }
            }
        }
        // A text can be given only where it applies, so that what it requires matters until it is read.
        for fact in texts {
            for (required, test) in self.ruleset.fact(fact).only_when.facts() {
                let Some(axis) = compiled.axis(required) else { continue };
                let extents = compiled.extents(axis, test);
                if !known[axis].is_some_and(|known| extents.iter().any(|extent| known.within(*extent))) {
                    let possible = |extent: &Extent| known[axis].is_none_or(|known| known.touches(*extent));
                    let asks =
                        extents.into_iter().filter(possible).map(|extent| (axis as u32, extent)).collect();
                    rows.push((Part::TextRequirement, fact.0 as u32, asks));
                }
            }
        }
    }

    /// What a row still asks; `None` where it cannot hold.
    fn asked(&self, region: &Region, known: &[Option<Extent>]) -> Option<Vec<(u32, Extent)>> {
        let mut asks = Vec::new();
        for (axis, line) in self.ruleset.compiled().space.axes.iter().enumerate() {
            let extent = region.on(axis);
            match known.get(axis).copied().flatten() {
                Some(known) if known.within(extent) => {}
                Some(known) => {
                    let both = known.meet(extent);
                    if both.is_empty() {
                        return None;
                    }
                    asks.push((axis as u32, both));
                }
                None if extent == line.all() => {}
                None => asks.push((axis as u32, extent)),
            }
        }
        Some(asks)
    }
}
