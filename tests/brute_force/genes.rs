//! What a random case is made of: numbers that mean something only once a ruleset is written from them, so that
//! every combination is a valid case and proptest can shrink each part alone.

use proptest::collection::vec;
use proptest::prelude::*;

#[derive(Debug, Clone)]
pub struct Genes {
    pub facts: Vec<FactGene>,
    pub derived: Vec<DerivedGene>,
    pub derive: Vec<RowGene>,
    pub owner: Vec<RowGene>,
    pub contact: Vec<RowGene>,
    pub typical: Vec<TypicalGene>,
    pub stakeholder: Vec<RowGene>,
    pub risk: Vec<RowGene>,
    pub action: Vec<RowGene>,
    pub question: Vec<RowGene>,
    /// Whether a last row of owner and of contact catches what the others leave.
    pub catch_all: (bool, bool),
    /// Whether the derived facts are declared before the base ones.
    pub derived_first: bool,
}

#[derive(Debug, Clone)]
pub struct FactGene {
    pub kind: usize,
    pub low: i64,
    pub length: i64,
    pub bounded: bool,
    /// Whether it has more values than bits in a word.
    pub long: bool,
    pub share: usize,
    pub near: usize,
    pub first: bool,
    pub only_when: Vec<TestGene>,
    /// Whether the first of these tests the fact right above, so that conditions form chains.
    pub chained: bool,
    pub given: (usize, i64, i64),
}

#[derive(Debug, Clone)]
pub struct DerivedGene {
    pub kind: usize,
}

#[derive(Debug, Clone)]
pub struct TestGene {
    pub fact: usize,
    pub form: usize,
    pub numbers: (i64, i64, i64),
}

#[derive(Debug, Clone)]
pub struct RowGene {
    pub tests: Vec<TestGene>,
    pub gives: (usize, usize),
    pub stated: bool,
}

#[derive(Debug, Clone)]
pub struct TypicalGene {
    pub tests: Vec<TestGene>,
    pub set: Vec<TestGene>,
    pub support: usize,
}

pub fn genes() -> impl Strategy<Value = Genes> {
    let facts = (vec(fact(), 1..=6), vec((0..3usize).prop_map(|kind| DerivedGene { kind }), 0..=3));
    let rows = (vec(row(2), 0..=6), vec(row(2), 1..=8), vec(row(2), 0..=6));
    let collected = (vec(row(2), 0..=4), vec(row(2), 0..=2), vec(row(2), 0..=2), vec(row(2), 0..=2));
    let switches = (any::<(bool, bool)>(), any::<bool>());
    (facts, rows, vec(typical(), 0..=5), collected, switches).prop_map(
        |((facts, derived), (derive, owner, contact), typical, collected, (catch_all, derived_first))| {
            let (stakeholder, risk, action, question) = collected;
            Genes {
                facts,
                derived,
                derive,
                owner,
                contact,
                typical,
                stakeholder,
                risk,
                action,
                question,
                catch_all,
                derived_first,
            }
        },
    )
}

fn fact() -> impl Strategy<Value = FactGene> {
    let only_when = (prop_oneof![2 => vec(test(), 0), 1 => vec(test(), 1..=2)], any::<bool>());
    let shape = (
        0..12usize,
        prop_oneof![2 => 0..3i64, 1 => -8..0i64],
        1..12i64,
        prop::bool::weighted(0.7),
        prop::bool::weighted(0.04),
    );
    let given = (prop_oneof![3 => Just(0usize), 2 => 2..10usize, 1 => 0..10usize], 0..16i64, 0..8i64);
    (shape, (0..7usize, 0..4usize, prop::bool::weighted(0.2)), only_when, given).prop_map(
        |((kind, low, length, bounded, long), (share, near, first), (only_when, chained), given)| FactGene {
            kind,
            low,
            length,
            bounded,
            long,
            share,
            near,
            first,
            only_when,
            chained,
            given,
        },
    )
}

fn test() -> impl Strategy<Value = TestGene> {
    (0..60usize, 0..14usize, (0..14i64, 0..14i64, 0..14i64)).prop_map(|(fact, form, numbers)| TestGene {
        fact,
        form,
        numbers,
    })
}

fn row(most: usize) -> impl Strategy<Value = RowGene> {
    let tests = prop_oneof![1 => vec(test(), 0), 9 => vec(test(), 1..=most)];
    (tests, (0..60usize, 0..60usize), any::<bool>()).prop_map(|(tests, gives, stated)| RowGene {
        tests,
        gives,
        stated,
    })
}

fn typical() -> impl Strategy<Value = TypicalGene> {
    (vec(test(), 0..=1), vec(test(), 1..=3), 0..6usize).prop_map(|(tests, set, support)| TypicalGene {
        tests,
        set,
        support,
    })
}
