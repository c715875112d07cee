//! Holes from the root up: values that derived facts miss, then owners, then contacts.
//!
//! Each is looked for in the ruleset as it would be with the rows that were offered before, so that all rows offered
//! leave no hole when they are pasted together. What is said of a hole is said of the ruleset as it is: a hole that only
//! opens with an offered row is no finding, its row goes with the row that opens it.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::choice::Choice;
use super::effort::Share;
use super::finding::{Finding, fresh_id, in_words, toml_row};
use super::gaps::{Gap, Gaps};
use super::no_value::{self, Missing};
use super::survey::Survey;
use super::uncovered::{Uncovered, full, subjects};
use super::{redundant, unreachable, variant};
use crate::diagnostic::Code;
use crate::ruleset::{Derivation, FactId, RoleId, Row, Ruleset, Table, Value};
use crate::space::cells::{Rows, holes};
use crate::space::{Boxed, Region};
use std::ops::ControlFlow;

/// Which derived facts are held to having a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Values {
    /// All.
    All,
    /// Those that rows test that presume or collect.
    Told,
}

/// Holes of all kinds, each with the rows that mend it.
pub fn check(survey: &Survey<'_>) -> Vec<Finding> {
    let first = Mends::choosing(survey, Choice::First, Values::All);
    if !first.is_mended() || !survey.complete {
        return first.findings;
    }
    let before = useless(survey);
    let leaves_use = |mends: &Mends<'_, '_>| {
        let now = Survey::within(&mends.mended, survey.effort, survey.budget_of_variant(Share::Pass));
        now.complete && useless(&now).is_subset(&before)
    };
    if leaves_use(&first) {
        return first.findings;
    }
    let others = Choice::others(first.rows).map(|choice| Mends::choosing(survey, choice, Values::All));
    if let Some(other) = others.into_iter().find(leaves_use) {
        return other.findings;
    }
    // Rows that decide only where a fact has no value are the author's word for just that, unless something else that
    // is told misses the value as well.
    let spared = Mends::choosing(survey, Choice::First, Values::Told);
    let others = Choice::others(spared.rows).map(|choice| Mends::choosing(survey, choice, Values::Told));
    let leaves_nothing = |mends: &Mends<'_, '_>| {
        let now = Survey::within(&mends.mended, survey.effort, survey.budget_of_variant(Share::Pass));
        leaves_use(mends) && (!mends.is_mended() || check(&now).is_empty())
    };
    match std::iter::once(spared).chain(others).find(leaves_nothing) {
        Some(other) => other.findings,
        None => first.findings,
    }
}

/// The rows that decide nowhere, or that nobody would miss.
fn useless(survey: &Survey<'_>) -> BTreeSet<(Option<Table>, Option<String>)> {
    let (unreachable, _) = unreachable::check(survey);
    let (redundant, _) = redundant::check(survey);
    unreachable.into_iter().chain(redundant).map(|finding| (finding.table, finding.rule)).collect()
}

/// Derived facts, each after those it tests.
fn in_order(ruleset: &Ruleset, mut facts: Vec<FactId>) -> Vec<FactId> {
    facts.sort_by_key(|fact| ruleset.derive().iter().rposition(|row| row.then.fact == *fact));
    facts
}

/// Times a fact, and all of them together, are looked at anew after rows were offered.
const ROUNDS: usize = 4;

struct Mends<'s, 'a> {
    survey: &'s Survey<'a>,
    choice: Choice,
    /// How many rows were offered.
    rows: usize,
    /// Whether owners and contacts have been looked for.
    is_covered: bool,
    /// The ruleset with the rows that were offered.
    mended: Cow<'a, Ruleset>,
    findings: Vec<Finding>,
    /// The findings about owners, with what their rows take in.
    owned: Vec<(usize, Region)>,
}

impl<'s, 'a> Mends<'s, 'a> {
    fn choosing(survey: &'s Survey<'a>, choice: Choice, values: Values) -> Mends<'s, 'a> {
        let mut mends = Mends {
            survey,
            choice,
            rows: 0,
            is_covered: false,
            mended: Cow::Borrowed(survey.ruleset),
            findings: Vec::new(),
            owned: Vec::new(),
        };
        let derived = (0..survey.ruleset.facts().len()).map(FactId);
        let derived = derived.filter(|fact| survey.ruleset.fact(*fact).derived);
        let spared = |fact: &FactId| values == Values::Told && !redundant::is_told(survey.ruleset, *fact);
        let derived = derived.filter(|fact| !spared(fact)).collect();
        let derived = in_order(survey.ruleset, derived);
        for _ in 0..ROUNDS {
            let before = mends.rows;
            mends.give_all_values(&derived);
            // Nobody is looked for anew where no value was given since.
            if mends.is_covered && mends.rows == before {
                break;
            }
            let before = mends.rows;
            mends.cover(Table::Owner);
            mends.cover(Table::Contact);
            mends.is_covered = true;
            // Where somebody owns now, a value can matter that did not while nobody did.
            if mends.rows == before {
                break;
            }
        }
        mends.make_accountable();
        mends
    }

    fn is_mended(&self) -> bool {
        matches!(self.mended, Cow::Owned(_))
    }

    /// Gives values to derived facts, each after those it tests.
    fn give_all_values(&mut self, derived: &[FactId]) {
        for _ in 0..ROUNDS {
            let before = self.rows;
            for fact in derived {
                // A value that no row gave excuses states without one; once a row is offered that gives it, they are
                // missed.
                (0..ROUNDS).any(|_| !self.give_values(*fact));
            }
            // A value can matter only since a fact derived from it has one.
            if self.rows == before {
                return;
            }
        }
    }

    /// Says where a derived fact has no value though it should, and offers the rows that give it one; whether there were
    /// any.
    fn give_values(&mut self, fact: FactId) -> bool {
        let survey = self.survey;
        let mut budget = survey.budget(Share::Question);
        let mended = self.mended.clone();
        let missing = Missing::new(&mended, fact, &mut budget);
        if missing.states.is_empty() {
            return false;
        }
        let space = survey.space();
        let rows = Rows { space, boxed: no_value::rows(&mended, fact) };
        let gaps = Gaps::new(rows, survey.facts.len(), &missing.states);
        let (found, more) = gaps.cover(&mut budget);
        let mut offered: Vec<Row<Derivation>> = Vec::new();
        for gap in &found {
            let nearest = gaps.nearest(&gap.wide).map(|row| &mended.derive()[row as usize]);
            let values = missing.values(space, gap, nearest.map(|row| row.then.value));
            let Some(value) = self.choice.of(&values, self.rows) else { continue };
            self.rows += 1;
            let id = fresh_id("fill", offered.len(), mended.derive());
            let finding = self.no_value(fact, gap, &gaps, value, &id);
            self.findings.push(finding);
            let when = variant::condition(&mended, &gap.wide);
            offered.push(variant::row(id, when, Derivation { fact, value }));
        }
        self.say_more(more, Table::Derive);
        match variant::with_derivations(&mended, fact, offered) {
            Some(more) => {
                self.mended = Cow::Owned(more);
                true
            }
            None => false,
        }
    }

    fn no_value(&self, fact: FactId, gap: &Gap, gaps: &Gaps<'_>, value: Value, id: &str) -> Finding {
        let (survey, ruleset) = (self.survey, self.survey.ruleset);
        let declared = ruleset.fact(fact);
        let vocabulary = survey.vocabulary();
        let when = vocabulary.condition(&gap.wide);
        let nearest = gaps.nearest(&gap.wide);
        let row = nearest.and_then(|row| self.mended.derive().get(row as usize));
        let message = match when.is_empty() {
            true => format!("`{}` has no value, whatever the facts are", declared.name),
            false => format!("`{}` has no value where {}", declared.name, in_words(&when)),
        };
        let hole = gap.own.first().unwrap_or(&gap.wide);
        let point = vocabulary.point(hole);
        let without = ruleset.compiled().derived_table(fact);
        let without: Vec<Boxed> = without
            .into_iter()
            .flat_map(|table| &table.without)
            .map(|region| Boxed { region: region.clone(), row: 0 })
            .collect();
        let mut budget = survey.budget(Share::Row);
        let witness = vocabulary.smallest_profile(&point, |region| match without.is_empty() {
            true => Ok(true),
            false => Ok(region.within(&gap.wide) && vocabulary.within(region, &without, &mut budget)?),
        });
        let keys = [("fact", declared.name.as_str().into()), ("value", value.to_json(declared))];
        let mut finding = Finding::new(Code::NoValue, row.map_or(declared.span, |row| row.span), message)
            .of(Table::Derive, None)
            .witness(witness.unwrap_or_else(|_| full(survey, &point)))
            .fix(toml_row(Table::Derive, id, &when, &keys));
        let failing = nearest.map(|row| gaps.failing(row, &gap.wide)).unwrap_or_default();
        if let Some(row) = row.filter(|_| !failing.is_empty()) {
            let names = subjects(survey, &failing).join("`, `");
            finding = finding.help(format!("the nearest row is `{}`, which fails on `{names}`", row.id));
        }
        let later = variant::first_to_test(ruleset, fact).and_then(|at| ruleset.derive().get(at));
        match later {
            Some(later) => finding.help(format!(
                "put it above the row `{}`, which tests `{}`: a fact is given before it is tested",
                later.id, declared.name
            )),
            None => finding,
        }
    }

    /// Says where no row of a table holds, and offers the rows that would.
    fn cover(&mut self, table: Table) {
        let survey = self.survey;
        let mended = self.mended.clone();
        let fresh = self
            .is_mended()
            .then(|| Survey::within(&mended, survey.effort, survey.budget_of_variant(Share::Pass)));
        // Where there is no time to look again, the holes are those there were without the rows offered.
        let now = fresh.as_ref().filter(|fresh| fresh.complete || !survey.complete).unwrap_or(survey);
        let (found, rows, original) = match table {
            Table::Owner => (&now.owner.holes, now.owner_rows(), (&survey.owner.holes, survey.owner_rows())),
            _ => (&now.contact.holes, now.contact_rows(), (&survey.contact.holes, survey.contact_rows())),
        };
        let mut budget = survey.budget(Share::Question);
        let gaps = Gaps::new(rows, survey.facts.len(), found);
        let (found, more) = gaps.cover(&mut budget);
        if found.is_empty() {
            return;
        }
        let uncovered = Uncovered { survey, table, gaps: &gaps };
        let settled = Gaps::new(original.1, survey.facts.len(), original.0);
        let known = if table == Table::Owner { mended.owner() } else { mended.contact() };
        let mut offered: Vec<Row<RoleId>> = Vec::new();
        for gap in &found {
            let id = fresh_id("fill", offered.len(), known);
            let roles = uncovered.roles(gap);
            let Some(role) = self.choice.of(&roles, self.rows) else { continue };
            self.rows += 1;
            let fix = uncovered.fix(gap, &id, role);
            // What is said must be so without the rows that were offered.
            let hole =
                settled.hole_in(&gap.wide).filter(|_| !self.is_mended() || !settled.touches(&gap.wide));
            match hole {
                Some(hole) => {
                    if table == Table::Owner {
                        self.owned.push((self.findings.len(), gap.wide.clone()));
                    }
                    self.findings.push(uncovered.finding(gap, &hole, fix));
                }
                None => self.attach(gap, &fix),
            }
            let when = variant::condition(&mended, &gap.wide);
            offered.push(variant::row(id, when, role));
        }
        self.say_more(more, table);
        if let Some(more) = variant::with_rows(&mended, table, offered) {
            self.mended = Cow::Owned(more);
        }
    }

    /// Adds a row to those of the finding whose row opens the hole.
    fn attach(&mut self, gap: &Gap, fix: &str) {
        let space = self.survey.space();
        let free = |region: &Region| {
            (self.survey.facts.len()..space.axes.len())
                .fold(region.clone(), |free, axis| free.with(axis, space.axes[axis].all()))
        };
        let holes: Vec<Region> = gap.own.iter().map(free).collect();
        let opens = |wide: &Region| holes.iter().any(|hole| hole.touches(wide));
        let owner = self.owned.iter().find(|(_, wide)| opens(wide)).map(|(at, _)| *at);
        let Some(finding) = owner
            .or_else(|| self.findings.iter().rposition(|finding| finding.fix.is_some()))
            .and_then(|at| self.findings.get_mut(at))
        else {
            return;
        };
        if let Some(rows) = &mut finding.fix {
            rows.push('\n');
            rows.push_str(fix);
        }
    }

    /// Rows that make somebody accountable in the states that offered rows give an owner.
    fn make_accountable(&mut self) {
        let survey = self.survey;
        // Where nobody is accountable already, the row offered for that says so of every state.
        if !self.is_mended() || survey.accountability.is_nobodys_task() {
            return;
        }
        let mended = self.mended.clone();
        let now = Survey::within(&mended, survey.effort, survey.budget_of_variant(Share::Pass));
        let space = survey.space();
        let free = |region: &Region| {
            (survey.facts.len()..space.axes.len())
                .fold(region.clone(), |free, axis| free.with(axis, space.axes[axis].all()))
        };
        let known: Vec<Boxed> = survey
            .accountability
            .nobody
            .iter()
            .map(|region| Boxed { region: free(region), row: 0 })
            .collect();
        let live: Vec<u32> = (0..known.len() as u32).collect();
        let mut budget = survey.budget(Share::Question);
        let mut opened = Vec::new();
        for region in &now.accountability.nobody {
            for region in space.settle(free(region)) {
                let rows = Rows { space, boxed: &known };
                let _ = holes(rows, &live, &region, &mut budget, &mut |cell| {
                    opened.push(cell.clone());
                    ControlFlow::Continue(())
                });
            }
        }
        if opened.is_empty() {
            return;
        }
        let vocabulary = survey.vocabulary();
        let simple = vocabulary.simplify(&opened, &mut budget);
        for (at, wide) in simple.into_iter().enumerate() {
            let id = fresh_id("accountable-fill", at, survey.ruleset.stakeholder());
            let keys = [("role", "owner".into()), ("raci", "A".into())];
            let fix = toml_row(Table::Stakeholder, &id, &vocabulary.condition(&wide), &keys);
            self.attach(&Gap { own: vec![wide.clone()], wide }, &fix);
        }
    }

    fn say_more(&mut self, more: usize, table: Table) {
        if let Some(last) = self.findings.last_mut().filter(|_| more > 0) {
            last.help.push(format!("and {more} more holes in `{table}`, not shown"));
        }
    }
}
