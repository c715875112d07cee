//! A decision as a salesperson reads it before a call.

use super::sheet::{Sheet, Weight};
use super::words;
use crate::decision::{Candidate, Contact, Decision, Explained, Standing, Status};
use crate::diagnostic::Style;
use crate::ruleset::{Basis, Ruleset, Table};

/// How many candidates are shown before "and N more".
const SHOWN: usize = 3;

/// A decision as a page.
pub fn decision(ruleset: &Ruleset, decision: &Decision, style: Style) -> String {
    let mut sheet = Sheet::new(style);
    answer(&mut sheet, ruleset, decision);
    section(&mut sheet, "Why", decision.because.clone());
    if !decision.presumed.is_empty() {
        sheet.heading("Presumed, because it is typical");
        let presumed = decision.presumed.iter().map(|presumed| words::test(&presumed.fact, &presumed.value));
        sheet.paragraph(&presumed.collect::<Vec<_>>().join(" · "), Weight::Plain);
    }
    if !decision.ask.is_empty() {
        sheet.heading(if decision.status == Status::Presumed { "To be sure, ask" } else { "Ask first" });
        sheet.numbered(decision.ask.iter().map(|ask| format!("{} ({})", ask.question, ask.fact)));
    }
    candidates(&mut sheet, ruleset, decision);
    flips(&mut sheet, ruleset, decision);
    stakeholders(&mut sheet, decision);
    section(
        &mut sheet,
        "Risks",
        decision.risks.iter().map(|risk| match &risk.mitigation {
            Some(mitigation) => format!("{}\n→ {mitigation}", risk.text),
            None => risk.text.clone(),
        }),
    );
    actions(&mut sheet, ruleset, decision);
    section(
        &mut sheet,
        "Ask on the first call",
        decision.questions.iter().map(|question| question.text.clone()),
    );
    section(&mut sheet, "Note", decision.warnings.iter().cloned());
    sheet.finish()
}

fn section(sheet: &mut Sheet, heading: &str, items: impl IntoIterator<Item = String>) {
    let items: Vec<String> = items.into_iter().collect();
    if !items.is_empty() {
        sheet.heading(heading);
        sheet.list(items);
    }
}

fn answer(sheet: &mut Sheet, ruleset: &Ruleset, decision: &Decision) {
    sheet.heading(decision.name.as_deref().unwrap_or(ruleset.title()));
    let label = |text: &str| (text.to_owned(), Weight::Faint);
    let nobody = || ("not settled yet".to_owned(), Weight::Plain);
    let owner = decision.owner.as_ref().map(|owner| (owner.title.clone(), Weight::Strong));
    let contact = decision.contact.as_ref().map(|contact| (self::contact(contact), Weight::Strong));
    let mut rows = vec![
        vec![label("Owner"), owner.unwrap_or_else(nobody)],
        vec![label("Contact"), contact.unwrap_or_else(nobody)],
        vec![label("Status"), (words::status(decision.status).to_owned(), Weight::Plain)],
    ];
    if decision.owner.is_some() {
        let mut confidence = words::confidence(decision.confidence).to_owned();
        if !decision.borderline.is_empty() {
            confidence.push_str(&format!("; borderline: {}", decision.borderline.join(", ")));
        }
        rows.push(vec![label("Certainty"), (confidence, Weight::Plain)]);
    }
    if !decision.facts.is_empty() {
        let known =
            decision.facts.iter().map(|(fact, given)| format!("{fact} {}", words::value(given.given())));
        rows.push(vec![label("Known"), (known.collect::<Vec<_>>().join(" · "), Weight::Plain)]);
    }
    sheet.columns(rows, &[9]);
}

fn contact(contact: &Contact) -> String {
    let Some(person) = &contact.person else { return contact.title.clone() };
    let about = [Some(&contact.title), person.title.as_ref().filter(|title| **title != contact.title)];
    let about: Vec<&str> = about.into_iter().flatten().map(String::as_str).collect();
    let email = person.email.as_ref().map(|email| format!(" <{email}>")).unwrap_or_default();
    format!("{}{email}, {}", person.name, about.join("; "))
}

fn title<'a>(ruleset: &'a Ruleset, role: Option<&'a String>) -> &'a str {
    let Some(id) = role else { return "nobody" };
    ruleset.role_named(id).map_or(id, |role| &ruleset.role(role).title)
}

fn outcome(ruleset: &Ruleset, owner: Option<&String>, contact: Option<&String>) -> String {
    let (owner, contact) = (title(ruleset, owner), title(ruleset, contact));
    if owner == contact { owner.to_owned() } else { format!("{owner}, contact {contact}") }
}

fn candidates(sheet: &mut Sheet, ruleset: &Ruleset, decision: &Decision) {
    let chosen = |candidate: &&Candidate| {
        decision.owner.as_ref().map(|owner| &owner.role) != candidate.owner.as_ref()
            || decision.contact.as_ref().map(|contact| &contact.role) != candidate.contact.as_ref()
            || decision.owner.is_none()
    };
    let others: Vec<&Candidate> = decision.candidates.iter().filter(chosen).collect();
    if others.is_empty() {
        return;
    }
    sheet.heading(if decision.owner.is_some() { "It would be another if" } else { "Possible answers" });
    sheet.list(others.iter().take(SHOWN).map(|candidate| {
        let outcome = outcome(ruleset, candidate.owner.as_ref(), candidate.contact.as_ref());
        format!("{outcome}: if {}", words::conditions(&candidate.when))
    }));
    if others.len() > SHOWN {
        sheet.paragraph(&format!("and {} more", others.len() - SHOWN), Weight::Faint);
    }
}

fn flips(sheet: &mut Sheet, ruleset: &Ruleset, decision: &Decision) {
    section(
        sheet,
        "What would change the answer",
        decision.flips.iter().map(|flip| {
            let then = match (&flip.owner, &flip.contact) {
                (None, None) => "not settled".to_owned(),
                (owner, contact) => outcome(ruleset, owner.as_ref(), contact.as_ref()),
            };
            format!("{}: {then}", words::test(&flip.fact, &flip.value))
        }),
    );
}

fn stakeholders(sheet: &mut Sheet, decision: &Decision) {
    if decision.stakeholders.is_empty() {
        return;
    }
    sheet.heading("Who has a say");
    let row = |holder: &crate::decision::Stakeholder| {
        vec![
            (holder.raci.clone(), Weight::Strong),
            (holder.title.clone(), Weight::Plain),
            (words::raci(&holder.raci).to_owned(), Weight::Faint),
        ]
    };
    sheet.columns(decision.stakeholders.iter().map(row).collect(), &[2, 44]);
}

fn actions(sheet: &mut Sheet, ruleset: &Ruleset, decision: &Decision) {
    section(
        sheet,
        "Next steps",
        decision.actions.iter().map(|action| match &action.by {
            Some(by) => {
                let who = ruleset.role_named(by).map_or(by.as_str(), |role| &ruleset.role(role).title);
                format!("{} ({who})", action.text)
            }
            None => action.text.clone(),
        }),
    );
}

/// An explanation as a page: each table row by row, then what else is possible, then what would flip the answer.
pub fn explanation(ruleset: &Ruleset, decision: &Decision, rows: &[Explained<'_>], style: Style) -> String {
    let mut sheet = Sheet::new(style);
    answer(&mut sheet, ruleset, decision);
    for table in [Table::Derive, Table::Owner, Table::Contact] {
        let mut own = rows.iter().filter(|row| row.table == table).peekable();
        if own.peek().is_none() {
            continue;
        }
        sheet.heading(&format!("Table {table}: the first row that holds decides"));
        sheet.columns(own.map(explained).collect(), &[2, 22]);
    }
    sheet.paragraph("✓ holds   ✗ fails   ? not known   → decides", Weight::Faint);
    not_the_others(&mut sheet, ruleset, decision, rows);
    candidates(&mut sheet, ruleset, decision);
    flips(&mut sheet, ruleset, decision);
    sheet.finish()
}

/// For each role that could own and does not: the first test that fails in each of its rows.
fn not_the_others(sheet: &mut Sheet, ruleset: &Ruleset, decision: &Decision, rows: &[Explained<'_>]) {
    let own: Vec<&Explained<'_>> = rows.iter().filter(|row| row.table == Table::Owner).collect();
    let mut others: Vec<(&str, Vec<String>)> = Vec::new();
    for (row, declared) in own.iter().zip(ruleset.owner()) {
        let role = ruleset.role(declared.then);
        let is_owner = decision.owner.as_ref().is_some_and(|owner| owner.role == role.id);
        let still_possible =
            own.iter().zip(ruleset.owner()).any(|(row, other)| other.then == declared.then && row.decides);
        if is_owner || still_possible {
            continue;
        }
        let failing = row.tests.iter().find(|test| test.standing == Standing::Fails);
        let reason = match failing {
            Some(test) => format!("not so that {}", words::test(&test.subject, &test.written)),
            None => format!("rows above `{}` decide", row.id),
        };
        match others.iter_mut().find(|(title, _)| *title == role.title) {
            Some((_, reasons)) if reasons.contains(&reason) => {}
            Some((_, reasons)) => reasons.push(reason),
            None => others.push((&role.title, vec![reason])),
        }
    }
    section(
        sheet,
        "Why not the others",
        others.into_iter().map(|(title, reasons)| format!("{title}: {}", reasons.join("; "))),
    );
}

fn mark(standing: Standing) -> &'static str {
    match standing {
        Standing::Holds => "✓",
        Standing::Fails => "✗",
        Standing::Open => "?",
    }
}

fn explained(row: &Explained<'_>) -> Vec<(String, Weight)> {
    let tests: Vec<String> = row
        .tests
        .iter()
        .map(|test| format!("{} {}", mark(test.standing), words::test(&test.subject, &test.written)))
        .collect();
    let mut text = if tests.is_empty() { "✓ always".to_owned() } else { tests.join("   ") };
    let weight = if row.decides { Weight::Strong } else { Weight::Plain };
    if row.decides {
        let basis = match (row.basis, row.cite) {
            (Basis::Stated, Some(cite)) => format!("stated: {cite}"),
            (Basis::Stated, None) => "stated".to_owned(),
            (basis, _) => basis.as_str().to_owned(),
        };
        if let Some(because) = row.because {
            text.push_str(&format!("\n{because} ({basis})"));
        }
    }
    let reached = row.standing != Standing::Fails && !row.decides;
    let id = if reached { format!("{} (a row above decides)", row.id) } else { row.id.to_owned() };
    let lead = if row.decides { "→" } else { mark(row.standing) };
    vec![(lead.to_owned(), weight), (id, weight), (text, Weight::Plain)]
}
