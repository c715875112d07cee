//! `falls`: a derived fact goes back as a number grows, though its author claims that it never does.

use super::effort::Share;
use super::finding::Finding;
use super::survey::Survey;
use super::uncovered::full;
use crate::diagnostic::Code;
use crate::ruleset::{Fact, FactId, NeverFalls, Table, Value};
use crate::space::cells::Budget;
use crate::space::{OutOfBudget, Region};

/// Claims that do not hold, each with the two states that show it; and the facts of claims that were not settled.
pub fn check(survey: &Survey<'_>) -> (Vec<Finding>, Vec<String>) {
    let ruleset = survey.ruleset;
    let (mut findings, mut open) = (Vec::new(), Vec::new());
    for (at, fact) in ruleset.facts().iter().enumerate() {
        let Some(claim) = &fact.never_falls else { continue };
        match fall(survey, FactId(at), claim, &mut survey.budget(Share::Question)) {
            Ok(Some(fall)) => findings.push(finding(survey, fact, claim, &fall)),
            Ok(None) => {}
            Err(_) => open.push(fact.name.clone()),
        }
    }
    (findings, open)
}

/// Two states that differ in one number alone, and the rows that decide in them.
struct Fall {
    low: Region,
    high: Region,
    rows: (usize, usize),
}

fn finding(survey: &Survey<'_>, fact: &Fact, claim: &NeverFalls, fall: &Fall) -> Finding {
    let ruleset = survey.ruleset;
    let vocabulary = survey.vocabulary();
    let (above, below) = (&ruleset.derive()[fall.rows.0], &ruleset.derive()[fall.rows.1]);
    let number = &ruleset.fact(claim.fact).name;
    let axis = ruleset.compiled().axis(claim.fact).unwrap_or_default();
    let at = |region: &Region| {
        let atom = region.on(axis).ends().map_or(0, |(first, _)| first);
        vocabulary.value(axis, atom).to_json(ruleset.fact(claim.fact))
    };
    let value = |value: Value| value.to_json(fact).to_string().replace('"', "");
    let message = format!(
        "`{}` falls from `{}` to `{}` as `{number}` grows from {} to {}",
        fact.name,
        value(above.then.value),
        value(below.then.value),
        at(&fall.low),
        at(&fall.high),
    );
    let point = vocabulary.point(&fall.high);
    Finding::new(Code::Falls, claim.span, message)
        .of(Table::Derive, Some(&below.id))
        .witness(full(survey, &point))
        .help(format!(
            "the rows `{}` and `{}` decide there; `never_falls` claims that this cannot be",
            above.id, below.id
        ))
}

fn fall(
    survey: &Survey<'_>,
    fact: FactId,
    claim: &NeverFalls,
    budget: &mut Budget,
) -> Result<Option<Fall>, OutOfBudget> {
    let ruleset = survey.ruleset;
    let compiled = ruleset.compiled();
    let (Some(table), Some(axis)) = (compiled.derived_table(fact), compiled.axis(claim.fact)) else {
        return Ok(None);
    };
    let rank = |row: u32| match ruleset.derive()[row as usize].then.value {
        Value::Number(number) => Some(number),
        Value::Named(value) => claim.by.iter().position(|other| *other == value).map(|at| at as i128),
    };
    for (above, high_regions) in &table.decided {
        for (below, low_regions) in &table.decided {
            let (Some(high), Some(low)) = (rank(*above), rank(*below)) else { continue };
            if low >= high {
                continue;
            }
            for high_region in high_regions {
                for low_region in low_regions {
                    budget.spend(1)?;
                    if let Some((low, high)) = apart(survey, axis, high_region, low_region, budget)? {
                        return Ok(Some(Fall { low, high, rows: (*above as usize, *below as usize) }));
                    }
                }
            }
        }
    }
    Ok(None)
}

/// A state of the first region and one of the second that differ in one number alone, which is larger in the second.
fn apart(
    survey: &Survey<'_>,
    axis: usize,
    first: &Region,
    second: &Region,
    budget: &mut Budget,
) -> Result<Option<(Region, Region)>, OutOfBudget> {
    let space = survey.space();
    let line = &space.axes[axis];
    let free = line.all();
    let Some(both) = first.with(axis, free).meet(&second.with(axis, free)) else { return Ok(None) };
    let (small, large) = (first.on(axis), second.on(axis));
    for low in small.atoms() {
        for high in large.atoms().filter(|high| *high > low) {
            budget.spend(1)?;
            // All else being equal: what is a state with the one number must be one with the other as well.
            for state in space.settle(both.with(axis, line.only(low))) {
                for grown in space.settle(state.with(axis, line.only(high))) {
                    if let Some(state) = space.settle(grown.with(axis, line.only(low))).into_iter().next() {
                        return Ok(Some((state, grown)));
                    }
                }
            }
        }
    }
    Ok(None)
}
