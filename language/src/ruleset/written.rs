//! Sets of atoms as tests in rule syntax.

use serde_json::Value as Json;

use super::condition::Test;
use super::facts::Fact;
use super::numbers::{Stretch, write};
use super::value::Kind;
use crate::source::json_number;
use crate::space::{Axis, Extent};

/// A test of a fact as JSON writes it, in its shortest form.
pub fn write_test(fact: &Fact, test: &Test) -> Json {
    match (test, fact.kind) {
        (Test::Numbers(stretches), _) => {
            let write = |stretch: &Stretch| match stretch.first == stretch.last {
                true => json_number(stretch.first),
                false => write(*stretch, fact.lowest, fact.highest).into(),
            };
            one_or_list(stretches.iter().map(write).collect())
        }
        (Test::Named(accepted), Kind::Boolean) => accepted.get(1).copied().unwrap_or(false).into(),
        (Test::Named(accepted), _) => {
            let names = |passing: bool| {
                let names = fact.values.iter().zip(accepted).filter(move |(_, accepts)| **accepts == passing);
                names.map(|(name, _)| name.as_str()).collect::<Vec<_>>()
            };
            match (names(false).as_slice(), names(true)) {
                ([only], passing) if passing.len() > 1 => format!("!{only}").into(),
                (_, passing) => one_or_list(passing.into_iter().map(Json::from).collect()),
            }
        }
    }
}

/// The test of a fact that exactly the atoms of `own` pass, within `full`; "does not apply" passes no test and is left
/// out.
pub fn write_extent(fact: &Fact, line: &Axis, own: Extent, full: Extent) -> Json {
    let own = own.without_absent();
    match (line.is_ordered(), fact.kind) {
        (true, _) => write_numbers(line, own, (line.lowest(), line.highest())),
        (false, Kind::Boolean) => own.holds(1).into(),
        (false, _) => write_names(&fact.values, own, full),
    }
}

/// The test that exactly these of the names pass.
pub fn write_names<Name: AsRef<str>>(names: &[Name], own: Extent, full: Extent) -> Json {
    let name = |atom: u32| names.get(atom as usize).map(AsRef::as_ref).unwrap_or_default();
    let named: Vec<u32> = own.atoms().collect();
    let missing: Vec<u32> =
        (0..names.len() as u32).filter(|atom| !own.holds(*atom) && full.holds(*atom)).collect();
    match (missing.as_slice(), named.len() > 1) {
        ([only], true) => format!("!{}", name(*only)).into(),
        _ => one_or_list(named.into_iter().map(|atom| name(atom).into()).collect()),
    }
}

fn write_numbers(line: &Axis, own: Extent, (low, high): (i128, i128)) -> Json {
    let test = |(first, last): &(u32, u32)| {
        let stretch = Stretch { first: line.bounds(*first).0.max(low), last: line.bounds(*last).1.min(high) };
        match stretch.first == stretch.last {
            true => json_number(stretch.first),
            false => write(stretch, low, high).into(),
        }
    };
    one_or_list(own.stretches().iter().map(test).collect())
}

fn one_or_list(mut tests: Vec<Json>) -> Json {
    match (tests.pop(), tests.is_empty()) {
        (Some(only), true) => only,
        (last, _) => tests.into_iter().chain(last).collect(),
    }
}
