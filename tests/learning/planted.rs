//! A planted truth: rows of the default ruleset are changed, projects are drawn that follow the changed rules, with noise
//! and with missing facts, and what is learned from them must decide as the changed rules do.

use whoowns::Ruleset;
use whoowns::clients::{Actual, Cell, Gathered, GatheredRow};
use whoowns::decision::outcome_of_state;
use whoowns::learning::{Effort, Learned, learn};
use whoowns::ruleset::{FactId, RoleId, Value};

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
                    let band = *random.pick(&[
                        (1, 10),
                        (11, 49),
                        (50, 499),
                        (50, 499),
                        (500, 1_000),
                        (500, 1_000),
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

/// The ruleset with another role in one to three rows that decide often enough to be noticed.
fn planted(ruleset: &Ruleset, random: &mut Random) -> (Ruleset, Vec<String>) {
    let often = [
        "small-hr-only",
        "small-no-teams",
        "small-with-ld",
        "mid-hr-only",
        "mid-ld-only",
        "mid-no-teams",
        "large-national",
        "large-hr-only",
        "large-no-teams",
    ];
    let mut changed: Vec<String> = Vec::new();
    for _ in 0..1 + random.below(3) {
        let id = *random.pick(&often);
        if !changed.contains(&id.to_owned()) {
            changed.push(id.to_owned());
        }
    }
    let owning: Vec<RoleId> = ruleset.owner().iter().map(|row| row.then).collect();
    let roles: Vec<RoleId> = changed
        .iter()
        .map(|id| {
            let own = ruleset.owner().iter().find(|row| row.id == *id).unwrap().then;
            loop {
                let other = *random.pick(&owning);
                if other != own {
                    return other;
                }
            }
        })
        .collect();
    let truth = ruleset.changed(|checked| {
        for (id, role) in changed.iter().zip(&roles) {
            checked.owner.iter_mut().find(|row| row.id == *id).unwrap().then = *role;
        }
    });
    (truth.unwrap(), changed)
}

fn learned(ruleset: &Ruleset, gathered: &Gathered) -> Learned {
    learn(ruleset, gathered, &Effort { rows: 6, ..Effort::default() }, &|_| None).unwrap()
}

/// Of the states in which two rulesets differ, the part in which a third one says what the second says.
fn agreement(
    drawn: &Drawn,
    old: &Ruleset,
    truth: &Ruleset,
    found: &Ruleset,
    random: &mut Random,
) -> (u64, u64) {
    let (mut differ, mut agree) = (0, 0);
    for _ in 0..40_000 {
        let state = drawn.state(random);
        let real = drawn.owner(truth, &state);
        if real != drawn.owner(old, &state) {
            differ += 1;
            agree += u64::from(drawn.owner(found, &state) == real);
        }
    }
    (agree, differ)
}

#[test]
#[ignore = "takes minutes, and rows that few projects show are not told from chance: see the figures it says"]
fn what_was_planted_is_learned() {
    let ruleset = Ruleset::embedded().unwrap();
    let drawn = Drawn::new(&ruleset);
    for seed in 0..cases(1).min(20) {
        let mut random = Random(1_000 + seed);
        let (truth, changed) = planted(&ruleset, &mut random);
        let gathered = drawn.gathered(&truth, &mut random);
        let learned = learned(&ruleset, &gathered);
        let found = learned.proposals.last().map_or(&ruleset, |proposal| &proposal.ruleset);
        let (agree, differ) = agreement(&drawn, &ruleset, &truth, found, &mut random);
        let rows: Vec<String> = learned
            .proposals
            .iter()
            .map(|one| {
                format!("{} -> {}", serde_json::to_string(&one.when).unwrap(), ruleset.role(one.row.then).id)
            })
            .collect();
        eprintln!(
            "seed {seed}: {changed:?}: {agree} of {differ} states\n  {}\n  {:?}",
            rows.join("\n  "),
            std::mem::discriminant(&learned.ended)
        );
        assert!(100 * agree >= 95 * differ, "seed {seed}: {agree} of {differ}");
    }
}

#[test]
fn where_nothing_was_planted_nothing_is_learned() {
    let ruleset = Ruleset::embedded().unwrap();
    let drawn = Drawn::new(&ruleset);
    let seeds = cases(1).min(20);
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
