//! Sets of atoms as tests in rule syntax.

use serde_json::Value as Json;

use super::facts::Fact;
use super::numbers::{Stretch, write};
use super::value::Kind;
use crate::space::{Axis, Extent};

/// The test of a fact that exactly the atoms of `own` pass, within `full`; "does not apply" passes no test and is left
/// out.
pub fn write_extent(fact: &Fact, line: &Axis, own: Extent, full: Extent) -> Json {
    write_extent_within(fact, line, own, full, (line.lowest(), line.highest()))
}

/// As [`write_extent`], where numbers are known to lie between two `bounds`, which need not be atoms' own.
pub fn write_extent_within(fact: &Fact, line: &Axis, own: Extent, full: Extent, bounds: (u64, u64)) -> Json {
    let own = own.without_absent();
    match (line.is_ordered(), fact.kind) {
        (true, _) => write_numbers(line, own, bounds),
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

fn write_numbers(line: &Axis, own: Extent, (low, high): (u64, u64)) -> Json {
    let test = |(first, last): &(u32, u32)| {
        let stretch = Stretch { first: line.bounds(*first).0.max(low), last: line.bounds(*last).1.min(high) };
        match stretch.first == stretch.last {
            true => Json::from(stretch.first),
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
