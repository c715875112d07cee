//! What is said of what was learned: each proposal with what it fixes and breaks, and why there are no more.

use serde_json::Value as Json;

use super::document::{Block, Cell, Section, Table};
use crate::learning::{Changed, Ended, Family, Learned, Proposal, StretchSeen, TypicalSeen};
use crate::ruleset::{FactId, RoleId, Ruleset, Subject};
use crate::source::{toml_table, toml_text};
use crate::words::{self, capital, numbers, thousands};

/// What was searched, and what the rows say before anything is changed.
pub fn searched(ruleset: &Ruleset, learned: &Learned, tests: usize) -> Vec<String> {
    let facts: Vec<&str> = learned.facts.iter().map(|fact| ruleset.fact(*fact).title()).collect();
    let mut said = vec![
        format!(
            "Held against {} of which it is known who owned; the rules in use name that owner in {}.",
            words::rows(learned.rows),
            thousands(learned.right)
        ),
        format!(
            "Looked for the best of all {} conditions of at most {tests} facts, with each role, among: {}.",
            tried(learned, Family::Any),
            facts.join(", ")
        ),
        format!(
            "The chance of each is corrected for so many tries: half of `--p` is for another owner where a rule in use \
             decides ({}), a quarter for conditions that cut numbers only where the rules do ({}), a quarter for all. \
             Rows without an answer are no proof.",
            tried(learned, Family::OwnerRow),
            tried(learned, Family::RuleCuts)
        ),
    ];
    if learned.contradictory > 0 {
        said.push(format!(
            "Whatever the rules say, {} will be wrong: others that say the same had another owner.",
            words::rows(learned.contradictory)
        ));
    }
    if learned.unmoved > 0 {
        said.push(format!(
            "Not counted is what changes in {} whose bands depend on each other.",
            words::rows(learned.unmoved)
        ));
    }
    said
}

/// How many conditions were tried, as people read it.
fn tried(learned: &Learned, family: Family) -> String {
    let count = learned.tries.count(family);
    match count < 1e15 {
        true => thousands(count as u64),
        false => format!("{count:.1e}"),
    }
}

fn title(ruleset: &Ruleset, role: Option<RoleId>, none: &str) -> String {
    role.map_or_else(|| none.to_owned(), |role| ruleset.role(role).title.clone())
}

/// The condition of a proposal in words.
fn condition(ruleset: &Ruleset, proposal: &Proposal) -> String {
    words::condition(ruleset, &proposal.row.when)
}

/// How many of the rows that change have no owner before or after.
fn open(changed: &Changed, what: &str) -> String {
    match changed.open {
        0 => String::new(),
        rows => format!(" ({} of them {what})", thousands(rows)),
    }
}

/// What a proposal comes to, in a sentence.
fn gain(proposal: &Proposal) -> String {
    format!(
        "fixes {}{}, breaks {}{} (chance {}{})",
        words::rows(proposal.fixes.rows),
        open(&proposal.fixes, "had no answer"),
        thousands(proposal.breaks.rows),
        open(&proposal.breaks, "have no answer then"),
        proposal.chance,
        proposal
            .validated
            .map_or_else(String::new, |net| format!("; in rows it was not learned from, {net:+} net"))
    )
}

/// A proposal, as a section.
pub fn proposal(ruleset: &Ruleset, at: usize, proposal: &Proposal, toml: &str) -> Vec<String> {
    let owner = title(ruleset, Some(proposal.row.then), "");
    let mut said = vec![
        format!("{}. Where {}, the owner is: {owner}", at + 1, condition(ruleset, proposal)),
        format!("   {}", gain(proposal)),
    ];
    if !proposal.is_exhaustive {
        said.push(
            "   the steps ran out before all conditions were tried: there may be a better one".to_owned(),
        );
    }
    let found = match proposal.is_best {
        true => "the best of all these conditions, found exhaustively",
        false => {
            "others turn as many rows right or more, but may be chance; of all that are not, it is the best, found \
             exhaustively"
        }
    };
    if proposal.is_exhaustive {
        said.push(format!("   {found}"));
    }
    said.push(String::new());
    said.extend(toml.lines().map(|line| format!("   {line}")));
    said.push(String::new());
    said.extend(examples(ruleset, "fixes", &proposal.fixes));
    said.extend(examples(ruleset, "breaks", &proposal.breaks));
    said
}

fn examples(ruleset: &Ruleset, what: &str, changed: &Changed) -> Vec<String> {
    let mut said = vec![format!("   {what} {}", thousands(changed.rows))];
    for example in &changed.examples {
        let name = if example.name.is_empty() { "a row without a name" } else { &example.name };
        said.push(format!(
            "     {name}: it was {}; the rules named {}, and now {}",
            title(ruleset, example.actual, "somebody else"),
            title(ruleset, example.before, "nobody"),
            title(ruleset, example.after, "nobody")
        ));
    }
    said
}

/// The row of a proposal in TOML; `source` says from what it was learned.
pub fn toml(ruleset: &Ruleset, proposal: &Proposal, source: &str) -> String {
    let role = &ruleset.role(proposal.row.then).id;
    let (fixes, breaks) = (proposal.fixes.rows, proposal.breaks.rows);
    let because = format!(
        "Among our own projects, where {}, the owner turned out to be: {}.",
        condition(ruleset, proposal),
        ruleset.role(proposal.row.then).title
    );
    let cite =
        format!("learned from {source}: fixes {fixes} rows, breaks {breaks}, chance {}", proposal.chance);
    format!(
        "[[owner]]\nid = {}\nwhen = {}\nrole = {}\nbasis = \"learned\"\nbecause = {}\ncite = {}\n",
        toml_text(&proposal.row.id),
        toml_table(&proposal.when),
        toml_text(role),
        toml_text(&because),
        toml_text(&cite)
    )
}

/// A ruleset that extends the one in use by all proposals, the last one found first.
pub fn extending(ruleset: &Ruleset, learned: &Learned, extends: &str, source: &str) -> String {
    let rows = learned.proposals.iter().rev().map(|proposal| toml(ruleset, proposal, source));
    format!(
        "[ruleset]\nname = {}\nversion = \"1.0.0\"\ntitle = {}\nextends = {}\n\n{}",
        toml_text(&format!("{}-learned", ruleset.name())),
        toml_text(ruleset.title()),
        toml_text(extends),
        rows.collect::<Vec<_>>().join("\n")
    )
}

/// Why there are no more proposals.
pub fn ended(ruleset: &Ruleset, learned: &Learned) -> String {
    let nothing = if learned.proposals.is_empty() {
        "Nothing is worth changing"
    } else {
        "Nothing more is worth changing"
    };
    let best = |proposal: &Proposal| {
        let owner = title(ruleset, Some(proposal.row.then), "");
        format!("where {}, {owner}; it {}", condition(ruleset, proposal), gain(proposal))
    };
    match &learned.ended {
        Ended::Enough => "There may be more rows worth adding: `--rows` asks for more.".to_owned(),
        Ended::NothingBetter => {
            format!("{nothing}: no condition turns more rows right than it turns wrong.")
        }
        Ended::TooFew { needed } => format!(
            "{nothing}: too few rows are wrong to tell a rule from chance. With so many conditions tried, at least \
             {needed} rows would have to turn right; wrong are {}.",
            thousands(learned.rows - learned.right)
        ),
        Ended::OneOwner(role) => format!(
            "{nothing}: every row has the same owner, {}, so that there is nothing to tell apart.",
            title(ruleset, Some(*role), "")
        ),
        Ended::Chance(proposal) => {
            format!("{nothing}: the best row left may be chance: {}.", best(proposal))
        }
        Ended::NotShown(proposal) => format!(
            "{nothing}: the best row left does not hold for rows that it was not learned from: {}.",
            best(proposal)
        ),
        Ended::Error(proposal, error) => format!(
            "{nothing} as the rules stand: the best row left makes an error that `rules check` finds ({error}): {}.",
            best(proposal)
        ),
    }
}

/// What rows show of presumptions, in sections.
pub fn typical(ruleset: &Ruleset, seen: &TypicalSeen) -> Vec<Section> {
    let table = |columns: Vec<&'static str>, rows: Vec<Vec<String>>| {
        let rows = rows.into_iter().map(|row| row.into_iter().map(Cell::from).collect()).collect();
        Block::Table(Table { columns, rows })
    };
    let held = seen.rows.iter().filter(|row| row.seen.rows > 0).map(|row| {
        vec![
            row.rule.clone(),
            said(ruleset, &row.fact, &row.value),
            row.seen.counts(),
            row.seen.in_words(),
            row.support.clone().unwrap_or_default(),
        ]
    });
    let held = table(vec!["Rule", "Presumes", "So in", "Share (95 % interval)", "Claimed"], held.collect());
    let stretch = |seen: &StretchSeen| {
        let along = seen.along.as_ref().and_then(|along| ruleset.fact_named(along));
        let place = seen
            .numbers
            .zip(along)
            .map_or_else(|| "all".to_owned(), |(own, along)| numbers(ruleset.fact(along), &[own]));
        let presumed = seen.presumed.as_ref();
        vec![
            place,
            presumed.map_or("nothing".to_owned(), |own| said(ruleset, &seen.fact, &own.value)),
            presumed.map_or(String::new(), |own| own.seen.in_words()),
            said(ruleset, &seen.fact, &seen.commonest.value),
            format!("{} of {}", seen.commonest.seen.in_words(), thousands(seen.commonest.seen.rows)),
            if seen.is_better { "yes" } else { "" }.to_owned(),
        ]
    };
    let along = seen.stretches.iter().map(stretch).collect();
    let columns = vec!["Stretch", "Presumed", "So in", "Commonest", "So in", "Better"];
    [
        Section::of("How often what is presumed holds", held),
        Section::of("What is commonest, stretch by stretch", table(columns, along)),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// What a value or a test says of a fact.
fn said(ruleset: &Ruleset, fact: &str, value: &Json) -> String {
    let Some(id) = ruleset.fact_named(fact) else { return String::new() };
    let sets = ruleset.typical().iter().flat_map(|row| &row.then.set);
    let written = sets.filter(|set| set.fact == id).find(|set| set.written == *value);
    match (written, value_of(ruleset, id, value)) {
        (Some(set), _) => capital(&words::clause(ruleset, Subject::Fact(id), &set.test)),
        (None, Some(value)) => {
            let test = ruleset.fact(id).test_of(value);
            capital(&words::clause(ruleset, Subject::Fact(id), &test))
        }
        (None, None) => String::new(),
    }
}

fn value_of(ruleset: &Ruleset, fact: FactId, value: &Json) -> Option<crate::ruleset::Value> {
    use crate::ruleset::Value;
    match value {
        Json::Bool(flag) => Some(Value::Named((*flag).into())),
        Json::Number(number) => number.as_i64().map(|number| Value::Number(number.into())),
        Json::String(name) => ruleset.fact(fact).value_named(name).map(Value::Named),
        _ => None,
    }
}
