//! How often the rules were right, where a list says who really owned.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

use serde::Serialize;

use super::presumed_right::{PresumedRight, presumed_right};
use super::share::Share;
use crate::clients::{Actual, ActualRows, Actuals, Situation, Summary};
use crate::decision::{Confidence, Status, TooEntangled, Verdict};
use crate::ruleset::{RoleId, Ruleset};

/// Confusions, roles and texts that are named; the others are counted.
const NAMED: usize = 10;
/// The status of a row with a cell that cannot be read.
const INVALID: &str = "invalid";

/// How often the rules were right. As JSON, keys are only ever added within a `schema_version`.
#[derive(Debug, Clone, Serialize)]
pub struct Score {
    /// The version of this shape.
    pub schema_version: u32,
    /// What decided.
    pub ruleset: crate::clients::Decided,
    /// Records in the list, those that cannot be read included.
    pub rows: u64,
    /// Records that cannot be read.
    pub rejects: u64,
    /// Rows that say who really owned, and those of which the rules named that owner.
    pub owner: Share,
    /// The same by status.
    pub by_status: Vec<Counted>,
    /// The same by confidence.
    pub by_confidence: Vec<Counted>,
    /// The same by owner rule; a row in which several have a part counts for each.
    pub by_rule: Vec<RuleScore>,
    /// Whom the rules named, and who owned instead: the commonest.
    pub confusions: Vec<Confusion>,
    /// Rows without an answer.
    pub open: OpenRows,
    /// What is presumed, where it is given.
    pub typical: Vec<PresumedRight>,
    /// Rows whose owner is no role of the ruleset.
    pub other: OwnerScore,
    /// Rows that say who really was the contact, and those of which the rules named that contact.
    pub contact: Option<Share>,
    /// Rows whose contact is no role of the ruleset.
    pub other_contact: Option<OwnerScore>,
}

/// Rows of one kind.
#[derive(Debug, Clone, Serialize)]
pub struct Counted {
    /// The kind.
    pub name: &'static str,
    /// How many, and how many were right.
    #[serde(flatten)]
    pub share: Share,
}

/// How often a rule was right.
#[derive(Debug, Clone, Serialize)]
pub struct RuleScore {
    /// The id of the owner rule.
    pub rule: String,
    /// The role it names.
    pub owner: String,
    /// The rows it decided.
    #[serde(flatten)]
    pub share: Share,
    /// Who owned where it was wrong, the commonest first.
    pub instead: Vec<Instead>,
}

/// Who owned, and in how many rows.
#[derive(Debug, Clone, Serialize)]
pub struct Instead {
    /// The role; none for who is no role of the ruleset.
    pub owner: Option<String>,
    /// In how many rows.
    pub rows: u64,
}

/// Whom the rules named, who owned, and in how many rows.
#[derive(Debug, Clone, Serialize)]
pub struct Confusion {
    /// Whom the rules named.
    pub named: String,
    /// Who owned; none for who is no role of the ruleset.
    pub actual: Option<String>,
    /// In how many rows.
    pub rows: u64,
}

/// Rows that the rules leave open.
#[derive(Debug, Clone, Default, Serialize)]
pub struct OpenRows {
    /// How many say who owned.
    pub rows: u64,
    /// In how many of them that owner was among the candidates.
    pub among: u64,
    /// At which place it stood among them, the first being 1.
    pub places: BTreeMap<usize, u64>,
}

/// What names no role.
#[derive(Debug, Clone, Default, Serialize)]
pub struct OwnerScore {
    /// In how many rows.
    pub rows: u64,
    /// The commonest texts.
    pub commonest: Vec<Text>,
}

/// A text and how many rows have it.
#[derive(Debug, Clone, Serialize)]
pub struct Text {
    /// The text.
    pub text: String,
    /// How many rows.
    pub rows: u64,
}

/// Holds the answers to a list against who really had the roles.
///
/// # Errors
/// When the rules are too entangled.
pub fn score(ruleset: &Ruleset, summary: &Summary, actuals: &Actuals) -> Result<Score, TooEntangled> {
    let mut scorer = Scorer::new(ruleset, actuals);
    for situation in &actuals.situations {
        scorer.add(situation)?;
    }
    for rows in &actuals.invalid {
        scorer.count(INVALID, Confidence::None.as_str(), rows, (None, None));
    }
    let typical = presumed_right(ruleset, &actuals.situations)?;
    Ok(scorer.finish(summary, typical))
}

struct Scorer<'a> {
    ruleset: &'a Ruleset,
    actuals: &'a Actuals,
    owner: Share,
    contact: Share,
    by_status: HashMap<&'static str, Share>,
    by_confidence: HashMap<&'static str, Share>,
    by_rule: HashMap<String, (Share, Wrong)>,
    confusions: HashMap<(RoleId, Option<RoleId>), u64>,
    open: OpenRows,
    others: [u64; 2],
}

/// Who owned in rows that were wrong.
type Wrong = HashMap<Option<RoleId>, u64>;

impl<'a> Scorer<'a> {
    fn new(ruleset: &'a Ruleset, actuals: &'a Actuals) -> Self {
        Scorer {
            ruleset,
            actuals,
            owner: Share::default(),
            contact: Share::default(),
            by_status: HashMap::new(),
            by_confidence: HashMap::new(),
            by_rule: HashMap::new(),
            confusions: HashMap::new(),
            open: OpenRows::default(),
            others: [0, 0],
        }
    }

    /// The roles that an actual may be.
    fn roles(&self, actual: Actual) -> &'a [RoleId] {
        match actual {
            Actual::Roles(at) => &self.actuals.roles[at as usize],
            Actual::Unknown | Actual::Other => &[],
        }
    }

    fn is_right(&self, actual: Actual, role: Option<RoleId>) -> bool {
        role.is_some_and(|role| self.roles(actual).contains(&role))
    }

    fn add(&mut self, situation: &Situation) -> Result<(), TooEntangled> {
        for rows in &situation.actuals {
            let confidence = situation.confidence[usize::from(rows.is_borderline)];
            self.count(situation.status, confidence, rows, (situation.owner, situation.contact));
            if rows.owner == Actual::Unknown {
                continue;
            }
            let right = self.is_right(rows.owner, situation.owner);
            let actual = self.roles(rows.owner).first().copied();
            for rule in &situation.rules {
                let (share, wrong) = self.by_rule.entry(rule.clone()).or_default();
                share.add(rows.rows, right);
                if !right {
                    *wrong.entry(actual).or_default() += rows.rows;
                }
            }
            if let (Some(named), false) = (situation.owner, right) {
                *self.confusions.entry((named, actual)).or_default() += rows.rows;
            }
        }
        if situation.status == Status::Open.as_str() && !situation.actuals.is_empty() {
            self.open(situation)?;
        }
        Ok(())
    }

    fn count(
        &mut self,
        status: &'static str,
        confidence: &'static str,
        rows: &ActualRows,
        (owner, contact): (Option<RoleId>, Option<RoleId>),
    ) {
        if rows.owner != Actual::Unknown {
            let right = self.is_right(rows.owner, owner);
            self.owner.add(rows.rows, right);
            self.by_status.entry(status).or_default().add(rows.rows, right);
            self.by_confidence.entry(confidence).or_default().add(rows.rows, right);
        }
        if rows.contact != Actual::Unknown {
            self.contact.add(rows.rows, self.is_right(rows.contact, contact));
        }
        for (count, actual) in self.others.iter_mut().zip([rows.owner, rows.contact]) {
            *count += if actual == Actual::Other { rows.rows } else { 0 };
        }
    }

    /// Where the actual owner stands among the candidates.
    fn open(&mut self, situation: &Situation) -> Result<(), TooEntangled> {
        let ranked = Verdict::reach(self.ruleset, &situation.profile)?.ranked();
        for rows in situation.actuals.iter().filter(|rows| rows.owner != Actual::Unknown) {
            self.open.rows += rows.rows;
            let place = ranked.iter().position(|outcome| self.is_right(rows.owner, outcome.owner));
            if let Some(place) = place {
                self.open.among += rows.rows;
                *self.open.places.entry(place + 1).or_default() += rows.rows;
            }
        }
        Ok(())
    }

    fn finish(mut self, summary: &Summary, typical: Vec<PresumedRight>) -> Score {
        let id = |role: RoleId| self.ruleset.role(role).id.clone();
        let statuses = Status::ALL.map(Status::as_str).into_iter().chain([INVALID]);
        let levels = [Confidence::High, Confidence::Medium, Confidence::Low, Confidence::None];
        let counted = |names: &mut dyn Iterator<Item = &'static str>, found: &HashMap<_, Share>| {
            let found = names.filter_map(|name| Some(Counted { name, share: *found.get(name)? }));
            found.collect::<Vec<_>>()
        };
        let rules = self.ruleset.owner().iter().filter_map(|row| {
            let (share, wrong) = self.by_rule.remove(&row.id)?;
            let mut wrong: Vec<(Option<RoleId>, u64)> = wrong.into_iter().collect();
            wrong.sort_unstable_by_key(|(role, rows)| (Reverse(*rows), role.is_none(), *role));
            let instead = wrong.into_iter().map(|(role, rows)| Instead { owner: role.map(id), rows });
            Some(RuleScore { rule: row.id.clone(), owner: id(row.then), share, instead: instead.collect() })
        });
        let by_rule = rules.collect();
        let mut confusions: Vec<_> = self.confusions.into_iter().collect();
        confusions.sort_unstable_by_key(|((named, actual), rows)| {
            (Reverse(*rows), *named, actual.is_none(), *actual)
        });
        let confusions = confusions.into_iter().take(NAMED).map(|((named, actual), rows)| Confusion {
            named: id(named),
            actual: actual.map(id),
            rows,
        });
        let other = |at: usize| {
            let texts = self.actuals.others[at].iter().filter(|(text, _)| !text.is_empty());
            let texts = texts.take(NAMED).map(|(text, rows)| Text { text: text.clone(), rows: *rows });
            OwnerScore { rows: self.others[at], commonest: texts.collect() }
        };
        let has_contact = self.contact.rows > 0;
        Score {
            schema_version: 1,
            ruleset: summary.ruleset.clone(),
            rows: summary.rows,
            rejects: summary.rejects,
            owner: self.owner,
            by_status: counted(&mut statuses.into_iter(), &self.by_status),
            by_confidence: counted(&mut levels.map(Confidence::as_str).into_iter(), &self.by_confidence),
            by_rule,
            confusions: confusions.collect(),
            open: self.open,
            typical,
            other: other(0),
            contact: has_contact.then_some(self.contact),
            other_contact: has_contact.then(|| other(1)),
        }
    }
}

impl Score {
    /// The rule that was wrong in the most rows, if any was.
    pub fn worst_rule(&self) -> Option<&RuleScore> {
        let wrong = self.by_rule.iter().filter(|rule| rule.share.wrong() > 0);
        wrong.max_by_key(|rule| (rule.share.wrong(), Reverse(rule.share.rows)))
    }

    /// Rows that the rules answer.
    pub fn answered(&self) -> u64 {
        let answers = [Status::Decided, Status::Presumed].map(Status::as_str);
        self.by_status
            .iter()
            .filter(|counted| answers.contains(&counted.name))
            .map(|counted| counted.share.rows)
            .sum()
    }
}
