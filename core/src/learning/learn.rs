//! The few owner rows that would have been right more often, each proved to be the best there is.

use serde_json::{Map, Value as Json};

use super::asked::Asked;
use super::axes::{LearnAxis, Tested, axes};
use super::candidate::Candidate;
use super::effects::{Effects, effects};
use super::families::{Proof, Tries, family};
use super::items::FOLDS;
use super::owner_rows::owner_rows;
use super::proposal::{Changed, Effort, Ended, Example, Learned, NotLearned, Proposal};
use super::search::search;
use super::sign_test::Chance;
use super::sought::{Found, Sought};
use super::weighed::{Folds, Weighed};
use crate::clients::{Actual, Gathered};
use crate::ruleset::fresh_ids;
use crate::ruleset::{Basis, Condition, FactTest, RoleId, Row, Ruleset, Subject, write_test};
use crate::source::{SourceId, Span};

/// The roles of an actual owner.
fn actual(gathered: &Gathered, owner: Actual) -> &[RoleId] {
    match owner {
        Actual::Roles(at) => &gathered.roles[at as usize],
        Actual::Unknown | Actual::Other => &[],
    }
}

/// What a search goes through, the same for every row.
struct Ground<'a> {
    ruleset: &'a Ruleset,
    gathered: &'a Gathered,
    axes: Vec<LearnAxis>,
    /// The roles that a row could name.
    roles: Vec<RoleId>,
    /// The conditions under which the owner rows in use decide.
    owner_rows: Vec<Vec<(usize, Tested)>>,
    effort: &'a Effort,
    tries: Tries,
    /// What a row must show.
    proof: Proof,
}

impl<'a> Ground<'a> {
    fn new(ruleset: &'a Ruleset, gathered: &'a Gathered, effort: &'a Effort) -> Ground<'a> {
        let axes = axes(ruleset, gathered);
        let roles = named(gathered);
        let owner_rows = owner_rows(ruleset, &axes, effort.tests);
        let tries = Tries::new(&axes, owner_rows.len(), effort.tests, roles.len());
        let proof = Proof::new(effort.chance, tries);
        Ground { ruleset, gathered, axes, roles, owner_rows, effort, tries, proof }
    }

    fn effects(&self, ruleset: &Ruleset) -> Result<Effects, NotLearned> {
        Ok(effects(ruleset, self.gathered, &self.axes, &self.roles)?)
    }

    /// The best row to stand before the others of `current`, and what the rules with it say.
    fn best(
        &self,
        current: &Ruleset,
        before: &Effects,
        asked: &Asked,
    ) -> Result<Option<(Proposal, Effects)>, NotLearned> {
        let found = self.search(before, &[true; FOLDS], asked);
        let Some(best) = found.best else { return Ok(None) };
        let row = row(self.ruleset, current, &self.axes, &self.roles, &best);
        let changed = current.changed(|checked| checked.owner.insert(0, row.clone()));
        let changed = changed.map_err(|problem| NotLearned::TooMuch(Box::new(problem)))?;
        let after = self.effects(&changed)?;
        let [fixes, breaks] = compared(self.gathered, before, &after);
        let family = family(&self.axes, &self.owner_rows, &best.tests);
        let (corrected, spoiled) = (fixes.rows - fixes.open, breaks.rows - breaks.open);
        // Rows of which more are spoiled show nothing.
        let chance = Chance::of_sign_test(corrected.max(spoiled), spoiled);
        let chance = chance.among(self.tries.factor(family));
        let is_shown = chance.is_below(self.effort.chance);
        let proposal = Proposal {
            when: when(self.ruleset, &row.when),
            row,
            net: best.net,
            fixes,
            breaks,
            chance,
            family,
            is_shown,
            validated: None,
            is_best: true,
            is_exhaustive: found.is_exhaustive,
            ruleset: changed,
        };
        Ok(Some((proposal, after)))
    }

    fn search(&self, effects: &Effects, folds: &Folds, asked: &Asked) -> Found {
        search(self.sought(), &Weighed::new(&effects.groups, folds), asked)
    }

    fn sought(&self) -> Sought<'_> {
        Sought {
            axes: &self.axes,
            roles: self.roles.len(),
            owner_rows: &self.owner_rows,
            tests: self.effort.tests,
            steps: self.effort.steps,
            threads: self.effort.threads,
        }
    }

    /// What rows gain that are found without the fold that they are held against, over all folds.
    fn validate(&self, effects: &Effects) -> i64 {
        // As much as a row that is just shown by all folds shows by all but one.
        let asked = Asked::Shown(self.proof.in_part((FOLDS - 1) as f64 / FOLDS as f64));
        let fold = |fold: usize| {
            let held_out: Folds = std::array::from_fn(|at| at == fold);
            let found = self.search(effects, &held_out.map(|held_out| !held_out), &asked);
            let Some(Candidate { role, tests, .. }) = found.best else { return 0 };
            let Sought { axes, roles, .. } = self.sought();
            Weighed::new(&effects.groups, &held_out).nets(axes, roles, &tests).of(role).net()
        };
        (0..FOLDS).map(fold).sum()
    }
}

/// The row to stand before all others that turns most rows right, net of those it turns wrong, whether or not chance
/// explains it; nothing where none turns more rows right than wrong.
///
/// # Errors
/// When the rules are too entangled.
pub fn best_row(
    ruleset: &Ruleset,
    gathered: &Gathered,
    effort: &Effort,
) -> Result<Option<Proposal>, NotLearned> {
    let ground = Ground::new(ruleset, gathered, effort);
    let before = ground.effects(ruleset)?;
    Ok(ground.best(ruleset, &before, &Asked::Better)?.map(|(proposal, _)| proposal))
}

/// The best row to stand before all others of those that chance does not explain.
///
/// # Errors
/// When the rules are too entangled.
pub fn best_shown_row(
    ruleset: &Ruleset,
    gathered: &Gathered,
    effort: &Effort,
) -> Result<Option<Proposal>, NotLearned> {
    let ground = Ground::new(ruleset, gathered, effort);
    let before = ground.effects(ruleset)?;
    let asked = Asked::Shown(ground.proof.clone());
    Ok(ground.best(ruleset, &before, &asked)?.map(|(proposal, _)| proposal))
}

/// Finds the rows that would have been right more often. `broken` says what is wrong with a ruleset that a new row makes,
/// if anything is.
///
/// # Errors
/// When the rules are too entangled.
pub fn learn(
    ruleset: &Ruleset,
    gathered: &Gathered,
    effort: &Effort,
    broken: &dyn Fn(&Ruleset) -> Option<String>,
) -> Result<Learned, NotLearned> {
    let ground = Ground::new(ruleset, gathered, effort);
    let mut before = ground.effects(ruleset)?;
    let mut learned = Learned {
        proposals: Vec::new(),
        ended: Ended::Enough,
        tries: ground.tries,
        facts: ground.axes.iter().map(|axis| axis.fact).collect(),
        rows: gathered.rows.iter().map(|row| row.rows).sum(),
        right: right(gathered, &before),
        contradictory: contradictory(gathered),
        unmoved: before.groups.unmoved,
    };
    learned.facts.sort_unstable();
    if let Some(ended) = hopeless(gathered, &learned, &ground) {
        learned.ended = ended;
        return Ok(learned);
    }
    let mut current = ruleset.clone();
    while learned.proposals.len() < effort.rows {
        let Some((mut proposal, mut after)) = ground.best(&current, &before, &Asked::Better)? else {
            learned.ended = Ended::NothingBetter;
            return Ok(learned);
        };
        if !proposal.is_shown {
            // Rows that turn many right and many wrong may stand before one that chance does not explain.
            match ground.best(&current, &before, &Asked::Shown(ground.proof.clone()))? {
                Some((other, rest)) => {
                    (proposal, after) = (other, rest);
                    proposal.is_best = false;
                }
                None => {
                    learned.ended = Ended::Chance(Box::new(proposal));
                    return Ok(learned);
                }
            }
        }
        let validated = ground.validate(&before);
        proposal.validated = Some(validated);
        if validated <= 0 {
            learned.ended = Ended::NotShown(Box::new(proposal));
            return Ok(learned);
        }
        if let Some(error) = broken(&proposal.ruleset) {
            learned.ended = Ended::Error(Box::new(proposal), error);
            return Ok(learned);
        }
        (current, before) = (proposal.ruleset.clone(), after);
        learned.proposals.push(proposal);
    }
    Ok(learned)
}

/// Why it is no use to search.
fn hopeless(gathered: &Gathered, learned: &Learned, ground: &Ground<'_>) -> Option<Ended> {
    let mut owners = gathered.rows.iter().map(|row| row.owner);
    let first = owners.next()?;
    if let (true, [role, ..]) = (owners.all(|owner| owner == first), actual(gathered, first)) {
        return Some(Ended::OneOwner(*role));
    }
    let needed = ground.proof.fewest_of_all().unsigned_abs();
    let wrong = learned.rows - learned.right;
    (wrong < needed || ground.roles.is_empty()).then_some(Ended::TooFew { needed })
}

/// The roles that some row says to have owned, in the order of the ruleset.
fn named(gathered: &Gathered) -> Vec<RoleId> {
    let mut roles: Vec<RoleId> =
        gathered.rows.iter().flat_map(|row| actual(gathered, row.owner)).copied().collect();
    roles.sort_unstable();
    roles.dedup();
    roles
}

fn right(gathered: &Gathered, effects: &Effects) -> u64 {
    let rows = gathered.rows.iter().zip(&effects.owners);
    let right =
        rows.filter(|(row, owner)| owner.is_some_and(|owner| actual(gathered, row.owner).contains(&owner)));
    right.map(|(row, _)| row.rows).sum()
}

/// Rows that say the same as others with another owner, beyond those of the commonest one.
fn contradictory(gathered: &Gathered) -> u64 {
    let same = gathered.rows.chunk_by(|one, other| one.cells == other.cells);
    let beyond = |rows: &[crate::clients::GatheredRow]| {
        let all: u64 = rows.iter().map(|row| row.rows).sum();
        all - rows.iter().map(|row| row.rows).max().unwrap_or(0)
    };
    same.map(beyond).sum()
}

/// The rows that become right, and those that become wrong, as the engine decides all of them.
fn compared(gathered: &Gathered, before: &Effects, after: &Effects) -> [Changed; 2] {
    let mut changed = [Changed::default(), Changed::default()];
    for ((row, before), after) in gathered.rows.iter().zip(&before.owners).zip(&after.owners) {
        let actual = actual(gathered, row.owner);
        let is_right = |owner: &Option<RoleId>| owner.is_some_and(|owner| actual.contains(&owner));
        let kind = match (is_right(before), is_right(after)) {
            (false, true) => 0,
            (true, false) => 1,
            _ => continue,
        };
        changed[kind].rows += row.rows;
        changed[kind].open += if before.is_none() || after.is_none() { row.rows } else { 0 };
        changed[kind].examples.push(Example {
            name: row.name.clone(),
            before: *before,
            after: *after,
            actual: actual.first().copied(),
        });
    }
    for kind in &mut changed {
        /// So many are shown.
        const SHOWN: usize = 3;
        kind.examples.sort_by(|one, other| {
            (one.name.is_empty(), &one.name, one.before).cmp(&(
                other.name.is_empty(),
                &other.name,
                other.before,
            ))
        });
        kind.examples.truncate(SHOWN);
    }
    changed
}

/// The owner row of a candidate.
fn row(
    base: &Ruleset,
    current: &Ruleset,
    axes: &[LearnAxis],
    roles: &[RoleId],
    best: &Candidate,
) -> Row<RoleId> {
    let span = Span::new(SourceId::FIRST, 0..0);
    let mut tests: Vec<FactTest> = best
        .tests
        .iter()
        .map(|(axis, tested)| {
            let axis = &axes[*axis];
            let test = axis.fact_test(*tested);
            let written = write_test(base.fact(axis.fact), &test);
            FactTest { subject: Subject::Fact(axis.fact), test, written, span }
        })
        .collect();
    tests.sort_by_key(|test| test.subject);
    Row {
        id: fresh_ids("learned", current.owner()).next().unwrap_or_default(),
        when: Condition { tests },
        then: roles[best.role as usize],
        basis: Basis::Learned,
        because: None,
        cite: None,
        span,
    }
}

fn when(ruleset: &Ruleset, condition: &Condition) -> Map<String, Json> {
    let named = condition.tests.iter().filter_map(|test| match test.subject {
        Subject::Fact(fact) => Some((ruleset.fact(fact).name.clone(), test.written.clone())),
        Subject::Owner | Subject::Contact => None,
    });
    named.collect()
}
