//! How long one decision takes: `cargo bench -p whoowns-benches`.
#![allow(
    missing_docs,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a bench has no readers of its interface, and its input is its own"
)]
//!
//! Facts known: the default ruleset, then random interval rules of the shape used to compare rules engines. Facts
//! unknown: the whole decision with candidates and questions.

use std::fmt::Write;
use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use whoowns::decision::outcome_of_state;
use whoowns::ruleset::{Compiled, Value};
use whoowns::{Profile, Ruleset, decide};

/// The numbers of Park and Miller's minimal standard generator: the same rules on every machine.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0 * 16_807 % 2_147_483_647;
        self.0 % bound
    }
}

/// `rows` rules over `facts` whole numbers from 0 to 999,999, each an interval on every fact.
fn interval_rules(rows: usize, facts: usize, numbers: &mut Numbers) -> String {
    let mut text =
        String::from("[ruleset]\nname = \"intervals\"\nversion = \"1.0.0\"\ntitle = \"Intervals\"\n");
    for fact in 0..facts {
        write!(text, "[facts.f{fact}]\nkind = \"integer\"\nrange = \"< 1000000\"\n").unwrap();
    }
    for role in 0..10 {
        write!(text, "[roles.r{role}]\ntitle = \"Role {role}\"\n").unwrap();
    }
    for row in 0..rows {
        let tests: Vec<String> = (0..facts)
            .map(|fact| {
                let (a, b) = (numbers.below(1_000_000), numbers.below(1_000_000));
                format!("f{fact} = \"{}..={}\"", a.min(b), a.max(b))
            })
            .collect();
        write!(
            text,
            "[[owner]]\nid = \"o{row}\"\nwhen = {{ {} }}\nrole = \"r{}\"\n",
            tests.join(", "),
            row % 10
        )
        .unwrap();
    }
    text
}

fn known(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("facts known");
    let ruleset = Ruleset::embedded().unwrap();
    let state = |headcount, structure| {
        [
            Some(Value::Number(headcount)),
            Some(Value::Named(1)),
            Some(Value::Named(1)),
            structure,
            Some(Value::Number(3)),
            Some(Value::Named(2)),
            Some(Value::Named(1)),
            Some(Value::Named(0)),
        ]
    };
    let states = [state(300, Some(Value::Named(0))), state(750, Some(Value::Named(1))), state(25_000, None)];
    let mut at = 0;
    group.bench_function("default ruleset", |bencher| {
        bencher.iter(|| {
            at = (at + 1) % states.len();
            outcome_of_state(&ruleset, black_box(&states[at]))
        });
    });
    for (rows, facts) in [(1_000, 3), (1_000, 7), (10_000, 3), (10_000, 7)] {
        let mut numbers = Numbers(20_261_123);
        let ruleset =
            Ruleset::from_toml("intervals.toml", &interval_rules(rows, facts, &mut numbers)).unwrap();
        let states: Vec<Vec<Option<Value>>> = (0..1_000)
            .map(|_| (0..facts).map(|_| Some(Value::Number(numbers.below(1_000_000).into()))).collect())
            .collect();
        let mut at = 0;
        group.bench_function(BenchmarkId::new("intervals", format!("{rows} x {facts}")), |bencher| {
            bencher.iter(|| {
                at = (at + 1) % states.len();
                outcome_of_state(&ruleset, black_box(&states[at]))
            });
        });
        if rows == 10_000 {
            group.sample_size(20);
            group.bench_function(BenchmarkId::new("compile", format!("{rows} x {facts}")), |bencher| {
                bencher.iter(|| Compiled::new(black_box(ruleset.checked())).unwrap());
            });
            group.sample_size(100);
        }
    }
    group.finish();
}

fn unknown(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("facts unknown");
    let ruleset = Ruleset::embedded().unwrap();
    for setting in
        ["headcount=300", "headcount=201-500", "headcount=1001-5000", "ld_team=yes", "project=upgrade"]
    {
        let profile = Profile::read(&ruleset, None, &[setting.to_owned()]).unwrap();
        group.bench_function(setting, |bencher| {
            bencher.iter(|| decide(&ruleset, black_box(&profile)).unwrap())
        });
    }
    group.bench_function("loading the default ruleset", |bencher| {
        bencher.iter(|| Ruleset::embedded().unwrap())
    });
    group.finish();
}

criterion_group!(benches, known, unknown);
criterion_main!(benches);
