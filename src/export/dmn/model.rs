//! What a DMN file says, before its punctuation: decisions as tables, and what each is decided from.

use std::collections::HashSet;

use super::feel;
use crate::ruleset::{Condition, FactId, Row, Ruleset, Subject};

/// What is decided, or given.
#[derive(Debug, Clone)]
pub struct Element {
    /// The id in the file, `input_…` or `decision_…`.
    pub id: String,
    /// The name in FEEL.
    pub name: String,
    /// What people call it.
    pub title: String,
    /// The FEEL type of its values.
    pub kind: &'static str,
    /// What decides it; nothing where it is given.
    pub table: Option<DecisionTable>,
}

/// A table whose first row that holds decides.
#[derive(Debug, Clone)]
pub struct DecisionTable {
    /// Places of the elements that are tested.
    pub inputs: Vec<usize>,
    /// The rows.
    pub rows: Vec<TableRow>,
}

/// A row of a table.
#[derive(Debug, Clone)]
pub struct TableRow {
    /// A test for each input; `-` where anything passes.
    pub tests: Vec<String>,
    /// What follows.
    pub then: String,
    /// The id of the rule, empty where the row stands for none.
    pub rule: String,
    /// Why.
    pub because: String,
}

/// The elements, each after those it is decided from.
pub fn elements(ruleset: &Ruleset) -> Vec<Element> {
    let mut building =
        Building { ruleset, elements: Vec::new(), facts: Vec::new(), owner: None, taken: HashSet::new() };
    let facts = || (0..ruleset.facts().len()).map(FactId);
    for fact in facts().filter(|fact| is_tested(ruleset, *fact)) {
        building.fact(fact, "input");
    }
    for fact in building.derived_in_order() {
        let rows = ruleset.derive().iter().filter(|row| row.then.fact == fact);
        let table = building.table(rows, |derivation| feel::value(ruleset.fact(fact), derivation.value));
        let at = building.fact(fact, "decision");
        building.elements[at].table = Some(table);
    }
    let role = |role: &crate::ruleset::RoleId| feel::text(&ruleset.role(*role).id);
    let owner = building.table(ruleset.owner().iter(), role);
    let none = owner.rows.last().is_some_and(|row| row.rule.is_empty());
    let owner = building.decision("owner", ruleset.title(), owner);
    building.owner = Some(owner);
    let mut contact = building.table(ruleset.contact().iter(), role);
    if none {
        // Where nobody owns there is nobody to talk to either.
        let at = contact.inputs.iter().position(|input| *input == owner).unwrap_or_else(|| {
            contact.inputs.push(owner);
            contact.rows.iter_mut().for_each(|row| row.tests.push("-".to_owned()));
            contact.inputs.len() - 1
        });
        let tests = (0..contact.inputs.len()).map(|input| if input == at { "null" } else { "-" }.to_owned());
        contact.rows.insert(0, nothing(tests.collect(), "there is no owner"));
    }
    building.decision("contact", "Single point of contact", contact);
    building.elements
}

fn nothing(tests: Vec<String>, because: &str) -> TableRow {
    TableRow { tests, then: "null".to_owned(), rule: String::new(), because: because.to_owned() }
}

/// Whether a base fact is tested by what is exported.
fn is_tested(ruleset: &Ruleset, fact: FactId) -> bool {
    let tests = |when: &Condition| when.facts().any(|(tested, _)| tested == fact);
    ruleset.fact(fact).is_base()
        && (ruleset.derive().iter().any(|row| tests(&row.when))
            || ruleset.owner().iter().any(|row| tests(&row.when))
            || ruleset.contact().iter().any(|row| tests(&row.when)))
}

struct Building<'a> {
    ruleset: &'a Ruleset,
    elements: Vec<Element>,
    facts: Vec<(FactId, usize)>,
    owner: Option<usize>,
    taken: HashSet<String>,
}

impl Building<'_> {
    /// The derived facts, each after those that its rows test: a row tests only facts whose rows all stand above it.
    fn derived_in_order(&self) -> Vec<FactId> {
        let mut order: Vec<FactId> = Vec::new();
        for row in self.ruleset.derive() {
            if !order.contains(&row.then.fact) {
                order.push(row.then.fact);
            }
        }
        let last = |fact: &FactId| self.ruleset.derive().iter().rposition(|row| row.then.fact == *fact);
        order.sort_by_key(last);
        order
    }

    fn fact(&mut self, fact: FactId, of: &str) -> usize {
        let declared = self.ruleset.fact(fact);
        let at = self.element(of, &declared.name, declared.title(), feel::kind(declared.kind));
        self.facts.push((fact, at));
        at
    }

    fn decision(&mut self, name: &str, title: &str, table: DecisionTable) -> usize {
        let at = self.element("decision", name, title, "string");
        self.elements[at].table = Some(table);
        at
    }

    fn element(&mut self, of: &str, name: &str, title: &str, kind: &'static str) -> usize {
        let mut name = feel::name(name);
        while !self.taken.insert(name.clone()) {
            name.push('_');
        }
        let id = format!("{of}_{name}");
        self.elements.push(Element { id, name, title: title.to_owned(), kind, table: None });
        self.elements.len() - 1
    }

    fn table<'r, Then: 'r>(
        &self,
        rows: impl Iterator<Item = &'r Row<Then>>,
        then: impl Fn(&Then) -> String,
    ) -> DecisionTable {
        let rows: Vec<&Row<Then>> = rows.collect();
        let tested = |subject: Subject| rows.iter().any(|row| row.when.on(subject).is_some());
        let mut subjects: Vec<(Subject, usize)> = Vec::new();
        for (fact, at) in &self.facts {
            if tested(Subject::Fact(*fact)) {
                subjects.push((Subject::Fact(*fact), *at));
            }
        }
        if let (Some(at), true) = (self.owner, tested(Subject::Owner)) {
            subjects.push((Subject::Owner, at));
        }
        let cell = |row: &Row<Then>, subject: Subject| match (row.when.on(subject), subject) {
            (Some(test), Subject::Fact(fact)) => feel::test(self.ruleset.fact(fact), test),
            (Some(test), _) => feel::roles(self.ruleset.roles(), test),
            (None, _) => "-".to_owned(),
        };
        let written = rows.iter().map(|row| TableRow {
            tests: subjects.iter().map(|(subject, _)| cell(row, *subject)).collect(),
            then: then(&row.then),
            rule: row.id.clone(),
            because: row.because.clone().unwrap_or_default(),
        });
        let mut written: Vec<TableRow> = written.collect();
        // Engines say nothing at all where no row holds, some of them as if that were an answer.
        if rows.iter().all(|row| !row.when.tests.is_empty()) {
            written.push(nothing(vec!["-".to_owned(); subjects.len()], "no rule holds"));
        }
        DecisionTable { inputs: subjects.into_iter().map(|(_, at)| at).collect(), rows: written }
    }
}
