//! What a brief says, whatever it is written in.

use std::collections::BTreeSet;

use super::people::{holders, person_line};
use super::schedule::{Milestone, Span};
use crate::decision::{Decision, Status};
use crate::profile::Profile;
use crate::report::labels;
use crate::report::map::{Holder, Picture, picture};
use crate::ruleset::{FactId, Kind, RoleId, Row, Ruleset};
use crate::sentences;
use crate::words::{self, capital};

/// How many candidates are told before "and N more".
const CANDIDATES: usize = 3;

/// Where something that is said comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// The profile says so.
    Given,
    /// It is typical, so it is presumed.
    Presumed,
    /// It follows from other facts.
    Derived,
    /// Nobody has said.
    Unknown,
}

impl Source {
    /// The word.
    pub fn as_str(self) -> &'static str {
        match self {
            Source::Given => "given",
            Source::Presumed => "presumed",
            Source::Derived => "worked out",
            Source::Unknown => "unknown",
        }
    }
}

/// One fact and where it comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// The question it answers, or the fact's name.
    pub question: String,
    /// What is known of it; a dash where nothing is.
    pub value: String,
    /// Where that comes from.
    pub source: Source,
}

/// A sentence of the reasons, and whether the source of the rules states it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// The sentence.
    pub text: String,
    /// "stated: …" or "our judgement".
    pub basis: String,
}

/// A risk and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RiskNoted {
    /// The risk.
    pub text: String,
    /// What to do.
    pub mitigation: Option<String>,
}

/// The actions of one topic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Practice {
    /// The topic, in words.
    pub topic: String,
    /// When, where dates were given.
    pub when: Option<String>,
    /// What to do.
    pub steps: Vec<Step>,
}

/// One action.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// What to do.
    pub text: String,
    /// Who does it.
    pub by: Option<String>,
}

/// A rule that decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleUsed {
    /// The table.
    pub table: &'static str,
    /// The id.
    pub id: String,
    /// "stated: …" or "our judgement".
    pub basis: String,
}

/// What a brief says.
#[derive(Debug, Clone)]
pub struct Brief {
    /// The question that the ruleset answers.
    pub question: String,
    /// The organization, if it has a name.
    pub name: Option<String>,
    /// How sure the answer is.
    pub status: Status,
    /// The same in words.
    pub status_words: &'static str,
    /// The confidence in words.
    pub confidence: String,
    /// Who owns; nobody when open or unmatched.
    pub owner: Option<String>,
    /// Who the contact is, by role.
    pub contact: Option<String>,
    /// The person who is the contact, where the profile names one.
    pub person: Option<String>,
    /// The person's e-mail address.
    pub email: Option<String>,
    /// Why.
    pub because: Vec<Reason>,
    /// The facts.
    pub known: Vec<Known>,
    /// What else is possible, and when.
    pub candidates: Vec<String>,
    /// What would change the answer.
    pub flips: Vec<String>,
    /// What to ask to be sure.
    pub ask: Vec<String>,
    /// Who has a say.
    pub holders: Vec<Holder>,
    /// What could go wrong.
    pub risks: Vec<RiskNoted>,
    /// What to do, by topic.
    pub practices: Vec<Practice>,
    /// The days of the project, where dates were given.
    pub milestones: Vec<Milestone>,
    /// What to ask on the first call.
    pub questions: Vec<String>,
    /// What is to be known about the answer.
    pub warnings: Vec<String>,
    /// The profile's notes.
    pub notes: Option<String>,
    /// The rules that decided.
    pub rules: Vec<RuleUsed>,
    /// The ruleset's name and version.
    pub ruleset: String,
    /// The hash of the ruleset as used.
    pub digest: String,
    /// The decision map, where the ruleset has one that can be drawn.
    pub picture: Option<Picture>,
}

impl Brief {
    /// What there is to say about a decision on a profile.
    pub fn new(ruleset: &Ruleset, profile: &Profile, decision: &Decision, span: Option<Span>) -> Brief {
        let title = |role: RoleId| ruleset.role(role).title.clone();
        let person = decision.person.as_ref().map(|found| &found.person);
        let mut confidence = labels::confidence(decision.confidence).to_owned();
        if !decision.borderline.is_empty() {
            let near: Vec<&str> =
                decision.borderline.iter().map(|fact| ruleset.fact(*fact).title()).collect();
            confidence.push_str(&format!("; {} is close to a threshold", near.join(", ")));
        }
        Brief {
            question: ruleset.title().to_owned(),
            name: decision.name.clone(),
            status: decision.status,
            status_words: without_lead(labels::status(decision.status)),
            confidence,
            owner: decision.owner.map(title),
            contact: decision.contact.map(title),
            person: person.map(person_line),
            email: person.and_then(|person| person.email.clone()),
            because: reasons(ruleset, decision),
            known: known(ruleset, profile, decision),
            candidates: candidates(ruleset, decision),
            flips: flips(ruleset, decision),
            ask: decision.ask.iter().map(|fact| sentences::question(ruleset.fact(*fact))).collect(),
            holders: holders(ruleset, profile, decision),
            risks: decision
                .risks
                .iter()
                .map(|at| &ruleset.risk()[*at].then)
                .map(|risk| RiskNoted { text: risk.text.clone(), mitigation: risk.mitigation.clone() })
                .collect(),
            practices: practices(ruleset, decision, span),
            milestones: span.map(Span::milestones).unwrap_or_default(),
            questions: decision.questions.iter().map(|asked| sentences::first_call(ruleset, asked)).collect(),
            warnings: decision.warnings.iter().map(|warning| sentences::warning(ruleset, warning)).collect(),
            notes: profile.notes.clone(),
            rules: rules(ruleset, decision),
            ruleset: format!("{} {}", ruleset.name(), ruleset.version()),
            digest: ruleset.digest().to_owned(),
            picture: picture(ruleset, profile).ok(),
        }
    }

    /// What stands at the top.
    pub fn title(&self) -> &str {
        self.name.as_deref().unwrap_or(&self.question)
    }
}

fn rules(ruleset: &Ruleset, decision: &Decision) -> Vec<RuleUsed> {
    fn of<Then>(table: &'static str, rows: &[Row<Then>], used: &BTreeSet<u32>) -> Vec<RuleUsed> {
        let row = |at: &u32| {
            let row = &rows[*at as usize];
            RuleUsed { table, id: row.id.clone(), basis: labels::basis(row.basis, row.cite.as_deref()) }
        };
        used.iter().map(row).collect()
    }
    let used = &decision.rules;
    let mut rules = of("derive", ruleset.derive(), &used.derive);
    rules.extend(of("owner", ruleset.owner(), &used.owner));
    rules.extend(of("contact", ruleset.contact(), &used.contact));
    rules
}

fn reasons(ruleset: &Ruleset, decision: &Decision) -> Vec<Reason> {
    let because = decision.rules.because(ruleset);
    let reason = |reason: &crate::decision::Reason<'_>| Reason {
        text: reason.text.to_owned(),
        basis: labels::basis(reason.basis, reason.cite),
    };
    because.iter().map(reason).collect()
}

fn known(ruleset: &Ruleset, profile: &Profile, decision: &Decision) -> Vec<Known> {
    let inapplicable = profile.inapplicable(ruleset);
    let row = |(at, fact): (usize, &crate::ruleset::Fact)| {
        let id = FactId(at);
        let said = |value: String, source| Some(Known { question: capital(fact.title()), value, source });
        if fact.derived {
            let (_, value) = decision.derived.iter().find(|(derived, _)| *derived == id)?;
            return said(words::value(fact, *value), Source::Derived);
        }
        if let Some(given) = profile.given(id) {
            return said(sentences::given_value(fact, given), Source::Given);
        }
        let presumed: Vec<_> = decision.presumed.iter().filter(|presumed| presumed.fact == id).collect();
        if !presumed.is_empty() {
            let mut values: Vec<String> = Vec::new();
            for value in presumed.iter().map(|presumed| words::value_of(fact, &presumed.set(ruleset).test)) {
                if !values.contains(&value) {
                    values.push(value);
                }
            }
            return said(values.join(" or "), Source::Presumed);
        }
        // A text that decides nothing, or a fact that cannot apply, is no gap.
        let gap = fact.kind != Kind::Text && inapplicable[at].is_none();
        if gap { said("–".to_owned(), Source::Unknown) } else { None }
    };
    ruleset.facts().iter().enumerate().filter_map(row).collect()
}

fn candidates(ruleset: &Ruleset, decision: &Decision) -> Vec<String> {
    let others: Vec<_> = decision.others().collect();
    let shown = others.iter().take(CANDIDATES).map(|one| {
        format!("{}, {}", sentences::outcome(ruleset, one.outcome), sentences::when(ruleset, &one.when))
    });
    let more = others.len().saturating_sub(CANDIDATES);
    shown.chain((more > 0).then(|| format!("and {more} more"))).collect()
}

fn flips(ruleset: &Ruleset, decision: &Decision) -> Vec<String> {
    let flip = |flip: &crate::decision::Flip| {
        let then = match (flip.outcome.owner, flip.outcome.contact) {
            (None, None) => "not settled any more".to_owned(),
            _ => sentences::outcome(ruleset, flip.outcome),
        };
        format!("If {}: {then}", words::clause_of_value(ruleset.fact(flip.fact), flip.value))
    };
    decision.flips.iter().map(flip).collect()
}

fn practices(ruleset: &Ruleset, decision: &Decision, span: Option<Span>) -> Vec<Practice> {
    let mut found: Vec<Practice> = Vec::new();
    for action in decision.actions.iter().map(|at| &ruleset.action()[*at].then) {
        let id = action.topic.as_deref().unwrap_or("next steps");
        let topic = capital(&id.replace(['-', '_'], " "));
        let step = Step {
            text: action.text.clone(),
            by: action.by.map(|by| sentences::party(ruleset, decision, by)),
        };
        match found.iter_mut().find(|practice| practice.topic == topic) {
            Some(practice) => practice.steps.push(step),
            None => {
                let when = span.and_then(|span| span.when(id));
                found.push(Practice { topic, when, steps: vec![step] });
            }
        }
    }
    found
}

/// What a status means, without the word itself, which stands before it.
fn without_lead(words: &'static str) -> &'static str {
    words.split_once(": ").map_or(words, |(_, rest)| rest)
}
