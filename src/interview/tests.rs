//! The interview against an exhaustive optimum.

use std::collections::HashMap;

use super::*;
use crate::decision::Outcome;
use crate::ruleset::{Kind, Value};
use crate::space::ABSENT;

/// What is known of each axis: nothing, or its atom.
type Box = Vec<Option<u32>>;

/// Every complete profile, one for each combination of atoms, with its outcome.
fn states(ruleset: &Ruleset) -> Vec<(Vec<u32>, Outcome)> {
    let compiled = ruleset.compiled();
    let mut states: Vec<Vec<u32>> = vec![Vec::new()];
    for axis in &compiled.space.axes[..compiled.facts.len()] {
        let longer = |state: &Vec<u32>| {
            let applies = axis.requires.iter().all(|required| required.holds(state[required.axis]));
            let atoms: Vec<u32> = if applies { (0..axis.count()).collect() } else { vec![ABSENT] };
            atoms
                .into_iter()
                .map(|atom| state.iter().copied().chain([atom]).collect())
                .collect::<Vec<Vec<u32>>>()
        };
        states = states.iter().flat_map(longer).collect();
    }
    let outcome = |state: Vec<u32>| {
        let mut full = state.clone();
        let nobody = compiled.role_atom(None);
        full.extend([nobody, nobody]);
        let owner = compiled.owner_locator.locate(&full).map(|row| ruleset.owner()[row as usize].then);
        full[compiled.owner_axis()] = compiled.role_atom(owner);
        let contact = compiled.contact_locator.locate(&full).map(|row| ruleset.contact()[row as usize].then);
        (state, Outcome { owner, contact })
    };
    states.into_iter().map(outcome).collect()
}

/// The fewest questions over all of `own`, in sum, when the best one is asked each time.
fn fewest(known: &Box, own: &[&(Vec<u32>, Outcome)], memory: &mut HashMap<Box, u64>) -> u64 {
    if own.iter().all(|(_, outcome)| *outcome == own[0].1) {
        return 0;
    }
    if let Some(sum) = memory.get(known) {
        return *sum;
    }
    let mut best = u64::MAX;
    for axis in (0..known.len()).filter(|axis| known[*axis].is_none()) {
        // What does not apply in every state cannot be asked for yet.
        if own.iter().any(|(state, _)| state[axis] == ABSENT) {
            continue;
        }
        let mut answers: HashMap<u32, Vec<&(Vec<u32>, Outcome)>> = HashMap::new();
        for state in own {
            answers.entry(state.0[axis]).or_default().push(state);
        }
        if answers.len() < 2 {
            continue;
        }
        let mut sum = own.len() as u64;
        for (atom, left) in &answers {
            let mut told = known.clone();
            told[axis] = Some(*atom);
            sum += fewest(&told, left, memory);
            if sum >= best {
                break;
            }
        }
        best = best.min(sum);
    }
    memory.insert(known.clone(), best);
    best
}

/// How many questions the interview asks someone who knows all, by the questions of what was told before.
fn asked(ruleset: &Ruleset, state: &[u32], memory: &mut HashMap<Box, Option<usize>>) -> u64 {
    let compiled = ruleset.compiled();
    let mut known: Box = vec![None; state.len()];
    let mut count = 0;
    loop {
        let next = *memory.entry(known.clone()).or_insert_with(|| {
            let mut profile = Profile::unknown(ruleset);
            for (axis, atom) in known.iter().enumerate() {
                let Some(atom) = atom else { continue };
                let fact = compiled.facts[axis];
                let declared = ruleset.fact(fact);
                let value = match declared.kind {
                    Kind::Integer | Kind::Set => Value::Number(compiled.space.axes[axis].bounds(*atom).0),
                    _ => Value::Named(*atom),
                };
                profile.set(fact, Some(Given::exact(declared, value)));
            }
            let question = Interview::new(ruleset, profile).unwrap().question();
            question.map(|question| compiled.axis(question.fact).unwrap())
        });
        let Some(axis) = next else { return count };
        assert!(known[axis].is_none(), "asked twice");
        assert_ne!(state[axis], ABSENT, "asked for what does not apply");
        known[axis] = Some(state[axis]);
        count += 1;
    }
}

#[test]
fn hardly_more_is_asked_than_the_fewest_possible() {
    let ruleset = Ruleset::embedded().unwrap();
    let states = states(&ruleset);
    let all: Vec<_> = states.iter().collect();
    let nothing: Box = vec![None; ruleset.compiled().facts.len()];
    let fewest = fewest(&nothing, &all, &mut HashMap::new());
    let mut memory = HashMap::new();
    let asked: u64 = states.iter().map(|(state, _)| asked(&ruleset, state, &mut memory)).sum();
    assert!(fewest > 0 && asked >= fewest, "asked {asked}, fewest {fewest}");
    assert!(asked * 10 <= fewest * 11, "asked {asked}, fewest {fewest}, over {} profiles", states.len());
}

fn interview(ruleset: &Ruleset, settings: &[&str]) -> Interview<'static> {
    let ruleset: &'static Ruleset = std::boxed::Box::leak(std::boxed::Box::new(ruleset.clone()));
    let settings: Vec<String> = settings.iter().map(|setting| (*setting).to_owned()).collect();
    Interview::new(ruleset, Profile::read(ruleset, None, &settings).unwrap()).unwrap()
}

#[test]
fn one_can_go_back_and_the_question_is_the_same_again() {
    let ruleset = Ruleset::embedded().unwrap();
    let mut talk = interview(&ruleset, &[]);
    let (first, before) = (talk.question(), talk.profile());
    talk.decline().unwrap();
    let second = talk.question();
    assert_ne!(first, second);
    assert!(talk.back().unwrap());
    assert_eq!((talk.question(), talk.profile()), (first, before));
    assert!(!talk.back().unwrap());
}

#[test]
fn declining_everything_ends_it_and_leaves_all_unknown() {
    let ruleset = Ruleset::embedded().unwrap();
    let mut talk = interview(&ruleset, &[]);
    let mut count = 0;
    while talk.question().is_some() {
        talk.decline().unwrap();
        count += 1;
        assert!(count <= ruleset.facts().len());
    }
    assert_eq!(talk.profile().all_given().count(), 0);
    assert_eq!(talk.decline(), Err(Refused::NothingAsked));
}

#[test]
fn nothing_is_asked_when_all_is_settled() {
    let ruleset = Ruleset::embedded().unwrap();
    let talk = interview(&ruleset, &["headcount=300", "hr_team=yes", "ld_team=no"]);
    assert_eq!(talk.question(), None);
}

#[test]
fn an_answer_that_cannot_be_read_leaves_the_question() {
    let ruleset = Ruleset::embedded().unwrap();
    let mut talk = interview(&ruleset, &["hr_team=yes", "ld_team=yes", "project=new-lms"]);
    let question = talk.question().unwrap();
    assert!(matches!(talk.answer("many, many people"), Err(Refused::Unread(_))));
    assert_eq!(talk.question(), Some(question.clone()));
    talk.answer("about 300").unwrap();
    assert_ne!(talk.question(), Some(question));
}

#[test]
fn an_answer_that_excludes_what_is_given_is_refused() {
    let text = include_str!("../../examples/own-rules/purchase-approval.toml");
    let ruleset = Ruleset::from_toml("own.toml", text).unwrap();
    let mut talk = interview(&ruleset, &["amount=500", "personal_data=yes"]);
    while let Some(question) = talk.question() {
        if ruleset.fact(question.fact).name == "kind" {
            assert!(matches!(talk.answer("goods"), Err(Refused::Contradiction(_))));
        }
        talk.decline().unwrap();
    }
}
