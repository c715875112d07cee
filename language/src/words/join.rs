//! Clauses joined to sentences, what they have in common said once.

use crate::ruleset::{FactId, Ruleset, Test};

/// What a shared beginning may end in: what follows then stands on its own.
const VERBS: [&str; 6] = ["is", "are", "has", "have", "was", "were"];
/// Words that go on with what stands before them.
const PREPOSITIONS: [&str; 6] = ["for", "in", "with", "at", "by", "from"];
/// A subject that any verb may follow.
const SUBJECTS: [&str; 2] = ["it", "they"];

/// Clauses that all hold, as one: "there is an HR team but no L&D team, and it works in 1 country".
pub fn joined(clauses: impl IntoIterator<Item = String>) -> String {
    let groups = groups(clauses);
    // Among other parts a comma would end this one.
    let but = if groups.len() > 1 { " but " } else { ", but " };
    let parts: Vec<String> = groups.iter().map(|group| group.said(but)).collect();
    let compound =
        |part: &String| [" and ", ", ", " or ", " but no"].iter().any(|joint| part.contains(joint));
    match (parts.as_slice(), parts.iter().any(compound)) {
        ([], _) => String::new(),
        ([only], _) => only.clone(),
        ([first @ .., last], true) => format!("{}, and {last}", first.join(", ")),
        (_, false) => listed(&parts, "and"),
    }
}

/// Clauses that all hold, those that begin alike as one.
pub fn grouped(clauses: impl IntoIterator<Item = String>) -> Vec<String> {
    groups(clauses).iter().map(|group| group.said(", but ")).collect()
}

fn groups(clauses: impl IntoIterator<Item = String>) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for clause in clauses.into_iter().filter(|clause| !clause.is_empty()) {
        let longer = groups.iter().position(|group| group.shared_with(&clause) > 0);
        match longer {
            Some(at) => groups[at].take(clause),
            None => groups.push(Group { shared: 0, clauses: vec![clause] }),
        }
    }
    groups
}

/// Clauses that begin alike.
struct Group {
    /// How many words they have in common.
    shared: usize,
    clauses: Vec<String>,
}

impl Group {
    /// How many words a clause could share with these; 0 where it cannot be said together with them.
    fn shared_with(&self, clause: &str) -> usize {
        let Some(first) = self.clauses.first() else { return 0 };
        let words: Vec<&str> = first.split(' ').collect();
        let alike = words.iter().zip(clause.split(' ')).take_while(|(a, b)| *a == b).count();
        let limit = if self.shared > 0 { alike.min(self.shared) } else { alike };
        let ends_well = |count: &usize| match words[..*count] {
            [only] => SUBJECTS.contains(&only),
            [.., last] => VERBS.contains(&last),
            [] => false,
        };
        let clauses = || self.clauses.iter().map(String::as_str).chain([clause]);
        let leaves_something = |count: &usize| clauses().all(|clause| clause.split(' ').count() > *count);
        (1..=limit).rev().filter(leaves_something).find(ends_well).unwrap_or(0)
    }

    fn take(&mut self, clause: String) {
        self.shared = self.shared_with(&clause);
        self.clauses.push(clause);
    }

    /// "there is an HR team, but no L&D team"; `but` joins what there is to what there is not.
    fn said(&self, but: &str) -> String {
        let [first, _, ..] = self.clauses.as_slice() else { return self.clauses.concat() };
        let lead: Vec<&str> = first.split(' ').take(self.shared).collect();
        let rest = |clause: &String| clause.split(' ').skip(self.shared).collect::<Vec<_>>().join(" ");
        let (without, with): (Vec<String>, Vec<String>) = self
            .clauses
            .iter()
            .map(rest)
            .partition(|rest| rest.starts_with("no ") || rest.starts_with("not "));
        let said = match (with.is_empty(), without.is_empty()) {
            (false, false) => format!("{}{but}{}", followed(&with), listed(&without, "and")),
            (false, true) => followed(&with),
            (true, _) => listed(&without, "and"),
        };
        format!("{} {said}", lead.join(" "))
    }
}

/// Parts that follow the same verb: "a new cart for one town" rather than "a new cart and for one town".
fn followed(parts: &[String]) -> String {
    let begins = |part: &&String| part.split(' ').next().is_some_and(|word| PREPOSITIONS.contains(&word));
    let (adding, whole): (Vec<&String>, Vec<&String>) = parts.iter().partition(begins);
    if whole.is_empty() || adding.is_empty() {
        return listed(parts, "and");
    }
    let whole: Vec<String> = whole.into_iter().cloned().collect();
    adding.into_iter().fold(listed(&whole, "and"), |said, part| format!("{said} {part}"))
}

/// "a", "a or b", "a, b or c".
pub(super) fn listed(items: &[String], joint: &str) -> String {
    match items {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} {joint} {last}", first.join(", ")),
    }
}

/// Conditions any of which may hold, each of tests that must all hold: "if there is an L&D team", "if …, and either …,
/// or …", "in any case".
pub fn any_of(ruleset: &Ruleset, conditions: &[&[(FactId, Test)]]) -> String {
    let Some((first, others)) = conditions.split_first() else { return "never".to_owned() };
    if conditions.iter().any(|tests| tests.is_empty()) {
        return "in any case".to_owned();
    }
    let all_of = |tests: &[(FactId, Test)]| super::all_of(ruleset, tests);
    let (common, _): (Vec<_>, Vec<_>) =
        first.iter().cloned().partition(|test| others.iter().all(|tests| tests.contains(test)));
    let beside = |tests: &&[(FactId, Test)]| {
        tests.iter().filter(|test| !common.contains(test)).cloned().collect::<Vec<_>>()
    };
    let rests: Vec<Vec<(FactId, Test)>> = conditions.iter().map(beside).collect();
    match (rests.as_slice(), common.is_empty()) {
        ([_], _) => format!("if {}", all_of(first)),
        (rests, false) if rests.iter().any(Vec::is_empty) => format!("if {}", all_of(&common)),
        (rests, false) => {
            let each: Vec<String> = rests.iter().map(|tests| all_of(tests)).collect();
            format!("if {}, and either {}", all_of(&common), alternatives(&each))
        }
        (rests, true) => {
            let each: Vec<String> = rests.iter().map(|tests| format!("if {}", all_of(tests))).collect();
            alternatives(&each)
        }
    }
}

/// "a, or b"; where one of them has a comma in it, "a, and c; or b".
fn alternatives(each: &[String]) -> String {
    let joint = if each.iter().any(|one| one.contains(", ")) { "; or " } else { ", or " };
    each.join(joint)
}

/// A clause as a sentence of its own: a capital and a full stop.
pub fn sentence(clause: &str) -> String {
    let text = super::capital(clause.trim());
    let ends = text.ends_with(['.', '!', '?', '…', '。']);
    if ends || text.is_empty() { text } else { format!("{text}.") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_common_is_said_once() {
        for (clauses, said) in [
            (vec!["there is an A team", "there is no B team"], "there is an A team, but no B team"),
            (vec!["there is no A team", "there is an B team"], "there is an B team, but no A team"),
            (vec!["there is no A team", "there is no B team"], "there is no A team and no B team"),
            (vec!["it has 3 wheels", "it runs on 1 rail"], "it has 3 wheels and runs on 1 rail"),
            (vec!["it has 3 wheels", "it has 2 doors"], "it has 3 wheels and 2 doors"),
            (vec!["the cart is red", "the road is long"], "the cart is red and the road is long"),
            (vec!["the cart is red", "the cart is for one town"], "the cart is red for one town"),
            (
                vec!["there is an A team", "there is a B team", "A and B work together"],
                "there is an A team and a B team, and A and B work together",
            ),
            (
                vec!["it has 3 wheels", "there is an A team", "there is no B team", "the road is long"],
                "it has 3 wheels, there is an A team but no B team, and the road is long",
            ),
            (vec!["site count is 3"], "site count is 3"),
            (vec!["garden: yes", "garden wall: no"], "garden: yes and garden wall: no"),
            (vec![], ""),
        ] {
            assert_eq!(joined(clauses.into_iter().map(str::to_owned)), said);
        }
    }

    #[test]
    fn sentences_end_once() {
        assert_eq!(sentence("it rains"), "It rains.");
        assert_eq!(sentence("Does it?"), "Does it?");
        assert_eq!(sentence(""), "");
    }
}
