//! Rows that collect (stakeholders, risks, actions, questions and dates) and say or hold something else.

use serde::Serialize;
use serde_json::{Map, Value as Json};

use super::same::party;
use crate::analysis::alignment::Alignment;
use crate::analysis::overlay::Overlay;
use crate::ruleset::{Condition, Ruleset, Table};
use crate::sentences;
use crate::space::cells::Budget;
use crate::space::{Boxed, OutOfBudget, Region};

/// Steps allowed for putting in few words where one row holds otherwise.
const WORDING: u64 = 100_000;

/// A row that differs.
#[derive(Debug, Clone, Serialize)]
pub struct RowChange {
    /// The table.
    pub table: String,
    /// The id of the row.
    pub id: String,
    /// `new`, `gone` or `changed`.
    pub change: &'static str,
    /// The keys that say something else.
    pub keys: Vec<String>,
    /// Where it holds by the new ruleset alone: conditions, any of which may hold.
    pub begins: Vec<Map<String, Json>>,
    /// Where it holds by the old one alone.
    pub ends: Vec<Map<String, Json>>,
    /// The same as `begins`, in the rulesets' words; an empty one for all states.
    #[serde(skip)]
    pub begins_said: Vec<String>,
    /// The same as `ends`, in the rulesets' words.
    #[serde(skip)]
    pub ends_said: Vec<String>,
}

impl RowChange {
    /// The change in a sentence.
    pub fn in_words(&self) -> String {
        let done = if self.change == "changed" { "has changed" } else { &format!("is {}", self.change) };
        let keys = match self.keys.is_empty() {
            true => String::new(),
            false => format!(": `{}`", self.keys.join("`, `")),
        };
        format!("the `{}` row `{}` {done}{keys}", self.table, self.id)
    }

    /// Where it holds otherwise, a condition each.
    pub fn places(&self) -> Vec<String> {
        let begins = sentences::in_any_of(&self.begins_said, "now holds where");
        begins.into_iter().chain(sentences::in_any_of(&self.ends_said, "no longer holds where")).collect()
    }
}

/// One row as far as it is compared.
struct Collected<'a> {
    table: Table,
    id: &'a str,
    when: &'a Condition,
    says: Vec<(&'static str, Option<String>)>,
}

/// Rows that only one of two rulesets has, that say something else, or that hold in other states.
///
/// # Errors
/// When the rulesets are too entangled to be compared.
pub fn rows(
    old: &Ruleset,
    new: &Ruleset,
    alignment: &Alignment,
    budget: &mut Budget,
) -> Result<Vec<RowChange>, OutOfBudget> {
    let (before, after) = (collected(old), collected(new));
    let mut changes = Vec::new();
    let change = |row: &Collected<'_>, change: &'static str| RowChange {
        table: row.table.as_str().to_owned(),
        id: row.id.to_owned(),
        change,
        keys: Vec::new(),
        begins: Vec::new(),
        ends: Vec::new(),
        begins_said: Vec::new(),
        ends_said: Vec::new(),
    };
    for row in &before {
        let Some(other) = after.iter().find(|other| (other.table, other.id) == (row.table, row.id)) else {
            changes.push(change(row, "gone"));
            continue;
        };
        let differs = row.says.iter().zip(&other.says).filter(|(a, b)| a != b);
        let keys: Vec<String> = differs.map(|((key, _), _)| (*key).to_owned()).collect();
        let [ends, begins] = holds_otherwise(old, new, alignment, [row.when, other.when], budget)?;
        if keys.is_empty() && begins.is_empty() && ends.is_empty() {
            continue;
        }
        let ((begins, begins_said), (ends, ends_said)) =
            (begins.into_iter().unzip(), ends.into_iter().unzip());
        changes.push(RowChange { keys, begins, ends, begins_said, ends_said, ..change(row, "changed") });
    }
    let is_new =
        |row: &&Collected<'_>| before.iter().all(|other| (other.table, other.id) != (row.table, row.id));
    changes.extend(after.iter().filter(is_new).map(|row| change(row, "new")));
    Ok(changes)
}

/// A condition in rule syntax and in words.
type Said = (Map<String, Json>, String);

/// Where a row holds by the old ruleset alone, and where by the new one alone.
fn holds_otherwise(
    old: &Ruleset,
    new: &Ruleset,
    alignment: &Alignment,
    when: [&Condition; 2],
    budget: &mut Budget,
) -> Result<[Vec<Said>; 2], OutOfBudget> {
    let boxed = |ruleset: &Ruleset, when: &Condition| -> Result<Vec<Boxed>, OutOfBudget> {
        let regions = ruleset.compiled().regions(ruleset.derive(), when);
        let regions = regions.map_err(|_| OutOfBudget { steps: 0 })?;
        let common = regions.iter().flat_map(|region| alignment.regions(ruleset, region));
        Ok(common.map(|region| Boxed { region, row: 0 }).collect())
    };
    let (before, after) = (boxed(old, when[0])?, boxed(new, when[1])?);
    let mut only: [Vec<Region>; 2] = Default::default();
    let mut overlay = Overlay::differing(&alignment.space, &before, &after);
    for region in alignment.space.states() {
        overlay.run(&region, budget, &mut |region, [was, _]| {
            only[usize::from(was.is_none())].push(region.clone());
            Ok(())
        })?;
    }
    let ((facts, roles), titles) = (alignment.names(), alignment.called());
    let vocabulary = alignment.vocabulary(&facts, &roles);
    Ok(only.map(|regions| match regions.is_empty() {
        true => Vec::new(),
        false => {
            let simple = vocabulary.simplify(&regions, &mut Budget::new(WORDING));
            let said = |region| (vocabulary.condition(region), vocabulary.in_words(region, &titles));
            simple.iter().map(said).collect()
        }
    }))
}

fn collected(ruleset: &Ruleset) -> Vec<Collected<'_>> {
    let mut rows = Vec::new();
    for row in ruleset.stakeholder() {
        let says = vec![
            ("role", Some(party(ruleset, row.then.role))),
            ("raci", Some(row.then.raci.as_str().to_owned())),
            ("core", Some(row.then.core.to_string())),
        ];
        rows.push(Collected { table: Table::Stakeholder, id: &row.id, when: &row.when, says });
    }
    for row in ruleset.risk() {
        let says = vec![("text", Some(row.then.text.clone())), ("mitigation", row.then.mitigation.clone())];
        rows.push(Collected { table: Table::Risk, id: &row.id, when: &row.when, says });
    }
    for row in ruleset.action() {
        let says = vec![
            ("topic", row.then.topic.clone()),
            ("by", row.then.by.map(|by| party(ruleset, by))),
            ("text", Some(row.then.text.clone())),
        ];
        rows.push(Collected { table: Table::Action, id: &row.id, when: &row.when, says });
    }
    for row in ruleset.question() {
        let says = vec![("text", Some(row.then.clone()))];
        rows.push(Collected { table: Table::Question, id: &row.id, when: &row.when, says });
    }
    for row in ruleset.milestone() {
        let says = vec![
            ("topic", row.then.topic.clone()),
            ("at", Some(format!("{:?}", row.then.at))),
            ("until", row.then.until.map(|until| format!("{until:?}"))),
            ("text", Some(row.then.text.clone())),
        ];
        rows.push(Collected { table: Table::Milestone, id: &row.id, when: &row.when, says });
    }
    rows
}
