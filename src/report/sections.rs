//! What is said about a decision, a section at a time; every report is made of these.

use super::document::{Answer, Block, Cell, Item, Section, Source, Table};
use super::labels;
use super::map::picture;
use super::people::person_line;
use super::schedule::Span;
use crate::decision::{Decision, Flip, Stakeholder, Status};
use crate::profile::Profile;
use crate::ruleset::{FactId, Kind, Measure, Milestone, Raci, RoleId, Row, Ruleset, Value};
use crate::words::{self, capital, sentence};
use crate::{decision, sentences};

/// How many other outcomes are told before "and N more".
pub const OTHERS: usize = 3;

/// From those who answer for it to those who are told.
const RACI: [Raci; 5] =
    [Raci::AccountableResponsible, Raci::Accountable, Raci::Responsible, Raci::Consulted, Raci::Informed];

/// What there is to say about a decision.
#[derive(Clone, Copy)]
pub struct Sections<'a> {
    /// The rules it was decided by.
    pub ruleset: &'a Ruleset,
    /// What it was decided from.
    pub profile: &'a Profile,
    /// The decision.
    pub decision: &'a Decision,
}

impl<'a> Sections<'a> {
    /// Who owns, who is the contact, how sure that is, and the question that settles most.
    pub fn answer(self) -> Answer {
        let Sections { ruleset, decision, .. } = self;
        let person = decision.person.as_ref().map(|found| &found.person);
        let known = decision.facts.iter().map(|(fact, given)| given.clause(ruleset.fact(*fact)));
        let known = words::joined(known);
        Answer {
            owner: decision.owner.map(|role| self.title(role)),
            contact: decision.contact.map(|role| self.title(role)),
            person: person.map(person_line),
            email: person.and_then(|person| person.email.clone()),
            status: decision.status,
            status_means: labels::status(decision.status),
            confidence: decision.owner.map(|_| self.confidence()),
            ask: decision.ask.first().map(|fact| sentences::question(ruleset.fact(*fact))),
            known: (!known.is_empty()).then(|| sentence(&known)),
        }
    }

    fn title(self, role: RoleId) -> String {
        self.ruleset.role(role).title.clone()
    }

    fn confidence(self) -> String {
        let confidence = labels::confidence(self.decision.confidence);
        let near = self.decision.borderline.iter().map(|fact| self.ruleset.fact(*fact).title());
        let near: Vec<&str> = near.collect();
        match near.is_empty() {
            true => confidence.to_owned(),
            false => format!("{confidence}: a slightly different {} would change it", near.join(" or ")),
        }
    }

    /// Why.
    pub fn why(self) -> Option<Section> {
        let because = self.decision.rules.because(self.ruleset);
        let reason = |reason: &decision::Reason<'_>| Item {
            text: reason.text.to_owned(),
            aside: Some(labels::basis(reason.basis, reason.cite)),
        };
        Section::of("Why", Block::List(because.iter().map(reason).collect()))
    }

    /// What was presumed, as a sentence; empty where nothing was.
    pub fn presumed_sentence(self) -> String {
        sentence(&sentences::presumptions(self.ruleset, &self.decision.presumed).join("; "))
    }

    /// What was presumed, and how well that is founded.
    pub fn presumed(self) -> Option<Section> {
        let said = self.presumed_sentence();
        if said.is_empty() {
            return None;
        }
        let founded = sentence(&sentences::support(self.ruleset, &self.decision.presumed));
        Section::of("Presumed, because it is typical", Block::Paragraph(format!("{said} {founded}")))
    }

    /// What to ask to be sure.
    pub fn ask(self) -> Option<Section> {
        let asked = self.decision.ask.iter();
        let asked = asked.map(|fact| sentences::question(self.ruleset.fact(*fact)).into()).collect();
        let heading = match self.decision.status {
            Status::Presumed => "To be sure, ask",
            _ => "Ask first",
        };
        Section::of(heading, Block::Numbered(asked))
    }

    /// The other outcomes that are possible, and when, each in short: "Head of L&D, if there is an L&D team".
    pub fn others_in_short(self) -> Vec<String> {
        self.others_said(sentences::when_in_short)
    }

    fn others_said(self, when: fn(&Ruleset, &[decision::Conjunction]) -> String) -> Vec<String> {
        let other = |one: &decision::Candidate| {
            format!("{}, {}", sentences::outcome(self.ruleset, one.outcome), when(self.ruleset, &one.when))
        };
        self.decision.others().map(other).collect()
    }

    /// The other outcomes, so many of them.
    pub fn others(self, most: usize) -> Option<Section> {
        let mut told: Vec<Item> = self.others_said(sentences::when).into_iter().map(Item::from).collect();
        let more = told.len().saturating_sub(most);
        told.truncate(most);
        if more > 0 {
            told.push(format!("and {more} more").into());
        }
        let heading =
            if self.decision.owner.is_some() { "What else is possible" } else { "Possible answers" };
        Section::of(heading, Block::List(told))
    }

    /// The nearest changes to what is known that would change the answer.
    pub fn flips(self) -> Option<Section> {
        // Values of one choice that lead to the same are said together.
        let mut groups: Vec<(&Flip, Vec<u32>)> = Vec::new();
        for flip in &self.decision.flips {
            let Value::Named(value) = flip.value else {
                groups.push((flip, Vec::new()));
                continue;
            };
            let alike = |(first, _): &&mut (&Flip, Vec<u32>)| {
                first.fact == flip.fact && first.outcome == flip.outcome
            };
            match groups.iter_mut().find(alike) {
                Some((_, values)) => values.push(value),
                None => groups.push((flip, vec![value])),
            }
        }
        let said = |(flip, values): (&Flip, Vec<u32>)| {
            let fact = self.ruleset.fact(flip.fact);
            let then = match (flip.outcome.owner, flip.outcome.contact) {
                (None, None) => "no longer settled".to_owned(),
                _ => sentences::outcome(self.ruleset, flip.outcome),
            };
            let changed = match values.len() {
                0 => words::clause_of_value(fact, flip.value),
                _ => words::clause_of(fact, &fact.test_of_any(&values)),
            };
            format!("If {changed}: {then}").into()
        };
        let flips = groups.into_iter().map(said).collect();
        Section::of("What would change the answer", Block::List(flips))
    }

    /// Who has a say, in one row a part: the few who decide, then the others.
    pub fn involved(self) -> Option<Section> {
        let row = |(core, raci): (bool, Raci)| {
            let of = |core: bool| {
                let own = self.decision.stakeholders.iter();
                own.filter(move |holder| holder.raci == raci && holder.core == core)
            };
            let who: Vec<String> = of(core).map(|holder| self.holder(holder)).collect();
            let part = match (core, of(!core).next().is_some()) {
                (_, false) => capital(labels::raci(raci)),
                (true, true) => format!("{} first", capital(labels::raci(raci))),
                (false, true) => format!("Also {}", labels::raci(raci)),
            };
            (!who.is_empty()).then(|| vec![part.into(), who.join("; ").into()])
        };
        let parts = [true, false].into_iter().flat_map(|core| RACI.map(|raci| (core, raci)));
        let rows = parts.filter_map(row).collect();
        Section::of("Whom to involve", Block::Table(Table { columns: vec!["Part", "Who"], rows }))
    }

    /// A role, with the person who has it.
    fn holder(self, holder: &Stakeholder) -> String {
        let title = self.title(holder.role);
        match holder.person.as_ref().filter(|found| found.role == holder.role) {
            Some(found) => format!("{title} ({})", found.person.name),
            None => title,
        }
    }

    /// The facts, and where each comes from.
    pub fn facts(self) -> Option<Section> {
        let inapplicable = self.profile.inapplicable(self.ruleset);
        let facts = self.ruleset.facts().iter().enumerate();
        let rows = facts.filter_map(|(at, _)| self.fact(FactId(at), inapplicable[at].is_some())).collect();
        let columns = vec!["Fact", "Value", "Source"];
        Section::of("What we know", Block::Table(Table { columns, rows }))
    }

    fn fact(self, id: FactId, inapplicable: bool) -> Option<Vec<Cell>> {
        let fact = self.ruleset.fact(id);
        let row = |value: String, mark, text| {
            Some(vec![capital(fact.title()).into(), value.into(), Cell { mark: Some(mark), text }])
        };
        if fact.derived {
            let (_, value) = self.decision.derived.iter().find(|(derived, _)| *derived == id)?;
            return row(words::value(fact, *value), Source::Derived, String::new());
        }
        if let Some(given) = self.profile.given(id) {
            return row(sentences::given_value(fact, given), Source::Given, String::new());
        }
        let presumed: Vec<_> = self.decision.presumed.iter().filter(|presumed| presumed.fact == id).collect();
        if !presumed.is_empty() {
            let mut values: Vec<String> = Vec::new();
            let mut support: Vec<String> = Vec::new();
            for one in presumed {
                let said = words::value_of(fact, &one.set(self.ruleset).test);
                let founded = sentences::support_of(one.of(self.ruleset));
                values.extend((!values.contains(&said)).then_some(said));
                support.extend((!support.contains(&founded)).then_some(founded));
            }
            return row(values.join(" or "), Source::Presumed, support.join("; "));
        }
        // A text that decides nothing, or a fact that cannot apply, is no gap.
        let gap = fact.kind != Kind::Text && !inapplicable;
        if gap { row("–".to_owned(), Source::Unknown, String::new()) } else { None }
    }

    /// Where the organization stands.
    pub fn map(self) -> Option<Section> {
        let picture = picture(self.ruleset, self.profile).ok()?;
        Section::of("Where the organization stands", Block::Map(Box::new(picture)))
    }

    /// What could go wrong, and what to do about it.
    pub fn risks(self) -> Option<Section> {
        let risks = self.decision.risks.iter().map(|at| &self.ruleset.risk()[*at].then);
        let row = |risk: &crate::ruleset::Safeguard| {
            vec![risk.text.clone().into(), risk.mitigation.clone().unwrap_or_default().into()]
        };
        let rows = risks.map(row).collect();
        Section::of("What could go wrong", Block::Table(Table { columns: vec!["Risk", "What to do"], rows }))
    }

    fn step(self, action: &Measure) -> Item {
        let by = action.by.map(|by| sentences::party(self.ruleset, self.decision, by));
        Item { text: action.text.clone(), aside: by }
    }

    /// All there is to do, by topic, with the days by which it is due.
    pub fn practices(self, span: Option<Span>) -> Option<Section> {
        let mut topics: Vec<(Option<&str>, Vec<Item>)> = Vec::new();
        for action in self.decision.actions.iter().map(|at| &self.ruleset.action()[*at].then) {
            let topic = action.topic.as_deref();
            match topics.iter_mut().find(|(known, _)| *known == topic) {
                Some((_, steps)) => steps.push(self.step(action)),
                None => topics.push((topic, vec![self.step(action)])),
            }
        }
        let topic = |(topic, steps): (Option<&str>, Vec<Item>)| {
            let due = span.zip(topic).and_then(|(span, topic)| span.due(self.milestones(), topic));
            let text = capital(&topic.unwrap_or("next steps").replace(['-', '_'], " "));
            [Block::Subheading(Item { text, aside: due }), Block::List(steps)]
        };
        let blocks: Vec<Block> = topics.into_iter().flat_map(topic).collect();
        (!blocks.is_empty()).then_some(Section { heading: Some("What to do"), blocks })
    }

    /// The first things to do: the first of each topic, in the order in which the topics are due.
    pub fn next_steps(self, most: usize) -> Option<Section> {
        let actions: Vec<&Measure> =
            self.decision.actions.iter().map(|at| &self.ruleset.action()[*at].then).collect();
        let is_first = |at: &usize| !actions[..*at].iter().any(|before| before.topic == actions[*at].topic);
        let due = |at: &usize| {
            let own =
                |milestone: &&Milestone| milestone.topic.is_some() && milestone.topic == actions[*at].topic;
            let first = self.milestones().find(own).map(|milestone| milestone.at.order());
            (!is_first(at), first.is_none(), first)
        };
        let mut order: Vec<usize> = (0..actions.len()).collect();
        // The sort is stable: what is due at the same time stays in the ruleset's order.
        order.sort_by_key(due);
        let steps = order.into_iter().take(most).map(|at| self.step(actions[at])).collect();
        Section::of("Do next", Block::Numbered(steps))
    }

    fn milestones(self) -> impl Iterator<Item = &'a Milestone> {
        let rows = self.ruleset.milestone();
        self.decision.milestones.iter().map(|at| &rows[*at].then)
    }

    /// The days of the project.
    pub fn dates(self, span: Option<Span>) -> Option<Section> {
        let days = span?.days(self.milestones());
        let rows = days.into_iter().map(|(when, text)| vec![when.into(), text.into()]).collect();
        Section::of("Dates", Block::Table(Table { columns: vec!["When", "What"], rows }))
    }

    /// What is not said elsewhere and must be known.
    pub fn warnings(self) -> Option<Section> {
        let warnings = self.decision.warnings.iter();
        let said =
            warnings.map(|warning| sentence(&sentences::warning(self.ruleset, warning)).into()).collect();
        Section::of("Please note", Block::List(said))
    }

    /// The questions for the first call.
    pub fn first_call(self) -> Option<Section> {
        let asked = self.decision.questions.iter();
        let asked = asked.map(|asked| sentences::first_call(self.ruleset, asked).into()).collect();
        Section::of("Questions for the first call", Block::List(asked))
    }

    /// The profile's notes, a paragraph a line.
    pub fn notes(self) -> Option<Section> {
        let notes = self.profile.notes.as_ref()?;
        let blocks: Vec<Block> = notes.lines().map(|line| Block::Paragraph(line.trim().to_owned())).collect();
        (!blocks.is_empty()).then_some(Section { heading: Some("Notes"), blocks })
    }

    /// The rules that decided, by their ids and in words.
    pub fn rules(self) -> Option<Section> {
        fn of<Then>(
            ruleset: &Ruleset,
            table: &str,
            rows: &[Row<Then>],
            used: &std::collections::BTreeSet<u32>,
        ) -> Vec<Vec<Cell>> {
            let row = |at: &u32| {
                let row = &rows[*at as usize];
                let when = sentence(&words::condition(ruleset, &row.when));
                let basis = labels::basis(row.basis, row.cite.as_deref());
                vec![format!("{table} {}", row.id).into(), when.into(), basis.into()]
            };
            used.iter().map(row).collect()
        }
        let (ruleset, used) = (self.ruleset, &self.decision.rules);
        let mut rows = of(ruleset, "derive", ruleset.derive(), &used.derive);
        rows.extend(of(ruleset, "owner", ruleset.owner(), &used.owner));
        rows.extend(of(ruleset, "contact", ruleset.contact(), &used.contact));
        Section::of("Rules used", Block::Table(Table { columns: vec!["Rule", "When", "Basis"], rows }))
    }
}
