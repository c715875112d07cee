//! A planted truth: rows of the default ruleset are changed, projects are drawn that follow the changed rules, with noise
//! and with missing facts, and what is learned from them must decide as the changed rules do.

use std::collections::BTreeMap;

use whoowns::Ruleset;
use whoowns::clients::{Actual, Cell, Gathered, GatheredRow};
use whoowns::decision::outcome_of_state;
use whoowns::learning::{Effort, Ended, Learned, learn};
use whoowns::ruleset::{FactId, RoleId, Value};
use whoowns::space::ABSENT;

use crate::random::{Random, cases};

/// Projects drawn.
const PROJECTS: usize = 2_000;
const NOISE: u64 = 10;
const MISSING: u64 = 30;

/// The facts of a project that are drawn, and one state.
struct Drawn<'r> {
    ruleset: &'r Ruleset,
    facts: Vec<FactId>,
}

impl Drawn<'_> {
    fn new(ruleset: &Ruleset) -> Drawn<'_> {
        let names = [
            "headcount",
            "ld_team",
            "hr_team",
            "team_structure",
            "regions",
            "project",
            "project_scope",
            "requirements",
        ];
        Drawn { ruleset, facts: names.iter().map(|name| ruleset.fact_named(name).unwrap()).collect() }
    }

    /// A complete state: the value of each fact, none where it does not apply.
    fn state(&self, random: &mut Random) -> Vec<Option<Value>> {
        let mut state: Vec<Option<Value>> = vec![None; self.ruleset.facts().len()];
        for fact in &self.facts {
            let declared = self.ruleset.fact(*fact);
            let applies = declared
                .only_when
                .facts()
                .all(|(required, test)| state[required.0].is_some_and(|value| test.passes(value)));
            if !applies {
                continue;
            }
            state[fact.0] = Some(match declared.values.len() {
                0 if declared.name == "headcount" => {
                    // As many large organizations as mid-sized ones as small ones.
                    let band = *random.pick(&[
                        (1, 49),
                        (50, 499),
                        (500, 1_000),
                        (500, 1_000),
                        (1_001, 9_000),
                        (1_001, 9_000),
                    ]);
                    Value::Number((band.0 + random.below(band.1 - band.0 + 1)).into())
                }
                0 => Value::Number((1 + random.below(3)).into()),
                values => Value::Named(random.below(values as u64) as u32),
            });
        }
        state
    }

    /// Every value of a fact in a state; none where it does not apply.
    fn values(&self, fact: FactId, state: &[Option<Value>]) -> Vec<Value> {
        let declared = self.ruleset.fact(fact);
        let applies = declared
            .only_when
            .facts()
            .all(|(required, test)| state[required.0].is_some_and(|value| test.passes(value)));
        match declared.values.len() {
            _ if !applies => Vec::new(),
            0 => (1..=3).map(Value::Number).collect(),
            values => (0..values as u32).map(Value::Named).collect(),
        }
    }

    /// The owner row of a ruleset that decides in a state.
    fn row(&self, ruleset: &Ruleset, state: &[Option<Value>]) -> Option<usize> {
        let compiled = ruleset.compiled();
        let atom = |(at, fact): (usize, &FactId)| match state[fact.0] {
            Some(Value::Number(number)) => compiled.space.axes[at].atom(number),
            Some(Value::Named(value)) => value,
            None => ABSENT,
        };
        let atoms: Vec<u32> = compiled.facts.iter().enumerate().map(atom).chain([0, 0]).collect();
        compiled.owner_locator.locate(&atoms).map(|at| at as usize)
    }

    /// Whom a ruleset names in a state.
    fn owner(&self, ruleset: &Ruleset, state: &[Option<Value>]) -> Option<RoleId> {
        let base: Vec<Option<Value>> = ruleset.compiled().facts.iter().map(|fact| state[fact.0]).collect();
        outcome_of_state(ruleset, &base).owner
    }

    fn gathered(&self, truth: &Ruleset, random: &mut Random) -> Gathered {
        let roles: Vec<RoleId> = (0..self.ruleset.roles().len()).map(RoleId).collect();
        let mut owning: Vec<RoleId> = truth.owner().iter().map(|row| row.then).collect();
        owning.sort_unstable();
        owning.dedup();
        let mut gathered = Gathered {
            facts: self.facts.clone(),
            roles: roles.iter().map(|role| vec![*role]).collect(),
            ..Gathered::default()
        };
        for at in 0..PROJECTS {
            let state = self.state(random);
            let owner = self.owner(truth, &state).unwrap();
            let owner = if random.percent(NOISE) { *random.pick(&owning) } else { owner };
            let cell = |fact: &FactId| match state[fact.0] {
                Some(Value::Number(number)) => Cell::Numbers { min: number, max: number },
                Some(Value::Named(value)) => Cell::Named(value),
                None => Cell::Unknown,
            };
            let cells = self
                .facts
                .iter()
                .map(|fact| if random.percent(MISSING) { Cell::Unknown } else { cell(fact) });
            gathered.rows.push(GatheredRow {
                cells: cells.collect(),
                owner: Actual::Roles(owner.0 as u32),
                rows: 1,
                name: format!("Project {at}"),
            });
        }
        gathered.rows.sort_by(|one, other| (&one.cells, one.owner).cmp(&(&other.cells, other.owner)));
        gathered
    }
}

/// The ruleset with another role in one to three of its owner rows.
fn planted(ruleset: &Ruleset, random: &mut Random) -> (Ruleset, Vec<usize>) {
    let mut changed: Vec<usize> = Vec::new();
    for _ in 0..1 + random.below(3) {
        let row = random.below(ruleset.owner().len() as u64) as usize;
        if !changed.contains(&row) {
            changed.push(row);
        }
    }
    let owning: Vec<RoleId> = ruleset.owner().iter().map(|row| row.then).collect();
    let roles: Vec<RoleId> = changed
        .iter()
        .map(|row| {
            loop {
                let other = *random.pick(&owning);
                if other != ruleset.owner()[*row].then {
                    return other;
                }
            }
        })
        .collect();
    let truth = ruleset.changed(|checked| {
        for (row, role) in changed.iter().zip(&roles) {
            checked.owner[*row].then = *role;
        }
    });
    (truth.unwrap(), changed)
}

fn learned(ruleset: &Ruleset, gathered: &Gathered) -> Learned {
    let effort = Effort { rows: 6, tests: 4, threads: 2, ..Effort::default() };
    learn(ruleset, gathered, &effort, &|_| None).unwrap()
}

/// The most people that are counted: as many as are drawn.
const PEOPLE: i128 = 9_000;

/// Every complete state of up to so many people, each with how many numbers of people it stands for: those that no
/// ruleset tells apart are taken at once.
fn states(drawn: &Drawn, rulesets: [&Ruleset; 3]) -> Vec<(Vec<Option<Value>>, i128)> {
    let mut cuts: Vec<i128> = rulesets
        .iter()
        .flat_map(|ruleset| {
            let compiled = ruleset.compiled();
            let axis = &compiled.space.axes[compiled.axis(drawn.facts[0]).unwrap()];
            (0..axis.count()).map(|atom| axis.bounds(atom).0)
        })
        .filter(|cut| *cut <= PEOPLE)
        .collect();
    cuts.sort_unstable();
    cuts.dedup();
    let ends = cuts[1..].iter().copied().chain([PEOPLE + 1]);
    let mut found: Vec<(Vec<Option<Value>>, i128)> = cuts
        .iter()
        .zip(ends)
        .map(|(first, next)| {
            let mut state = vec![None; drawn.ruleset.facts().len()];
            state[drawn.facts[0].0] = Some(Value::Number(*first));
            (state, next - first)
        })
        .collect();
    for fact in &drawn.facts[1..] {
        let every = |(state, people): &(Vec<Option<Value>>, i128)| {
            let values = drawn.values(*fact, state);
            let with = |value: Option<Value>| {
                let mut state = state.clone();
                state[fact.0] = value;
                (state, *people)
            };
            if values.is_empty() {
                vec![with(None)]
            } else {
                values.into_iter().map(|one| with(Some(one))).collect()
            }
        };
        found = found.iter().flat_map(every).collect();
    }
    found
}

/// Of the states in which two rulesets differ, those in which a third one says what the second says, by the row of the
/// second that decides.
fn agreement(
    drawn: &Drawn,
    old: &Ruleset,
    truth: &Ruleset,
    found: &Ruleset,
) -> BTreeMap<usize, (i128, i128)> {
    let mut counted: BTreeMap<usize, (i128, i128)> = BTreeMap::new();
    for (state, people) in states(drawn, [old, truth, found]) {
        let real = drawn.owner(truth, &state);
        if real != drawn.owner(old, &state) {
            let count = counted.entry(drawn.row(truth, &state).unwrap()).or_default();
            count.0 += if drawn.owner(found, &state) == real { people } else { 0 };
            count.1 += people;
        }
    }
    counted
}

#[test]
fn what_was_planted_is_learned() {
    let ruleset = Ruleset::embedded().unwrap();
    let drawn = Drawn::new(&ruleset);
    let (mut all, mut short) = ((0, 0), Vec::new());
    for seed in 0..cases(4).min(20) {
        let mut random = Random(1_000 + seed);
        let (truth, changed) = planted(&ruleset, &mut random);
        let gathered = drawn.gathered(&truth, &mut random);
        let learned = learned(&ruleset, &gathered);
        let found = learned.proposals.last().map_or(&ruleset, |proposal| &proposal.ruleset);
        let counted = agreement(&drawn, &ruleset, &truth, found);
        let (agree, differ) = counted.values().fold((0, 0), |sum, own| (sum.0 + own.0, sum.1 + own.1));
        all = (all.0 + agree, all.1 + differ);
        eprintln!("seed {seed}: {agree} of {differ} states");
        for row in &changed {
            let (old, new) = (&ruleset.owner()[*row], &truth.owner()[*row]);
            let share = counted.get(row);
            eprintln!("  {} -> {}: {share:?}", old.id, ruleset.role(new.then).id);
        }
        for one in &learned.proposals {
            eprintln!(
                "    {} -> {}: +{} -{} {} {:?} best {} held out {:?}",
                serde_json::to_string(&one.when).unwrap(),
                ruleset.role(one.row.then).id,
                one.fixes.rows,
                one.breaks.rows,
                one.chance,
                one.family,
                one.is_best,
                one.validated
            );
        }
        match &learned.ended {
            Ended::Chance(one) | Ended::NotShown(one) => eprintln!(
                "    not {} -> {}: +{} -{} {} held out {:?}",
                serde_json::to_string(&one.when).unwrap(),
                ruleset.role(one.row.then).id,
                one.fixes.rows,
                one.breaks.rows,
                one.chance,
                one.validated
            ),
            other => eprintln!("    {other:?}"),
        }
        if 100 * agree < 95 * differ {
            short.push(seed);
        }
    }
    eprintln!("{all:?}, short: {short:?}");
    assert!(100 * all.0 >= 95 * all.1, "{all:?}");
}

#[test]
fn what_is_learned_does_not_hang_on_threads() {
    let ruleset = Ruleset::embedded().unwrap();
    let drawn = Drawn::new(&ruleset);
    let mut random = Random(1_000);
    let (truth, _) = planted(&ruleset, &mut random);
    let gathered = drawn.gathered(&truth, &mut random);
    // As many steps as there are; so few that the search of three facts does not end; and so few that none does.
    let mut ended = Vec::new();
    for steps in [u64::MAX, 300_000, 3_000] {
        let learned = |threads: usize| {
            let effort = Effort { rows: 2, tests: 3, steps, threads, ..Effort::default() };
            learn(&ruleset, &gathered, &effort, &|_| None).unwrap()
        };
        let one = learned(1);
        let many = learned(5);
        assert_eq!(one.proposals, many.proposals, "{steps}");
        let told = |learned: &Learned| {
            let all = learned.proposals.iter();
            all.map(|one| (one.net, one.validated, one.is_exhaustive)).collect::<Vec<_>>()
        };
        assert_eq!(told(&one), told(&many), "{steps}");
        assert_eq!(format!("{:?}", one.ended), format!("{:?}", many.ended), "{steps}");
        ended.push(one.proposals.first().map(|proposal| proposal.is_exhaustive));
    }
    assert_eq!(ended[..2], [Some(true), Some(false)]);
}

#[test]
fn where_nothing_was_planted_nothing_is_learned() {
    let ruleset = Ruleset::embedded().unwrap();
    let drawn = Drawn::new(&ruleset);
    let seeds = cases(3).min(20);
    let mut proposing = 0;
    for seed in 0..seeds {
        let mut random = Random(2_000 + seed);
        let gathered = drawn.gathered(&ruleset, &mut random);
        let learned = learned(&ruleset, &gathered);
        if !learned.proposals.is_empty() {
            proposing += 1;
            eprintln!("seed {seed}: {:?}", learned.proposals);
        }
    }
    assert!(proposing <= 1, "{proposing} of {seeds} seeds propose something");
}
