//! The parts of a decision in words, as every report says them.
#![allow(
    clippy::indexing_slicing,
    reason = "rows and candidates are named by their places in the decision that is told"
)]

use crate::decision::{BandPart, Conjunction, Decision, FirstCall, Outcome, Presumption, Warning};
use crate::profile::{Contradiction, Given, Known, Profile};
use crate::ruleset::{Fact, FactId, Party, Row, Ruleset, Stretch, Test, Typical};
use crate::space::NO_END;
use crate::words;
use serde_json::{Map, Value as Json};

/// The question for a fact.
pub fn question(fact: &Fact) -> String {
    fact.ask.clone().unwrap_or_else(|| format!("{}?", words::capital(fact.title())))
}

/// A question for the first call.
pub fn first_call(ruleset: &Ruleset, asked: &FirstCall) -> String {
    match asked {
        FirstCall::Row(at) => ruleset.question()[*at].then.clone(),
        FirstCall::EmptyChair(role) => {
            // A role may be a team or several people, and somebody speaks for it.
            format!("Who takes the part of “{}” here, by name?", ruleset.role(*role).title)
        }
        FirstCall::ContactName(role) => {
            let title = &ruleset.role(*role).title;
            format!("Who takes the part of “{title}” here, by name, and how can we reach that person?")
        }
    }
}

/// An example of a profile as one clause, each fact in the words of the first ruleset that can read it.
pub fn example(rulesets: [&Ruleset; 2], profile: &Map<String, Json>) -> String {
    let clause = |(name, value): (&String, &Json)| {
        let read = |ruleset: &&Ruleset| {
            let fact = ruleset.fact_named(name)?;
            let alone = Map::from_iter([(name.clone(), value.clone())]);
            let text = Json::Object(alone).to_string();
            let profile = Profile::from_json(ruleset, "example", &text).ok()?;
            Some(profile.given(fact)?.clause(ruleset.fact(fact)))
        };
        rulesets.iter().find_map(read).unwrap_or_else(|| format!("`{name}` is {value}"))
    };
    words::joined(profile.iter().map(clause))
}

/// What is to be known about the answer.
pub fn warning(ruleset: &Ruleset, warning: &Warning) -> String {
    match warning {
        Warning::Repaired(repaired) => repaired.clone(),
        Warning::StandsIn { role, by } => format!(
            "nobody given is “{}”: {} stands in, as “{}”",
            ruleset.role(*role).title,
            by.person.name,
            ruleset.role(by.role).title
        ),
    }
}

/// What is given of a fact, as a cell of a table; the members of a set by name.
pub fn given_value(fact: &Fact, given: &Given) -> String {
    match (&given.known, &given.written) {
        (_, serde_json::Value::Array(members)) => {
            let names: Vec<&str> = members.iter().filter_map(serde_json::Value::as_str).collect();
            names.join(", ")
        }
        (Known::Exact(value), _) => words::value(fact, *value),
        (Known::Band { min, max }, _) => {
            words::numbers(fact, &[Stretch { first: *min, last: max.unwrap_or(NO_END) }])
        }
        (Known::Text(text), _) => text.clone(),
    }
}

/// Why facts that are given exclude each other, as a sentence.
pub fn contradiction(ruleset: &Ruleset, profile: &Profile, found: Contradiction) -> String {
    let said = |fact: FactId| profile.given(fact).map(|given| given.clause(ruleset.fact(fact)));
    let Some(own) = said(found.fact) else { return String::new() };
    match found.because_of.and_then(said) {
        Some(other) => format!("it cannot be that {own} where {other}"),
        None => format!("it cannot be that {own} where the rest is as given"),
    }
}

/// A presumption as a clause, with the part of a band that it is for.
pub fn presumption(ruleset: &Ruleset, presumed: &Presumption) -> String {
    let clause = words::clause_of(ruleset.fact(presumed.fact), &presumed.set(ruleset).test);
    match &presumed.part {
        Some(part) => format!("{}: {clause}", self::part(ruleset, part, true)),
        None => clause,
    }
}

/// A part of a band, and what is presumed for it.
type PartSaid<'a> = (Option<&'a BandPart>, Vec<(FactId, &'a Test)>);

/// All that was presumed, in clauses: what holds throughout, then for each part of a band what holds there.
pub fn presumptions(ruleset: &Ruleset, presumed: &[Presumption]) -> Vec<String> {
    let mut parts: Vec<PartSaid<'_>> = vec![(None, Vec::new())];
    for one in presumed {
        let said = (one.fact, &one.set(ruleset).test);
        let part = one.part.as_ref();
        match parts.iter_mut().find(|(known, _)| *known == part) {
            Some((_, tests)) if tests.contains(&said) => {}
            Some((_, tests)) => tests.push(said),
            None => parts.push((part, vec![said])),
        }
    }
    parts.sort_by(|(a, _), (b, _)| {
        let key = |part: &Option<&BandPart>| part.map(|part| (part.fact, part.numbers.clone()));
        key(a).cmp(&key(b))
    });
    let mut said = Vec::new();
    let mut first = true;
    for (part, tests) in parts {
        let clauses = tests.iter().map(|(fact, test)| words::clause_of(ruleset.fact(*fact), test));
        match part {
            None => said.extend(words::grouped(clauses)),
            Some(part) => {
                let lead = self::part(ruleset, part, first);
                first = false;
                said.push(format!("{lead}: {}", words::joined(clauses)));
            }
        }
    }
    said
}

/// How often what a typical row presumes is so: "so in 70% of them (who found it)", or "our judgement".
pub fn support_of(row: &Row<Typical>) -> String {
    match (row.then.support, &row.then.source) {
        (Some(support), Some(source)) => format!("so in {support} of such organizations ({source})"),
        (Some(support), None) => format!("so in {support} of such organizations"),
        (None, Some(source)) => format!("found by {source}"),
        (None, None) => "our judgement".to_owned(),
    }
}

/// How well what was presumed is founded, as clauses; empty where nothing was presumed.
pub fn support(ruleset: &Ruleset, presumed: &[Presumption]) -> String {
    let is_founded = |one: &&Presumption| one.of(ruleset).then.support.is_some();
    let (founded, judged): (Vec<&Presumption>, Vec<&Presumption>) = presumed.iter().partition(is_founded);
    let clause = |one: &&Presumption| {
        let clause = words::clause_of(ruleset.fact(one.fact), &one.set(ruleset).test);
        format!("that {clause} is {}", support_of(one.of(ruleset)))
    };
    let mut said: Vec<String> = founded.iter().map(clause).collect();
    match (judged.is_empty(), said.is_empty()) {
        (true, _) => {}
        (false, true) => said.push("this is our judgement".to_owned()),
        (false, false) => said.push("the rest is our judgement".to_owned()),
    }
    said.join("; ")
}

/// A part of a band: "up to 1,999 employees", and once the unit is known "from 2,000".
fn part(ruleset: &Ruleset, part: &BandPart, with_unit: bool) -> String {
    let fact = ruleset.fact(part.fact);
    let number = |number| words::thousands(number);
    let each =
        part.numbers.iter().map(|Stretch { first, last }| match (part.begins(*first), part.ends(*last)) {
            _ if first == last => number(*first),
            (true, false) => format!("up to {}", number(*last)),
            (false, true) => format!("from {}", number(*first)),
            _ => format!("{} to {}", number(*first), number(*last)),
        });
    let numbers = each.collect::<Vec<_>>().join(" or ");
    if with_unit { words::number_with_unit(fact, &numbers) } else { numbers }
}

/// Conditions any of which may hold: "if there is an L&D team", "in any case".
pub fn when(ruleset: &Ruleset, when: &[Conjunction]) -> String {
    let tests: Vec<&[(FactId, Test)]> = when.iter().map(|one| one.tests.as_slice()).collect();
    words::any_of(ruleset, &tests)
}

/// The same in short, for a screen: of several conditions the shortest, and how many there are beside it.
pub fn when_in_short(ruleset: &Ruleset, conditions: &[Conjunction]) -> String {
    /// The longest text that is still short.
    const SHORT: usize = 130;
    let whole = when(ruleset, conditions);
    if conditions.len() < 2 || whole.chars().count() <= SHORT {
        return whole;
    }
    let each = conditions.iter().map(|one| when(ruleset, std::slice::from_ref(one)));
    let shortest = each.min_by_key(|said| said.chars().count()).unwrap_or_default();
    match conditions.len() - 1 {
        1 => format!("{shortest}, or in one other case"),
        more => format!("{shortest}, or in {more} other cases"),
    }
}

/// Conditions of which any may hold, each after the words that lead to it; an empty one always holds.
pub fn in_any_of(said: &[String], lead: &str) -> Vec<String> {
    let line = |(at, said): (usize, &String)| match (said.is_empty(), at) {
        (true, _) => "in any case".to_owned(),
        (false, 0) => format!("{lead} {said}"),
        (false, _) => format!("or where {said}"),
    };
    said.iter().enumerate().map(line).collect()
}

/// Owner and contact as one phrase; the contact is left out where it is the owner.
pub fn outcome(ruleset: &Ruleset, outcome: Outcome) -> String {
    let title = |role| ruleset.role(role).title.as_str();
    match (outcome.owner, outcome.contact) {
        (None, None) => "nobody".to_owned(),
        (Some(owner), Some(contact)) if owner == contact => title(owner).to_owned(),
        (owner, contact) => {
            format!("{} (contact: {})", owner.map_or("nobody", title), contact.map_or("nobody", title))
        }
    }
}

/// Owner and contact by their ids in words, by the titles that the first ruleset with such a role gives them.
pub fn titled(rulesets: [&Ruleset; 2], [owner, contact]: [&Option<String>; 2]) -> String {
    let title = |id: &Option<String>| {
        let Some(id) = id else { return "nobody".to_owned() };
        let role = rulesets.iter().find_map(|ruleset| Some(ruleset.role(ruleset.role_named(id)?)));
        role.map_or_else(|| id.clone(), |role| role.title.clone())
    };
    match owner == contact {
        true => title(owner),
        false => format!("{} (contact: {})", title(owner), title(contact)),
    }
}

/// Who does something: the title of a role, or the name of the person who has it.
pub fn party(ruleset: &Ruleset, decision: &Decision, party: Party) -> String {
    let title = |role| ruleset.role(role).title.clone();
    match party {
        Party::Role(role) => title(role),
        Party::Owner => decision.owner.map_or_else(|| "the owner".to_owned(), title),
        Party::Contact => match (&decision.person, decision.contact) {
            (Some(found), _) => found.person.name.clone(),
            (None, Some(role)) => title(role),
            (None, None) => "the contact".to_owned(),
        },
        Party::Vendor => "the vendor".to_owned(),
    }
}

/// What is known by now, in one sentence: "if …: …; otherwise: …", the shortest conditions first.
pub fn so_far(ruleset: &Ruleset, decision: &Decision) -> String {
    /// More outcomes than this are not told apart yet.
    const TOLD: usize = 3;
    if decision.candidates.is_empty() && decision.owner.is_some() {
        return format!("settled: {}", outcome(ruleset, decision.outcome()));
    }
    let named = |at: usize| outcome(ruleset, decision.candidates[at].outcome);
    let count = decision.candidates.len();
    if count > TOLD {
        let mut owners: Vec<&str> = Vec::new();
        for candidate in &decision.candidates {
            let owner = candidate.outcome.owner.map_or("nobody", |role| ruleset.role(role).title.as_str());
            if !owners.contains(&owner) {
                owners.push(owner);
            }
        }
        let more = owners.len().saturating_sub(TOLD);
        let shown = owners[..owners.len().min(TOLD)].join(", ");
        return match more {
            0 => format!("possible owners: {shown}"),
            _ => format!("possible owners: {shown} and {more} more"),
        };
    }
    let mut ordered: Vec<(String, usize)> =
        (0..count).map(|at| (when(ruleset, &decision.candidates[at].when), at)).collect();
    ordered.sort_by_key(|(condition, _)| condition.len());
    let last = ordered.pop().map(|(_, at)| format!("otherwise: {}", named(at)));
    let parts = ordered.iter().map(|(condition, at)| format!("{condition}: {}", named(*at)));
    parts.chain(last).collect::<Vec<_>>().join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Profile, decide};

    #[test]
    fn what_is_known_by_now_is_said_in_clauses() {
        let ruleset = Ruleset::embedded().unwrap();
        let profile = Profile::from_toml(&ruleset, "p", "headcount = 300\nhr_team = true").unwrap();
        let told = so_far(&ruleset, &decide(&ruleset, &profile).unwrap());
        assert!(told.starts_with("if "), "{told}");
        assert!(told.contains("otherwise: "), "{told}");
    }
}
