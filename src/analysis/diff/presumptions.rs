//! What is presumed otherwise: typical rows, and how much of a band must agree or counts as near.
//!
//! No state comes out otherwise through them, but profiles that leave something unknown do. What differs is compared
//! exactly; a profile that shows it is looked for among those that the rows and thresholds suggest.

use std::collections::BTreeSet;

use serde::Serialize;
use serde_json::{Map, Value as Json};

use super::same::{same_condition, same_test};
use crate::analysis::vocabulary;
use crate::decision::decide;
use crate::profile::Profile;
use crate::ruleset::{FactId, Kind, RoleId, Row, Ruleset, Typical};
use crate::source::json_number;
use crate::space::ABSENT;
use crate::{sentences, words};

/// Profiles tried to show a difference.
const TRIED: usize = 2_000;

/// Something that is presumed otherwise.
#[derive(Debug, Clone, Serialize)]
pub struct PresumptionChange {
    /// `typical`, `share` or `near`.
    pub key: &'static str,
    /// The typical row, or the fact.
    pub of: String,
    /// `new`, `gone`, `changed` or `moved`.
    pub change: &'static str,
    /// A profile whose answer changes, where one was found.
    pub witness: Option<Map<String, Json>>,
    /// Its answer by the old ruleset.
    pub from: Option<Answered>,
    /// Its answer by the new one.
    pub to: Option<Answered>,
}

impl PresumptionChange {
    /// The change in a sentence, in the words of the first of the rulesets that has the fact.
    pub fn in_words(&self, rulesets: [&Ruleset; 2]) -> String {
        let fact = rulesets.iter().find_map(|ruleset| Some(ruleset.fact(ruleset.fact_named(&self.of)?)));
        let of = match (self.key, fact) {
            ("typical", _) | (_, None) => format!("the `{}` row `{}`", self.key, self.of),
            (key, Some(fact)) => format!("`{key}` of {}", words::named(fact)),
        };
        let done = if self.change == "gone" || self.change == "new" { "is" } else { "has" };
        format!("{of} {done} {}", self.change)
    }

    /// A profile whose answer changes, and from what to what, where one was found.
    pub fn example(&self, rulesets: [&Ruleset; 2]) -> Option<String> {
        let profile = self.witness.as_ref()?;
        let place = match profile.is_empty() {
            true => "where nothing is known".to_owned(),
            false => format!("where {}", sentences::example(rulesets, profile)),
        };
        let (from, to) = (self.from.as_ref()?.in_words(rulesets), self.to.as_ref()?.in_words(rulesets));
        Some(format!("for example {place}: {from} → {to}"))
    }
}

/// What is answered about a profile.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Answered {
    /// How sure it is.
    pub status: String,
    /// The role that owns.
    pub owner: Option<String>,
    /// The contact.
    pub contact: Option<String>,
    /// How much to rely on it.
    pub confidence: String,
}

impl Answered {
    /// The answer in a few words, in those of the first of the rulesets that has its roles.
    fn in_words(&self, rulesets: [&Ruleset; 2]) -> String {
        let Answered { status, owner, contact, confidence } = self;
        match owner {
            None => status.clone(),
            Some(_) => {
                let answer = sentences::titled(rulesets, [owner, contact]);
                format!("{answer} ({status}, {confidence} confidence)")
            }
        }
    }
}

/// What two rulesets presume otherwise.
pub fn presumptions(old: &Ruleset, new: &Ruleset) -> Vec<PresumptionChange> {
    let mut changes = Vec::new();
    let mut add = |key: &'static str, of: &str, change: &'static str| {
        let of = of.to_owned();
        changes.push(PresumptionChange { key, of, change, witness: None, from: None, to: None });
    };
    let (before, after) = (old.typical(), new.typical());
    let known = |rows: &[Row<Typical>], id: &str| rows.iter().any(|row| row.id == id);
    for row in before {
        match after.iter().find(|other| other.id == row.id) {
            None => add("typical", &row.id, "gone"),
            Some(other) if !same_typical((old, row), (new, other)) => add("typical", &row.id, "changed"),
            Some(_) => {}
        }
    }
    after.iter().filter(|row| !known(before, &row.id)).for_each(|row| add("typical", &row.id, "new"));
    let common = |rows: &[Row<Typical>], others: &[Row<Typical>]| -> Vec<String> {
        rows.iter().filter(|row| known(others, &row.id)).map(|row| row.id.clone()).collect()
    };
    let (was, is) = (common(before, after), common(after, before));
    if let Some((id, _)) = was.iter().zip(&is).find(|(a, b)| a != b) {
        add("typical", id, "moved");
    }
    for fact in old.facts().iter().filter(|fact| fact.is_base()) {
        let Some(other) = new.fact_named(&fact.name).map(|other| new.fact(other)) else { continue };
        if fact.share != other.share {
            add("share", &fact.name, "changed");
        }
        if fact.near != other.near {
            add("near", &fact.name, "changed");
        }
    }
    if !changes.is_empty() {
        show(old, new, &mut changes);
    }
    changes
}

fn same_typical(a: (&Ruleset, &Row<Typical>), b: (&Ruleset, &Row<Typical>)) -> bool {
    let (one, other) = (&a.1.then, &b.1.then);
    let sets = one.set.len() == other.set.len()
        && one.set.iter().zip(&other.set).all(|(x, y)| {
            let name = &a.0.fact(x.fact).name;
            *name == b.0.fact(y.fact).name && same_test(name, (a.0, &x.test), (b.0, &y.test))
        });
    sets && one.support == other.support
        && one.source == other.source
        && same_condition((a.0, &a.1.when), (b.0, &b.1.when))
}

/// Puts to each change a profile whose answer it changes: the first that both rulesets can read and answer otherwise.
fn show(old: &Ruleset, new: &Ruleset, changes: &mut [PresumptionChange]) {
    let profiles: Vec<(Map<String, Json>, Answered, Answered)> = candidates(old, new)
        .into_iter()
        .take(TRIED)
        .filter_map(|profile| {
            let (from, to) = (answered(old, &profile)?, answered(new, &profile)?);
            (from != to).then_some((profile, from, to))
        })
        .collect();
    for change in changes {
        let of_row = |ruleset: &Ruleset| -> Vec<String> {
            let row = ruleset.typical().iter().find(|row| row.id == change.of);
            let facts = row.into_iter().flat_map(|row| row.when.facts());
            facts.map(|(fact, _)| ruleset.fact(fact).name.clone()).collect()
        };
        let about: Vec<String> = [of_row(old), of_row(new), vec![change.of.clone()]].concat();
        let names =
            |profile: &Map<String, Json>| about.iter().filter(|name| profile.contains_key(*name)).count();
        let best = profiles.iter().max_by_key(|(profile, _, _)| (names(profile), usize::MAX - profile.len()));
        if let Some((profile, from, to)) = best {
            change.witness = Some(profile.clone());
            (change.from, change.to) = (Some(from.clone()), Some(to.clone()));
        }
    }
}

fn answered(ruleset: &Ruleset, given: &Map<String, Json>) -> Option<Answered> {
    let text = Json::Object(given.clone()).to_string();
    let profile = Profile::from_json(ruleset, "profile", &text).ok()?;
    let decided = decide(ruleset, &profile).ok()?;
    let outcome = decided.outcome();
    let id = |role: Option<RoleId>| role.map(|role| ruleset.role(role).id.clone());
    Some(Answered {
        status: decided.status.as_str().to_owned(),
        owner: id(outcome.owner),
        contact: id(outcome.contact),
        confidence: decided.confidence.as_str().to_owned(),
    })
}

/// Profiles that leave something to be presumed: what the typical rows of either ruleset ask and a value more, and bands
/// and numbers about every threshold.
fn candidates(old: &Ruleset, new: &Ruleset) -> Vec<Map<String, Json>> {
    let mut found: Vec<Map<String, Json>> = vec![Map::new()];
    for ruleset in [old, new] {
        let (facts, roles) = vocabulary::names(ruleset);
        let compiled = ruleset.compiled();
        let vocabulary = vocabulary::Vocabulary { space: &compiled.space, facts: &facts, roles: &roles };
        let mut asked: Vec<Map<String, Json>> = vec![Map::new()];
        for row in ruleset.typical() {
            let regions = compiled.regions(ruleset.derive(), &row.when).unwrap_or_default();
            for region in regions.into_iter().take(4).flat_map(|region| compiled.space.settle(region)) {
                let point = vocabulary.point(&region);
                let tested = |axis: usize| region.on(axis) != compiled.space.axes[axis].all();
                let kept: Vec<bool> =
                    (0..point.len()).map(|axis| point[axis] != ABSENT && tested(axis)).collect();
                asked.push(vocabulary.profile(&point, &kept));
            }
        }
        let mut values: Vec<(String, Json)> = Vec::new();
        for (axis, fact) in compiled.facts.iter().enumerate() {
            let declared = ruleset.fact(*fact);
            let line = &compiled.space.axes[axis];
            let atoms = (0..line.count().min(40)).map(|atom| vocabulary.value(axis, atom).to_json(declared));
            values.extend(atoms.map(|value| (declared.name.clone(), value)));
            if declared.kind == Kind::Integer {
                values.extend(about_thresholds(ruleset, *fact, &compiled.thresholds[axis]));
            }
        }
        for base in &asked {
            found.push(base.clone());
            for (name, value) in &values {
                let mut more = base.clone();
                more.insert(name.clone(), value.clone());
                found.push(more);
            }
        }
    }
    let mut seen = BTreeSet::new();
    found.retain(|profile| seen.insert(Json::Object(profile.clone()).to_string()));
    found
}

/// Bands of a hundred numbers across each threshold, and numbers a little below and above it.
fn about_thresholds(ruleset: &Ruleset, fact: FactId, thresholds: &[i128]) -> Vec<(String, Json)> {
    let declared = ruleset.fact(fact);
    let mut found = Vec::new();
    for threshold in thresholds.iter().take(12) {
        for below in (2..=98).step_by(4) {
            let first = (threshold - below).max(declared.lowest);
            let last = (threshold + 99 - below).min(declared.highest);
            if first < last {
                found.push((declared.name.clone(), format!("{first}-{last}").into()));
            }
            let part = threshold.abs() * below / 200;
            for number in [threshold - part - 1, threshold + part] {
                if (declared.lowest..=declared.highest).contains(&number) {
                    found.push((declared.name.clone(), json_number(number)));
                }
            }
        }
    }
    found
}
