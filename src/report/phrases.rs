//! Conditions as clauses of a sentence, in the ruleset's own words where its questions lend them.

use serde_json::{Map, Value as Json};

use super::words;
use crate::decision::{Candidate, Decision};
use crate::ruleset::{Fact, Kind, Ruleset};

/// A fact's name as a reader sees it: `site_count` is "site count".
pub fn name(fact: &str) -> String {
    fact.replace('_', " ")
}

/// A role's title; "nobody" where there is none.
pub fn title<'a>(ruleset: &'a Ruleset, role: Option<&'a str>) -> &'a str {
    let Some(id) = role else { return "nobody" };
    ruleset.role_named(id).map_or(id, |role| &ruleset.role(role).title)
}

/// Owner and contact as one phrase; the contact is left out where it is the owner.
pub fn outcome(ruleset: &Ruleset, owner: Option<&str>, contact: Option<&str>) -> String {
    let (owner, contact) = (title(ruleset, owner), title(ruleset, contact));
    if owner == contact { owner.to_owned() } else { format!("{owner} (contact: {contact})") }
}

/// One test: "headcount is below 500", "there is no garden" where the question is "Is there a garden?".
pub fn test(ruleset: &Ruleset, fact: &str, test: &Json) -> String {
    let declared = ruleset.fact_named(fact).map(|id| ruleset.fact(id));
    match (declared, test) {
        (Some(fact), Json::Bool(flag)) => {
            existence(fact, *flag).unwrap_or_else(|| words::test(&name(&fact.name), test))
        }
        (Some(fact), _) if fact.kind == Kind::Set => {
            words::test(&format!("the number of {}", name(&fact.name)), test)
        }
        _ => words::test(&name(fact), test),
    }
}

/// What a question "Is there a …?" asks for, as a statement.
fn existence(fact: &Fact, there: bool) -> Option<String> {
    let rest = fact.ask.as_deref()?.strip_prefix("Is there ")?.strip_suffix('?')?;
    let (article, thing) = rest.split_once(' ').filter(|(article, _)| matches!(*article, "a" | "an"))?;
    Some(if there { format!("there is {article} {thing}") } else { format!("there is no {thing}") })
}

/// Tests that must all hold.
pub fn condition(ruleset: &Ruleset, condition: &Map<String, Json>) -> String {
    if condition.is_empty() {
        return "in any case".to_owned();
    }
    let tests = condition.iter().map(|(fact, test)| self::test(ruleset, fact, test));
    tests.collect::<Vec<_>>().join(" and ")
}

/// Conditions, any of which may hold.
pub fn conditions(ruleset: &Ruleset, conditions: &[Map<String, Json>]) -> String {
    conditions.iter().map(|one| condition(ruleset, one)).collect::<Vec<_>>().join(", or if ")
}

/// What is known by now, in one sentence: "if …: …; otherwise: …", the shortest conditions first.
pub fn so_far(ruleset: &Ruleset, decision: &Decision) -> String {
    /// More outcomes than this are not told apart yet.
    const TOLD: usize = 3;
    let named =
        |candidate: &Candidate| outcome(ruleset, candidate.owner.as_deref(), candidate.contact.as_deref());
    if let (true, Some(owner)) = (decision.candidates.is_empty(), &decision.owner) {
        let contact = decision.contact.as_ref().map(|contact| contact.role.as_str());
        return format!("settled: {}", outcome(ruleset, Some(&owner.role), contact));
    }
    let mut owners: Vec<&str> = Vec::new();
    for candidate in &decision.candidates {
        let owner = title(ruleset, candidate.owner.as_deref());
        if !owners.contains(&owner) {
            owners.push(owner);
        }
    }
    if decision.candidates.len() > TOLD {
        let more = owners.len().saturating_sub(TOLD);
        let shown = owners[..owners.len().min(TOLD)].join(", ");
        return match (more, owners.len()) {
            (_, 1) => {
                format!("the owner is settled: {shown}; {} contacts are possible", decision.candidates.len())
            }
            (0, _) => format!("possible owners: {shown}"),
            _ => format!("possible owners: {shown} and {more} more"),
        };
    }
    let mut ordered: Vec<(String, &Candidate)> = decision
        .candidates
        .iter()
        .map(|candidate| (conditions(ruleset, &candidate.when), candidate))
        .collect();
    ordered.sort_by_key(|(condition, _)| condition.len());
    let last = ordered.pop().map(|(_, candidate)| format!("otherwise: {}", named(candidate)));
    let parts = ordered.iter().map(|(condition, candidate)| format!("if {condition}: {}", named(candidate)));
    parts.chain(last).collect::<Vec<_>>().join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Profile, decide};

    #[test]
    fn questions_lend_their_words() {
        let ruleset = Ruleset::embedded().unwrap();
        let profile = Profile::from_toml(&ruleset, "p", "headcount = 300\nhr_team = true").unwrap();
        let told = so_far(&ruleset, &decide(&ruleset, &profile).unwrap());
        assert!(told.contains("if there is "), "{told}");
        assert!(told.contains("otherwise: "), "{told}");
    }
}
