//! Everything that a new row could change, with rows put together that conditions cannot tell apart.
//!
//! Most rows of a list differ in one number alone, the one with the most cuts. So rows that say the same but for that
//! number are a group, and how often each pattern of the number occurs in it is all that is kept of them.

use std::collections::{BTreeMap, HashMap};

use super::axes::LearnAxis;
use super::items::{Effect, FOLDS, Part, Parted, Rows};
use super::parted_steps::Key;
use super::patterns::Patterns;

/// Everything that a new row could change.
#[derive(Debug, Default)]
pub struct Groups {
    /// For each axis what groups say; nothing for the last one where it is a number.
    pub columns: Vec<Vec<u64>>,
    /// What the rows of each group would do.
    pub effects: Vec<Effect>,
    /// How many they are.
    pub rows: Vec<Rows>,
    /// Where the entries of each group begin, and where the last ones end.
    pub starts: Vec<usize>,
    /// Patterns of the last number, and in how many rows of a group each occurs.
    pub entries: Vec<(u32, Rows)>,
    /// The patterns of each axis that is a number.
    pub patterns: Vec<Patterns>,
    /// For each other number, the pattern of each group.
    pub places: Vec<Vec<Option<u32>>>,
    /// Rows that a group cannot hold: sets of states, or bands, that hang on several facts decide them.
    pub parted: Vec<Parted>,
    /// Rows that could not be weighed exactly, and are taken to change in no way.
    pub unmoved: u64,
}

/// The last axis, where it is a number.
pub fn last_number(axes: &[LearnAxis]) -> Option<usize> {
    axes.last().filter(|axis| axis.is_number()).map(|_| axes.len() - 1)
}

/// How many rows of a group have each pattern of the last number; those without one are changed by no test of it.
type ByPattern = BTreeMap<Option<u32>, Rows>;

/// Puts rows together.
pub struct Grouping<'a> {
    axes: &'a [LearnAxis],
    last: Option<usize>,
    groups: HashMap<(Box<[u64]>, Effect), ByPattern>,
    parted: BTreeMap<(Effect, u128, Vec<Part>), Rows>,
    patterns: Patterns,
    /// Rows that could not be weighed exactly.
    pub unmoved: u64,
}

impl<'a> Grouping<'a> {
    /// Nothing yet, over these axes.
    pub fn new(axes: &'a [LearnAxis]) -> Self {
        Grouping {
            axes,
            last: last_number(axes),
            groups: HashMap::new(),
            parted: BTreeMap::new(),
            patterns: Patterns::default(),
            unmoved: 0,
        }
    }

    /// Adds rows, of which a new row must change so much of these parts.
    pub fn add(&mut self, effect: Effect, rows: Rows, needed: u128, mut parts: Vec<Part>) {
        for part in &mut parts {
            part.boxes.sort_unstable();
            part.boxes.dedup();
        }
        let Some(said) = self.said_by_all(&parts) else {
            add(self.parted.entry((effect, needed, parts)).or_default(), rows);
            return;
        };
        let pattern = self.last.and_then(|last| match &parts[..] {
            [only] if only.bands.is_empty() && needed <= only.weight && only.boxes.len() == 1 => {
                self.patterns.of_said(only.boxes[0][last], effect.takes_in())
            }
            _ => {
                let parted = Parted { effect, rows, needed, parts };
                self.patterns.of_key(Key::of(&parted, last, &[], self.axes), &self.axes[last])
            }
        });
        add(self.groups.entry((said, effect)).or_default().entry(pattern).or_default(), rows);
    }

    /// What all sets of states say of every axis but the last number, where they say the same.
    fn said_by_all(&self, parts: &[Part]) -> Option<Box<[u64]>> {
        let is_apart = |part: &Part| part.bands.iter().any(|(axis, ..)| Some(*axis) != self.last);
        if parts.iter().any(is_apart) {
            return None;
        }
        let mut boxes = parts.iter().flat_map(|part| &part.boxes);
        let said = |own: &[u64]| {
            let mut said: Box<[u64]> = own.into();
            if let Some(last) = self.last {
                said[last] = 0;
            }
            said
        };
        let first = said(boxes.next()?);
        // Without a last number several sets of states are told apart by nothing.
        boxes.all(|own| said(own) == first).then_some(first)
    }

    /// All of it, in an order that does not depend on that of the rows.
    pub fn finish(self) -> Groups {
        let Grouping { axes, last, groups, parted, patterns: mut own, unmoved } = self;
        let places = own.sort();
        let mut sorted: Vec<_> = groups.into_iter().collect();
        sorted.sort_unstable_by(|one, other| one.0.cmp(&other.0));
        let mut found = Groups {
            columns: vec![Vec::with_capacity(sorted.len()); axes.len()],
            starts: vec![0],
            patterns: vec![Patterns::default(); axes.len()],
            places: vec![Vec::new(); axes.len()],
            unmoved,
            ..Groups::default()
        };
        for ((said, effect), entries) in sorted {
            for (axis, said) in said.iter().enumerate().filter(|(axis, _)| Some(*axis) != last) {
                found.columns[axis].push(*said);
                if axes[axis].is_number() {
                    let pattern = found.patterns[axis].of_said(*said, effect.takes_in());
                    found.places[axis].push(pattern);
                }
            }
            found.effects.push(effect);
            let mut all = Rows::default();
            let from = found.entries.len();
            for (pattern, rows) in entries {
                add(&mut all, rows);
                found.entries.extend(pattern.map(|pattern| (places[pattern as usize], rows)));
            }
            found.entries[from..].sort_unstable_by_key(|(pattern, _)| *pattern);
            found.rows.push(all);
            found.starts.push(found.entries.len());
        }
        if let Some(last) = last {
            found.patterns[last] = own;
        }
        found.parted = parted
            .into_iter()
            .map(|((effect, needed, parts), rows)| Parted { effect, rows, needed, parts })
            .collect();
        found
    }
}

fn add(sum: &mut Rows, rows: Rows) {
    for at in 0..FOLDS {
        sum[at] = sum[at].saturating_add(rows[at]);
    }
}
