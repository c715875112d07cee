//! From a verdict to a decision: every reason, in words and ids.

use indexmap::IndexMap;

use super::collect::{rows, stakeholders};
use super::conditions::Frame;
use super::flips::{Change, flips};
use super::person::person;
use super::pieces::{Outcome, Piece, derived_rows, outcomes};
use super::questions::questions;
use super::report::*;
use super::used::Used;
use super::{Confidence, Status, TooEntangled, Verdict};
use crate::profile::{Known, Profile};
use crate::ruleset::{FactId, Party, RoleId, Ruleset, Value};

/// The id of the question that asks for a name.
const ASK_NAME: &str = "contact-person";

/// Decides a profile and draws up the reasons.
pub fn assemble(ruleset: &Ruleset, profile: &Profile) -> Result<Decision, TooEntangled> {
    let verdict = Verdict::reach(ruleset, profile)?;
    let changes = match verdict.is_answered() {
        true => flips(ruleset, profile, verdict.outcome)?,
        false => Vec::new(),
    };
    let drawn = Drawn { ruleset, profile, verdict: &verdict };
    let used = drawn.used();
    let borderline = drawn.borderline(&changes);
    let collected = verdict.collected_in();
    let frame = drawn.frame();
    let asked = match verdict.status {
        Status::Decided => Vec::new(),
        _ => questions(ruleset, profile, &frame, &verdict.states, &verdict.pieces),
    };
    let mut warnings: Vec<String> =
        profile.all_given().filter_map(|(_, given)| given.repaired.clone()).collect();
    let contact = drawn.contact(&mut warnings);
    let mut first_call: Vec<Question> = rows(ruleset, &collected, ruleset.question())
        .into_iter()
        .map(|row| Question { id: row.id.clone(), text: row.then.clone() })
        .collect();
    first_call.extend(contact.as_ref().and_then(ask_name));
    Ok(Decision {
        schema_version: SCHEMA_VERSION,
        ruleset: RulesetNamed {
            name: ruleset.name().to_owned(),
            version: ruleset.version().to_string(),
            digest: ruleset.digest().to_owned(),
        },
        name: profile.name.clone(),
        status: verdict.status,
        owner: verdict.outcome.owner.map(|role| drawn.role(role)),
        contact,
        confidence: drawn.confidence(&used, !borderline.is_empty()),
        derived: drawn.derived(&verdict.remaining()),
        because: used.because(ruleset),
        rules: used.ids(ruleset),
        facts: drawn.facts(),
        borderline,
        presumed: drawn.presumed(),
        candidates: drawn.candidates(&frame),
        ask: asked.into_iter().map(|asked| drawn.to_ask(asked.fact)).collect(),
        flips: changes.into_iter().map(|change| drawn.flip(change)).collect(),
        stakeholders: stakeholders(ruleset, &collected, verdict.outcome)
            .into_iter()
            .map(|involved| {
                let RoleNamed { role, title } = drawn.role(involved.role);
                Stakeholder {
                    id: involved.row.id.clone(),
                    role,
                    title,
                    raci: involved.raci.as_str().to_owned(),
                }
            })
            .collect(),
        risks: rows(ruleset, &collected, ruleset.risk())
            .into_iter()
            .map(|row| Risk {
                id: row.id.clone(),
                text: row.then.text.clone(),
                mitigation: row.then.mitigation.clone(),
            })
            .collect(),
        actions: rows(ruleset, &collected, ruleset.action())
            .into_iter()
            .map(|row| Action {
                id: row.id.clone(),
                topic: row.then.topic.clone(),
                by: row.then.by.map(|party| party_name(ruleset, party)),
                text: row.then.text.clone(),
            })
            .collect(),
        questions: first_call,
        warnings,
    })
}

fn party_name(ruleset: &Ruleset, party: Party) -> String {
    match party {
        Party::Role(role) => ruleset.role(role).id.clone(),
        Party::Owner => "owner".to_owned(),
        Party::Contact => "contact".to_owned(),
        Party::Vendor => "vendor".to_owned(),
    }
}

fn ask_name(contact: &Contact) -> Option<Question> {
    let text = format!("Who is “{}” here, by name, and how can we reach that person?", contact.title);
    contact.person.is_none().then(|| Question { id: ASK_NAME.to_owned(), text })
}

/// A verdict, and what was decided by what.
pub struct Drawn<'a> {
    /// The rules.
    pub ruleset: &'a Ruleset,
    /// What is known.
    pub profile: &'a Profile,
    /// What is decided.
    pub verdict: &'a Verdict,
}

impl Drawn<'_> {
    fn role(&self, role: RoleId) -> RoleNamed {
        let declared = self.ruleset.role(role);
        RoleNamed { role: declared.id.clone(), title: declared.title.clone() }
    }

    fn role_id(&self, role: Option<RoleId>) -> Option<String> {
        role.map(|role| self.ruleset.role(role).id.clone())
    }

    fn fact_name(&self, fact: FactId) -> String {
        self.ruleset.fact(fact).name.clone()
    }

    /// The rows that decide.
    pub fn used(&self) -> Used {
        let deciding = self.verdict.deciding();
        let mut used = Used::default();
        for piece in &deciding {
            used.owner.extend(piece.owner_row);
            used.contact.extend(piece.contact_row);
        }
        if !deciding.is_empty() {
            for table in &self.ruleset.compiled().derived {
                let regions = deciding.iter().map(|piece| &piece.region);
                used.derive.extend(derived_rows(self.ruleset, regions, table.fact).0);
            }
        }
        used
    }

    fn derived(&self, pieces: &[&Piece]) -> IndexMap<String, serde_json::Value> {
        let shown = self.agreed(pieces).into_iter().map(|(fact, value)| {
            let fact = self.ruleset.fact(fact);
            (fact.name.clone(), value.to_json(fact))
        });
        shown.collect()
    }

    /// The derived facts that have the same value in all states.
    pub fn agreed(&self, pieces: &[&Piece]) -> Vec<(FactId, Value)> {
        let mut agreed = Vec::new();
        for table in &self.ruleset.compiled().derived {
            let (rows, without) =
                derived_rows(self.ruleset, pieces.iter().map(|piece| &piece.region), table.fact);
            let mut values = rows.iter().map(|row| self.ruleset.derive()[*row as usize].then.value);
            if let Some(first) = values.next()
                && !without
                && values.all(|value| value == first)
            {
                agreed.push((table.fact, first));
            }
        }
        agreed
    }

    fn contact(&self, warnings: &mut Vec<String>) -> Option<Contact> {
        let role = self.verdict.outcome.contact?;
        let RoleNamed { role: id, title } = self.role(role);
        let found = person(self.ruleset, self.profile, role);
        if let Some(found) = found
            && found.role != role
        {
            warnings.push(format!(
                "nobody given is “{title}”: {} stands in, as “{}”",
                found.person.name,
                self.ruleset.role(found.role).title
            ));
        }
        let person = found.map(|found| PersonNamed {
            name: found.person.name.clone(),
            title: found.person.title.clone(),
            email: found.person.email.clone(),
            region: found.person.region.clone(),
        });
        Some(Contact { role: id, title, person })
    }

    /// How far the answer can be relied on.
    pub fn confidence(&self, used: &Used, borderline: bool) -> Confidence {
        if !self.verdict.is_answered() {
            return Confidence::None;
        }
        let doubts = [self.verdict.status == Status::Presumed, used.is_inferred(self.ruleset), borderline];
        match doubts.into_iter().filter(|doubt| *doubt).count() {
            0 => Confidence::High,
            1 => Confidence::Medium,
            _ => Confidence::Low,
        }
    }

    /// The exact numbers with a flip no further away than `near` of the number.
    fn borderline(&self, changes: &[Change]) -> Vec<String> {
        let mut found: Vec<String> = Vec::new();
        for change in changes {
            let near = self.ruleset.fact(change.fact).near;
            let own = self.profile.given(change.fact).and_then(|given| given.value());
            if let (Some(near), Some(Value::Number(own)), Value::Number(other)) = (near, own, change.value)
                && near.is_within(own.abs_diff(other), own)
                && !found.contains(&self.fact_name(change.fact))
            {
                found.push(self.fact_name(change.fact));
            }
        }
        found
    }

    fn facts(&self) -> IndexMap<String, FactGiven> {
        let shown = self.profile.all_given().map(|(fact, given)| {
            let written = given.written.clone();
            let declared = self.ruleset.fact(fact);
            let shown = match &given.known {
                Known::Exact(value) => FactGiven::Exact { given: written, value: value.to_json(declared) },
                Known::Text(text) => FactGiven::Exact { given: written, value: text.clone().into() },
                Known::Band { min, max } => FactGiven::Band { given: written, min: *min, max: *max },
            };
            (declared.name.clone(), shown)
        });
        shown.collect()
    }

    /// What was presumed.
    pub fn presumed(&self) -> Vec<Presumption> {
        let mut found: Vec<Presumption> = Vec::new();
        for narrowing in self.verdict.left().into_iter().flat_map(|left| &left.narrowed) {
            let row = &self.ruleset.typical()[narrowing.row];
            let presumption = Presumption {
                fact: self.fact_name(narrowing.fact),
                value: row.then.set[narrowing.place].written.clone(),
                rule: row.id.clone(),
            };
            if !found.contains(&presumption) {
                found.push(presumption);
            }
        }
        found
    }

    /// The frame in which conditions are written.
    pub fn frame(&self) -> Frame<'_> {
        let bound = |fact: &FactId| match self.profile.given(*fact).map(|given| &given.known) {
            Some(Known::Band { min, max }) => Some((*min, max.unwrap_or(u64::MAX))),
            _ => None,
        };
        let bounds = self.ruleset.compiled().facts.iter().map(bound).collect();
        Frame::new(self.ruleset, &self.verdict.states, bounds)
    }

    fn candidates(&self, frame: &Frame<'_>) -> Vec<Candidate> {
        if self.verdict.status == Status::Decided {
            return Vec::new();
        }
        let regions: Vec<_> =
            self.verdict.pieces.iter().map(|piece| (&piece.region, piece.outcome)).collect();
        let determined = frame.determined(&regions);
        let presumed = &self.verdict.presumed;
        let mut found: Vec<(Outcome, Candidate)> = Vec::new();
        for outcome in outcomes(&self.verdict.pieces) {
            let of = |wanted: bool| {
                let own = determined.iter().filter(move |(_, own)| (*own == outcome) == wanted);
                own.map(|(region, _)| region).collect::<Vec<_>>()
            };
            let candidate = Candidate {
                owner: self.role_id(outcome.owner),
                contact: self.role_id(outcome.contact),
                when: frame.conditions(&of(true), &of(false)),
                share: presumed.share(outcome).filter(|_| presumed.allows(outcome)),
            };
            found.push((outcome, candidate));
        }
        let rank = |outcome: &Outcome, share: Option<f64>| {
            (!presumed.allows(*outcome), -share.unwrap_or(0.0), *outcome != self.verdict.outcome)
        };
        // Within equals the order of the roles stays.
        found.sort_by(|a, b| {
            let (a, b) = (rank(&a.0, a.1.share), rank(&b.0, b.1.share));
            a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)).then(a.2.cmp(&b.2))
        });
        found.into_iter().map(|(_, candidate)| candidate).collect()
    }

    fn to_ask(&self, fact: FactId) -> ToAsk {
        let declared = self.ruleset.fact(fact);
        let question = declared.ask.clone().unwrap_or_else(|| format!("{}?", declared.name));
        ToAsk { fact: declared.name.clone(), question }
    }

    fn flip(&self, change: Change) -> Flip {
        Flip {
            fact: self.fact_name(change.fact),
            value: change.value.to_json(self.ruleset.fact(change.fact)),
            owner: self.role_id(change.outcome.owner),
            contact: self.role_id(change.outcome.contact),
        }
    }
}
