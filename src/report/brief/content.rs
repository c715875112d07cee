//! What a brief says, whatever it is written in.

use super::people::{holders, person_line};
use super::schedule::{Milestone, Span};
use crate::decision::{Decision, Status};
use crate::profile::Profile;
use crate::report::map::{Holder, Picture, picture};
use crate::report::{phrases, words};
use crate::ruleset::{Basis, FactId, Kind, Row, Ruleset};

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
        let contact = decision.contact.as_ref();
        let person = contact.and_then(|contact| contact.person.as_ref());
        let mut confidence = words::confidence(decision.confidence).to_owned();
        if !decision.borderline.is_empty() {
            let near: Vec<String> = decision.borderline.iter().map(|fact| phrases::name(fact)).collect();
            confidence.push_str(&format!("; {} is close to a threshold", near.join(", ")));
        }
        let rules = rules(ruleset, decision);
        Brief {
            question: ruleset.title().to_owned(),
            name: decision.name.clone(),
            status: decision.status,
            status_words: without_lead(words::status(decision.status)),
            confidence,
            owner: decision.owner.as_ref().map(|owner| owner.title.clone()),
            contact: contact.map(|contact| contact.title.clone()),
            person: person.map(|person| {
                let region = person.region.clone();
                let (name, title) = (person.name.clone(), person.title.clone());
                person_line(&crate::profile::Person { name, title, email: None, region })
            }),
            email: person.and_then(|person| person.email.clone()),
            because: reasons(ruleset, decision),
            known: known(ruleset, profile, decision),
            candidates: candidates(ruleset, decision),
            flips: flips(ruleset, decision),
            ask: decision.ask.iter().map(|ask| ask.question.clone()).collect(),
            holders: holders(ruleset, profile, decision),
            risks: decision
                .risks
                .iter()
                .map(|risk| RiskNoted { text: risk.text.clone(), mitigation: risk.mitigation.clone() })
                .collect(),
            practices: practices(ruleset, decision, span),
            milestones: span.map(Span::milestones).unwrap_or_default(),
            questions: decision.questions.iter().map(|question| question.text.clone()).collect(),
            warnings: decision.warnings.clone(),
            notes: profile.notes.clone(),
            rules,
            ruleset: format!("{} {}", decision.ruleset.name, decision.ruleset.version),
            digest: decision.ruleset.digest.clone(),
            picture: picture(ruleset, profile).ok(),
        }
    }

    /// What stands at the top.
    pub fn title(&self) -> &str {
        self.name.as_deref().unwrap_or(&self.question)
    }
}

fn basis<Then>(row: &Row<Then>) -> String {
    match (row.basis, &row.cite) {
        (Basis::Stated, Some(cite)) => format!("stated by the source: {cite}"),
        (Basis::Stated, None) => "stated by the source".to_owned(),
        (Basis::Inferred | Basis::Learned, _) => "our judgement".to_owned(),
    }
}

fn rules(ruleset: &Ruleset, decision: &Decision) -> Vec<RuleUsed> {
    fn of<Then>(table: &'static str, rows: &[Row<Then>], used: &[String]) -> Vec<RuleUsed> {
        let row = |id: &String| {
            let row = rows.iter().find(|row| row.id == *id)?;
            Some(RuleUsed { table, id: id.clone(), basis: basis(row) })
        };
        used.iter().filter_map(row).collect()
    }
    let used = &decision.rules;
    let mut rules = of("derive", ruleset.derive(), &used.derive);
    rules.extend(of("owner", ruleset.owner(), &used.owner));
    rules.extend(of("contact", ruleset.contact(), &used.contact));
    rules
}

fn reasons(ruleset: &Ruleset, decision: &Decision) -> Vec<Reason> {
    let said = |text: &String| {
        fn find<Then>(rows: &[Row<Then>], used: &[String], text: &String) -> Option<String> {
            let row = rows.iter().find(|row| used.contains(&row.id) && row.because.as_ref() == Some(text))?;
            Some(basis(row))
        }
        let used = &decision.rules;
        let basis = find(ruleset.derive(), &used.derive, text)
            .or_else(|| find(ruleset.owner(), &used.owner, text))
            .or_else(|| find(ruleset.contact(), &used.contact, text));
        Reason { text: text.clone(), basis: basis.unwrap_or_default() }
    };
    decision.because.iter().map(said).collect()
}

fn known(ruleset: &Ruleset, profile: &Profile, decision: &Decision) -> Vec<Known> {
    let inapplicable = profile.inapplicable(ruleset);
    let row = |(at, fact): (usize, &crate::ruleset::Fact)| {
        let question =
            fact.ask.clone().filter(|_| !fact.derived).unwrap_or_else(|| capital(&phrases::name(&fact.name)));
        if fact.derived {
            let value = words::value(decision.derived.get(&fact.name)?);
            return Some(Known { question, value, source: Source::Derived });
        }
        if let Some(given) = decision.facts.get(&fact.name) {
            return Some(Known { question, value: words::value(given.given()), source: Source::Given });
        }
        if let Some(presumed) = decision.presumed.iter().find(|presumed| presumed.fact == fact.name) {
            return Some(Known { question, value: words::value(&presumed.value), source: Source::Presumed });
        }
        // A text that decides nothing, or a fact that cannot apply, is no gap.
        let gap =
            fact.kind != Kind::Text && profile.given(FactId(at)).is_none() && inapplicable[at].is_none();
        gap.then(|| Known { question, value: "–".to_owned(), source: Source::Unknown })
    };
    ruleset.facts().iter().enumerate().filter_map(row).collect()
}

fn candidates(ruleset: &Ruleset, decision: &Decision) -> Vec<String> {
    let chosen = |owner: Option<&str>, contact: Option<&str>| {
        decision.owner.as_ref().is_some_and(|own| Some(own.role.as_str()) == owner)
            && decision.contact.as_ref().map(|own| own.role.as_str()) == contact
    };
    let others =
        decision.candidates.iter().filter(|one| !chosen(one.owner.as_deref(), one.contact.as_deref()));
    let mut told: Vec<String> = others
        .map(|one| {
            let outcome = phrases::outcome(ruleset, one.owner.as_deref(), one.contact.as_deref());
            format!("{outcome}, if {}", phrases::conditions(ruleset, &one.when))
        })
        .collect();
    let more = told.len().saturating_sub(CANDIDATES);
    told.truncate(CANDIDATES);
    if more > 0 {
        told.push(format!("and {more} more"));
    }
    told
}

fn flips(ruleset: &Ruleset, decision: &Decision) -> Vec<String> {
    let flip = |flip: &crate::decision::Flip| {
        let then = match (&flip.owner, &flip.contact) {
            (None, None) => "not settled any more".to_owned(),
            (owner, contact) => phrases::outcome(ruleset, owner.as_deref(), contact.as_deref()),
        };
        format!("If {}: {then}", phrases::test(ruleset, &flip.fact, &flip.value))
    };
    decision.flips.iter().map(flip).collect()
}

fn practices(ruleset: &Ruleset, decision: &Decision, span: Option<Span>) -> Vec<Practice> {
    let mut found: Vec<Practice> = Vec::new();
    for action in &decision.actions {
        let id = action.topic.as_deref().unwrap_or("next steps");
        let topic = capital(&phrases::name(id).replace('-', " "));
        let step = Step {
            text: action.text.clone(),
            by: action.by.as_deref().map(|by| party(ruleset, decision, by)),
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

fn party(ruleset: &Ruleset, decision: &Decision, by: &str) -> String {
    let person = decision.contact.as_ref().and_then(|contact| contact.person.as_ref());
    match (by, &decision.owner, &decision.contact) {
        ("owner", Some(owner), _) => owner.title.clone(),
        ("contact", _, Some(contact)) => person.map_or(&contact.title, |person| &person.name).clone(),
        _ => phrases::title(ruleset, Some(by)).to_owned(),
    }
}

/// What a status means, without the word itself, which stands before it.
fn without_lead(words: &'static str) -> &'static str {
    words.split_once(": ").map_or(words, |(_, rest)| rest)
}

/// A text that begins with a capital.
pub(crate) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
