//! A decision as JSON, in the order and with the keys that scripts read.

use indexmap::IndexMap;
use serde::Serialize;
use serde_json::{Map, Value as Json};

use crate::decision::{
    Candidate, Confidence, Conjunction, Decision, FirstCall, Flip, Presumption, Stakeholder, Status,
};
use crate::profile::{Given, Known, Person};
use crate::ruleset::{FactId, Party, RoleId, Row, Ruleset, write_test};
use crate::{sentences, words};

/// The version of the shape; keys are only ever added within one.
pub const SCHEMA_VERSION: u32 = 1;

/// A decision in the shape of its JSON: ids for scripts, and words beside them.
#[derive(Debug, Serialize)]
pub struct DecisionJson<'a> {
    schema_version: u32,
    ruleset: Named<'a>,
    name: Option<&'a str>,
    status: Status,
    owner: Option<Role<'a>>,
    contact: Option<Contact<'a>>,
    confidence: Confidence,
    derived: IndexMap<&'a str, Json>,
    rules: Rules<'a>,
    because: Vec<&'a str>,
    facts: IndexMap<&'a str, Fact<'a>>,
    borderline: Vec<&'a str>,
    presumed: Vec<Presumed<'a>>,
    candidates: Vec<CandidateJson<'a>>,
    ask: Vec<Ask<'a>>,
    flips: Vec<FlipJson<'a>>,
    stakeholders: Vec<Holder<'a>>,
    risks: Vec<Risk<'a>>,
    actions: Vec<Action<'a>>,
    questions: Vec<Question>,
    warnings: Vec<String>,
}

#[derive(Debug, Serialize)]
struct Named<'a> {
    name: &'a str,
    version: String,
    digest: &'a str,
}

#[derive(Debug, Serialize)]
struct Role<'a> {
    role: &'a str,
    title: &'a str,
}

#[derive(Debug, Serialize)]
struct Contact<'a> {
    role: &'a str,
    title: &'a str,
    person: Option<PersonJson<'a>>,
}

#[derive(Debug, Serialize)]
struct PersonJson<'a> {
    name: &'a str,
    title: Option<&'a str>,
    email: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<&'a str>,
}

#[derive(Debug, Serialize)]
struct Rules<'a> {
    derive: Vec<&'a str>,
    owner: Vec<&'a str>,
    contact: Vec<&'a str>,
}

#[derive(Debug, Serialize)]
struct Fact<'a> {
    title: &'a str,
    text: String,
    given: &'a Json,
    #[serde(flatten)]
    known: KnownJson,
}

#[derive(Debug, Serialize)]
#[serde(untagged)]
enum KnownJson {
    Exact { value: Json },
    Band { min: i128, max: Option<i128> },
}

#[derive(Debug, Serialize)]
struct Presumed<'a> {
    fact: &'a str,
    value: &'a Json,
    rule: &'a str,
    support: Option<String>,
    source: Option<&'a str>,
    text: String,
}

#[derive(Debug, Serialize)]
struct CandidateJson<'a> {
    owner: Option<&'a str>,
    contact: Option<&'a str>,
    when: Vec<Map<String, Json>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    share: Option<f64>,
    text: String,
}

#[derive(Debug, Serialize)]
struct Ask<'a> {
    fact: &'a str,
    title: &'a str,
    question: String,
}

#[derive(Debug, Serialize)]
struct FlipJson<'a> {
    fact: &'a str,
    value: Json,
    owner: Option<&'a str>,
    contact: Option<&'a str>,
    text: String,
}

#[derive(Debug, Serialize)]
struct Holder<'a> {
    id: &'a str,
    role: &'a str,
    title: &'a str,
    raci: &'static str,
    core: bool,
    person: Option<PersonJson<'a>>,
}

#[derive(Debug, Serialize)]
struct Risk<'a> {
    id: &'a str,
    text: &'a str,
    mitigation: Option<&'a str>,
}

#[derive(Debug, Serialize)]
struct Action<'a> {
    id: &'a str,
    topic: Option<&'a str>,
    by: Option<&'a str>,
    text: &'a str,
}

#[derive(Debug, Serialize)]
struct Question {
    id: String,
    text: String,
}

/// A decision as one JSON object on several lines.
pub fn pretty(ruleset: &Ruleset, decision: &Decision) -> String {
    serde_json::to_string_pretty(&json(ruleset, decision)).unwrap_or_default() + "\n"
}

/// A decision in the shape of its JSON.
pub fn json<'a>(ruleset: &'a Ruleset, decision: &'a Decision) -> DecisionJson<'a> {
    let writer = Writer { ruleset };
    DecisionJson {
        schema_version: SCHEMA_VERSION,
        ruleset: Named {
            name: ruleset.name(),
            version: ruleset.version().to_string(),
            digest: ruleset.digest(),
        },
        name: decision.name.as_deref(),
        status: decision.status,
        owner: decision.owner.map(|role| Role { role: writer.role(role), title: writer.title(role) }),
        contact: decision.contact.map(|role| Contact {
            role: writer.role(role),
            title: writer.title(role),
            person: decision.person.as_ref().map(|found| person(&found.person)),
        }),
        confidence: decision.confidence,
        derived: decision
            .derived
            .iter()
            .map(|(fact, value)| (writer.name(*fact), value.to_json(ruleset.fact(*fact))))
            .collect(),
        rules: Rules {
            derive: ids(ruleset.derive(), &decision.rules.derive),
            owner: ids(ruleset.owner(), &decision.rules.owner),
            contact: ids(ruleset.contact(), &decision.rules.contact),
        },
        because: decision.rules.because(ruleset).iter().map(|reason| reason.text).collect(),
        facts: decision.facts.iter().map(|(fact, given)| writer.fact(*fact, given)).collect(),
        borderline: decision.borderline.iter().map(|fact| writer.name(*fact)).collect(),
        presumed: decision.presumed.iter().map(|presumed| writer.presumed(presumed)).collect(),
        candidates: decision.candidates.iter().map(|candidate| writer.candidate(candidate)).collect(),
        ask: decision
            .ask
            .iter()
            .map(|fact| Ask {
                fact: writer.name(*fact),
                title: ruleset.fact(*fact).title(),
                question: sentences::question(ruleset.fact(*fact)),
            })
            .collect(),
        flips: decision.flips.iter().map(|flip| writer.flip(flip)).collect(),
        stakeholders: decision.stakeholders.iter().map(|holder| writer.holder(holder)).collect(),
        risks: rows(ruleset.risk(), &decision.risks)
            .map(|row| Risk { id: &row.id, text: &row.then.text, mitigation: row.then.mitigation.as_deref() })
            .collect(),
        actions: rows(ruleset.action(), &decision.actions)
            .map(|row| Action {
                id: &row.id,
                topic: row.then.topic.as_deref(),
                by: row.then.by.map(|party| writer.party(party)),
                text: &row.then.text,
            })
            .collect(),
        questions: decision
            .questions
            .iter()
            .map(|asked| Question {
                id: writer.question_id(asked),
                text: sentences::first_call(ruleset, asked),
            })
            .collect(),
        warnings: decision.warnings.iter().map(|warning| sentences::warning(ruleset, warning)).collect(),
    }
}

fn ids<'a, Then>(rows: &'a [Row<Then>], used: &std::collections::BTreeSet<u32>) -> Vec<&'a str> {
    used.iter().map(|row| rows[*row as usize].id.as_str()).collect()
}

fn rows<'a, Then>(rows: &'a [Row<Then>], places: &'a [usize]) -> impl Iterator<Item = &'a Row<Then>> {
    places.iter().map(|at| &rows[*at])
}

fn person(person: &Person) -> PersonJson<'_> {
    PersonJson {
        name: &person.name,
        title: person.title.as_deref(),
        email: person.email.as_deref(),
        region: person.region.as_deref(),
    }
}

/// Looks up what stands in the ruleset.
#[derive(Clone, Copy)]
struct Writer<'a> {
    ruleset: &'a Ruleset,
}

impl<'a> Writer<'a> {
    fn name(self, fact: FactId) -> &'a str {
        &self.ruleset.fact(fact).name
    }

    fn role(self, role: RoleId) -> &'a str {
        &self.ruleset.role(role).id
    }

    fn title(self, role: RoleId) -> &'a str {
        &self.ruleset.role(role).title
    }

    fn party(self, party: Party) -> &'a str {
        match party {
            Party::Role(role) => self.role(role),
            Party::Owner => "owner",
            Party::Contact => "contact",
            Party::Vendor => "vendor",
        }
    }

    fn fact(self, fact: FactId, given: &'a Given) -> (&'a str, Fact<'a>) {
        let declared = self.ruleset.fact(fact);
        let known = match &given.known {
            Known::Exact(value) => KnownJson::Exact { value: value.to_json(declared) },
            Known::Text(text) => KnownJson::Exact { value: text.clone().into() },
            Known::Band { min, max } => KnownJson::Band { min: *min, max: *max },
        };
        let text = given.clause(declared);
        (&declared.name, Fact { title: declared.title(), text, given: &given.written, known })
    }

    fn presumed(self, presumed: &Presumption) -> Presumed<'a> {
        let row = presumed.of(self.ruleset);
        Presumed {
            fact: self.name(presumed.fact),
            value: &presumed.set(self.ruleset).written,
            rule: &row.id,
            support: row.then.support.map(|support| support.to_string()),
            source: row.then.source.as_deref(),
            text: sentences::presumption(self.ruleset, presumed),
        }
    }

    fn candidate(self, candidate: &Candidate) -> CandidateJson<'a> {
        CandidateJson {
            owner: candidate.outcome.owner.map(|role| self.role(role)),
            contact: candidate.outcome.contact.map(|role| self.role(role)),
            when: candidate.when.iter().map(|condition| self.condition(condition)).collect(),
            share: candidate.share,
            text: sentences::when(self.ruleset, &candidate.when),
        }
    }

    fn condition(self, condition: &Conjunction) -> Map<String, Json> {
        let test = |(fact, test): &(FactId, _)| {
            let declared = self.ruleset.fact(*fact);
            (declared.name.clone(), write_test(declared, test))
        };
        condition.tests.iter().map(test).collect()
    }

    fn flip(self, flip: &Flip) -> FlipJson<'a> {
        let fact = self.ruleset.fact(flip.fact);
        FlipJson {
            fact: &fact.name,
            value: flip.value.to_json(fact),
            owner: flip.outcome.owner.map(|role| self.role(role)),
            contact: flip.outcome.contact.map(|role| self.role(role)),
            text: format!("if {}", words::clause_of_value(fact, flip.value)),
        }
    }

    fn holder(self, holder: &'a Stakeholder) -> Holder<'a> {
        Holder {
            id: &self.ruleset.stakeholder()[holder.row].id,
            role: self.role(holder.role),
            title: self.title(holder.role),
            raci: holder.raci.as_str(),
            core: holder.core,
            person: holder.person.as_ref().map(|found| person(&found.person)),
        }
    }

    fn question_id(self, asked: &FirstCall) -> String {
        match asked {
            FirstCall::Row(at) => self.ruleset.question()[*at].id.clone(),
            FirstCall::ContactName(_) => "contact-person".to_owned(),
            FirstCall::EmptyChair(role) => format!("chair-{}", self.role(*role)),
        }
    }
}
